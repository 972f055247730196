"""One name all the way: packages read alike, and every value has its word on screen."""

from pathlib import Path

import pytest

from webapp.models import (
    CitizenKind,
    ContactKind,
    OrderKind,
    Outcome,
    Role,
    Sense,
    SupportLevel,
)
from webapp.presentation import (
    CITIZEN_KINDS,
    CONTACT_KINDS,
    ORDER_KINDS,
    OUTCOMES,
    ROLES,
    SENSES,
    SUPPORT_LEVELS,
)

WEBAPP = Path(__file__).parents[2] / "webapp"
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


def test_every_word_of_the_outcome_and_help_is_on_screen() -> None:
    assert set(OUTCOMES) == set(Outcome)
    assert set(SUPPORT_LEVELS) == set(SupportLevel)
    assert set(SENSES) == set(Sense)
    assert set(ROLES) == set(Role)
    assert set(CITIZEN_KINDS) == set(CitizenKind)
    assert set(CONTACT_KINDS) == set(ContactKind)
    assert set(ORDER_KINDS) == set(OrderKind)
