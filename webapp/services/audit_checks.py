"""A manager's checks of the log: draw some looks at random, say of each what it was, finish."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload, selectinload

from webapp.domain.audit_checks import check_can_finish, is_due
from webapp.domain.days import local_day
from webapp.domain.errors import CheckFinished, NothingToCheck
from webapp.domain.permissions import Permission, Reach, reach
from webapp.models import AuditEvent, LogCheck, LogCheckItem, LogCheckOutcome, Role, Staff
from webapp.services import audit
from webapp.services.audit_log import within


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was concluded about one look; outcome None while it is open."""

    outcome: LogCheckOutcome | None
    words: str


def draw(session: Session, count: int, *, id: UUID, actor: Staff, now: datetime) -> LogCheck:
    """Draw looks at citizens at random; the same id again gives the stored check.

    Drawn from what the actor's reach in the log shows since their last finished check, but their
    own looks: nobody checks themselves. Fewer when there are not so many.

    Raises:
        NothingToCheck: There is none at all.
    """
    if stored := session.get(LogCheck, id):
        return stored
    looked = and_(
        within(actor),
        AuditEvent.citizen_id.is_not(None),
        AuditEvent.actor_id != actor.id,
        or_(AuditEvent.action.endswith(".read"), AuditEvent.action.endswith(".print")),
    )
    if last := last_finished(session, actor):
        looked = and_(looked, AuditEvent.at >= last)
    events = _some(session, looked, count)
    if not events:
        raise NothingToCheck
    check = LogCheck(id=id, home_id=actor.home_id, drawn_by_id=actor.id, drawn_at=now)
    check.items = [
        LogCheckItem(event_id=event.id, rank=rank)
        for rank, event in enumerate(sorted(events, key=lambda event: event.at), start=1)
    ]
    try:
        with session.begin_nested():
            session.add(check)
    except IntegrityError:
        # The same form, sent twice at once.
        return session.get_one(LogCheck, id)
    audit.record(session, "log_check.create", actor=actor, at=now, object_id=id)
    return check


def save(
    session: Session,
    check: LogCheck,
    verdicts: Mapping[UUID, Verdict],
    words: str,
    *,
    finish: bool,
    actor: Staff,
    now: datetime,
) -> None:
    """Keep what was concluded so far; a finished check stays as it is.

    Raises:
        CheckFinished, CheckOutcomeMissing, CheckWordsMissing.
    """
    # Held, so that nobody writes in it while it is being finished.
    session.refresh(check, ["finished_at"], with_for_update=True)
    if check.finished_at:
        raise CheckFinished
    for item in check.items:
        if verdict := verdicts.get(item.event_id):
            item.outcome, item.words = verdict.outcome, verdict.words
    check.words = words
    if finish:
        check_can_finish(check.items)
        check.finished_at = now
    action = "log_check.finish" if finish else "log_check.update"
    audit.record(session, action, actor=actor, at=now, object_id=check.id)


def checks_of(session: Session, viewer: Staff, *, most: int) -> Sequence[LogCheck]:
    """Return the newest checks, at most so many: one's own, for an admin all of the home."""
    return session.scalars(
        select(LogCheck)
        .where(_theirs(viewer))
        .options(joinedload(LogCheck.drawn_by))
        .order_by(LogCheck.drawn_at.desc(), LogCheck.id)
        .limit(most)
    ).all()


def find_check(session: Session, viewer: Staff, id: UUID) -> LogCheck | None:
    """Return one of these checks with its looks; None when there is none."""
    return session.scalar(
        select(LogCheck)
        .where(LogCheck.id == id, _theirs(viewer))
        .options(
            joinedload(LogCheck.drawn_by),
            selectinload(LogCheck.items).joinedload(LogCheckItem.event),
        )
    )


def last_finished(session: Session, viewer: Staff) -> datetime | None:
    """Return when the newest finished check, by the viewer or an admin, was drawn; else None."""
    return session.scalar(
        select(func.max(LogCheck.drawn_at))
        .join(LogCheck.drawn_by)
        .where(
            LogCheck.home_id == viewer.home_id,
            LogCheck.finished_at.is_not(None),
            or_(LogCheck.drawn_by_id == viewer.id, Staff.role == Role.ADMIN),
        )
    )


def check_is_due(session: Session, viewer: Staff, *, now: datetime, zone: ZoneInfo) -> bool:
    """Tell whether it is time for the viewer to check the log."""
    last = last_finished(session, viewer)
    last_day = local_day(last, zone) if last else None
    return is_due(last_day, viewer.home.log_check_months, local_day(now, zone))


def _theirs(viewer: Staff) -> ColumnElement[bool]:
    if reach(viewer.role, Permission.READ_LOG) is Reach.WHOLE_HOME:
        return LogCheck.home_id == viewer.home_id
    return LogCheck.drawn_by_id == viewer.id


def _some(session: Session, looked: ColumnElement[bool], count: int) -> list[AuditEvent]:
    """Return so many rows at random.

    Ids are random themselves, so those next after any id are drawn by lot, and found by index.
    """
    start = uuid4()
    found: list[AuditEvent] = []
    for side in (AuditEvent.id >= start, AuditEvent.id < start):
        query = select(AuditEvent).where(looked, side).order_by(AuditEvent.id)
        found += session.scalars(query.limit(count - len(found))).all()
    return found
