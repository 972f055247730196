"""Sign in: right opens, everything else is one refusal, and guessing gets slow but never locks."""

import statistics
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from time import perf_counter

import pytest
from argon2 import PasswordHasher
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.factories import NOW, World, add_device, demo_password_hash
from webapp.adapters import passwords
from webapp.db import db
from webapp.domain.idling import LONGEST_AWAY
from webapp.models import AuditEvent, Home, SignInThrottle, Staff, StaffSession
from webapp.services import sign_in as service
from webapp.services.sign_in import (
    DEMO_PASSWORD,
    SESSION_LENGTH,
    Try,
    find_session,
    normalise_email,
    open_session,
    sign_in,
    sign_out,
    try_password,
)

PEPPER = b"peber"
TABLET = "192.168.1.20"
ANNA = "anna@solsikken.example"
BO = "bo@solsikken.example"

Knock = Callable[..., tuple[Staff, str] | None]


@pytest.fixture
def knock(session: Session, world: World) -> Knock:
    """Try a password and let it count, the way the route does; committed."""

    def knocked(
        email: str = ANNA,
        password: str = DEMO_PASSWORD,
        *,
        address: str = TABLET,
        at: datetime = NOW,
    ) -> tuple[Staff, str] | None:
        tried = try_password(session, email, password)
        session.rollback()
        opened = sign_in(session, tried, address=address, pepper=PEPPER, now=at)
        session.commit()
        return opened

    return knocked


@pytest.fixture
def guess(session: Session, world: World) -> Callable[..., None]:
    """Let wrong tries count without the slow part."""

    def guessed(
        times: int, email: str = ANNA, *, address: str = TABLET, at: datetime = NOW
    ) -> None:
        for _ in range(times):
            sign_in(session, Try(email, None), address=address, pepper=PEPPER, now=at)

    return guessed


def opens(
    session: Session, email: str = ANNA, *, address: str = TABLET, at: datetime = NOW
) -> bool:
    """Tell whether the right password would open the door; leaves everything as it was."""
    right = Try(email, demo_password_hash())
    with session.begin_nested() as looked:
        opened = sign_in(session, right, address=address, pepper=PEPPER, now=at)
        looked.rollback()
    return opened is not None


def actions(session: Session) -> list[str]:
    return list(session.scalars(select(AuditEvent.action).order_by(AuditEvent.at)))


# Right and wrong


def test_the_right_password_opens_a_session_of_ten_hours(
    knock: Knock, world: World, session: Session
) -> None:
    opened = knock()

    assert opened
    staff, secret = opened
    assert staff.id == world.anna.id
    stored = session.scalars(select(StaffSession)).one()
    assert (stored.staff_id, stored.started_at, stored.ends_at, stored.ended_at) == (
        world.anna.id,
        NOW,
        NOW + timedelta(hours=10),
        None,
    )
    assert secret not in stored.token_hash
    assert len(secret) >= 43
    assert [(event.action, event.actor_id) for event in session.scalars(select(AuditEvent))] == [
        ("sign_in.create", world.anna.id)
    ]


@pytest.mark.parametrize(
    "written", ["ANNA@Solsikken.Example", "  anna@solsikken.example\t", "Anna@solsikken.EXAMPLE "]
)
def test_an_email_address_may_be_written_in_any_case_with_space_around(
    knock: Knock, written: str
) -> None:
    assert knock(written)


def test_danish_letters_fit_however_the_keyboard_puts_them_together(
    knock: Knock, world: World, session: Session
) -> None:
    anna = session.merge(world.anna)
    anna.email = normalise_email("Åse@solsikken.example")
    session.commit()

    assert knock(unicodedata.normalize("NFD", "åse@solsikken.example"))


@given(st.text())
def test_an_address_is_stored_the_same_however_often_it_is_made_ready(text: str) -> None:
    assert normalise_email(normalise_email(text)) == normalise_email(text)


REFUSED = {
    "a wrong password": (ANNA, "ikke annas kodeord", None),
    "an unknown address": ("nogen@solsikken.example", DEMO_PASSWORD, None),
    "someone deactivated": (ANNA, DEMO_PASSWORD, {"deactivated_at": NOW}),
    "someone without a password": (ANNA, DEMO_PASSWORD, {"password_hash": None}),
    "someone with an empty hash": (ANNA, "", {"password_hash": ""}),
    "an address with NUL": ("anna@solsikken.example\x00", DEMO_PASSWORD, None),
    "no address": ("", DEMO_PASSWORD, None),
}


