"""Migrations: from nothing to what the models say, back again, and no row lost on the way."""

from collections.abc import Iterator
from pathlib import Path

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import inspect, text

from tests import databases
from tests.factories import build_world
from webapp import create_app
from webapp.db import db
from webapp.models import Base, Sign
from webapp.readiness import newest_migration

MIGRATIONS = Path(__file__).parents[2] / "webapp/migrations"


@pytest.fixture(params=databases.NAMES)
def fresh_app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The app on a database of the test's own, with nothing in it."""
    with databases.empty_database(request.param, tmp_path) as url:
        app = create_app(databases.settings_for(url, tmp_path))
        with app.app_context():
            yield app
            db.session.remove()
            db.engine.dispose()


def differences() -> list[object]:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, Base.metadata))


def test_a_migrated_database_is_what_the_models_say(fresh_app: Flask) -> None:
    flask_migrate.upgrade()

    assert differences() == []


def test_migrating_twice_changes_nothing_and_keeps_the_rows(fresh_app: Flask) -> None:
    flask_migrate.upgrade()
    build_world(db.session())
    db.session.commit()

    flask_migrate.upgrade()

    assert db.session.query(Sign).count() == 5


def test_every_migration_can_be_taken_back_and_made_again(fresh_app: Flask) -> None:
    flask_migrate.upgrade()
    flask_migrate.downgrade(revision="base")
    left = set(inspect(db.engine).get_table_names())
    flask_migrate.upgrade()

    assert left == {"alembic_version"}
    assert differences() == []


def test_the_tracked_head_is_the_newest_migration() -> None:
    assert (MIGRATIONS / "HEAD").read_text().strip() == newest_migration()


def test_migrations_import_nothing_of_the_app() -> None:
    for file in (MIGRATIONS / "versions").glob("*.py"):
        assert "webapp" not in file.read_text("utf-8"), file.name


def test_every_migration_says_why_and_what_happens_to_rows() -> None:
    for file in (MIGRATIONS / "versions").glob("*.py"):
        first = file.read_text("utf-8").split('"""')[1]
        assert len(first.split("\n\n")) >= 2, f"{file.name} needs a second paragraph"


def test_rebuilding_a_table_on_sqlite_keeps_the_rows_that_point_at_it(tmp_path: Path) -> None:
    """Altering a table there means dropping it, which would delete what hangs on it."""
    versions = tmp_path / "versions"
    versions.mkdir()
    for file in ("env.py", "script.py.mako"):
        (tmp_path / file).write_text((MIGRATIONS / file).read_text("utf-8"), "utf-8")
    first = (MIGRATIONS / "versions/0001_first_tables.py").read_text("utf-8")
    (versions / "0001_first_tables.py").write_text(first, "utf-8")
    (versions / "9999_rebuild.py").write_text(
        '"""Rebuild a parent table."""\n'
        "import sqlalchemy as sa\nfrom alembic import op\n"
        'revision, down_revision = "9999", "0001"\n'
        "def upgrade():\n"
        '    with op.batch_alter_table("goals", recreate="always") as table:\n'
        '        table.add_column(sa.Column("colour", sa.Text(), nullable=True))\n',
        "utf-8",
    )
    with databases.empty_database("sqlite", tmp_path) as url:
        app = create_app(databases.settings_for(url, tmp_path))
        with app.app_context():
            flask_migrate.upgrade(directory=str(tmp_path), revision="0001")
            build_world(db.session())
            db.session.commit()

            flask_migrate.upgrade(directory=str(tmp_path))

            assert db.session.query(Sign).count() == 5
            db.session.rollback()
            assert db.session.execute(text("PRAGMA foreign_keys")).scalar() == 1
            db.session.remove()
            db.engine.dispose()
