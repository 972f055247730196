"""Migrations: they make exactly what the models say, keep every row, and do nothing by halves."""

import ast
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask import Flask
from sqlalchemy import Connection, insert, inspect, select, text
from sqlalchemy.exc import IntegrityError

from tests import databases
from tests.factories import NOW, add_observation, build_world
from webapp import create_app, readiness
from webapp.db import db
from webapp.models import AuditEvent, AuditLink, Base
from webapp.services.audit_chain import breaks

FOLDER = Path(readiness.__file__).parent / "migrations"
MODULES = sorted((FOLDER / "versions").glob("*.py"))

NEXT = '''"""For this test only."""

import sqlalchemy as sa
from alembic import op

revision = "9001"
down_revision = "{before}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    {upgrade}


def downgrade() -> None:
    pass
'''

REBUILD_A_PARENT = """
    with op.batch_alter_table("goals") as table:
        table.alter_column("short_text", existing_type=sa.Text(), nullable=True)
"""
BREAK_HALF_WAY = """
    op.create_table("tables_to_come", sa.Column("id", sa.Uuid(), primary_key=True))
    op.execute("UPDATE goals SET short_text = 'halvvejs'")
    raise ValueError("strømmen gik")
"""


@pytest.fixture
def app(empty_database: str, tmp_path: Path) -> Iterator[Flask]:
    """The program before its first migration."""
    app = create_app(databases.settings_for(empty_database, tmp_path))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def migrated(app: Flask) -> Flask:
    """The program with its tables."""
    flask_migrate.upgrade()
    return app


@pytest.fixture
def filled(migrated: Flask) -> dict[str, int]:
    """A home with one observation is stored; how many rows each table has."""
    world = build_world(db.session())
    add_observation(db.session(), world.teeth, world.takes_brush, world.anna)
    db.session.commit()
    db.session.remove()
    return rows()


@pytest.fixture
def next_release(tmp_path: Path) -> Callable[[str], str]:
    """Give a copy of the migrations with one more at the end; its folder."""

    def with_one_more(upgrade: str) -> str:
        folder = tmp_path / "migrations"
        shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
        module = NEXT.format(before=readiness.newest_migration(), upgrade=upgrade.strip())
        (folder / "versions/9001_next.py").write_text(module)
        return str(folder)

    return with_one_more


def rows() -> dict[str, int]:
    """Return how many rows each table has."""
    with db.engine.connect() as connection:
        return {
            name: connection.scalar(text(f"SELECT count(*) FROM {name}")) or 0  # noqa: S608
            for name in Base.metadata.tables
        }


def revision() -> str | None:
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def difference() -> list[Any]:
    """Return what Alembic would write into the next migration."""
    with db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        return list(compare_metadata(context, Base.metadata))


def shape(connection: Connection) -> dict[str, Any]:
    """Return everything a database knows about its tables, in an order of its own."""
    inspector = inspect(connection)

    def known(name: str) -> dict[str, Any]:
        columns = [
            {**column, "type": str(column["type"])} for column in inspector.get_columns(name)
        ]
        return {
            "columns": sorted(columns, key=lambda column: column["name"]),
            "primary key": inspector.get_pk_constraint(name),
            "foreign keys": sorted(inspector.get_foreign_keys(name), key=str),
            "unique": sorted(inspector.get_unique_constraints(name), key=str),
            "checks": sorted(inspector.get_check_constraints(name), key=str),
            "indexes": sorted(inspector.get_indexes(name), key=str),
        }

    names = set(inspector.get_table_names()) - {"alembic_version"}
    return {name: known(name) for name in sorted(names)}


# What they make


def test_from_nothing_they_make_what_the_models_say(migrated: Flask) -> None:
    assert difference() == []
    assert revision() == readiness.newest_migration()


def test_down_to_the_ledger_what_they_make_is_what_the_models_make(
    migrated: Flask, database_url: str, tmp_path: Path
) -> None:
    """Alembic compares no checks and no names of keys; this does."""
    with db.engine.connect() as connection:
        made_by_migrations = shape(connection)
    (tmp_path / "models").mkdir()
    with databases.another_database(database_url, tmp_path / "models") as url:
        app = create_app(databases.settings_for(url, tmp_path / "models"))
        with app.app_context():
            db.create_all()
            with db.engine.connect() as connection:
                made_by_models = shape(connection)
            db.engine.dispose()

    assert made_by_migrations == made_by_models