@pytest.mark.parametrize(("email", "password", "change"), REFUSED.values(), ids=REFUSED)
def test_this_is_refused_after_one_check_and_one_audit_event(
    knock: Knock,
    world: World,
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
    email: str,
    password: str,
    change: dict[str, object] | None,
) -> None:
    for name, value in (change or {}).items():
        setattr(session.merge(world.anna), name, value)
    session.commit()
    checks: list[str] = []
    verify = passwords.verify_password

    def counting(kept: str | None, typed: str) -> bool:
        checks.append(typed)
        return verify(kept, typed)

    monkeypatch.setattr(passwords, "verify_password", counting)

    assert knock(email, password) is None

    assert checks == [password]
    assert actions(session) == ["sign_in.refuse"]
    assert session.scalars(select(StaffSession)).all() == []


def test_the_audit_log_knows_whose_door_was_tried_and_never_what_was_typed(
    knock: Knock, world: World, session: Session
) -> None:
    knock(ANNA, "ikke annas kodeord")
    knock("nogen@solsikken.example", "ikke nogens kodeord")

    events = session.scalars(select(AuditEvent)).all()
    assert {(event.actor_id, event.object_id) for event in events} == {
        (None, world.anna.id),
        (None, None),
    }


def test_the_demo_password_opens_nothing_but_the_demo_home(
    knock: Knock, world: World, session: Session
) -> None:
    session.get_one(Home, world.home.id).is_demo = False
    session.commit()

    assert knock(ANNA, DEMO_PASSWORD) is None


def test_a_password_that_was_changed_meanwhile_no_longer_counts(
    world: World, session: Session
) -> None:
    tried = try_password(session, ANNA, DEMO_PASSWORD)
    session.merge(world.anna).password_hash = passwords.hash_password("solskin i Skagen")
    session.commit()

    assert sign_in(session, tried, address=TABLET, pepper=PEPPER, now=NOW) is None


def test_a_tablet_of_another_home_is_nobodys_second_factor(session: Session, world: World) -> None:
    elsewhere = world.stranger.department
    device, _secret = add_device(session, elsewhere, world.anna)

    open_session(session, world.anna, now=NOW, device=device)
    session.commit()

    assert session.scalars(select(StaffSession.device_id)).all() == [None]


def test_a_hash_of_an_older_cost_is_made_again_at_sign_in(
    knock: Knock, world: World, session: Session
) -> None:
    old = PasswordHasher(time_cost=1, memory_cost=16, parallelism=1).hash("regnvejr i Skagen")
    session.merge(world.anna).password_hash = old
    session.commit()

    assert knock(ANNA, "regnvejr i Skagen")

    kept = session.get_one(Staff, world.anna.id).password_hash
    assert kept
    assert kept != old
    assert not passwords.needs_rehash(kept)
    assert knock(ANNA, "regnvejr i Skagen")


def test_a_wrong_password_never_makes_a_hash_again(
    knock: Knock, world: World, session: Session
) -> None:
    old = PasswordHasher(time_cost=1, memory_cost=16, parallelism=1).hash("regnvejr i Skagen")
    session.merge(world.anna).password_hash = old
    session.commit()

    knock(ANNA, "ikke annas kodeord")

    assert session.get_one(Staff, world.anna.id).password_hash == old


# Sessions


@pytest.fixture
def secret(session: Session, world: World) -> str:
    """The secret of Anna's open session."""
    opened = open_session(session, session.merge(world.anna), now=NOW)
    session.commit()
    return opened


def test_a_session_ends_after_ten_hours_and_not_a_second_before(
    session: Session, secret: str
) -> None:
    end = NOW + SESSION_LENGTH
    # Somebody has been there all the time.
    session.scalars(select(StaffSession)).one().seen_at = end

    assert find_session(session, secret, now=end - timedelta(seconds=1))
    assert find_session(session, secret, now=end) is None


