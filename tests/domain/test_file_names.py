"""Names of files: kept as far as they are names, never a path, never a trap."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.domain.file_names import LONGEST_NAME, clean_name, ending_of, kept_name


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Handleplan Sofie.pdf", "Handleplan Sofie.pdf"),
        ("Bestilling – Ærø.PDF", "Bestilling – Ærø.PDF"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        (r"C:\Dokumenter\Handleplan.pdf", "Handleplan.pdf"),
        ("..", "bilag.pdf"),
        ("", "bilag.pdf"),
        (".pdf", "pdf.pdf"),
        ("Handle\u202eplan fdp.pdf", "Handleplan fdp.pdf"),
        ("Handle\r\nplan\x00.pdf", "Handleplan.pdf"),
        ("  to   ord .pdf", "to ord.pdf"),
        ('Sofies "nye" plan.pdf', 'Sofies "nye" plan.pdf'),
        ("Referat 3. maj", "Referat 3. maj.pdf"),
        ("Handleplan", "Handleplan.pdf"),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
    ],
)
def test_a_name_is_kept_as_far_as_it_is_one(sent: str, kept: str) -> None:
    assert kept_name(sent, ("pdf",), otherwise="bilag") == kept


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("plan.pdf", "pdf"),
        ("plan.PDF ", "pdf"),
        ("plan.pdf.exe", "exe"),
        ("plan", ""),
        (".pdf", ""),
        ("Referat 3. maj", ""),
        ("plan.p\u200bdf", "pdf"),
    ],
)
def test_an_ending_is_what_people_see_as_one(name: str, ending: str) -> None:
    assert ending_of(name) == ending


@given(st.text())
def test_whatever_is_sent_becomes_a_name_on_one_line_that_ends_as_its_kind(sent: str) -> None:
    kept = kept_name(sent, ("jpg", "jpeg"), otherwise="bilag")

    assert kept.lower().endswith((".jpg", ".jpeg"))
    assert len(kept) <= LONGEST_NAME
    assert not kept.startswith((".", " "))
    assert "/" not in kept
    assert "\\" not in kept
    assert not {"Cc", "Cf", "Cs"} & {unicodedata.category(sign) for sign in kept}
    assert clean_name(kept) == kept
