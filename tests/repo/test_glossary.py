"""The glossary and the code name the same things, and neither has a second name for one."""

import ast
import importlib
import pkgutil
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from babel.messages import pofile

from webapp import blueprints, models

ROOT = Path(__file__).resolve().parents[2]
GLOSSARY = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
ENGLISH = ROOT / "webapp/translations/en/LC_MESSAGES/messages.po"
COMING = "coming"
DASH = "–"


def table_rows(*header: str) -> Iterator[list[str]]:
    """Yield the cells of each row of every table with this header."""
    wanted = False
    for line in GLOSSARY.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|"):
            wanted = False
        elif cells == list(header):
            wanted = True
        elif wanted and not set(line) <= set("|- "):
            assert len(cells) == len(header), f"A row has {len(cells)} cells: {line}"
            yield cells


def words_in(cell: str) -> list[str]:
    return [] if cell == DASH else [word.strip().strip("`*") for word in cell.split(",")]


@dataclass(frozen=True)
class Term:
    """One row: what people read, what we write, and the file that owns it."""

    danish: list[str]
    english: list[str]
    code: str
    where: str


TERMS = [
    Term(words_in(danish), words_in(english), code.strip("`"), where.strip("`"))
    for danish, english, code, _, where in table_rows("Danish", "English", "Code", "Means", "Where")
]
EXISTING = [term for term in TERMS if term.where != COMING]
AWAITED = [term for term in TERMS if term.where == COMING]


def blueprint_names() -> set[str]:
    """Return the name of every blueprint, by the one name of its package."""
    packages = [found.name for found in pkgutil.iter_modules(blueprints.__path__) if found.ispkg]
    return {importlib.import_module(f"{blueprints.__name__}.{name}").bp.name for name in packages}


def defined_in(source: str) -> set[str]:
    """Return what a Python file defines: `Goal`, `Goal.short_text`, `UNDO_WINDOW`, `whole`."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef):
            names |= {node.name} | {f"{node.name}.{name}" for name in _names(node.body)}
        if isinstance(node, ast.Module | ast.ClassDef):
            names |= _names(node.body)
    return names


def _names(body: list[ast.stmt]) -> set[str]:
    names = set()
    for node in body:
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                names.add(name)
            case ast.AnnAssign(target=ast.Name(id=name)):
                names.add(name)
            case ast.Assign(targets=[ast.Name(id=name)]):
                names.add(name)
    return names


def exists(term: Term) -> bool:
    """Tell whether the file of a row has its code word."""
    owner = ROOT / term.where
    if owner.is_dir():
        return term.code in blueprint_names() and owner.name == term.code
    source = owner.read_text(encoding="utf-8")
    if owner.suffix == ".py" and owner.stem != term.code:
        return term.code in defined_in(source) | _imported(source)
    return re.search(rf"\b{term.code}\b", source) is not None or owner.stem == term.code


def _imported(source: str) -> set[str]:
    """A persona is defined in the demo home and handed on by the file that tests import."""
    imports = [node for node in ast.parse(source).body if isinstance(node, ast.ImportFrom)]
    return {alias.name for node in imports for alias in node.names}


def test_the_tables_were_found() -> None:
    assert len(EXISTING) > 50
    assert len(AWAITED) > 10
    assert len(UNWANTED) > 5


@pytest.mark.parametrize("name", models.__all__)
def test_every_model_is_in_the_glossary(name: str) -> None:
    assert name in {term.code for term in EXISTING}


@pytest.mark.parametrize("name", sorted(blueprint_names()))
def test_every_blueprint_is_in_the_glossary(name: str) -> None:
    assert f"webapp/blueprints/{name}/" in {term.where for term in EXISTING}


@pytest.mark.parametrize("term", EXISTING, ids=lambda term: term.code)
def test_a_word_stands_in_the_file_that_owns_it(term: Term) -> None:
    assert exists(term), f"{term.where} knows no {term.code}"


@pytest.mark.parametrize("term", AWAITED, ids=lambda term: term.code)
def test_what_is_coming_has_not_come_yet(term: Term) -> None:
    assert term.code not in {*models.__all__, *blueprint_names()}, "Say where it is now"


def test_one_word_means_one_thing() -> None:
    for words in (
        [term.code for term in TERMS],
        [word for term in TERMS for word in term.danish],
    ):
        assert [word for word, count in Counter(words).items() if count > 1] == []


def test_english_screens_use_the_words_of_the_glossary() -> None:
    with ENGLISH.open("rb") as file:
        catalogue = {
            str(message.id).lower(): str(message.string).lower()
            for message in pofile.read_po(file)
            if message.id
        }

    said = {
        word: (catalogue[word.lower()], [english.lower() for english in term.english])
        for term in TERMS
        for word in term.danish
        if word.lower() in catalogue
    }

    assert len(said) > 10
    assert {word: pair for word, pair in said.items() if pair[0] not in pair[1]} == {}


# Words not to use


@dataclass(frozen=True)
class Unwanted:
    """A word that has a better one; `exempt` is the path below which it may stand."""

    word: str
    better: str
    exempt: str


def unwanted() -> Iterator[tuple[Unwanted, bool]]:
    """Yield each unwanted word, and whether it is a word of the code."""
    for cell, better, allowed in table_rows("Not", "Say", "May stand in"):
        found = re.match(r"`([^`]+)`", allowed)
        for word in words_in(cell):
            yield Unwanted(word, better, found[1] if found else "\0"), cell.startswith("`")


UNWANTED = [word for word, in_code in unwanted() if in_code]
UNWANTED_ON_SCREEN = [word for word, in_code in unwanted() if not in_code]
OURS = [
    path
    for pattern in ("webapp/**/*.py", "webapp/templates/**/*.*", "webapp/static/css/*.css")
    for path in sorted(ROOT.glob(pattern))
]


def spoken(source: str) -> str:
    """Return the text with names taken apart: `currentUser` and `current_user` say "user"."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|_", " ", source).lower()


def says(source: str, word: str) -> bool:
    """Tell whether a word of ours stands in a text, or its plural; CSS and URLs have theirs."""
    return re.search(rf"\b{word}s?\b(?!-(?:select|agent)|:password@)", spoken(source)) is not None


@pytest.mark.parametrize("unwanted", UNWANTED, ids=lambda unwanted: unwanted.word)
def test_code_has_no_second_word_for_one_thing(unwanted: Unwanted) -> None:
    found = [
        name
        for path in OURS
        if not (name := path.relative_to(ROOT).as_posix()).startswith(unwanted.exempt)
        and says(path.read_text(encoding="utf-8"), unwanted.word)
    ]

    assert found == [], f"Say {unwanted.better}"


@pytest.mark.parametrize("unwanted", UNWANTED_ON_SCREEN, ids=lambda unwanted: unwanted.word)
def test_screens_have_no_second_word_for_one_thing(unwanted: Unwanted) -> None:
    with ENGLISH.open("rb") as file:
        texts = [str(message.id) for message in pofile.read_po(file) if message.id]

    assert [text for text in texts if says(text, unwanted.word)] == [], f"Say {unwanted.better}"


@pytest.mark.parametrize(
    ("source", "is_said"),
    [
        ("class User(Base):", True),
        ("current_user = None", True),
        ("const currentUser = 1", True),
        ("/* users */", True),
        ('autocomplete="username"', False),
        ("user-select: none", False),
        ("postgresql://user:password@host/name", False),
        ("a used word", False),
    ],
    ids=str,
)
def test_the_search_finds_words_inside_names(source: str, is_said: bool) -> None:
    assert says(source, "user") is is_said
