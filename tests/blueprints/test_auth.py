"""Sign in and out: one answer to every mistake, nothing survives that should not."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from threading import BoundedSemaphore
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.blueprints.answers import token, tokens, without_tokens
from tests.blueprints.conftest import Ledger
from tests.blueprints.tapping import HTMX, actions, words
from tests.databases import settings_for
from tests.factories import NOW, World
from webapp import create_app
from webapp.adapters import passwords
from webapp.db import db
from webapp.models import SignInThrottle, Staff, StaffSession
from webapp.pages import own_page
from webapp.services.sign_in import DEMO_PASSWORD
from webapp.services.staff import set_password

ANNA = "anna@solsikken.example"
REFUSAL = "E-mail og adgangskode passer ikke sammen"


def sign_in(
    client: FlaskClient,
    email: str = ANNA,
    password: str = DEMO_PASSWORD,
    *,
    address: str = "192.168.1.20",
    **more: str,
) -> TestResponse:
    return client.post(
        "/login",
        data={"email": email, "password": password, **more},
        environ_overrides={"REMOTE_ADDR": address},
    )


def cookie_of(client: FlaskClient) -> str:
    """Return what the browser keeps as session cookie."""
    cookie = client.get_cookie("smaategn")
    assert cookie
    return cookie.value


def is_in(client: FlaskClient) -> bool:
    return client.get("/").status_code == 200


# In


@pytest.mark.usefixtures("world")
def test_the_right_password_leads_to_the_board(client: FlaskClient) -> None:
    response = sign_in(client)

    assert (response.status_code, response.location) == (303, "/")
    assert "Søndermarken" in client.get("/").text


@pytest.mark.usefixtures("world")
def test_an_email_address_may_be_written_carelessly(client: FlaskClient) -> None:
    assert sign_in(client, "  ANNA@Solsikken.example ").status_code == 303


@pytest.mark.usefixtures("anna")
def test_whoever_is_in_already_is_sent_on(anna: FlaskClient) -> None:
    assert anna.get("/login").location == "/"


@pytest.mark.usefixtures("world")
def test_signing_in_is_one_commit_with_one_audit_event(
    client: FlaskClient, session: Session, ledger: Ledger
) -> None:
    sign_in(client)

    assert (ledger.last.commits, ledger.last.events) == (1, 1)
    assert actions(session) == ["sign_in.create"]


def test_the_cookie_holds_a_secret_and_neither_name_nor_id(
    app: Flask, client: FlaskClient, world: World
) -> None:
    sign_in(client)

    with client.session_transaction() as cookie:
        held = str(dict(cookie))
    for personal in (str(world.anna.id), "Anna", "anna@", "Madsen"):
        assert personal not in held
    assert len(cookie_of(client)) < 1000


# Refused


def test_every_refusal_looks_the_same(app: Flask, session: Session, world: World) -> None:
    session.merge(world.bo).deactivated_at = NOW
    session.merge(world.carl).password_hash = None
    session.commit()
    asked = [
        (ANNA, "ikke annas kodeord"),
        ("nogen@solsikken.example", DEMO_PASSWORD),
        ("bo@solsikken.example", DEMO_PASSWORD),
        ("carl@solsikken.example", DEMO_PASSWORD),
        ("slet ikke en adresse", DEMO_PASSWORD),
        ("nul@solsikken.example\x00", DEMO_PASSWORD),
    ]

    answers = [(email, sign_in(app.test_client(), email, word)) for email, word in asked]

    assert {answer.status_code for _, answer in answers} == {422}
    assert len({without_tokens(answer).replace(email, "") for email, answer in answers}) == 1
    assert len({tuple(answer.headers.keys()) for _, answer in answers}) == 1
    assert REFUSAL in answers[0][1].text


@pytest.mark.usefixtures("world")
def test_a_shut_door_looks_like_a_wrong_password(app: Flask) -> None:
    first = sign_in(app.test_client(), password="ikke annas kodeord")
    for _ in range(4):
        sign_in(app.test_client(), password="ikke annas kodeord")

    shut = sign_in(app.test_client())

    assert shut.status_code == first.status_code == 422
    assert without_tokens(shut) == without_tokens(first)


@pytest.mark.usefixtures("world")
def test_a_refusal_keeps_the_address_and_never_the_password(client: FlaskClient) -> None:
    response = sign_in(client, password="ikke annas kodeord", next="/citizens/1")

    assert f'value="{ANNA}"' in response.text
    assert 'value="/citizens/1"' in response.text
    assert "ikke annas kodeord" not in response.text


@pytest.mark.parametrize(
    ("email", "password", "said"),
    [
        ("", DEMO_PASSWORD, "Skriv din e-mail."),
        (ANNA, "", "Skriv din adgangskode."),
        ("a" * 250 + "@b.dk", DEMO_PASSWORD, "Det er for langt."),
        (ANNA, "x" * 201, "Det er for langt."),
    ],
)
def test_what_is_missing_or_too_long_is_told_at_the_field_and_not_counted(
    client: FlaskClient, session: Session, email: str, password: str, said: str
) -> None:
    response = sign_in(client, email, password)

    assert response.status_code == 422
    assert said in words(response)
    assert session.scalars(select(SignInThrottle)).all() == []


# Slowed down


@pytest.mark.usefixtures("world")
def test_five_mistakes_shut_the_door_for_half_a_minute(
    client: FlaskClient, set_clock: Callable[[datetime], None]
) -> None:
    for _ in range(5):
        sign_in(client, password="ikke annas kodeord")

    assert sign_in(client).status_code == 422
    assert sign_in(client, "bo@solsikken.example").status_code == 303
    assert sign_in(client, address="203.0.113.9").status_code == 303
    set_clock(NOW + timedelta(seconds=30))
    assert sign_in(client).status_code == 303


@pytest.mark.usefixtures("world")
def test_a_restart_opens_no_door(
    app: Flask, client: FlaskClient, database_url: str, tmp_path: Path
) -> None:
    for _ in range(5):
        sign_in(client, password="ikke annas kodeord")

    restarted = create_app(settings_for(database_url, tmp_path))
    restarted.config.update(TESTING=True, WTF_CSRF_ENABLED=False)

    assert sign_in(restarted.test_client()).status_code == 422
    assert sign_in(restarted.test_client(), "bo@solsikken.example").status_code == 303
    with restarted.app_context():
        db.engine.dispose()


@pytest.mark.usefixtures("world")
def test_knocking_on_a_shut_door_stores_nothing(client: FlaskClient, ledger: Ledger) -> None:
    for _ in range(5):
        sign_in(client, password="ikke annas kodeord")

    sign_in(client, password="ikke annas kodeord")

    assert (ledger.last.written, ledger.last.events) == (set(), 0)


@pytest.mark.usefixtures("world")
def test_a_wrong_try_is_one_commit_with_one_audit_event(
    client: FlaskClient, ledger: Ledger
) -> None:
    sign_in(client, password="ikke annas kodeord")

    assert (ledger.last.commits, ledger.last.events) == (1, 1)
    assert ledger.last.written == {"sign_in_throttles"}


# What survives and what does not


@pytest.mark.usefixtures("world")
def test_nothing_set_before_signing_in_survives_it_but_the_language(client: FlaskClient) -> None:
    with client.session_transaction() as cookie:
        cookie.update(planted="af en fremmed", language="en", _user_id="gættet", csrf_token="gæt")

    sign_in(client)

    with client.session_transaction() as cookie:
        assert set(cookie) - {"_fresh", "_id"} == {"language", "_user_id", "csrf_token"}
        assert cookie["_user_id"] != "gættet"
        assert cookie["csrf_token"] != "gæt"
        assert cookie["language"] == "en"


@pytest.mark.usefixtures("world")
def test_a_cookie_from_before_signing_in_opens_nothing_afterwards(
    app: Flask, client: FlaskClient
) -> None:
    client.get("/login")
    before = cookie_of(client)

    sign_in(client)

    other = app.test_client()
    other.set_cookie("smaategn", before)
    assert not is_in(other)
    assert cookie_of(client) != before


@pytest.mark.usefixtures("world")
def test_the_page_after_signing_in_carries_a_new_token(
    client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    before = token(client)

    assert sign_in(client, csrf_token=before).status_code == 303

    assert client.post("/logout", data={"csrf_token": before}).status_code == 400
    assert client.post("/logout", data={"csrf_token": token(client, "/")}).status_code == 303


@pytest.mark.usefixtures("world")
def test_signing_in_as_someone_else_ends_the_session_that_was_there(
    app: Flask, client: FlaskClient
) -> None:
    sign_in(client)
    copy = app.test_client()
    copy.set_cookie("smaategn", cookie_of(client))
    assert is_in(copy)

    sign_in(client, "bo@solsikken.example")

    assert not is_in(copy)
    assert "Bo" in client.get("/").text


@pytest.mark.usefixtures("world")
def test_a_mistake_while_someone_is_in_leaves_them_in(client: FlaskClient) -> None:
    sign_in(client)

    response = sign_in(client, "bo@solsikken.example", "ikke bos kodeord")

    assert response.status_code == 422
    assert is_in(client)


# Out


def test_logging_out_kills_every_copy_of_the_cookie(
    app: Flask, anna: FlaskClient, session: Session, world: World
) -> None:
    anna.get("/")
    copy = app.test_client()
    copy.set_cookie("smaategn", cookie_of(anna))
    assert is_in(copy)

    response = anna.post("/logout")

    assert (response.status_code, response.location) == (303, "/login")
    assert response.headers["Clear-Site-Data"] == '"cache"'
    assert not is_in(copy)
    assert not is_in(anna)
    assert copy.get("/", headers=HTMX).status_code == 401
    ended = session.scalars(select(StaffSession)).one()
    assert ended.ended_at == NOW
    assert actions(session)[-1] == "sign_in.end"


def test_logging_out_empties_the_cookie_but_for_the_language(anna: FlaskClient) -> None:
    anna.post("/language", data={"language": "en"})

    anna.post("/logout")

    with anna.session_transaction() as cookie:
        assert set(cookie) == {"language"}
    assert "Log in" in anna.get("/login").text


def test_logging_out_on_one_tablet_leaves_the_other_in(
    as_staff: Callable[[Staff], FlaskClient], world: World
) -> None:
    kitchen, office = as_staff(world.anna), as_staff(world.anna)

    kitchen.post("/logout")

    assert not is_in(kitchen)
    assert is_in(office)


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH"])
def test_logging_out_takes_a_form(anna: FlaskClient, method: str) -> None:
    assert anna.open("/logout", method=method).status_code == 405
    assert is_in(anna)


def test_a_session_ends_after_ten_hours(
    anna: FlaskClient, set_clock: Callable[[datetime], None]
) -> None:
    for minutes in range(0, 600, 45):
        set_clock(NOW + timedelta(minutes=minutes))
        assert is_in(anna), "somebody who is there stays in"
    set_clock(NOW + timedelta(hours=10) - timedelta(seconds=1))
    assert is_in(anna)

    set_clock(NOW + timedelta(hours=10))

    assert not is_in(anna)
    assert anna.get("/", headers=HTMX).status_code == 401


def test_whoever_is_deactivated_is_out_at_the_next_request(
    anna: FlaskClient, session: Session, world: World
) -> None:
    assert is_in(anna)

    session.get_one(Staff, world.anna.id).deactivated_at = NOW

    assert not is_in(anna)


def test_a_new_password_signs_out_everywhere(
    anna: FlaskClient, session: Session, world: World
) -> None:
    anna_herself = session.get_one(Staff, world.anna.id)
    set_password(session, anna_herself, "solskin i Skagen", actor=None, now=NOW)

    assert not is_in(anna)
    assert sign_in(anna).status_code == 422
    assert sign_in(anna, password="solskin i Skagen").status_code == 303


@pytest.mark.parametrize("forged", ["", "x", "eyJfdXNlcl9pZCI6ImEifQ.x.y"])
def test_a_forged_cookie_opens_nothing(client: FlaskClient, forged: str) -> None:
    client.set_cookie("smaategn", forged)
    client.set_cookie("remember_token", "anna|x")

    assert not is_in(client)


# The page someone was on the way to


@pytest.mark.parametrize(
    "path", ["/", "/citizens/1", "/?show=mine", "/?department=a&show=mine#top", "/søg?q=æ ø"]
)
def test_after_signing_in_one_is_where_one_was_going(path: str) -> None:
    assert own_page(path) == path


ELSEWHERE = [
    "//ond.example",
    "///ond.example",
    "/\\ond.example",
    "/\\/ond.example",
    "\\\\ond.example",
    "https://ond.example",
    "https:/ond.example",
    "https:ond.example",
    "javascript:alert(1)",
    "ond.example",
    "./citizens",
    "/\t/ond.example",
    "/\n/ond.example",
    "\t//ond.example",
    " //ond.example",
    "/\r\nSet-Cookie: a=b",
    "/\x00",
    "/\u202eknil",
    "/" + "x" * 2000,
    "",
]


@pytest.mark.parametrize("path", ELSEWHERE, ids=[ascii(path)[:30] for path in ELSEWHERE])
@pytest.mark.usefixtures("world")
def test_an_address_elsewhere_is_no_page_of_ours(client: FlaskClient, path: str) -> None:
    response = sign_in(client, next=path)

    assert (response.status_code, response.location) == (303, "/")


@given(
    st.one_of(
        st.text(),
        st.lists(
            st.sampled_from(["/", "\\", ".", ":", "@", "#", "?", "\t", "\n", "ond.dk", "https"])
        ).map("".join),
    )
)
def test_whatever_path_is_taken_stays_on_this_host(text: str) -> None:
    taken = own_page(text)

    if taken is not None:
        # A browser drops these before it reads an address.
        read = taken.translate({9: None, 10: None, 13: None}).replace("\\", "/").strip()
        assert urlsplit(urljoin("https://tegn.dk/login", read)).netloc == "tegn.dk"


def test_whoever_must_sign_in_first_comes_back(client: FlaskClient, world: World) -> None:
    page = f"/citizens/{world.sofie.id}?opened=x"

    sent = client.get(page)

    form = client.get(sent.location)
    assert f'name="next" type="hidden" value="{page}"' in form.text
    assert sign_in(client, next=page).location == page


def test_a_form_that_came_too_late_leads_to_the_board(client: FlaskClient, world: World) -> None:
    sent = client.post(f"/signs/{world.takes_brush.id}/observations")

    assert sent.location == "/login"


def test_what_stands_in_next_is_shown_as_text(client: FlaskClient) -> None:
    response = client.get("/login", query_string={"next": '"><script>alert(1)</script>'})

    assert "<script>alert" not in response.text


# The cookie


def set_cookie(response: TestResponse) -> tuple[str, set[str]]:
    """Return the session cookie's name and its flags."""
    [header] = response.headers.getlist("Set-Cookie")
    pair, *flags = header.split("; ")
    return pair.partition("=")[0], set(flags)