def test_a_session_nobody_used_for_an_hour_is_over(session: Session, secret: str) -> None:
    assert find_session(session, secret, now=NOW + LONGEST_AWAY - timedelta(seconds=1))
    assert find_session(session, secret, now=NOW + LONGEST_AWAY) is None


def test_signing_out_ends_one_session_and_leaves_the_other(
    session: Session, world: World, secret: str
) -> None:
    elsewhere = open_session(session, session.merge(world.anna), now=NOW)
    session.commit()

    sign_out(session, secret, actor=session.merge(world.anna), now=NOW)
    session.commit()

    assert find_session(session, secret, now=NOW) is None
    assert find_session(session, elsewhere, now=NOW)
    assert actions(session) == ["sign_in.end"]


def test_whoever_is_deactivated_is_out_at_once(session: Session, world: World, secret: str) -> None:
    session.merge(world.anna).deactivated_at = NOW
    session.commit()

    assert find_session(session, secret, now=NOW) is None


@pytest.mark.parametrize("made_up", ["", "x", "a" * 10_000, "æøå"])
def test_a_secret_nobody_was_given_opens_nothing(session: Session, made_up: str) -> None:
    assert find_session(session, made_up, now=NOW) is None


def test_signing_in_again_ends_the_session_the_browser_had(
    session: Session, world: World, secret: str
) -> None:
    bo = Try(BO, demo_password_hash())

    sign_in(session, bo, address=TABLET, pepper=PEPPER, now=NOW, instead_of=secret)
    session.commit()

    assert find_session(session, secret, now=NOW) is None
    assert actions(session) == ["sign_in.create"]


# Slowed down


def test_after_five_wrong_tries_even_the_right_password_waits(
    guess: Callable[..., None], session: Session
) -> None:
    guess(4)
    assert opens(session)

    guess(1)

    assert not opens(session)
    assert not opens(session, at=NOW + timedelta(seconds=29))
    assert opens(session, at=NOW + timedelta(seconds=30))


def test_each_wrong_try_after_that_doubles_the_wait_up_to_a_quarter_of_an_hour(
    guess: Callable[..., None], session: Session
) -> None:
    at = NOW
    guess(4)
    for minutes in (0.5, 1, 2, 4, 8, 15, 15):
        guess(1, at=at)
        shut = timedelta(minutes=minutes)
        assert not opens(session, at=at + shut - timedelta(seconds=1))
        assert opens(session, at=at + shut)
        at += shut


def test_knocking_on_a_shut_door_neither_counts_nor_keeps_it_shut(
    guess: Callable[..., None], session: Session
) -> None:
    guess(5)

    for second in range(30):
        guess(3, at=NOW + timedelta(seconds=second))

    assert opens(session, at=NOW + timedelta(seconds=30))
    assert actions(session) == ["sign_in.refuse"] * 5
    assert set(session.scalars(select(SignInThrottle.failures))) == {5}


def test_a_right_password_forgets_the_wrong_ones(
    knock: Knock, guess: Callable[..., None], session: Session
) -> None:
    guess(4)

    assert knock()

    guess(4)
    assert opens(session)


def test_other_people_on_the_same_tablet_are_not_slowed_down(
    guess: Callable[..., None], session: Session
) -> None:
    guess(12)

    assert opens(session, BO)


def test_someone_elsewhere_who_knows_annas_address_does_not_slow_her_down(
    guess: Callable[..., None], session: Session
) -> None:
    for minute in range(0, 300, 5):
        guess(1, address="203.0.113.9", at=NOW + timedelta(minutes=minute))

    assert not opens(session, address="203.0.113.9", at=NOW + timedelta(minutes=296))
    assert opens(session, at=NOW + timedelta(minutes=296))


def test_fifty_wrong_tries_from_one_network_make_it_wait_for_half_a_minute(
    guess: Callable[..., None], session: Session
) -> None:
    for number in range(49):
        guess(1, f"nummer{number}@solsikken.example")
    assert opens(session)

    guess(1, "nummer50@solsikken.example")

    assert not opens(session)
    assert opens(session, address="192.168.1.21")
    assert opens(session, at=NOW + timedelta(seconds=30))


def test_a_crowd_of_networks_that_tries_one_person_is_slowed_down_too(
    guess: Callable[..., None], session: Session
) -> None:
    for number in range(25):
        guess(4, address=f"203.0.113.{number}")

    assert not opens(session)
    assert opens(session, at=NOW + timedelta(minutes=1))


