"""Who may change whom among those who work here, and how the shifts of a day lie.

A manager gives work in their own departments; only an admin makes admins and managers.
Source: docs/decisions/0023-people-and-the-first-run.md
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from uuid import UUID

from webapp.domain.errors import (
    ContactTeamUnfit,
    DepartmentMissing,
    NotOnYourself,
    NotYoursToManage,
    RoleNotYours,
    ShiftMissing,
    ShiftsBeginTogether,
)
from webapp.models import Department, Role, Staff

INVITATION_LENGTH: Final = timedelta(days=7)

LARGEST_TEAM: Final = 4

CARING_ROLES: Final = (Role.STAFF, Role.FACILITATOR, Role.MANAGER)
"""Who can be in a contact team."""

_GIVEN_BY_A_MANAGER: Final = (Role.STAFF, Role.FACILITATOR)


def roles_given_by(role: Role) -> tuple[Role, ...]:
    """Return the roles somebody may give others; may be empty."""
    if role is Role.ADMIN:
        return tuple(Role)
    return _GIVEN_BY_A_MANAGER if role is Role.MANAGER else ()


def check_manages(actor: Staff, staff: Staff) -> None:
    """Refuse unless the acting person may change this colleague.

    A link to a new password opens everything that the colleague may see. So a manager only
    changes those who see nothing outside the manager's own departments, and nobody with more
    rights than the manager gives.

    Raises:
        NotYoursToManage.
    """
    if actor.role is Role.ADMIN and actor.home_id == staff.home_id:
        return
    places = {department.id for department in staff.departments}
    own = {department.id for department in actor.departments}
    if staff.role not in roles_given_by(actor.role) or not places or not places <= own:
        raise NotYoursToManage


def check_placed(actor: Staff, role: Role, departments: Collection[Department]) -> None:
    """Refuse a role or a department that the acting person does not give.

    Only an admin works in no department.

    Raises:
        RoleNotYours, DepartmentMissing.
    """
    if role not in roles_given_by(actor.role):
        raise RoleNotYours
    if not departments and role is not Role.ADMIN:
        raise DepartmentMissing
    if actor.role is not Role.ADMIN:
        own = {department.id for department in actor.departments}
        if not {department.id for department in departments} <= own:
            raise DepartmentMissing


def check_on_another(actor: Staff, staff: Staff) -> None:
    """Refuse to take one's own role or access.

    Raises:
        NotOnYourself.
    """
    if actor.id == staff.id:
        raise NotOnYourself


def check_contact_team(chosen: Collection[UUID], choosable: Collection[UUID]) -> None:
    """Refuse a contact team of nobody, of too many, or of people who cannot be in it.

    Raises:
        ContactTeamUnfit.
    """
    if not 1 <= len(chosen) <= LARGEST_TEAM or not set(chosen) <= set(choosable):
        raise ContactTeamUnfit


def invitation_is_open(made_at: datetime, used_at: datetime | None, now: datetime) -> bool:
    """Tell whether a link still lets somebody choose a password: seven days, and once."""
    return used_at is None and now < made_at + INVITATION_LENGTH


@dataclass(frozen=True, slots=True)
class Hours:
    """A shift of the day, in local time; one that does not end after it starts passes midnight."""

    name: str
    starts_at: time
    ends_at: time


def laid_out(shifts: Iterable[tuple[str, time]]) -> list[Hours]:
    """Return the shifts of a day by when they begin; each ends when the next one begins.

    So every moment lies in exactly one shift, without overlaps or gaps. One shift alone lasts
    all day.

    Args:
        shifts: Names and when they begin, in any order.

    Raises:
        ShiftMissing: There is none.
        ShiftsBeginTogether: Two begin at the same time.
    """
    rows = sorted(shifts, key=lambda row: row[1])
    if not rows:
        raise ShiftMissing
    starts = [start for _, start in rows]
    if len(set(starts)) < len(starts):
        raise ShiftsBeginTogether
    ends = [*starts[1:], starts[0]]
    return [Hours(name, start, end) for (name, start), end in zip(rows, ends, strict=True)]
