"""The first run: whoever has the code sets up an empty installation, once."""

import re
from datetime import timedelta
from html import unescape
from pathlib import Path
from threading import Barrier, Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.blueprints.tapping import actions, count
from webapp.adapters.setup_code import fits_setup_code, make_setup_code
from webapp.current import settings_of
from webapp.models import Department, Home, Role, Shift, Staff, StaffSession

SHIFTS = ["Dagvagt", "07:00", "Aftenvagt", "15:00", "Nattevagt", "23:00"]


@pytest.fixture
def code(app: Flask) -> str:
    return make_setup_code(settings_of(app).instance)


@pytest.fixture
def written(code: str) -> dict[str, object]:
    """All that the last step sends."""
    return {
        "step": "4",
        "code": code,
        "name": "Solgården",
        "timezone": "Europe/Copenhagen",
        "departments": "Stuen\nFørste sal\n\nStuen",
        "shift": SHIFTS,
        "first_name": "Gry",
        "last_name": "Dam",
        "email": "gry@solgaarden.dk",
        "password": "regnvejr i Skagen",
    }


def step_on(page: TestResponse) -> str:
    found = re.search(r"Trin (\d) af 5", page.text)
    assert found
    return found[1]


def fields_on(page: TestResponse) -> dict[str, list[str]]:
    """Return what a browser would send of the hidden fields of the wizard, unescaped."""
    form = page.text[page.text.index("setup") :]
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form):
        found.setdefault(name, []).append(unescape(value))
    return found


@pytest.mark.parametrize("url", ["/", "/login", "/citizens/new"])
def test_an_empty_installation_leads_to_the_wizard(client: FlaskClient, url: str) -> None:
    page = client.get(url, follow_redirects=True)

    assert page.request.path == "/setup"
    assert step_on(page) == "1"


def test_the_five_steps_work_without_javascript(
    client: FlaskClient, session: Session, code: str
) -> None:
    page = client.post("/setup", data={"step": "1", "code": code.lower()})
    assert step_on(page) == "2"
    page = client.post(
        "/setup",
        data=fields_on(page) | {"name": "Solgården <3", "timezone": "Atlantic/Faroe"},
    )
    assert step_on(page) == "3"
    assert "Dagvagt" in page.text
    page = client.post(
        "/setup", data=fields_on(page) | {"departments": "Stuen\r\nLoftet", "shift": SHIFTS}
    )
    assert step_on(page) == "4"
    sent = fields_on(page)
    assert (sent["name"], sent["shift"]) == (["Solgården <3"], SHIFTS)
    me = {"first_name": "Gry", "last_name": "Dam", "email": "gry@solgaarden.dk"}
    done = client.post("/setup", data=sent | me | {"password": "regnvejr i Skagen"})

    assert (done.status_code, done.location) == (303, "/setup/done")
    home = session.scalars(select(Home)).one()
    assert (home.name, home.timezone, home.is_demo) == ("Solgården <3", "Atlantic/Faroe", False)
    assert set(session.scalars(select(Department.name))) == {"Stuen", "Loftet"}
    assert count(session, Shift) == 3
    gry = session.scalars(select(Staff)).one()
    assert (gry.first_name, gry.role) == ("Gry", Role.ADMIN)
    assert actions(session) == ["home.create"]
    opened = session.scalars(select(StaffSession)).one()
    half = "an admin has half an hour to set up the second factor"
    assert opened.ends_at - opened.started_at == timedelta(minutes=30), half


def test_going_back_keeps_all_but_the_password_and_checks_nothing(
    client: FlaskClient, written: dict[str, object]
) -> None:
    page = client.post("/setup", data=written | {"email": "gry", "back": "1"})

    assert (page.status_code, step_on(page)) == (200, "3")
    assert fields_on(page)["email"] == ["gry"]
    assert "Første sal" in page.text
    assert "regnvejr" not in page.text


@pytest.mark.parametrize("step", ["1", "2", "3", "4"])
@pytest.mark.parametrize("typed", ["", "0000-0000-0000-0000"])
def test_without_the_code_nobody_gets_past_the_first_step(
    client: FlaskClient, session: Session, written: dict[str, object], step: str, typed: str
) -> None:
    page = client.post("/setup", data=written | {"step": step, "code": typed})

    assert (page.status_code, step_on(page)) == (422, "1")
    assert "Koden passer ikke" in page.text
    assert count(session, Home) == 0


@pytest.mark.parametrize(
    ("field", "value", "step", "words"),
    [
        ("name", "", "2", "Skriv tilbuddets navn."),
        ("timezone", "Mars/Olympus", "2", "Vælg en af mulighederne."),
        ("departments", " \n", "3", "Skriv mindst én afdeling."),
        ("departments", "x" * 201, "3", "korte navne"),
        ("shift", [], "3", "Skriv mindst én vagt"),
        ("shift", ["Dag", "07:00", "Nat", "07:00"], "3", "på samme tid"),
        ("first_name", "", "4", "Skriv dit fornavn."),
        ("email", "gry", "4", "ligner ikke en e-mailadresse"),
        ("password", "kort", "4", "mellem 12 og 200 tegn"),
        ("password", "smaategn-demo", "4", "mellem 12 og 200 tegn"),
        ("password", "", "4", "Skriv en adgangskode."),
    ],
)
def test_what_does_not_fit_is_told_at_its_step_and_nothing_is_stored(
    client: FlaskClient,
    session: Session,
    written: dict[str, object],
    field: str,
    value: object,
    step: str,
    words: str,
) -> None:
    page = client.post("/setup", data=written | {field: value})

    assert (page.status_code, step_on(page)) == (422, step)
    assert words in page.text
    assert "regnvejr" not in page.text
    assert count(session, Home) == count(session, Staff) == 0


@pytest.mark.parametrize("step", ["", "0", "5", "x", "-1"])
def test_a_step_that_is_none_is_the_first(
    client: FlaskClient, session: Session, written: dict[str, object], step: str
) -> None:
    assert step_on(client.post("/setup", data=written | {"step": step})) == "2"
    assert count(session, Home) == 0


@pytest.mark.usefixtures("world")
def test_where_somebody_lives_the_wizard_is_gone(
    client: FlaskClient, session: Session, written: dict[str, object]
) -> None:
    assert client.get("/setup").status_code == 404
    assert client.post("/setup", data=written).status_code == 404
    assert client.get("/login").status_code == 200
    assert session.scalars(select(Home.name).where(Home.name == "Solgården")).all() == []


def test_the_code_is_used_up(
    app: Flask, client: FlaskClient, code: str, written: dict[str, object]
) -> None:
    assert client.post("/setup", data=written).status_code == 303

    assert not fits_setup_code(settings_of(app).instance, code)
    assert not Path(settings_of(app).instance, "setup_code").exists()
    assert client.get("/setup").status_code == 404


def test_of_two_who_finish_at_once_one_wins(
    app: Flask, session: Session, written: dict[str, object]
) -> None:
    start, statuses = Barrier(2), []

    def finish(name: str) -> None:
        start.wait()
        statuses.append(app.test_client().post("/setup", data=written | {"name": name}).status_code)

    people = [Thread(target=finish, args=[name]) for name in ("Solgården", "Egely")]
    for each in people:
        each.start()
    for each in people:
        each.join()

    # The second finds the wizard gone, the code used up, or the home there already.
    assert sorted(statuses)[0] == 303
    assert statuses.count(303) == 1
    assert count(session, Home) == count(session, Staff) == 1
