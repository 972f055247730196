"""How an instruction is shown: its form, and the order of its steps."""

from uuid import UUID

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp import access
from webapp.access import requires
from webapp.adapters import clock
from webapp.blueprints.instructions.pictures import keep_and_go, step_to_edit
from webapp.blueprints.instructions.routes import bp
from webapp.db import db
from webapp.domain.permissions import Permission
from webapp.login import current_staff
from webapp.models import InstructionForm
from webapp.services.instructions import choose_form, move_step


@bp.post("/interventions/<uuid:intervention_id>/instruction/form")
@requires(Permission.EDIT_PLAN)
def choose(intervention_id: UUID) -> ResponseReturnValue:
    """Choose how an instruction is shown; nothing for one step at a time."""
    intervention = access.intervention(intervention_id)
    citizen = intervention.goal.plan.citizen
    access.check_plan_of(citizen, Permission.EDIT_PLAN)
    said = request.form.get("form", "")
    try:
        form = InstructionForm(said) if said else None
    except ValueError:
        abort(422)
    choose_form(db.session(), intervention, form, actor=current_staff(), now=clock.now())
    page = url_for(".show", intervention_id=intervention_id, _anchor="shown-as")
    access.keep_or_log_read("instruction.read", citizen_id=citizen.id, object_id=intervention_id)
    return redirect(page, 303)


@bp.post("/steps/<uuid:step_id>/place")
@requires(Permission.EDIT_PLAN)
def move(step_id: UUID) -> ResponseReturnValue:
    """Move a step so many places, below zero towards the first."""
    step = step_to_edit(step_id)
    by = request.form.get("by", type=int)
    if by is None:
        abort(422)
    move_step(db.session(), step, by=by, actor=current_staff(), now=clock.now())
    return keep_and_go(access.step(step_id))
