"""Log what was seen: find (and refuse), parse, act, commit once, answer. The room to copy."""

from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from webapp import access
from webapp.access import requires
from webapp.adapters import clock
from webapp.blueprints.observations.acts import chosen_sign, log
from webapp.blueprints.observations.answers import first_words, keep_and_answer, words_at_field
from webapp.blueprints.observations.forms import ObservationForm
from webapp.db import db
from webapp.domain.documentation import active_signs
from webapp.domain.errors import Refused, SignElsewhere
from webapp.domain.permissions import Permission
from webapp.htmx import wants_fragment
from webapp.http_errors import problem
from webapp.models import Goal, Sign
from webapp.outbox import on_page

bp = Blueprint("observations", __name__)


@bp.post("/signs/<uuid:sign_id>/observations")
@requires(Permission.LOG_OBSERVATIONS)
def create_for_sign(sign_id: UUID) -> ResponseReturnValue:
    """Log one tap on a sign. htmx gets the goal's card back; a plain form is sent to the day."""
    sign = access.sign(sign_id)
    return _create(sign.goal, sign, ObservationForm())


@bp.get("/goals/<uuid:goal_id>/observations/new")
@requires(Permission.LOG_OBSERVATIONS)
def new(goal_id: UUID) -> ResponseReturnValue:
    """Show the long form: another time than now, help and note at once."""
    return _show_form(access.goal(goal_id), ObservationForm())


@bp.post("/goals/<uuid:goal_id>/observations")
@requires(Permission.LOG_OBSERVATIONS)
def create_for_goal(goal_id: UUID) -> ResponseReturnValue:
    """Log on the goal as a whole ("Ikke set", "Ingen mulighed"), or on one of its signs."""
    goal = access.goal(goal_id)
    form = ObservationForm()
    try:
        sign = chosen_sign(goal, form)
    except SignElsewhere as refused:
        form.validate()
        words_at_field(form, refused)
        return _refuse(goal, form, refused.code, refused.status)
    return _create(goal, sign, form)


def _create(goal: Goal, sign: Sign | None, form: ObservationForm) -> ResponseReturnValue:
    # Where the address names the sign, the long form has to know it too, should it be shown.
    form.sign_id.data = sign.id if sign else None
    if not form.validate():
        return _refuse(goal, form, "bad_request", 422)
    try:
        observation = log(goal, sign, form, on_page())
    except Refused as refused:
        words_at_field(form, refused)
        return _refuse(goal, form, refused.code, refused.status)
    return keep_and_answer(
        goal, opened=observation.id if observation else None, undone=observation is None
    )


def _refuse(goal: Goal, form: ObservationForm, code: str, status: int) -> ResponseReturnValue:
    """Say what is wrong: beside the card for htmx, else in the long form with all typed."""
    if wants_fragment():
        return problem(code, status, words=first_words(form))
    db.session.rollback()
    return _show_form(goal, form), status


def _show_form(goal: Goal, form: ObservationForm) -> str:
    access.log_read("goal.read", citizen_id=goal.plan.citizen_id, object_id=goal.id)
    return render_template(
        "observations/new.html",
        goal=goal,
        signs=active_signs(goal),
        form=form,
        blank=ObservationForm(formdata=None),
        now=clock.now(),
    )
