"""Store once what may be sent twice: rows whose id was drawn where they were made.

A page asks for one id, and stores one row in a savepoint: the same form may be stored by another
thread in this very moment. A batch of a tablet asks for all its ids beforehand and stores all rows
together. When that goes wrong, all of it goes wrong, and the batch does as a page does, one by one.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any, Final, TypeVar
from uuid import UUID

from sqlalchemy import select, union_all
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from webapp.models import (
    Base,
    GoalAcknowledgement,
    InstructionShowing,
    InterventionDone,
    Observation,
    Withdrawal,
)

Row = TypeVar("Row", bound=Base)

_FREE: Final = "smaategn_free_ids"

_DRAWN: Final = (
    GoalAcknowledgement.id,
    InstructionShowing.id,
    InterventionDone.id,
    Observation.id,
    Withdrawal.observation_id,
)
"""Where the ids of entries are found again."""


@contextmanager
def together(session: Session, ids: Collection[UUID]) -> Iterator[None]:
    """Store all that is done in here at once; nothing of it when anything goes wrong.

    Args:
        session: Not committed here.
        ids: Of what may be stored; those that are free are not asked for again. May be empty.
    """
    asked = union_all(*(select(column).where(column.in_(ids)) for column in _DRAWN))
    session.info[_FREE] = set(ids) - set(session.scalars(asked)) if ids else set()
    try:
        with session.begin_nested():
            yield
    except Exception:
        # What was stored and read again in here is no more, and must not be taken for stored.
        session.expire_all()
        raise
    finally:
        del session.info[_FREE]


def is_together(session: Session) -> bool:
    """Tell whether what is done now is stored together with more."""
    return _FREE in session.info


@contextmanager
def alone(session: Session) -> Iterator[None]:
    """Undo what is done in here, and nothing else, when it goes wrong. Together all is undone."""
    if is_together(session):
        yield
    else:
        with session.begin_nested():
            yield


def find(session: Session, model: type[Row], id: UUID) -> Row | None:
    """Return the row that was stored with a drawn id; None when there is none."""
    return None if id in session.info.get(_FREE, ()) else session.get(model, id)


def add(session: Session, row: Row) -> Row | None:
    """Store a row; return the one that another thread stored with its id meanwhile, if it did."""
    id = _id_of(row)
    if is_together(session):
        session.add(row)
        session.info[_FREE].discard(id)
        return None
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return session.get_one(type(row), id)
    return None


def _id_of(row: Any) -> UUID:
    id: UUID = row.id
    return id
