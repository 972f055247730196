"""Write the signs of a goal: new, edit, smaller and larger, put away and take out again."""

from typing import Any
from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from webapp import access, editing
from webapp.access import requires
from webapp.adapters import clock
from webapp.blueprints.signs.answers import (
    FIELD_OF,
    goal_to_write,
    page,
    refused_page,
    sign_to_write,
    values_of,
)
from webapp.blueprints.signs.forms import SignForm
from webapp.db import db
from webapp.domain.errors import Refused
from webapp.domain.permissions import Permission
from webapp.editing import Editing
from webapp.login import current_staff
from webapp.models import Direction, Measure, PlanPart, Sense
from webapp.services.plans import FIELDS, create_sign, update_sign

bp = Blueprint("signs", __name__)


@bp.get("/goals/<uuid:goal_id>/signs/new")
@requires(Permission.EDIT_PLAN)
def new(goal_id: UUID) -> ResponseReturnValue:
    """Show an empty form, or the writer's draft of one."""
    goal = goal_to_write(goal_id)
    access.log_read("goal.read", citizen_id=goal.plan.citizen_id, object_id=goal.id)
    values: dict[str, Any] = {
        "sense": Sense.SEE,
        "measure": Measure.SEEN,
        "direction": Direction.MORE,
    }
    # From an instruction one comes here to measure its steps, or to ask with faces at its end.
    wanted = request.args.get("steps_of", type=UUID)
    if steps := [s.text for each in goal.interventions if each.id == wanted for s in each.steps]:
        values |= {"measure": Measure.STEPS, "steps": "\n".join(steps)}
    if request.args.get("faces"):
        values["measure"] = Measure.SMILEY
    action = url_for(".create", goal_id=goal.id)
    return page(goal, None, editing.begin_new(SignForm, action, values))


@bp.post("/goals/<uuid:goal_id>/signs")
@requires(Permission.EDIT_PLAN)
def create(goal_id: UUID) -> ResponseReturnValue:
    """Add a sign, the largest so far."""
    goal = goal_to_write(goal_id)
    form, action = SignForm(), url_for(".create", goal_id=goal.id)
    if not form.validate_new():
        return refused_page(goal, None, Editing(action, form), 422)
    try:
        sign = create_sign(
            db.session(),
            goal,
            values_of(form),
            id=form.new_id.data,
            actor=current_staff(),
            now=clock.now(),
        )
    except Refused as refused:
        shown = editing.refuse(form, action, refused, FIELD_OF)
        return refused_page(goal, None, shown, refused.status)
    return editing.keep_and_show(action, sign.goal, object_id=sign.id)


@bp.get("/signs/<uuid:sign_id>/edit")
@requires(Permission.EDIT_PLAN)
def edit(sign_id: UUID) -> ResponseReturnValue:
    """Show a sign's form."""
    sign = sign_to_write(sign_id)
    access.log_read("goal.read", citizen_id=sign.goal.plan.citizen_id, object_id=sign.goal_id)
    values: dict[str, Any] = {name: getattr(sign, name) for name in FIELDS[PlanPart.SIGN]}
    values |= {name: "\n".join(values[name]) for name in ("gas_levels", "steps")}
    if sign.measure is Measure.DURATION:
        values |= {name: values[name] and values[name] // 60 for name in ("baseline", "target")}
    action = url_for(".update", sign_id=sign.id)
    shown = editing.begin(SignForm, action, values, part=PlanPart.SIGN, object_id=sign.id)
    return page(sign.goal, sign, shown)


@bp.post("/signs/<uuid:sign_id>")
@requires(Permission.EDIT_PLAN)
def update(sign_id: UUID) -> ResponseReturnValue:
    """Save a sign."""
    sign = sign_to_write(sign_id)
    form, action = SignForm(), url_for(".update", sign_id=sign.id)
    if not form.validate():
        return refused_page(sign.goal, sign, Editing(action, form), 422)
    values = values_of(form)
    try:
        update_sign(
            db.session(),
            sign,
            values,
            based_on=form.based_on.data or 0,
            actor=current_staff(),
            now=clock.now(),
            why=form.why.data,
        )
    except Refused as refused:
        shown = editing.refuse(
            form, action, refused, FIELD_OF, part=PlanPart.SIGN, object_id=sign.id, values=values
        )
        return refused_page(sign.goal, sign, shown, refused.status)
    return editing.keep_and_show(action, sign.goal, object_id=sign.id)
