"""A tablet that lies untouched locks; elsewhere an hour without a touch is the end."""

from datetime import UTC, datetime, timedelta

import pytest

from webapp.domain.idling import LONGEST_AWAY, SEEN_EVERY, SLACK, is_gone, must_lock

NOW = datetime(2026, 11, 21, 20, 40, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize("minutes", [1, 3, 15])
def test_a_tablet_locks_after_its_minutes_and_a_little_slack(minutes: int) -> None:
    longest = minutes * MINUTE + SLACK

    assert not must_lock(NOW, minutes, NOW + longest)
    assert must_lock(NOW, minutes, NOW + longest + timedelta(seconds=1))


def test_with_three_minutes_the_server_has_locked_after_five() -> None:
    assert must_lock(NOW, 3, NOW + 5 * MINUTE)


def test_the_slack_covers_what_the_server_hears_late() -> None:
    # A page tells once a minute that somebody types on it.
    assert timedelta(seconds=60) + SEEN_EVERY <= SLACK


def test_elsewhere_an_hour_without_a_touch_is_the_end() -> None:
    assert not is_gone(NOW, NOW + LONGEST_AWAY - timedelta(seconds=1))
    assert is_gone(NOW, NOW + LONGEST_AWAY)


def test_a_clock_that_was_set_back_locks_nobody_out() -> None:
    assert not must_lock(NOW, 3, NOW - MINUTE)
    assert not is_gone(NOW, NOW - MINUTE)
