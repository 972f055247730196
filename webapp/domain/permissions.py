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


_CARE = frozenset({Permission.USE_APP, Permission.READ_CITIZEN, Permission.LOG_OBSERVATIONS})

_ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.STAFF: _CARE,
    Role.FACILITATOR: _CARE,
    Role.MANAGER: _CARE,
    Role.ADMIN: frozenset({Permission.USE_APP}),
}


def allows(role: Role, permission: Permission) -> bool:
    """Tell whether a role holds a permission. Which citizens it reaches is the door's question."""
    return permission in _ROLE_PERMISSIONS[role]
