"""Who may do what: the table, spelled out, so that no right appears unnoticed."""

import pytest

from webapp.domain.permissions import Permission, Reach, allows, reach, reaches_plan
from webapp.models import Role

CARE = {"use_app", "read_citizen", "read_plan", "log_observations", "open_in_emergency"}
SETTINGS = {"open_settings", "manage_staff", "manage_tablets", "read_log"}

MAY = {
    Role.STAFF: CARE | {"edit_plan", "spar"},
    Role.FACILITATOR: CARE | {"spar"},
    Role.MANAGER: CARE
    | SETTINGS
    | {"edit_plan", "spar", "manage_citizens", "read_emergencies", "review_entries"}
    | {"manage_pictograms"},
    Role.ADMIN: SETTINGS | {"use_app", "manage_home"},
}

IN_THE_WHOLE_HOME = {
    Role.FACILITATOR: {"read_plan", "spar"},
    Role.ADMIN: {"manage_home", "manage_staff", "manage_tablets", "read_log"},
}
"""What leads further than to one's own departments."""


@pytest.mark.parametrize("role", Role)
def test_each_role_may_do_this_and_nothing_else(role: Role) -> None:
    assert {permission.value for permission in Permission if allows(role, permission)} == MAY[role]


def test_whoever_keeps_the_system_running_sees_no_citizen() -> None:
    assert not allows(Role.ADMIN, Permission.READ_CITIZEN)
    assert not allows(Role.ADMIN, Permission.READ_PLAN)


def test_whoever_may_write_may_read() -> None:
    for role in Role:
        assert allows(role, Permission.READ_CITIZEN) or not allows(
            role, Permission.LOG_OBSERVATIONS
        )
        for writes in (Permission.EDIT_PLAN, Permission.SPAR):
            assert allows(role, Permission.READ_PLAN) or not allows(role, writes)


@pytest.mark.parametrize("role", Role)
def test_every_right_stops_at_ones_departments_but_what_is_written_here(role: Role) -> None:
    wide = {each.value for each in Permission if reach(role, each) is Reach.WHOLE_HOME}

    assert wide == IN_THE_WHOLE_HOME.get(role, set())
    assert all(allows(role, Permission(each)) for each in wide)


def test_whoever_spars_may_read_the_plan_as_far_as_they_spar() -> None:
    for role in Role:
        assert reach(role, Permission.SPAR) is reach(role, Permission.READ_PLAN)


def test_staff_write_only_in_the_plans_of_their_own_contact_team() -> None:
    assert reaches_plan(Role.STAFF, Permission.EDIT_PLAN, in_contact_team=True)
    assert not reaches_plan(Role.STAFF, Permission.EDIT_PLAN, in_contact_team=False)


@pytest.mark.parametrize("in_contact_team", [True, False])
def test_a_manager_writes_in_every_plan_and_a_facilitator_only_spars(in_contact_team: bool) -> None:
    def may(role: Role, permission: Permission) -> bool:
        return reaches_plan(role, permission, in_contact_team=in_contact_team)

    assert may(Role.MANAGER, Permission.EDIT_PLAN)
    assert may(Role.FACILITATOR, Permission.SPAR)
    assert not may(Role.FACILITATOR, Permission.EDIT_PLAN)
    assert not may(Role.ADMIN, Permission.SPAR)
