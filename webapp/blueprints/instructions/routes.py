"""The instruction of an intervention: its steps, each with a sentence and a picture."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp import access
from webapp.access import requires
from webapp.adapters import clock
from webapp.blueprints.instructions.forms import (
    MeasureForm,
    StepClipForm,
    StepPictureForm,
    StepVoiceForm,
)
from webapp.current import settings
from webapp.db import db
from webapp.domain.errors import Refused
from webapp.domain.instructing import (
    MOST_STEPS,
    TIMES,
    fits_steps,
    has_faces,
    is_long,
    sign_asked,
    sign_of_steps,
)
from webapp.domain.permissions import Permission
from webapp.fields import UuidField
from webapp.login import current_staff, home_zone
from webapp.messages import words_for
from webapp.models import Intervention, Sign, Step
from webapp.services.clips import clips_of_steps
from webapp.services.instructions import LARGEST_PICTURE, choose_signs, pictures_of_steps
from webapp.services.showings import COUNTED, showings_of
from webapp.services.voices import voices_of_steps

bp = Blueprint("instructions", __name__)


@bp.get("/interventions/<uuid:intervention_id>/instruction")
@requires(Permission.EDIT_PLAN)
def show(intervention_id: UUID) -> ResponseReturnValue:
    """Show the steps, each with its picture or a form for one."""
    intervention = access.intervention(intervention_id)
    access.check_plan_of(intervention.goal.plan.citizen, Permission.EDIT_PLAN)
    return draw(intervention)


@bp.post("/interventions/<uuid:intervention_id>/instruction/sign")
@requires(Permission.EDIT_PLAN)
def measure(intervention_id: UUID) -> ResponseReturnValue:
    """Choose the sign that the steps measure, and the one the citizen is asked about."""
    intervention = access.intervention(intervention_id)
    goal = intervention.goal
    access.check_plan_of(goal.plan.citizen, Permission.EDIT_PLAN)
    form = MeasureForm()
    if not form.validate():
        return draw(intervention, measuring=form), 422
    sign = _chosen(form.sign_id, intervention.sign)
    asked = _chosen(form.asked_sign_id, intervention.asked_sign)
    try:
        choose_signs(
            db.session(), intervention, sign, asked, actor=current_staff(), now=clock.now()
        )
    except Refused as refused:
        db.session.rollback()
        form.sign_id.errors = [words_for(refused.code)]
        return draw(access.intervention(intervention_id), measuring=form), refused.status
    page = url_for(".show", intervention_id=intervention_id, _anchor="measured")
    citizen_id = goal.plan.citizen_id
    access.keep_or_log_read("instruction.read", citizen_id=citizen_id, object_id=intervention_id)
    return redirect(page, 303)


def _chosen(field: UuidField, before: Sign | None) -> Sign | None:
    """Return the sign that was chosen; a question that the page did not ask keeps its answer."""
    if field.name not in request.form:
        return before
    return access.sign(field.data) if field.data else None


def draw(
    intervention: Intervention,
    form: StepPictureForm | None = None,
    step: Step | None = None,
    measuring: MeasureForm | None = None,
    clip_form: StepClipForm | None = None,
    voice_form: StepVoiceForm | None = None,
) -> str:
    """Log that somebody looks and draw the page.

    Args:
        intervention: Up to the citizen loaded.
        form: What was sent for a step and refused; None when the page is only looked at.
        step: Whose form that is.
        measuring: What was chosen to be measured and refused.
        clip_form: The same, of a clip.
        voice_form: The same, of a recording.
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
        fitting=[each for each in intervention.goal.signs if fits_steps(each, len(steps))],
        measured=sign_of_steps(intervention),
        asking=[each for each in intervention.goal.signs if has_faces(each)],
        asked=sign_asked(intervention),
        measuring=measuring or MeasureForm(),
        times=TIMES,
        voices=voices_of_steps(db.session(), steps),
        voice_form=voice_form or StepVoiceForm(),
        is_voice=voice_form is not None,
        shown=showings_of(db.session(), [intervention.id], now=clock.now()).get(intervention.id),
        days_counted=COUNTED.days,
    )
