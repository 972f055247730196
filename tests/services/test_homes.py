"""The home: set up once, its departments and shifts, what an admin sets."""

from datetime import time
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.blueprints.tapping import actions
from tests.factories import NOW, World, add_staff
from webapp.adapters import passwords
from webapp.domain.errors import (
    AlreadySaved,
    ContactTeamUnfit,
    DepartmentInUse,
    DepartmentTaken,
    EmailUnfit,
    HomeExists,
    PasswordUnfit,
    ShiftMissing,
)
from webapp.models import AuditEvent, Department, Home, Role, Staff
from webapp.services import homes
from webapp.services.contact_teams import choosable_for, set_contact_team, team_of

GRY = homes.FirstAdmin("Gry", "Dam", "Gry@Solgaarden.dk", "regnvejr i Skagen")
SHIFTS = [("Dag", time(7)), ("Nat", time(23))]


def set_up(session: Session, admin: homes.FirstAdmin = GRY) -> Staff:
    return homes.set_up_home(
        session,
        "Solgården",
        timezone="Atlantic/Faroe",
        departments=["Stuen", "Første sal"],
        shifts=SHIFTS,
        admin=admin,
        now=NOW,
    )


@pytest.fixture
def frida(session: Session, world: World) -> Staff:
    return session.merge(world.frida)


def test_an_empty_database_gets_all_it_needs_in_one_event(session: Session) -> None:
    gry = set_up(session)
    session.commit()

    home = session.scalars(select(Home)).one()
    assert (home.name, home.timezone, home.is_demo) == ("Solgården", "Atlantic/Faroe", False)
    assert [each.name for each in homes.departments_of(session, home)] == ["Første sal", "Stuen"]
    assert [(each.name, each.ends_at) for each in homes.shifts_of(session, home)] == [
        ("Dag", time(23)),
        ("Nat", time(7)),
    ]
    assert (gry.email, gry.role, gry.departments) == ("gry@solgaarden.dk", Role.ADMIN, [])
    assert passwords.verify_password(gry.password_hash, GRY.password)
    event = session.scalars(select(AuditEvent)).one()
    assert (event.action, event.actor_id, event.home_id) == ("home.create", gry.id, home.id)


@pytest.mark.usefixtures("world")
def test_where_somebody_lives_nothing_is_set_up(session: Session) -> None:
    with pytest.raises(HomeExists):
        set_up(session)


@pytest.mark.parametrize(
    ("admin", "refusal"),
    [
        (homes.FirstAdmin("Gry", "Dam", "gry", GRY.password), EmailUnfit),
        (homes.FirstAdmin("Gry", "Dam", GRY.email, "smaategn-demo"), PasswordUnfit),
    ],
    ids=["address", "password"],
)
def test_a_first_admin_who_does_not_fit_leaves_nothing_behind(
    session: Session, admin: homes.FirstAdmin, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        set_up(session, admin)
    session.rollback()

    assert not homes.home_exists(session)


def test_what_is_set_is_one_event_and_the_same_again_none(session: Session, frida: Staff) -> None:
    content = homes.settings_of(frida.home)
    content["idle_lock_minutes"], content["second_factor_for_all"] = 5, True
    for _ in range(2):
        homes.update_home(session, frida.home, content, actor=frida, now=NOW)

    assert (frida.home.idle_lock_minutes, frida.home.second_factor_for_all) == (5, True)
    assert actions(session) == ["home.update"]


# Departments


def test_a_department_is_added_once_and_its_name_is_its_own(session: Session, frida: Staff) -> None:
    id = uuid4()

    def add(name: str) -> Department:
        return homes.create_department(
            session, frida.home, name, "Voksne", id=id, actor=frida, now=NOW
        )

    assert add("Loftet") is add("Loftet")
    assert actions(session) == ["department.create"]
    with pytest.raises(AlreadySaved):
        add("Kælderen")
    id = uuid4()
    with pytest.raises(DepartmentTaken):
        add("Søndermarken")


def test_a_department_gets_another_name_but_not_a_taken_one(
    session: Session, world: World, frida: Staff
) -> None:
    department = session.merge(world.soendermarken)
    for name in ("Østermarken", "Østermarken"):
        homes.update_department(session, department, name, "", actor=frida, now=NOW)
    assert actions(session) == ["department.update"]
    with pytest.raises(DepartmentTaken):
        homes.update_department(session, department, "Lærkereden", "", actor=frida, now=NOW)
    with pytest.raises(DepartmentTaken):
        homes.update_department(session, department, "LÆRKEREDEN  ", "", actor=frida, now=NOW)


def test_only_an_empty_department_is_removed(session: Session, world: World, frida: Staff) -> None:
    with pytest.raises(DepartmentInUse):
        homes.remove_department(session, session.merge(world.soendermarken), actor=frida, now=NOW)
    empty = homes.create_department(
        session, frida.home, "Loftet", "", id=uuid4(), actor=frida, now=NOW
    )
    rows = homes.departments_and_who_is_there(session, frida.home)
    assert [(row.department.name, row.staff, row.citizens, row.devices) for row in rows] == [
        ("Loftet", 0, 0, 0),
        ("Lærkereden", 3, 1, 0),
        ("Søndermarken", 4, 1, 0),
    ]

    homes.remove_department(session, empty, actor=frida, now=NOW)
    session.commit()

    assert session.get(Department, empty.id) is None
    assert actions(session) == ["department.create", "department.remove"]


# Shifts


def test_the_shifts_are_written_as_a_whole(session: Session, frida: Staff) -> None:
    for shifts in (SHIFTS, SHIFTS[::-1]):
        homes.set_shifts(session, frida.home, shifts, actor=frida, now=NOW)

    assert [each.name for each in homes.shifts_of(session, frida.home)] == ["Dag", "Nat"]
    assert actions(session) == ["shift.update"]
    with pytest.raises(ShiftMissing):
        homes.set_shifts(session, frida.home, [], actor=frida, now=NOW)


# Contact teams


def test_the_contact_team_are_one_to_four_who_work_where_the_citizen_lives(
    session: Session, world: World
) -> None:
    ditte, sofie = session.merge(world.ditte), session.merge(world.sofie)
    many = [
        add_staff(session, session.merge(world.soendermarken), name, "Lind", Role.STAFF).id
        for name in ("Ada", "Eva", "Ib", "Lis", "Per")
    ]
    for chosen in ([], many, [world.carl.id], [uuid4()]):
        with pytest.raises(ContactTeamUnfit):
            set_contact_team(session, sofie, chosen, actor=ditte, now=NOW)
    assert actions(session) == []

    for _ in range(2):
        set_contact_team(session, sofie, [many[0], world.bo.id], actor=ditte, now=NOW)

    assert [each.first_name for each in team_of(session, sofie)] == ["Ada", "Bo"]
    event = session.scalars(select(AuditEvent)).one()
    assert (event.action, event.citizen_id) == ("contact_team.update", sofie.id)


def test_whoever_was_let_go_and_an_admin_are_not_offered(session: Session, world: World) -> None:
    sofie = session.merge(world.sofie)
    session.merge(world.bo).deactivated_at = NOW
    add_staff(session, session.merge(world.soendermarken), "Gry", "Dam", Role.ADMIN)

    assert [each.first_name for each in choosable_for(session, sofie)] == ["Anna", "Ditte", "Erik"]
