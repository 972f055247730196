"""On SQLite the threads of one process write in turn, and a turn is always given on."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.exc import OperationalError

from webapp import db
from webapp.db import prepare_engine

THREADS, TAPS_EACH = 8, 25


@pytest.fixture
def file(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'turns.sqlite3'}"


@pytest.fixture
def engine(file: str) -> Iterator[Engine]:
    engine = create_engine(file, pool_size=THREADS)
    prepare_engine(engine)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE taps (id INTEGER)"))
    engine.dispose()
    yield engine
    engine.dispose()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody wait longer than a moment."""
    monkeypatch.setattr(db, "PATIENCE", 0.05)


def tap(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO taps VALUES (1)"))


def test_threads_never_meet_the_lock_of_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def do_not_wait_there(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA busy_timeout=0")

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(lambda _: tap(engine), range(THREADS * TAPS_EACH)))

    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM taps")) == THREADS * TAPS_EACH


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("end", ["commit", "rollback", "close", "invalidate"])
def test_a_turn_is_given_on_however_the_transaction_ends(engine: Engine, end: str) -> None:
    connection = engine.connect()
    connection.execute(text("INSERT INTO taps VALUES (1)"))

    getattr(connection, end)()

    tap(engine)
    connection.close()


@pytest.mark.usefixtures("impatient")
def test_a_turn_is_given_on_after_a_mistake(engine: Engine) -> None:
    with pytest.raises(OperationalError), engine.begin() as connection:
        connection.execute(text("INSERT INTO nowhere VALUES (1)"))

    tap(engine)


@pytest.mark.usefixtures("impatient")
def test_who_waits_for_oneself_is_told_that_the_database_is_busy(engine: Engine) -> None:
    with engine.begin(), pytest.raises(OperationalError, match="locked"):
        tap(engine)

    tap(engine)


@pytest.mark.usefixtures("impatient")
def test_another_process_that_writes_keeps_no_turn_for_ever(engine: Engine, file: str) -> None:
    other = create_engine(file)
    prepare_engine(other)

    with other.begin(), pytest.raises(OperationalError, match="locked"):
        tap(engine)

    tap(engine)
    other.dispose()
