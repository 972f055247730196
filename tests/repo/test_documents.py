"""The documents say what is: settings, links, commands, files and snippets agree with the code."""

import hashlib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest

import tasks
from tests.personas import DEMO_PASSWORD, PERSONAS
from webapp.cli import cli
from webapp.config import Settings

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
DECISIONS = sorted(ROOT.glob("docs/decisions/[0-9]*.md"))

EUPL = "57fb42fbcd0b037ce528ed8f72f1ec095d67bc6825ecf1448ff39be1fe68a4b4"
"""SHA-256 of the licence's English text, so that no word of it is ever lost."""


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def without_code(text: str) -> str:
    return re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)


def headings(text: str) -> set[str]:
    """Return the anchors of a document's headings, as GitHub and GitLab make them."""
    found = re.findall(r"^#+ (.+)$", without_code(text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in found}


def code_words(text: str) -> Iterator[str]:
    """Yield what stands between single backticks, and each line of a shell block."""
    yield from re.findall(r"`([^`\n]+)`", without_code(text))
    for block in re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        yield from block.splitlines()


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_every_link_leads_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")

    for target in re.findall(r"\]\(([^)\s]+)\)", without_code(text)):
        path, _, anchor = target.partition("#")
        found = (document.parent / path).resolve() if path else document
        assert not re.match(r"\w+:", target), f"{target} leaves the repository"
        assert found.is_relative_to(ROOT), target
        assert found.exists(), target
        assert not anchor or anchor in headings(found.read_text(encoding="utf-8")), target


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_every_file_named_is_there(document: Path) -> None:
    for word in code_words(document.read_text(encoding="utf-8")):
        for path in re.findall(r"(?<![\w./<])(?:webapp|tests|docs|requirements)/[\w./*-]*", word):
            assert list(ROOT.glob(path.rstrip("/."))), f"{name(document)} names {path}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_every_command_named_is_there(document: Path) -> None:
    targets = set(re.findall(r"^([a-z0-9]+):.*## ", read("Makefile"), re.MULTILINE))

    for word in code_words(document.read_text(encoding="utf-8")):
        if made := re.match(r"make((?: [a-z0-9]+)+)", word):
            assert set(made[1].split()) <= targets, word
        if asked := re.match(r"python3 tasks\.py (\w+)", word):
            assert asked[1] in tasks.COMMANDS, word
        if run := re.match(r"(?:\.venv/bin/)?smaategn ([\w-]+)", word):
            assert run[1] in {*cli.commands, "db"}, word


def test_the_readme_lists_every_setting_with_its_default() -> None:
    table = read("README.md").split("## Settings")[1].split("\n## ")[0]
    rows = {
        setting: default.strip(" `")
        for setting, default in re.findall(r"^\| `(\w+)` \|[^|]*\|([^|]*)\|", table, re.MULTILINE)
    }
    fields = {str(field.validation_alias): field for field in Settings.model_fields.values()}

    assert list(rows) == list(fields)
    for setting, field in fields.items():
        if field.default not in {"", (), None}:
            told = int(field.default) if isinstance(field.default, bool) else field.default
            assert rows[setting] == str(told), setting


def test_the_readme_names_the_personas_and_their_password() -> None:
    readme = read("README.md")

    for person in PERSONAS:
        assert f"`{person.email}`" in readme
    assert f"`{DEMO_PASSWORD}`" in readme


def test_the_readme_fits_on_a_screen_with_one_small_picture() -> None:
    readme = read("README.md")
    [picture] = re.findall(r"!\[.+\]\((.+)\)", readme)

    assert len(readme.splitlines()) <= 90
    assert (ROOT / picture).stat().st_size < 150_000


def test_the_licence_is_whole_and_named_everywhere() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]

    assert hashlib.sha256(read("LICENSE").encode()).hexdigest() == EUPL
    assert project["license"] == "EUPL-1.2"
    assert "Licensed under the EUPL" in read("README.md")


def test_decisions_are_numbered_without_holes_and_listed() -> None:
    listed = re.findall(r"^\| \[(\d{4})\]\(([^)]+)\) \|", read("docs/decisions/README.md"), re.M)

    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))
    assert listed == [(path.name[:4], path.name) for path in DECISIONS]


@pytest.mark.parametrize("decision", DECISIONS, ids=name)
def test_a_decision_is_one_page_with_its_four_parts(decision: Path) -> None:
    text = decision.read_text(encoding="utf-8")

    assert text.startswith(f"# {decision.name[:4]} ")
    parts = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert parts == ["Context", "Decision", "Status", "Consequences"]
    assert len(text.splitlines()) <= 60


def test_code_refers_only_to_documents_that_are_there() -> None:
    sources = [*ROOT.glob("webapp/**/*.py"), *ROOT.glob("webapp/static/js/**/*.js")]
    sources += [*ROOT.glob("tests/**/*.py"), ROOT / "tasks.py", ROOT / "pyproject.toml"]

    for source in sources:
        for path in re.findall(r"\bdocs/[\w/-]+\.md", source.read_text(encoding="utf-8")):
            assert (ROOT / path).exists(), f"{name(source)} refers to {path}"


def snippets() -> list[tuple[str, str]]:
    """Return each snippet of STYLE.md with the file it was taken from."""
    pattern = r"^\*\*[^*]+\*\* \(`([^`]+)`\)(?:(?!^\*\*).)*?^```\w+\n(.*?)^```$"
    return re.findall(pattern, read("STYLE.md"), re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(("source", "snippet"), snippets(), ids=[path for path, _ in snippets()])
def test_the_snippets_of_the_style_are_the_real_code(source: str, snippet: str) -> None:
    code = "\n".join(line.strip() for line in read(source).splitlines())

    place = 0
    for part in snippet.split("…\n"):
        wanted = "\n".join(line.strip() for line in dedent(part).strip().splitlines())
        found = code.find(wanted, place)
        assert found >= 0, f"{source} no longer says:\n{part}"
        place = found + len(wanted)


def test_the_style_takes_a_snippet_of_each_kind() -> None:
    assert len(snippets()) == read("STYLE.md").count("```") // 2
