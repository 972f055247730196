"""Many at once: the same tap, the same correction, on real connections side by side."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from flask import Flask
from sqlalchemy.orm import Session

from tests.blueprints.tapping import actions, count
from tests.factories import NOW, World
from webapp.db import db
from webapp.domain.errors import AlreadyCorrected
from webapp.models import Goal, Observation, Outcome, Sign, Staff
from webapp.services.observations import (
    Changes,
    chain_of,
    correct_observation,
    log_observation,
    withdraw_observation,
)

TOGETHER = 8
ZONE = ZoneInfo("Europe/Copenhagen")

Answer = TypeVar("Answer")


def all_at_once(
    app: Flask, act: Callable[[Session, int], Answer], *, together: int = TOGETHER
) -> list[Answer]:
    """Run the act in threads that start together, each in a session and commit of its own."""
    barrier = Barrier(together)

    def run(number: int) -> Answer:
        with app.app_context():
            barrier.wait(timeout=30)
            answer = act(db.session(), number)
            db.session.commit()
            return answer

    with ThreadPoolExecutor(together) as pool:
        return list(pool.map(run, range(together)))


def log(session: Session, world: World, id: UUID) -> Observation | None:
    return log_observation(
        session,
        session.get_one(Goal, world.teeth.id),
        session.get_one(Sign, world.takes_brush.id),
        Outcome.SEEN,
        id=id,
        actor=session.get_one(Staff, world.anna.id),
        now=NOW,
    )


def test_the_same_tap_sent_eight_times_at_once_is_stored_once(app: Flask, world: World) -> None:
    id = uuid4()

    answers = all_at_once(app, lambda session, _: log(session, world, id))

    with app.app_context():
        assert {answer.id for answer in answers if answer} == {id}
        assert count(db.session(), Observation) == 1
        assert actions(db.session()) == ["observation.create"]


def test_eight_different_taps_at_once_are_all_stored(app: Flask, world: World) -> None:
    all_at_once(app, lambda session, _: log(session, world, uuid4()))

    with app.app_context():
        assert count(db.session(), Observation) == TOGETHER


def test_of_eight_corrections_at_once_none_is_lost_or_overwritten(app: Flask, world: World) -> None:
    id = uuid4()
    with app.app_context():
        log(db.session(), world, id)
        db.session.commit()

    def correct(session: Session, number: int) -> UUID:
        return correct_observation(
            session,
            session.get_one(Observation, id),
            Changes(note=f"Note {number}"),
            id=uuid4(),
            actor=session.get_one(Staff, world.anna.id),
            now=NOW,
            zone=ZONE,
        ).id

    stored = all_at_once(app, correct)

    with app.app_context():
        session = db.session()
        chain = chain_of(session, session.get_one(Observation, id))
        assert {row.id for row in chain} == {id, *stored}
        assert len(chain) == TOGETHER + 1


def test_undo_and_details_at_once_leave_the_tap_whole_or_gone(app: Flask, world: World) -> None:
    id = uuid4()
    with app.app_context():
        log(db.session(), world, id)
        db.session.commit()

    def act(session: Session, number: int) -> str:
        observation = session.get(Observation, id)
        if observation is None:
            return "gone"
        actor = session.get_one(Staff, world.anna.id)
        try:
            if number % 2:
                withdraw_observation(session, observation, actor=actor, now=NOW)
                return "undone"
            note = Changes(note="Hun nynnede.")
            correct_observation(
                session, observation, note, id=uuid4(), actor=actor, now=NOW, zone=ZONE
            )
        except AlreadyCorrected:
            session.rollback()
            return "gone"
        return "noted"

    done = all_at_once(app, act)

    with app.app_context():
        assert done.count("undone") == 1
        assert count(db.session(), Observation) == 0
