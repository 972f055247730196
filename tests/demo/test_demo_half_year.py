"""Half a year of taps: who, when, how often, and where it goes."""

from datetime import timedelta
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.demo.reading import (
    NOW,
    TEETH,
    close,
    counting,
    days_of,
    every,
    filled,
    goal_of,
    snapshot,
)
from webapp.demo.citizens import CITIZENS
from webapp.demo.days import local_day
from webapp.demo.roster import on_duty
from webapp.models import Goal, Observation, Outcome, SupportLevel


def test_filling_twice_from_the_same_seed_gives_the_same_rows(home: Session) -> None:
    again = filled()
    other = filled(seed=7)

    assert snapshot(again) == snapshot(home)
    assert snapshot(other)["observations"] != snapshot(home)["observations"]
    close(again)
    close(other)


def test_the_morning_looks_the_same_when_seen_in_the_evening() -> None:
    morning = filled(NOW.replace(hour=9), weeks=2)
    evening = filled(NOW, weeks=2)

    # Notes and corrections may still come; what was tapped, when and by whom does not change.
    taps = select(Observation.id, Observation.happened_at, Observation.author_id)
    first = set(morning.execute(taps.where(Observation.supersedes_id.is_(None))))
    assert first < set(evening.execute(taps))
    close(morning)
    close(evening)


def test_nothing_is_later_than_now_or_older_than_asked_for(home: Session) -> None:
    for row in every(home, Observation):
        assert row.happened_at <= row.received_at <= NOW
        assert row.happened_at >= NOW - timedelta(weeks=26, days=1)
        assert local_day(row.happened_at) >= row.goal.starts_on


def test_every_sign_belongs_to_its_goal_and_every_author_to_the_department(home: Session) -> None:
    for row in every(home, Observation):
        assert row.sign is None or row.sign.goal_id == row.goal_id
        assert row.goal.plan.citizen.department in row.author.departments


def test_authors_were_at_work_when_they_tapped(home: Session) -> None:
    for row in every(home, Observation):
        department = row.goal.plan.citizen.department.name
        present = {person.email for person in on_duty(department, row.happened_at)}
        # A sitting begun before seven may end a few minutes after.
        present |= {
            person.email for person in on_duty(department, row.happened_at - timedelta(minutes=12))
        }
        assert row.author.email in present


def test_what_is_said_of_the_whole_goal_is_not_seen_or_no_opportunity(home: Session) -> None:
    whole_goal = {Outcome.NOT_SEEN, Outcome.NO_OPPORTUNITY}
    for row in every(home, Observation):
        assert (row.sign_id is None) == (row.outcome in whole_goal)
        assert row.support_level is None or row.outcome in {Outcome.SEEN, Outcome.PARTLY}


def test_goals_are_logged_on_most_days_but_never_on_all(home: Session) -> None:
    for goal in every(home, Goal):
        first = max(goal.starts_on, local_day(NOW) - timedelta(weeks=26))
        last = local_day(goal.closed_at or NOW)
        rate = len(days_of(counting(home, goal))) / (last - first).days
        assert 0.65 <= rate <= 0.9, (goal.short_text, rate)


def test_small_signs_come_before_large_ones(home: Session) -> None:
    for goal in every(home, Goal):
        log = [row for row in counting(home, goal) if row.outcome is Outcome.SEEN]
        active = [sign for sign in goal.signs if sign.archived_at is None]
        seen = [sum(row.sign_id == sign.id for row in log) for sign in active]
        # What a person can do already, like Jens Ole's first two signs, may tie.
        assert all(large <= small + 4 for small, large in pairwise(seen)), goal.short_text
        assert seen[0] > seen[-1], goal.short_text


def test_sofie_needs_less_help_and_shows_more_than_in_the_beginning(home: Session) -> None:
    log = [row for row in counting(home, goal_of(home, TEETH)) if row.sign]
    third = len(log) // 3

    def help_needed(rows: list[Observation]) -> float:
        levels = [list(SupportLevel).index(row.support_level) for row in rows if row.support_level]
        return sum(levels) / len(levels)

    assert help_needed(log[-third:]) < help_needed(log[:third]) - 0.5
    # The same number of taps takes fewer days, when there is more to tap.
    assert len(days_of(log[-third:])) < len(days_of(log[:third])) * 0.75


