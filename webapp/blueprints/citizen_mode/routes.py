"""The citizen's own screen: nothing but the instruction, one step at a time."""

from uuid import UUID

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from webapp import access, keeping
from webapp.access import requires
from webapp.adapters import clock
from webapp.db import db
from webapp.domain.carrying_out import can_carry_out
from webapp.domain.instructing import sign_asked, sign_of_steps
from webapp.domain.permissions import Permission
from webapp.login import home_zone
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
