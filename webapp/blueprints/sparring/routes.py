"""The sparring about a goal: read it, write in it, settle it; and where help is asked for."""

from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp import access, editing
from webapp.access import requires
from webapp.adapters import clock
from webapp.blueprints.sparring.forms import CommentForm
from webapp.db import db
from webapp.domain.errors import Refused
from webapp.domain.permissions import Permission
from webapp.login import current_staff
from webapp.messages import words_for
from webapp.models import Goal
from webapp.services.sparring import (
    add_comment,
    asked_of,
    citizens_elsewhere,
    settle_sparring,
    sparrings_of,
)

bp = Blueprint("sparring", __name__)


@bp.get("/sparring")
@requires(Permission.SPAR)
def index() -> ResponseReturnValue:
    """Show where help is asked for, whoever waited longest first, and the plans elsewhere."""
    access.log_read("sparring.read")
    return render_template(
        "sparring/index.html",
        asked=asked_of(db.session(), current_staff()),
        departments=access.departments(),
        elsewhere=citizens_elsewhere(db.session(), current_staff()),
    )


@bp.get("/goals/<uuid:goal_id>/sparring")
@requires(Permission.READ_PLAN)
def show(goal_id: UUID) -> ResponseReturnValue:
    """Show what was said about a goal, with a field for those who may write."""
    return _page(access.goal(goal_id), CommentForm())


@bp.post("/goals/<uuid:goal_id>/sparring/comments")
@requires(Permission.SPAR)
def comment(goal_id: UUID) -> ResponseReturnValue:
    """Write a comment; the first one asks for help."""
    goal, form = access.goal(goal_id), CommentForm()
    access.check_plan_of(goal.plan.citizen, Permission.SPAR)
    if not form.validate():
        return _page(goal, form), 422
    try:
        add_comment(
            db.session(),
            goal,
            form.text.data,
            id=form.new_id.data,
            actor=current_staff(),
            now=clock.now(),
        )
    except Refused as refused:
        db.session.rollback()
        form.text.errors = [words_for(refused.code)]
        return _page(goal, form), refused.status
    return _keep_and_go(goal)


@bp.post("/sparring/<uuid:sparring_id>/settlement")
@requires(Permission.SPAR)
def settle(sparring_id: UUID) -> ResponseReturnValue:
    """Settle a sparring; what was said stays."""
    sparring = access.sparring(sparring_id)
    goal = sparring.goal
    access.check_plan_of(goal.plan.citizen, Permission.SPAR)
    settle_sparring(db.session(), sparring, actor=current_staff(), now=clock.now())
    return _keep_and_go(goal)


def _keep_and_go(goal: Goal) -> ResponseReturnValue:
    access.keep_or_log_read("sparring.read", citizen_id=goal.plan.citizen_id, object_id=goal.id)
    return editing.go(url_for(".show", goal_id=goal.id))


def _page(goal: Goal, form: CommentForm) -> str:
    citizen = goal.plan.citizen
    access.log_read("sparring.read", citizen_id=citizen.id, object_id=goal.id)
    sparrings = sparrings_of(db.session(), goal)
    return render_template(
        "sparring/show.html",
        goal=goal,
        citizen=citizen,
        open=next((each for each in sparrings if not each.settled_at), None),
        settled=[each for each in sparrings if each.settled_at],
        may_spar=access.reaches_plan_of(citizen, Permission.SPAR),
        form=form,
    )
