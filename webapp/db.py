"""The database session, and SQLite set up so that what a tablet is told is stored, is stored."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any, Final, cast

from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session

from webapp.models import Base

# Objects stay readable after the commit: the answer is drawn from what was just stored.
db = SQLAlchemy(metadata=Base.metadata, session_options={"expire_on_commit": False})
migrate = Migrate(db=db, directory=str(Path(__file__).parent / "migrations"), render_as_batch=True)

READ_ONLY = "smaategn_read_only"

PATIENCE: Final[float] = 10
"""Seconds a transaction waits to write before it says that the database is busy."""


def init_app(app: Flask) -> None:
    """Bind the database to the app."""
    db.init_app(app)
    migrate.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)


def prepare_engine(engine: Engine) -> None:
    """Make SQLite durable and fair to writers; leaves other databases alone.

    A transaction that starts by reading and then writes loses to any writer in between, so
    transactions take the write lock at once, unless they are marked as only reading. The threads
    of this process wait for each other before they ask SQLite: it lets a writer sleep and look
    again, longer and longer, so that under load some were overtaken until their time was up.
    Source: docs/decisions/0002-sqlite.md
    """
    if engine.dialect.name != "sqlite":
        return
    turn = Lock()

    @event.listens_for(engine, "do_connect")
    def _connect(_dialect: Any, _record: Any, _args: Any, options: dict[str, Any]) -> None:
        options["factory"] = TakingTurns

    @event.listens_for(engine, "connect")
    def _set_up(connection: TakingTurns, _record: Any) -> None:
        connection.turn = turn
        # The driver must not begin transactions of its own; `_begin` does.
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            # Only writers of other processes are still waited for this way.
            f"busy_timeout={int(PATIENCE * 1000)}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if connection.get_execution_options().get(READ_ONLY):
            connection.exec_driver_sql("BEGIN")
            return
        cast(TakingTurns, connection.connection.dbapi_connection).wait_for_turn()
        connection.exec_driver_sql("BEGIN IMMEDIATE")


class TakingTurns(sqlite3.Connection):
    """A connection that holds its process's one turn to write until its transaction ends."""

    turn: Lock
    has_turn = False

    def wait_for_turn(self) -> None:
        """Wait until nobody else here writes. Who waits too long goes on, and SQLite refuses."""
        self.has_turn = self.turn.acquire(timeout=PATIENCE)

    def commit(self) -> None:
        """Commit, and let the next one write."""
        super().commit()
        self._give_turn_on()

    def rollback(self) -> None:
        """Roll back, and let the next one write."""
        super().rollback()
        self._give_turn_on()

    def close(self) -> None:
        """Close, and let the next one write."""
        super().close()
        self._give_turn_on()

    def _give_turn_on(self) -> None:
        if self.has_turn:
            self.has_turn = False
            self.turn.release()


@contextmanager
def reading() -> Iterator[Session]:
    """Yield the session for a look that holds no lock. What is done afterwards may write."""
    read_only()
    try:
        yield db.session()
    finally:
        db.session.rollback()


def read_only() -> None:
    """Let the rest of the request only read, so that drawing a page holds no lock.

    Call it between transactions; on other databases than SQLite it changes nothing.
    """
    db.session.connection(execution_options={READ_ONLY: True})
