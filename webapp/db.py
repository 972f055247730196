"""The database session, and SQLite set up so that what a tablet is told is stored, is stored."""

import sqlite3
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, event

from webapp.models import Base

# Objects stay readable after the commit: the answer is drawn from what was just stored.
db = SQLAlchemy(metadata=Base.metadata, session_options={"expire_on_commit": False})
migrate = Migrate(db=db, directory=str(Path(__file__).parent / "migrations"), render_as_batch=True)

READ_ONLY = "smaategn_read_only"


def init_app(app: Flask) -> None:
    """Bind the database to the app."""
    db.init_app(app)
    migrate.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)


def prepare_engine(engine: Engine) -> None:
    """Make SQLite durable and fair to writers; leaves other databases alone.

    A transaction that starts by reading and then writes loses to any writer in between, so
    transactions take the write lock at once, unless they are marked as only reading.
    Source: docs/decisions/0002-sqlite.md
    """
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def _set_up(connection: sqlite3.Connection, _record: Any) -> None:
        # The driver must not begin transactions of its own; `_begin` does.
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "busy_timeout=10000",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        reading = connection.get_execution_options().get(READ_ONLY)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def read_only() -> None:
    """Let the rest of the request only read, so that drawing a page holds no lock.

    Call it between transactions; on other databases than SQLite it changes nothing.
    """
    db.session.connection(execution_options={READ_ONLY: True})
