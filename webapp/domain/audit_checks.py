"""When the next check of the log is due, and when one is finished."""

import calendar
from collections.abc import Iterable
from datetime import date
from typing import Final

from webapp.domain.errors import CheckOutcomeMissing, CheckWordsMissing
from webapp.models import LogCheckItem, LogCheckOutcome

USUAL_SAMPLE: Final = 20
LARGEST_SAMPLE: Final = 50


def due_on(last: date | None, months: int) -> date | None:
    """Return the day a check is due: so many months after the last one.

    None without a last one: it is due at once. A day the month does not have is its last day.
    """
    if last is None:
        return None
    years, month = divmod(last.month - 1 + months, 12)
    year = last.year + years
    return date(year, month + 1, min(last.day, calendar.monthrange(year, month + 1)[1]))


def is_due(last: date | None, months: int, today: date) -> bool:
    """Tell whether it is time for a check."""
    due = due_on(last, months)
    return due is None or due <= today


def check_can_finish(items: Iterable[LogCheckItem]) -> None:
    """Refuse to finish before every look has its outcome; what is wrong is said in words.

    Raises:
        CheckOutcomeMissing, CheckWordsMissing.
    """
    for item in items:
        if item.outcome is None:
            raise CheckOutcomeMissing
        if item.outcome is LogCheckOutcome.WRONG and not item.words.strip():
            raise CheckWordsMissing
