"""Found a home in an empty database, and change what it owns: departments, shifts, settings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import TypedDict
from uuid import UUID

from sqlalchemy import ScalarSelect, func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import InstrumentedAttribute, Session

from webapp.domain.errors import AlreadySaved, DepartmentInUse, DepartmentTaken, HomeExists
from webapp.domain.managing import laid_out
from webapp.domain.names import plain
from webapp.models import Citizen, Department, DepartmentStaff, Device, Home, Role, Shift, Staff
from webapp.services import audit
from webapp.services.staff import unstored_staff

Shifts = Iterable[tuple[str, time]]
"""Names and when they begin, in any order."""


class HomeContent(TypedDict):
    """What an admin sets for the whole home."""

    name: str
    idle_lock_minutes: int
    unlocks_offline: bool
    second_factor_for_all: bool
    log_check_months: int


@dataclass(frozen=True, slots=True)
class FirstAdmin:
    """Who sets a home up, and the password they chose."""

    first_name: str
    last_name: str
    email: str
    password: str


@dataclass(frozen=True, slots=True)
class InDepartment:
    """A department with how many people work there, citizens live there, and tablets are there."""

    department: Department
    staff: int
    citizens: int
    devices: int


def home_exists(session: Session) -> bool:
    """Tell whether the database holds a home."""
    return session.scalar(select(Home.id).limit(1)) is not None


def found_home(
    session: Session,
    name: str,
    *,
    departments: Sequence[str],
    actor: Staff | None,
    now: datetime,
) -> tuple[Home, list[Department]]:
    """Add the home and its departments.

    Args:
        session: Not committed here.
        name: As people say it.
        departments: Their names, in any order; naming one twice makes one.
        actor: Who founds it; None from the command line.
        now: Aware.

    Raises:
        HomeExists.
    """
    home, parts = _add_home(session, name, departments)
    audit.record(session, "home.create", actor=actor, at=now, object_id=home.id)
    return home, parts


def set_up_home(
    session: Session,
    name: str,
    *,
    timezone: str,
    departments: Sequence[str],
    shifts: Shifts,
    admin: FirstAdmin,
    now: datetime,
) -> Staff:
    """Add all that an empty installation needs to begin: home, departments, shifts, an admin.

    Returns:
        The admin, who is the one that acted.

    Raises:
        HomeExists, ShiftMissing, ShiftsBeginTogether, EmailUnfit, PasswordUnfit.
    """
    home, _ = _add_home(session, name, departments)
    home.timezone = timezone
    _add_shifts(session, home, shifts)
    staff = unstored_staff(
        home,
        first_name=admin.first_name,
        last_name=admin.last_name,
        email=admin.email,
        role=Role.ADMIN,
        departments=[],
        password=admin.password,
    )
    session.add(staff)
    session.flush()
    audit.record(session, "home.create", actor=staff, at=now, object_id=home.id)
    return staff


def settings_of(home: Home) -> HomeContent:
    """Return what is set for the home."""
    return HomeContent(
        name=home.name,
        idle_lock_minutes=home.idle_lock_minutes,
        unlocks_offline=home.unlocks_offline,
        second_factor_for_all=home.second_factor_for_all,
        log_check_months=home.log_check_months,
    )


def update_home(
    session: Session, home: Home, content: HomeContent, *, actor: Staff, now: datetime
) -> None:
    """Change what is set for the home. What is set already is no change."""
    if content == settings_of(home):
        return
    for name, value in content.items():
        setattr(home, name, value)
    audit.record(session, "home.update", actor=actor, at=now, object_id=home.id)


def departments_of(session: Session, home: Home) -> list[Department]:
    """Return the departments of a home by name; may be empty."""
    query = select(Department).where(Department.home_id == home.id)
    return list(session.scalars(query.order_by(Department.name)))


def departments_and_who_is_there(session: Session, home: Home) -> list[InDepartment]:
    """Return the departments of a home by name, each with what belongs to it."""
    counted = (
        _count(DepartmentStaff.department_id),
        _count(Citizen.department_id),
        _count(Device.department_id),
    )
    query = select(Department, *counted).where(Department.home_id == home.id)
    return [InDepartment(*row) for row in session.execute(query.order_by(Department.name))]


def create_department(
    session: Session,
    home: Home,
    name: str,
    description: str,
    *,
    id: UUID,
    actor: Staff,
    now: datetime,
) -> Department:
    """Add a department. Sending the same id again returns the stored one.

    Raises:
        DepartmentTaken, AlreadySaved.
    """
    if stored := session.get(Department, id):
        if (stored.home_id, stored.name, stored.description) != (home.id, name, description):
            raise AlreadySaved
        return stored
    _check_is_free(session, home.id, name)
    department = Department(id=id, home_id=home.id, name=name, description=description)
    try:
        with session.begin_nested():
            session.add(department)
    except IntegrityError:
        raise DepartmentTaken from None
    audit.record(session, "department.create", actor=actor, at=now, object_id=id)
    return department


def update_department(
    session: Session,
    department: Department,
    name: str,
    description: str,
    *,
    actor: Staff,
    now: datetime,
) -> None:
    """Give a department another name or description. What stands already is no change.

    Raises:
        DepartmentTaken.
    """
    if (department.name, department.description) == (name, description):
        return
    _check_is_free(session, department.home_id, name, but=department.id)
    try:
        with session.begin_nested():
            department.name, department.description = name, description
    except IntegrityError:
        raise DepartmentTaken from None
    audit.record(session, "department.update", actor=actor, at=now, object_id=department.id)


def remove_department(
    session: Session, department: Department, *, actor: Staff, now: datetime
) -> None:
    """Remove a department to which nobody and nothing belongs.

    Raises:
        DepartmentInUse.
    """
    # Held, so that nobody is put there between the look and the removal.
    session.refresh(department, ["name"], with_for_update=True)
    for place in (DepartmentStaff.department_id, Citizen.department_id, Device.department_id):
        if session.scalar(select(place).where(place == department.id).limit(1)):
            raise DepartmentInUse
    session.delete(department)
    audit.record(session, "department.remove", actor=actor, at=now, object_id=department.id)


def shifts_of(session: Session, home: Home) -> list[Shift]:
    """Return the shifts of a home by when they begin; may be empty."""
    query = select(Shift).where(Shift.home_id == home.id).order_by(Shift.starts_at)
    return list(session.scalars(query))


def set_shifts(
    session: Session, home: Home, shifts: Shifts, *, actor: Staff, now: datetime
) -> None:
    """Let a home have these shifts and no others. The same ones again are no change.

    Raises:
        ShiftMissing, ShiftsBeginTogether.
    """
    stands = shifts_of(session, home)
    wanted = laid_out(shifts)
    if [(each.name, each.starts_at, each.ends_at) for each in stands] == [
        (each.name, each.starts_at, each.ends_at) for each in wanted
    ]:
        return
    for shift in stands:
        session.delete(shift)
    session.flush()
    _add_shifts(session, home, [(each.name, each.starts_at) for each in wanted])
    audit.record(session, "shift.update", actor=actor, at=now, object_id=home.id)


def _check_is_free(session: Session, home_id: UUID, name: str, but: UUID | None = None) -> None:
    """Refuse a name that people would take for another department's."""
    others = session.execute(
        select(Department.id, Department.name).where(Department.home_id == home_id)
    )
    if any(id != but and plain(other) == plain(name) for id, other in others):
        raise DepartmentTaken


def _add_home(
    session: Session, name: str, departments: Sequence[str]
) -> tuple[Home, list[Department]]:
    if session.get_bind().dialect.name == "postgresql":
        # Two who found a home at once wait here, and the second finds the first one's.
        session.execute(text("LOCK TABLE homes IN SHARE ROW EXCLUSIVE MODE"))
    if home_exists(session):
        raise HomeExists
    home = Home(name=name)
    parts = [Department(home=home, name=part) for part in dict.fromkeys(departments)]
    session.add_all([home, *parts])
    session.flush()
    return home, parts


def _add_shifts(session: Session, home: Home, shifts: Shifts) -> None:
    for each in laid_out(shifts):
        session.add(
            Shift(home_id=home.id, name=each.name, starts_at=each.starts_at, ends_at=each.ends_at)
        )
    session.flush()


def _count(place: InstrumentedAttribute[UUID]) -> ScalarSelect[int]:
    """Return the number of rows of a table that belong to the department of the query."""
    return select(func.count()).where(place == Department.id).scalar_subquery()
