"""Which pages a tablet may keep, for whom, and what the log says of it."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.blueprints.conftest import Ledger
from tests.blueprints.shared import ANNAS, put_up, unlock
from tests.factories import PICTURE, World, add_step_picture
from webapp.adapters.media_store import put_media
from webapp.models import AuditEvent, Intervention, Staff, StaffSession

KEEP = "Smaategn-Keep"
AHEAD = {KEEP: "1"}

As = Callable[[Staff], FlaskClient]


@pytest.fixture
def day(world: World) -> str:
    """Sofie's day."""
    return f"/citizens/{world.sofie.id}"


def test_the_board_and_a_day_may_be_kept_for_this_session_alone(
    anna: FlaskClient, session: Session, day: str
) -> None:
    own = session.scalars(select(StaffSession)).one()

    kept = [anna.get(page).headers[KEEP] for page in ("/", "/?show=mine", day)]

    assert kept == [f"{own.id} 3600 own"] * 3


def test_on_a_shared_tablet_they_may_be_seen_as_long_as_it_is_not_locked(
    app: Flask, session: Session, world: World, day: str
) -> None:
    _, tablet = put_up(app, session, world)
    unlock(tablet, world.anna, ANNAS)

    assert tablet.get(day).headers[KEEP].endswith(" 180 shared")


def test_the_board_says_where_else_it_stands(anna: FlaskClient, world: World) -> None:
    here = f"/?department={world.soendermarken.id}"

    assert anna.get("/").headers["Content-Location"] == here
    assert anna.get("/?show=mine").headers["Content-Location"] == f"{here}&show=mine"
    assert f'href="{here}"' in anna.get(f"/citizens/{world.sofie.id}").text


def test_nothing_else_may_be_kept(
    anna: FlaskClient, as_staff: As, client: FlaskClient, world: World, day: str
) -> None:
    for page in (
        f"{day}/plan",
        f"{day}/profile",
        "/account",
        "/citizens/none",
        f"/citizens/{uuid4()}",
    ):
        assert KEEP not in anna.get(page).headers, page
    assert KEEP not in as_staff(world.frida).get("/").headers
    assert KEEP not in client.get("/login").headers
    assert KEEP not in client.get(day).headers


def test_e8_a_fragment_is_never_kept_as_a_page(anna: FlaskClient, day: str) -> None:
    fragment = anna.get(day, headers={"HX-Request": "true"})

    assert fragment.status_code == 200
    assert KEEP not in fragment.headers


def test_what_was_opened_in_an_emergency_is_not_kept(as_staff: As, world: World, day: str) -> None:
    carl = as_staff(world.carl)
    sent = {
        "new_id": str(uuid4()),
        "citizen_id": str(world.sofie.id),
        "reason": "Carl er alene på vagt, og Sofie er faldet ude i gangen.",
    }
    carl.post("/emergency-accesses", data=sent)

    page = carl.get(day)

    assert page.status_code == 200
    assert KEEP not in page.headers


def test_what_a_tablet_fetches_ahead_is_logged_as_kept_and_not_as_seen(
    anna: FlaskClient, session: Session, world: World, day: str, ledger: Ledger
) -> None:
    page = anna.get(day, headers=AHEAD)

    assert page.headers[KEEP]
    assert (ledger.last.commits, ledger.last.events) == (1, 1)
    event = session.scalars(select(AuditEvent)).one()
    assert (event.action, event.actor_id, event.citizen_id) == (
        "citizen.keep",
        world.anna.id,
        world.sofie.id,
    )
    anna.get("/", headers=AHEAD)
    anna.get(day)
    told = session.scalars(select(AuditEvent.action)).all()
    assert sorted(told) == ["board.keep", "citizen.keep", "citizen.read"]


def test_fetching_ahead_opens_nothing_that_looking_does_not(
    as_staff: As, client: FlaskClient, world: World, day: str
) -> None:
    assert as_staff(world.carl).get(day, headers=AHEAD).status_code == 404
    assert client.get(day, headers=AHEAD).status_code == 303


def test_an_instruction_and_its_pictures_may_be_kept_and_are_logged_as_laid_there(
    app: Flask, anna: FlaskClient, session: Session, world: World
) -> None:
    intervention = session.scalars(select(Intervention)).one()
    picture = add_step_picture(session, intervention, world.anna)
    put_media(app.extensions["media_store"], PICTURE)
    session.commit()
    pages = [f"/interventions/{intervention.id}/show", f"/step-pictures/{picture.id}"]

    kept = [anna.get(page, headers=AHEAD) for page in pages]

    assert [each.status_code for each in kept] == [200, 200]
    assert all(each.headers[KEEP].endswith(" own") for each in kept)
    assert KEEP not in anna.get(f"/step-pictures/{picture.id}/thumbnail").headers
    laid = {event.action for event in session.scalars(select(AuditEvent))}
    assert {"citizen_mode.keep", "step_picture.keep"} <= laid
