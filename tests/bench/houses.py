"""A large home: the demo home's citizens and plans again and again, each house with its own staff.

So that thousands of taps in one day spread over as many goals as they would, and no card grows
longer than a day makes it.
"""

from collections import defaultdict
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from tests.factories import demo_password_hash
from webapp.models import (
    Base,
    Citizen,
    Department,
    DepartmentStaff,
    Goal,
    Home,
    Intervention,
    OrderGoal,
    Plan,
    Role,
    Sign,
    Staff,
)

HOUSES_EACH = 3
_COPIED: tuple[type[Base], ...] = (Citizen, Plan, Goal, Sign, Intervention)


def add_houses(session: Session, people: int) -> list[str]:
    """Add people, each with three houses of nine citizens; return the people's e-mail addresses.

    Flushed, not committed.
    """
    home = session.scalars(select(Home)).one()
    # In the order of the tables, parents first: a goal may be part of another.
    originals = {
        model: sorted(
            (dict(row) for row in session.execute(select(model.__table__)).mappings()),
            key=lambda row: row.get("parent_id") is not None,
        )
        for model in _COPIED
    }
    emails = [f"tablet-{number:02}@solsikken.example" for number in range(1, people + 1)]
    for email in emails:
        staff = Staff(
            home=home,
            first_name="Tablet",
            last_name=email[7:9],
            email=email,
            role=Role.STAFF,
            password_hash=demo_password_hash(),
        )
        session.add(staff)
        session.flush()
        for number in range(1, HOUSES_EACH + 1):
            house = Department(home=home, name=f"Hus {staff.last_name}.{number}")
            session.add(house)
            session.flush()
            session.execute(
                insert(DepartmentStaff), [{"department_id": house.id, "staff_id": staff.id}]
            )
            _copy(session, originals, house)
    return emails


def _copy(
    session: Session, originals: dict[type[Base], list[dict[str, Any]]], house: Department
) -> None:
    """Add the citizens once more, with ids of their own wherever an id stands."""
    ids: dict[UUID, UUID] = defaultdict(uuid4)
    ids |= {row["department_id"]: house.id for row in originals[Citizen]}
    # Who is responsible and what was ordered is not copied, so it stays where it points.
    for kept in (Staff.id, OrderGoal.id):
        ids |= {id: id for id in session.scalars(select(kept))}
    for model, rows in originals.items():
        copies = [
            {name: ids[value] if isinstance(value, UUID) else value for name, value in row.items()}
            for row in rows
        ]
        session.execute(insert(model), copies)
