"""Solsikken: who lives and works there, and when it is filled."""

import re
from datetime import date, time, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.demo.reading import NOW, close, empty, every, filled, snapshot
from tests.personas import ANNA, BO, CARL, DITTE, ERIK, FRIDA, Person
from webapp.demo import PEOPLE, DatabaseNotEmpty, fill_demo_home
from webapp.demo.citizens import CITIZENS
from webapp.demo.days import at_home
from webapp.demo.roster import on_duty
from webapp.demo.shapes import LAERKEREDEN, SOENDERMARKEN
from webapp.models import (
    AuditEvent,
    Citizen,
    ContactTeam,
    Department,
    Home,
    Intervention,
    Observation,
    Role,
    Shift,
    Staff,
)


def test_the_home_has_two_departments_nine_citizens_and_twelve_staff(home: Session) -> None:
    assert home.scalars(select(Home)).one().is_demo
    assert {place.name for place in every(home, Department)} == {SOENDERMARKEN, LAERKEREDEN}
    assert len(every(home, Citizen)) == 9
    assert len(every(home, Staff)) == 12


def test_three_shifts_cover_the_day_and_the_night(home: Session) -> None:
    shifts = home.scalars(select(Shift).order_by(Shift.starts_at)).all()

    assert [shift.starts_at for shift in shifts] == [time(7), time(15), time(23)]
    assert [shift.ends_at for shift in shifts] == [time(15), time(23), time(7)]


def test_the_personas_are_who_the_tests_think_they_are(home: Session) -> None:
    staff = {person.email: person for person in every(home, Staff)}
    both = [LAERKEREDEN, SOENDERMARKEN]
    expected: tuple[tuple[Person, Role, list[str]], ...] = (
        (ANNA, Role.STAFF, [SOENDERMARKEN]),
        (BO, Role.STAFF, [SOENDERMARKEN]),
        (CARL, Role.STAFF, [LAERKEREDEN]),
        (DITTE, Role.MANAGER, both),
        (ERIK, Role.FACILITATOR, both),
        (FRIDA, Role.ADMIN, []),
    )

    for persona, role, departments in expected:
        person = staff[persona.email]
        assert person.role is role
        assert [department.name for department in person.departments] == departments
        assert person.password_hash == "hash-smaategn-demo"


def test_anna_is_in_the_contact_team_of_sofie_and_bo_is_not(home: Session) -> None:
    team = home.scalars(
        select(Staff.first_name)
        .join(ContactTeam, ContactTeam.staff_id == Staff.id)
        .join(Citizen, Citizen.id == ContactTeam.citizen_id)
        .where(Citizen.first_name == "Sofie")
    ).all()

    assert "Anna" in team
    assert "Bo" not in team


def test_first_names_are_unique_in_the_whole_house(home: Session) -> None:
    names = [person.first_name for person in every(home, Staff)]
    names += [citizen.first_name for citizen in every(home, Citizen)]

    assert len(names) == len(set(names))


def test_every_contact_team_works_where_the_citizen_lives() -> None:
    for citizen in CITIZENS:
        assert 1 <= len(citizen.contact_team) <= 4
        assert all(citizen.department in person.departments for person in citizen.contact_team)


def test_someone_is_at_work_in_both_departments_at_every_hour() -> None:
    for hour in range(14 * 24):
        moment = at_home(date(2026, 11, 9), time(12)) + timedelta(hours=hour)
        for department in (SOENDERMARKEN, LAERKEREDEN):
            assert on_duty(department, moment), (department, moment)


def test_nobody_goes_from_an_evening_or_a_night_straight_to_a_day() -> None:
    for person in PEOPLE:
        rota = person.rota + person.rota[0]
        assert len(rota) == 15
        assert not re.search("AD|ND|NA", rota), person.first_name


def test_a_database_with_a_home_in_it_is_refused() -> None:
    session = filled(weeks=1)
    before = session.scalar(select(func.count()).select_from(Observation))

    with pytest.raises(DatabaseNotEmpty):
        fill_demo_home(session, now=NOW, password_hash=str)

    assert session.scalar(select(func.count()).select_from(Observation)) == before
    close(session)


def test_a_now_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        filled(NOW.replace(tzinfo=None))


def test_filling_never_commits() -> None:
    session = empty()
    fill_demo_home(session, now=NOW, password_hash=str, weeks=1)

    session.rollback()

    assert session.scalars(select(Home)).all() == []
    close(session)


def test_no_weeks_at_all_still_gives_the_home_and_today() -> None:
    session = filled(at_home(date(2026, 11, 21), time(0, 5)), weeks=0)

    assert len(every(session, Citizen)) == 9
    assert every(session, Observation) == []
    close(session)


def test_only_the_tables_of_plans_and_people_are_filled(home: Session) -> None:
    filled_tables = {name for name, rows in snapshot(home).items() if rows}

    assert filled_tables >= {Intervention.__tablename__, ContactTeam.__tablename__}
    assert not filled_tables & {"withdrawals", "staff_sessions"}


def test_the_audit_log_tells_of_written_plans_and_of_no_tap(home: Session) -> None:
    told = {event.action for event in every(home, AuditEvent)}

    assert told == {
        "plan.update", "evaluation_plan.update", "goal.create", "goal.activate", "goal.close",
        "sign.create", "sign.update", "intervention.create", "intervention.update",
        "sparring.comment", "goal_template.create", "instruction.form", "instruction.measure",
    }  # fmt: skip
    assert all(event.at <= NOW for event in every(home, AuditEvent))
