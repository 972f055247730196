"""The lock screen: faces on enrolled tablets alone; one's own screen back, others a clean board."""

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
from tests.blueprints.shared import ANNAS, BOS, COOKIE, put_up, unlock
from tests.blueprints.tapping import HTMX, actions
from tests.factories import NOW, World, add_staff
from webapp.adapters import passwords
from webapp.models import AuditEvent, Device, Intervention, Role, Staff, StaffSession

MINUTE = timedelta(minutes=1)


@pytest.fixture
def up(app: Flask, session: Session, world: World) -> tuple[Device, FlaskClient]:
    """The tablet in the kitchen, and its browser."""
    return put_up(app, session, world)


@pytest.fixture
def tablet(up: tuple[Device, FlaskClient]) -> FlaskClient:
    """The browser of the tablet in the kitchen, locked."""
    return up[1]


@pytest.fixture
def annas(tablet: FlaskClient, world: World) -> FlaskClient:
    """The tablet in the kitchen, opened by Anna."""
    assert unlock(tablet, world.anna, ANNAS).status_code == 303
    return tablet


def is_in(browser: FlaskClient) -> bool:
    return browser.get("/").status_code == 200


# Who is shown


def test_names_stand_on_enrolled_tablets_and_nowhere_else(
    client: FlaskClient, tablet: FlaskClient
) -> None:
    assert client.get("/lock").location == "/login"
    assert client.post("/lock/pin", data={"pin": ANNAS}).location == "/login"

    page = tablet.get("/lock").text

    assert all(f">{name}<" in page for name in ("Anna", "Bo", "Ditte", "Erik"))
    assert "Carl" not in page
    assert "Madsen" not in page
    assert "Sofie" not in page


def test_whoever_used_the_tablet_last_stands_first(
    session: Session, tablet: FlaskClient, world: World, set_clock: Callable[[datetime], None]
) -> None:
    unlock(tablet, world.bo, BOS)
    set_clock(NOW + MINUTE)
    unlock(tablet, world.anna, ANNAS)
    tablet.post("/lock")

    page = tablet.get("/lock").text

    places = [page.index(f">{name}<") for name in ("Anna", "Bo", "Ditte", "Erik")]
    assert places == sorted(places)


def test_whoever_is_deactivated_is_not_shown(
    session: Session, tablet: FlaskClient, world: World
) -> None:
    session.get_one(Staff, world.bo.id).deactivated_at = NOW
    session.commit()

    assert ">Bo<" not in tablet.get("/lock").text


def test_among_many_faces_one_can_search_also_without_javascript(
    session: Session, tablet: FlaskClient, world: World
) -> None:
    assert "lock-name" not in tablet.get("/lock").text
    for number in range(20):
        add_staff(session, world.soendermarken, f"Vikar{number}", "Lund", Role.STAFF)
    session.commit()

    page = tablet.get("/lock").text
    found = tablet.get("/lock?name=anna").text

    assert "lock-name" in page
    assert "Vis alle" in page
    assert ">Anna<" in found
    assert ">Bo<" not in found
    assert "Her står ingen" in tablet.get("/lock?name=xyz").text


def test_whoever_has_no_pin_is_led_to_the_password(tablet: FlaskClient, world: World) -> None:
    page = tablet.get("/lock").text

    assert f"person={world.anna.id}" in page
    assert f"person={world.ditte.id}" not in page
    assert "/login?way=password" in page


def test_sign_in_on_a_tablet_leads_to_the_faces_and_the_password_is_the_other_way(
    tablet: FlaskClient,
) -> None:
    assert tablet.get("/").location == "/lock?next=/"
    assert tablet.get("/login?next=/sparring").location == "/lock?next=/sparring"
    assert tablet.get("/login?way=password").status_code == 200


# In


def test_a_face_and_a_pin_open_the_board_and_are_logged_with_the_tablet(
    session: Session, up: tuple[Device, FlaskClient], world: World, ledger: Ledger
) -> None:
    device, tablet = up

    answer = unlock(tablet, world.anna, ANNAS)

    assert (answer.status_code, answer.location) == (303, "/")
    assert (ledger.last.commits, ledger.last.events) == (1, 1)
    assert is_in(tablet)
    logged = session.scalars(select(AuditEvent).order_by(AuditEvent.at)).all()
    assert {(event.actor_id, event.device_id) for event in logged} == {(world.anna.id, device.id)}
    assert {event.action for event in logged} == {"sign_in.create", "board.read"}


