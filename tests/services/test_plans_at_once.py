"""Many who write the same part of a plan at once, on real connections side by side."""

from datetime import timedelta
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.blueprints.tapping import count
from tests.factories import NOW, World
from tests.services.test_observations_at_once import TOGETHER, all_at_once
from webapp.db import db
from webapp.domain.errors import AlreadyClosed, EditedMeanwhile, SecondGoalNeedsReason
from webapp.models import (
    ClosureVerdict,
    Goal,
    GoalClosure,
    PlanPart,
    PlanRevision,
    Sign,
    Staff,
)
from webapp.services.closures import close_goal
from webapp.services.plan_history import revisions_of, said_at
from webapp.services.plans import activate_goal, create_sign, update_sign


def write(session: Session, world: World, number: int) -> str | None:
    """Save a sign from a form drawn before anybody saved; None when a colleague was first."""
    text = f"Sofie går med ud, udgave {number}"
    try:
        update_sign(
            session,
            session.get_one(Sign, world.walks_along.id),
            {"text": text},
            based_on=0,
            actor=session.get_one(Staff, world.anna.id),
            now=NOW,
        )
    except EditedMeanwhile:
        session.rollback()
        return None
    return text


def test_of_eight_who_save_the_same_sign_at_once_one_is_stored_and_seven_are_told(
    app: Flask, world: World
) -> None:
    answers = all_at_once(app, lambda session, number: write(session, world, number))

    [stored] = [answer for answer in answers if answer]
    with app.app_context():
        session = db.session()
        assert session.get_one(Sign, world.walks_along.id).text == stored
        numbers = [r.number for r in revisions_of(session, PlanPart.SIGN, world.walks_along.id)]
        assert numbers == [1, 2]


def test_the_same_new_sign_sent_eight_times_at_once_is_stored_once(
    app: Flask, world: World
) -> None:
    id = uuid4()

    def create(session: Session, _: int) -> UUID:
        return create_sign(
            session,
            session.get_one(Goal, world.teeth.id),
            {"text": "Sofie skyller munden"},
            id=id,
            actor=session.get_one(Staff, world.anna.id),
            now=NOW,
        ).id

    assert set(all_at_once(app, create)) == {id}
    with app.app_context():
        session = db.session()
        assert len(session.scalars(select(Sign).where(Sign.id == id)).all()) == 1
        assert count(session, PlanRevision) == 1


def test_an_old_tap_meets_the_words_of_its_time(session: Session, world: World) -> None:
    sign = session.get_one(Sign, world.walks_along.id)
    first = sign.text
    update_sign(
        session,
        sign,
        {"text": "Sofie går selv med"},
        based_on=0,
        actor=session.get_one(Staff, world.anna.id),
        now=NOW,
    )
    session.flush()
    revisions = revisions_of(session, PlanPart.SIGN, sign.id)

    before, after = said_at(revisions, NOW.replace(year=2025)), said_at(revisions, NOW)

    assert before
    assert after
    assert (before.content["text"], after.content["text"]) == (first, "Sofie går selv med")
    assert said_at([], NOW) is None


def test_of_eight_second_goals_started_at_once_none_runs_without_a_reason(
    app: Flask, world: World
) -> None:
    with app.app_context():
        session = db.session()
        session.get_one(Goal, world.teeth.id).closed_at = NOW
        plan_id = session.get_one(Goal, world.teeth.id).plan_id
        goals = [
            Goal(
                plan_id=plan_id,
                text=f"Sofie henter tallerken {number}",
                short_text="Henter tallerken",
                starts_on=NOW.date(),
                ends_on=NOW.date() + timedelta(days=90),
                no_order_goal_reason="Det ønsker hun selv",
            )
            for number in range(TOGETHER)
        ]
        session.add_all(goals)
        session.commit()
        ids = [goal.id for goal in goals]

    def start(session: Session, number: int) -> bool:
        goal = session.get_one(Goal, ids[number])
        try:
            activate_goal(session, goal, actor=session.get_one(Staff, world.anna.id), now=NOW)
        except SecondGoalNeedsReason:
            session.rollback()
            return False
        return True

    assert sum(all_at_once(app, start)) == 1


def test_a_goal_closed_eight_times_at_once_is_closed_once(app: Flask, world: World) -> None:
    def close(session: Session, _: int) -> bool:
        goal = session.get_one(Goal, world.teeth.id)
        actor = session.get_one(Staff, world.anna.id)
        try:
            close_goal(session, goal, ClosureVerdict.REACHED, why="Nået", actor=actor, now=NOW)
        except AlreadyClosed:
            session.rollback()
            return False
        return True

    assert sum(all_at_once(app, close)) == 1
    with app.app_context():
        assert count(db.session(), GoalClosure) == 1


def test_eight_new_signs_at_once_each_get_a_place_of_their_own(app: Flask, world: World) -> None:
    def create(session: Session, number: int) -> int:
        goal = session.get_one(Goal, world.teeth.id)
        return create_sign(
            session,
            goal,
            {"text": f"Sofie skyller munden {number} gange"},
            id=uuid4(),
            actor=session.get_one(Staff, world.anna.id),
            now=NOW,
        ).rank

    assert len(set(all_at_once(app, create))) == TOGETHER
