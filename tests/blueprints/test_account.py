"""Min konto: one's own facts, password and sessions, and nobody else's."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import BoundedSemaphore
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.blueprints.conftest import Ledger
from tests.blueprints.tapping import HTMX, actions, words
from tests.factories import NOW, World
from tests.personas import ANNA, DEMO_PASSWORD
from webapp.adapters import passwords
from webapp.db import db
from webapp.domain.idling import LONGEST_AWAY
from webapp.models import SignInMethod, Staff, StaffSession

NEW = "regnvejr over Rømø"
LATER = NOW + timedelta(minutes=10, seconds=1)


def is_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


def change(client: FlaskClient, old: str = DEMO_PASSWORD, new: str = NEW) -> int:
    return client.post("/account/password", data={"password": old, "new_password": new}).status_code


def sessions_of(session: Session, staff: Staff) -> list[StaffSession]:
    query = select(StaffSession).where(StaffSession.staff_id == staff.id)
    return list(session.scalars(query.order_by(StaffSession.started_at)))


# Who one is


def test_the_page_says_who_one_is_here(anna: FlaskClient) -> None:
    page = words(anna.get("/account"))

    for fact in ("Anna", ANNA.email, "Medarbejder", "Søndermarken"):
        assert fact in page


def test_someone_without_a_department_has_a_page_too(
    as_staff: Callable[[Staff], FlaskClient], world: World
) -> None:
    assert "Ingen" in words(as_staff(world.frida).get("/account"))


def test_the_menu_leads_there(anna: FlaskClient) -> None:
    assert 'href="/account"' in anna.get("/").text


# A new password


def test_nothing_is_locked_while_a_new_password_is_hashed(
    anna: FlaskClient, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_meanwhile = []
    hash_password = passwords.hash_password

    def watched(password: str) -> str:
        open_meanwhile.append(db.session().in_transaction())
        return hash_password(password)

    monkeypatch.setattr(passwords, "hash_password", watched)

    assert change(anna) == 303

    assert open_meanwhile == [False]


def test_a_new_password_takes_the_old_one_and_ends_every_other_session(
    app: Flask,
    anna: FlaskClient,
    as_staff: Callable[[Staff], FlaskClient],
    world: World,
    session: Session,
    ledger: Ledger,
) -> None:
    elsewhere = as_staff(world.anna)
    held = anna.get_cookie("smaategn")
    assert held
    copy = app.test_client()
    copy.set_cookie("smaategn", held.value)

    assert change(anna) == 303

    assert (ledger.last.commits, ledger.last.events) == (1, 1)
    assert is_in(anna)
    assert not is_in(elsewhere)
    assert not is_in(copy)
    kept = session.get_one(Staff, world.anna.id).password_hash
    assert passwords.verify_password(kept, NEW)
    assert actions(session) == ["staff.set_password"]


def test_a_wrong_old_password_changes_nothing_and_is_counted(
    anna: FlaskClient, session: Session, world: World
) -> None:
    for _ in range(5):
        assert change(anna, old="ikke annas kodeord") == 422

    assert change(anna) == 422
    assert actions(session) == ["sign_in.refuse"] * 5
    kept = session.get_one(Staff, world.anna.id).password_hash
    assert passwords.verify_password(kept, DEMO_PASSWORD)
    assert is_in(anna)


@pytest.mark.parametrize("new", ["", "kort", "x" * 201, DEMO_PASSWORD])
def test_an_unfit_password_is_refused_at_its_field(
    anna: FlaskClient, session: Session, new: str
) -> None:
    assert change(anna, new=new) == 422
    assert actions(session) == []


def test_the_session_ends_when_it_would_have_ended(
    anna: FlaskClient, session: Session, world: World, set_clock: Callable[[datetime], None]
) -> None:
    set_clock(NOW + timedelta(minutes=5))

    change(anna)

    first, second = sessions_of(session, world.anna)
    assert (first.ended_at, second.started_at) == (NOW + timedelta(minutes=5),) * 2
    assert second.ends_at == first.ends_at


def test_a_crowd_of_passwords_is_asked_to_wait(
    anna: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "_turns", BoundedSemaphore(1))

    with passwords._turn():
        assert change(anna) == 503

    assert change(anna) == 303


# Where one is signed in


def test_one_sees_where_one_is_signed_in_and_ends_one_of_them(
    anna: FlaskClient,
    as_staff: Callable[[Staff], FlaskClient],
    world: World,
    session: Session,
) -> None:
    elsewhere = as_staff(world.anna)
    here = anna.get("/account").text
    assert here.count('/ending"') >= 2
    other = sessions_of(session, world.anna)[-1]

    done = anna.post(f"/account/sessions/{other.id}/ending")

    assert done.location == "/account#sessions"
    assert [is_in(browser) for browser in (anna, elsewhere)] == [True, False]
    assert actions(session) == ["sign_in.end"]


def test_a_session_nobody_used_for_an_hour_is_no_longer_listed(
    anna: FlaskClient,
    as_staff: Callable[[Staff], FlaskClient],
    session: Session,
    world: World,
) -> None:
    as_staff(world.anna)
    both = anna.get("/account").text.count("/ending")
    left = sessions_of(session, world.anna)[-1]
    left.seen_at = NOW - LONGEST_AWAY

    page = anna.get("/account").text

    assert page.count("/ending") < both


def test_ending_the_session_one_is_in_is_logging_out(
    anna: FlaskClient, world: World, session: Session
) -> None:
    here = sessions_of(session, world.anna)[0]

    done = anna.post(f"/account/sessions/{here.id}/ending")

    assert done.location == "/login"
    assert done.headers["Clear-Site-Data"] == '"cache"'
    assert not is_in(anna)


def test_somebody_elses_session_is_not_there(
    anna: FlaskClient, bo: FlaskClient, world: World, session: Session
) -> None:
    theirs = sessions_of(session, world.bo)[0]

    for id in (theirs.id, uuid4()):
        assert anna.post(f"/account/sessions/{id}/ending").status_code == 404

    assert is_in(bo)


def test_logging_out_everywhere_ends_all_of_them(
    anna: FlaskClient,
    bo: FlaskClient,
    as_staff: Callable[[Staff], FlaskClient],
    world: World,
    session: Session,
    ledger: Ledger,
) -> None:
    elsewhere = as_staff(world.anna)
    assert "Log ud alle steder" in anna.get("/account/sessions/ending/new").text

    done = anna.post("/account/sessions/ending")

    assert (ledger.last.commits, ledger.last.events) == (1, 1)
    assert done.location == "/login"
    assert [is_in(browser) for browser in (anna, elsewhere, bo)] == [False, False, True]
    assert actions(session) == ["sign_in.end_all"]


# The password once more


def test_whoever_proved_long_ago_who_they_are_does_it_anew_and_is_back(
    app: Flask, anna: FlaskClient, session: Session, set_clock: Callable[[datetime], None]
) -> None:
    set_clock(LATER)
    page = "/account/sessions/ending/new"
    asked = anna.get(page)
    assert asked.location == f"/account/confirmation/new?next={page}"
    held = anna.get_cookie("smaategn")
    assert held

    done = anna.post("/account/confirmation", data={"password": DEMO_PASSWORD, "next": page})

    assert done.location == page
    assert anna.get(page).status_code == 200
    copy = app.test_client()
    copy.set_cookie("smaategn", held.value)
    assert not is_in(copy), "the secret is a new one"
    assert actions(session) == ["sign_in.confirm"]


def test_a_form_sent_too_late_leads_back_to_its_page(
    anna: FlaskClient, set_clock: Callable[[datetime], None]
) -> None:
    set_clock(LATER)

    asked = anna.post(
        "/account/sessions/ending", headers={"Referer": "http://localhost/account?x=1"}
    )

    assert asked.location == "/account/confirmation/new?next=/account"
    part = anna.post(
        "/account/sessions/ending", headers=HTMX | {"Referer": "http://localhost/account"}
    )
    assert part.headers["HX-Redirect"].startswith("/account/confirmation/new")
    assert is_in(anna)


def test_a_wrong_password_leaves_it_as_stale_as_it_was(
    anna: FlaskClient, session: Session, set_clock: Callable[[datetime], None]
) -> None:
    set_clock(LATER)

    refused = anna.post("/account/confirmation", data={"password": "ikke annas kodeord"})

    assert refused.status_code == 422
    assert anna.get("/account/sessions/ending/new").status_code == 303
    assert actions(session) == ["sign_in.refuse"]


@pytest.mark.parametrize("path", ["//ond.example", "https://ond.example", "/\\ond.example"])
def test_an_address_elsewhere_is_no_page_to_go_back_to(anna: FlaskClient, path: str) -> None:
    done = anna.post("/account/confirmation", data={"password": DEMO_PASSWORD, "next": path})

    assert done.location == "/account"


def test_the_password_makes_a_session_of_a_pin_one_of_a_password(
    anna: FlaskClient, session: Session, world: World
) -> None:
    sessions_of(session, world.anna)[0].method = SignInMethod.PIN
    session.commit()
    assert anna.get("/account/sessions/ending/new").status_code == 303

    anna.post("/account/confirmation", data={"password": DEMO_PASSWORD})

    assert anna.get("/account/sessions/ending/new").status_code == 200


@pytest.mark.parametrize("typed", ["", "x" * 201])
def test_what_is_missing_or_too_long_is_not_compared(
    anna: FlaskClient, session: Session, typed: str
) -> None:
    assert anna.post("/account/confirmation", data={"password": typed}).status_code == 422
    assert actions(session) == []
