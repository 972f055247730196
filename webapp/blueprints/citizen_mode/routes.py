"""The citizen's own screen: nothing but the instruction, one step at a time."""

from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp import access, keeping
from webapp.access import requires
from webapp.adapters import clock
from webapp.blueprints.citizen_mode import acts
from webapp.blueprints.citizen_mode.forms import ShowingForm
from webapp.db import db
from webapp.domain.carrying_out import can_carry_out
from webapp.domain.instructing import sign_asked, sign_of_steps
from webapp.domain.permissions import Permission
from webapp.http_errors import problem
from webapp.login import home_zone
from webapp.outbox import on_page
from webapp.services.clips import clips_of_steps
from webapp.services.instructions import pictures_of_steps
from webapp.services.voices import voices_of_steps

bp = Blueprint("citizen_mode", __name__)


@bp.get("/tablets/one-app")
@requires(Permission.USE_APP)
def one_app() -> ResponseReturnValue:
    """Show how a tablet is held to this one app while somebody follows an instruction."""
    return render_template("citizen_mode/one_app.html")


@bp.get("/interventions/<uuid:intervention_id>/show")
@requires(Permission.READ_CITIZEN)
def show(intervention_id: UUID) -> ResponseReturnValue:
    """Show an instruction to the citizen; one without steps is not there."""
    intervention = access.intervention(intervention_id)
    citizen, steps = intervention.goal.plan.citizen, intervention.steps
    if not steps:
        abort(404)
    seen = keeping.seen_or_kept("citizen_mode")
    access.log_read(seen, citizen_id=citizen.id, object_id=intervention.id)
    page = render_template(
        "citizen_mode/show.html",
        citizen=citizen,
        intervention=intervention,
        steps=steps,
        sign=sign_of_steps(intervention),
        asked=sign_asked(intervention),
        voices=voices_of_steps(db.session(), steps).heard,
        is_marked=can_carry_out(intervention),
        largest_kept=keeping.LARGEST_CLIP,
        clips=clips_of_steps(db.session(), citizen, steps, now=clock.now(), zone=home_zone()).ready,
        pictures=pictures_of_steps(db.session(), citizen, steps, now=clock.now(), zone=home_zone()),
    )
    return keeping.may_be_kept(page)


@bp.post("/interventions/<uuid:intervention_id>/showings")
@requires(Permission.LOG_OBSERVATIONS)
def create_showing(intervention_id: UUID) -> ResponseReturnValue:
    """Note that the instruction was shown just now. A tablet tells it by its outbox."""
    intervention = access.intervention(intervention_id)
    form = ShowingForm()
    if not form.validate():
        return problem("bad_request", 422, words=str(form.new_id.errors[0]))
    showing = acts.show(intervention, form, on_page())
    citizen_id = intervention.goal.plan.citizen_id
    access.keep_or_log_read("citizen_mode.read", citizen_id=citizen_id, object_id=showing.id)
    return redirect(url_for(".show", intervention_id=intervention_id), 303)
