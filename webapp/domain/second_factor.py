"""Who needs a second proof beside the password, where, and for how long a proof is fresh.

Source: docs/decisions/0024-second-factor.md
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from webapp.models import Role, SignInMethod

STEP: Final = 30
"""Seconds a code is shown."""

DRIFT: Final = 1
"""Steps before and after in which a code still fits: a telephone's clock is seldom right."""

FRESH_FOR: Final = timedelta(minutes=10)
"""How long after somebody proved who they are they may do what is hard to undo."""

RECOVERY_CODES: Final = 10

_ALWAYS: Final = frozenset({Role.MANAGER, Role.FACILITATOR, Role.ADMIN})


class Standing(StrEnum):
    """How far somebody has come in at the door."""

    SIGNED_IN = "signed_in"
    CODE_ASKED = "code_asked"
    """The password was right; the code is asked for."""
    SET_UP_ASKED = "set_up_asked"
    """The password was right; a second factor is needed and there is none yet."""


def is_required(role: Role, *, for_all: bool, is_demo: bool) -> bool:
    """Tell whether somebody must have a second factor.

    Args:
        role: Whoever sees all plans, all staff or all settings always must.
        for_all: The home asks it of everyone.
        is_demo: Never in the demo home: its password is printed for all to see.
    """
    return not is_demo and (for_all or role in _ALWAYS)


def standing(
    *, required: bool, has_factor: bool, method: SignInMethod, on_tablet: bool
) -> Standing:
    """Return how far a session leads.

    Args:
        required: From `is_required`.
        has_factor: A second factor is set up.
        method: How the session was opened.
        on_tablet: On an enrolled tablet: having it in hand is the second factor.
    """
    if on_tablet or method is SignInMethod.IDENTITY_PROVIDER:
        return Standing.SIGNED_IN
    if has_factor:
        is_passed = method is SignInMethod.SECOND_FACTOR
        return Standing.SIGNED_IN if is_passed else Standing.CODE_ASKED
    return Standing.SET_UP_ASKED if required else Standing.SIGNED_IN


def is_fresh(method: SignInMethod, proved_at: datetime, now: datetime) -> bool:
    """Tell whether somebody proved who they are just now, with more than the tablet's PIN."""
    return method is not SignInMethod.PIN and now - proved_at <= FRESH_FOR


def steps_around(now: datetime) -> list[int]:
    """Return the steps whose codes fit now, the likeliest first."""
    this = int(now.timestamp()) // STEP
    return sorted(range(this - DRIFT, this + DRIFT + 1), key=lambda step: abs(step - this))
