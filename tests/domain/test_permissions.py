"""Who may do what: the table, spelled out, so that no right appears unnoticed."""

import pytest

from webapp.domain.permissions import Permission, allows
from webapp.models import Role

MAY = {
    Role.STAFF: {"use_app", "read_citizen", "log_observations"},
    Role.FACILITATOR: {"use_app", "read_citizen", "log_observations"},
    Role.MANAGER: {"use_app", "read_citizen", "log_observations"},
    Role.ADMIN: {"use_app"},
}


@pytest.mark.parametrize("role", Role)
def test_each_role_may_do_this_and_nothing_else(role: Role) -> None:
    assert {permission.value for permission in Permission if allows(role, permission)} == MAY[role]


def test_whoever_keeps_the_system_running_sees_no_citizen() -> None:
    assert not allows(Role.ADMIN, Permission.READ_CITIZEN)


def test_whoever_may_write_may_read() -> None:
    for role in Role:
        assert allows(role, Permission.READ_CITIZEN) or not allows(
            role, Permission.LOG_OBSERVATIONS
        )
