"""Start a goal, read along while it is written, and keep that a colleague has seen a change."""

from uuid import UUID

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp import access, editing
from webapp.access import requires
from webapp.adapters import clock
from webapp.blueprints.goals import acts
from webapp.blueprints.goals.answers import (
    FIELD_OF,
    coach,
    refused_page,
    stored_values,
)
from webapp.blueprints.goals.forms import AcknowledgementForm, GoalForm
from webapp.blueprints.goals.routes import bp
from webapp.db import db
from webapp.domain.errors import Refused
from webapp.domain.permissions import Permission
from webapp.htmx import wants_fragment
from webapp.http_errors import problem
from webapp.login import current_staff
from webapp.models import PlanPart
from webapp.outbox import on_page
from webapp.services.board import card_of
from webapp.services.plans import activate_goal


@bp.post("/goals/<uuid:goal_id>/activation")
@requires(Permission.EDIT_PLAN)
def activate(goal_id: UUID) -> ResponseReturnValue:
    """Start a goal; what is missing is asked for in its form."""
    goal = access.goal(goal_id)
    citizen = goal.plan.citizen
    access.check_plan_of(citizen, Permission.EDIT_PLAN)
    try:
        activate_goal(db.session(), goal, actor=current_staff(), now=clock.now())
    except Refused as refused:
        values = stored_values(goal)
        action = url_for(".update", goal_id=goal.id)
        shown = editing.begin(GoalForm, action, values, part=PlanPart.GOAL, object_id=goal.id)
        shown = editing.refuse(shown.form, action, refused, FIELD_OF)
        return refused_page(citizen, goal, shown, refused.status)
    return editing.keep_and_show(url_for(".update", goal_id=goal.id), goal, object_id=goal.id)


@bp.post("/citizens/<uuid:citizen_id>/goals/lights")
@requires(Permission.EDIT_PLAN)
def lights(citizen_id: UUID) -> ResponseReturnValue:
    """Say what the coach sees in a goal being written. Nothing is stored and nothing is read."""
    citizen = access.citizen(citizen_id)
    form, asked = GoalForm(), request.args.get("goal", type=UUID)
    goal = access.goal(asked) if asked else None
    if goal and goal.plan.citizen_id != citizen.id:
        abort(404)
    form.validate()
    return render_template("goals/_smorte.html", **coach(citizen, goal, form))


@bp.post("/goals/<uuid:goal_id>/acknowledgements")
@requires(Permission.LOG_OBSERVATIONS)
def acknowledge(goal_id: UUID) -> ResponseReturnValue:
    """Keep that somebody has seen what changed, and show the goal's card with its signs."""
    goal = access.goal(goal_id)
    form = AcknowledgementForm()
    if not form.validate():
        return problem("bad_request", 422, words=str(form.new_id.errors[0]))
    act = on_page()
    acts.acknowledge(goal, form, act)
    citizen_id = goal.plan.citizen_id
    access.keep_or_log_read("goal.read", citizen_id=citizen_id, object_id=goal.id)
    if not wants_fragment():
        return editing.go(
            url_for("citizens.show", citizen_id=citizen_id, _anchor=f"goal-{goal.id}")
        )
    return render_template(
        "citizens/_goal.html",
        card=card_of(act.session, goal, viewer=act.actor, now=act.now, zone=act.zone),
        staff=act.actor,
        now=act.now,
        opened="",
        earlier=None,
    )
