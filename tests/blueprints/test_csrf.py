"""Forged requests: a token on every write, the browser's own word, and reads that only read."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from tests.blueprints.answers import token, tokens
from tests.blueprints.tapping import HTMX, count, words
from tests.databases import settings_for
from tests.factories import (
    NOW,
    PAPER,
    PICTURE,
    World,
    add_consent,
    add_contact,
    add_device,
    add_done,
    add_goal_template,
    add_home_pictogram,
    add_observation,
    add_order,
    add_order_file,
    add_picture,
    add_picture_clip,
    add_step_clip,
    add_step_picture,
    add_step_voice,
)
from tests.personas import DEMO_PASSWORD
from webapp import create_app
from webapp.adapters.media_store import put_media
from webapp.db import db
from webapp.models import (
    Base,
    EmergencyAccess,
    Intervention,
    Invitation,
    LogCheck,
    Observation,
    Sparring,
    SparringComment,
    Staff,
    StaffSession,
)
from webapp.services.sign_in import hash_secret

HERE = "http://localhost"


@pytest.fixture(autouse=True)
def tokens_are_asked_for(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)


def stored(session: Session) -> dict[str, int]:
    """Return how many rows each table has."""
    return {
        table.name: session.scalar(select(func.count()).select_from(table)) or 0
        for table in Base.metadata.sorted_tables
    }


def rules(app: Flask, method: str) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if method in (rule.methods or set())]


def writes(app: Flask) -> list[Rule]:
    """Return what people write with; a browser's own reports are test_csp_reports'."""
    return [rule for rule in rules(app, "POST") if rule.endpoint != "csp_reports.create"]


def address(app: Flask, rule: Rule, ids: dict[str, Any]) -> str:
    """Return an address of a rule that leads to a record of Anna's."""
    with app.test_request_context():
        built: str = app.url_for(rule.endpoint, **{name: ids[name] for name in rule.arguments})
    return built


def fields() -> dict[str, str]:
    """Return what every write takes, so that nothing but the token is missing."""
    return {
        "new_id": str(uuid4()),
        "outcome": "not_seen",
        "reason": "Jeg trykkede forkert",
        "language": "en",
        "email": "anna@solsikken.example",
        "password": "smaategn-demo",
    }


@pytest.fixture
def ids(app: Flask, session: Session, world: World) -> dict[str, Any]:
    """One record of each kind, all of a citizen of Anna's."""
    seen = add_observation(session, world.teeth, world.takes_brush, world.anna)
    intervention = session.scalars(select(Intervention)).one()
    done = add_done(session, intervention, world.anna)
    contact, order = add_contact(session, world.sofie), add_order(session, world.sofie)
    file = add_order_file(session, order, world.anna)
    picture = add_picture(session, seen, world.sofie)
    add_picture_clip(session, picture)
    step_picture = add_step_picture(session, intervention, world.anna)
    step_clip = add_step_clip(session, intervention, world.anna)
    step_voice = add_step_voice(session, step_clip.step, world.anna)
    for kept in (PAPER, PICTURE):
        put_media(app.extensions["media_store"], kept)
    asked = SparringComment(author_id=world.anna.id, text="Er tegnet for stort?", written_at=NOW)
    sparring = Sparring(goal_id=world.teeth.id, opened_at=NOW, comments=[asked])
    session.add(sparring)
    invited = Invitation(
        secret_hash=hash_secret("en-indbydelse"), staff_id=world.bo.id, made_at=NOW
    )
    check = LogCheck(home_id=world.home.id, drawn_by_id=world.ditte.id, drawn_at=NOW)
    ends_at = NOW + timedelta(minutes=60)
    opened = EmergencyAccess(
        staff_id=world.carl.id,
        citizen_id=world.sofie.id,
        reason="Sofie er faldet på badeværelset",
        begun_at=NOW,
        ends_at=ends_at,
    )
    session.add_all([invited, check, opened])
    device, _secret = add_device(session, world.soendermarken, world.ditte)
    consent = add_consent(session, world.sofie, world.anna)
    template = add_goal_template(session, world.anna)
    own = add_home_pictogram(session, world.ditte)
    session.commit()
    return {
        "citizen_id": world.sofie.id,
        "goal_id": world.teeth.id,
        "sign_id": world.takes_brush.id,
        "observation_id": seen.id,
        "intervention_id": intervention.id,
        "done_id": done.id,
        "contact_id": contact.id,
        "order_id": order.id,
        "order_file_id": file.id,
        "sparring_id": sparring.id,
        "template_id": template.id,
        "consent_id": consent.id,
        "access_id": opened.id,
        "check_id": check.id,
        "staff_id": world.bo.id,
        "department_id": world.soendermarken.id,
        "device_id": device.id,
        "session_id": uuid4(),
        "picture_id": picture.id,
        "step_id": step_picture.step_id,
        "step_picture_id": step_picture.id,
        "home_pictogram_id": own.id,
        "step_clip_id": step_clip.id,
        "step_voice_id": step_voice.id,
        "sha256": "a" * 64,
        "entry_id": uuid4(),
        "secret": "en-indbydelse",
        "release": "abc",
        "name": "icons/icon-192.png",
    }


