"""The instruction of an intervention: its steps, each with a sentence and a picture."""

from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from webapp import access
from webapp.access import requires
from webapp.adapters import clock
from webapp.blueprints.instructions.forms import StepClipForm, StepPictureForm
from webapp.current import settings
from webapp.db import db
from webapp.domain.instructing import MOST_STEPS, is_long
from webapp.domain.permissions import Permission
from webapp.login import home_zone
from webapp.models import Intervention, Step
from webapp.services.clips import clips_of_steps
from webapp.services.instructions import LARGEST_PICTURE, pictures_of_steps

bp = Blueprint("instructions", __name__)


@bp.get("/interventions/<uuid:intervention_id>/instruction")
@requires(Permission.EDIT_PLAN)
def show(intervention_id: UUID) -> ResponseReturnValue:
    """Show the steps, each with its picture or a form for one."""
    intervention = access.intervention(intervention_id)
    access.check_plan_of(intervention.goal.plan.citizen, Permission.EDIT_PLAN)
    return draw(intervention)


def draw(
    intervention: Intervention,
    form: StepPictureForm | None = None,
    step: Step | None = None,
    clip_form: StepClipForm | None = None,
) -> str:
    """Log that somebody looks and draw the page.

    Args:
        intervention: Up to the citizen loaded.
        form: What was sent and refused; None when the page is only looked at.
        step: Whose form that is.
        clip_form: The same, of a clip.
    """
    citizen = intervention.goal.plan.citizen
    access.log_read("instruction.read", citizen_id=citizen.id, object_id=intervention.id)
    steps = intervention.steps
    return render_template(
        "instructions/show.html",
        citizen=citizen,
        goal=intervention.goal,
        intervention=intervention,
        pictures=pictures_of_steps(db.session(), citizen, steps, now=clock.now(), zone=home_zone()),
        long=[each.id for each in steps if is_long(each.text)],
        is_many=len(steps) > MOST_STEPS,
        form=form or StepPictureForm(),
        refused=step,
        clips=clips_of_steps(db.session(), citizen, steps, now=clock.now(), zone=home_zone()),
        clip_form=clip_form or StepClipForm(),
        is_clip=clip_form is not None,
        clip_seconds=settings().clip_seconds,
        largest_clip=settings().largest_clip,
        largest=LARGEST_PICTURE,
    )
