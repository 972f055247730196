"""A PIN opens the tablet it is typed on; wrong ones shut the person there, then the tablet."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.blueprints.tapping import actions
from tests.factories import NOW, World, add_device
from webapp.adapters import passwords
from webapp.db import db
from webapp.domain.errors import PinTooEasy, PinUnfit
from webapp.domain.pins import TABLET_TRIES, TRIES
from webapp.models import AuditEvent, Device, Home, PinLock, SignInMethod, Staff, StaffSession
from webapp.services.devices import open_locked
from webapp.services.pins import (
    DEMO_PIN,
    Opened,
    PinTry,
    Shut,
    lock_tablet,
    open_tablet,
    reset_pin,
    set_pin,
    try_pin,
)
from webapp.services.sign_in import find_session, find_sleeping, open_session

PIN = "483716"
MINUTE = timedelta(minutes=1)

Knock = Callable[..., Opened | Shut]


@pytest.fixture
def kitchen(session: Session, world: World) -> tuple[Device, str]:
    """The tablet in the kitchen at Søndermarken; Anna and Bo have a PIN."""
    for staff, pin in ((world.anna, PIN), (world.bo, "640298")):
        session.get_one(Staff, staff.id).pin_hash = passwords.hash_password(pin)
    enrolled = add_device(session, world.soendermarken, world.ditte)
    session.commit()
    return enrolled


@pytest.fixture
def knock(session: Session, world: World, kitchen: tuple[Device, str]) -> Knock:
    """Try a PIN on a tablet and let it count, the way the route does; committed."""

    def knocked(
        pin: str = PIN,
        who: UUID | None = world.anna.id,
        *,
        at: datetime = NOW,
        sleeping: str | None = None,
        tablet: tuple[Device, str] = kitchen,
    ) -> Opened | Shut:
        tried = try_pin(session, who, pin)
        session.rollback()
        opened = open_tablet(
            session, tried, session.get_one(Device, tablet[0].id),
            tablet=tablet[1], sleeping=sleeping, now=at,
        )  # fmt: skip
        session.commit()
        return opened

    return knocked


def secret_of(opened: Opened | Shut) -> str:
    assert isinstance(opened, Opened)
    assert opened.secret
    return opened.secret


# Choosing one


def test_a_chosen_pin_is_kept_as_a_hash_and_logged(
    session: Session, world: World, knock: Knock
) -> None:
    anna = session.get_one(Staff, world.anna.id)

    set_pin(session, anna, "907251", now=NOW)
    session.commit()

    assert anna.pin_hash
    assert anna.pin_hash.startswith("$argon2id$")
    assert "907251" not in anna.pin_hash
    assert actions(session) == ["pin.set"]
    assert knock(PIN) is Shut.WRONG
    assert isinstance(knock("907251"), Opened)


@pytest.mark.parametrize(
    ("pin", "refused"), [("123456", PinTooEasy), ("483", PinUnfit), (DEMO_PIN, PinTooEasy)]
)
def test_an_unfit_pin_leaves_the_one_before(
    session: Session, world: World, knock: Knock, pin: str, refused: type[Exception]
) -> None:
    with pytest.raises(refused):
        set_pin(session, session.get_one(Staff, world.anna.id), pin, now=NOW)
    session.rollback()

    assert isinstance(knock(PIN), Opened)


def test_a_forgotten_pin_opens_nothing_until_a_new_one_is_chosen(
    session: Session, world: World, knock: Knock
) -> None:
    ditte = session.get_one(Staff, world.ditte.id)

    reset_pin(session, session.get_one(Staff, world.anna.id), actor=ditte, now=NOW)
    session.commit()

    assert knock(PIN) is Shut.WRONG
    assert actions(session) == ["pin.reset", "pin.refuse"]


def test_the_demos_pin_opens_the_demo_home_and_no_other(
    session: Session, world: World, knock: Knock
) -> None:
    session.get_one(Staff, world.anna.id).pin_hash = passwords.hash_password(DEMO_PIN)
    session.commit()
    assert isinstance(knock(DEMO_PIN), Opened)

    session.get_one(Home, world.home.id).is_demo = False
    session.commit()

    assert knock(DEMO_PIN) is Shut.WRONG


# Opening a tablet


def test_a_right_pin_opens_a_session_that_belongs_to_the_tablet(
    session: Session, world: World, knock: Knock, kitchen: tuple[Device, str]
) -> None:
    device, tablet = kitchen

    secret = secret_of(knock())

    found = find_session(session, secret, now=NOW, tablet=tablet)
    assert found
    assert (found.staff_id, found.device_id) == (world.anna.id, device.id)
    assert found.method is SignInMethod.PIN
    assert find_session(session, secret, now=NOW) is None, "elsewhere the cookie opens nothing"
    assert find_session(session, secret, now=NOW, tablet="another") is None
    assert actions(session) == ["sign_in.create"]


def test_the_same_person_goes_on_with_the_session_that_was_locked(
    session: Session, world: World, knock: Knock, kitchen: tuple[Device, str]
) -> None:
    secret = secret_of(knock())
    opened = find_session(session, secret, now=NOW, tablet=kitchen[1])
    assert opened
    lock_tablet(session, opened, now=NOW)
    session.commit()
    assert find_session(session, secret, now=NOW, tablet=kitchen[1]) is None

    again = knock(sleeping=secret, at=NOW + MINUTE)

    assert isinstance(again, Opened)
    assert again.secret is None
    assert find_session(session, secret, now=NOW + MINUTE, tablet=kitchen[1])
    assert actions(session) == ["sign_in.create", "sign_in.lock", "sign_in.unlock"]


def test_another_person_ends_the_session_of_the_one_before(
    session: Session, world: World, knock: Knock, kitchen: tuple[Device, str]
) -> None:
    annas = secret_of(knock())

    bos = secret_of(knock("640298", world.bo.id, sleeping=annas))

    assert find_sleeping(session, annas, now=NOW, tablet=kitchen[1]) is None
    found = find_session(session, bos, now=NOW, tablet=kitchen[1])
    assert found
    assert found.staff_id == world.bo.id


def test_a_tablet_that_lies_untouched_waits_for_the_pin(
    session: Session, knock: Knock, kitchen: tuple[Device, str]
) -> None:
    secret = secret_of(knock())
    later = NOW + 5 * MINUTE

    assert find_session(session, secret, now=later, tablet=kitchen[1]) is None
    assert find_sleeping(session, secret, now=later, tablet=kitchen[1])


def test_after_ten_hours_even_the_same_person_begins_anew(
    session: Session, knock: Knock, kitchen: tuple[Device, str]
) -> None:
    secret = secret_of(knock())

    assert secret_of(knock(sleeping=secret, at=NOW + timedelta(hours=10))) != secret


@pytest.mark.parametrize("who", ["carl", "frida", "nobody"])
def test_who_does_not_work_there_has_no_pin_or_is_nobody_gets_one_and_the_same_answer(
    session: Session, world: World, knock: Knock, who: str
) -> None:
    if who != "nobody":
        session.get_one(Staff, world.staff(who).id).pin_hash = passwords.hash_password(PIN)
        session.commit()
    asked = uuid4() if who == "nobody" else world.staff(who).id

    assert knock(PIN, asked) is Shut.WRONG
    assert knock(PIN, world.ditte.id) is Shut.WRONG, "she works there, and has no PIN"


def test_every_try_takes_one_comparison(
    session: Session, world: World, knock: Knock, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[bool] = []
    verify = passwords.verify_password

    def compare(kept: str | None, pin: str) -> bool:
        compared.append(True)
        return verify(kept, pin)

    monkeypatch.setattr(passwords, "verify_password", compare)
    tries = [world.anna.id, world.ditte.id, world.carl.id, uuid4(), None]

    for who in tries:
        knock("000000", who)

    assert len(compared) == len(tries)


def test_whoever_is_deactivated_is_nobody(session: Session, world: World, knock: Knock) -> None:
    session.get_one(Staff, world.anna.id).deactivated_at = NOW
    session.commit()

    assert knock() is Shut.WRONG


# Wrong ones


def test_five_wrong_pins_bring_a_pause_that_doubles(world: World, knock: Knock) -> None:
    answers = [knock("000000") for _ in range(6)]

    assert answers == [Shut.WRONG] * 4 + [Shut.WAIT] * 2, "the sixth was not even looked at"
    assert knock(PIN, at=NOW + timedelta(seconds=29)) is Shut.WAIT
    assert knock("000000", at=NOW + timedelta(seconds=30)) is Shut.WAIT
    assert knock(PIN, at=NOW + timedelta(seconds=89)) is Shut.WAIT
    assert isinstance(knock(PIN, at=NOW + timedelta(seconds=90)), Opened)


def wrong_ten_times(knock: Knock) -> datetime:
    """Type ten wrong PINs with all the pauses in between; return when that was done."""
    at = NOW
    for _ in range(TRIES):
        knock("000000", at=at)
        at += timedelta(minutes=9)
    return at


def test_ten_wrong_pins_lock_that_person_on_that_tablet_alone(
    session: Session, world: World, knock: Knock
) -> None:
    office = add_device(session, world.soendermarken, world.ditte, "Kontoret")
    session.commit()

    late = wrong_ten_times(knock) + timedelta(days=30)

    assert knock(PIN, at=late) is Shut.LOCKED_OUT
    assert isinstance(knock("640298", world.bo.id, at=late), Opened)
    assert isinstance(knock(PIN, at=late, tablet=office), Opened)


def test_the_password_on_that_tablet_lets_the_pin_work_again(
    session: Session, world: World, knock: Knock, kitchen: tuple[Device, str]
) -> None:
    late = wrong_ten_times(knock)
    anna = session.get_one(Staff, world.anna.id)

    open_session(session, anna, now=late)
    session.commit()
    assert knock(PIN, at=late) is Shut.LOCKED_OUT, "a password elsewhere says nothing here"
    open_session(session, anna, now=late, device=session.get_one(Device, kitchen[0].id))
    session.commit()

    assert isinstance(knock(PIN, at=late), Opened)


def test_a_manager_lets_the_pin_work_again(
    session: Session, world: World, knock: Knock, kitchen: tuple[Device, str]
) -> None:
    late = wrong_ten_times(knock)
    ditte = session.get_one(Staff, world.ditte.id)

    open_locked(session, session.get_one(Device, kitchen[0].id), actor=ditte, now=late)
    session.commit()

    assert isinstance(knock(PIN, at=late), Opened)
    assert actions(session)[-2:] == ["device.open", "sign_in.create"]


def test_a_right_pin_forgets_the_wrong_ones(session: Session, knock: Knock) -> None:
    for _ in range(4):
        knock("000000")

    knock(PIN)

    assert session.scalars(select(PinLock)).all() == []
    assert [knock("000000") for _ in range(4)] == [Shut.WRONG] * 4


def test_twenty_wrong_pins_within_an_hour_lock_the_tablet_for_everyone(
    session: Session, world: World, knock: Knock, kitchen: tuple[Device, str]
) -> None:
    strangers = [uuid4() for _ in range(TABLET_TRIES)]

    answers = [knock("000000", who) for who in strangers]

    assert answers == [Shut.WRONG] * (TABLET_TRIES - 1) + [Shut.TABLET_LOCKED]
    assert knock(PIN, at=NOW + timedelta(days=1)) is Shut.TABLET_LOCKED
    ditte = session.get_one(Staff, world.ditte.id)
    open_locked(session, session.get_one(Device, kitchen[0].id), actor=ditte, now=NOW)
    session.commit()
    assert isinstance(knock(PIN), Opened)


def test_no_hour_has_twenty_wrong_pins_also_across_the_full_hour(knock: Knock) -> None:
    for minute in (58, 59):
        for _ in range(9):
            knock("000000", uuid4(), at=NOW + minute * MINUTE)
    assert knock("000000", uuid4(), at=NOW + 61 * MINUTE) is Shut.WRONG

    assert knock("000000", uuid4(), at=NOW + 62 * MINUTE) is Shut.TABLET_LOCKED


def test_what_is_shut_counts_and_logs_nothing(session: Session, knock: Knock) -> None:
    for _ in range(8):
        knock("000000")

    assert actions(session) == ["pin.refuse"] * 5
    assert session.scalars(select(PinLock)).one().failures == 5


def test_a_wrong_pin_is_logged_with_whose_it_was_not_and_where(
    session: Session, world: World, knock: Knock
) -> None:
    knock("000000")

    logged = session.scalars(select(AuditEvent)).one()
    assert (logged.action, logged.actor_id, logged.object_id) == ("pin.refuse", None, world.anna.id)


# Many at once


def at_once(app: Flask, kitchen: tuple[Device, str], tries: list[PinTry]) -> list[Opened | Shut]:
    """Let tries count side by side, each in a session of its own."""
    workers = 8
    barrier = Barrier(workers)

    def count(share: list[PinTry]) -> list[Opened | Shut]:
        with app.app_context():
            barrier.wait(timeout=30)
            answers = []
            for tried in share:
                device = db.session.get_one(Device, kitchen[0].id)
                answers.append(
                    open_tablet(
                        db.session(), tried, device, tablet=kitchen[1], sleeping=None, now=NOW
                    )
                )
                db.session.commit()
            return answers

    with ThreadPoolExecutor(workers) as pool:
        shares = pool.map(count, (tries[worker::workers] for worker in range(workers)))
        return [answer for share in shares for answer in share]


def test_of_forty_wrong_pins_at_once_for_one_person_five_are_looked_at(
    app: Flask, session: Session, world: World, kitchen: tuple[Device, str]
) -> None:
    at_once(app, kitchen, [PinTry(world.anna.id, None)] * 40)

    session.expire_all()
    assert session.scalars(select(PinLock)).one().failures == 5
    assert actions(session) == ["pin.refuse"] * 5


def test_of_eighty_wrong_pins_at_once_on_one_tablet_twenty_are_looked_at(
    app: Flask, session: Session, kitchen: tuple[Device, str]
) -> None:
    answers = at_once(app, kitchen, [PinTry(uuid4(), None) for _ in range(80)])

    session.expire_all()
    assert answers.count(Shut.WRONG) == TABLET_TRIES - 1
    assert session.get_one(Device, kitchen[0].id).locked_at == NOW
    expected = ["device.lock"] + ["pin.refuse"] * (TABLET_TRIES - 1)
    assert sorted(actions(session)) == expected


def test_the_count_is_there_after_a_restart(session: Session, world: World, knock: Knock) -> None:
    for _ in range(5):
        knock("000000")
    session.expunge_all()

    assert knock(PIN) is Shut.WAIT
    assert session.scalars(select(StaffSession)).all() == []
