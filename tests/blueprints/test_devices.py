"""Tablets are let in by a code that works once, listed, opened, and let go at the next touch."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.blueprints.conftest import Ledger
from tests.blueprints.shared import ANNAS, COOKIE, put_up, unlock
from tests.blueprints.tapping import HTMX, actions
from tests.factories import NOW, World, add_device
from webapp.adapters import passwords
from webapp.models import AuditEvent, Department, Device, DeviceEnrolment, Home, PinLock, Staff

CODE_AT = '<p class="code-words">'


@pytest.fixture
def frida(as_staff: Callable[[Staff], FlaskClient], world: World) -> FlaskClient:
    """Frida's browser; she sets up the whole home."""
    return as_staff(world.frida)


def offer(browser: FlaskClient, world: World, name: str = "Køkkenet") -> str:
    """Have a code made for a tablet at Søndermarken."""
    page = browser.post(
        "/tablets/codes", data={"name": name, "department": str(world.soendermarken.id)}
    )
    assert page.status_code == 200
    shown = page.text.partition(CODE_AT)[2].partition("</p>")[0]
    return shown.partition("</span>")[2].strip()


# A code


def test_a_code_is_shown_once_with_a_qr_code_and_kept_as_a_hash(
    session: Session, ditte: FlaskClient, world: World, ledger: Ledger
) -> None:
    code = offer(ditte, world)

    assert (ledger.last.commits, ledger.last.events) == (1, 1)
    kept = session.scalars(select(DeviceEnrolment)).one()
    assert len(code.replace(" ", "")) == 8
    assert code.replace(" ", "") not in kept.code_hash
    assert len(kept.code_hash) == 64
    assert code not in ditte.get("/tablets").text


