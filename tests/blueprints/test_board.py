"""Vagten: the department's citizens with today's state, and nobody else's."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tests.blueprints.conftest import Ledger
from tests.blueprints.tapping import words
from tests.factories import NOW, World, add_citizen_with_goal, add_observation
from webapp.models import AuditEvent, Citizen, Department, DepartmentStaff, Goal, Outcome, Staff

As = Callable[[Staff], FlaskClient]


def names(page: str) -> list[str]:
    """Return the citizens of the test home that a page shows."""
    return [name for name in ("Karen", "Mads", "Sofie", "Vera") if f">{name}<" in page]


def test_the_board_shows_the_citizens_of_ones_own_department(
    anna: FlaskClient, as_staff: As, world: World
) -> None:
    assert names(anna.get("/").text) == ["Sofie"]
    assert names(as_staff(world.carl).get("/").text) == ["Mads"]


def test_whoever_has_two_departments_chooses_between_them(as_staff: As, world: World) -> None:
    ditte = as_staff(world.ditte)

    page = ditte.get("/").text
    assert names(page) == ["Mads"], "the first by name is Lærkereden"
    assert f"department={world.soendermarken.id}" in page

    other = ditte.get("/", query_string={"department": str(world.soendermarken.id)}).text
    assert names(other) == ["Sofie"]


@pytest.mark.parametrize("asked", ["laerkereden", "random", "nonsense", "stranger"])
def test_a_department_that_is_not_yours_is_not_there(
    anna: FlaskClient, session: Session, world: World, asked: str
) -> None:
    ids = {
        "laerkereden": str(world.laerkereden.id),
        "random": str(uuid4()),
        "nonsense": "' OR 1=1 --",
        "stranger": str(world.stranger.department_id),
    }

    response = anna.get("/", query_string={"department": ids[asked]})

    assert response.status_code == 404
    assert names(response.text) == []
    assert session.scalars(select(AuditEvent)).all() == []


def test_mine_are_those_of_ones_contact_team(
    anna: FlaskClient, bo: FlaskClient, session: Session, world: World
) -> None:
    department = session.get_one(Department, world.soendermarken.id)
    add_citizen_with_goal(session, department, "Karen", "Karen går til aftensmad")

    assert names(anna.get("/").text) == ["Karen", "Sofie"]
    assert names(anna.get("/?show=mine").text) == ["Sofie"]
    assert names(bo.get("/").text) == ["Karen", "Sofie"]
    assert names(bo.get("/?show=mine").text) == []
    assert "Du er ikke i et kontaktteam her" in bo.get("/?show=mine").text


def test_an_admin_is_told_why_there_are_no_citizens(
    as_staff: As, world: World, session: Session
) -> None:
    response = as_staff(world.frida).get("/")

    assert response.status_code == 200
    assert "Frida" in response.text
    assert names(response.text) == []
    assert session.scalars(select(AuditEvent)).all() == [], "she saw nobody"


def test_a_colleague_without_a_department_is_told_whom_to_ask(
    bo: FlaskClient, world: World, session: Session
) -> None:
    session.execute(delete(DepartmentStaff).where(DepartmentStaff.staff_id == world.bo.id))

    response = bo.get("/")

    assert response.status_code == 200
    assert "Bed din leder" in response.text
    assert names(response.text) == []


def test_an_empty_department_says_so(anna: FlaskClient, session: Session, world: World) -> None:
    citizen = session.get_one(Citizen, world.sofie.id)
    citizen.department_id = world.laerkereden.id

    assert "Her er ingen borgere endnu" in words(anna.get("/"))


def test_the_board_tells_what_was_logged_today_by_whom_and_when(
    anna: FlaskClient, bo: FlaskClient, session: Session, world: World
) -> None:
    assert "0 af 1" in words(anna.get("/"))

    add_observation(session, world.teeth, world.takes_brush, world.bo, ago=timedelta(hours=1))

    page = words(anna.get("/"))
    assert "1 af 1" in page
    assert "18.30" in page
    assert "Bo" in page


def test_what_was_logged_yesterday_is_not_todays(
    anna: FlaskClient, session: Session, world: World
) -> None:
    add_observation(session, world.teeth, world.takes_brush, world.bo, ago=timedelta(hours=20))

    assert "0 af 1" in words(anna.get("/"))


def test_a_closed_goal_is_not_asked_for(anna: FlaskClient, session: Session, world: World) -> None:
    session.get_one(Goal, world.teeth.id).closed_at = NOW

    assert "Ingen mål endnu" in words(anna.get("/"))


def test_a_goal_that_has_not_begun_is_not_asked_for(
    anna: FlaskClient, session: Session, world: World
) -> None:
    session.get_one(Goal, world.teeth.id).starts_on = NOW.date() + timedelta(days=1)

    assert "Ingen mål endnu" in words(anna.get("/"))
    assert str(world.takes_brush.id) not in anna.get(f"/citizens/{world.sofie.id}").text


def test_a_tap_that_was_a_mistake_counts_for_nothing(
    anna: FlaskClient, session: Session, world: World
) -> None:
    mistake = add_observation(session, world.teeth, world.takes_brush, world.anna)
    gone = add_observation(
        session, world.teeth, world.takes_brush, world.anna, outcome=Outcome.RETRACTED
    )
    gone.supersedes_id = mistake.id

    assert "0 af 1" in words(anna.get("/"))


def test_looking_at_the_board_is_logged_once_with_the_department(
    anna: FlaskClient, session: Session, world: World, ledger: Ledger
) -> None:
    anna.get("/")

    assert (ledger.last.commits, ledger.last.events) == (1, 1)
    event = session.scalars(select(AuditEvent)).one()
    assert (event.action, event.actor_id, event.object_id, event.citizen_id) == (
        "board.read",
        world.anna.id,
        world.soendermarken.id,
        None,
    )


def test_a_name_that_is_markup_is_shown_as_typed(
    anna: FlaskClient, session: Session, world: World
) -> None:
    session.get_one(Citizen, world.sofie.id).first_name = "<b hx-get=/logout>Sofie</b>"

    page = anna.get("/").text

    assert "<b hx-get" not in page
    assert "&lt;b hx-get=/logout&gt;Sofie&lt;/b&gt;" in page


def test_every_card_leads_to_the_citizens_day(anna: FlaskClient, world: World) -> None:
    assert f'href="/citizens/{world.sofie.id}"' in anna.get("/").text


def test_choosing_another_department_keeps_mine_chosen(as_staff: As, world: World) -> None:
    page = as_staff(world.ditte).get("/?show=mine").text

    assert f'href="/?department={world.laerkereden.id}&amp;show=mine"' in page
