"""One goal on one day: was it logged, by whom, and what was seen."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from webapp.demo.days import at_home, monday_of, within
from webapp.demo.ids import demo_id
from webapp.demo.roster import on_duty
from webapp.demo.shapes import DemoCitizen, DemoGoal, Window
from webapp.demo.taps import Sitting, Tap, help_needed, level_at, outcome_of, support_of
from webapp.demo.values import steps_of, value_of
from webapp.models import Measure, Outcome

BAD_DAY = 0.05
SATURDAY = 5


class Day:
    """`age` days before today. The day has its own random numbers, so the hour changes nothing."""

    def __init__(
        self, citizen: DemoCitizen, goal: DemoGoal, *, today: date, age: int, seed: int
    ) -> None:
        self.citizen, self.goal, self.seed = citizen, goal, seed
        self.today, self.age, self.day = today, age, today - timedelta(days=age)
        # Invented days need numbers that come back, not numbers nobody can guess.
        self.rng = Random(f"{seed}/{goal.key}/{self.day}")  # noqa: S311

    def taps(self) -> list[Tap]:
        """Return the day's taps in the order they were made; none on a day nobody logged."""
        rhythm = self.goal.rhythm
        rate = rhythm.weekend if self.day.weekday() >= SATURDAY else rhythm.weekday
        logged = self.rng.random() < rate or self.age == 0
        if 0 < rhythm.quiet_days >= self.age:
            return []
        away = self._away()
        no_opportunity = self.rng.random() < rhythm.no_opportunity and self.age > 0
        if away is not None or no_opportunity:
            sitting = self._sitting(rhythm.windows[0])
            return [sitting.tap(Outcome.NO_OPPORTUNITY, note=away or "")] if logged or away else []
        return [tap for window in self._windows() for tap in self._seen(window)] if logged else []

    def _away(self) -> str | None:
        """Return the note of a day away, empty when nobody wrote one; None on a day at home."""
        for absence in self.citizen.absences:
            start = self.today - timedelta(days=absence.days_ago)
            if absence.from_monday:
                start = monday_of(start)
            if start <= self.day < start + timedelta(days=absence.days):
                told = self.day == start and self.goal is self.citizen.goals[0]
                return absence.note if told else ""
        notes = self.citizen.home_weekends
        # Every other weekend, counted in weeks since a Monday long ago.
        if notes and self.day.weekday() >= SATURDAY and (self.day.toordinal() - 1) // 7 % 2:
            told = self.day.weekday() == SATURDAY and self.rng.random() < 0.4
            return self.rng.choice(notes) if told else ""
        return None

    def _windows(self) -> list[Window]:
        """Return when the goal was logged that day; one of two meals is forgotten at times."""
        windows = list(self.goal.rhythm.windows)
        if len(windows) > 1 and self.age > 0 and self.rng.random() < 0.4:
            windows.remove(self.rng.choice(windows))
        return windows

    def _seen(self, window: Window) -> Iterator[Tap]:
        """Yield a tap for each sign seen, the smallest first, or one that says "not seen"."""
        rng, rhythm = self.rng, self.goal.rhythm
        sitting = self._sitting(window)
        if rhythm.only_first_sign_today and self.age == 0:
            yield sitting.tap(Outcome.SEEN, sign=1)
            return
        level = level_at(rhythm.curve, self.age / 7) + rng.gauss(0, 0.5)
        level -= 2.5 if rng.random() < BAD_DAY else 0.0
        nothing = True
        for place, sign in enumerate(self.goal.signs, start=1):
            threshold = place - 0.5 if sign.level is None else sign.level
            margin = level - threshold + rng.gauss(0, 0.2)
            support = support_of(rng, margin, rhythm.help_at_first)
            archived = (
                sign.archived_weeks_ago is not None and self.age <= sign.archived_weeks_ago * 7
            )
            if (outcome := outcome_of(margin)) and not archived:
                # Numbers of its own: how a sign is measured changes nothing for the others.
                own = Random(f"{self.seed}/{self.goal.key}/{self.day}/{window.opens}/{place}")  # noqa: S311
                if sign.measure is Measure.SUPPORT:
                    support = help_needed(own, margin, rhythm.help_at_first)
                value = value_of(sign, own, self._share())
                yield sitting.tap(
                    outcome,
                    sign=place,
                    support=support if sign.helped else None,
                    value=value,
                    steps=steps_of(sign, own, value),
                )
                nothing = False
        if nothing:
            yield sitting.tap(Outcome.NOT_SEEN)

    def _share(self) -> float:
        """Return how much of the time since the goal began had passed that day."""
        return 1 - self.age / (7 * self.goal.starts_weeks_ago + 7)

    def _sitting(self, window: Window) -> Sitting:
        """Let someone at work sit down with the tablet; the contact team mostly does."""
        at = at_home(self.day, within(window.opens, window.closes, self.rng.random()))
        present = on_duty(self.citizen.department, at)
        weights = [3 if person in self.citizen.contact_team else 1 for person in present]
        author = self.rng.choices(present, weights)[0]
        first_id = demo_id(self.seed, "observation", self.goal.key, self.day, window.opens)
        # Today's taps are there at once, so that the board never looks forgotten.
        return Sitting(self.rng, author=author, at=at, id=first_id, online=self.age == 0)