@pytest.mark.parametrize("pin", ["", "483", "000000", "4" * 40, "4" * 5000, "x", "483716 "])
def test_any_other_pin_is_refused_and_logged(
    session: Session, tablet: FlaskClient, world: World, pin: str
) -> None:
    answer = unlock(tablet, world.anna, pin)

    assert answer.status_code == 422
    assert "Den PIN passer ikke" in answer.text
    assert not is_in(tablet)
    assert actions(session) == ["pin.refuse"]
    told_in = session.scalars(select(AuditEvent.home_id)).one()
    assert told_in == world.home.id, "a manager finds it"


def test_unknown_without_a_pin_and_wrong_are_answered_alike(
    tablet: FlaskClient, world: World
) -> None:
    def words(person: str) -> tuple[int, str]:
        answer = tablet.post("/lock/pin", data={"person": person, "pin": "000000"}, headers=HTMX)
        return answer.status_code, answer.text.partition("lock-words")[2].partition("</p>")[0]

    people = [str(one.id) for one in (world.anna, world.ditte, world.carl, world.frida)]

    assert len({words(person) for person in [*people, str(uuid4()), "x", ""]}) == 1


def test_a_crowd_is_asked_to_come_back_and_counts_nothing(
    session: Session, tablet: FlaskClient, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "_turns", BoundedSemaphore(1))
    with passwords._turn():
        answer = unlock(tablet, world.anna, ANNAS)

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "2"
    assert actions(session) == []


def test_a_password_on_a_tablet_opens_a_session_that_locks_too(
    session: Session, up: tuple[Device, FlaskClient], world: World
) -> None:
    device, tablet = up

    tablet.post("/login", data={"email": world.anna.email, "password": "smaategn-demo"})

    assert session.scalars(select(StaffSession)).one().device_id == device.id
    assert is_in(tablet)
    tablet.post("/lock")
    assert not is_in(tablet)


# Locked


def test_skift_locks_at_once_and_a_page_asks_who_it_is(
    session: Session, annas: FlaskClient, world: World
) -> None:
    answer = annas.post("/lock", data={"next": f"/citizens/{world.sofie.id}"})

    assert answer.location == f"/lock?next=/citizens/{world.sofie.id}"
    page = annas.get(f"/citizens/{world.sofie.id}")
    assert page.location == f"/lock?next=/citizens/{world.sofie.id}"
    assert annas.get("/", headers=HTMX).status_code == 401
    assert "Hej Anna" in annas.get("/lock").text
    assert actions(session) == ["sign_in.create", "sign_in.lock"]


def test_a_tablet_that_lies_untouched_is_locked_on_the_server_too(
    annas: FlaskClient, world: World, set_clock: Callable[[datetime], None]
) -> None:
    set_clock(NOW + 3 * MINUTE)
    assert is_in(annas)
    set_clock(NOW + 8 * MINUTE)

    assert annas.get(f"/citizens/{world.sofie.id}").location.startswith("/lock")
    assert annas.get("/", headers=HTMX).status_code == 401
    assert annas.post("/seen").location == "/lock"


def test_whoever_types_for_long_is_heard_and_stays_in(
    annas: FlaskClient, set_clock: Callable[[datetime], None], ledger: Ledger
) -> None:
    for minute in range(1, 20):
        set_clock(NOW + minute * MINUTE)
        assert annas.post("/seen").status_code == 204
        assert (ledger.last.commits, ledger.last.events) == (1, 0)

    assert is_in(annas)


def test_a_page_that_only_reads_counts_as_being_there(
    annas: FlaskClient, set_clock: Callable[[datetime], None], ledger: Ledger
) -> None:
    for minutes in range(0, 20, 3):
        set_clock(NOW + minutes * MINUTE)
        assert annas.get("/goal-templates").status_code == 200
        assert ledger.last.commits <= 1


def test_the_homes_own_minutes_count(
    session: Session, annas: FlaskClient, world: World, set_clock: Callable[[datetime], None]
) -> None:
    session.get_one(Staff, world.anna.id).home.idle_lock_minutes = 10
    session.commit()

    assert 'data-lock-after="600"' in annas.get("/").text
    set_clock(NOW + 9 * MINUTE)
    assert is_in(annas)


