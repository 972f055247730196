"""Writers wait in line: nobody is overtaken, and a turn is always given on."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError

from webapp import db
from webapp.db import WritersLine, prepare_engine

SOON = 5
"""Seconds within which what should happen at once has happened, on the slowest machine."""


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """An engine on a new file, whose writers give up after a tenth of a second."""
    monkeypatch.setattr(db, "PATIENCE", 0.1)
    engine = create_engine(f"sqlite:///{tmp_path / 'line.sqlite3'}")
    prepare_engine(engine)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE taps (id INTEGER)"))
    yield engine
    engine.dispose()


def tap(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO taps VALUES (1)"))


def until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SOON
    while not happened():
        assert time.monotonic() < deadline


def test_writers_are_let_in_in_the_order_they_came() -> None:
    line, order = WritersLine(), list[int]()

    def write(number: int) -> None:
        assert line.enter(SOON)
        order.append(number)
        line.leave()

    line.enter(SOON)
    with ThreadPoolExecutor(5) as pool:
        running: list[Future[None]] = []
        for number in range(5):
            running.append(pool.submit(write, number))
            until(lambda: line.waiting == len(running))
        line.leave()
        for each in running:
            each.result(SOON)

    assert order == [0, 1, 2, 3, 4]


def test_who_waits_too_long_goes_and_the_next_is_let_in() -> None:
    line = WritersLine()
    line.enter(0)

    assert not line.enter(0.01)
    line.leave()

    assert line.waiting == 0
    assert line.enter(0)


@pytest.mark.parametrize("end", ["commit", "rollback", "close", "invalidate"])
def test_a_turn_is_given_on_however_the_transaction_ends(engine: Engine, end: str) -> None:
    connection = engine.connect()
    connection.execute(text("INSERT INTO taps VALUES (1)"))

    getattr(connection, end)()

    tap(engine)
    connection.close()


def test_a_second_writer_in_the_same_thread_is_told_that_the_database_is_busy(
    engine: Engine,
) -> None:
    with engine.begin(), pytest.raises(OperationalError, match="locked"):
        tap(engine)

    tap(engine)


def test_another_process_that_writes_only_delays_the_line(engine: Engine, tmp_path: Path) -> None:
    other = create_engine(f"sqlite:///{tmp_path / 'line.sqlite3'}")
    prepare_engine(other)

    with other.begin(), pytest.raises(OperationalError, match="locked"):
        tap(engine)

    tap(engine)
    other.dispose()
