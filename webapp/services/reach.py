"""Whose citizens somebody reaches: asked of the database, and of a citizen at hand."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, select

from webapp.domain.emergency import OPENED
from webapp.domain.permissions import Permission, Reach, allows, reach
from webapp.models import Citizen, Department, DepartmentStaff, EmergencyAccess, Staff


def in_reach(staff: Staff, permission: Permission) -> ColumnElement[bool]:
    """Return the condition that a citizen is one whom a permission the person holds leads to."""
    if reach(staff.role, permission) is Reach.WHOLE_HOME:
        departments = _departments_of_home(staff)
    else:
        departments = select(DepartmentStaff.department_id).where(
            DepartmentStaff.staff_id == staff.id
        )
    return Citizen.department_id.in_(departments)


def in_emergency(staff: Staff, permission: Permission, now: datetime) -> ColumnElement[bool]:
    """Return the condition that a citizen is one the person has opened in an emergency.

    Only the door asks it: lists and boards stay what they are.
    """
    if permission not in OPENED or not allows(staff.role, Permission.OPEN_IN_EMERGENCY):
        return false()
    opened = select(EmergencyAccess.citizen_id).where(
        EmergencyAccess.staff_id == staff.id,
        EmergencyAccess.begun_at <= now,
        EmergencyAccess.ends_at > now,
    )
    return Citizen.id.in_(opened) & Citizen.department_id.in_(_departments_of_home(staff))


def reaches(staff: Staff, permission: Permission, citizen: Citizen) -> bool:
    """Tell whether somebody holds a permission, and it leads to this citizen."""
    if not allows(staff.role, permission):
        return False
    if reach(staff.role, permission) is Reach.WHOLE_HOME:
        return citizen.department.home_id == staff.home_id
    return citizen.department_id in {own.id for own in staff.departments}


def of_home(staff: Staff) -> ColumnElement[bool]:
    """Return the condition that a citizen lives in the person's home, in reach or not."""
    return Citizen.department_id.in_(_departments_of_home(staff))


def colleague_in_reach(staff: Staff, permission: Permission) -> ColumnElement[bool]:
    """Return the condition that a colleague is one whom a permission the person holds leads to."""
    if reach(staff.role, permission) is Reach.WHOLE_HOME:
        return Staff.home_id == staff.home_id
    own = select(DepartmentStaff.department_id).where(DepartmentStaff.staff_id == staff.id)
    return Staff.id.in_(
        select(DepartmentStaff.staff_id).where(DepartmentStaff.department_id.in_(own))
    )


def departments_in_reach(staff: Staff, permission: Permission) -> Select[UUID]:
    """Return the departments that a permission the person holds leads to."""
    if reach(staff.role, permission) is Reach.WHOLE_HOME:
        return _departments_of_home(staff)
    return select(DepartmentStaff.department_id).where(DepartmentStaff.staff_id == staff.id)


def _departments_of_home(staff: Staff) -> Select[UUID]:
    return select(Department.id).where(Department.home_id == staff.home_id)
