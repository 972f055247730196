"""Read the log: who did and saw what, as far as somebody's reach goes, and what to ask about."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, exists, literal, or_, select, tuple_, union_all
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from webapp.domain.audit_flags import ON_SHIFT, WORKED, Flag, Look, flags_of, is_night
from webapp.domain.permissions import Permission, Reach, reach
from webapp.models import (
    AuditEvent,
    Citizen,
    Department,
    DepartmentStaff,
    Device,
    EmergencyAccess,
    Staff,
)

PAGE: Final = 50
READ_AT_ONCE: Final = 300
"""Rows looked through for flags at a time; the next page goes on from there."""

_EXPORTED_AT_ONCE: Final = 1_000


class Place(NamedTuple):
    """A row's place in the log: newer rows come before it."""

    at: datetime
    id: UUID


@dataclass(frozen=True, slots=True)
class Search:
    """What somebody wants to see.

    Attributes:
        citizen_id: Only about this citizen.
        staff_id: Only by this person.
        since: From this aware time on.
        until: Before this aware time.
        flagged: Only what there is something to ask about.
        after: Go on after this place, towards older rows.
    """

    citizen_id: UUID | None = None
    staff_id: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    flagged: bool = False
    after: Place | None = None


@dataclass(slots=True)
class Entry:
    """One row of the log with those it names; None where nobody is named or they are gone.

    `is_elsewhere` is set when the citizen is one whose name the viewer has no business with.
    """

    event: AuditEvent
    actor: Staff | None = None
    citizen: Citizen | None = None
    is_elsewhere: bool = False
    about: Staff | None = None
    device: Device | None = None
    flags: list[Flag] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Found:
    """A page of the log, newest first, and where the next one begins; None on the last."""

    entries: list[Entry]
    next: Place | None


class Exported(NamedTuple):
    """One row of what is handed out."""

    at: datetime
    actor_id: UUID | None
    action: str
    device_id: UUID | None


def search(session: Session, viewer: Staff, wish: Search, *, zone: ZoneInfo) -> Found:
    """Return a page of what somebody's reach in the log shows; always as many queries."""
    return _page(session, within(viewer), wish, zone, viewer=viewer)


def own(session: Session, staff: Staff, after: Place | None, *, zone: ZoneInfo) -> Found:
    """Return a page of what somebody did and saw themselves, without flags."""
    return _page(session, AuditEvent.actor_id == staff.id, Search(after=after), zone)


def within(viewer: Staff) -> ColumnElement[bool]:
    """Return the condition that a row is one the viewer may see.

    A manager's are those about citizens of own departments, and those by and about own staff;
    so a colleague's look at another department's citizen is there too.
    """
    at_home = AuditEvent.home_id == viewer.home_id
    if reach(viewer.role, Permission.READ_LOG) is Reach.WHOLE_HOME:
        return at_home
    departments = _departments_of(viewer)
    staff = select(DepartmentStaff.staff_id).where(DepartmentStaff.department_id.in_(departments))
    citizens = select(Citizen.id).where(Citizen.department_id.in_(departments))
    return and_(
        at_home,
        or_(
            AuditEvent.citizen_id.in_(citizens),
            AuditEvent.actor_id.in_(staff),
            AuditEvent.object_id.in_(staff),
        ),
    )


def people_in_reach(session: Session, viewer: Staff) -> tuple[Sequence[Citizen], Sequence[Staff]]:
    """Return whom the log can be searched for: citizens and staff by name; may be empty."""
    departments = _departments_of(viewer)
    citizens = select(Citizen).where(Citizen.department_id.in_(departments))
    staff = select(Staff).where(Staff.home_id == viewer.home_id)
    if reach(viewer.role, Permission.READ_LOG) is Reach.OWN_DEPARTMENTS:
        there = select(DepartmentStaff.staff_id).where(
            DepartmentStaff.department_id.in_(departments)
        )
        staff = staff.where(Staff.id.in_(there))
    return (
        session.scalars(citizens.order_by(Citizen.first_name, Citizen.last_name)).all(),
        session.scalars(staff.order_by(Staff.first_name, Staff.last_name)).all(),
    )


def entries_of(
    session: Session, events: Sequence[AuditEvent], zone: ZoneInfo, *, viewer: Staff | None
) -> list[Entry]:
    """Return the rows with those they name, in the same order.

    Args:
        session: Only read.
        events: The rows.
        zone: The home's.
        viewer: Whoever keeps an eye on the log, and is told what there is to ask about; None for
            somebody who reads what they did themselves.
    """
    entries = _named(session, events)
    if viewer:
        _flag(session, entries, zone)
        _leave_out_strangers(entries, viewer)
    return entries


def _leave_out_strangers(entries: Sequence[Entry], viewer: Staff) -> None:
    """Take away the names of citizens of departments that are not the viewer's."""
    if reach(viewer.role, Permission.READ_LOG) is Reach.WHOLE_HOME:
        return
    own = {department.id for department in viewer.departments}
    for entry in entries:
        if entry.citizen and entry.citizen.department_id not in own:
            entry.citizen, entry.is_elsewhere = None, True


def everything_about(
    session: Session, citizen: Citizen, *, since: datetime | None, until: datetime | None
) -> Iterator[Exported]:
    """Yield all that was done and seen about a citizen, oldest first."""
    query = select(AuditEvent.at, AuditEvent.actor_id, AuditEvent.action, AuditEvent.device_id)
    query = query.where(*_span(Search(citizen_id=citizen.id, since=since, until=until)))
    found = session.execute(
        query.order_by(AuditEvent.at, AuditEvent.id),
        execution_options={"yield_per": _EXPORTED_AT_ONCE},
    )
    for row in found:
        yield Exported(*row)


