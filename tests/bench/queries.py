"""What a request asks the database, and how the database goes about it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, event

_FRAME = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT")
_WAY = re.compile(r"(SCAN|SEARCH) observations|.*Scan .*\bobservations")
_TABLE = re.compile(r"\b(FROM|JOIN) observations\b")


@dataclass(frozen=True, slots=True)
class Asked:
    """One statement with its values, as the driver got it."""

    statement: str
    values: Any


@contextmanager
def recorded(engine: Engine) -> Iterator[list[Asked]]:
    """Yield a list that fills with every query, without what only frames a transaction."""
    asked: list[Asked] = []

    def note(_c: Any, _cursor: Any, statement: str, values: Any, _ctx: Any, _many: bool) -> None:
        if not statement.lstrip().upper().startswith(_FRAME):
            asked.append(Asked(statement, values))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


def ways_to_observations(engine: Engine, asked: list[Asked]) -> list[str]:
    """Return how the database reaches the table of observations, one line for each way."""
    ways: list[str] = []
    with engine.connect() as connection:
        for query in asked:
            if _TABLE.search(query.statement):
                ways += [line for line in _plan(connection, query) if _WAY.match(line)]
    return list(dict.fromkeys(ways))


def is_full_scan(way: str) -> bool:
    """Tell whether a line of a plan reads the whole table or a whole index."""
    return way.startswith("SCAN ") or "Seq Scan" in way


def _plan(connection: Connection, query: Asked) -> Iterator[str]:
    """Yield the lines of the plan, without the figures that only the planner understands."""
    if connection.dialect.name == "sqlite":
        for row in connection.exec_driver_sql(
            f"EXPLAIN QUERY PLAN {query.statement}", query.values
        ):
            yield str(row[3])
        return
    for row in connection.exec_driver_sql(f"EXPLAIN (COSTS OFF) {query.statement}", query.values):
        yield str(row[0]).strip().removeprefix("->").strip()
