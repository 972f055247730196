"""The door in an emergency: named, reasoned, an hour long, and read by the citizen's manager."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.blueprints.conftest import Ledger
from tests.blueprints.tapping import HTMX, actions, count, tap
from tests.factories import NOW, World, add_staff
from webapp.db import db
from webapp.domain.emergency import SEARCHES_AN_HOUR
from webapp.models import AuditEvent, Citizen, EmergencyAccess, Observation, Role, Staff
from webapp.services import emergency

WHY = "Sofie har kramper i haven, og der er ingen fra Søndermarken i huset"
DOOR = "/emergency-accesses"


@pytest.fixture
def carl(as_staff: Callable[[Staff], FlaskClient], world: World) -> FlaskClient:
    """Carl's browser; he works in the other department, with Mads."""
    return as_staff(world.carl)


def look_for(
    client: FlaskClient, first_name: str = "Sofie", last_name: str = "Holm"
) -> TestResponse:
    return client.post(f"{DOOR}/searches", data={"first_name": first_name, "last_name": last_name})


def go_in(
    client: FlaskClient, citizen: Citizen, *, reason: str = WHY, id: UUID | None = None
) -> TestResponse:
    data = {"new_id": str(id or uuid4()), "citizen_id": str(citizen.id), "reason": reason}
    return client.post(DOOR, data=data)


def access_of(session: Session) -> EmergencyAccess:
    return session.scalars(select(EmergencyAccess)).one()


def day(citizen: Citizen) -> str:
    return f"/citizens/{citizen.id}"


# The search


def test_nobody_is_shown_before_a_name_is_typed(carl: FlaskClient, world: World) -> None:
    page = carl.get(f"{DOOR}/new")

    assert page.status_code == 200
    assert "Sofie" not in page.text
    assert "Holm" not in page.text


@pytest.mark.parametrize(("first", "last"), [("", ""), ("S", "Holm"), ("Sofie", "H"), ("So", " ")])
def test_less_than_two_letters_of_each_name_find_nobody(
    carl: FlaskClient, world: World, first: str, last: str
) -> None:
    page = look_for(carl, first, last)

    assert page.status_code in {200, 422}
    assert str(world.sofie.id) not in page.text


def test_a_name_finds_somebody_of_another_department_and_is_logged_without_it(
    carl: FlaskClient, world: World, session: Session
) -> None:
    page = look_for(carl, "sofie", "HOLM")

    assert str(world.sofie.id) in page.text
    assert "Søndermarken" in page.text
    event = session.scalars(select(AuditEvent)).one()
    assert (event.action, event.actor_id) == ("emergency_access.search", world.carl.id)
    assert (event.citizen_id, event.reason) == (None, None)


def test_those_of_ones_own_department_and_of_other_homes_are_not_found(
    carl: FlaskClient, world: World
) -> None:
    stranger = look_for(carl, "Vera", "Holm")
    own = look_for(carl, "Mads", "Holm")

    assert "Ingen på de andre afdelinger hedder det" in stranger.text
    assert str(world.stranger.id) not in stranger.text
    assert str(world.mads.id) not in own.text


def test_a_name_that_fits_many_is_no_list(
    carl: FlaskClient, world: World, session: Session
) -> None:
    for name in ("Sofus", "Solveig", "Sonja"):
        department = world.sofie.department_id
        session.add(
            Citizen(
                department_id=department, kind=world.sofie.kind, first_name=name, last_name="Holm"
            )
        )
    session.commit()

    page = look_for(carl, "So", "Ho")

    assert "Flere hedder næsten det samme" in page.text
    assert not any(name in page.text for name in ("Sofie", "Sofus", "Solveig", "Sonja"))


def test_who_searches_too_often_is_stopped(
    carl: FlaskClient, world: World, set_clock: Callable[[datetime], None]
) -> None:
    for _ in range(SEARCHES_AN_HOUR):
        assert look_for(carl, "Per", "Hansen").status_code == 200

    assert look_for(carl).status_code == 429
    assert str(world.sofie.id) not in look_for(carl).text


# Going in


