"""What the taps say of a sign, a goal and a citizen."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.domain.days import last_days
from webapp.domain.documentation import (
    CitizenToday,
    DayState,
    GoalToday,
    active_signs,
    day_state,
    goal_state,
    goals_of_day,
    goals_to_log,
    silent_days,
    week_of,
)
from webapp.models import Citizen, Goal, Observation, Outcome, Sign

ZONE = ZoneInfo("Europe/Copenhagen")
TODAY = date(2026, 11, 21)
NOON = datetime(2026, 11, 21, 11, 0, tzinfo=UTC)
BRUSH, OTHER = Sign(id=uuid4()), Sign(id=uuid4())

OUTCOMES = st.sampled_from([outcome for outcome in Outcome if outcome != Outcome.RETRACTED])
SIGNS = st.sampled_from([BRUSH, OTHER, None])


def seen(
    outcome: Outcome, sign: Sign | None = BRUSH, *, ago: timedelta = timedelta(0)
) -> Observation:
    return Observation(outcome=outcome, sign_id=sign.id if sign else None, happened_at=NOON - ago)


@pytest.mark.parametrize(
    ("logged", "state"),
    [
        ([], DayState.NOT_LOGGED),
        ([seen(Outcome.SEEN)], DayState.SEEN),
        ([seen(Outcome.PARTLY), seen(Outcome.NOT_SEEN)], DayState.PARTLY),
        ([seen(Outcome.NOT_SEEN), seen(Outcome.SEEN)], DayState.SEEN),
        ([seen(Outcome.SEEN, OTHER)], DayState.NOT_LOGGED),
        ([seen(Outcome.NOT_SEEN, None)], DayState.NOT_SEEN),
        ([seen(Outcome.NO_OPPORTUNITY, None)], DayState.NO_OPPORTUNITY),
        ([seen(Outcome.NOT_SEEN, None), seen(Outcome.SEEN)], DayState.SEEN),
        ([seen(Outcome.NO_OPPORTUNITY, None), seen(Outcome.NOT_SEEN, None)], DayState.NOT_SEEN),
    ],
)
def test_a_signs_day_is_the_best_that_was_said_of_it(
    logged: list[Observation], state: DayState
) -> None:
    assert day_state(BRUSH, logged) is state


@given(st.lists(st.builds(seen, OUTCOMES, SIGNS)), st.randoms())
def test_the_order_of_the_taps_says_nothing(logged: list[Observation], random: Random) -> None:
    shuffled = random.sample(logged, len(logged))

    assert day_state(BRUSH, logged) is day_state(BRUSH, shuffled)
    assert goal_state(logged) is goal_state(shuffled)


@given(st.lists(st.builds(seen, OUTCOMES, SIGNS), min_size=1))
def test_a_goal_with_any_tap_today_is_documented(logged: list[Observation]) -> None:
    assert goal_state(logged) is not DayState.NOT_LOGGED


def test_a_week_has_seven_days_and_each_tap_on_its_own_day() -> None:
    logged = [seen(Outcome.SEEN), seen(Outcome.PARTLY, ago=timedelta(days=2))]

    week = week_of(BRUSH, logged, last_days(TODAY, 7), ZONE)

    assert [day.state.value for day in week] == [
        "not_logged", "not_logged", "not_logged", "not_logged", "partly", "not_logged", "seen",
    ]  # fmt: skip


def test_a_tap_at_half_past_midnight_belongs_to_the_new_local_day() -> None:
    logged = [seen(Outcome.SEEN, ago=timedelta(hours=11, minutes=30))]

    week = week_of(BRUSH, logged, last_days(TODAY, 2), ZONE)

    assert [day.state for day in week] == [DayState.NOT_LOGGED, DayState.SEEN]


def goal(rank: int = 1, *, parent: Goal | None = None, signs: int = 1) -> Goal:
    return Goal(
        id=uuid4(),
        rank=rank,
        parent_id=parent.id if parent else None,
        signs=[Sign(id=uuid4()) for _ in range(signs)],
    )


def test_goals_come_in_rank_order_each_before_its_own_sub_goals() -> None:
    second, first = goal(2), goal(1)
    under_second, under_first = goal(1, parent=second), goal(1, parent=first)

    ordered = goals_of_day([under_second, second, under_first, first])

    assert ordered == [first, under_first, second, under_second]


def test_a_main_goal_is_left_out_when_its_signs_sit_on_its_sub_goals() -> None:
    main = goal(signs=0)
    sub = goal(parent=main)

    assert goals_of_day([main, sub]) == [sub]


def test_a_goal_without_signs_is_shown_but_cannot_be_logged() -> None:
    bare = goal(signs=0)

    assert goals_of_day([bare]) == [bare]
    assert goals_to_log([bare]) == []


def test_closed_goals_and_archived_signs_are_put_away() -> None:
    closed = goal()
    closed.closed_at = NOON
    worn = goal(signs=2)
    worn.signs[0].archived_at = NOON

    assert goals_of_day([closed, worn]) == [worn]
    assert active_signs(worn) == worn.signs[1:]


@pytest.mark.parametrize(
    ("last", "days"),
    [
        (None, None),
        (NOON, 0),
        (NOON - timedelta(hours=13), 0),
        (NOON - timedelta(days=4), 3),
        (NOON + timedelta(days=1), 0),
    ],
)
def test_silence_is_counted_in_whole_local_days(last: datetime | None, days: int | None) -> None:
    assert silent_days(last, TODAY, ZONE) == days


def card(*states: DayState, silent: int | None = 0) -> CitizenToday:
    goals = [GoalToday(Goal(), state) for state in states]
    return CitizenToday(Citizen(), goals, latest=None, silent_days=silent, mine=False)


def test_a_card_tells_how_many_goals_are_documented() -> None:
    half = card(DayState.NO_OPPORTUNITY, DayState.NOT_LOGGED)

    assert (half.documented, half.all_documented) == (1, False)
    assert card(DayState.SEEN, DayState.NOT_SEEN).all_documented
    assert not card().all_documented


def test_the_board_speaks_up_after_three_silent_days() -> None:
    assert [card(silent=days).silent for days in (None, 0, 2, 3, 40)] == [
        False, False, False, True, True,
    ]  # fmt: skip
