"""Open a citizen of another department in an emergency, and tell the manager who did."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from webapp.domain import emergency
from webapp.domain.emergency import OPENED
from webapp.domain.errors import AlreadySaved, TooManySearches
from webapp.domain.permissions import Permission, allows
from webapp.models import AuditEvent, Citizen, Department, EmergencyAccess, Staff
from webapp.services import audit
from webapp.services.reach import in_reach

SHOWN = 100
"""Accesses on the manager's list; unread ones come first."""


@dataclass(frozen=True, slots=True)
class AccessOnList:
    """One access, and how often each thing was done in it: (`thing.verb`, times), by its name."""

    access: EmergencyAccess
    acts: Sequence[tuple[str, int]]


def find_open(
    session: Session, staff: Staff, citizen_id: UUID, *, now: datetime
) -> EmergencyAccess | None:
    """Return the access somebody has to a citizen right now, the one that lasts longest."""
    return session.scalar(
        select(EmergencyAccess)
        .where(EmergencyAccess.staff_id == staff.id, EmergencyAccess.citizen_id == citizen_id)
        .where(EmergencyAccess.begun_at <= now, EmergencyAccess.ends_at > now)
        .order_by(EmergencyAccess.ends_at.desc())
        .limit(1)
    )


def excuses(
    session: Session, staff: Staff, permission: Permission, citizen_id: UUID, *, now: datetime
) -> EmergencyAccess | None:
    """Return the access by which a permission leads to a citizen just then; None when it does not.

    The door asks the same in its own query; see `reach.in_emergency`.
    """
    if permission not in OPENED or not allows(staff.role, Permission.OPEN_IN_EMERGENCY):
        return None
    return find_open(session, staff, citizen_id, now=now)


def open_of(session: Session, staff: Staff, *, now: datetime) -> Sequence[EmergencyAccess]:
    """Return what somebody has open right now, citizens loaded; may be empty."""
    return session.scalars(
        select(EmergencyAccess)
        .where(EmergencyAccess.staff_id == staff.id, EmergencyAccess.ends_at > now)
        .options(joinedload(EmergencyAccess.citizen))
        .order_by(EmergencyAccess.ends_at)
    ).all()


def search(
    session: Session, first_name: str, last_name: str, *, actor: Staff, now: datetime
) -> list[Citizen]:
    """Return the citizens of the home's other departments who are called so; see `found_by`.

    The search is recorded, without the name.

    Raises:
        TooManySearches.
    """
    # Held, so that searches at once are counted one after another.
    session.refresh(actor, ["deactivated_at"], with_for_update=True)
    lately = select(func.count()).where(
        AuditEvent.actor_id == actor.id,
        AuditEvent.at > now - timedelta(hours=1),
        AuditEvent.action == "emergency_access.search",
    )
    if (session.scalar(lately) or 0) >= emergency.SEARCHES_AN_HOUR:
        raise TooManySearches
    audit.record(session, "emergency_access.search", actor=actor, at=now)
    own = {department.id for department in actor.departments}
    others = session.scalars(
        select(Citizen)
        .join(Citizen.department)
        .where(Department.home_id == actor.home_id, Department.id.not_in(own))
        .options(joinedload(Citizen.department))
        .order_by(Citizen.first_name, Citizen.last_name, Citizen.id)
    )
    # Compared here: not every database knows that Ø and ø are one letter.
    return emergency.found_by(others, first_name, last_name)


def begin(
    session: Session, citizen: Citizen, reason: str, *, id: UUID, actor: Staff, now: datetime
) -> EmergencyAccess:
    """Open a citizen for an hour. Sending the same id again returns the stored one.

    Args:
        session: Not committed here.
        citizen: Of another department of the actor's home.
        reason: As typed.
        id: Drawn with the form.
        actor: Who goes in.
        now: Aware.

    Raises:
        EmergencyReasonTooShort, AlreadySaved.
    """
    emergency.check_reason(reason)
    if stored := session.get(EmergencyAccess, id):
        return _same_or_refuse(stored, citizen, reason, actor)
    access = EmergencyAccess(
        id=id,
        staff_id=actor.id,
        citizen_id=citizen.id,
        reason=reason,
        begun_at=now,
        ends_at=now + emergency.LENGTH,
    )
    try:
        with session.begin_nested():
            session.add(access)
    except IntegrityError:
        return _same_or_refuse(session.get_one(EmergencyAccess, id), citizen, reason, actor)
    _record(session, "emergency_access.begin", access, actor, now, reason=reason)
    return access


