"""People who sign in: added once, with an address, a fit password and a trace in the log."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import NOW, World
from webapp.adapters import passwords
from webapp.domain.errors import EmailTaken, EmailUnfit, HomeExists, PasswordUnfit
from webapp.models import AuditEvent, Department, Home, Role, Staff
from webapp.services import staff as service
from webapp.services.homes import found_home
from webapp.services.sign_in import DEMO_PASSWORD, find_session, find_staff, open_session
from webapp.services.staff import add_staff, set_password

PASSWORD = "regnvejr i Skagen"


def add_jonas(session: Session, world: World, **changes: str) -> Staff:
    given = {"email": "jonas@solsikken.example", "password": PASSWORD} | changes
    return add_staff(
        session,
        session.merge(world.home),
        first_name="Jonas",
        last_name="Lund",
        role=Role.STAFF,
        departments=[session.merge(world.soendermarken)],
        actor=session.merge(world.frida),
        now=NOW,
        **given,
    )


def test_someone_added_is_found_with_role_department_and_a_hash(
    session: Session, world: World
) -> None:
    add_jonas(session, world, email=" Jonas@Solsikken.Example")
    session.commit()

    jonas = find_staff(session, "jonas@solsikken.example")
    assert jonas
    assert jonas.email == "jonas@solsikken.example"
    assert [department.name for department in jonas.departments] == ["Søndermarken"]
    assert jonas.password_hash
    assert passwords.verify_password(jonas.password_hash, PASSWORD)


def test_adding_someone_is_one_audit_event_with_who_did_it(session: Session, world: World) -> None:
    jonas = add_jonas(session, world)

    event = session.scalars(select(AuditEvent)).one()
    assert (event.action, event.actor_id, event.object_id) == (
        "staff.create",
        world.frida.id,
        jonas.id,
    )


@pytest.mark.parametrize("email", ["anna@solsikken.example", "ANNA@solsikken.example "])
def test_an_address_names_one_person(session: Session, world: World, email: str) -> None:
    with pytest.raises(EmailTaken):
        add_jonas(session, world, email=email)


def test_an_address_taken_at_the_same_moment_is_taken(
    session: Session, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "find_staff", lambda *_: None)

    with pytest.raises(EmailTaken):
        add_jonas(session, world, email="anna@solsikken.example")

    assert session.scalars(select(AuditEvent)).all() == []


@pytest.mark.parametrize(
    "email",
    [
        "",
        "jonas",
        "jonas@",
        "jonas@solsikken",
        "@solsikken.dk",
        "a b@c.dk",
        "a\x00@b.dk",
        "a@b..dk",
    ],
)
def test_what_is_no_address_is_refused(session: Session, world: World, email: str) -> None:
    with pytest.raises(EmailUnfit):
        add_jonas(session, world, email=email)


@given(st.emails(domains=st.just("solgaarden.dk")))
def test_whatever_is_stored_as_address_is_found_again_as_it_was_typed(email: str) -> None:
    from webapp.services.sign_in import normalise_email

    try:
        stored = service._valid_email(email)
    except EmailUnfit:
        return
    assert normalise_email(email) == stored
    assert len(stored) <= 254


@pytest.mark.parametrize(
    "password",
    [
        "",
        "elleve tegn",
        "x" * 201,
        DEMO_PASSWORD,
        "password1234",
        " " * 12,
        "adgangskode2026",
    ],
)
def test_an_unfit_password_is_refused_at_both_doors(
    session: Session, world: World, password: str
) -> None:
    with pytest.raises(PasswordUnfit):
        add_jonas(session, world, password=password)
    with pytest.raises(PasswordUnfit):
        set_password(session, session.merge(world.anna), password, actor=None, now=NOW)

    assert session.scalars(select(AuditEvent)).all() == []


@pytest.mark.parametrize(
    "password", ["tolv tegn æø", ("kaffe, regn og Skagen " * 10)[:200], "        🌻        "]
)
def test_twelve_to_two_hundred_characters_are_a_password(
    session: Session, world: World, password: str
) -> None:
    jonas = add_jonas(session, world, password=password)

    assert jonas.password_hash
    assert passwords.verify_password(jonas.password_hash, password)


def test_a_new_password_ends_every_session_of_that_person_alone(
    session: Session, world: World
) -> None:
    anna, bo = session.merge(world.anna), session.merge(world.bo)
    annas = [open_session(session, anna, now=NOW) for _ in range(2)]
    bos = open_session(session, bo, now=NOW)
    session.commit()

    set_password(session, anna, PASSWORD, actor=None, now=NOW)
    session.commit()
    session.expire_all()

    assert [find_session(session, secret, now=NOW) for secret in annas] == [None, None]
    assert find_session(session, bos, now=NOW)
    event = session.scalars(select(AuditEvent)).one()
    assert (event.action, event.object_id) == ("staff.set_password", world.anna.id)


# The home


def test_a_home_is_founded_with_its_departments_and_one_audit_event(session: Session) -> None:
    home, departments = found_home(
        session, "Solgården", departments=["Stuen", "Første sal", "Stuen"], actor=None, now=NOW
    )
    session.commit()

    assert [department.name for department in departments] == ["Stuen", "Første sal"]
    stored = session.scalars(select(Department)).all()
    assert {department.home_id for department in stored} == {home.id}
    assert not home.is_demo
    event = session.scalars(select(AuditEvent)).one()
    assert (event.action, event.object_id) == ("home.create", home.id)


@pytest.mark.usefixtures("world")
def test_a_second_home_is_not_founded_beside_the_first(session: Session) -> None:
    before = session.scalars(select(Home.name).order_by(Home.name)).all()

    with pytest.raises(HomeExists):
        found_home(session, "Solgården", departments=[], actor=None, now=NOW)

    assert session.scalars(select(Home.name).order_by(Home.name)).all() == before