def test_what_was_logged_before_there_was_a_chain_is_its_beginning(migrated: Flask) -> None:
    flask_migrate.downgrade(revision="0002")
    with db.engine.begin() as connection:
        for minute in (2, 0, 1):
            connection.execute(
                insert(AuditEvent),
                {"at": NOW + timedelta(minutes=minute, microseconds=minute), "action": "goal.read"},
            )
    flask_migrate.upgrade()

    session = db.session()
    sealed = select(AuditEvent.at).join(AuditLink, AuditLink.event_id == AuditEvent.id)
    at = session.scalars(sealed.order_by(AuditLink.number)).all()
    assert len(at) == 3
    assert at == sorted(at)
    assert list(breaks(session, {})) == []


def test_down_to_nothing_and_up_again(migrated: Flask) -> None:
    flask_migrate.downgrade(revision="base")

    with db.engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]
    flask_migrate.upgrade()
    assert difference() == []


def test_a_second_run_changes_nothing_and_keeps_every_row(filled: dict[str, int]) -> None:
    flask_migrate.upgrade()

    assert rows() == filled
    assert filled["observations"] == 1
    assert difference() == []


# Rebuilding on SQLite


def test_rebuilding_a_table_keeps_the_rows_that_point_at_it(
    filled: dict[str, int], next_release: Callable[[str], str]
) -> None:
    """SQLite alters a table by dropping it, and dropping it would delete its children."""
    flask_migrate.upgrade(directory=next_release(REBUILD_A_PARENT))

    assert revision() == "9001"
    assert rows() == filled
    with db.engine.connect() as connection:
        columns = {column["name"]: column for column in inspect(connection).get_columns("goals")}
        assert columns["short_text"]["nullable"]
        if connection.dialect.name == "sqlite":
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []


def test_after_a_rebuild_rows_still_have_to_point_at_something(
    filled: dict[str, int], next_release: Callable[[str], str]
) -> None:
    flask_migrate.upgrade(directory=next_release(REBUILD_A_PARENT))

    with db.engine.connect() as connection, pytest.raises(IntegrityError):
        connection.execute(text("UPDATE signs SET goal_id = '00000000000000000000000000000000'"))


def test_a_rebuild_that_would_leave_a_row_pointing_nowhere_is_refused(
    filled: dict[str, int], next_release: Callable[[str], str]
) -> None:
    lose_goals = 'op.execute("DELETE FROM goals")'

    with pytest.raises((IntegrityError, SystemExit)):
        flask_migrate.upgrade(directory=next_release(lose_goals))

    assert rows() == filled
    assert revision() == readiness.newest_migration()


# Broken half-way


def test_a_migration_that_breaks_leaves_nothing_behind(
    filled: dict[str, int], next_release: Callable[[str], str]
) -> None:
    with pytest.raises(ValueError, match="strømmen gik"):
        flask_migrate.upgrade(directory=next_release(BREAK_HALF_WAY))

    assert revision() == readiness.newest_migration()
    assert rows() == filled
    assert difference() == []
    with db.engine.connect() as connection:
        texts = connection.scalars(text("SELECT short_text FROM goals")).all()
    assert "halvvejs" not in texts


def test_after_a_broken_migration_rows_still_have_to_point_at_something(
    filled: dict[str, int], next_release: Callable[[str], str]
) -> None:
    with pytest.raises(ValueError, match="strømmen gik"):
        flask_migrate.upgrade(directory=next_release(BREAK_HALF_WAY))

    with db.engine.connect() as connection, pytest.raises(IntegrityError):
        connection.execute(text("UPDATE signs SET goal_id = '00000000000000000000000000000000'"))


# The files


def test_the_tracked_head_is_the_newest_revision() -> None:
    """Two branches that each add a migration then conflict in git, not at the operator's."""
    assert (FOLDER / "HEAD").read_text() == f"{readiness.newest_migration()}\n"


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_a_migration_imports_nothing_of_the_program(module: Path) -> None:
    """What it did must not change when the models do."""
    imported = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(module.read_text()))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or "webapp"]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }

    assert imported <= {
        "alembic",
        "sqlalchemy",
        "collections",
        "datetime",
        "hashlib",
        "uuid",
        "typing",
    }


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_a_migration_says_why_and_what_becomes_of_the_rows(module: Path) -> None:
    told = ast.get_docstring(ast.parse(module.read_text())) or ""

    summary, _, rest = told.partition("\n\n")
    assert summary.endswith(".")
    assert len(rest) > 20


def test_migrations_follow_each_other_in_one_line() -> None:
    found = {}
    for module in MODULES:
        text_of = module.read_text()
        [own] = re.findall(r'^revision = "(\w+)"$', text_of, re.MULTILINE)
        [before] = re.findall(r'^down_revision = (?:"(\w+)"|None)$', text_of, re.MULTILINE)
        assert module.name.startswith(f"{own}_")
        found[own] = before

    assert list(found) == sorted(found)
    assert list(found.values()) == ["", *list(found)[:-1]]