def end(session: Session, access: EmergencyAccess, *, actor: Staff, now: datetime) -> None:
    """End an access before its time; one that is over stays as it was."""
    # Held: whoever asks at the same moment finds it ended, though their clock was read before.
    session.refresh(access, ["ends_at"], with_for_update=True)
    if emergency.can_be_ended(access.begun_at, access.ends_at, now):
        access.ends_at = now
        _record(session, "emergency_access.end", access, actor, now)


def mark_read(session: Session, access: EmergencyAccess, *, actor: Staff, now: datetime) -> None:
    """Say that a manager has read of it; who was first is kept."""
    session.refresh(access, ["seen_at"], with_for_update=True)
    if access.seen_at is None:
        access.seen_at, access.seen_by = now, actor
        _record(session, "emergency_access.mark_read", access, actor, now)


def unread_of(session: Session, manager: Staff) -> int:
    """Return how many accesses to citizens of a manager's departments nobody has read of."""
    return (
        session.scalar(
            select(func.count())
            .select_from(EmergencyAccess)
            .join(EmergencyAccess.citizen)
            .where(
                EmergencyAccess.seen_at.is_(None), in_reach(manager, Permission.READ_EMERGENCIES)
            )
        )
        or 0
    )


def accesses_of(session: Session, manager: Staff) -> list[AccessOnList]:
    """Return the accesses to citizens of a manager's departments: unread first, then newest."""
    accesses = session.scalars(
        select(EmergencyAccess)
        .join(EmergencyAccess.citizen)
        .where(in_reach(manager, Permission.READ_EMERGENCIES))
        .options(
            joinedload(EmergencyAccess.citizen).joinedload(Citizen.department),
            joinedload(EmergencyAccess.staff),
            joinedload(EmergencyAccess.seen_by),
        )
        .order_by(EmergencyAccess.seen_at.is_not(None), EmergencyAccess.begun_at.desc())
        .limit(SHOWN)
    ).all()
    acts: dict[UUID, list[tuple[str, int]]] = {access.id: [] for access in accesses}
    counted = session.execute(
        select(EmergencyAccess.id, AuditEvent.action, func.count())
        .join(
            AuditEvent,
            (AuditEvent.actor_id == EmergencyAccess.staff_id)
            & (AuditEvent.citizen_id == EmergencyAccess.citizen_id)
            & (AuditEvent.at >= EmergencyAccess.begun_at)
            & (AuditEvent.at <= EmergencyAccess.ends_at),
        )
        .where(EmergencyAccess.id.in_(acts), AuditEvent.action.not_like("emergency_access.%"))
        .group_by(EmergencyAccess.id, AuditEvent.action)
        .order_by(AuditEvent.action)
    )
    for access_id, action, times in counted:
        acts[access_id].append((action, times))
    return [AccessOnList(access, acts[access.id]) for access in accesses]


def _same_or_refuse(
    stored: EmergencyAccess, citizen: Citizen, reason: str, actor: Staff
) -> EmergencyAccess:
    if (stored.citizen_id, stored.reason, stored.staff_id) != (citizen.id, reason, actor.id):
        raise AlreadySaved
    return stored


def _record(
    session: Session,
    action: str,
    access: EmergencyAccess,
    actor: Staff,
    now: datetime,
    *,
    reason: str | None = None,
) -> None:
    audit.record(
        session,
        action,
        actor=actor,
        at=now,
        citizen_id=access.citizen_id,
        object_id=access.id,
        reason=reason,
    )
