"""How long a door stays shut after wrong passwords. Source: security.md of the design, §1."""

from datetime import datetime, timedelta

FREE_TRIES = 5
"""Wrong passwords for one e-mail address before it must wait."""

FREE_TRIES_PER_ADDRESS = 50
"""The same for one network address: a whole home may sit behind one."""

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=24)


def wait_after(failures: int, free_tries: int) -> timedelta:
    """Return how long to wait after so many wrong tries: nothing, then 30 s, doubling to 15 min."""
    beyond = failures - free_tries
    if beyond < 0:
        return timedelta(0)
    # The exponent is capped because a timedelta overflows long before an attacker tires.
    return min(LONGEST_WAIT, FIRST_WAIT * (1 << min(beyond, 10)))


def failures_that_count(failures: int, last_failed_at: datetime, now: datetime) -> int:
    """Return the wrong tries still remembered; 0 when the last one is a day old."""
    return 0 if now - last_failed_at >= FORGOTTEN_AFTER else failures
