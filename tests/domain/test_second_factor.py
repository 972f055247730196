"""Who needs a second proof, where it is asked for, and how long a proof is fresh."""

from datetime import UTC, datetime, timedelta

import pytest

from webapp.domain.second_factor import (
    Standing,
    is_fresh,
    is_required,
    standing,
    steps_around,
)
from webapp.models import Role, SignInMethod

NOW = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.FACILITATOR, Role.ADMIN])
def test_whoever_leads_facilitates_or_administers_must_have_one(role: Role) -> None:
    assert is_required(role, for_all=False, is_demo=False)


def test_staff_must_when_the_home_asks_it_of_everyone() -> None:
    assert not is_required(Role.STAFF, for_all=False, is_demo=False)
    assert is_required(Role.STAFF, for_all=True, is_demo=False)


@pytest.mark.parametrize("role", Role)
def test_nobody_must_in_the_demo_home(role: Role) -> None:
    assert not is_required(role, for_all=True, is_demo=True)


@pytest.mark.parametrize("required", [True, False])
@pytest.mark.parametrize("has_factor", [True, False])
@pytest.mark.parametrize("method", SignInMethod)
def test_having_the_enrolled_tablet_in_hand_is_the_second_factor(
    method: SignInMethod, has_factor: bool, required: bool
) -> None:
    assert (
        standing(required=required, has_factor=has_factor, method=method, on_tablet=True)
        is Standing.SIGNED_IN
    )


@pytest.mark.parametrize(
    ("required", "has_factor", "method", "expected"),
    [
        (False, False, SignInMethod.PASSWORD, Standing.SIGNED_IN),
        (True, False, SignInMethod.PASSWORD, Standing.SET_UP_ASKED),
        (True, True, SignInMethod.PASSWORD, Standing.CODE_ASKED),
        (False, True, SignInMethod.PASSWORD, Standing.CODE_ASKED),
        (True, True, SignInMethod.SECOND_FACTOR, Standing.SIGNED_IN),
        (True, False, SignInMethod.SECOND_FACTOR, Standing.SET_UP_ASKED),
        (True, True, SignInMethod.PIN, Standing.CODE_ASKED),
        (True, False, SignInMethod.PIN, Standing.SET_UP_ASKED),
        (True, False, SignInMethod.IDENTITY_PROVIDER, Standing.SIGNED_IN),
        (True, True, SignInMethod.IDENTITY_PROVIDER, Standing.SIGNED_IN),
    ],
)
def test_away_from_tablets_a_session_leads_as_far_as_its_proofs(
    required: bool, has_factor: bool, method: SignInMethod, expected: Standing
) -> None:
    assert (
        standing(required=required, has_factor=has_factor, method=method, on_tablet=False)
        is expected
    )


def test_a_proof_is_fresh_for_ten_minutes() -> None:
    ten = timedelta(minutes=10)

    assert is_fresh(SignInMethod.PASSWORD, NOW, NOW + ten)
    assert not is_fresh(SignInMethod.PASSWORD, NOW, NOW + ten + timedelta(seconds=1))


def test_a_pin_is_never_proof_enough_for_what_is_hard_to_undo() -> None:
    assert not is_fresh(SignInMethod.PIN, NOW, NOW)


def test_a_code_fits_half_a_minute_to_either_side_the_likeliest_first() -> None:
    this, *around = steps_around(NOW)

    assert this == int(NOW.timestamp()) // 30
    assert set(around) == {this - 1, this + 1}
