"""See, undo and correct what was logged."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp import access
from webapp.access import requires
from webapp.adapters import clock
from webapp.blueprints.observations import acts
from webapp.blueprints.observations.answers import first_words, keep_and_answer, words_at_field
from webapp.blueprints.observations.forms import CorrectionForm
from webapp.blueprints.observations.routes import bp
from webapp.db import db
from webapp.domain.errors import Refused, TooLateToUndo
from webapp.domain.observing import can_correct, needs_reason
from webapp.domain.permissions import Permission
from webapp.htmx import wants_fragment
from webapp.http_errors import problem
from webapp.login import current_staff, home_zone
from webapp.models import Observation, Outcome, Withdrawal
from webapp.outbox import on_page
from webapp.services.observations import chain_of
from webapp.services.pictures import pictures_of
from webapp.services.plan_history import sign_text_at


@bp.get("/observations/<uuid:observation_id>")
@requires(Permission.READ_CITIZEN)
def show(observation_id: UUID) -> ResponseReturnValue:
    """Show what was logged, what it was before, and to its author how to correct it."""
    observation = access.observation(observation_id)
    newest = chain_of(db.session(), observation)[-1]
    if newest is not observation:
        return redirect(url_for(".show", observation_id=newest.id), 303)
    _log_look(observation)
    retracting = request.args.get("outcome") == Outcome.RETRACTED
    return _page(observation, CorrectionForm(**_as_logged(observation)), retracting=retracting)


@bp.post("/observations/<uuid:observation_id>/withdrawal")
@requires(Permission.LOG_OBSERVATIONS)
def withdraw(observation_id: UUID) -> ResponseReturnValue:
    """Undo one's own tap; when the seconds have passed, ask why instead."""
    withdrawn = db.session.get(Withdrawal, observation_id)
    if withdrawn and withdrawn.author_id == current_staff().id:
        return keep_and_answer(access.goal(withdrawn.goal_id), undone=True)
    observation = access.observation(observation_id)
    try:
        acts.withdraw(observation, on_page())
    except TooLateToUndo:
        db.session.rollback()
        return _go(url_for(".show", observation_id=observation.id, outcome=Outcome.RETRACTED.value))
    return keep_and_answer(observation.goal, undone=True)


@bp.post("/observations/<uuid:observation_id>/corrections")
@requires(Permission.LOG_OBSERVATIONS)
def correct(observation_id: UUID) -> ResponseReturnValue:
    """Fill in or correct one's own observation. The first text stays beside the new one."""
    observation = access.observation(observation_id)
    form = CorrectionForm()
    if not form.validate():
        return _refuse(observation, form, "bad_request", 422)
    try:
        corrected = acts.correct(observation, form, on_page())
    except Refused as refused:
        words_at_field(form, refused)
        return _refuse(observation, form, refused.code, refused.status)
    return keep_and_answer(observation.goal, opened=corrected.id)


def _as_logged(observation: Observation) -> dict[str, Any]:
    """Return what the form shows first; how long something lasted in minutes and seconds."""
    shown: dict[str, Any] = {"note": observation.note, "value": observation.value}
    if observation.value is not None:
        shown["minutes"], shown["seconds"] = divmod(observation.value, 60)
    return shown


def _go(url: str) -> ResponseReturnValue:
    """Send the whole page elsewhere, also when htmx asked for a part of it."""
    return ("", 204, {"HX-Redirect": url}) if wants_fragment() else redirect(url, 303)


def _refuse(
    observation: Observation, form: CorrectionForm, code: str, status: int
) -> ResponseReturnValue:
    if wants_fragment():
        return problem(code, status, words=first_words(form))
    db.session.rollback()
    _log_look(observation)
    return _page(observation, form), status


def _log_look(observation: Observation) -> None:
    citizen_id = observation.goal.plan.citizen_id
    access.log_read("observation.read", citizen_id=citizen_id, object_id=observation.id)


def _page(observation: Observation, form: CorrectionForm, *, retracting: bool = False) -> str:
    """Draw the observation with its history; the form only for the one who may use it."""
    now = clock.now()
    versions = chain_of(db.session(), observation)
    pictures = pictures_of(db.session(), [observation.id], now=now, zone=home_zone())
    chosen = Outcome.RETRACTED if retracting else form.outcome.data or observation.outcome
    return render_template(
        "observations/show.html",
        observation=observation,
        sign_text=sign_text_at(db.session(), observation.sign, observation.happened_at),
        versions=versions,
        pictures=pictures.of(observation),
        hidden=pictures.hidden,
        form=form,
        retracting=retracting,
        can_correct=can_correct(versions[0], current_staff(), now, home_zone()),
        needs_reason=needs_reason(versions[0], chosen, now),
    )
