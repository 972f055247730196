"""Close a goal with a verdict and a reason, and open it again."""

from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from webapp import access, editing
from webapp.access import requires
from webapp.adapters import clock
from webapp.blueprints.goals.forms import ClosureForm, ReopeningForm
from webapp.blueprints.goals.routes import bp
from webapp.db import db
from webapp.domain.errors import Refused
from webapp.domain.permissions import Permission
from webapp.login import current_staff
from webapp.messages import words_for
from webapp.models import Goal
from webapp.services.closures import close_goal, reopen_goal


@bp.get("/goals/<uuid:goal_id>/closure/new")
@requires(Permission.EDIT_PLAN)
def ask_to_close(goal_id: UUID) -> ResponseReturnValue:
    """Show how a goal is closed, or opened again when it is."""
    goal = access.goal(goal_id)
    access.check_plan_of(goal.plan.citizen, Permission.EDIT_PLAN)
    return _page(goal, ReopeningForm() if goal.closed_at else ClosureForm())


@bp.post("/goals/<uuid:goal_id>/closure")
@requires(Permission.EDIT_PLAN)
def close(goal_id: UUID) -> ResponseReturnValue:
    """Close a goal and what is open below it."""
    goal, form = access.goal(goal_id), ClosureForm()
    access.check_plan_of(goal.plan.citizen, Permission.EDIT_PLAN)
    if not form.validate():
        return _page(goal, form), 422
    try:
        close_goal(
            db.session(),
            goal,
            form.verdict.data,
            why=form.why.data,
            actor=current_staff(),
            now=clock.now(),
        )
    except Refused as refused:
        return _refuse(goal, form, refused)
    return _keep(goal)


@bp.post("/goals/<uuid:goal_id>/reopening")
@requires(Permission.EDIT_PLAN)
def reopen(goal_id: UUID) -> ResponseReturnValue:
    """Open a closed goal again."""
    goal, form = access.goal(goal_id), ReopeningForm()
    access.check_plan_of(goal.plan.citizen, Permission.EDIT_PLAN)
    if not form.validate():
        return _page(goal, form), 422
    try:
        reopen_goal(db.session(), goal, why=form.why.data, actor=current_staff(), now=clock.now())
    except Refused as refused:
        return _refuse(goal, form, refused)
    return _keep(goal)


def _keep(goal: Goal) -> ResponseReturnValue:
    citizen_id = goal.plan.citizen_id
    access.keep_or_log_read("plan.read", citizen_id=citizen_id, object_id=goal.id)
    return editing.go(url_for("plans.show", citizen_id=citizen_id, _anchor="maal"))


def _refuse(goal: Goal, form: ClosureForm | ReopeningForm, refused: Refused) -> ResponseReturnValue:
    db.session.rollback()
    form.why.errors = [words_for(refused.code)]
    return _page(goal, form), refused.status


def _page(goal: Goal, form: ClosureForm | ReopeningForm) -> str:
    citizen = goal.plan.citizen
    access.log_read("goal.read", citizen_id=citizen.id, object_id=goal.id)
    return render_template("goals/closure.html", goal=goal, citizen=citizen, form=form)
