"""The half year of one goal: every day's taps, then the notes, then what was corrected."""

from datetime import datetime, timedelta

from webapp.demo.corrections import with_corrections
from webapp.demo.day import Day
from webapp.demo.days import local_day, monday_of
from webapp.demo.notes import with_notes
from webapp.demo.shapes import DemoCitizen, DemoGoal
from webapp.demo.taps import Tap


def goal_log(
    citizen: DemoCitizen, goal: DemoGoal, *, now: datetime, weeks: int, seed: int
) -> list[Tap]:
    """Return all taps of one goal up to now, oldest first, each correction after what it corrects.

    A tap that has happened but is still on its way from the tablet is not here yet.
    """
    today = local_day(now)
    begins = monday_of(today - timedelta(weeks=goal.starts_weeks_ago))
    first = max(today - timedelta(weeks=weeks), begins)
    taps = [
        tap
        for age in range((today - first).days, -1, -1)
        if goal.closed_weeks_ago is None or age > goal.closed_weeks_ago * 7
        for tap in Day(citizen, goal, today=today, age=age, seed=seed).taps()
    ]
    arrived = [tap for tap in taps if tap.received_at <= now]
    return with_corrections(with_notes(arrived, goal, now=now), now=now, seed=seed)
