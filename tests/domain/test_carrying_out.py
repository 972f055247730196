"""When an intervention may be said to be done."""

from typing import Any

import pytest

from tests.factories import NOW
from webapp.domain.carrying_out import can_carry_out
from webapp.models import Goal, Intervention, InterventionStatus


@pytest.mark.parametrize(
    ("goal", "status", "is_offered"),
    [
        ({"activated_at": NOW}, InterventionStatus.RUNNING, True),
        ({}, InterventionStatus.RUNNING, False),
        ({"activated_at": NOW, "closed_at": NOW}, InterventionStatus.RUNNING, False),
        ({"activated_at": NOW}, InterventionStatus.PAUSED, False),
    ],
    ids=["running", "a draft", "closed", "paused"],
)
def test_only_what_runs_in_a_goal_that_is_open_can_be_carried_out(
    goal: dict[str, Any], status: InterventionStatus, *, is_offered: bool
) -> None:
    intervention = Intervention(goal=Goal(**goal), status=status)

    assert can_carry_out(intervention) is is_offered
