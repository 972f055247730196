"""Several who ask for help with one goal in the same moment find each other."""

from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy.orm import Session

from tests.blueprints.tapping import actions, count
from tests.factories import NOW, World
from tests.services.test_observations_at_once import TOGETHER, all_at_once
from webapp.db import db
from webapp.models import Goal, Sparring, SparringComment, Staff
from webapp.services.sparring import add_comment


def ask(session: Session, world: World, id: UUID) -> SparringComment:
    return add_comment(
        session,
        session.get_one(Goal, world.teeth.id),
        "Hvad kan det mindste tegn være?",
        id=id,
        actor=session.get_one(Staff, world.anna.id),
        now=NOW,
    )


def test_eight_first_comments_at_once_open_one_sparring(app: Flask, world: World) -> None:
    all_at_once(app, lambda session, _: ask(session, world, uuid4()))

    with app.app_context():
        assert count(db.session(), Sparring) == 1
        assert count(db.session(), SparringComment) == TOGETHER


def test_the_same_comment_sent_eight_times_at_once_is_stored_once(app: Flask, world: World) -> None:
    id = uuid4()

    answers = all_at_once(app, lambda session, _: ask(session, world, id))

    with app.app_context():
        assert {answer.id for answer in answers} == {id}
        assert count(db.session(), SparringComment) == 1
        assert actions(db.session()) == ["sparring.comment"]
