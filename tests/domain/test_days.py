"""Days and shifts as people in the home live them."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.domain.days import day_starts, last_days, local_day, shift_at
from webapp.models import Shift

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
TIMES = st.integers(1_577_836_800, 2_051_222_400).map(lambda s: datetime.fromtimestamp(s, UTC))


def shift(name: str, starts: int, ends: int) -> Shift:
    return Shift(home_id=uuid4(), name=name, starts_at=time(starts), ends_at=time(ends))


SHIFTS = [shift("Dagvagt", 7, 15), shift("Aftenvagt", 15, 23), shift("Nattevagt", 23, 7)]


@given(TIMES)
def test_every_moment_lies_within_its_own_local_day(at: datetime) -> None:
    day = local_day(at, COPENHAGEN)

    assert day_starts(day, COPENHAGEN) <= at < day_starts(day + timedelta(days=1), COPENHAGEN)


def test_the_day_the_clock_goes_back_lasts_25_hours() -> None:
    start, end = (day_starts(date(2026, 10, day), COPENHAGEN) for day in (25, 26))

    assert end - start == timedelta(hours=25)


def test_the_last_days_end_with_today_and_come_oldest_first() -> None:
    assert last_days(date(2026, 3, 2), 3) == [
        date(2026, 2, 28),
        date(2026, 3, 1),
        date(2026, 3, 2),
    ]


def test_no_days_asked_for_gives_no_days() -> None:
    assert last_days(date(2026, 3, 2), 0) == []


@pytest.mark.parametrize(
    ("clock", "name"),
    [
        ("07:00", "Dagvagt"),
        ("14:59", "Dagvagt"),
        ("15:00", "Aftenvagt"),
        ("23:00", "Nattevagt"),
        ("00:30", "Nattevagt"),
        ("06:59", "Nattevagt"),
    ],
)
def test_a_shift_runs_from_its_start_until_the_next_begins(clock: str, name: str) -> None:
    at = datetime.fromisoformat(f"2026-11-21T{clock}").replace(tzinfo=COPENHAGEN)

    found = shift_at(at, SHIFTS, COPENHAGEN)

    assert found is not None
    assert found.name == name


@given(TIMES)
def test_someone_is_always_on_shift_when_the_shifts_cover_the_day(at: datetime) -> None:
    assert shift_at(at, SHIFTS, COPENHAGEN) is not None


def test_a_home_without_shifts_has_none() -> None:
    assert shift_at(datetime(2026, 11, 21, tzinfo=UTC), [], COPENHAGEN) is None
