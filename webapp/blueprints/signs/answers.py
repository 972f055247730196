"""What the forms of a sign answer alike, and how they are read."""

from typing import Any
from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from webapp import access, editing
from webapp.blueprints.signs.forms import SignForm
from webapp.db import db
from webapp.domain.interpreting import interpretation_words
from webapp.domain.permissions import Permission
from webapp.editing import Editing
from webapp.guides import guidance
from webapp.models import Direction, Goal, Measure, Sign

FIELD_OF = {
    "target_against_direction": "target",
    "target_unfit": "target",
    "sign_in_use": "measure",
    "gas_levels_missing": "gas_levels",
    "steps_missing": "steps",
}


def goal_to_write(goal_id: UUID) -> Goal:
    """Return a goal the acting person may write signs for; else 404 or 403."""
    goal = access.goal(goal_id)
    access.check_plan_of(goal.plan.citizen, Permission.EDIT_PLAN)
    return goal


def sign_to_write(sign_id: UUID) -> Sign:
    """Return a sign the acting person may write; else 404 or 403."""
    sign = access.sign(sign_id)
    access.check_plan_of(sign.goal.plan.citizen, Permission.EDIT_PLAN)
    return sign


def values_of(form: SignForm) -> dict[str, Any]:
    """Return what the form says; what another measure needs is left empty."""
    measure, direction = form.measure.data, form.direction.data or Direction.MORE
    values = editing.sent(form, ("sense", "text", "measure", "baseline", "target")) | {
        "direction": direction,
        "gas_levels": form.gas_levels.lines if measure is Measure.GAS else [],
        "steps": form.steps.lines if measure is Measure.STEPS else [],
    }
    if measure is Measure.DURATION:
        # Typed in minutes, kept in seconds as taps are.
        values |= {name: values[name] and values[name] * 60 for name in ("baseline", "target")}
    return values


def refused_page(goal: Goal, sign: Sign | None, shown: Editing, status: int) -> ResponseReturnValue:
    """Show the form with its words and all that was typed; nothing is stored."""
    db.session.rollback()
    access.log_read("goal.read", citizen_id=goal.plan.citizen_id, object_id=goal.id)
    return page(goal, sign, shown), status


def page(goal: Goal, sign: Sign | None, shown: Editing) -> str:
    """Draw the form."""
    return render_template(
        "signs/edit.html",
        citizen=goal.plan.citizen,
        goal=goal,
        sign=sign,
        editing=shown,
        form=shown.form,
        interpretations=interpretation_words(shown.form.text.data or ""),
        help=guidance()["tegn"],
    )
