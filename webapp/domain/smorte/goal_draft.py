"""What the coach takes and gives."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Letter(StrEnum):
    """One letter of SMORTE, in its order."""

    SPECIFIC = "S"
    MEASURABLE = "M"
    ACHIEVABLE = "O"
    RELEVANT = "R"
    TIMED = "T"
    EVALUABLE = "E"


class Light(StrEnum):
    """What a letter shows: met, look again, missing."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True, slots=True)
class GoalDraft:
    """A goal as it stands while someone writes it; any field may still be empty.

    Attributes:
        text: As typed; any length, may be empty.
        goal_type: "develop", "keep" or "limit_loss"; anything else is read as "develop".
        starts_on: First day; None when not chosen.
        ends_on: Last day; None when not chosen.
        has_order_goal: Whether it is linked to a goal in the municipality's order.
        no_order_goal_reason: Why it is not; may be empty.
        sign_count: Signs written for it.
        next_evaluation_on: When it is evaluated next; None when not planned.
        revise_on: When the goal itself is looked at again; None when not planned.
        today: The day it is in the home.
    """

    text: str
    goal_type: str
    starts_on: date | None
    ends_on: date | None
    has_order_goal: bool
    no_order_goal_reason: str
    sign_count: int
    next_evaluation_on: date | None
    revise_on: date | None
    today: date


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule has to say.

    Attributes:
        code: The rule's name, the key of its sentence on screen: "vague_verb".
        words: The words found, as written, each once; empty when something is missing.
    """

    code: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """One letter's light, and why. The gravest finding comes first and decides the light."""

    letter: Letter
    light: Light
    findings: tuple[Finding, ...]
