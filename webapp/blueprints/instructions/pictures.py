"""The picture of a step: given, taken away, and handed out large and small."""

from uuid import UUID

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp import access, keeping
from webapp.access import requires
from webapp.adapters import clock
from webapp.adapters.papers import PaperUnread
from webapp.blueprints.instructions.forms import StepPictureForm
from webapp.blueprints.instructions.routes import bp, draw
from webapp.current import media_store
from webapp.db import db
from webapp.domain.errors import PictureNeedsConsent, Refused
from webapp.domain.permissions import Permission
from webapp.http_errors import problem
from webapp.login import current_staff, home_zone
from webapp.media import as_picture
from webapp.messages import words_for
from webapp.models import Step, StepPicture
from webapp.services.instructions import (
    LARGEST_PICTURE,
    add_step_picture,
    is_shown,
    keep_step_picture,
    remove_step_picture,
)
from webapp.uploads import takes_file


@bp.post("/steps/<uuid:step_id>/picture")
@takes_file(LARGEST_PICTURE)
@requires(Permission.EDIT_PLAN)
def create_picture(step_id: UUID) -> ResponseReturnValue:
    """Give a step its picture."""
    step = step_to_edit(step_id)
    form = StepPictureForm()
    if not form.validate():
        return draw(step.intervention, form, step), 422
    # Writing it anew takes long and must not hold up those who write meanwhile.
    db.session.rollback()
    try:
        kept = keep_step_picture(media_store(), form.picture.data.read())
        add_step_picture(
            db.session(),
            step_to_edit(step_id),
            kept,
            id=form.new_id.data,
            shows_citizen=bool(form.shows_citizen.data),
            actor=current_staff(),
            now=clock.now(),
        )
    except PaperUnread:
        return problem("busy", 503)
    except Refused as refused:
        db.session.rollback()
        asked = isinstance(refused, PictureNeedsConsent)
        (form.shows_citizen if asked else form.picture).errors = [words_for(refused.code)]
        step = access.step(step_id)
        return draw(step.intervention, form, step), refused.status
    return keep_and_go(access.step(step_id))


@bp.post("/steps/<uuid:step_id>/picture/removal")
@requires(Permission.EDIT_PLAN)
def remove_picture(step_id: UUID) -> ResponseReturnValue:
    """Take the picture of a step away."""
    step = step_to_edit(step_id)
    remove_step_picture(db.session(), step, actor=current_staff(), now=clock.now())
    return keep_and_go(step)


@bp.get("/step-pictures/<uuid:step_picture_id>")
@requires(Permission.READ_CITIZEN)
def show_picture(step_picture_id: UUID) -> ResponseReturnValue:
    """Hand out the picture of a step to look at; a tablet keeps it with the citizen's screen.

    In the size of a screen, unless `size=large` is asked for, or that is all there is.
    """
    picture = _picture(step_picture_id, keeping.seen_or_kept("step_picture"))
    sha256, size = picture.medium_sha256, picture.medium_size
    if sha256 is None or size is None or request.args.get("size") == "large":
        sha256, size = picture.sha256, picture.size
    return keeping.may_be_kept(as_picture(sha256, size, is_kept=False))


@bp.get("/step-pictures/<uuid:step_picture_id>/thumbnail")
@requires(Permission.READ_CITIZEN)
def show_thumbnail(step_picture_id: UUID) -> ResponseReturnValue:
    """Hand out the picture of a step small, for a list."""
    picture = _picture(step_picture_id, "step_picture.read")
    return as_picture(picture.thumbnail_sha256, picture.thumbnail_size, is_kept=False)


def _picture(id: UUID, seen: str) -> StepPicture:
    """Return a picture that may be shown, the look logged; else 404.

    No browser keeps it by itself: consent is asked each time, and a locked tablet shows none.
    """
    picture = access.step_picture(id)
    if not is_shown(db.session(), picture, now=clock.now(), zone=home_zone()):
        abort(404)
    citizen_id = picture.step.intervention.goal.plan.citizen_id
    access.log_read(seen, citizen_id=citizen_id, object_id=picture.id)
    return picture


def step_to_edit(id: UUID) -> Step:
    """Return a step whose plan the acting person may write; else 404 or a refusal."""
    step = access.step(id)
    access.check_plan_of(step.intervention.goal.plan.citizen, Permission.EDIT_PLAN)
    return step


def keep_and_go(step: Step) -> ResponseReturnValue:
    """Commit once and go to the step on its page."""
    intervention = step.intervention
    citizen_id = intervention.goal.plan.citizen_id
    page = url_for(".show", intervention_id=intervention.id, _anchor=f"step-{step.id}")
    access.keep_or_log_read("instruction.read", citizen_id=citizen_id, object_id=intervention.id)
    return redirect(page, 303)
