"""Whoever used a tablet lately can open it without network: the server's part of it."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from joserfc import jwe
from joserfc.jwe import JWERegistry
from joserfc.jwk import ECKey
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.blueprints.shared import ANNAS, BOS, put_up, unlock
from tests.blueprints.tapping import actions, count
from tests.factories import NOW, World
from tests.sync.tablet import Pen, deliver, public, statuses
from webapp.adapters import passwords
from webapp.models import (
    AuditEvent,
    DepartmentStaff,
    Device,
    Home,
    Observation,
    PinLock,
    Staff,
    StandbyKey,
    SyncGrant,
)

SIGN, OPEN = ECKey.generate_key("P-256"), ECKey.generate_key("P-256")
KEYS = {"sign_key": public(SIGN), "open_key": public(OPEN)}


@pytest.fixture
def kitchen(app: Flask, session: Session, world: World) -> FlaskClient:
    """A tablet Bo used, with his keys under his PIN, and which Anna has now."""
    _, browser = put_up(app, session, world)
    unlock(browser, world.bo, BOS)
    assert tell(browser).status_code == 204
    unlock(browser, world.anna, ANNAS)
    return browser


def tell(browser: FlaskClient, keys: object = KEYS) -> TestResponse:
    return browser.post("/sync/standby", json=keys)


def ready(browser: FlaskClient) -> list[str]:
    """Return who can open the tablet without network."""
    return [one["first_name"] for one in browser.get("/sync/standby").json["people"]]  # type: ignore[index]


def fetch(browser: FlaskClient, staff_id: UUID) -> TestResponse:
    return browser.post(f"/sync/standby/{staff_id}/grants")


def opened(page: str) -> str:
    registry = JWERegistry(algorithms=["ECDH-ES", "A256GCM"], strict_check_header=False)
    registry.max_ciphertext_length = 10_000_000
    return (jwe.decrypt_compact(page, OPEN, registry=registry).plaintext or b"").decode()


def pen_of(given: TestResponse) -> Pen:
    assert given.json
    return Pen(SIGN, given.json["grant"], given.json["seal_to"])


# Keys, a grant and a page


def test_c9_what_bo_taps_without_having_logged_in_today_is_stored_under_his_name(
    kitchen: FlaskClient, client: FlaskClient, session: Session, world: World
) -> None:
    given = fetch(kitchen, world.bo.id)
    assert given.status_code == 201
    pen = pen_of(given)

    sent = deliver(client, pen.tap(world.takes_brush.id, id=uuid4()), pens=[pen])

    assert statuses(sent) == ["stored"]
    stored = session.scalars(select(Observation)).one()
    assert stored.author_id == world.bo.id
    grant = session.scalars(select(SyncGrant)).one()
    assert (grant.staff_id, grant.device_id) == (
        world.bo.id,
        session.scalars(select(Device.id)).one(),
    )
    told = session.scalars(
        select(AuditEvent).where(AuditEvent.action == "standby_grant.create")
    ).one()
    assert (told.actor_id, told.object_id) == (world.anna.id, world.bo.id)
    assert "standby_key.create" in actions(session)


def test_the_page_is_his_shift_and_only_his_pin_opens_it(
    kitchen: FlaskClient, world: World
) -> None:
    given = fetch(kitchen, world.bo.id)

    assert "Sofie" not in given.text
    page = opened(given.json["page"])  # type: ignore[index]
    assert "Sofie" in page
    assert f'data-target="{world.takes_brush.id}"' in page
    assert "Vera" not in page, "she lives in another home"
    assert 'name="csrf_token" value=""' in page
    assert "<script" not in page


# Who


def test_only_whoever_used_the_tablet_within_a_week_can_open_it(
    kitchen: FlaskClient,
    world: World,
    stay_until: Callable[[datetime], None],
) -> None:
    assert ready(kitchen) == ["Bo"]
    stay_until(NOW + timedelta(days=7, seconds=1))
    unlock(kitchen, world.anna, ANNAS)

    assert ready(kitchen) == []
    assert fetch(kitchen, world.bo.id).status_code == 404


def change(what: str, session: Session, world: World) -> None:
    bo = session.get_one(Staff, world.bo.id)
    device = session.scalars(select(Device)).one()
    if what == "another PIN":
        bo.pin_hash = passwords.hash_password("471093")
    elif what == "no PIN":
        bo.pin_hash = None
    elif what == "stopped":
        bo.deactivated_at = NOW
    elif what == "another department":
        session.delete(session.get_one(DepartmentStaff, (device.department_id, bo.id)))
    elif what == "shut out":
        session.add(PinLock(device_id=device.id, staff_id=bo.id, failures=10, last_failed_at=NOW))
    else:
        session.scalars(select(Home).where(Home.id == world.home.id)).one().unlocks_offline = False
    session.commit()


@pytest.mark.parametrize(
    "what", ["another PIN", "no PIN", "stopped", "another department", "shut out", "not here"]
)
def test_keys_count_no_more_for(
    what: str, kitchen: FlaskClient, session: Session, world: World
) -> None:
    change(what, session, world)

    assert ready(kitchen) == []
    assert fetch(kitchen, world.bo.id).status_code == 404
    assert count(session, SyncGrant) == 0


def test_keys_of_one_tablet_count_on_no_other(
    kitchen: FlaskClient, app: Flask, session: Session, world: World
) -> None:
    _, other = put_up(app, session, world)
    unlock(other, world.anna, ANNAS)

    assert ready(other) == []
    assert fetch(other, world.bo.id).status_code == 404


def test_nobody_makes_a_phone_ready_and_nobody_without_a_pin_typed_here(
    anna: FlaskClient, world: World, session: Session
) -> None:
    assert tell(anna).status_code == 404
    assert anna.get("/sync/standby").status_code == 404
    assert fetch(anna, world.bo.id).status_code == 404
    assert count(session, StandbyKey) == 0


def test_a_locked_tablet_gives_nothing(kitchen: FlaskClient, world: World) -> None:
    kitchen.post("/lock")

    assert fetch(kitchen, world.bo.id).status_code in {302, 303, 401}


@pytest.mark.parametrize(
    "keys",
    [
        {},
        [],
        {"sign_key": KEYS["sign_key"]},
        KEYS | {"open_key": KEYS["open_key"] | {"x": "A" * 43}},
        KEYS | {"sign_key": KEYS["sign_key"] | {"crv": "P-384"}},
    ],
    ids=lambda keys: json.dumps(keys)[:20],
)
def test_keys_that_are_none_are_refused_and_nothing_is_kept(
    kitchen: FlaskClient, session: Session, keys: Any
) -> None:
    before = session.scalars(select(StandbyKey.made_at)).all()

    refused = tell(kitchen, keys)

    assert (refused.status_code, refused.json) == (400, {"error": "malformed"})
    assert session.scalars(select(StandbyKey.made_at)).all() == before


def test_the_page_that_opens_a_tablet_knows_nobody(client: FlaskClient, world: World) -> None:
    page = client.get("/lock/offline")

    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-cache"
    assert "Anna" not in page.text
    assert "Sofie" not in page.text
