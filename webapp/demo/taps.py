"""One tap before it becomes a row, and how a day's level turns into taps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID, uuid5

from webapp.demo.shapes import Person
from webapp.models import Outcome, SupportLevel

LEVELS = tuple(SupportLevel)
NEARLY = -0.35


@dataclass(frozen=True, slots=True, kw_only=True)
class Tap:
    """One observation. `sign` is the sign's place in the goal from 1; None is the whole goal."""

    id: UUID
    author: Person
    happened_at: datetime
    received_at: datetime
    outcome: Outcome
    sign: int | None = None
    support: SupportLevel | None = None
    value: int | None = None
    steps: list[int] | None = None
    note: str = ""
    supersedes: UUID | None = None
    reason: str = ""


class Sitting:
    """One person with a tablet: taps follow each other and arrive by the same network.

    `id` is what the ids of the taps are made from; `online` never arrives late.
    """

    def __init__(
        self, rng: Random, *, author: Person, at: datetime, id: UUID, online: bool
    ) -> None:
        self.rng, self.author, self.at, self.id = rng, author, at, id
        self.delay = _delay(rng, online=online)

    def tap(
        self,
        outcome: Outcome,
        *,
        sign: int | None = None,
        support: SupportLevel | None = None,
        value: int | None = None,
        steps: list[int] | None = None,
        note: str = "",
    ) -> Tap:
        """Make one tap, and let half a minute or two pass."""
        happened_at = self.at
        self.at += timedelta(seconds=self.rng.randint(15, 140))
        return Tap(
            id=uuid5(self.id, str(sign)),
            author=self.author,
            happened_at=happened_at,
            received_at=happened_at + self.delay,
            outcome=outcome,
            sign=sign,
            support=support,
            value=value,
            steps=steps,
            note=note,
        )


def level_at(curve: Sequence[tuple[float, float]], weeks_ago: float) -> float:
    """Return the curve's level at a time; straight lines between points, flat outside them."""
    before = curve[0]
    for after in curve:
        if after[0] <= weeks_ago:
            span = before[0] - after[0]
            share = max(before[0] - weeks_ago, 0.0) / span if span else 0.0
            return before[1] + (after[1] - before[1]) * share
        before = after
    return before[1]


def outcome_of(margin: float) -> Outcome | None:
    """Return what staff tap when the day's level is that far above a sign; None is no tap."""
    if margin >= 0:
        return Outcome.SEEN
    return Outcome.PARTLY if margin > NEARLY else None


def support_of(rng: Random, margin: float, help_at_first: float) -> SupportLevel | None:
    """Return the help that was needed: less, the longer a sign has been there; often untold."""
    told = rng.random() < 0.78
    level = help_needed(rng, margin, help_at_first)
    return level if told else None


def help_needed(rng: Random, margin: float, help_at_first: float) -> SupportLevel:
    """Return the help that was needed, whether or not anybody tells."""
    place = round(help_at_first - 1.3 * margin + rng.gauss(0, 0.5))
    return LEVELS[min(max(place, 0), len(LEVELS) - 1)]


def _delay(rng: Random, *, online: bool) -> timedelta:
    """Return how late the taps arrive: by seconds, at times by minutes, rarely by hours."""
    luck = rng.random()
    if online or luck < 0.86:
        return timedelta(seconds=rng.randint(1, 9))
    if luck < 0.97:
        return timedelta(seconds=rng.randint(2 * 60, 40 * 60))
    return timedelta(seconds=rng.randint(3600, 6 * 3600))
