"""Seal what is recorded when it is committed, and check the seals."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Dialect,
    Select,
    Text,
    Uuid,
    cast,
    event,
    exists,
    func,
    insert,
    select,
    text,
    type_coerce,
)
from sqlalchemy.orm import Session

from webapp.domain.audit_chain import (
    START,
    Break,
    BreakKind,
    as_sealed,
    digest_after,
    find_breaks,
)
from webapp.models import AuditEvent, AuditLink
from webapp.models.base import UtcDateTime

Said = Sequence[Any]
"""What an event says, column by column, as text."""

_WAITING: Final = "smaategn_to_be_sealed"
_LOCK: Final = text("SELECT pg_advisory_xact_lock(4207849484)")
"""Held until the transaction ends. The number is any that nothing else uses."""

_AT_ONCE: Final = 5_000
"""Rows that are held in memory."""

_EVENT: Final = AuditEvent.__table__.c
_LINK: Final = AuditLink.__table__.c


def seal_at_commit(session: Session, recorded: AuditEvent) -> None:
    """Let an event have its link when, and only when, it is committed."""
    session.info.setdefault(_WAITING, []).append(recorded)


@event.listens_for(Session, "before_commit")
def _seal(session: Session) -> None:
    if session.in_nested_transaction() or not (waiting := session.info.pop(_WAITING, None)):
        return
    session.flush()
    # What was rolled back with a savepoint is in the session no more.
    kept = [recorded for recorded in waiting if recorded in session]
    if not kept:
        return
    # All else the transaction holds it has by now. Whoever has this lock waits for nothing more,
    # so nobody can wait for each other crosswise.
    if session.get_bind().dialect.name == "postgresql":
        session.execute(_LOCK)
    # A chain begins with the first event. Where the links are gone, what is left is never sealed
    # anew: that would make whole what somebody broke.
    last = last_link(session) or (0, START)
    _add_links(session, *last, [_said_by(recorded) for recorded in kept])


def last_link(session: Session) -> tuple[int, str] | None:
    """Return number and digest of the newest link; None before anything was logged."""
    newest = select(_LINK.number, _LINK.digest).order_by(_LINK.number.desc()).limit(1)
    row = session.execute(newest).first()
    return (row[0], row[1]) if row else None


def breaks(session: Session, anchors: Mapping[int, str]) -> Iterator[Break]:
    """Yield every place where the log is not as it was written; see `find_breaks`.

    Holds a few thousand rows at a time, however long the log is.
    """
    dialect = session.get_bind().dialect
    links = (
        select(_LINK.number, _LINK.digest, _in_text(_LINK.event_id, dialect), *_said(dialect))
        .select_from(AuditLink)
        .outerjoin(AuditEvent, AuditEvent.id == AuditLink.event_id)
        .order_by(AuditLink.number)
    )
    yield from find_breaks(
        ((row[0], row[1], row[2], row[3:]) for row in _stream(session, links)), anchors
    )
    sealed = exists().where(AuditLink.event_id == AuditEvent.id)
    outside = select(_in_text(_EVENT.id, dialect)).where(~sealed)
    for row in _stream(session, outside):
        yield Break(BreakKind.NOT_SEALED, None, row[0])


def _add_links(session: Session, number: int, digest: str, events: Sequence[Said]) -> None:
    """Add a link for each event after the last one."""
    links = []
    for said in events:
        number, digest = number + 1, digest_after(digest, said)
        links.append({"number": number, "event_id": UUID(said[0]), "digest": digest})
    # Nearly always it is one, and a list of one takes a longer way.
    session.connection().execute(insert(AuditLink), links if len(links) > 1 else links[0])


def _said_by(recorded: AuditEvent) -> Said:
    return tuple(as_sealed(getattr(recorded, column.key)) for column in _EVENT)


def _said(dialect: Dialect) -> list[ColumnElement[Any]]:
    return [_in_text(column, dialect) for column in _EVENT]


def _in_text(column: ColumnElement[Any], dialect: Dialect) -> ColumnElement[Any]:
    """Return a column as it is sealed, made by the database: Python would take far longer."""
    if dialect.name == "sqlite":
        return type_coerce(column, Text)
    if isinstance(column.type, Uuid):
        return func.replace(cast(column, Text), "-", "")
    if isinstance(column.type, UtcDateTime):
        return func.to_char(func.timezone("UTC", column), "YYYY-MM-DD HH24:MI:SS.US")
    return column


def _stream(session: Session, query: Select[Any]) -> Iterator[Said]:
    for some in session.execute(query, execution_options={"yield_per": _AT_ONCE}).partitions():
        yield from some
