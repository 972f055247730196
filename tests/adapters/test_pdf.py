"""What is printed says what it was given, as text and nothing else, and can be read aloud."""

import io
from typing import Any, cast

from pypdf import PdfReader

from webapp.adapters.pdf import make_pdf

TEXT = '#panic("x") *fed* $a$ <b> \\ "citat" // ikke en kommentar @ref'


def paper(*names: str) -> PdfReader:
    values = {
        "language": "da",
        "title": "Hvem har set hvad",
        "about": f"Om {names[0]}.",
        "page": "side",
        "header": ["Tidspunkt", "Hvem", "Rolle", "Hvad", "Tablet"],
        "rows": [["2026-11-21 18:30", name, "Medarbejder", "så planen", ""] for name in names],
    }
    return PdfReader(io.BytesIO(make_pdf("audit_export", values)))


def text_of(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_what_people_are_called_is_shown_and_never_run() -> None:
    assert TEXT in text_of(paper(TEXT))


def test_it_has_structure_language_and_a_title_for_those_who_listen() -> None:
    root = cast(Any, paper("Sofie Holm").trailer["/Root"])

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("da")
    assert "/StructTreeRoot" in root
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_a_letter_the_fonts_do_not_have_still_gives_a_paper() -> None:
    assert "Sofie" in text_of(paper("Sofie 😀 عمر"))


def test_a_long_list_goes_on_over_the_pages_with_its_header() -> None:
    reader = paper(*["Anna Madsen"] * 200)

    assert len(reader.pages) > 3
    assert all("Tidspunkt" in page.extract_text() for page in reader.pages)
