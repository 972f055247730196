"""A check of the log is due, and is finished when every look has its outcome."""

from datetime import date

import pytest

from webapp.domain.audit_checks import check_can_finish, due_on, is_due
from webapp.domain.errors import CheckOutcomeMissing, CheckWordsMissing
from webapp.models import LogCheckItem, LogCheckOutcome


@pytest.mark.parametrize(
    ("last", "months", "expected"),
    [
        (date(2026, 5, 21), 6, date(2026, 11, 21)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2026, 12, 5), 1, date(2027, 1, 5)),
        (None, 6, None),
    ],
)
def test_a_check_is_due_some_months_after_the_last(
    last: date | None, months: int, expected: date | None
) -> None:
    assert due_on(last, months) == expected


def test_it_is_due_on_the_day_and_at_once_when_there_was_none() -> None:
    assert is_due(None, 6, date(2026, 11, 21))
    assert is_due(date(2026, 5, 21), 6, date(2026, 11, 21))
    assert not is_due(date(2026, 5, 22), 6, date(2026, 11, 21))


def test_a_check_finishes_when_all_is_said_and_what_is_wrong_is_put_in_words() -> None:
    fine = LogCheckItem(outcome=LogCheckOutcome.FINE, words="")
    wrong = LogCheckItem(outcome=LogCheckOutcome.WRONG, words="Hun var på ferie")

    check_can_finish([fine, wrong])
    with pytest.raises(CheckOutcomeMissing):
        check_can_finish([fine, LogCheckItem(outcome=None, words="")])
    with pytest.raises(CheckWordsMissing):
        check_can_finish([LogCheckItem(outcome=LogCheckOutcome.WRONG, words=" ")])
