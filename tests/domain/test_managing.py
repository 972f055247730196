"""Who may change whom, and how the shifts of a day lie."""

from datetime import UTC, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import NOW
from webapp.domain.days import shift_at
from webapp.domain.errors import (
    ContactTeamUnfit,
    DepartmentMissing,
    NotOnYourself,
    NotYoursToManage,
    RoleNotYours,
    ShiftMissing,
    ShiftsBeginTogether,
)
from webapp.domain.managing import (
    LARGEST_TEAM,
    check_contact_team,
    check_manages,
    check_on_another,
    check_placed,
    invitation_is_open,
    laid_out,
    roles_given_by,
)
from webapp.models import Department, Role, Shift, Staff

HOME = uuid4()
STUEN = Department(id=uuid4(), home_id=HOME, name="Stuen")
LOFTET = Department(id=uuid4(), home_id=HOME, name="Loftet")


def someone(role: Role, *departments: Department) -> Staff:
    return Staff(id=uuid4(), home_id=HOME, role=role, departments=list(departments))


def test_an_admin_gives_every_role_a_manager_two_and_nobody_else_any() -> None:
    assert set(roles_given_by(Role.ADMIN)) == set(Role)
    assert roles_given_by(Role.MANAGER) == (Role.STAFF, Role.FACILITATOR)
    assert roles_given_by(Role.STAFF) == roles_given_by(Role.FACILITATOR) == ()


@pytest.mark.parametrize("role", [Role.STAFF, Role.FACILITATOR])
def test_a_manager_changes_whoever_works_in_their_departments_alone(role: Role) -> None:
    check_manages(someone(Role.MANAGER, STUEN, LOFTET), someone(role, STUEN))


@pytest.mark.parametrize(
    "colleague",
    [
        someone(Role.STAFF, STUEN, LOFTET),
        someone(Role.STAFF, LOFTET),
        someone(Role.STAFF),
        someone(Role.MANAGER, STUEN),
        someone(Role.ADMIN, STUEN),
    ],
    ids=["also elsewhere", "elsewhere", "nowhere", "a manager", "an admin"],
)
def test_a_manager_never_changes_someone_who_sees_more_than_the_manager(colleague: Staff) -> None:
    with pytest.raises(NotYoursToManage):
        check_manages(someone(Role.MANAGER, STUEN), colleague)


@pytest.mark.parametrize("role", [Role.STAFF, Role.FACILITATOR])
def test_whoever_cares_for_citizens_changes_nobody(role: Role) -> None:
    with pytest.raises(NotYoursToManage):
        check_manages(someone(role, STUEN), someone(Role.STAFF, STUEN))


def test_an_admin_changes_everyone_of_the_home_and_nobody_of_another() -> None:
    admin = someone(Role.ADMIN)
    for role in Role:
        check_manages(admin, someone(role, LOFTET))
    with pytest.raises(NotYoursToManage):
        check_manages(admin, Staff(id=uuid4(), home_id=uuid4(), role=Role.STAFF, departments=[]))


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ADMIN])
def test_a_manager_makes_nobody_manager_or_admin(role: Role) -> None:
    with pytest.raises(RoleNotYours):
        check_placed(someone(Role.MANAGER, STUEN), role, [STUEN])


@pytest.mark.parametrize("departments", [[], [LOFTET], [STUEN, LOFTET]], ids=len)
def test_a_manager_gives_work_in_their_own_departments_and_in_one_at_least(
    departments: list[Department],
) -> None:
    with pytest.raises(DepartmentMissing):
        check_placed(someone(Role.MANAGER, STUEN), Role.STAFF, departments)


def test_only_an_admin_works_in_no_department() -> None:
    check_placed(someone(Role.ADMIN), Role.ADMIN, [])
    with pytest.raises(DepartmentMissing):
        check_placed(someone(Role.ADMIN), Role.MANAGER, [])


def test_nobody_acts_on_themselves() -> None:
    admin = someone(Role.ADMIN)
    check_on_another(admin, someone(Role.STAFF, STUEN))
    with pytest.raises(NotOnYourself):
        check_on_another(admin, admin)


@pytest.mark.parametrize(
    ("age", "used_at", "is_open"),
    [
        (timedelta(0), None, True),
        (timedelta(days=7) - timedelta(seconds=1), None, True),
        (timedelta(days=7), None, False),
        (timedelta(hours=1), NOW, False),
    ],
)
def test_a_link_is_open_for_seven_days_and_once(
    age: timedelta, used_at: datetime | None, is_open: bool
) -> None:
    assert invitation_is_open(NOW - age, used_at, NOW) is is_open


# Shifts


def test_each_shift_ends_when_the_next_begins_and_the_last_passes_midnight() -> None:
    hours = laid_out([("Nat", time(23)), ("Dag", time(7)), ("Aften", time(15))])

    assert [(each.name, each.starts_at, each.ends_at) for each in hours] == [
        ("Dag", time(7), time(15)),
        ("Aften", time(15), time(23)),
        ("Nat", time(23), time(7)),
    ]


def test_one_shift_alone_lasts_all_day() -> None:
    [hours] = laid_out([("Døgnvagt", time(8))])

    assert (hours.starts_at, hours.ends_at) == (time(8), time(8))


def test_a_day_without_a_shift_is_refused() -> None:
    with pytest.raises(ShiftMissing):
        laid_out([])


def test_two_that_begin_together_are_refused() -> None:
    with pytest.raises(ShiftsBeginTogether):
        laid_out([("Dag", time(7)), ("Morgen", time(7))])


@given(st.sets(st.times(), min_size=1, max_size=6), st.datetimes())
def test_every_moment_lies_in_exactly_one_shift(starts: set[time], at: datetime) -> None:
    hours = laid_out([(f"{start}", start) for start in starts])
    shifts = [
        Shift(name=each.name, starts_at=each.starts_at, ends_at=each.ends_at) for each in hours
    ]

    assert (
        sum(
            shift_at(at.replace(tzinfo=UTC), [each], ZoneInfo("UTC")) is not None for each in shifts
        )
        == 1
    )


# A contact team


def test_a_contact_team_is_at_least_one_of_those_who_may_be_in_it_and_not_too_many() -> None:
    choosable = [uuid4() for _ in range(LARGEST_TEAM + 1)]

    check_contact_team(choosable[:1], choosable)
    check_contact_team(choosable[:LARGEST_TEAM], choosable)
    for unfit in ([], choosable, [choosable[0], uuid4()]):
        with pytest.raises(ContactTeamUnfit):
            check_contact_team(unfit, choosable)
