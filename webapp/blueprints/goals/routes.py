"""Write a goal: new, edit, start; the coach's lights while somebody writes; "I have seen it"."""

from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from webapp import access, editing
from webapp.access import requires
from webapp.adapters import clock
from webapp.blueprints.goals.answers import (
    FIELD_OF,
    is_valid,
    page,
    refused_page,
    stored_values,
    values_of,
)
from webapp.blueprints.goals.forms import GoalForm
from webapp.db import db
from webapp.domain.days import local_day
from webapp.domain.errors import Refused
from webapp.domain.permissions import Permission
from webapp.domain.planning import USUAL_RUN
from webapp.editing import Editing
from webapp.login import current_staff, home_zone
from webapp.models import GoalType, PlanPart
from webapp.services.plans import (
    create_goal,
    plan_of,
    update_goal,
)

bp = Blueprint("goals", __name__)


@bp.get("/citizens/<uuid:citizen_id>/goals/new")
@requires(Permission.EDIT_PLAN)
def new(citizen_id: UUID) -> ResponseReturnValue:
    """Show an empty form, or the writer's draft of one."""
    citizen = access.citizen(citizen_id)
    access.check_plan_of(citizen, Permission.EDIT_PLAN)
    access.log_read("plan.read", citizen_id=citizen.id)
    today = local_day(clock.now(), home_zone())
    order_goal = request.args.get("order_goal", "")
    values = {
        "type": GoalType.DEVELOP,
        "starts_on": today,
        "ends_on": today + USUAL_RUN,
        "order_goal_id": order_goal,
    }
    action = url_for(".create", citizen_id=citizen.id)
    return page(citizen, None, editing.begin_new(GoalForm, action, values))


@bp.post("/citizens/<uuid:citizen_id>/goals")
@requires(Permission.EDIT_PLAN)
def create(citizen_id: UUID) -> ResponseReturnValue:
    """Add a goal as a draft."""
    citizen = access.citizen(citizen_id)
    access.check_plan_of(citizen, Permission.EDIT_PLAN)
    form, action = GoalForm(), url_for(".create", citizen_id=citizen.id)
    if not is_valid(form, citizen, is_new=True):
        return refused_page(citizen, None, Editing(action, form), 422)
    try:
        goal = create_goal(
            db.session(),
            plan_of(db.session(), citizen),
            values_of(form),
            id=form.new_id.data,
            actor=current_staff(),
            now=clock.now(),
        )
    except Refused as refused:
        return refused_page(
            citizen, None, editing.refuse(form, action, refused, FIELD_OF), refused.status
        )
    return editing.keep_and_show(action, goal, object_id=goal.id)


@bp.get("/goals/<uuid:goal_id>/edit")
@requires(Permission.EDIT_PLAN)
def edit(goal_id: UUID) -> ResponseReturnValue:
    """Show a goal's form."""
    goal = access.goal(goal_id)
    citizen = goal.plan.citizen
    access.check_plan_of(citizen, Permission.EDIT_PLAN)
    access.log_read("goal.read", citizen_id=citizen.id, object_id=goal.id)
    values = stored_values(goal)
    action = url_for(".update", goal_id=goal.id)
    shown = editing.begin(GoalForm, action, values, part=PlanPart.GOAL, object_id=goal.id)
    return page(citizen, goal, shown)


@bp.post("/goals/<uuid:goal_id>")
@requires(Permission.EDIT_PLAN)
def update(goal_id: UUID) -> ResponseReturnValue:
    """Save a goal."""
    goal = access.goal(goal_id)
    citizen = goal.plan.citizen
    access.check_plan_of(citizen, Permission.EDIT_PLAN)
    form, action = GoalForm(), url_for(".update", goal_id=goal.id)
    if not is_valid(form, citizen):
        return refused_page(citizen, goal, Editing(action, form), 422)
    values = values_of(form, goal)
    try:
        update_goal(
            db.session(),
            goal,
            values,
            based_on=form.based_on.data or 0,
            actor=current_staff(),
            now=clock.now(),
            why=form.why.data,
        )
    except Refused as refused:
        shown = editing.refuse(
            form, action, refused, FIELD_OF, part=PlanPart.GOAL, object_id=goal.id, values=values
        )
        return refused_page(citizen, goal, shown, refused.status)
    return editing.keep_and_show(action, goal, object_id=goal.id)
