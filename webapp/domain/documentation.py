"""What the taps say: a sign's day, a sign's week, whether a goal is documented today."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby
from zoneinfo import ZoneInfo

from webapp.domain.days import local_day
from webapp.domain.measuring import said_outcome
from webapp.models import Citizen, Goal, Observation, Outcome, Sign

SILENT_DAYS = 3
"""After so many whole days without a tap the board says so."""


class DayState(StrEnum):
    """One sign, or one goal, on one day.

    "No opportunity" is never "not seen"; a day nobody logged is neither.
    """

    SEEN = "seen"
    PARTLY = "partly"
    NOT_SEEN = "not_seen"
    NO_OPPORTUNITY = "no_opportunity"
    NOT_LOGGED = "not_logged"


# The day shows the best that was seen: a sign seen in the evening was seen that day.
_BEST_FIRST = (Outcome.SEEN, Outcome.PARTLY, Outcome.NOT_SEEN, Outcome.NO_OPPORTUNITY)


@dataclass(frozen=True, slots=True)
class SignDay:
    """A sign's state on one day."""

    day: date
    state: DayState


def day_state(sign: Sign, observations: Iterable[Observation]) -> DayState:
    """Return a sign's state from one day's observations on its goal.

    An observation of the goal as a whole speaks for a sign that has none of its own.
    `NOT_LOGGED` when nothing speaks for it. A value says "seen", how much is for the charts; see
    `said_outcome` for the one exception.
    """
    on_goal = list(observations)
    own = {said_outcome(seen) for seen in on_goal if seen.sign_id == sign.id}
    whole = {said_outcome(seen) for seen in on_goal if seen.sign_id is None}
    for outcomes in (own, whole):
        for outcome in _BEST_FIRST:
            if outcome in outcomes:
                return DayState(outcome.value)
    return DayState.NOT_LOGGED


def week_of(
    sign: Sign, observations: Iterable[Observation], days: Sequence[date], zone: ZoneInfo
) -> list[SignDay]:
    """Return a sign's state on each of the days, in their order.

    Args:
        sign: The sign.
        observations: Its goal's observations over the days, in any order.
        days: Local days.
        zone: The home's.
    """
    by_day = by_local_day(observations, zone)
    return [SignDay(day, day_state(sign, by_day.get(day, []))) for day in days]


def by_local_day(
    observations: Iterable[Observation], zone: ZoneInfo
) -> dict[date, list[Observation]]:
    """Return observations by local day; days without any are missing."""
    in_order = sorted(observations, key=lambda seen: seen.happened_at)
    return {
        day: list(group)
        for day, group in groupby(in_order, key=lambda seen: local_day(seen.happened_at, zone))
    }


def goal_state(observations: Iterable[Observation]) -> DayState:
    """Return a goal's state from today's observations; `NOT_LOGGED` when there are none."""
    outcomes = {said_outcome(seen) for seen in observations}
    for outcome in _BEST_FIRST:
        if outcome in outcomes:
            return DayState(outcome.value)
    return DayState.NOT_LOGGED


@dataclass(frozen=True, slots=True)
class GoalToday:
    """An active goal on the board: its state today and who logged on it last."""

    goal: Goal
    state: DayState

    @property
    def documented(self) -> bool:
        """Whether anything was logged on the goal today; "no opportunity" counts."""
        return self.state is not DayState.NOT_LOGGED


@dataclass(frozen=True, slots=True)
class CitizenToday:
    """One card on the board.

    Attributes:
        citizen: Who.
        goals: Active goals that have signs, in rank order; may be empty.
        latest: Today's newest observation; None when nothing was logged today.
        silent_days: Whole days since the last tap on any of the goals, today left out; None when
            there never was one or there are no goals.
        mine: Whether the one who looks is in the contact team.
        changed: Whether a colleague changed something that the one who looks has not seen.
    """

    citizen: Citizen
    goals: Sequence[GoalToday]
    latest: Observation | None
    silent_days: int | None
    mine: bool
    changed: bool = False

    @property
    def documented(self) -> int:
        """How many goals are documented today."""
        return sum(goal.documented for goal in self.goals)

    @property
    def all_documented(self) -> bool:
        """Whether every goal is documented today; False without goals."""
        return bool(self.goals) and self.documented == len(self.goals)

    @property
    def silent(self) -> bool:
        """Whether so many days went without a tap that the board should say it."""
        return self.silent_days is not None and self.silent_days >= SILENT_DAYS


def silent_days(last_tap: datetime | None, today: date, zone: ZoneInfo) -> int | None:
    """Return how many whole days lie between the last tap's day and today; None without a tap.

    Today is not over, so it does not count: a tap yesterday gives 0.
    """
    return None if last_tap is None else max(0, (today - local_day(last_tap, zone)).days - 1)


def goals_of_day(goals: Iterable[Goal]) -> list[Goal]:
    """Return a citizen's open goals in the order to meet them: each main goal, then its sub-goals.

    A main goal whose signs all sit on its sub-goals is left out: it is documented through them.
    """
    still_open = [goal for goal in goals if not goal.closed_at]
    parents = {goal.parent_id for goal in still_open}
    ranks = {goal.id: goal.rank for goal in still_open}

    def place(goal: Goal) -> tuple[int, bool, int]:
        is_sub_goal = goal.parent_id is not None
        return ranks.get(goal.parent_id or goal.id, goal.rank), is_sub_goal, goal.rank

    return sorted(
        (goal for goal in still_open if active_signs(goal) or goal.id not in parents), key=place
    )


def goals_to_log(goals: Iterable[Goal]) -> list[Goal]:
    """Return the open goals that have a sign to tap, in the order to meet them."""
    return [goal for goal in goals_of_day(goals) if active_signs(goal)]


def active_signs(goal: Goal) -> list[Sign]:
    """Return the goal's signs that are not archived, smallest first."""
    return [sign for sign in goal.signs if not sign.archived_at]