# The token


CARRIED_BY_ANYBODY = {"sync.create_batch", "sync.create_upload", "sync.change_upload"}
"""Signed by their authors, or named by what they signed; see docs/sync-protocol.md."""


@pytest.mark.parametrize("sent", ["", "gættet", "IjEi.x.y"])
@pytest.mark.parametrize("htmx", [False, True], ids=["page", "htmx"])
def test_no_write_without_its_token(
    app: Flask,
    anna: FlaskClient,
    session: Session,
    world: World,
    ids: dict[str, Any],
    sent: str,
    htmx: bool,
) -> None:
    before = stored(session)
    for rule in [rule for rule in writes(app) if rule.endpoint not in CARRIED_BY_ANYBODY]:
        response = anna.post(
            address(app, rule, ids),
            data=fields() | ({"csrf_token": sent} if sent else {}),
            headers=HTMX if htmx else {},
        )

        assert response.status_code == 400, rule.endpoint
        assert "Hent siden igen" in words(response)
        assert "Kode : csrf".replace(" ", "") in words(response).replace(" ", "")
        assert ("<html" not in response.text) == htmx
    assert stored(session) == before
    with anna.session_transaction() as cookie:
        assert "language" not in cookie


@pytest.mark.parametrize("way", ["form", "header"])
def test_the_token_of_the_page_opens_every_write(
    anna: FlaskClient, world: World, session: Session, way: str
) -> None:
    carried = token(anna, "/")
    url = f"/signs/{world.takes_brush.id}/observations"

    response = anna.post(
        url,
        data=fields() | ({"csrf_token": carried} if way == "form" else {}),
        headers={"X-CSRFToken": carried} if way == "header" else {},
    )

    assert response.status_code == 303
    assert count(session, Observation) == 1


def test_a_token_of_someone_else_is_no_token(
    anna: FlaskClient, bo: FlaskClient, world: World, session: Session
) -> None:
    response = anna.post(
        f"/signs/{world.takes_brush.id}/observations",
        data=fields() | {"csrf_token": token(bo, "/")},
    )

    assert response.status_code == 400
    assert count(session, Observation) == 0


def test_a_page_that_stood_open_all_day_still_writes(
    anna: FlaskClient, world: World, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    from itsdangerous import TimestampSigner

    carried = token(anna, "/")
    long_after = TimestampSigner.get_timestamp(TimestampSigner("x")) + 9 * 60 * 60
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _self: long_after)

    response = anna.post(
        f"/signs/{world.takes_brush.id}/observations", data=fields() | {"csrf_token": carried}
    )

    assert response.status_code == 303


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "multipart/form-data"])
def test_no_other_kind_of_body_gets_around_the_token(
    anna: FlaskClient, world: World, session: Session, kind: str
) -> None:
    response = anna.post(
        f"/signs/{world.takes_brush.id}/observations",
        data=f"new_id={uuid4()}&outcome=seen",
        content_type=kind,
    )

    assert response.status_code == 400
    assert count(session, Observation) == 0


