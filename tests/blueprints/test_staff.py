"""The pages about those who work here: whose they are, and what each form does."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.blueprints.tapping import actions, count
from tests.factories import NOW, World, add_staff
from webapp.models import AuditEvent, Department, Invitation, Role, Staff

WITH_STAFF = {
    "staff.deactivate": "/staff/{}/deactivation",
    "staff.edit": "/staff/{}/edit",
    "staff.invite_again": "/staff/{}/invitations",
    "staff.reactivate": "/staff/{}/reactivation",
    "staff.reset_pin": "/staff/{}/pin/removal",
    "staff.reset_second_factor": "/staff/{}/second-factor/removal",
    "staff.show": "/staff/{}",
    "staff.update": "/staff/{}",
}
WRITES = {"staff.deactivate", "staff.invite_again", "staff.reactivate", "staff.update"}
WRITES |= {"staff.reset_pin", "staff.reset_second_factor"}
WITHOUT_STAFF = ("/staff", "/staff/new")


@pytest.fixture
def browsers(
    as_staff: Callable[[Staff], FlaskClient], session: Session, world: World
) -> dict[str, FlaskClient]:
    """Everyone, Pia who leads only Lærkereden, and an admin of the other home."""
    pia = add_staff(session, session.merge(world.laerkereden), "Pia", "Vang", Role.MANAGER)
    elsewhere = session.get_one(Department, world.stranger.department_id)
    ulla = add_staff(session, elsewhere, "Ulla", "Krogh", Role.ADMIN)
    session.commit()
    names = ("anna", "erik", "ditte", "frida")
    return {"pia": as_staff(pia), "ulla": as_staff(ulla)} | {
        name: as_staff(world.staff(name)) for name in names
    }


def ask(
    browser: FlaskClient, endpoint: str, staff: UUID, world: World, **fields: str
) -> TestResponse:
    """Open a page about a colleague, or send a form that fits."""
    data = {
        "new_id": str(uuid4()),
        "first_name": "Bo",
        "last_name": "Christensen",
        "email": "bo@solsikken.example",
        "role": "staff",
        "departments": str(world.soendermarken.id),
    } | fields
    method = "POST" if endpoint in WRITES else "GET"
    url = WITH_STAFF[endpoint].format(staff)
    return browser.open(url, method=method, data=data if method == "POST" else None)


# Whose


def test_every_route_that_names_a_colleague_is_listed_here(app: Flask) -> None:
    named = {rule.endpoint for rule in app.url_map.iter_rules() if "staff_id" in rule.arguments}

    assert {each for each in named if each.startswith("staff.")} == set(WITH_STAFF)


@pytest.mark.parametrize("endpoint", WITH_STAFF)
def test_only_who_manages_bo_finds_him_and_for_all_others_he_is_not_there(
    browsers: dict[str, FlaskClient], session: Session, world: World, endpoint: str
) -> None:
    for who, browser in browsers.items():
        response = ask(browser, endpoint, world.bo.id, world)
        if who in {"ditte", "frida"}:
            assert response.status_code in {200, 303}, who
        else:
            assert response.status_code == 404, who
            assert "Christensen" not in response.text
        assert ask(browser, endpoint, uuid4(), world).status_code == 404


@pytest.mark.parametrize("endpoint", sorted(WRITES | {"staff.edit"}))
@pytest.mark.parametrize("whom", ["ditte", "frida", "erik"])
def test_a_manager_sees_but_never_changes_who_sees_more(
    browsers: dict[str, FlaskClient], session: Session, world: World, endpoint: str, whom: str
) -> None:
    response = ask(browsers["pia"], endpoint, world.staff(whom).id, world)

    # Erik works in both departments, Ditte is a manager, Frida is nowhere.
    assert response.status_code == (404 if whom == "frida" else 403)
    assert count(session, AuditEvent) == count(session, Invitation) == 0


@pytest.mark.parametrize("url", WITHOUT_STAFF)
def test_only_managers_and_admins_open_the_list(browsers: dict[str, FlaskClient], url: str) -> None:
    status = {who: browser.get(url).status_code for who, browser in browsers.items()}

    assert status == dict.fromkeys(browsers, 200) | {"anna": 403, "erik": 403}


def test_the_list_of_a_home_names_nobody_of_another(
    browsers: dict[str, FlaskClient], world: World
) -> None:
    assert "Ulla" not in browsers["frida"].get("/staff").text
    assert "Anna" not in browsers["ulla"].get("/staff").text
    assert "Anna" not in browsers["pia"].get("/staff").text


def test_a_search_leaves_no_name_in_an_address_and_finds_who_was_let_go(
    browsers: dict[str, FlaskClient], session: Session, world: World
) -> None:
    session.get_one(Staff, world.bo.id).deactivated_at = NOW
    session.commit()

    found = browsers["frida"].post("/staff/search", data={"name": "CHRIST"})

    assert found.status_code == 200
    assert "Bo Christensen" in found.text
    assert "Anna" not in found.text
    assert "Ingen hedder det" in browsers["frida"].post("/staff/search", data={"name": "q"}).text
    assert actions(session) == ["staff.search", "staff.search"]


# What the forms do


def invite(browser: FlaskClient, world: World, **fields: str) -> TestResponse:
    data = {
        "new_id": str(uuid4()),
        "first_name": "Jonas",
        "last_name": "Lund",
        "email": "jonas@solsikken.example",
        "role": "staff",
        "departments": str(world.soendermarken.id),
    }
    return browser.post("/staff", data=data | fields)


def link_on(page: TestResponse) -> str:
    found = re.search(
        r'id="link" value="http://127\.0\.0\.1:\d+(/invitation/[\w-]{43})"', page.text
    )
    assert found
    return found[1]


def test_an_invitation_shows_its_link_once_as_text_and_as_a_picture(
    ditte: FlaskClient, session: Session, world: World
) -> None:
    id = str(uuid4())
    shown, again = (invite(ditte, world, new_id=id) for _ in range(2))

    assert shown.status_code == 200
    assert link_on(shown)
    assert "<svg" in shown.text
    assert "no-store" in shown.headers["Cache-Control"]
    assert (again.status_code, again.location) == (303, f"/staff/{id}")
    assert actions(session) == ["staff.invite"]
    assert link_on(shown).rpartition("/")[2] not in ditte.get(f"/staff/{id}").text


def test_an_invited_colleague_chooses_a_password_and_is_in(
    ditte: FlaskClient, client: FlaskClient, world: World
) -> None:
    link = link_on(invite(ditte, world))

    page = client.get(link)
    assert "Velkommen, <bdi hx-ignore>Jonas</bdi>" in page.text
    assert "Solsikken" in page.text
    assert "jonas@solsikken.example" in page.text
    chosen = client.post(link, data={"password": "regnvejr i Skagen"})

    assert (chosen.status_code, chosen.location) == (303, "/")
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    ("field", "value", "status", "words"),
    [
        ("first_name", " ", 422, "Skriv fornavnet."),
        ("last_name", "", 422, "Skriv efternavnet."),
        ("email", "jonas@", 422, "ligner ikke en e-mailadresse"),
        ("email", "anna@solsikken.example", 409, "har allerede den e-mailadresse"),
        ("role", "", 422, "Vælg en rolle."),
        ("role", "chef", 422, "Vælg en af mulighederne."),
        ("role", "admin", 403, "Kun en administrator"),
        ("role", "manager", 403, "Kun en administrator"),
        ("departments", "", 422, "Siden blev ikke hentet helt"),
        ("departments", str(UUID(int=7)), 422, "Vælg mindst én af de afdelinger"),
        ("new_id", "", 422, "Siden blev ikke hentet helt"),
        ("first_name", "Jo\x00nas", 422, "usynligt skrifttegn"),
        ("last_name", "x" * 201, 422, "for langt"),
    ],
)
def test_what_does_not_fit_is_told_at_its_field_and_all_is_kept(
    ditte: FlaskClient, session: Session, world: World, field: str, value: str, status: int,
    words: str,
) -> None:  # fmt: skip
    before = count(session, Staff)
    response = invite(ditte, world, **{"last_name": "Lundager", field: value})

    assert response.status_code == status
    assert words in response.text
    assert field == "last_name" or "Lundager" in response.text
    assert count(session, Staff) == before
    assert actions(session) == []


def test_posting_more_than_the_form_asks_gives_no_more(
    ditte: FlaskClient, session: Session, world: World
) -> None:
    invite(
        *(ditte, world),
        home_id=str(session.get_one(Department, world.stranger.department_id).home_id),
        password_hash="x",
        totp_confirmed_at="2026-01-01",
    )

    jonas = session.scalars(select(Staff).where(Staff.first_name == "Jonas")).one()
    assert (jonas.home_id, jonas.password_hash, jonas.role) == (world.home.id, None, Role.STAFF)
    assert jonas.totp_confirmed_at is None


def test_a_manager_cannot_raise_a_colleague_by_posting_a_role(
    ditte: FlaskClient, session: Session, world: World
) -> None:
    response = ask(ditte, "staff.update", world.bo.id, world, role="admin")

    assert response.status_code == 403
    assert session.get_one(Staff, world.bo.id).role is Role.STAFF


def test_an_admin_cannot_change_their_own_role_or_shut_themselves_out(
    as_staff: Callable[[Staff], FlaskClient], session: Session, world: World
) -> None:
    frida = as_staff(world.frida)

    answers = [
        ask(frida, "staff.update", world.frida.id, world, email="frida@solsikken.example"),
        ask(frida, "staff.deactivate", world.frida.id, world),
    ]

    assert [each.status_code for each in answers] == [403, 403]
    assert session.get_one(Staff, world.frida.id).role is Role.ADMIN
    assert frida.get("/").status_code == 200


def test_whoever_is_let_go_is_out_at_the_next_request(
    ditte: FlaskClient, bo: FlaskClient, session: Session, world: World
) -> None:
    assert bo.get("/").status_code == 200

    assert ask(ditte, "staff.deactivate", world.bo.id, world).status_code == 303

    assert bo.get("/").location.startswith("/login")
    assert "Luk op igen" in ditte.get(f"/staff/{world.bo.id}").text
    assert ask(ditte, "staff.reactivate", world.bo.id, world).status_code == 303
    assert bo.get("/").location.startswith("/login"), "they sign in anew"


def test_a_lost_pin_and_a_lost_telephone_are_taken_away_once(
    ditte: FlaskClient, session: Session, world: World
) -> None:
    bo = session.get_one(Staff, world.bo.id)
    bo.pin_hash, bo.totp_secret, bo.totp_confirmed_at = "hash", "sealed", NOW
    session.commit()
    assert "Nulstil PIN" in ditte.get(f"/staff/{bo.id}").text

    for _ in range(2):
        for endpoint in ("staff.reset_pin", "staff.reset_second_factor"):
            assert ask(ditte, endpoint, bo.id, world).status_code == 303

    session.expire_all()
    kept = session.get_one(Staff, world.bo.id)
    assert kept.pin_hash is None
    assert kept.totp_confirmed_at is None
    assert actions(session) == ["pin.reset", "second_factor.reset"]


@pytest.mark.parametrize(
    "endpoint",
    ["edit", "update", "invite_again", "reset_pin", "reset_second_factor"],
)
def test_whoever_proved_long_ago_who_they_are_does_it_anew_before_they_change_rights(
    ditte: FlaskClient,
    session: Session,
    world: World,
    set_clock: Callable[[datetime], None],
    endpoint: str,
) -> None:
    set_clock(NOW + timedelta(minutes=11))

    response = ask(ditte, f"staff.{endpoint}", world.bo.id, world)

    assert response.status_code == 303
    assert response.location.startswith("/account/confirmation")
    assert actions(session) == []


# Links


def test_a_link_works_once_and_for_nobody_who_changed_a_letter(
    ditte: FlaskClient, app: Flask, session: Session, world: World
) -> None:
    link = link_on(ask(ditte, "staff.invite_again", world.bo.id, world))
    client = app.test_client()
    before = session.get_one(Staff, world.bo.id).password_hash

    forged = link[:-1] + ("A" if link[-1] != "A" else "B")
    for method in ("get", "post"):
        refused = getattr(client, method)(forged, data={"password": "regnvejr i Skagen"})
        assert refused.status_code == 404
        assert "Linket virker ikke mere" in refused.text
    session.expire_all()
    assert session.get_one(Staff, world.bo.id).password_hash == before

    assert client.post(link, data={"password": "kort"}).status_code == 422
    assert client.post(link, data={"password": "smaategn-demo"}).status_code == 422
    assert client.post(link, data={"password": "regnvejr i Skagen"}).status_code == 303
    assert app.test_client().post(link, data={"password": "en anden gang!"}).status_code == 404
    assert app.test_client().get(link).status_code == 404
    assert actions(session) == ["invitation.create", "invitation.use"]


def test_looking_at_a_link_uses_nothing_up_and_writes_nothing(
    ditte: FlaskClient, app: Flask, session: Session, world: World
) -> None:
    link = link_on(ask(ditte, "staff.invite_again", world.bo.id, world))
    for _ in range(3):
        assert app.test_client().get(link).status_code == 200

    assert actions(session) == ["invitation.create"]


def test_opening_a_link_ends_whoever_was_signed_in_on_the_browser(
    ditte: FlaskClient, bo: FlaskClient, app: Flask, world: World
) -> None:
    link = link_on(ask(ditte, "staff.invite_again", world.bo.id, world))
    cookie = ditte.get_cookie("smaategn")
    assert cookie

    assert ditte.post(link, data={"password": "regnvejr i Skagen"}).status_code == 303

    copied = app.test_client()
    copied.set_cookie("smaategn", cookie.value)
    assert copied.get("/").location.startswith("/login")
    assert bo.get("/").location.startswith("/login"), "Bo's other sessions ended too"


def test_the_log_never_names_a_link(
    ditte: FlaskClient, client: FlaskClient, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    link = link_on(ask(ditte, "staff.invite_again", world.bo.id, world))
    client.get(link)
    client.post(link, data={"password": "kort"})

    said = capsys.readouterr()
    assert link.rpartition("/")[2] not in said.out + said.err
