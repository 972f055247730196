"""Whose citizens somebody reaches: asked of the database, and of a citizen at hand."""

from sqlalchemy import ColumnElement, select

from webapp.domain.permissions import Permission, Reach, allows, reach
from webapp.models import Citizen, Department, DepartmentStaff, Staff


def in_reach(staff: Staff, permission: Permission) -> ColumnElement[bool]:
    """Return the condition that a citizen is one whom a permission the person holds leads to."""
    if reach(staff.role, permission) is Reach.WHOLE_HOME:
        departments = select(Department.id).where(Department.home_id == staff.home_id)
    else:
        departments = select(DepartmentStaff.department_id).where(
            DepartmentStaff.staff_id == staff.id
        )
    return Citizen.department_id.in_(departments)


def reaches(staff: Staff, permission: Permission, citizen: Citizen) -> bool:
    """Tell whether somebody holds a permission, and it leads to this citizen."""
    if not allows(staff.role, permission):
        return False
    if reach(staff.role, permission) is Reach.WHOLE_HOME:
        return citizen.department.home_id == staff.home_id
    return citizen.department_id in {own.id for own in staff.departments}