def test_jens_ole_keeps_what_he_can(home: Session) -> None:
    log = counting(home, goal_of(home, "Går selv til postkassen"))
    middle = NOW - timedelta(weeks=13)

    def share_of_last_sign(rows: list[Observation]) -> float:
        rank = [row.sign.rank for row in rows if row.sign and row.outcome is Outcome.SEEN]
        return rank.count(4) / rank.count(1)

    before = share_of_last_sign([row for row in log if row.happened_at < middle])
    after = share_of_last_sign([row for row in log if row.happened_at >= middle])
    assert abs(before - after) < 0.15


def test_karen_dips_when_the_table_is_moved_and_comes_back(home: Session) -> None:
    log = counting(home, goal_of(home, "Dækker bord til aftensmad"))

    def plates_on_the_table(first_week: int, last_week: int) -> float:
        rows = [
            row
            for row in log
            if NOW - timedelta(weeks=first_week) <= row.happened_at
            and row.happened_at < NOW - timedelta(weeks=last_week)
        ]
        return sum(row.sign is not None and row.sign.rank == 3 for row in rows) / len(days_of(rows))

    assert plates_on_the_table(13, 11) > 0.7
    assert plates_on_the_table(10, 8) < 0.3
    assert plates_on_the_table(3, 0) > 0.7


def test_nobody_has_logged_for_amina_in_the_last_three_days(home: Session) -> None:
    last = counting(home, goal_of(home, "Vælger tøj om morgenen"))[-1]

    assert 3 < (local_day(NOW) - local_day(last.happened_at)).days <= 7


def test_there_are_notes_in_the_voices_of_colleagues(home: Session) -> None:
    notes = [row.note for row in counting(home) if row.note]

    assert len(set(notes)) >= 60
    assert len(notes) < len(counting(home)) * 0.05
    for note in notes:
        assert len(note) <= 100
        assert note.endswith((".", "!", "?", "”")), note


def test_every_goal_finds_most_of_its_notes(home: Session) -> None:
    written = {row.note for row in every(home, Observation)}
    missing = [
        note.text
        for citizen in CITIZENS
        for goal in citizen.goals
        for note in goal.notes
        if note.text not in written
    ]

    assert len(missing) <= 3, missing


def test_holidays_and_sick_days_are_no_opportunity(home: Session) -> None:
    log = counting(home, goal_of(home, "Siger til, når han vil have pause"))
    day = next(local_day(row.happened_at) for row in log if row.note.startswith("På ferie"))
    week = {day + timedelta(days=offset) for offset in range(7)}

    assert day.weekday() == 0
    away = [row.outcome for row in log if local_day(row.happened_at) in week]
    assert len(away) >= 3
    assert set(away) == {Outcome.NO_OPPORTUNITY}


def test_corrections_carry_a_reason_and_the_time_of_what_they_correct(home: Session) -> None:
    corrections = [row for row in every(home, Observation) if row.supersedes_id]

    assert 10 <= len(corrections) <= 90
    for row in corrections:
        first = row.supersedes
        assert first is not None
        assert row.reason
        assert (row.goal_id, row.sign_id) == (first.goal_id, first.sign_id)
        assert (row.author_id, row.happened_at) == (first.author_id, first.happened_at)
        assert row.received_at > first.received_at
        assert (row.outcome, row.support_level) != (first.outcome, first.support_level)
    assert all(row.supersedes_id for row in every(home, Observation) if row.reason)


def test_most_taps_arrive_in_seconds_and_some_hours_later(home: Session) -> None:
    delays = [
        row.received_at - row.happened_at
        for row in every(home, Observation)
        if row.supersedes_id is None
    ]

    assert sum(delay < timedelta(seconds=10) for delay in delays) > len(delays) * 0.8
    assert any(delay > timedelta(hours=1) for delay in delays)
    assert max(delays) < timedelta(hours=7)