def test_what_is_counted_names_nobody(guess: Callable[..., None], session: Session) -> None:
    guess(1)

    rows = session.scalars(select(SignInThrottle)).all()
    assert len(rows) == 3
    for row in rows:
        assert len(row.key) == 64
        assert set(row.key) <= set("0123456789abcdef")


def test_another_pepper_gives_other_keys(session: Session, world: World) -> None:
    for pepper in (b"peber", b"salt"):
        sign_in(session, Try(ANNA, None), address=TABLET, pepper=pepper, now=NOW)

    assert session.scalar(select(func.count()).select_from(SignInThrottle)) == 6


def test_nothing_is_kept_of_whoever_signs_in_without_a_mistake(
    knock: Knock, session: Session
) -> None:
    assert knock()

    assert session.scalars(select(SignInThrottle)).all() == []


def test_counts_that_are_a_day_old_are_deleted_when_anyone_signs_in(
    knock: Knock, guess: Callable[..., None], session: Session
) -> None:
    guess(2, "nogen@solsikken.example", address="203.0.113.9")

    assert knock(at=NOW + timedelta(hours=24))

    assert session.scalars(select(SignInThrottle)).all() == []


# All at once


def all_at_once(app: Flask, tries: list[Try]) -> list[bool]:
    """Let tries count in threads of their own, as nearly at once as threads can."""
    start = Barrier(len(tries))

    def count(tried: Try) -> bool:
        with app.app_context():
            start.wait(timeout=30)
            opened = sign_in(db.session(), tried, address=TABLET, pepper=PEPPER, now=NOW)
            db.session.commit()
            return opened is not None

    with ThreadPoolExecutor(len(tries)) as pool:
        return list(pool.map(count, tries))


def test_two_first_wrong_tries_at_once_are_two(app: Flask, world: World, session: Session) -> None:
    for number in range(5):
        email = f"nummer{number}@solsikken.example"
        assert all_at_once(app, [Try(email, None)] * 2) == [False, False]

    counted = sorted(session.scalars(select(SignInThrottle.failures)))
    assert counted == [2] * 10 + [10]


def test_a_crowd_of_wrong_tries_at_once_finds_out_no_more_than_five(
    app: Flask, world: World, session: Session
) -> None:
    all_at_once(app, [Try(ANNA, None)] * 12)

    assert set(session.scalars(select(SignInThrottle.failures))) == {5}
    assert actions(session) == ["sign_in.refuse"] * 5


def test_the_right_password_in_a_crowd_opens_only_as_one_of_the_first_tries(
    app: Flask, world: World, session: Session
) -> None:
    right = Try(ANNA, demo_password_hash())

    opened = all_at_once(app, [Try(ANNA, None)] * 8 + [right])

    # A success forgets what came before it, so at most five follow it: four before, five after.
    refused = actions(session).count("sign_in.refuse")
    assert refused == 5 if not any(opened) else 5 <= refused <= 8
    assert actions(session).count("sign_in.create") == sum(opened)


def test_many_who_sign_in_rightly_at_once_all_get_in(app: Flask, world: World) -> None:
    right = [
        Try(world.staff(name).email, demo_password_hash())
        for name in ("anna", "bo", "carl", "ditte", "erik", "frida")
    ]

    assert all(all_at_once(app, [*right, *right]))


# How long it takes


@pytest.mark.bench
def test_known_and_unknown_addresses_take_the_same_time(
    world: World,
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher())
    passwords._dummy_hash.cache_clear()
    session.merge(world.anna).password_hash = passwords.hash_password("regnvejr i Skagen")
    session.commit()

    def median(email: str) -> float:
        taken = []
        for _ in range(30):
            start = perf_counter()
            service.try_password(session, email, "ikke det rigtige kodeord")
            session.rollback()
            taken.append(perf_counter() - start)
        return statistics.median(taken) * 1000

    median("opvarmning@solsikken.example")
    known, unknown = median(ANNA), median("nogen@solsikken.example")

    with capsys.disabled():
        print(f"\nsign-in, known {known:.2f} ms, unknown {unknown:.2f} ms")