def test_the_qr_code_carries_the_code_where_no_server_and_no_log_sees_it(
    ditte: FlaskClient, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []

    def draw(text: str) -> str:
        drawn.append(text)
        return "<svg></svg>"

    monkeypatch.setattr("webapp.blueprints.devices.routes.qr_svg", draw)

    code = offer(ditte, world).replace(" ", "")

    assert drawn == [f"http://127.0.0.1:8000/tablet#code={code}"]


def test_a_code_lets_one_tablet_in_and_the_lock_screen_is_what_it_shows(
    app: Flask, session: Session, ditte: FlaskClient, world: World, ledger: Ledger
) -> None:
    code = offer(ditte, world)
    tablet, second = app.test_client(), app.test_client()

    answer = tablet.post("/tablet", data={"code": f" {code.lower()} "})

    assert (answer.status_code, answer.location) == (303, "/lock")
    assert (ledger.last.commits, ledger.last.events) == (1, 1)
    assert ">Anna<" in tablet.get("/lock").text
    device = session.scalars(select(Device)).one()
    assert (device.name, device.department_id) == ("Køkkenet", world.soendermarken.id)
    cookie = tablet.get_cookie(COOKIE)
    assert cookie
    assert cookie.value not in device.token_hash
    assert len(cookie.value) >= 43, "256 bits"
    logged = session.scalars(select(AuditEvent).where(AuditEvent.action == "device.enrol")).one()
    assert (logged.actor_id, logged.device_id) == (world.ditte.id, device.id)
    again = second.post("/tablet", data={"code": code})
    assert again.status_code == 422
    assert "Koden virker ikke" in again.text
    assert second.get("/lock").location == "/login"


def test_a_code_is_over_after_ten_minutes(
    app: Flask, ditte: FlaskClient, world: World, set_clock: Callable[[datetime], None]
) -> None:
    code = offer(ditte, world)
    set_clock(NOW + timedelta(minutes=10))

    assert app.test_client().post("/tablet", data={"code": code}).status_code == 422


@pytest.mark.parametrize("code", ["", "AAAA AAAA", "x" * 5000, "' OR 1=1 --", "\x00"])
def test_a_forged_code_is_refused(client: FlaskClient, session: Session, code: str) -> None:
    answer = client.post("/tablet", data={"code": code})

    assert answer.status_code == 422
    assert client.get_cookie(COOKIE) is None
    assert set(actions(session)) <= {"device.refuse"}


def test_a_wrong_code_is_told_in_the_log_of_the_only_home_there_is(
    client: FlaskClient, session: Session
) -> None:
    session.add(home := Home(name="Solsikken"))
    session.commit()
    client.post("/tablet", data={"code": "AAAA AAAA"})
    assert session.scalars(select(AuditEvent.home_id)).all() == [home.id]
    session.add(Home(name="Egely"))
    session.commit()
    client.post("/tablet", data={"code": "AAAA AAAA"})

    assert set(session.scalars(select(AuditEvent.home_id))) == {home.id, None}


def test_whoever_keeps_guessing_codes_is_slowed_down(
    client: FlaskClient, session: Session, ditte: FlaskClient, world: World
) -> None:
    code = offer(ditte, world)
    for _ in range(50):
        client.post("/tablet", data={"code": "AAAA AAAA"})

    assert client.post("/tablet", data={"code": code}).status_code == 422
    assert actions(session).count("device.refuse") == 50


def test_enrolling_signs_out_whoever_was_signed_in_on_that_browser(
    session: Session, ditte: FlaskClient, world: World
) -> None:
    code = offer(ditte, world)

    ditte.post("/tablet", data={"code": code})

    assert ditte.get("/").location == "/lock?next=/"


def test_a_tablet_that_is_let_in_anew_is_one_tablet(
    app: Flask, session: Session, ditte: FlaskClient, world: World
) -> None:
    tablet = app.test_client()
    for name in ("Køkkenet", "Stuen"):
        tablet.post("/tablet", data={"code": offer(ditte, world, name)})

    page = ditte.get("/tablets").text

    assert "Stuen" in page
    assert "Køkkenet" not in page


# Who sets them up


def test_a_manager_sets_up_tablets_of_the_own_departments_an_admin_all_of_the_home(
    session: Session, ditte: FlaskClient, frida: FlaskClient, world: World
) -> None:
    add_device(session, world.soendermarken, world.ditte, "Køkkenet")
    add_device(session, world.laerkereden, world.ditte, "Gangen")
    session.get_one(Staff, world.ditte.id).departments = [
        session.get_one(Department, world.soendermarken.id)
    ]
    session.commit()

    assert "Gangen" not in ditte.get("/tablets").text
    assert "Gangen" in frida.get("/tablets").text
    assert "Lærkereden" not in ditte.get("/tablets/new").text
    elsewhere = {"name": "Gangen", "department": str(world.laerkereden.id)}
    assert ditte.post("/tablets/codes", data=elsewhere).status_code == 404
    assert frida.post("/tablets/codes", data=elsewhere).status_code == 200


@pytest.mark.parametrize("act", ["name", "revocation", "opening"])
def test_a_tablet_of_another_department_or_home_is_not_there(
    session: Session, ditte: FlaskClient, anna: FlaskClient, world: World, act: str
) -> None:
    session.get_one(Staff, world.ditte.id).departments = [
        session.get_one(Department, world.soendermarken.id)
    ]
    device, _ = add_device(session, world.laerkereden, world.ditte)
    own, _ = add_device(session, world.soendermarken, world.ditte)
    elsewhere = session.get_one(Department, world.stranger.department_id)
    strange, _ = add_device(session, elsewhere, world.ditte)
    session.commit()

    for id in (device.id, strange.id, uuid4()):
        assert ditte.post(f"/tablets/{id}/{act}", data={"name": "Min"}).status_code == 404
    assert anna.post(f"/tablets/{own.id}/{act}", data={"name": "Min"}).status_code == 404
    assert anna.get("/tablets").status_code == 403
    assert "device" not in " ".join(actions(session))


def test_the_empty_list_says_what_a_tablet_is_for(ditte: FlaskClient) -> None:
    page = ditte.get("/tablets").text

    assert "Her er ingen tablets endnu" in page
    assert "Tilføj en tablet" in page


def test_a_tablet_gets_another_name(session: Session, ditte: FlaskClient, world: World) -> None:
    device, _ = add_device(session, world.soendermarken, world.ditte)
    session.commit()

    assert ditte.post(f"/tablets/{device.id}/name", data={"name": " Stuen "}).status_code == 303
    refused = ditte.post(f"/tablets/{device.id}/name", data={"name": "x" * 41})

    session.expire_all()
    assert session.get_one(Device, device.id).name == "Stuen"
    assert refused.status_code == 422
    assert "x" * 41 in refused.text
    assert actions(session) == ["device.rename"]


# Let go


def test_a_tablet_that_is_let_go_opens_nothing_at_the_next_request(
    app: Flask, session: Session, ditte: FlaskClient, world: World
) -> None:
    device, tablet = put_up(app, session, world)
    unlock(tablet, world.anna, ANNAS)
    assert tablet.get("/").status_code == 200

    ditte.post(f"/tablets/{device.id}/revocation")

    assert tablet.get(f"/citizens/{world.sofie.id}").location == "/tablet"
    assert tablet.get("/", headers=HTMX).status_code == 401
    assert tablet.post("/lock", headers=HTMX).headers["HX-Redirect"] == "/tablet"
    assert unlock(tablet, world.anna, ANNAS).location == "/tablet"


def test_it_is_told_so_and_clears_what_it_read_but_not_what_it_has_to_send(
    app: Flask, session: Session, ditte: FlaskClient, world: World
) -> None:
    device, tablet = put_up(app, session, world)
    unlock(tablet, world.anna, ANNAS)
    ditte.post(f"/tablets/{device.id}/revocation")

    page = tablet.get("/tablet")

    assert "data-let-go" in page.text
    assert "Clear-Site-Data" not in page.headers
    assert tablet.get_cookie(COOKIE) is None
    assert "data-let-go" not in tablet.get("/tablet").text
    assert tablet.get("/lock").location == "/login"


@pytest.mark.parametrize("forged", ["x", "a" * 43, "Ø", "' OR 1=1"])
def test_a_forged_tablet_cookie_is_no_tablet_and_the_log_says_that_one_came(
    client: FlaskClient, world: World, forged: str, capsys: pytest.CaptureFixture[str]
) -> None:
    client.set_cookie(COOKIE, forged)

    assert client.get("/lock").location == "/tablet"
    assert "Anna" not in client.get("/tablet").text
    assert "tablet.refused" in capsys.readouterr().out


# Opened again


def test_a_manager_sees_a_locked_tablet_at_the_top_of_the_board_and_opens_it(
    app: Flask, session: Session, ditte: FlaskClient, anna: FlaskClient, world: World
) -> None:
    device, tablet = put_up(app, session, world)
    for _ in range(20):
        tablet.post("/lock/pin", data={"person": str(uuid4()), "pin": "000000"})
    assert unlock(tablet, world.anna, ANNAS).status_code == 422

    assert "Køkkenet, Søndermarken, er låst" in without_marks(ditte.get("/").text)
    assert "er låst" not in anna.get("/").text
    assert "prøvet for mange PIN-koder" in ditte.get("/tablets").text
    assert ditte.post(f"/tablets/{device.id}/opening").status_code == 303

    assert unlock(tablet, world.anna, ANNAS).status_code == 303


def test_the_list_says_whose_pin_a_tablet_takes_no_more(
    session: Session, ditte: FlaskClient, world: World
) -> None:
    device, _ = add_device(session, world.soendermarken, world.ditte)
    session.add(
        PinLock(device_id=device.id, staff_id=world.anna.id, failures=10, last_failed_at=NOW)
    )
    session.commit()

    assert "Tager ikke PIN fra Anna" in without_marks(ditte.get("/tablets").text)


def without_marks(text: str) -> str:
    """Return a page without the marks around what people wrote."""
    return text.replace("<bdi hx-ignore>", "").replace("</bdi>", "")


def test_a_pin_alone_neither_lets_a_tablet_in_nor_lets_one_go(
    app: Flask, session: Session, world: World
) -> None:
    device, tablet = put_up(app, session, world)
    session.get_one(Staff, world.ditte.id).pin_hash = passwords.hash_password("771204")
    session.commit()
    assert unlock(tablet, world.ditte, "771204").status_code == 303

    asked = [
        tablet.get("/tablets/new"),
        tablet.post("/tablets/codes"),
        tablet.post(f"/tablets/{device.id}/revocation"),
        tablet.post(f"/staff/{world.bo.id}/deactivation"),
        tablet.post(f"/staff/{world.bo.id}/reactivation"),
    ]

    for answer in asked:
        assert answer.location.startswith("/account/confirmation/new")
    assert actions(session) == ["sign_in.create"]
