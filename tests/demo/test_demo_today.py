"""Solsikken at any hour, also when the clocks change."""

from datetime import date, datetime, time, timedelta

import pytest

from tests.demo.reading import TEETH, close, counting, every, filled, goal_of
from webapp.demo.citizens import CITIZENS
from webapp.demo.days import HOME_ZONE, at_home, local_day
from webapp.models import Observation


@pytest.mark.parametrize("hour", range(24))
def test_at_any_hour_sofie_is_ready_for_a_tap_on_her_second_sign(hour: int) -> None:
    now = at_home(date(2026, 11, 21), time(hour, 41))
    session = filled(now, weeks=1)

    log = counting(session, goal_of(session, TEETH))
    today = [row for row in log if local_day(row.happened_at) == date(2026, 11, 21)]
    assert all(row.sign is not None and row.sign.rank == 1 for row in today)
    assert len(today) <= 1
    assert log, "the last days are logged"
    assert max(row.received_at for row in every(session, Observation)) <= now
    close(session)


@pytest.mark.parametrize(
    ("hour", "least", "most"), [(1, 0, 2), (10, 1, 6), (15, 3, 9), (23, 8, 12)]
)
def test_the_board_fills_through_the_day(hour: int, least: int, most: int) -> None:
    day = date(2026, 11, 19)
    session = filled(at_home(day, time(hour, 30)), weeks=2)

    logged = {row.goal_id for row in counting(session) if local_day(row.happened_at) == day}
    assert least <= len(logged) <= most
    close(session)


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
@pytest.mark.parametrize(
    "clock", [time(0, 5), time(1, 59), time(2, 30), time(3, 1), time(12), time(23, 55)]
)
def test_the_day_is_the_local_day_when_the_clocks_change(day: date, clock: time) -> None:
    now = at_home(day, clock)
    session = filled(now, weeks=1)

    windows = {
        goal.short_text: goal.rhythm.windows for citizen in CITIZENS for goal in citizen.goals
    }
    for row in every(session, Observation):
        local = row.happened_at.astimezone(HOME_ZONE)
        assert row.received_at <= now
        assert local.date() <= day
        began = (local - timedelta(minutes=12)).replace(tzinfo=None)
        ended = local.replace(tzinfo=None)
        assert any(
            datetime.combine(local.date(), window.opens) <= ended
            and began <= datetime.combine(local.date(), window.closes)
            for window in windows[row.goal.short_text]
        )
    close(session)
