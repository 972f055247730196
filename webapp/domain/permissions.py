"""Who may do what, and with whose citizens. One table; every route names one of these.

Source: docs/decisions/0006-permissions-and-the-door.md
"""

from enum import Enum, StrEnum, auto
from typing import Final

from webapp.models import Role


class Permission(StrEnum):
    """A right that a route asks for."""

    USE_APP = "use_app"
    """Be signed in: own menu, language, log out."""
    READ_CITIZEN = "read_citizen"
    """See the board, a citizen's day, order and master data."""
    LOG_OBSERVATIONS = "log_observations"
    """Log, undo and correct one's own observations."""

    READ_PLAN = "read_plan"
    """See a citizen's plan, what was changed in it, and the sparring about it."""
    EDIT_PLAN = "edit_plan"
    """Write the plan, order and master data of a citizen; staff only in their contact team."""
    SPAR = "spar"
    """Ask and answer about a goal; staff only in their contact team."""

    OPEN_IN_EMERGENCY = "open_in_emergency"
    """Open a citizen of another department for an hour, with a reason that the manager reads."""
    READ_EMERGENCIES = "read_emergencies"
    """See who opened one's department's citizens in an emergency, and why."""

    REVIEW_ENTRIES = "review_entries"
    """See what tablets delivered in doubt or could not, and say that it was seen."""

    READ_LOG = "read_log"
    """See who has seen and done what: own departments' citizens and staff; check it, export it."""

    OPEN_SETTINGS = "open_settings"
    """See the list of what one may set."""
    MANAGE_HOME = "manage_home"
    """Change the home, its departments and its shifts."""
    MANAGE_STAFF = "manage_staff"
    """Invite, change and deactivate people who work here."""
    MANAGE_TABLETS = "manage_tablets"
    """Let shared tablets in, open and revoke them."""
    MANAGE_CITIZENS = "manage_citizens"
    """Let a citizen move in, and choose the contact team."""
    MANAGE_PICTOGRAMS = "manage_pictograms"
    """Bring the pictograms of the home itself, and let them go."""


class Reach(Enum):
    """Whose records a permission leads to; those of everyone else are not there."""

    OWN_DEPARTMENTS = auto()
    WHOLE_HOME = auto()


_CARE = frozenset(
    {
        Permission.USE_APP,
        Permission.READ_CITIZEN,
        Permission.LOG_OBSERVATIONS,
        Permission.READ_PLAN,
        Permission.OPEN_IN_EMERGENCY,
    }
)

_SETTINGS = frozenset(
    {
        Permission.OPEN_SETTINGS,
        Permission.READ_LOG,
        Permission.MANAGE_STAFF,
        Permission.MANAGE_TABLETS,
    }
)

_ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.STAFF: _CARE | {Permission.EDIT_PLAN, Permission.SPAR},
    Role.FACILITATOR: _CARE | {Permission.SPAR},
    Role.MANAGER: _CARE
    | _SETTINGS
    | {Permission.EDIT_PLAN, Permission.SPAR}
    | {Permission.MANAGE_PICTOGRAMS}
    | {Permission.MANAGE_CITIZENS, Permission.READ_EMERGENCIES, Permission.REVIEW_ENTRIES},
    Role.ADMIN: _SETTINGS | {Permission.USE_APP, Permission.MANAGE_HOME},
}

_WHOLE_HOME: Final = frozenset(
    {
        (Role.FACILITATOR, Permission.READ_PLAN),
        (Role.FACILITATOR, Permission.SPAR),
        (Role.ADMIN, Permission.MANAGE_HOME),
        (Role.ADMIN, Permission.MANAGE_STAFF),
        (Role.ADMIN, Permission.MANAGE_TABLETS),
        (Role.ADMIN, Permission.READ_LOG),
    }
)
"""A facilitator spars about all plans of the home, and an admin sets up all of it; everything else
stops at one's departments."""


def allows(role: Role, permission: Permission) -> bool:
    """Tell whether a role holds a permission; `reach` says on whom."""
    return permission in _ROLE_PERMISSIONS[role]


def reach(role: Role, permission: Permission) -> Reach:
    """Return how far a permission leads those of a role who hold it."""
    return Reach.WHOLE_HOME if (role, permission) in _WHOLE_HOME else Reach.OWN_DEPARTMENTS


def reaches_plan(role: Role, permission: Permission, *, in_contact_team: bool) -> bool:
    """Tell whether someone holds a permission on the plan of a citizen within their reach.

    Staff write in the plans of their own contact team; a manager and a facilitator, as far as
    their role goes, in all they reach.
    """
    return allows(role, permission) and (role is not Role.STAFF or in_contact_team)
