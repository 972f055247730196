"""Ids that are the same every time the same home is filled."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, uuid5

from sqlalchemy import event
from sqlalchemy.orm import Session

from webapp.models import AuditEvent, GoalClosure, Sparring, Step

SOLSIKKEN = UUID("3f0c3c1e-6a0b-4a57-9d1e-501513ce0001")


def demo_id(seed: int, *names: object) -> UUID:
    """Return the id of what these names point to, for example "goal" and "sofie-taender"."""
    return uuid5(SOLSIKKEN, "/".join(str(name) for name in (seed, *names)))


@contextmanager
def ids_that_come_back(session: Session) -> Iterator[None]:
    """Give what the services make no id for one made from what it belongs to."""
    event.listen(session, "before_flush", _put_ids)
    try:
        yield
    finally:
        event.remove(session, "before_flush", _put_ids)


def _put_ids(session: Session, *_: object) -> None:
    for row in session.new:
        if isinstance(row, Step):
            row.id = uuid5(row.intervention.id, f"step:{row.rank}")
        elif isinstance(row, GoalClosure):
            row.id = uuid5(row.goal_id, f"closure:{row.closed_at}")
        elif isinstance(row, Sparring):
            row.id = uuid5(row.goal_id, f"sparring:{row.opened_at}")
        elif isinstance(row, AuditEvent) and row.object_id:
            row.id = uuid5(row.object_id, f"{row.action}:{row.at}")
