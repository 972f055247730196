"""The house rules: small files, one name all the way, nothing without its words."""

import re
from pathlib import Path

import pytest

from webapp.domain import errors
from webapp.messages import WORDS
from webapp.models import Base, Outcome, Role, Sense, SupportLevel
from webapp.presentation import OUTCOMES, ROLES, SENSES, SUPPORT_LEVELS

WEBAPP = Path(__file__).parents[2] / "webapp"
TEMPLATES = sorted((WEBAPP / "templates").rglob("*.html"))
BLUEPRINTS = sorted(path for path in (WEBAPP / "blueprints").iterdir() if path.is_dir())


def lines(file: Path) -> int:
    return len(file.read_text("utf-8").splitlines())


@pytest.mark.parametrize("package", BLUEPRINTS, ids=lambda path: path.name)
def test_every_blueprint_reads_alike(package: Path) -> None:
    if package.name == "__pycache__":
        return
    for name in ("__init__.py", "routes.py"):
        assert (package / name).exists()
    for module in package.glob("*.py"):
        assert lines(module) < 150, f"{module.name}: split by resource"


def test_javascript_modules_do_one_job() -> None:
    for module in (WEBAPP / "static/js").rglob("*.js"):
        assert lines(module) < 150, module.name


def test_templates_stay_small_and_partials_say_what_they_need() -> None:
    for template in TEMPLATES:
        text = template.read_text("utf-8")
        assert lines(template) < 60, template.name
        assert text.startswith("{#"), f"{template.name} does not say what it is"
        needs = re.search(r"\b(card|goal|observation|sign_today|version|form)\.", text)
        if template.name.startswith("_") and needs:
            assert "Needs:" in text.split("#}")[0], f"{template.name} does not say what it needs"


def test_every_problem_has_its_own_words() -> None:
    raised = {error.code for error in errors.Refused.__subclasses__()}
    http = (WEBAPP / "http_errors.py").read_text("utf-8")
    answered = set(re.findall(r'problem\(\s*"(\w+)"', http))
    answered |= set(re.findall(r'\d{3}: "(\w+)"', http))

    assert raised | answered <= set(WORDS)


def test_every_problem_tells_what_happened_and_never_shows_a_number() -> None:
    for code, words in WORDS.items():
        assert len(str(words)) > 30, code
        assert not re.search(r"\b[45]\d\d\b", str(words)), code


def test_every_constraint_has_a_name_that_migrations_can_speak_of() -> None:
    for table in Base.metadata.tables.values():
        for constraint in table.constraints:
            assert constraint.name, f"{table.name}: {constraint}"
        for index in table.indexes:
            assert index.name


def test_every_word_of_the_outcome_and_help_is_on_screen() -> None:
    assert set(OUTCOMES) == set(Outcome)
    assert set(SUPPORT_LEVELS) == set(SupportLevel)
    assert set(SENSES) == set(Sense)
    assert set(ROLES) == set(Role)
