"""Days as people in the home live them: local, while everything stored is UTC."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from webapp.models import Shift


def local_day(at: datetime, zone: ZoneInfo) -> date:
    """Return the calendar day in the home at an aware time."""
    return at.astimezone(zone).date()


def day_starts(day: date, zone: ZoneInfo) -> datetime:
    """Return the aware UTC time at which a local day begins. A day may last 23 or 25 hours."""
    return datetime.combine(day, time.min, zone).astimezone(UTC)


def last_days(today: date, count: int) -> list[date]:
    """Return `count` days ending with today, oldest first; empty for a count of 0."""
    return [today - timedelta(days=back) for back in reversed(range(count))]


def shift_at(at: datetime, shifts: Iterable[Shift], zone: ZoneInfo) -> Shift | None:
    """Return the home's shift at an aware time.

    A shift that ends before it starts passes midnight; one that starts when it ends lasts
    all day. None when the home has no shift then.
    """
    clock = at.astimezone(zone).time()
    for shift in shifts:
        start, end = shift.starts_at, shift.ends_at
        inside = start <= clock < end if start < end else clock >= start or clock < end
        if inside:
            return shift
    return None
