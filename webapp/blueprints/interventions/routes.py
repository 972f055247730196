"""Write the interventions of a goal."""

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp import access, editing
from webapp.access import requires
from webapp.adapters import clock
from webapp.blueprints.interventions.forms import InterventionForm
from webapp.db import db
from webapp.domain.errors import Refused
from webapp.domain.permissions import Permission
from webapp.editing import Editing
from webapp.guides import guidance
from webapp.login import current_staff
from webapp.models import Goal, Intervention, InterventionStatus, PlanPart
from webapp.services.plans import FIELDS, create_intervention, update_intervention

bp = Blueprint("interventions", __name__)


@bp.get("/goals/<uuid:goal_id>/interventions/new")
@requires(Permission.EDIT_PLAN)
def new(goal_id: UUID) -> ResponseReturnValue:
    """Show an empty form, or the writer's draft of one."""
    goal = access.goal(goal_id)
    access.check_plan_of(goal.plan.citizen, Permission.EDIT_PLAN)
    access.log_read("goal.read", citizen_id=goal.plan.citizen_id, object_id=goal.id)
    action = url_for(".create", goal_id=goal.id)
    values = {"status": InterventionStatus.RUNNING}
    return _page(goal, None, editing.begin_new(InterventionForm, action, values))


@bp.post("/goals/<uuid:goal_id>/interventions")
@requires(Permission.EDIT_PLAN)
def create(goal_id: UUID) -> ResponseReturnValue:
    """Add an intervention with its steps."""
    goal = access.goal(goal_id)
    access.check_plan_of(goal.plan.citizen, Permission.EDIT_PLAN)
    form, action = InterventionForm(), url_for(".create", goal_id=goal.id)
    if not form.validate_new():
        return _refuse(goal, None, Editing(action, form), 422)
    try:
        intervention = create_intervention(
            db.session(),
            goal,
            _values(form),
            id=form.new_id.data,
            actor=current_staff(),
            now=clock.now(),
        )
    except Refused as refused:
        return _refuse(goal, None, editing.refuse(form, action, refused, {}), refused.status)
    return editing.keep_and_show(action, goal, object_id=intervention.id)


@bp.get("/interventions/<uuid:intervention_id>/edit")
@requires(Permission.EDIT_PLAN)
def edit(intervention_id: UUID) -> ResponseReturnValue:
    """Show an intervention's form."""
    intervention = access.intervention(intervention_id)
    goal = intervention.goal
    access.check_plan_of(goal.plan.citizen, Permission.EDIT_PLAN)
    access.log_read("goal.read", citizen_id=goal.plan.citizen_id, object_id=goal.id)
    part = PlanPart.INTERVENTION
    values: dict[str, Any] = {name: getattr(intervention, name) for name in FIELDS[part]}
    values["steps"] = "\n".join(step.text for step in intervention.steps)
    action = url_for(".update", intervention_id=intervention.id)
    shown = editing.begin(InterventionForm, action, values, part=part, object_id=intervention.id)
    return _page(goal, intervention, shown)


@bp.post("/interventions/<uuid:intervention_id>")
@requires(Permission.EDIT_PLAN)
def update(intervention_id: UUID) -> ResponseReturnValue:
    """Save an intervention."""
    intervention = access.intervention(intervention_id)
    goal = intervention.goal
    access.check_plan_of(goal.plan.citizen, Permission.EDIT_PLAN)
    form, action = InterventionForm(), url_for(".update", intervention_id=intervention.id)
    if not form.validate():
        return _refuse(goal, intervention, Editing(action, form), 422)
    values = _values(form)
    try:
        update_intervention(
            db.session(),
            intervention,
            values,
            based_on=form.based_on.data or 0,
            actor=current_staff(),
            now=clock.now(),
            why=form.why.data,
        )
    except Refused as refused:
        part = PlanPart.INTERVENTION
        shown = editing.refuse(
            form, action, refused, {}, part=part, object_id=intervention.id, values=values
        )
        return _refuse(goal, intervention, shown, refused.status)
    return editing.keep_and_show(action, goal, object_id=intervention.id)


def _values(form: InterventionForm) -> dict[str, Any]:
    names = ("title", "approach", "practice", "who", "when_and_where", "materials")
    return editing.sent(form, names) | {
        "steps": form.steps.lines,
        "status": form.status.data or InterventionStatus.RUNNING,
    }


def _refuse(
    goal: Goal, intervention: Intervention | None, shown: Editing, status: int
) -> ResponseReturnValue:
    db.session.rollback()
    access.log_read("goal.read", citizen_id=goal.plan.citizen_id, object_id=goal.id)
    return _page(goal, intervention, shown), status


def _page(goal: Goal, intervention: Intervention | None, shown: Editing) -> str:
    return render_template(
        "interventions/edit.html",
        citizen=goal.plan.citizen,
        goal=goal,
        intervention=intervention,
        editing=shown,
        form=shown.form,
        help=guidance()["tiltag"],
    )
