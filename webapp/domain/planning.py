"""What a goal must be before it is saved and before it is started, and how whole a plan is.

Source: the two documents behind the model; see docs/sources.md
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from webapp.domain.documentation import active_signs
from webapp.domain.errors import (
    EndsBeforeStart,
    GoalClosed,
    OrderGoalMissing,
    ParentIsDraft,
    RevisedOutsideGoal,
    SecondGoalNeedsReason,
    SubGoalTooDeep,
)
from webapp.models import Goal, InterventionStatus, Plan

MONTHS_BETWEEN_EVALUATIONS: Final = 6
"""At the most: an evaluation is made at least twice a year."""

USUAL_RUN: Final = timedelta(weeks=26)
"""What is offered as a goal's length: until the next evaluation."""

LONGEST_SHORT_TEXT: Final = 60
"""Characters that fit on a card on the board."""


class Card(StrEnum):
    """The five linked parts of a plan; any order, each asks the others to be looked at again."""

    CONTEXT = "sammenhaeng"
    GOALS = "maal"
    SIGNS = "tegn"
    INTERVENTIONS = "tiltag"
    EVALUATION = "evaluering"


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of a card is written. `filled` of `of`; both 0 when there is nothing to write on."""

    filled: int
    of: int

    @property
    def is_whole(self) -> bool:
        """Whether everything is written; never of nothing."""
        return 0 < self.of == self.filled


def check_dates(starts_on: date, ends_on: date, revise_on: date | None) -> None:
    """Raise unless a goal ends after it begins and is revised in between.

    Raises:
        EndsBeforeStart, RevisedOutsideGoal.
    """
    if ends_on <= starts_on:
        raise EndsBeforeStart
    if revise_on and not starts_on <= revise_on <= ends_on:
        raise RevisedOutsideGoal


def check_parent(goal: Goal, parent: Goal | None, sub_goals: Iterable[Goal]) -> None:
    """Raise unless the goal may be a part of the other one: same plan, two levels, no circle.

    Args:
        goal: The one to be placed.
        parent: What it is to be a part of; None for a main goal.
        sub_goals: The parts the goal has itself.

    Raises:
        SubGoalTooDeep, GoalClosed.
    """
    if parent is None:
        return
    is_itself = parent is goal or parent.id == goal.id
    if is_itself or parent.parent_id or any(sub_goals) or parent.plan_id != goal.plan_id:
        raise SubGoalTooDeep
    if parent.closed_at:
        raise GoalClosed


def check_can_run(goal: Goal, others: Iterable[Goal]) -> None:
    """Raise unless the goal may be worked with: tied to the order, and the only one or with reason.

    Args:
        goal: About to be started, or running and about to be changed.
        others: The other goals of the plan.

    Raises:
        OrderGoalMissing: Neither linked to a goal of the order nor told why not.
        SecondGoalNeedsReason: One main goal at a time is the recommendation.
        ParentIsDraft: It is part of a goal that does not run.
    """
    others = list(others)
    if goal.parent_id:
        parent = next((other for other in others if other.id == goal.parent_id), None)
        if parent and not is_running(parent):
            raise ParentIsDraft
        return
    if not goal.order_goal_id and not goal.no_order_goal_reason.strip():
        raise OrderGoalMissing
    second = any(is_running(other) and not other.parent_id for other in others if other is not goal)
    if second and not goal.second_goal_reason.strip():
        raise SecondGoalNeedsReason


def in_few_words(text: str, longest: int) -> str:
    """Return the beginning of a text, cut between words; "…" tells that there is more.

    A first word that is too long is cut in two. An empty text stays empty.
    """
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    beginning = line[:longest]
    return f"{beginning[: beginning.rfind(' ')] if ' ' in beginning else line[: longest - 1]}…"


def is_running(goal: Goal) -> bool:
    """Tell whether the goal was started and is not closed."""
    return goal.activated_at is not None and goal.closed_at is None


def completeness(plan: Plan, goals: Sequence[Goal], *, today: date) -> dict[Card, Completeness]:
    """Return how much of each card is written. Closed goals do not count.

    Args:
        plan: Its texts.
        goals: All of the plan, signs and interventions loaded.
        today: The home's day: an evaluation that should have been is not planned.
    """
    still_open = [goal for goal in goals if not goal.closed_at]
    parents = {goal.parent_id for goal in still_open}
    # A main goal may leave its signs and interventions to its sub-goals.
    carrying = [goal for goal in still_open if goal.id not in parents]
    signs = [sign for goal in still_open for sign in active_signs(goal)]
    interventions = [
        intervention
        for goal in still_open
        for intervention in goal.interventions
        if intervention.status is not InterventionStatus.ENDED
    ]
    return {
        Card.CONTEXT: _count(
            *(plan.resources, plan.challenge, plan.needs, plan.frame),
            *(plan.earlier_experience, plan.context, plan.theme),
        ),
        Card.GOALS: _count(*(part for goal in still_open for part in _parts_of(goal))),
        Card.SIGNS: _count(
            *(bool(active_signs(goal)) for goal in carrying),
            *(sign.target is not None for sign in signs),
        ),
        Card.INTERVENTIONS: _count(
            *(bool(goal.interventions) for goal in carrying),
            *(part for each in interventions for part in (each.practice, each.when_and_where)),
        ),
        Card.EVALUATION: _count(
            plan.next_evaluation_on is not None and plan.next_evaluation_on >= today,
            plan.evaluator_id,
            0 < plan.evaluation_months <= MONTHS_BETWEEN_EVALUATIONS,
        ),
    }


def _parts_of(goal: Goal) -> list[object]:
    tied = goal.parent_id or goal.order_goal_id or goal.no_order_goal_reason.strip()
    return [
        goal.participation and goal.participation_words.strip(),
        goal.partner_involved is not None,
        goal.responsible_id,
        goal.revise_on,
        tied,
    ]


def _count(*parts: object) -> Completeness:
    written = [part.strip() if isinstance(part, str) else part for part in parts]
    return Completeness(sum(bool(part) for part in written), len(written))
