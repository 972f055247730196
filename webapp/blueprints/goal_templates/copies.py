"""Copy a goal to another citizen."""

from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp import access, editing
from webapp.access import requires
from webapp.adapters import clock
from webapp.blueprints.goal_templates.forms import CopyForm
from webapp.blueprints.goal_templates.routes import bp
from webapp.db import db
from webapp.domain.days import local_day
from webapp.domain.permissions import Permission
from webapp.guides import taxonomy_of
from webapp.login import current_staff, home_zone
from webapp.models import Goal
from webapp.services.goal_templates import citizens_to_write_for, copy_goal


@bp.get("/goals/<uuid:goal_id>/copies/new")
@requires(Permission.EDIT_PLAN)
def new_copy(goal_id: UUID) -> ResponseReturnValue:
    """Ask whom the goal is copied to."""
    return _page(access.goal(goal_id), CopyForm())


@bp.post("/goals/<uuid:goal_id>/copies")
@requires(Permission.EDIT_PLAN)
def copy(goal_id: UUID) -> ResponseReturnValue:
    """Add a draft to the other citizen's plan, and go there."""
    goal, form = access.goal(goal_id), CopyForm()
    valid = form.validate()
    if form.citizen_id.data == goal.plan.citizen_id:
        form.citizen_id.errors = [_("Målet er her i forvejen. Vælg en anden borger.")]
        valid = False
    if not valid:
        return _page(goal, form), 422
    citizen = access.citizen(form.citizen_id.data)
    access.check_plan_of(citizen, Permission.EDIT_PLAN)
    theme, now = taxonomy_of(citizen).theme(goal.theme), clock.now()
    copied = copy_goal(
        db.session(),
        goal,
        citizen,
        theme=theme.code if theme else "",
        id=form.new_id.data,
        today=local_day(now, home_zone()),
        actor=current_staff(),
        now=now,
    )
    access.keep_or_log_read("plan.read", citizen_id=citizen.id, object_id=copied.id)
    return editing.go(url_for("plans.show", citizen_id=citizen.id, _anchor=f"goal-{copied.id}"))


def _page(goal: Goal, form: CopyForm) -> str:
    citizen = goal.plan.citizen
    access.log_read("goal.read", citizen_id=citizen.id, object_id=goal.id)
    others = citizens_to_write_for(db.session(), current_staff())
    return render_template(
        "goal_templates/copy.html",
        goal=goal,
        citizen=citizen,
        others=[each for each in others if each.id != citizen.id],
        form=form,
    )