def test_the_same_person_is_back_where_they_were(
    session: Session, annas: FlaskClient, world: World
) -> None:
    annas.post("/lock")

    page = unlock(annas, world.anna, ANNAS, next=f"/citizens/{world.sofie.id}")
    annas.post("/lock")
    part = unlock(annas, world.anna, ANNAS, htmx=True)

    assert page.location == f"/citizens/{world.sofie.id}"
    assert (part.status_code, part.headers.get("HX-Redirect")) == (204, None)
    assert len(session.scalars(select(StaffSession)).all()) == 1


def test_another_person_gets_a_clean_board(annas: FlaskClient, world: World) -> None:
    annas.post("/lock")

    page = unlock(annas, world.bo, BOS, next=f"/citizens/{world.sofie.id}")

    assert page.location == "/"
    annas.post("/lock")
    assert unlock(annas, world.anna, ANNAS, htmx=True).headers["HX-Redirect"] == "/"


def test_the_code_on_the_wall_leads_whoever_opens_the_tablet_to_the_citizens_screen(
    annas: FlaskClient, session: Session, world: World
) -> None:
    intervention = session.scalars(select(Intervention)).one()
    screen = f"/interventions/{intervention.id}/show"
    annas.post("/lock")
    assert annas.get(screen).location == f"/lock?next={screen}"

    page = unlock(annas, world.bo, BOS, htmx=True, next=screen)

    assert page.headers["HX-Redirect"] == screen


@pytest.mark.parametrize(
    "next",
    ["", "/interventions/x/show", "//evil.example/show", "/nowhere", "/citizens/{id}"],
)
def test_to_every_other_page_a_colleague_is_not_led(
    annas: FlaskClient, world: World, next: str
) -> None:
    annas.post("/lock")

    page = unlock(annas, world.bo, BOS, next=next.format(id=world.sofie.id))

    assert page.location == "/"


def test_a_password_of_another_person_ends_the_locked_session(
    session: Session, annas: FlaskClient, world: World
) -> None:
    annas.post("/lock")

    annas.post("/login", data={"email": world.bo.email, "password": "smaategn-demo"})

    ended = {row.staff_id: row.ended_at for row in session.scalars(select(StaffSession))}
    assert ended == {world.anna.id: NOW, world.bo.id: None}


@pytest.mark.parametrize("next", ["//evil.example", "https://evil.example", "javascript:alert(1)"])
def test_the_lock_leads_to_none_but_our_own_pages(
    annas: FlaskClient, world: World, next: str
) -> None:
    annas.post("/lock")

    assert f'value="{next}"' not in annas.get("/lock", query_string={"next": next}).text
    assert unlock(annas, world.anna, ANNAS, next=next).location == "/"


def test_what_covers_a_page_is_the_lock_and_nothing_of_a_citizen(
    annas: FlaskClient, world: World
) -> None:
    answer = annas.post("/lock", headers=HTMX)

    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<section class="lock" id="lock"')
    assert "Hej Anna" in answer.text
    assert "Sofie" not in answer.text


# Cookies


def test_a_copied_session_opens_nothing_without_the_tablets_own_cookie(
    app: Flask, annas: FlaskClient
) -> None:
    with annas.session_transaction() as cookie:
        copied = dict(cookie)
    thief = app.test_client()
    with thief.session_transaction() as cookie:
        cookie.update(copied)

    assert thief.get("/").location == "/login?next=/"


def test_the_secret_is_exchanged_once_a_day_and_the_old_one_stays_until_the_new_is_used(
    app: Flask, tablet: FlaskClient, world: World, set_clock: Callable[[datetime], None]
) -> None:
    first = tablet.get_cookie(COOKIE)
    assert first
    set_clock(NOW + timedelta(hours=25))
    assert COOKIE not in " ".join(tablet.get("/lock").headers.getlist("Set-Cookie"))

    answer = unlock(tablet, world.anna, ANNAS)

    sent = next(one for one in answer.headers.getlist("Set-Cookie") if one.startswith(COOKIE))
    assert all(flag in sent for flag in ("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=34560000"))
    second = tablet.get_cookie(COOKIE)
    assert second
    assert second.value != first.value
    lost = app.test_client()
    lost.set_cookie(COOKIE, first.value)
    assert lost.get("/lock").status_code == 200, "the answer with the new one may have been lost"
    set_clock(NOW + timedelta(hours=25) + MINUTE)
    assert is_in(tablet)
    assert lost.get("/lock").location == "/tablet", "the new one was used"
    assert tablet.get("/").status_code == 200
