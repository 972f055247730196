"""Second thoughts: about one tap in a hundred is corrected afterwards by the one who made it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from uuid import uuid5

from webapp.demo.days import local_day
from webapp.demo.taps import LEVELS, Tap
from webapp.models import Outcome

SHARE = 0.009

# What was tapped, what it should have been, and why.
REASONS = (
    (Outcome.SEEN, Outcome.PARTLY, "Jeg hjalp til undervejs, så det var kun delvist."),
    (Outcome.SEEN, Outcome.RETRACTED, "Jeg trykkede på det forkerte tegn."),
    (Outcome.SEEN, Outcome.RETRACTED, "Jeg havde åbnet en anden plan, end jeg troede."),
    (Outcome.SEEN, Outcome.SEEN, "Der skulle lidt mere hjælp til, end jeg først skrev."),
    (Outcome.PARTLY, Outcome.SEEN, "En kollega så resten, da jeg var gået."),
    (Outcome.PARTLY, Outcome.SEEN, "Det kom et øjeblik efter, at jeg havde trykket."),
)


def with_corrections(taps: Sequence[Tap], *, now: datetime, seed: int) -> list[Tap]:
    """Return the taps with a correction after some; none for today, for words or after now."""
    today = local_day(now)
    corrected: list[Tap] = []
    for tap in taps:
        corrected.append(tap)
        rng = Random(f"{seed}/{tap.id}")  # noqa: S311 - it has to come back
        if rng.random() < SHARE and not tap.note and local_day(tap.happened_at) < today:
            corrected += [later for later in _corrections(tap, rng) if later.received_at <= now]
    return corrected


def _corrections(tap: Tap, rng: Random) -> list[Tap]:
    """Return the one correction, or none when no reason fits what was tapped."""
    fitting = [(after, why) for before, after, why in REASONS if before is tap.outcome]
    if not fitting:
        return []
    outcome, reason = rng.choice(fitting)
    support = None if outcome is Outcome.RETRACTED else tap.support
    if outcome is tap.outcome:
        if support in (None, LEVELS[-1]):
            return []
        support = LEVELS[LEVELS.index(support) + 1]
    return [
        replace(
            tap,
            id=uuid5(tap.id, "correction"),
            received_at=tap.received_at + timedelta(seconds=rng.randint(120, 3 * 3600)),
            outcome=outcome,
            support=support,
            value=None if outcome is Outcome.RETRACTED else tap.value,
            steps=None if outcome is Outcome.RETRACTED else tap.steps,
            supersedes=tap.id,
            reason=reason,
        )
    ]
