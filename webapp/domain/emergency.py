"""Reasoned access to a citizen of another department: what it opens, for how long, who is found.

Source: docs/decisions/0025-consent-and-emergencies.md
"""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from webapp.domain.errors import EmergencyReasonTooShort
from webapp.domain.names import plain
from webapp.domain.permissions import Permission
from webapp.models import Citizen

LENGTH: Final = timedelta(minutes=60)

SHORTEST_REASON: Final = 20
"""Characters. Fewer say "akut", and nobody can tell afterwards what it was."""

FEWEST_WORDS: Final = 3
"""Different ones: "aaaaaaaaaaaaaaaaaaaaaa" is no reason."""

OPENED: Final = frozenset(
    {Permission.READ_CITIZEN, Permission.LOG_OBSERVATIONS, Permission.READ_PLAN}
)
"""What an emergency asks for: to know the citizen, and to write down what happened."""

SHORTEST_NAME: Final = 2
"""Letters of the first name, and of the last."""

MOST_FOUND: Final = 3
"""More than these are not shown: a search is no list of who lives here."""

SEARCHES_AN_HOUR: Final = 20


def check_reason(reason: str) -> None:
    """Refuse a reason that says too little: what cannot be seen or is said twice says nothing.

    Raises:
        EmergencyReasonTooShort.
    """
    words = {word.casefold() for word in re.findall(r"\w+", reason)}
    seen = "".join(sign for sign in " ".join(reason.split()) if sign.isprintable())
    if len(seen) < SHORTEST_REASON or len(words) < FEWEST_WORDS:
        raise EmergencyReasonTooShort


def found_by(citizens: Iterable[Citizen], first_name: str, last_name: str) -> list[Citizen]:
    """Return those whose names begin like this, in any case; those called exactly so go first.

    Both names need `SHORTEST_NAME` letters. Empty when nobody fits; more than `MOST_FOUND` when
    the name is not exact enough.
    """
    first, last = plain(first_name), plain(last_name)
    if min(len(first), len(last)) < SHORTEST_NAME:
        return []
    near = [
        citizen
        for citizen in citizens
        if plain(citizen.first_name).startswith(first) and plain(citizen.last_name).startswith(last)
    ]
    exact = [
        citizen
        for citizen in near
        if (plain(citizen.first_name), plain(citizen.last_name)) == (first, last)
    ]
    return exact or near


def can_be_ended(begun_at: datetime, ends_at: datetime, now: datetime) -> bool:
    """Tell whether an access is neither over nor was ended before its time."""
    return now < ends_at == begun_at + LENGTH


def minutes_left(ends_at: datetime, now: datetime) -> int:
    """Return the minutes until an access ends, a begun one counted; 0 when it is over."""
    return max(0, -((now - ends_at) // timedelta(minutes=1)))
