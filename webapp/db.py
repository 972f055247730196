"""The database session, and SQLite set up so that what a tablet is told is stored, is stored."""

import sqlite3
from collections import deque
from pathlib import Path
from threading import Lock
from typing import Any, Final, cast

from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, event

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
    transactions take the write lock at once, unless they are marked as only reading. They wait
    for it in line: SQLite itself lets a writer sleep and look again, longer and longer, so that
    under load some were overtaken for seconds.
    Source: docs/decisions/0002-sqlite.md
    """
    if engine.dialect.name != "sqlite":
        return
    line = WritersLine()

    @event.listens_for(engine, "do_connect")
    def _connect(_dialect: Any, _record: Any, _args: Any, options: dict[str, Any]) -> None:
        options["factory"] = InLine

    @event.listens_for(engine, "connect")
    def _set_up(connection: InLine, _record: Any) -> None:
        connection.line = line
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
        cast(InLine, connection.connection.dbapi_connection).wait_for_turn()
        connection.exec_driver_sql("BEGIN IMMEDIATE")


class WritersLine:
    """The threads of this process that wait to write, in the order they came."""

    def __init__(self) -> None:
        """Begin with nobody writing."""
        self._guard = Lock()
        self._waiting: deque[Lock] = deque()
        self._taken = False

    @property
    def waiting(self) -> int:
        """How many stand in line."""
        return len(self._waiting)

    def enter(self, patience: float) -> bool:
        """Wait until it is our turn; False when it did not come within so many seconds."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            call = Lock()
            call.acquire()
            self._waiting.append(call)
        if call.acquire(timeout=patience):
            return True
        with self._guard:
            if call in self._waiting:
                self._waiting.remove(call)
                return False
        # Called in the very moment we gave up.
        return True

    def leave(self) -> None:
        """Call the next in line."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False


class InLine(sqlite3.Connection):
    """A connection that writes when its turn has come, and gives it on however that ends."""

    line: WritersLine
    is_writing = False

    def wait_for_turn(self) -> None:
        """Wait in line. Whoever waits too long goes on, and SQLite says whether it is busy."""
        self.is_writing = self.line.enter(PATIENCE)

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
        if self.is_writing:
            self.is_writing = False
            self.line.leave()


def read_only() -> None:
    """Let the rest of the request only read, so that drawing a page holds no lock.

    Call it between transactions; on other databases than SQLite it changes nothing.
    """
    db.session.connection(execution_options={READ_ONLY: True})