@pytest.mark.parametrize("who", ["anna", "ditte", "frida"])
def test_every_form_on_every_page_carries_the_token(
    app: Flask,
    as_staff: Callable[[Staff], FlaskClient],
    world: World,
    ids: dict[str, Any],
    who: str,
) -> None:
    browser, carried = as_staff(world.staff(who)), 0
    for rule in rules(app, "GET"):
        page = browser.get(address(app, rule, ids))
        if page.mimetype == "text/html":
            forms = page.text.count('method="post"')
            assert page.text.count('name="csrf_token"') == forms, rule.endpoint
            carried += forms
    assert carried


# The browser's own word


@pytest.mark.one_database
@pytest.mark.parametrize(
    "said",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "noget nyt"},
        {"Sec-Fetch-Site": "cross-site", "Origin": HERE},
        {"Origin": "https://ond.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://localhost:81"},
        {"Origin": "https://localhost"},
        {"Origin": "http://localhost.ond.example"},
        {"Origin": "http://ond.example@localhost"},
    ],
    ids=str,
)
def test_a_write_from_elsewhere_is_refused_even_with_the_token(
    app: Flask,
    anna: FlaskClient,
    session: Session,
    world: World,
    ids: dict[str, Any],
    said: dict[str, str],
) -> None:
    carried = token(anna, "/")
    before = stored(session)
    for rule in writes(app):
        response = anna.post(
            address(app, rule, ids), data=fields() | {"csrf_token": carried}, headers=said
        )

        assert response.status_code == 403, rule.endpoint
        assert "foreign_origin" in response.text
    assert stored(session) == before | {"audit_events": before["audit_events"]}
    assert session.scalars(select(StaffSession.ended_at)).all() == [None]


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": HERE},
        {"Sec-Fetch-Site": "same-origin", "Origin": HERE},
    ],
    ids=str,
)
def test_our_own_pages_and_programs_that_are_no_browser_may_write(
    anna: FlaskClient, world: World, session: Session, said: dict[str, str]
) -> None:
    response = anna.post(
        f"/signs/{world.takes_brush.id}/observations",
        data=fields() | {"csrf_token": token(anna, "/")},
        headers=said,
    )

    assert response.status_code == 303
    assert count(session, Observation) == 1


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("https://tegn.solgaarden.dk", 422),
        ("http://tegn.solgaarden.dk", 403),
        ("http://127.0.0.1:8000", 403),
        ("https://solgaarden.dk", 403),
    ],
)
@pytest.mark.parametrize("asked", ["https://tegn.solgaarden.dk", "http://127.0.0.1:8000"])
def test_behind_a_proxy_only_the_public_address_is_ours_whatever_host_it_asks_for(
    database_url: str, tmp_path: Path, origin: str, status: int, asked: str
) -> None:
    public = "https://tegn.solgaarden.dk"
    behind = create_app(settings_for(database_url, tmp_path, SMAATEGN_PUBLIC_URL=public))
    client = behind.test_client()
    page = client.get("/setup", base_url=public)
    cookie = client.get_cookie("__Host-smaategn", domain="tegn.solgaarden.dk")
    assert cookie

    response = behind.test_client(use_cookies=False).post(
        "/setup",
        data={"csrf_token": tokens(page)[0]},
        base_url=asked,
        headers={"Origin": origin, "Cookie": f"__Host-smaategn={cookie.value}"},
    )

    assert response.status_code == status
    with behind.app_context():
        db.engine.dispose()


