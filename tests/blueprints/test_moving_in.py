"""A citizen moves in, and gets a contact team."""

from collections.abc import Callable
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.blueprints.tapping import actions
from tests.factories import World
from webapp.models import Citizen, ContactTeam, Staff


def nora(world: World, **fields: str) -> dict[str, str]:
    return {
        "new_id": str(UUID(int=5)),
        "first_name": "Nora",
        "last_name": "Lind",
        "kind": "adult",
        "department_id": str(world.soendermarken.id),
        "moved_in_on": "2026-11-20",
    } | fields


def test_a_manager_lets_a_citizen_move_in_once_and_chooses_the_contact_team(
    ditte: FlaskClient, anna: FlaskClient, session: Session, world: World
) -> None:
    assert ditte.get("/citizens/new").status_code == 200
    answers = [ditte.post("/citizens", data=nora(world)) for _ in range(2)]

    team = f"/citizens/{UUID(int=5)}/contact-team"
    assert [each.location for each in answers] == [team, team]
    assert actions(session) == ["citizen.create"]
    page = ditte.get(team).text
    assert "Anna" in page
    assert "Carl" not in page
    chosen = ditte.post(team, data={"staff_ids": [str(world.anna.id), str(world.bo.id)]})
    assert chosen.status_code == 303

    assert set(
        session.scalars(select(ContactTeam.staff_id).where(ContactTeam.citizen_id == UUID(int=5)))
    ) == {world.anna.id, world.bo.id}
    assert "Nora" in anna.get("/").text
    assert anna.get(f"/citizens/{UUID(int=5)}/profile/edit").status_code == 200


@pytest.mark.parametrize("name", ["anna", "erik", "frida"])
def test_nobody_else_lets_anyone_move_in(
    as_staff: Callable[[Staff], FlaskClient], session: Session, world: World, name: str
) -> None:
    browser = as_staff(world.staff(name))

    assert browser.get("/citizens/new").status_code == 403
    assert browser.post("/citizens", data=nora(world)).status_code == 403
    assert session.get(Citizen, UUID(int=5)) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("first_name", ""),
        ("kind", ""),
        ("department_id", "x"),
        ("moved_in_on", "i går"),
        ("new_id", ""),
    ],
)
def test_what_does_not_fit_stores_nothing(
    ditte: FlaskClient, session: Session, world: World, field: str, value: str
) -> None:
    assert ditte.post("/citizens", data=nora(world, **{field: value})).status_code == 422
    assert session.get(Citizen, UUID(int=5)) is None


def test_a_department_that_is_not_ones_own_takes_nobody_in(
    ditte: FlaskClient, session: Session, world: World
) -> None:
    elsewhere = str(world.stranger.department_id)

    assert ditte.post("/citizens", data=nora(world, department_id=elsewhere)).status_code == 422


def test_an_id_that_is_taken_is_never_written_over(
    ditte: FlaskClient, session: Session, world: World
) -> None:
    response = ditte.post("/citizens", data=nora(world, new_id=str(world.sofie.id)))

    assert response.status_code == 409
    assert session.get_one(Citizen, world.sofie.id).first_name == "Sofie"


@pytest.mark.parametrize("chosen", [[], ["x"], ["carl"], ["anna", "bo", "ditte", "erik", "carl"]])
def test_a_team_that_cannot_be_is_told_and_nothing_changed(
    ditte: FlaskClient, session: Session, world: World, chosen: list[str]
) -> None:
    ids = [str(world.staff(name).id) if name != "x" else "x" for name in chosen]
    response = ditte.post(f"/citizens/{world.sofie.id}/contact-team", data={"staff_ids": ids})

    assert response.status_code == 422
    assert session.scalars(select(ContactTeam.staff_id)).all() == [world.anna.id]
