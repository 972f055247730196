"""When an entry was made, what is doubtful about it, and which ones are missing."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import NOW
from webapp.domain.doubting import DOUBTFUL, Kept, asked_at, refuse
from webapp.domain.errors import GoalClosed, NotTheAuthor
from webapp.domain.syncing import (
    CAPTURE_LASTS,
    SILENT_AFTER,
    SKEW,
    TAKEN_FOR,
    Grant,
    Tapped,
    absent_numbers,
    doubts_about,
    is_silent,
    missing_of,
    when_tapped,
)
from webapp.messages import WORDS
from webapp.sync_words import DOUBTS

GRANT = Grant(uuid4(), uuid4(), None, NOW, NOW + CAPTURE_LASTS, NOW + TAKEN_FOR)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("captured_at", "offset", "expected"),
    [
        (NOW + HOUR, None, Tapped(NOW + HOUR, False)),
        (NOW, 3_600_000, Tapped(NOW + HOUR, True)),
        (NOW + HOUR, 600_000, Tapped(NOW + HOUR + SKEW, False)),
        (NOW - SKEW, 0, Tapped(NOW, False)),
        (NOW - 2 * SKEW, 0, Tapped(NOW, True)),
        (NOW + 2 * HOUR + SKEW, 0, Tapped(NOW + 2 * HOUR, False)),
        (NOW + 3 * HOUR, 0, Tapped(NOW + 2 * HOUR, True)),
    ],
)
def test_an_entry_was_made_between_its_grant_and_its_arrival(
    captured_at: datetime, offset: int | None, expected: Tapped
) -> None:
    assert when_tapped(captured_at, offset, GRANT, NOW + 2 * HOUR, None) == expected


@given(
    captured_at=st.datetimes(timezones=st.just(UTC)),
    offset=st.one_of(st.none(), st.integers(-(10**15), 10**15)),
    after=st.integers(-1000, 1000),
    tablet_now=st.one_of(st.none(), st.datetimes(timezones=st.just(UTC))),
)
def test_no_clock_puts_an_entry_elsewhere(
    captured_at: datetime, offset: int | None, after: int, tablet_now: datetime | None
) -> None:
    now = NOW + timedelta(hours=after)

    tapped = when_tapped(captured_at, offset, GRANT, now, tablet_now)

    assert min(NOW, now) <= tapped.at <= now


@given(
    offset=st.one_of(st.none(), st.integers(-600_000, 600_000)),
    set_ahead=st.timedeltas(timedelta(days=-9000), timedelta(days=9000)),
    minutes=st.integers(0, 300),
)
def test_a_clock_that_was_set_since_the_last_answer_is_in_doubt_and_moves_no_time(
    offset: int | None, set_ahead: timedelta, minutes: int
) -> None:
    off = timedelta(milliseconds=offset or 0)
    now = NOW + 6 * HOUR
    captured_at = NOW + timedelta(minutes=minutes) - off

    tapped = when_tapped(captured_at, offset, GRANT, now, now - off + set_ahead)

    assert tapped == Tapped(captured_at + off, abs(set_ahead) > SKEW)
    assert when_tapped(captured_at, offset, GRANT, now, None) == Tapped(tapped.at, False)


def doubts(at: datetime = NOW, now: datetime = NOW, **more: bool) -> list[str]:
    usual = {"works_here": True, "tablet_revoked": False, "seq_repeated": False}
    return list(doubts_about(Tapped(at, False), GRANT, now, **(usual | more)))


def test_what_is_in_time_is_not_in_doubt_and_a_second_later_it_is() -> None:
    second = timedelta(seconds=1)

    assert doubts(NOW + CAPTURE_LASTS, NOW + TAKEN_FOR) == []
    assert doubts(NOW + CAPTURE_LASTS + second) == ["captured_late"]
    assert doubts(NOW, NOW + TAKEN_FOR + second) == ["delivered_late"]


def test_who_stopped_a_revoked_tablet_and_a_repeated_number_are_in_doubt() -> None:
    assert doubts(works_here=False) == ["staff_deactivated"]
    assert doubts(tablet_revoked=True) == ["device_revoked"]
    assert doubts(seq_repeated=True) == ["seq_repeated"]


@pytest.mark.parametrize(
    ("next_seq", "settled", "arrived", "absent"),
    [
        (1, [], set(), 0),
        (4, [], set(), 3),
        (4, [], {1, 2, 3}, 0),
        (4, [1, 3], set(), 0),
        (12, [1, 8, 10, 10], {11}, 1),
        (12, [10, 10, 1, 8], {9, 11, 1}, 0),
        (4, [1, 2_000_000_000], set(), 0),
        (4, [3, 1], set(), 3),
        (4, [9, 9], {7}, 3),
        (4, [1], set(), 3),
    ],
)
def test_a_number_that_neither_came_nor_was_settled_is_absent(
    next_seq: int, settled: list[int], arrived: set[int], absent: int
) -> None:
    assert absent_numbers(next_seq, settled, arrived) == absent


@pytest.mark.parametrize(
    ("numbers", "waiting", "missing"),
    [
        ({}, 0, {}),
        ({"Anna": 0}, 0, {}),
        ({"Anna": 2}, 0, {"Anna": 2}),
        ({"Anna": 2}, 2, {}),
        ({"Anna": 2, "Bo": 0}, 1, {"Anna": 2}),
        ({"Anna": 2, "Bo": 1}, 3, {}),
    ],
)
def test_nothing_is_missing_that_may_still_come(
    numbers: dict[str, int], waiting: int, missing: dict[str, int]
) -> None:
    assert missing_of(numbers, waiting) == missing


def test_a_tablet_is_silent_after_four_hours() -> None:
    assert not is_silent(NOW, NOW + SILENT_AFTER)
    assert is_silent(NOW, NOW + SILENT_AFTER + timedelta(seconds=1))


# Doubts


def test_a_page_is_refused_what_a_tablet_is_only_doubted_for() -> None:
    kept = Kept(uuid4(), NOW)

    with pytest.raises(GoalClosed):
        refuse(GoalClosed(), None)
    refuse(GoalClosed(), kept)
    refuse(GoalClosed(), kept)
    with pytest.raises(NotTheAuthor):
        refuse(NotTheAuthor(), kept)

    assert kept.doubts == ["goal_closed"]


def test_rules_are_asked_as_of_when_it_was_tapped() -> None:
    assert asked_at(NOW + HOUR, None) == NOW + HOUR
    assert asked_at(NOW + HOUR, Kept(uuid4(), NOW)) == NOW


def test_every_doubt_has_words() -> None:
    protocol = {"captured_late", "delivered_late", "clock_skew", "not_in_reach", "seq_repeated"}
    protocol |= {"staff_deactivated", "device_revoked", "too_late_to_undo"}

    assert set(DOUBTS) == DOUBTFUL | protocol
    assert set(WORDS) >= DOUBTFUL