@pytest.mark.parametrize("said", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}], ids=str)
def test_a_link_from_elsewhere_may_be_followed(anna: FlaskClient, said: dict[str, str]) -> None:
    assert anna.get("/", headers=said).status_code == 200


# Reading


ELSEWHERE = {
    # What is not there in this installation: a file, the first run, an identity provider.
    *("static", "pwa.favicon", "setup.new", "auth.finish_provider", "auth.begin_provider"),
    "account.find_provider_account",
    # One's own checks and emergencies; tests/blueprints/test_audit.py and test_emergency.py.
    *("audit.show_check",),
    # Only on a shared tablet; tests/blueprints/test_standby.py.
    "sync.show_standby",
}


def test_reading_changes_nothing_but_the_audit_log(
    app: Flask,
    as_staff: Callable[[Staff], FlaskClient],
    session: Session,
    world: World,
    ids: dict[str, Any],
) -> None:
    browsers = [as_staff(world.staff(who)) for who in ("anna", "ditte", "frida")]
    before = stored(session)
    for rule in rules(app, "GET"):
        for method in ("GET", "HEAD", "OPTIONS"):
            answers = [
                browser.open(address(app, rule, ids), method=method, query_string=fields())
                for browser in browsers
            ]
            is_open = any(answer.status_code < 400 for answer in answers)
            assert is_open or rule.endpoint in ELSEWHERE, rule.endpoint

    after = stored(session)
    events = after.pop("audit_events") - before.pop("audit_events")
    assert events == after.pop("audit_links") - before.pop("audit_links") > 0
    assert after == before
    assert browsers[0].get("/login").location == "/"


def test_a_method_may_not_be_smuggled_in(anna: FlaskClient, session: Session, world: World) -> None:
    url = f"/signs/{world.takes_brush.id}/observations"
    fields_in_address = fields() | {"_method": "POST"}

    response = anna.get(
        url, query_string=fields_in_address, headers={"X-HTTP-Method-Override": "POST"}
    )

    assert response.status_code == 405
    assert count(session, Observation) == 0


# Pages for everyone


def test_these_pages_need_no_sign_in_and_every_other_does(
    app: Flask, client: FlaskClient, world: World, ids: dict[str, Any]
) -> None:
    opened = {
        rule.endpoint
        for rule in rules(app, "GET")
        if client.get(address(app, rule, ids)).status_code != 303
    }

    assert opened == {
        "auth.begin_provider",
        "auth.finish_provider",
        "auth.new",
        "devices.new_tablet",
        "health.alive",
        "health.ready",
        "invitations.show",
        "lock.offline",
        "pwa.favicon",
        "pwa.manifest",
        "pwa.offline",
        "pwa.recover",
        "pwa.worker",
        "setup.new",
        "static",
        "styles",
    }


def test_pages_for_everyone_tell_nothing_about_anyone(
    app: Flask, anna: FlaskClient, world: World, ids: dict[str, Any]
) -> None:
    for endpoint in ("health.alive", "health.ready", "pwa.offline", "lock.offline", "pwa.worker"):
        with app.test_request_context():
            response = anna.get(app.url_for(endpoint))
        for personal in ("Anna", "Sofie", "Solsikken", "Søndermarken"):
            assert personal not in response.text


def test_pages_read_side_by_side_right_after_sign_in_carry_one_token(
    app: Flask, client: FlaskClient, world: World
) -> None:
    who = {"email": world.anna.email, "password": DEMO_PASSWORD}
    client.post("/login", data={"csrf_token": token(client), **who})
    cookie = client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    assert cookie
    one, other = app.test_client(), app.test_client()
    for browser in (one, other):
        browser.set_cookie(cookie.key, cookie.value)

    on_one_page, on_other_page = token(one, "/"), token(other, "/")

    # A browser keeps the cookie of whichever answer came last.
    assert one.post("/logout", data={"csrf_token": on_other_page}).status_code == 303
    assert on_one_page