def test_a_reason_opens_the_citizen_for_an_hour(
    carl: FlaskClient, world: World, session: Session, ledger: Ledger
) -> None:
    assert carl.get(day(world.sofie)).status_code == 404

    response = go_in(carl, world.sofie)

    assert response.status_code == 303
    assert response.location == day(world.sofie)
    assert (ledger.last.commits, ledger.last.events) == (1, 1)
    kept = access_of(session)
    assert (kept.staff_id, kept.citizen_id, kept.reason) == (world.carl.id, world.sofie.id, WHY)
    assert (kept.begun_at, kept.ends_at) == (NOW, NOW + timedelta(minutes=60))
    page = carl.get(day(world.sofie))
    assert page.status_code == 200
    assert "åben for dig i 60 minutter endnu" in page.text
    assert "Afslut nu" in page.text


@pytest.mark.parametrize("reason", ["", "akut", "x" * 19, " " * 30])
def test_a_short_reason_opens_nothing_and_is_kept_on_the_form(
    carl: FlaskClient, world: World, session: Session, reason: str
) -> None:
    response = go_in(carl, world.sofie, reason=reason)

    assert response.status_code == 422
    assert "mindst 20 tegn" in response.text
    assert reason in response.text
    assert count(session, EmergencyAccess) == 0
    assert carl.get(day(world.sofie)).status_code == 404


