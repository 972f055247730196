"""Whose citizens somebody reaches: what is asked of the database and of one at hand agree."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import World, add_staff
from webapp.domain.permissions import Permission, allows
from webapp.models import Citizen, Role
from webapp.services.reach import in_reach, reaches


@pytest.mark.parametrize("permission", Permission)
def test_the_list_and_the_single_citizen_get_the_same_answer(
    session: Session, world: World, permission: Permission
) -> None:
    colleagues = [world.staff(name) for name in ("anna", "bo", "carl", "ditte", "erik", "frida")]
    colleagues.append(add_staff(session, world.laerkereden, "Tove", "Bach", Role.FACILITATOR))

    for staff in colleagues:
        listed = set(session.scalars(select(Citizen).where(in_reach(staff, permission))))
        for citizen in session.scalars(select(Citizen)):
            holds = allows(staff.role, permission)
            assert reaches(staff, permission, citizen) == (holds and citizen in listed)


def test_a_facilitator_reaches_the_plans_of_the_home_but_of_no_other(
    session: Session, world: World
) -> None:
    tove = add_staff(session, world.laerkereden, "Tove", "Bach", Role.FACILITATOR)

    def reached(permission: Permission) -> set[str]:
        found = session.scalars(select(Citizen).where(in_reach(tove, permission)))
        return {citizen.first_name for citizen in found}

    assert reached(Permission.READ_PLAN) == reached(Permission.SPAR) == {"Sofie", "Mads"}
    assert reached(Permission.READ_CITIZEN) == reached(Permission.LOG_OBSERVATIONS) == {"Mads"}
