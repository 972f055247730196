"""Carry an intervention out with one tap on the day, and take it back."""

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp import access
from webapp.access import requires
from webapp.adapters import clock
from webapp.blueprints.interventions import acts
from webapp.blueprints.interventions.forms import DoneForm
from webapp.blueprints.interventions.routes import bp
from webapp.db import db
from webapp.domain.permissions import Permission
from webapp.htmx import wants_fragment
from webapp.http_errors import problem
from webapp.login import current_staff, home_zone
from webapp.models import Goal, Withdrawal
from webapp.outbox import on_page
from webapp.services.board import card_of


@bp.post("/interventions/<uuid:intervention_id>/done")
@requires(Permission.LOG_OBSERVATIONS)
def carry_out(intervention_id: UUID) -> ResponseReturnValue:
    """Log that it was done just now. htmx gets the goal's card; a plain form is sent to the day."""
    intervention = access.intervention(intervention_id)
    form = DoneForm()
    if not form.validate():
        return problem("bad_request", 422, words=str(form.new_id.errors[0]))
    done = acts.carry_out(intervention, form, on_page())
    return _keep_and_answer(intervention.goal, undone=done is None)


@bp.post("/interventions/done/<uuid:done_id>/withdrawal")
@requires(Permission.LOG_OBSERVATIONS)
def withdraw(done_id: UUID) -> ResponseReturnValue:
    """Take it back, within seconds; asked twice, it says twice that it is taken back."""
    withdrawn = db.session.get(Withdrawal, done_id)
    if withdrawn and withdrawn.author_id == current_staff().id:
        return _keep_and_answer(access.goal(withdrawn.goal_id), undone=True)
    done = access.intervention_done(done_id)
    goal = done.intervention.goal
    acts.withdraw(done, on_page())
    return _keep_and_answer(goal, undone=True)


def _keep_and_answer(goal: Goal, *, undone: bool) -> ResponseReturnValue:
    citizen_id = goal.plan.citizen_id
    access.keep_or_log_read("goal.read", citizen_id=citizen_id, object_id=goal.id)
    if not wants_fragment():
        day = url_for("citizens.show", citizen_id=citizen_id)
        return redirect(f"{day}#goal-{goal.id}", 303)
    now = clock.now()
    return render_template(
        "observations/_answer.html",
        card=card_of(db.session(), goal, viewer=current_staff(), now=now, zone=home_zone()),
        staff=current_staff(),
        now=now,
        opened="",
        undone=undone,
    )
