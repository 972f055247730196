"""What an admin sets: the list, the home, its departments and its shifts."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.blueprints.tapping import actions
from tests.factories import World
from webapp.models import Department, Home, Shift, Staff

ADMINS_PAGES = ["/settings/home", "/settings/shifts", "/departments", "/departments/new"]


@pytest.fixture
def frida(as_staff: Callable[[Staff], FlaskClient], world: World) -> FlaskClient:
    return as_staff(world.frida)


def test_the_list_shows_each_role_what_it_may_open(
    anna: FlaskClient, ditte: FlaskClient, frida: FlaskClient
) -> None:
    assert anna.get("/settings").status_code == 403
    assert "/settings" not in anna.get("/").text
    managers, admins = ditte.get("/settings").text, frida.get("/settings").text
    assert 'href="/staff"' in managers
    assert 'href="/staff"' in admins
    assert 'href="/citizens/new"' in managers
    assert 'href="/citizens/new"' not in admins
    assert 'href="/departments"' not in managers
    assert 'href="/departments"' in admins
    assert 'href="/settings"' in ditte.get("/").text


@pytest.mark.parametrize("url", ADMINS_PAGES)
def test_only_an_admin_opens_the_pages_of_the_home(
    anna: FlaskClient, ditte: FlaskClient, frida: FlaskClient, url: str
) -> None:
    assert [each.get(url).status_code for each in (anna, ditte, frida)] == [403, 403, 200]


# The home

SET = {
    "name": "Solgården",
    "idle_lock_minutes": "5",
    "unlocks_offline": "no",
    "second_factor_for_all": "yes",
    "log_check_months": "3",
}


def test_what_is_set_is_kept(frida: FlaskClient, session: Session, world: World) -> None:
    assert frida.post("/settings/home", data=SET).status_code == 303

    home = session.get_one(Home, world.home.id)
    assert (home.name, home.idle_lock_minutes, home.unlocks_offline) == ("Solgården", 5, False)
    assert (home.second_factor_for_all, home.log_check_months) == (True, 3)
    assert actions(session) == ["home.update"]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", " ", "Skriv tilbuddets navn."),
        ("idle_lock_minutes", "0", "fra 1 til 15"),
        ("idle_lock_minutes", "16", "fra 1 til 15"),
        ("idle_lock_minutes", "", "fra 1 til 15"),
        ("idle_lock_minutes", "tre", "Skriv et helt tal"),
        ("second_factor_for_all", "", "Vælg et af dem."),
        ("second_factor_for_all", "måske", "Vælg en af mulighederne."),
        ("log_check_months", "13", "fra 1 til 12"),
    ],
)
def test_what_cannot_be_set_is_told_and_changes_nothing(
    frida: FlaskClient, session: Session, world: World, field: str, value: str, words: str
) -> None:
    response = frida.post("/settings/home", data=SET | {field: value})

    assert response.status_code == 422
    assert words in response.text
    assert session.get_one(Home, world.home.id).name == "Solsikken"
    assert actions(session) == []


# Shifts


def test_shifts_are_written_on_one_page(frida: FlaskClient, session: Session, world: World) -> None:
    lines = ["Nat", "23:00", "Dag", "07:00", "", ""]

    assert frida.post("/settings/shifts", data={"shift": lines}).status_code == 303

    shifts = session.scalars(select(Shift).where(Shift.home_id == world.home.id)).all()
    assert {(each.name, each.starts_at.hour, each.ends_at.hour) for each in shifts} == {
        ("Dag", 7, 23),
        ("Nat", 23, 7),
    }
    assert "23.00–07.00" in frida.get("/settings/shifts").text
    assert actions(session) == ["shift.update"]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([], "Skriv mindst én vagt"),
        (["Dag", ""], "både navn og klokkeslæt"),
        (["", "07:00"], "både navn og klokkeslæt"),
        (["Dag", "25:00"], "både navn og klokkeslæt"),
        (["Dag", "7"], "både navn og klokkeslæt"),
        (["Dag"], "Skriv mindst én vagt"),
        (["Dag", "07:00", "Morgen", "07:00"], "begynder på samme tid"),
        (["D\x00ag", "07:00"], "et kort navn"),
        (["x" * 41, "07:00"], "et kort navn"),
        ([word for hour in range(7) for word in ("Vagt", f"0{hour}:00")], "højst seks vagter"),
    ],
    ids=lambda value: "" if isinstance(value, list) else value,
)
def test_shifts_that_cannot_be_are_told_and_nothing_is_changed(
    frida: FlaskClient, session: Session, world: World, lines: list[str], words: str
) -> None:
    response = frida.post("/settings/shifts", data={"shift": lines})

    assert response.status_code == 422
    assert words in response.text
    assert session.scalars(select(Shift.name).where(Shift.home_id == world.home.id)).all() == [
        "Aftenvagt"
    ]
    assert actions(session) == []


# Departments


def test_a_department_comes_changes_and_goes(
    frida: FlaskClient, session: Session, world: World
) -> None:
    id = str(uuid4())
    sent = {"new_id": id, "name": " Loftet ", "description": "Unge, § 43"}
    for _ in range(2):
        assert frida.post("/departments", data=sent).status_code == 303
    assert "Unge, § 43" in frida.get("/departments").text
    assert "Loftet" in frida.get(f"/departments/{id}/edit").text
    assert frida.post(f"/departments/{id}", data=sent | {"name": "Kvisten"}).status_code == 303
    assert "Kvisten" in frida.get("/departments").text
    assert frida.post(f"/departments/{id}/removal").status_code == 303

    assert actions(session) == ["department.create", "department.update", "department.remove"]


def test_a_department_in_use_stays(frida: FlaskClient, session: Session, world: World) -> None:
    response = frida.post(f"/departments/{world.laerkereden.id}/removal")

    assert response.status_code == 409
    assert "Flyt dem først" in response.text
    assert session.get(Department, world.laerkereden.id)


@pytest.mark.parametrize(
    ("name", "status", "words"),
    [("Lærkereden", 409, "allerede en afdeling"), ("", 422, "Skriv et navn.")],
)
def test_a_name_that_does_not_do_is_told_at_its_field(
    frida: FlaskClient, session: Session, world: World, name: str, status: int, words: str
) -> None:
    sent = {"new_id": str(uuid4()), "name": name}
    for url in ("/departments", f"/departments/{world.soendermarken.id}"):
        response = frida.post(url, data=sent)

        assert response.status_code == status
        assert words in response.text
    assert actions(session) == []


def test_a_department_of_another_home_is_not_there(
    frida: FlaskClient, ditte: FlaskClient, session: Session, world: World
) -> None:
    for id in (world.stranger.department_id, uuid4()):
        assert frida.get(f"/departments/{id}/edit").status_code == 404
        assert frida.post(f"/departments/{id}", data={"name": "Vores"}).status_code == 404
        assert frida.post(f"/departments/{id}/removal").status_code == 404
    assert ditte.get(f"/departments/{world.soendermarken.id}/edit").status_code == 404
    assert actions(session) == []
