"""How the tests of the demo home fill it and read it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from sqlalchemy import Engine, create_engine, event, select
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from webapp.demo import fill_demo_home
from webapp.demo.days import local_day
from webapp.models import Base, Goal, Observation

NOW = datetime(2026, 11, 21, 20, 30, tzinfo=UTC)
TEETH = "Børster tænder med billeder"

Row = TypeVar("Row", bound=Base)


def empty() -> Session:
    """Return a session on a new database in memory, with foreign keys checked."""
    engine = create_engine("sqlite://")
    event.listen(engine, "connect", _check_foreign_keys)
    Base.metadata.create_all(engine)
    return Session(engine)


def filled(now: datetime = NOW, **settings: Any) -> Session:
    """Return a session on a new home."""
    session = empty()
    fill_demo_home(session, now=now, password_hash=lambda password: f"hash-{password}", **settings)
    session.commit()
    return session


def _check_foreign_keys(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    connection.cursor().execute("PRAGMA foreign_keys=ON")


def close(session: Session) -> None:
    """Give back what `filled` opened."""
    bind = session.get_bind()
    session.close()
    assert isinstance(bind, Engine)
    bind.dispose()


def every(session: Session, model: type[Row]) -> Sequence[Row]:
    """Return all rows of a table."""
    return session.scalars(select(model)).all()


def goal_of(session: Session, short_text: str) -> Goal:
    """Return the goal with that name on the board."""
    return session.scalars(select(Goal).where(Goal.short_text == short_text)).one()


def counting(session: Session, goal: Goal | None = None) -> list[Observation]:
    """Return what nothing supersedes, oldest first; of one goal or of the whole home."""
    asked = select(Observation).order_by(Observation.happened_at, Observation.id)
    if goal is not None:
        asked = asked.where(Observation.goal_id == goal.id)
    log = session.scalars(asked).all()
    replaced = {row.supersedes_id for row in log}
    return [row for row in log if row.id not in replaced]


def days_of(log: Sequence[Observation]) -> set[date]:
    """Return the local days that have at least one observation."""
    return {local_day(row.happened_at) for row in log}


def snapshot(session: Session) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table, in a fixed order."""
    return {
        table.name: sorted((tuple(row) for row in session.execute(select(table))), key=repr)
        for table in Base.metadata.sorted_tables
    }
