"""Every Danish text has its English, with the same places to fill in."""

import re
import tomllib
from pathlib import Path

import pytest
from babel.messages import extract, pofile

ROOT = Path(__file__).resolve().parents[2]
CATALOGUES = sorted(ROOT.glob("webapp/translations/*/LC_MESSAGES/messages.po"))
KEYWORDS = {**extract.DEFAULT_KEYWORDS, "_l": None}


def source_texts() -> set[str]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    mappings = settings["tool"]["babel"]["mappings"]
    found = extract.extract_from_dir(
        ROOT / "webapp",
        [(each["pattern"].removeprefix("webapp/"), each["method"]) for each in mappings],
        keywords=KEYWORDS,
    )
    return {str(text) for _, _, text, _, _ in found}


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_a_translation_is_complete(path: Path) -> None:
    with path.open("rb") as file:
        texts = {message.id: message for message in pofile.read_po(file) if message.id}

    assert set(texts) == source_texts(), "Run: python3 tasks.py messages"
    assert [text for text, message in texts.items() if message.fuzzy or not message.string] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_a_translation_keeps_the_places_to_fill_in(path: Path) -> None:
    with path.open("rb") as file:
        texts = [message for message in pofile.read_po(file) if message.id]

    def places(text: str) -> list[str]:
        return sorted(re.findall(r"%\(\w+\)\w", text))

    assert [m.id for m in texts if places(str(m.id)) != places(str(m.string))] == []


def test_a_catalogue_tells_nothing_of_the_machine_that_made_it() -> None:
    for path in CATALOGUES:
        text = path.read_text(encoding="utf-8")
        assert str(ROOT) not in text
        assert not re.search(r"^#: .*:\d+$", text, re.MULTILINE)
