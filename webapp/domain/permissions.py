"""Who may do what. One table; every route names one of these.

Source: docs/decisions/0006-permissions-and-the-door.md
"""

from enum import StrEnum

from webapp.models import Role


class Permission(StrEnum):
    """A right that a route asks for."""

    USE_APP = "use_app"
    """Be signed in: own menu, language, log out."""
    READ_CITIZEN = "read_citizen"
    """See the board and the citizens of one's own departments."""
    LOG_OBSERVATIONS = "log_observations"
    """Log, undo and correct one's own observations on those citizens."""

    EDIT_PLAN = "edit_plan"
    """Write the plan, order and master data of a citizen; staff only in their contact team."""
    SPAR = "spar"
    """Ask and answer about a goal; staff only in their contact team."""


_CARE = frozenset({Permission.USE_APP, Permission.READ_CITIZEN, Permission.LOG_OBSERVATIONS})

_ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.STAFF: _CARE | {Permission.EDIT_PLAN, Permission.SPAR},
    Role.FACILITATOR: _CARE | {Permission.SPAR},
    Role.MANAGER: _CARE | {Permission.EDIT_PLAN, Permission.SPAR},
    Role.ADMIN: frozenset({Permission.USE_APP}),
}


def allows(role: Role, permission: Permission) -> bool:
    """Tell whether a role holds a permission. Which citizens it reaches is the door's question."""
    return permission in _ROLE_PERMISSIONS[role]


def reaches_plan(role: Role, permission: Permission, *, in_contact_team: bool) -> bool:
    """Tell whether someone holds a permission on the plan of a citizen they may see.

    Staff write in the plans of their own contact team; a manager and a facilitator, as far as
    their role goes, in all they see.
    """
    return allows(role, permission) and (role is not Role.STAFF or in_contact_team)
