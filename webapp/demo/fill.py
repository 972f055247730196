"""Fills an empty database with the home Solsikken. Adds and flushes; the caller commits."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from webapp.demo.citizens import CITIZENS
from webapp.demo.consents import consents
from webapp.demo.days import local_day
from webapp.demo.done import done_rows
from webapp.demo.ids import demo_id
from webapp.demo.people import DEMO_PASSWORD, DEMO_PIN, DITTE, PEOPLE
from webapp.demo.plans import sign_id, write_plans
from webapp.demo.profiles import citizen_id, contacts_of, order_of, put_profile
from webapp.demo.rhythm import goal_log
from webapp.demo.roster import SHIFTS
from webapp.demo.shapes import LAERKEREDEN, SOENDERMARKEN, DemoGoal
from webapp.demo.showings import showing_rows
from webapp.demo.taps import Tap
from webapp.models import (
    Citizen,
    ContactTeam,
    Department,
    Device,
    Home,
    InstructionShowing,
    InterventionDone,
    Observation,
    Shift,
    Staff,
)

DEPARTMENTS = ((SOENDERMARKEN, "Voksne, §§ 107 og 108"), (LAERKEREDEN, "Børn og unge, § 43"))


class DatabaseNotEmpty(Exception):
    """There is a home already. A demo home never moves in with real people."""


def fill_demo_home(
    session: Session,
    *,
    now: datetime,
    password_hash: Callable[[str], str],
    weeks: int = 26,
    seed: int = 2026,
) -> Home:
    """Add Solsikken with everyone in it and their history up to now.

    Args:
        session: A session on an empty database; flushed here, never committed.
        now: Aware; nothing in the home is later.
        password_hash: Called with `DEMO_PASSWORD` and `DEMO_PIN`, once each: hashing is slow on
            purpose.
        weeks: How far back observations go; goals that began later begin later.
        seed: The same seed and the same now give the same rows, ids included.

    Raises:
        DatabaseNotEmpty: When any home exists.
        ValueError: When `now` has no zone.
    """
    if now.tzinfo is None:
        raise ValueError("The demo home needs to know the zone of now")
    if session.scalar(select(Home.id).limit(1)):
        raise DatabaseNotEmpty
    home = Home(id=demo_id(seed, "home"), name="Solsikken", is_demo=True)
    session.add(home)
    session.flush()
    departments = _departments(session, home, seed)
    hashes = password_hash(DEMO_PASSWORD), password_hash(DEMO_PIN)
    _staff(session, home, departments, hashes, seed)
    session.add(_tablet(departments[SOENDERMARKEN], now, seed))
    _citizens(session, departments, local_day(now), seed)
    session.add_all(consents(now, seed))
    write_plans(session, CITIZENS, today=local_day(now), seed=seed)
    logs = [
        (goal, goal_log(citizen, goal, now=now, weeks=weeks, seed=seed))
        for citizen in CITIZENS
        for goal in citizen.goals
    ]
    if seen := [_row(goal, tap, seed) for goal, log in logs for tap in log]:
        session.execute(insert(Observation), seen)
    for goal, log in logs:
        if done := list(done_rows(goal, log, now=now, seed=seed)):
            session.execute(insert(InterventionDone), done)
        if shown := list(showing_rows(goal, done, now=now, seed=seed)):
            session.execute(insert(InstructionShowing), shown)
    return home


def _departments(session: Session, home: Home, seed: int) -> dict[str, Department]:
    for name, starts_at, ends_at, _ in SHIFTS:
        shift_id = demo_id(seed, "shift", name)
        session.add(
            Shift(id=shift_id, home_id=home.id, name=name, starts_at=starts_at, ends_at=ends_at)
        )
    departments = {
        name: Department(
            id=demo_id(seed, "department", name), home=home, name=name, description=description
        )
        for name, description in DEPARTMENTS
    }
    session.add_all(departments.values())
    session.flush()
    return departments


def _staff(
    session: Session,
    home: Home,
    departments: dict[str, Department],
    hashes: tuple[str, str],
    seed: int,
) -> None:
    password_hash, pin_hash = hashes
    session.add_all(
        Staff(
            id=demo_id(seed, "staff", person.email),
            home=home,
            first_name=person.first_name,
            last_name=person.last_name,
            email=person.email,
            password_hash=password_hash,
            pin_hash=pin_hash,
            role=person.role,
            departments=[departments[name] for name in person.departments],
        )
        for person in PEOPLE
    )
    session.flush()


def _tablet(department: Department, now: datetime, seed: int) -> Device:
    """Return the tablet in the kitchen. No browser has its secret: it only stands on the list."""
    return Device(
        id=demo_id(seed, "device", "Køkkenet"),
        department_id=department.id,
        name="Køkkenet",
        token_hash=f"no secret has this hash {seed}",
        token_made_at=now,
        enrolled_by_id=demo_id(seed, "staff", DITTE.email),
        enrolled_at=now - timedelta(weeks=12),
        seen_at=now - timedelta(hours=2),
        app_version="demo",
    )


def _citizens(session: Session, departments: dict[str, Department], today: date, seed: int) -> None:
    for demo in CITIZENS:
        citizen = Citizen(
            id=citizen_id(seed, demo),
            department=departments[demo.department],
            kind=demo.kind,
            first_name=demo.first_name,
            last_name=demo.last_name,
            what_helps=demo.what_helps,
        )
        put_profile(citizen, demo.profile, today)
        session.add(citizen)
    session.flush()
    for demo in CITIZENS:
        session.add_all(
            ContactTeam(
                citizen_id=citizen_id(seed, demo), staff_id=demo_id(seed, "staff", person.email)
            )
            for person in demo.contact_team
        )
        session.add_all(contacts_of(demo, seed))
        session.add(order_of(demo, today, seed))
    session.flush()


def _row(goal: DemoGoal, tap: Tap, seed: int) -> dict[str, Any]:
    """Return one observation as a row, with all columns, so that all rows go in together."""
    return {
        "id": tap.id,
        "goal_id": demo_id(seed, "goal", goal.key),
        "sign_id": None if tap.sign is None else sign_id(seed, goal, tap.sign),
        "author_id": demo_id(seed, "staff", tap.author.email),
        "outcome": tap.outcome,
        "support_level": tap.support,
        "value": tap.value,
        "steps_alone": tap.steps,
        "note": tap.note,
        "happened_at": tap.happened_at,
        "received_at": tap.received_at,
        "supersedes_id": tap.supersedes,
        "reason": tap.reason,
    }
