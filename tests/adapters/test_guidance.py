"""Help in place: every field has it, it is easy to read, and a wrong file is told in words."""

import json
import re
from collections.abc import Iterator
from dataclasses import FrozenInstanceError
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from webapp.adapters.data_files import DataFileUnfit
from webapp.adapters.guidance import FIELDS, FOLDER, Guidance, load_guidance
from webapp.domain.interpreting import interpretation_words

ROOT = Path(__file__).resolve().parents[2]
ALL = [
    pytest.param(entry, id=f"{card}-{field}")
    for card, fields in load_guidance().items()
    for field, entry in fields.items()
]


def sentences(text: str) -> int:
    """Count sentences; the dot in "19.30" and the colon before a list end none."""
    return len(re.findall(r"[.!?](?=\W*(?:\s|$))", text)) or 1


def lix(text: str) -> float:
    """Return how hard Danish is to read: words in a sentence, and per cent of long words."""
    words = re.findall(r"\w+", text)
    return len(words) / sentences(text) + 100 * sum(len(word) > 6 for word in words) / len(words)


# The words


def test_every_field_has_its_help_in_the_order_of_the_card() -> None:
    found = load_guidance()

    assert {card: tuple(fields) for card, fields in found.items()} == FIELDS
    assert sorted(file.stem for file in FOLDER.iterdir()) == sorted(FIELDS)


def test_lix_knows_easy_from_hard() -> None:
    assert lix("Skriv det, du ser. Skriv det kort.") == 7 / 2
    assert lix("Kommunalbestyrelsen foretager opfølgning vedrørende handleplanerne.") == 105


@pytest.mark.parametrize("entry", ALL)
def test_help_is_one_or_two_short_sentences_that_are_easy_to_read(entry: Guidance) -> None:
    assert lix(entry.guidance) < 35
    assert sentences(entry.guidance) <= 2
    assert len(entry.guidance) <= 140
    assert entry.guidance[0].isupper()
    assert entry.guidance[-1] in ".?"


NOT_SAID = [
    # Nobody is a user here, and nobody writes for the sake of a machine.
    r"bruger\w*",
    r"system\w*",
    r"registrer\w*",
    r"indtast\w*",
    r"udfyld\w*",
    r"felt(?:et)? skal",
    # Nobody is blamed.
    r"husk at",
    r"forkert\w*",
    r"fejl\w*",
    r"du skal",
    r"du må ikke",
    r"man skal",
    # Shorter than they are clear.
    r"jf",
    r"ift",
    r"mht",
    r"vedr",
    r"m\.m",
]


@pytest.mark.parametrize("word", NOT_SAID)
def test_no_card_says_what_a_colleague_would_not(word: str) -> None:
    said = [text for text in texts() if re.search(rf"\b{word}\b", text.lower())]

    assert said == []


def test_no_card_has_a_second_word_for_one_thing() -> None:
    """The glossary's words not to use hold here too, though these texts are not translated."""
    rows = re.findall(
        r"^\| ([^`|\n]+) \| [^|\n]+ \|[^|\n]*\|$",
        (ROOT / "docs/glossary.md").read_text("utf-8").split("## Words not to use")[1],
        re.MULTILINE,
    )
    unwanted = [word.strip() for row in rows for word in row.split(",")]

    assert {"personale", "indsats"} <= set(unwanted)
    for word in unwanted:
        if not set(word) <= set("-") and word != "Not":
            assert [text for text in texts() if re.search(rf"\b{word}\b", text.lower())] == [], word


def texts() -> Iterator[str]:
    for fields in load_guidance().values():
        for entry in fields.values():
            yield from (entry.guidance, entry.good, entry.poor)


def test_help_fits_adults_and_children_women_and_men() -> None:
    for fields in load_guidance().values():
        for entry in fields.values():
            either = re.sub(r"[hH]an eller hun|[hH]am eller hende", "", entry.guidance)
            assert not re.search(
                r"\b(?:han|hun|ham|hende|hendes|hans|borger\w*|barn\w*|den unge)\b",
                either.lower(),
            ), entry.guidance


@pytest.mark.parametrize("field", ["sense", "text", "direction", "rank", "gas_levels", "steps"])
def test_a_good_sign_can_be_seen_heard_or_felt(field: str) -> None:
    assert interpretation_words(load_guidance()["tegn"][field].good) == []


@pytest.mark.parametrize("field", ["sense", "text"])
def test_a_poor_sign_is_one_that_we_point_at(field: str) -> None:
    assert interpretation_words(load_guidance()["tegn"][field].poor)


@pytest.mark.parametrize("entry", ALL)
def test_the_two_examples_differ_and_neither_is_the_help(entry: Guidance) -> None:
    assert len({entry.guidance, entry.good, entry.poor}) == 3


def test_a_short_goal_fits_on_its_card() -> None:
    assert len(load_guidance()["maal"]["short_text"].good) <= 40


def test_nobody_can_change_help_that_is_shared() -> None:
    with pytest.raises(FrozenInstanceError):
        load_guidance()["tegn"]["text"].good = "Noget andet"  # type: ignore[misc]


# A file that is wrong


@pytest.fixture
def cards(tmp_path: Path) -> Path:
    """A copy of all cards, to be spoiled."""
    return copytree(FOLDER, tmp_path / "help")


def refused(folder: Path) -> str:
    with pytest.raises(DataFileUnfit) as caught:
        load_guidance(folder)
    return str(caught.value)


def change(file: Path, field: str, entry: object) -> None:
    content: dict[str, Any] = json.loads(file.read_text("utf-8"))
    if entry is None:
        del content[field]
    else:
        content[field] = entry
    file.write_text(json.dumps(content), "utf-8")


WHOLE = {"guidance": "Skriv det.", "good": "Sofie tager børsten.", "poor": "Bedre hygiejne."}


@pytest.mark.parametrize(
    ("field", "entry", "said"),
    [
        ("text", None, "text is missing"),
        ("tekst", WHOLE, "tekst is not known here"),
        ("text", WHOLE | {"good": ""}, "text.good is empty"),
        ("text", WHOLE | {"good": "To\nlinjer"}, "text.good expected one line of text"),
        ("text", WHOLE | {"example": "Sofie"}, "text.example is not known here"),
        ("text", {"guidance": "Skriv det."}, "text.good is missing"),
        ("text", "Skriv det.", "text expected an object"),
        ("text", WHOLE | {"poor": 1}, "text.poor expected text"),
    ],
)
def test_a_card_of_another_shape_is_told_by_its_name_and_the_field(
    cards: Path, field: str, entry: object, said: str
) -> None:
    file = cards / "tegn.json"
    change(file, field, entry)

    assert refused(cards).startswith(f"{file}: {said}")


def test_a_card_that_is_not_there_is_told(cards: Path) -> None:
    (cards / "tiltag.json").unlink()

    assert refused(cards).startswith(f"{cards / 'tiltag.json'}: cannot be read: ")


def test_a_card_that_is_a_list_is_told(cards: Path) -> None:
    (cards / "maal.json").write_text("[]", "utf-8")

    assert refused(cards) == f"{cards / 'maal.json'}: expected an object"
