"""Who writes a plan by other ways than its forms meets the same rules."""

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from tests.factories import NOW, World
from webapp.domain.errors import GasLevelsMissing, Refused, StepsMissing, TargetAgainstDirection
from webapp.models import Direction, Goal, Measure, Sign, Staff
from webapp.services.plans import create_goal, create_sign, update_sign

UNFIT = [
    ({"measure": Measure.GAS, "gas_levels": ["kun ét"]}, GasLevelsMissing),
    ({"measure": Measure.STEPS, "steps": ["kun et"]}, StepsMissing),
    (
        {"measure": Measure.COUNT, "direction": Direction.MORE, "baseline": 5, "target": 2},
        TargetAgainstDirection,
    ),
]


@pytest.mark.parametrize(("values", "refused"), UNFIT)
def test_a_sign_that_cannot_be_measured_is_refused_whoever_writes_it(
    session: Session, world: World, values: dict[str, Any], refused: type[Refused]
) -> None:
    goal = session.get_one(Goal, world.teeth.id)
    sign = session.get_one(Sign, world.walks_along.id)
    anna = session.get_one(Staff, world.anna.id)
    text = {"text": "Sofie skyller munden"}

    with pytest.raises(refused):
        create_sign(session, goal, text | values, id=uuid4(), actor=anna, now=NOW)
    session.rollback()
    with pytest.raises(refused):
        update_sign(session, sign, values, based_on=0, actor=anna, now=NOW)
    session.rollback()
    with pytest.raises(refused):
        create_goal(
            session,
            goal.plan,
            {
                "text": "Sofie skyller munden hver aften",
                "short_text": "Skyller munden",
                "starts_on": goal.starts_on,
                "ends_on": goal.ends_on,
                "parent_id": goal.id,
            },
            id=uuid4(),
            actor=anna,
            now=NOW,
            signs=[text | values],
        )
