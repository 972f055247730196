"""How long somebody may do nothing: a tablet locks, and elsewhere one is signed out.

Source: docs/decisions/0022-shared-tablets.md
"""

from datetime import datetime, timedelta
from typing import Final

SEEN_EVERY: Final = timedelta(seconds=20)
"""That somebody is there is written down no more often than this."""

SLACK: Final = timedelta(seconds=90)
"""How much later than the tablet itself the server locks.

A page says once a minute that somebody types on it (js/lock.js), and the server writes down only
every 20 seconds that it heard so.
"""

LONGEST_AWAY: Final = timedelta(minutes=60)
"""How long somebody may be idle elsewhere than on a shared tablet."""


def must_lock(seen_at: datetime, idle_lock_minutes: int, now: datetime) -> bool:
    """Tell whether a shared tablet lay untouched for so long that it is locked."""
    return now - seen_at > timedelta(minutes=idle_lock_minutes) + SLACK


def is_gone(seen_at: datetime, now: datetime) -> bool:
    """Tell whether somebody who is not on a shared tablet has been idle too long."""
    return now - seen_at >= LONGEST_AWAY
