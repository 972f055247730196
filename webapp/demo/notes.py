"""Where a colleague's words land: on the first tap they fit."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from webapp.demo.days import local_day
from webapp.demo.shapes import DemoGoal
from webapp.demo.taps import Tap
from webapp.models import Measure


def with_notes(taps: Sequence[Tap], goal: DemoGoal, *, now: datetime) -> list[Tap]:
    """Return the taps, oldest first, with the goal's notes on them.

    A note goes on the first tap of its sign and outcome after its time, else on the last before;
    it is left out when there is none, or when it is older than the taps. Today's taps stay bare.
    Who writes how it went, skips the support level, unless it is what the sign is measured by.
    """
    noted = list(taps)
    today = local_day(now)
    for note in goal.notes:
        fitting = [
            place
            for place, tap in enumerate(noted)
            if (tap.sign, tap.outcome, tap.note) == (note.sign, note.outcome, "")
            and local_day(tap.happened_at) < today
        ]
        earliest = now - timedelta(weeks=note.weeks_ago)
        if taps and earliest < taps[0].happened_at - timedelta(weeks=1):
            continue
        later = [place for place in fitting if noted[place].happened_at >= earliest]
        if fitting:
            place = later[0] if later else fitting[-1]
            tap = noted[place]
            by_help = tap.sign and goal.signs[tap.sign - 1].measure is Measure.SUPPORT
            support = tap.support if by_help else None
            noted[place] = replace(tap, note=note.text, support=support)
    return noted
