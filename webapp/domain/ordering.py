"""The municipality's order over time, and the lines in which its goals are written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from webapp.domain.errors import EndsBeforeStart
from webapp.models import Order, OrderGoal

MOST_GOALS: Final = 30
"""Goals in one order: more than any order has, and few enough for one page."""


class Standing(StrEnum):
    """Where an order stands on a day."""

    COMING = "coming"
    RUNNING = "running"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class GoalLine:
    """One goal as it stands in the form. A new goal has its id from when its line was drawn."""

    id: UUID
    text: str


def check_period(starts_on: date, ends_on: date | None) -> None:
    """Raise unless an order ends after it begins; without an end it goes on.

    Raises:
        EndsBeforeStart.
    """
    if ends_on and ends_on <= starts_on:
        raise EndsBeforeStart


def standing(order: Order, today: date) -> Standing:
    """Return where an order stands; both its first and its last day count."""
    if order.starts_on > today:
        return Standing.COMING
    return Standing.OVER if order.ends_on and order.ends_on < today else Standing.RUNNING


def active_goals(order: Order) -> list[OrderGoal]:
    """Return the order's goals that were not put away, in their order; may be empty."""
    return [goal for goal in order.goals if goal.archived_at is None]


def moved(lines: Sequence[GoalLine], place: int, by: int) -> list[GoalLine]:
    """Return the lines with the one at a place moved up (-1) or down (1); at the end it stays."""
    order = list(lines)
    other = place + by
    if 0 <= place < len(order) and 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]
    return order


def without(lines: Sequence[GoalLine], place: int) -> list[GoalLine]:
    """Return the lines without the one at a place; a place that is not there takes none."""
    return [line for number, line in enumerate(lines) if number != place]