def names_of(session: Session, home_id: UUID) -> tuple[dict[UUID, Staff], dict[UUID, Device]]:
    """Return everyone who works or worked in a home, and its tablets, by id."""
    staff = session.scalars(select(Staff).where(Staff.home_id == home_id))
    devices = session.scalars(
        select(Device).join(Device.department).where(Department.home_id == home_id)
    )
    return {each.id: each for each in staff}, {each.id: each for each in devices}


def _departments_of(viewer: Staff) -> Select[UUID]:
    if reach(viewer.role, Permission.READ_LOG) is Reach.WHOLE_HOME:
        return select(Department.id).where(Department.home_id == viewer.home_id)
    return select(DepartmentStaff.department_id).where(DepartmentStaff.staff_id == viewer.id)


def _page(
    session: Session,
    visible: ColumnElement[bool],
    wish: Search,
    zone: ZoneInfo,
    *,
    viewer: Staff | None = None,
) -> Found:
    size = READ_AT_ONCE if wish.flagged else PAGE
    query = select(AuditEvent).where(visible, *_span(wish))
    if wish.after:
        query = query.where(tuple_(AuditEvent.at, AuditEvent.id) < wish.after)
    newest_first = query.order_by(AuditEvent.at.desc(), AuditEvent.id.desc())
    events = session.scalars(newest_first.limit(size + 1)).all()
    entries = entries_of(session, events[:size], zone, viewer=viewer)
    last = entries[-1].event if len(events) > size else None
    return Found(
        [entry for entry in entries if entry.flags or not wish.flagged],
        Place(last.at, last.id) if last else None,
    )


def _span(wish: Search) -> list[ColumnElement[bool]]:
    asked = []
    if wish.citizen_id:
        asked.append(AuditEvent.citizen_id == wish.citizen_id)
    if wish.staff_id:
        asked.append(AuditEvent.actor_id == wish.staff_id)
    if wish.since:
        asked.append(AuditEvent.at >= wish.since)
    if wish.until:
        asked.append(AuditEvent.at < wish.until)
    return asked


def _named(session: Session, events: Sequence[AuditEvent]) -> list[Entry]:
    people = _by_id(
        session,
        select(Staff).options(selectinload(Staff.departments)),
        Staff.id,
        [*(event.actor_id for event in events), *(event.object_id for event in events)],
    )
    citizens = _by_id(
        session,
        select(Citizen).options(joinedload(Citizen.department)),
        Citizen.id,
        [event.citizen_id for event in events],
    )
    devices = _by_id(session, select(Device), Device.id, [event.device_id for event in events])
    return [
        Entry(
            event,
            actor=people.get(event.actor_id),
            citizen=citizens.get(event.citizen_id),
            about=people.get(event.object_id) if event.object_id != event.actor_id else None,
            device=devices.get(event.device_id),
        )
        for event in events
    ]


def _by_id(
    session: Session, query: Select[Any], key: Any, ids: Collection[UUID | None]
) -> dict[UUID | None, Any]:
    wanted = set(ids) - {None}
    if not wanted:
        return {}
    return {row.id: row for row in session.scalars(query.where(key.in_(wanted)))}


def _flag(session: Session, entries: Iterable[Entry], zone: ZoneInfo) -> None:
    """Work out what there is to ask about of those rows that are about a citizen."""
    about = [entry for entry in entries if entry.actor and entry.citizen]
    opened = _emergencies(session, about)
    by_night = [entry for entry in about if is_night(entry.event.at, zone)]
    on_shift = _on_shift(session, by_night)
    for entry in about:
        actor, citizen, event = entry.actor, entry.citizen, entry.event
        if not actor or not citizen:
            continue
        entry.flags = flags_of(
            Look(
                role=actor.role,
                family_name=actor.last_name,
                citizen_family_name=citizen.last_name,
                works_there=citizen.department_id in {there.id for there in actor.departments},
                in_emergency=any(
                    access.begun_at <= event.at < access.ends_at
                    for access in opened.get((actor.id, citizen.id), ())
                ),
                at_night=is_night(event.at, zone),
                on_shift=event.id in on_shift,
            )
        )


def _emergencies(
    session: Session, entries: Sequence[Entry]
) -> dict[tuple[UUID, UUID], list[EmergencyAccess]]:
    pairs = {(entry.event.actor_id, entry.event.citizen_id) for entry in entries}
    if not pairs:
        return {}
    staff, citizens = zip(*pairs, strict=True)
    found: dict[tuple[UUID, UUID], list[EmergencyAccess]] = {}
    for access in session.scalars(
        select(EmergencyAccess).where(
            EmergencyAccess.staff_id.in_(staff), EmergencyAccess.citizen_id.in_(citizens)
        )
    ):
        found.setdefault((access.staff_id, access.citizen_id), []).append(access)
    return found


def _on_shift(session: Session, entries: Sequence[Entry]) -> set[UUID]:
    """Return which rows have something their actor logged within `ON_SHIFT`."""
    work = aliased(AuditEvent)
    asked = [
        select(literal(number)).where(
            exists().where(
                work.actor_id == entry.event.actor_id,
                work.at.between(entry.event.at - ON_SHIFT, entry.event.at + ON_SHIFT),
                work.action.in_(WORKED),
            )
        )
        for number, entry in enumerate(entries)
    ]
    if not asked:
        return set()
    return {entries[number].event.id for number in session.scalars(union_all(*asked))}
