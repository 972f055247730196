"""Many at once: the same order, the same paper, two who change one order side by side."""

from datetime import date
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy.orm import Session

from tests.blueprints.tapping import actions, count
from tests.factories import NOW, World, add_contact, add_order
from tests.services.test_observations_at_once import TOGETHER, all_at_once
from webapp.db import db
from webapp.domain.errors import EditedMeanwhile
from webapp.domain.ordering import GoalLine
from webapp.domain.versions import version_of
from webapp.models import Citizen, Contact, Order, OrderFile, OrderGoal, OrderKind, Staff
from webapp.services.order_files import KeptPaper, add_order_file
from webapp.services.orders import OrderContent, create_order, update_order, version
from webapp.services.profiles import ContactContent, content_of, update_contact


def content(purpose: str = "Mere selv") -> OrderContent:
    return OrderContent(
        kind=OrderKind.ACTION_PLAN,
        purpose=purpose,
        caseworker="Lone Friis",
        starts_on=date(2026, 6, 1),
        ends_on=None,
    )


def anna(session: Session, world: World) -> Staff:
    return session.get_one(Staff, world.anna.id)


def stored_order(app: Flask, world: World) -> tuple[UUID, str, list[GoalLine]]:
    with app.app_context():
        order = add_order(db.session(), world.sofie, "Tandbørstning")
        db.session.commit()
        return order.id, version(order), [GoalLine(goal.id, goal.text) for goal in order.goals]


def test_the_same_order_sent_eight_times_at_once_is_stored_once(app: Flask, world: World) -> None:
    id, lines = uuid4(), [GoalLine(uuid4(), "Ringe hjem"), GoalLine(uuid4(), "Gå i byen")]

    def send(session: Session, _: int) -> UUID:
        sofie = session.get_one(Citizen, world.sofie.id)
        who = anna(session, world)
        return create_order(session, sofie, content(), lines, id=id, actor=who, now=NOW).id

    answers = all_at_once(app, send)

    with app.app_context():
        assert set(answers) == {id}
        assert (count(db.session(), Order), count(db.session(), OrderGoal)) == (1, 2)
        assert actions(db.session()) == ["order.create"]


def test_of_eight_changes_at_once_one_counts_and_seven_are_told(app: Flask, world: World) -> None:
    id, drawn_from, lines = stored_order(app, world)

    def change(session: Session, number: int) -> bool:
        order, who = session.get_one(Order, id), anna(session, world)
        try:
            update_order(
                *(session, order, content(f"Formål {number}"), lines),
                drawn_from=drawn_from,
                actor=who,
                now=NOW,
            )
        except EditedMeanwhile:
            session.rollback()
            return False
        return True

    assert sorted(all_at_once(app, change)) == [False] * (TOGETHER - 1) + [True]
    with app.app_context():
        assert actions(db.session()) == ["order.update"]


def test_the_same_paper_sent_eight_times_at_once_is_laid_once(app: Flask, world: World) -> None:
    order_id, _, _ = stored_order(app, world)
    id, paper = uuid4(), KeptPaper("Handleplan.pdf", "application/pdf", 3, "0" * 64)

    def send(session: Session, _: int) -> UUID:
        order, who = session.get_one(Order, order_id), anna(session, world)
        return add_order_file(session, order, paper, id=id, actor=who, now=NOW).id

    assert set(all_at_once(app, send)) == {id}
    with app.app_context():
        assert count(db.session(), OrderFile) == 1
        assert actions(db.session()) == ["order_file.create"]


def test_of_eight_changes_of_a_contact_at_once_one_counts(app: Flask, world: World) -> None:
    with app.app_context():
        birgit = add_contact(db.session(), world.sofie)
        db.session.commit()
        id, stands = birgit.id, content_of(birgit)

    def change(session: Session, number: int) -> bool:
        contact, who = session.get_one(Contact, id), anna(session, world)
        said: ContactContent = {**stands, "phone": f"00 00 00 1{number}"}
        try:
            drawn_from = version_of(stands)
            update_contact(session, contact, said, drawn_from=drawn_from, actor=who, now=NOW)
        except EditedMeanwhile:
            session.rollback()
            return False
        return True

    assert sorted(all_at_once(app, change)) == [False] * (TOGETHER - 1) + [True]
    with app.app_context():
        assert actions(db.session()) == ["contact.update"]
