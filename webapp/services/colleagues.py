"""Read who works here, for those who manage them. A number of queries that never grows."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, selectinload

from webapp.domain.names import is_called
from webapp.domain.permissions import Permission, allows
from webapp.models import Citizen, ContactTeam, Staff, StaffSession
from webapp.services.reach import colleague_in_reach, in_reach


@dataclass(frozen=True, slots=True)
class Colleague:
    """Someone on the list.

    Attributes:
        staff: With departments loaded.
        seen_at: When they last did something; None when never.
    """

    staff: Staff
    seen_at: datetime | None


def colleagues_of(
    session: Session, viewer: Staff, *, name: str = "", deactivated: bool = False
) -> list[Colleague]:
    """Return those somebody may manage, by first name; may be empty.

    Args:
        session: Only read.
        viewer: Decides whom one sees.
        name: Part of a name, whatever its case; empty for all.
        deactivated: Those who were let go, instead of those who work here.
    """
    gone = Staff.deactivated_at.is_not(None)
    found = _read(session, viewer, gone if deactivated else ~gone)
    # Asked here: a database's own lower case does not reach Æ, Ø and Å everywhere.
    return [each for each in found if is_called(each.staff.first_name, each.staff.last_name, name)]


def colleague_of(session: Session, viewer: Staff, staff: Staff) -> Colleague:
    """Return one of them."""
    return _read(session, viewer, Staff.id == staff.id)[0]


def contact_team_citizens(session: Session, viewer: Staff, staff: Staff) -> list[Citizen]:
    """Return the citizens in whose contact team somebody is, as far as the viewer may manage them.

    By first name; may be empty, and is for someone who manages no citizens.
    """
    if not allows(viewer.role, Permission.MANAGE_CITIZENS):
        return []
    query = (
        select(Citizen)
        .join(ContactTeam, ContactTeam.citizen_id == Citizen.id)
        .where(ContactTeam.staff_id == staff.id, in_reach(viewer, Permission.MANAGE_CITIZENS))
    )
    return list(session.scalars(query.order_by(Citizen.first_name, Citizen.id)))


def _read(session: Session, viewer: Staff, which: ColumnElement[bool]) -> list[Colleague]:
    seen = select(func.max(StaffSession.seen_at)).where(StaffSession.staff_id == Staff.id)
    query = (
        select(Staff, seen.scalar_subquery())
        .where(colleague_in_reach(viewer, Permission.MANAGE_STAFF), which)
        .options(selectinload(Staff.departments))
        .order_by(Staff.first_name, Staff.last_name, Staff.id)
    )
    return [Colleague(*row) for row in session.execute(query)]