@pytest.mark.usefixtures("world")
def test_the_cookie_on_this_machine_itself(client: FlaskClient) -> None:
    assert set_cookie(sign_in(client)) == ("smaategn", {"HttpOnly", "Path=/", "SameSite=Lax"})


@pytest.mark.usefixtures("world")
def test_the_cookie_behind_https(database_url: str, tmp_path: Path) -> None:
    address = "https://tegn.solgaarden.dk"
    app = create_app(settings_for(database_url, tmp_path, SMAATEGN_PUBLIC_URL=address))
    client = app.test_client()

    page = client.get("/login", base_url=address)
    response = client.post(
        "/login",
        data={"email": ANNA, "password": DEMO_PASSWORD, "csrf_token": tokens(page)[0]},
        base_url=address,
        headers={"Origin": address},
    )

    assert response.status_code == 303
    assert set_cookie(response) == (
        "__Host-smaategn",
        {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"},
    )
    with app.app_context():
        db.engine.dispose()


@pytest.mark.usefixtures("world")
def test_a_thousand_strangers_leave_no_sessions(client: FlaskClient, session: Session) -> None:
    for _ in range(3):
        client.get("/login")
        sign_in(client, password="ikke annas kodeord")

    assert session.scalar(select(func.count()).select_from(StaffSession)) == 0


@pytest.mark.usefixtures("world")
def test_a_crowd_at_the_sign_in_page_is_asked_to_wait_and_keeps_what_it_typed(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "_turns", BoundedSemaphore(1))

    with passwords._turn():
        response = sign_in(client)

    assert (response.status_code, response.headers["Retry-After"]) == (503, "2")
    assert "Der er travlt lige nu" in response.text
    assert 'value="anna@solsikken.example"' in response.text
    assert sign_in(client).status_code == 303


def test_a_part_asked_for_too_late_offers_the_way_in_and_back(
    client: FlaskClient, world: World
) -> None:
    page = f"/citizens/{world.sofie.id}"

    answer = client.post(
        f"/signs/{world.takes_brush.id}/observations",
        headers=HTMX | {"HX-Current-URL": f"http://localhost{page}"},
    )

    assert answer.status_code == 401
    assert f'href="/login?next={page}"' in answer.text