def test_the_same_form_sent_twice_opens_once(
    carl: FlaskClient, world: World, session: Session
) -> None:
    id = uuid4()

    answers = [go_in(carl, world.sofie, id=id) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert count(session, EmergencyAccess) == 1
    assert go_in(carl, world.sofie, id=id, reason="Noget helt andet end før").status_code == 409


def test_someone_of_another_home_is_not_there_and_neither_is_nobody(
    carl: FlaskClient, world: World, session: Session
) -> None:
    nobody = Citizen(id=uuid4())

    for citizen in (world.stranger, nobody, world.mads):
        assert go_in(carl, citizen).status_code == 404
    assert carl.post(DOOR, data={"reason": WHY, "citizen_id": "x"}).status_code == 404
    assert count(session, EmergencyAccess) == 0


def test_an_admin_has_no_such_door(
    as_staff: Callable[[Staff], FlaskClient], world: World, session: Session
) -> None:
    frida = as_staff(world.frida)

    assert frida.get(f"{DOOR}/new").status_code == 403
    assert look_for(frida).status_code == 403
    assert go_in(frida, world.sofie).status_code == 403
    assert "Adgang i en nødsituation" not in frida.get("/").text
    add(session, world.frida, world.sofie)
    assert frida.get(day(world.sofie)).status_code == 404, "not even with a row"


# What it opens


def add(session: Session, staff: Staff, citizen: Citizen) -> EmergencyAccess:
    """Let somebody have opened a citizen just now."""
    opened = emergency.begin(
        session, session.merge(citizen), WHY, id=uuid4(), actor=session.merge(staff), now=NOW
    )
    session.commit()
    return opened


def test_day_plan_order_profile_and_logging_are_open_and_writing_is_not(
    carl: FlaskClient, world: World, session: Session
) -> None:
    add(session, world.carl, world.sofie)
    sofie = day(world.sofie)

    for page in ("", "/plan", "/plan/history", "/plan/print", "/orders", "/profile", "/consents"):
        shown = carl.get(sofie + page)
        assert shown.status_code == 200, page
        assert "/edit" not in shown.text, "nothing is offered that is not there"
        assert "Afslut nu" in shown.text or page == "/plan/print", page
    assert tap(carl, world.takes_brush).status_code == 200
    assert carl.get(f"/goals/{world.teeth.id}/sparring").status_code == 200

    for page in ("/profile/edit", "/plan/context/edit", "/goals/new", "/consents/new"):
        assert carl.get(sofie + page).status_code == 404, page
    for form in (f"/goals/{world.teeth.id}/sparring/comments", f"/goals/{world.teeth.id}"):
        assert carl.post(form, data={"text": "Hej"}).status_code == 404, form


def test_a_manager_of_another_department_does_not_write_the_plan_either(
    as_staff: Callable[[Staff], FlaskClient], world: World, session: Session
) -> None:
    mona = add_staff(session, world.laerkereden, "Mona", "Krogh", Role.MANAGER)
    session.commit()
    add(session, mona, world.sofie)
    browser = as_staff(mona)

    page = browser.get(f"{day(world.sofie)}/plan")

    assert page.status_code == 200
    assert "Nyt mål" not in page.text
    assert browser.get(f"{day(world.sofie)}/goals/new").status_code == 404


def test_a_facilitator_comes_from_the_plan_to_the_day(
    as_staff: Callable[[Staff], FlaskClient], world: World, session: Session
) -> None:
    tove = add_staff(session, world.laerkereden, "Tove", "Bach", Role.FACILITATOR)
    session.commit()
    browser = as_staff(tove)
    plan, to_day = f"{day(world.sofie)}/plan", f'href="{day(world.sofie)}"'
    assert to_day not in browser.get(plan).text

    add(session, tove, world.sofie)

    assert to_day in browser.get(plan).text
    assert browser.get(day(world.sofie)).status_code == 200


def test_it_opens_one_citizen_for_one_person(
    carl: FlaskClient,
    as_staff: Callable[[Staff], FlaskClient],
    world: World,
    session: Session,
) -> None:
    karen = Citizen(
        department_id=world.sofie.department_id,
        kind=world.sofie.kind,
        first_name="Karen",
        last_name="Lund",
    )
    ida = add_staff(session, world.laerkereden, "Ida", "Poulsen", Role.STAFF)
    session.add(karen)
    session.commit()
    add(session, world.carl, world.sofie)

    assert carl.get(day(karen)).status_code == 404
    assert as_staff(ida).get(day(world.sofie)).status_code == 404


def test_the_own_board_stays_what_it_is(carl: FlaskClient, world: World, session: Session) -> None:
    add(session, world.carl, world.sofie)

    board = carl.get("/")

    assert "Mads" in board.text
    assert "Sofie" not in board.text
    assert carl.get(f"/?department={world.soendermarken.id}").status_code == 404


def test_the_door_shows_the_way_back_to_whom_one_has_opened(
    carl: FlaskClient, world: World, session: Session
) -> None:
    add(session, world.carl, world.sofie)

    assert f'href="{day(world.sofie)}"' in carl.get(f"{DOOR}/new").text


# Its end


@pytest.mark.parametrize(("minutes", "status"), [(2, 200), (59, 200), (60, 404), (61, 404)])
def test_the_time_is_looked_at_on_each_request(
    as_staff: Callable[[Staff], FlaskClient],
    world: World,
    session: Session,
    set_clock: Callable[[datetime], None],
    minutes: int,
    status: int,
) -> None:
    add(session, world.carl, world.sofie)
    set_clock(NOW + timedelta(minutes=minutes))
    carl = as_staff(world.carl)

    assert carl.get(day(world.sofie)).status_code == status
    assert tap(carl, world.takes_brush).status_code == status
    assert count(session, Observation) == (status == 200)


def test_who_goes_out_is_out_at_once(
    carl: FlaskClient, world: World, session: Session, ledger: Ledger
) -> None:
    opened = add(session, world.carl, world.sofie)

    response = carl.post(f"{DOOR}/{opened.id}/ending")

    assert (response.status_code, response.location) == (303, "/")
    assert (ledger.last.commits, ledger.last.events) == (1, 1)
    assert carl.get(day(world.sofie)).status_code == 404
    assert carl.get(day(world.sofie), headers=HTMX).status_code == 404


def test_nobody_ends_what_is_someone_elses(
    anna: FlaskClient, world: World, session: Session
) -> None:
    opened = add(session, world.carl, world.sofie)

    assert anna.post(f"{DOOR}/{opened.id}/ending").status_code == 404
    assert anna.post(f"{DOOR}/{uuid4()}/ending").status_code == 404
    session.refresh(opened)
    assert opened.ends_at == NOW + timedelta(minutes=60)


def test_once_somebody_is_moved_to_the_other_home_it_opens_nothing(
    carl: FlaskClient, world: World, session: Session
) -> None:
    add(session, world.carl, world.sofie)
    session.get_one(Citizen, world.sofie.id).department_id = world.stranger.department_id
    session.commit()

    assert carl.get(day(world.sofie)).status_code == 404


# What is written down


def test_all_that_is_seen_and_done_carries_the_reason(
    carl: FlaskClient, world: World, session: Session
) -> None:
    go_in(carl, world.sofie)
    carl.get(day(world.sofie))
    tap(carl, world.takes_brush)
    carl.get(day(world.mads))

    events = session.scalars(select(AuditEvent)).all()
    reasons = {(event.action, event.citizen_id): event.reason for event in events}
    assert reasons == {
        ("emergency_access.begin", world.sofie.id): WHY,
        ("citizen.read", world.sofie.id): WHY,
        ("observation.create", world.sofie.id): WHY,
        ("citizen.read", world.mads.id): None,
    }


def test_the_manager_of_the_citizens_department_is_told_on_the_board(
    ditte: FlaskClient,
    as_staff: Callable[[Staff], FlaskClient],
    anna: FlaskClient,
    world: World,
    session: Session,
) -> None:
    mona = add_staff(session, world.laerkereden, "Mona", "Krogh", Role.MANAGER)
    session.commit()
    assert "i en nødsituation." not in ditte.get("/").text
    add(session, world.carl, world.sofie)

    assert "åbnet en borger hos jer i en nødsituation." in ditte.get("/").text
    for other in (anna, as_staff(mona)):
        assert "åbnet en borger hos jer" not in other.get("/").text


def test_the_list_says_who_when_why_and_what_was_seen(
    ditte: FlaskClient, carl: FlaskClient, world: World, session: Session
) -> None:
    go_in(carl, world.sofie)
    carl.get(day(world.sofie))
    carl.get(day(world.sofie))
    tap(carl, world.takes_brush)

    page = " ".join(ditte.get(DOOR).text.split())

    assert "Carl Johansen" in page
    assert WHY in page
    assert "så dagen, 2 gange" in page
    assert "registrerede" in page
    assert "emergency_access" not in page


def test_the_list_holds_ones_own_departments_only(
    carl: FlaskClient,
    anna: FlaskClient,
    as_staff: Callable[[Staff], FlaskClient],
    world: World,
    session: Session,
) -> None:
    mona = add_staff(session, world.laerkereden, "Mona", "Krogh", Role.MANAGER)
    session.commit()
    opened = add(session, world.carl, world.sofie)

    page = as_staff(mona).get(DOOR)

    assert page.status_code == 200
    assert WHY not in page.text
    assert as_staff(mona).post(f"{DOOR}/{opened.id}/reading").status_code == 404
    for staff in (carl, anna):
        assert staff.get(DOOR).status_code == 403
        assert staff.post(f"{DOOR}/{opened.id}/reading").status_code == 404


def test_read_is_kept_with_who_and_the_notice_goes(
    ditte: FlaskClient, world: World, session: Session, ledger: Ledger
) -> None:
    opened = add(session, world.carl, world.sofie)

    response = ditte.post(f"{DOOR}/{opened.id}/reading")

    assert response.status_code == 303
    assert (ledger.last.commits, ledger.last.events) == (1, 1)
    session.refresh(opened)
    assert (opened.seen_at, opened.seen_by_id) == (NOW, world.ditte.id)
    assert "åbnet en borger hos jer" not in ditte.get("/").text
    ditte.post(f"{DOOR}/{opened.id}/reading")
    assert actions(session).count("emergency_access.mark_read") == 1


# What it costs


def test_who_has_opened_nobody_pays_no_question_for_it(
    app: Flask, anna: FlaskClient, carl: FlaskClient, world: World, session: Session
) -> None:
    def asked(browser: FlaskClient, citizen: Citizen) -> list[str]:
        said: list[str] = []

        def note(_c: object, _k: object, statement: str, *_more: object) -> None:
            said.append(statement)

        with app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        assert browser.get(day(citizen)).status_code == 200
        event.remove(engine, "before_cursor_execute", note)
        return said

    add(session, world.carl, world.sofie)
    own = [each for each in asked(anna, world.sofie) if "FROM emergency_accesses" in each]
    opened = [each for each in asked(carl, world.sofie) if "FROM emergency_accesses" in each]

    # One stands inside the question for the citizen; only behind the door there is one more.
    assert len(own) == 1
    assert "FROM citizens" in own[0]
    assert len(opened) == 2
