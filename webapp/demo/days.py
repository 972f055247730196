"""The home's calendar: local days and hours, stored as UTC."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HOME_ZONE = ZoneInfo("Europe/Copenhagen")


def local_day(moment: datetime) -> date:
    """Return the day it is at the home."""
    return moment.astimezone(HOME_ZONE).date()


def at_home(day: date, clock: time) -> datetime:
    """Return the UTC moment of a local time; an hour that summer time skips becomes the next."""
    return datetime.combine(day, clock, tzinfo=HOME_ZONE).astimezone(UTC)


def within(opens: time, closes: time, share: float) -> time:
    """Return the time of day that lies `share` (0.0 to 1.0) of the way between two others."""
    first = (opens.hour * 60 + opens.minute) * 60
    last = (closes.hour * 60 + closes.minute) * 60
    seconds = first + int((last - first) * share)
    return time(seconds // 3600, seconds // 60 % 60, seconds % 60)


def monday_of(day: date) -> date:
    """Return the Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def month_end(day: date, months_ahead: int) -> date:
    """Return the last day of the month that many months after (or, below zero, before) this one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months_ahead, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])
