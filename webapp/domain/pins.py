"""Which PINs are fit, and how wrong ones shut a person and a tablet.

A PIN is six digits, so it only holds together with the tablet it is typed on and the few tries
one has. Source: docs/decisions/0022-shared-tablets.md
"""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Final

from webapp.domain.errors import PinTooEasy, PinUnfit

LENGTH: Final = 6

FREE_TRIES: Final = 4
"""Wrong PINs of one person on one tablet before a pause; the next one brings the first."""
FIRST_WAIT: Final = timedelta(seconds=30)
TRIES: Final = 10
"""Wrong PINs after which only a manager or the person's password helps."""

TABLET_TRIES: Final = 20
"""Wrong PINs on one tablet within `TABLET_WINDOW`, whoever they were tried for."""
TABLET_WINDOW: Final = timedelta(hours=1)

_SIX_DIGITS: Final = re.compile(r"[0-9]{6}")

_COMMON: Final = frozenset(
    """
    100200 102030 123654 124578 134679 135790 135791 142536 145236 147258 147852 147896 159357
    159753 159951 192837 200300 235689 246800 246810 258369 258456 258852 321456 321654 357159
    357951 369258 369852 420420 456123 456852 520131 654123 741852 741963 753951 789123 789456
    852456 852963 951753 963852 987456
    """.split()  # noqa: SIM905 - a table one can read
)
"""Found among the most used in lists of leaked PINs, and drawn on the pad with a finger."""


def check_pin(pin: str) -> None:
    """Refuse a PIN that is not six digits, or that a colleague would guess in a few tries.

    Raises:
        PinUnfit, PinTooEasy.
    """
    if not _SIX_DIGITS.fullmatch(pin):
        raise PinUnfit
    if is_too_easy(pin):
        raise PinTooEasy


def is_too_easy(pin: str) -> bool:
    """Tell whether six digits are a pattern, a date, or among the most used."""
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    halves, pairs = {pin[:3], pin[3:]}, {pin[:2], pin[2:4], pin[4:]}
    return (
        # 111111, 123456, 987654, 024680: the same step all the way.
        len(steps) == 1
        # 112112: two digits are too few.
        or len(set(pin)) < 3
        # 123123, 121212 and 123321.
        or len(halves) == 1
        or len(pairs) == 1
        or pin == pin[::-1]
        # 112233.
        or all(one[0] == one[1] for one in pairs)
        or _is_date(pin)
        or pin in _COMMON
    )


def _is_date(pin: str) -> bool:
    """Tell whether the digits are a day, month and year, as one writes a birthday."""
    one, two, three = int(pin[:2]), int(pin[2:4]), int(pin[4:])
    # ddmmyy, yymmdd, and mmddyy as abroad.
    return any(
        _is_day(*parts) for parts in ((three, two, one), (one, two, three), (three, one, two))
    )


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        # 2000 was a leap year, so 29 February is taken for a day in any year.
        date(2000 + year if (month, day) != (2, 29) else 2000, month, day)
    except ValueError:
        return False
    return True


def wait_after(failures: int) -> timedelta:
    """Return how long a person waits after so many wrong PINs: nothing, then 30 s, doubling."""
    beyond = failures - FREE_TRIES - 1
    return FIRST_WAIT * (1 << min(beyond, TRIES)) if beyond >= 0 else timedelta(0)


def is_locked_out(failures: int) -> bool:
    """Tell whether a person's PIN opens this tablet no more."""
    return failures >= TRIES


def still_counted(times: Iterable[int], now: datetime) -> list[int]:
    """Return the wrong PINs of a tablet within the last hour, in seconds since 1970."""
    oldest = (now - TABLET_WINDOW).timestamp()
    return [time for time in times if time > oldest]
