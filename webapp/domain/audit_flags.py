"""What the log points at by itself. A flag is a reason to ask, never a verdict.

Source: docs/decisions/0021-audit-chain.md
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from webapp.models import Role

NIGHT_BEGINS: Final = time(22)
NIGHT_ENDS: Final = time(6)
"""Local time."""

ON_SHIFT: Final = timedelta(hours=8)
"""So long before and after something somebody logged they are taken to be at work."""

WORKED: Final = frozenset({"observation.create", "observation.correct", "intervention.carry_out"})
"""What somebody logs who is at work with citizens; as the audit log calls it."""

WHOLE_HOME: Final = frozenset({Role.FACILITATOR, Role.ADMIN})
"""Whose work is the whole home, so that another department is nothing to ask about."""


class Flag(StrEnum):
    """Something to ask about."""

    IN_EMERGENCY = "in_emergency"
    OTHER_DEPARTMENT = "other_department"
    NIGHT_OFF_SHIFT = "night_off_shift"
    SAME_FAMILY_NAME = "same_family_name"


@dataclass(frozen=True, slots=True)
class Look:
    """One act of somebody on the record of a citizen.

    Attributes:
        role: Theirs, now.
        family_name: Theirs, as written.
        citizen_family_name: The citizen's, as written.
        works_there: Whether the citizen's department is one of theirs, both as they are now.
        in_emergency: Whether they had opened the citizen in an emergency then.
        at_night: See `is_night`.
        on_shift: Whether they logged anything within `ON_SHIFT` of it.
    """

    role: Role
    family_name: str
    citizen_family_name: str
    works_there: bool
    in_emergency: bool
    at_night: bool
    on_shift: bool


def is_night(at: datetime, zone: ZoneInfo) -> bool:
    """Tell whether an aware time is in the night of the home: from 22 to 6."""
    clock = at.astimezone(zone).time()
    return clock >= NIGHT_BEGINS or clock < NIGHT_ENDS


def flags_of(look: Look) -> list[Flag]:
    """Return what to ask about, in the order to show it; often empty.

    Night off shift: nobody writes down who was on duty, so the rule asks what the log itself
    knows. Whoever was at work logged something on citizens within eight hours of the look.
    A quiet night watch without a single tap is flagged too; that is for a manager to know.
    """
    found = []
    if look.in_emergency:
        found.append(Flag.IN_EMERGENCY)
    elif not look.works_there and look.role not in WHOLE_HOME:
        found.append(Flag.OTHER_DEPARTMENT)
    if look.at_night and not look.on_shift:
        found.append(Flag.NIGHT_OFF_SHIFT)
    if _last_word(look.family_name) == _last_word(look.citizen_family_name) != "":
        found.append(Flag.SAME_FAMILY_NAME)
    return found


def _last_word(name: str) -> str:
    """Return the last family name in lower case: holm for "Friis Holm"; empty without one."""
    words = name.casefold().split()
    return words[-1] if words else ""
