"""How often the citizens were shown their instructions: each time one was carried out, lately."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from webapp.demo.ids import demo_id
from webapp.demo.shapes import DemoGoal
from webapp.services.showings import COUNTED

BEFORE = timedelta(minutes=4)
"""So long before it was done it was shown."""


def showing_rows(
    goal: DemoGoal, done: Iterable[Mapping[str, Any]], *, now: datetime, seed: int
) -> Iterator[dict[str, Any]]:
    """Yield a row for each time an intervention that has steps was carried out lately."""
    with_steps = {
        demo_id(seed, "intervention", goal.key, place)
        for place, intervention in enumerate(goal.interventions, start=1)
        if intervention.steps
    }
    for row in done:
        happened_at = row["happened_at"] - BEFORE
        if row["intervention_id"] in with_steps and happened_at > now - COUNTED:
            yield {
                **row,
                "id": demo_id(seed, "showing", row["id"]),
                "happened_at": happened_at,
                "received_at": happened_at,
            }
