"""How often interventions were carried out: mostly on the days on which the goal was logged."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from webapp.demo.days import local_day
from webapp.demo.ids import demo_id
from webapp.demo.shapes import DemoGoal, DemoIntervention
from webapp.demo.taps import Tap
from webapp.models import InterventionStatus, Outcome

OFTEN, AT_TIMES = 0.85, 0.45
"""How likely the first intervention of a goal is on such a day, and the others."""


def done_rows(
    goal: DemoGoal, taps: Sequence[Tap], *, now: datetime, seed: int
) -> Iterator[dict[str, Any]]:
    """Yield a row for each time; none for today, so that the day begins with nothing done."""
    for tap in _first_of_each_day(taps, now):
        for place, intervention in enumerate(goal.interventions, start=1):
            if not _ran(intervention, local_day(tap.happened_at), local_day(now)):
                continue
            # It has to come back, so it may be guessed.
            rng = Random(f"{seed}/{tap.id}/{place}")  # noqa: S311
            if rng.random() > (OFTEN if place == 1 else AT_TIMES):
                continue
            happened_at = tap.happened_at - timedelta(seconds=rng.randint(60, 600))
            yield {
                "id": demo_id(seed, "done", tap.id, place),
                "intervention_id": demo_id(seed, "intervention", goal.key, place),
                "author_id": demo_id(seed, "staff", tap.author.email),
                "happened_at": happened_at,
                "received_at": tap.received_at,
            }


def _ran(intervention: DemoIntervention, day: date, today: date) -> bool:
    """Tell whether an intervention was in use that day."""
    if intervention.status is InterventionStatus.PLANNED:
        return False
    pause = intervention.paused
    return pause is None or day < today - timedelta(weeks=pause.weeks_ago)


def _first_of_each_day(taps: Iterable[Tap], now: datetime) -> Iterator[Tap]:
    seen = {local_day(now)}
    for tap in taps:
        day = local_day(tap.happened_at)
        if day not in seen and tap.outcome is not Outcome.NO_OPPORTUNITY:
            seen.add(day)
            yield tap
