"""The instruction on paper: cards to lay out, or a strip to hang up, with a code for the tablet."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp import access
from webapp.access import requires
from webapp.adapters import clock
from webapp.blueprints.instructions.routes import bp
from webapp.current import settings
from webapp.db import db
from webapp.domain.permissions import Permission
from webapp.login import home_zone
from webapp.qr import qr_svg
from webapp.services.clips import clips_of_steps
from webapp.services.instructions import pictures_of_steps


@bp.get("/interventions/<uuid:intervention_id>/instruction/print")
@requires(Permission.READ_PLAN)
def to_print(intervention_id: UUID) -> ResponseReturnValue:
    """Show the instruction as it comes on paper; what leaves the house on paper is logged.

    It hangs where anybody passes, so it names nobody. What nobody says yes to is not on it.
    """
    intervention = access.intervention(intervention_id)
    citizen, steps = intervention.goal.plan.citizen, intervention.steps
    access.log_read("instruction.print", citizen_id=citizen.id, object_id=intervention.id)
    address = url_for("citizen_mode.show", intervention_id=intervention.id)
    now, zone = clock.now(), home_zone()
    return render_template(
        "instructions/print.html",
        intervention=intervention,
        form="strip" if request.args.get("form") == "strip" else "cards",
        pictures=pictures_of_steps(db.session(), citizen, steps, now=now, zone=zone),
        clips=clips_of_steps(db.session(), citizen, steps, now=now, zone=zone).ready,
        qr=qr_svg(f"{settings().address}{address}"),
    )
