"""A PIN is chosen by its owner, with the password, and nobody else learns it."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.blueprints.conftest import Ledger
from tests.blueprints.shared import ANNAS, put_up, unlock
from tests.blueprints.tapping import actions
from tests.factories import NOW, World
from webapp.models import Staff

CHOSEN = {"pin": "907251", "again": "907251"}


def test_a_chosen_pin_opens_a_tablet_from_then_on(
    app: Flask, session: Session, anna: FlaskClient, world: World, ledger: Ledger
) -> None:
    answer = anna.post("/account/pin", data=CHOSEN)

    assert (answer.status_code, answer.location) == (303, "/account")
    assert (ledger.last.commits, ledger.last.events) == (1, 1)
    assert actions(session) == ["pin.set"]
    assert session.get_one(Staff, world.anna.id).pin_hash


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"pin": "123456", "again": "123456"}, "for nem at gætte"),
        ({"pin": "111180", "again": "111180"}, "for nem at gætte"),
        ({"pin": "907", "again": "907"}, "seks tal"),
        ({"pin": "9" * 40, "again": "9" * 40}, "seks tal"),
        ({"pin": "907251", "again": "907252"}, "ikke ens"),
        ({}, "Skriv seks tal"),
    ],
)
def test_an_unfit_pin_is_told_of_at_its_field_and_not_kept(
    session: Session, anna: FlaskClient, world: World, sent: dict[str, str], words: str
) -> None:
    answer = anna.post("/account/pin", data=sent)

    assert answer.status_code == 422
    assert words in answer.text
    # Tokens and ids may have the same digits among others.
    assert not sent or not re.search(rf"(?<![\w.-]){sent['pin']}(?![\w.-])", answer.text)
    assert session.get_one(Staff, world.anna.id).pin_hash is None
    assert actions(session) == []


def test_whoever_came_in_with_a_pin_proves_the_password_first(
    app: Flask, session: Session, world: World
) -> None:
    _, tablet = put_up(app, session, world)
    unlock(tablet, world.anna, ANNAS)

    for answer in (tablet.get("/account/pin"), tablet.post("/account/pin", data=CHOSEN)):
        assert answer.status_code == 303
        assert answer.location.startswith("/account/confirmation")


def test_a_password_of_a_while_ago_is_asked_for_again(
    anna: FlaskClient, set_clock: Callable[[datetime], None]
) -> None:
    assert anna.get("/account/pin").status_code == 200
    set_clock(NOW + timedelta(minutes=11))

    assert anna.get("/account/pin").location.startswith("/account/confirmation")
