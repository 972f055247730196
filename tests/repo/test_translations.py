"""Every Danish text has its English one: whole, certain, and with the same gaps to fill."""

import re
import tomllib
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
CATALOGUES = sorted((ROOT / "webapp/translations").glob("*/LC_MESSAGES/messages.po"))
KEYWORDS = {
    "_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
}

GAP = re.compile(r"%\((\w+)\)[sd]")


def extracted() -> set[str]:
    """Return every text of code and templates, as `python3 tasks.py messages` collects them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["babel"]
    methods = [(mapping["pattern"], mapping["method"]) for mapping in settings["mappings"]]
    options = {
        mapping["pattern"]: {
            key: str(value) for key, value in mapping.items() if key not in {"method", "pattern"}
        }
        for mapping in settings["mappings"]
    }
    found = extract_from_dir(
        ROOT / "webapp",
        method_map=[(pattern.removeprefix("webapp/"), method) for pattern, method in methods],
        options_map={pattern.removeprefix("webapp/"): more for pattern, more in options.items()},
        keywords=KEYWORDS,
    )
    texts = set()
    for _file, _line, text, _comments, _context in found:
        texts.add(text if isinstance(text, str) else text[0])
    return texts


def read(catalogue: Path) -> Catalog:
    return read_po(BytesIO(catalogue.read_bytes()))


def messages(catalogue: Path) -> list[Message]:
    return [message for message in read(catalogue) if message.id]


def key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def strings(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or [""])


def test_english_is_there() -> None:
    assert [path.relative_to(ROOT).as_posix() for path in CATALOGUES] == [
        "webapp/translations/en/LC_MESSAGES/messages.po"
    ]


def test_the_collection_finds_texts_in_code_and_templates() -> None:
    found = extracted()

    assert {"Log ind", "Skriv din e-mail.", "Vagten"} <= found
    assert len(found) > 80


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.parents[1].name)
def test_every_text_is_translated(catalogue: Path) -> None:
    translated = {key(message) for message in messages(catalogue) if all(strings(message))}

    assert sorted(extracted() - translated) == []


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.parents[1].name)
def test_nothing_is_kept_that_nobody_says_any_more(catalogue: Path) -> None:
    assert sorted({key(message) for message in messages(catalogue)} - extracted()) == []
    assert read(catalogue).obsolete == {}


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.parents[1].name)
def test_no_translation_is_a_guess(catalogue: Path) -> None:
    assert not read(catalogue).fuzzy, "the whole catalogue is marked as a guess"
    assert [key(message) for message in messages(catalogue) if message.fuzzy] == []


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.parents[1].name)
def test_every_gap_is_filled_in_both_languages(catalogue: Path) -> None:
    for message in messages(catalogue):
        gaps = {gap for text in ([key(message)]) for gap in GAP.findall(text)}
        for string in strings(message):
            assert set(GAP.findall(string)) == gaps, key(message)
            assert string.count("%%") == key(message).count("%%")


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.parents[1].name)
def test_translations_begin_and_end_like_their_text(catalogue: Path) -> None:
    for message in messages(catalogue):
        for string in strings(message):
            assert string.strip() == string, key(message)
            assert string[-1:] in ".?!…:" or key(message)[-1:] not in ".?!…:", key(message)
