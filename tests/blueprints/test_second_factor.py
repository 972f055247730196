"""Log in in two steps: half way in reaches nothing, each code opens once, and guessing is slow."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.blueprints.answers import tokens, without_tokens
from tests.blueprints.conftest import Ledger
from tests.blueprints.second_factors import (
    PASSWORD,
    App,
    codes_in,
    give_app,
    give_code,
    give_password,
    is_in,
    key_in,
    open_for_real,
    sealed_in,
)
from tests.blueprints.tapping import HTMX, actions, words
from tests.factories import NOW, World
from tests.personas import DITTE
from webapp.access import PUBLIC, permission_of
from webapp.domain.second_factor import Standing
from webapp.models import Home, RecoveryCode, SignInMethod, Staff, StaffSession
from webapp.services.second_factor import reset_second_factor

REACHED_HALF_WAY = {
    Standing.CODE_ASKED: {"auth.create_code", "auth.destroy", "auth.new_code"},
    Standing.SET_UP_ASKED: {
        "account.create_second_factor",
        "account.new_second_factor",
        "auth.destroy",
    },
}
"""All that somebody reaches whose password was right and whose second factor is due."""

NEXT = {
    Standing.CODE_ASKED: "/login/code",
    Standing.SET_UP_ASKED: "/account/second-factor/new",
}


@pytest.fixture(autouse=True)
def real(session: Session, world: World) -> None:
    """The rules hold here."""
    open_for_real(session, world.home.id)


@pytest.fixture
def telephone(app: Flask, session: Session, world: World) -> App:
    """Ditte has the app."""
    return give_app(app, session, world.ditte.id)


@pytest.fixture
def half(client: FlaskClient, telephone: App) -> FlaskClient:
    """Ditte has given her password."""
    assert give_password(client, DITTE.email).status_code == 303
    return client


def set_up(client: FlaskClient) -> tuple[App, list[str]]:
    """Set up an app from the page; return it and the recovery codes."""
    page = client.get("/account/second-factor/new")
    telephone = key_in(page)
    done = client.post(
        "/account/second-factor", data={"code": telephone.code(), "sealed": sealed_in(page)}
    )
    assert done.status_code == 200
    return telephone, codes_in(done)


# Half way in


@pytest.mark.parametrize("standing", REACHED_HALF_WAY)
def test_half_way_in_reaches_nothing_but_the_next_step(
    app: Flask, client: FlaskClient, session: Session, world: World, standing: Standing
) -> None:
    if standing is Standing.CODE_ASKED:
        give_app(app, session, world.ditte.id)
    give_password(client, DITTE.email)
    with app.app_context():
        asked = [
            rule
            for rule in app.url_map.iter_rules()
            if permission_of(rule.endpoint) != PUBLIC
            and rule.endpoint not in REACHED_HALF_WAY[standing]
        ]
    before = actions(session)
    for rule in asked:
        with app.test_request_context():
            ids: dict[str, Any] = {name: uuid4() for name in rule.arguments}
            url = app.url_for(rule.endpoint, **ids)
        for method in (rule.methods or set()) - {"OPTIONS"}:
            page = client.open(url, method=method)
            assert page.status_code == 303, (method, url)
            assert page.location.partition("?")[0] == NEXT[standing], (method, url)
            assert client.open(url, method=method, headers=HTMX).status_code == 401, (method, url)
    assert actions(session) == before


@pytest.mark.usefixtures("half")
def test_half_way_in_no_page_tells_who_it_is(half: FlaskClient) -> None:
    for path in ("/login/code", "/login", "/offline"):
        page = half.get(path)
        assert page.status_code == 200
        assert "Ditte" not in page.text


def test_half_way_in_one_can_go_back_out(half: FlaskClient) -> None:
    assert half.post("/logout").location == "/login"

    assert half.get("/login/code").location.startswith("/login")


def test_the_second_step_must_come_within_half_an_hour(
    half: FlaskClient, telephone: App, set_clock: Callable[[datetime], None]
) -> None:
    later = NOW + timedelta(minutes=30)
    set_clock(later)

    assert give_code(half, telephone.code(later)).location.startswith("/login")
    assert not is_in(half)


def test_the_password_alone_is_told_apart_in_the_audit_log(
    half: FlaskClient, telephone: App, session: Session, ledger: Ledger
) -> None:
    assert (ledger.last.commits, ledger.last.events) == (1, 1)
    give_code(half, telephone.code())

    assert (ledger.last.commits, ledger.last.events) == (1, 1)
    assert actions(session) == ["sign_in.begin", "sign_in.create"]


def test_a_demo_home_asks_nobody(client: FlaskClient, session: Session, world: World) -> None:
    session.get_one(Home, world.home.id).is_demo = True

    give_password(client, DITTE.email)

    assert is_in(client)


def test_staff_are_asked_as_soon_as_the_home_asks_everyone(
    anna: FlaskClient, session: Session, world: World
) -> None:
    assert is_in(anna)

    home = session.get_one(Home, world.home.id)
    home.is_demo, home.second_factor_for_all = False, True

    assert anna.get("/").location.startswith("/account/second-factor/new")


# The code


def test_the_code_leads_to_where_one_was_going(half: FlaskClient, telephone: App) -> None:
    sent = half.get("/sparring?x=1")
    page = half.get(sent.location)

    assert 'value="/sparring?x=1"' in page.text
    assert give_code(half, telephone.code(), next="/sparring?x=1").location == "/sparring?x=1"
    assert is_in(half)


def test_the_session_has_a_new_secret_and_says_how_it_was_opened(
    app: Flask, half: FlaskClient, telephone: App, session: Session
) -> None:
    before = half.get_cookie("smaategn")
    assert before
    copy = app.test_client()
    copy.set_cookie("smaategn", before.value)

    give_code(half, telephone.code())

    assert not is_in(copy)
    assert copy.get("/login/code").location.startswith("/login?")
    old, new = session.scalars(select(StaffSession).order_by(StaffSession.ends_at)).all()
    assert (old.method, old.ended_at) == (SignInMethod.PASSWORD, NOW)
    assert (new.method, new.ends_at) == (SignInMethod.SECOND_FACTOR, NOW + timedelta(hours=10))


@pytest.mark.parametrize("step", [-1, 0, 1])
def test_a_telephone_may_be_half_a_minute_off(half: FlaskClient, telephone: App, step: int) -> None:
    assert give_code(half, telephone.code(step=step)).status_code == 303


@pytest.mark.parametrize("step", [-2, 2])
def test_an_older_or_later_code_is_refused(half: FlaskClient, telephone: App, step: int) -> None:
    assert give_code(half, telephone.code(step=step)).status_code == 422
    assert not is_in(half)


def test_a_code_may_be_written_with_a_space(half: FlaskClient, telephone: App) -> None:
    code = telephone.code()

    assert give_code(half, f" {code[:3]} {code[3:]} ").status_code == 303


def test_a_code_opens_once(app: Flask, half: FlaskClient, telephone: App) -> None:
    give_code(half, telephone.code())
    thief = app.test_client()
    give_password(thief, DITTE.email)

    assert give_code(thief, telephone.code()).status_code == 422
    assert give_code(thief, telephone.code(step=-1)).status_code == 422
    assert give_code(thief, telephone.code(step=1)).status_code == 303


def test_every_refused_code_looks_the_same(
    app: Flask, half: FlaskClient, telephone: App, session: Session
) -> None:
    used = telephone.code(step=-1)
    give_code(half, used)
    give_password(other := app.test_client(), DITTE.email)
    wrong = ["000000" if telephone.code() != "000000" else "111111", used, "abcd-efgh", "æ" * 40]

    answers = [give_code(other, code) for code in wrong]
    shut = [give_code(other, code) for code in [wrong[0], telephone.code()]]

    assert {answer.status_code for answer in answers + shut} == {422}
    texts = {
        without_tokens(answer).replace(code, "")
        for code, answer in zip([*wrong, wrong[0], telephone.code()], answers + shut, strict=True)
    }
    assert len(texts) == 1
    assert "Koden passer ikke" in texts.pop()


def test_five_wrong_codes_shut_the_door_from_everywhere_and_it_opens_again(
    half: FlaskClient, telephone: App, session: Session, set_clock: Callable[[datetime], None]
) -> None:
    for number in range(5):
        give_code(half, "abcdef", address=f"203.0.113.{number}")

    here = "203.0.113.4"
    assert give_code(half, telephone.code(), address=here).status_code == 422
    assert actions(session).count("sign_in.refuse") == 5
    later = NOW + timedelta(seconds=30)
    set_clock(later)
    assert give_code(half, telephone.code(later), address=here).status_code == 303


def test_the_right_password_does_not_open_the_door_of_the_code(
    app: Flask, half: FlaskClient, telephone: App
) -> None:
    for _ in range(5):
        give_code(half, "abcdef")

    again = app.test_client()
    give_password(again, DITTE.email)

    assert give_code(again, telephone.code()).status_code == 422


def test_a_wrong_code_is_one_commit_with_one_audit_event(half: FlaskClient, ledger: Ledger) -> None:
    give_code(half, "000000")

    assert (ledger.last.commits, ledger.last.events) == (1, 1)


def test_what_is_missing_or_too_long_is_told_at_the_field(half: FlaskClient) -> None:
    assert "Skriv koden." in words(give_code(half, ""))
    assert "Det er for langt." in words(give_code(half, "1" * 41))


def test_a_code_without_a_password_before_it_opens_nothing(
    client: FlaskClient, telephone: App
) -> None:
    assert give_code(client, telephone.code()).location == "/login"
    assert not is_in(client)


def test_whoever_is_in_all_the_way_is_sent_on(anna: FlaskClient) -> None:
    assert anna.get("/login/code").location == "/"
    assert give_code(anna, "000000").location == "/"


# Setting it up


def test_a_manager_without_one_is_led_to_set_it_up_and_is_then_in(
    client: FlaskClient, session: Session, world: World
) -> None:
    sent = give_password(client, DITTE.email, next="/sparring")
    led = client.get(sent.location)
    page = client.get(led.location)

    telephone = key_in(page)
    done = client.post(
        "/account/second-factor",
        data={"code": telephone.code(), "sealed": sealed_in(page), "next": "/sparring"},
    )

    assert 'href="/sparring"' in done.text
    assert len(set(codes_in(done))) == 10
    assert is_in(client)
    assert actions(session)[:2] == ["sign_in.begin", "second_factor.turn_on"]
    ditte = session.get_one(Staff, world.ditte.id)
    assert ditte.totp_secret
    assert telephone.secret not in ditte.totp_secret


def test_the_code_that_confirmed_it_does_not_open_again(app: Flask, client: FlaskClient) -> None:
    give_password(client, DITTE.email)
    telephone, _ = set_up(client)
    thief = app.test_client()
    give_password(thief, DITTE.email)

    assert give_code(thief, telephone.code()).status_code == 422


def test_nothing_is_stored_before_a_code_confirms_it(
    client: FlaskClient, session: Session, world: World, ledger: Ledger
) -> None:
    give_password(client, DITTE.email)
    page = client.get("/account/second-factor/new")
    assert (ledger.last.commits, ledger.last.written) == (0, set())

    refused = client.post(
        "/account/second-factor", data={"code": "abcdef", "sealed": sealed_in(page)}
    )

    assert refused.status_code == 422
    assert key_in(refused) == key_in(page), "the app has read this one already"
    assert session.get_one(Staff, world.ditte.id).totp_secret is None


def test_the_picture_needs_no_style_of_its_own(client: FlaskClient) -> None:
    give_password(client, DITTE.email)

    page = client.get("/account/second-factor/new")

    assert "<svg viewBox=" in page.text
    assert "style=" not in page.text


def test_a_secret_shown_to_somebody_else_is_refused(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    give_password(client, DITTE.email)
    give_password(erik := app.test_client(), "erik@solsikken.example")
    page = erik.get("/account/second-factor/new")

    refused = client.post(
        "/account/second-factor",
        data={"code": key_in(page).code(), "sealed": sealed_in(page)},
    )

    assert refused.status_code == 422
    assert "Siden har stået åben for længe" in refused.text


@pytest.mark.parametrize("sealed", ["", "x", "gAAAAABh"])
def test_a_forged_secret_is_refused(client: FlaskClient, sealed: str) -> None:
    give_password(client, DITTE.email)

    assert (
        client.post("/account/second-factor", data={"code": "000000", "sealed": sealed}).status_code
        == 422
    )


def test_a_second_one_is_not_set_up_over_the_first(
    half: FlaskClient, telephone: App, session: Session, world: World
) -> None:
    give_code(half, telephone.code())
    kept = session.get_one(Staff, world.ditte.id).totp_secret

    assert half.get("/account/second-factor/new").status_code == 409

    assert session.get_one(Staff, world.ditte.id).totp_secret == kept


def test_turning_it_on_asks_the_other_sessions_for_a_code(
    anna: FlaskClient, as_staff: Callable[[Staff], FlaskClient], world: World
) -> None:
    elsewhere = as_staff(world.anna)
    assert is_in(elsewhere)

    set_up(anna)

    assert is_in(anna)
    assert elsewhere.get("/").location.startswith("/login/code")


# Recovery codes


@pytest.fixture
def paper(client: FlaskClient) -> list[str]:
    """Ditte has set it up on another browser and has her recovery codes on paper."""
    give_password(client, DITTE.email)
    return set_up(client)[1]


@pytest.mark.parametrize("written", [str, str.upper, lambda code: code.replace("-", " ")])
def test_a_recovery_code_stands_in_for_the_app_once(
    app: Flask, paper: list[str], session: Session, written: Callable[[str], str]
) -> None:
    give_password(browser := app.test_client(), DITTE.email)
    assert give_code(browser, written(paper[0])).status_code == 303
    assert is_in(browser)
    assert "sign_in.recover" in actions(session)

    give_password(thief := app.test_client(), DITTE.email)
    assert give_code(thief, paper[0]).status_code == 422
    assert give_code(thief, paper[1]).status_code == 303


def test_the_page_that_shows_the_codes_can_be_used(
    app: Flask, client: FlaskClient, session: Session, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_password(client, DITTE.email)
    page = client.get("/account/second-factor/new")
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    sent = {"code": key_in(page).code(), "sealed": sealed_in(page)}

    codes = client.post("/account/second-factor", data=sent | {"csrf_token": tokens(page)[0]})

    assert codes.status_code == 200
    data = {"csrf_token": tokens(codes)[0], "language": "en"}
    assert client.post("/language", data=data).status_code == 303


def test_only_the_hashes_of_recovery_codes_are_stored(paper: list[str], session: Session) -> None:
    stored = session.scalars(select(RecoveryCode.code_hash)).all()

    assert len(stored) == 10
    for code in paper:
        assert len(code.replace("-", "")) == 16
        assert code not in stored


def test_somebody_elses_recovery_code_opens_nothing(
    app: Flask, paper: list[str], session: Session, world: World
) -> None:
    give_app(app, session, world.erik.id)
    give_password(erik := app.test_client(), "erik@solsikken.example")

    assert give_code(erik, paper[0]).status_code == 422


def test_new_recovery_codes_take_the_place_of_the_old(
    app: Flask, client: FlaskClient, paper: list[str], ledger: Ledger
) -> None:
    page = client.post("/account/recovery-codes")
    assert (ledger.last.commits, ledger.last.events) == (1, 1)
    new = codes_in(page)

    assert len(new) == 10
    assert not set(new) & set(paper)
    give_password(browser := app.test_client(), DITTE.email)
    assert give_code(browser, paper[0]).status_code == 422
    assert give_code(browser, new[0]).status_code == 303


# Off again


def test_turning_it_off_takes_a_code_and_leads_a_manager_to_set_it_up_anew(
    half: FlaskClient, telephone: App, session: Session, world: World
) -> None:
    give_code(half, telephone.code(step=-1))
    assert half.post("/account/second-factor/removal", data={"code": "abcdef"}).status_code == 422
    assert is_in(half)

    done = half.post("/account/second-factor/removal", data={"code": telephone.code()})

    assert done.status_code == 303
    assert session.get_one(Staff, world.ditte.id).totp_secret is None
    assert half.get("/").location.startswith("/account/second-factor/new")
    assert actions(session)[-1] == "second_factor.turn_off"


def test_guessing_to_turn_it_off_is_slowed_down_like_guessing_to_get_in(
    half: FlaskClient, telephone: App
) -> None:
    give_code(half, telephone.code(step=-1))
    for _ in range(5):
        half.post("/account/second-factor/removal", data={"code": "abcdef"})

    refused = half.post("/account/second-factor/removal", data={"code": telephone.code()})

    assert refused.status_code == 422


def test_after_ten_minutes_the_password_is_asked_for_first(
    half: FlaskClient, telephone: App, set_clock: Callable[[datetime], None]
) -> None:
    give_code(half, telephone.code())
    set_clock(NOW + timedelta(minutes=10, seconds=1))

    for path in ("/account/second-factor/removal/new", "/account/sessions/ending/new"):
        assert half.get(path).location == f"/account/confirmation/new?next={path}"
    assert half.post("/account/recovery-codes").location.startswith("/account/confirmation/new")


def test_a_leader_resets_it_and_every_session_ends(
    app: Flask, half: FlaskClient, telephone: App, session: Session, world: World
) -> None:
    give_code(half, telephone.code())

    ditte, frida = (session.get_one(Staff, each.id) for each in (world.ditte, world.frida))
    reset_second_factor(session, ditte, actor=frida, now=NOW)
    session.commit()

    assert half.get("/").location.startswith("/login")
    assert actions(session)[-1] == "second_factor.reset"
    give_password(again := app.test_client(), DITTE.email)
    assert again.get("/").location.startswith("/account/second-factor/new")


def test_a_secret_of_the_server_can_be_retired_while_people_keep_their_apps(
    app: Flask, half: FlaskClient, telephone: App, session: Session, world: World
) -> None:
    before = session.get_one(Staff, world.ditte.id).totp_secret

    give_code(half, telephone.code())

    assert session.get_one(Staff, world.ditte.id).totp_secret != before


def test_the_password_is_not_told_apart_from_a_wrong_one_by_anyone_without_it(
    app: Flask, telephone: App
) -> None:
    known = give_password(app.test_client(), DITTE.email, "ikke dittes kodeord")
    unknown = give_password(app.test_client(), "nogen@solsikken.example", PASSWORD)

    assert known.status_code == unknown.status_code == 422
    assert without_tokens(known).replace(DITTE.email, "") == without_tokens(unknown).replace(
        "nogen@solsikken.example", ""
    )
