"""The clip of a step: given, taken away, told how far it is, and handed out with its poster."""

from uuid import UUID

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from webapp import access, keeping
from webapp.access import requires
from webapp.adapters import clock
from webapp.adapters.media_store import delete_original
from webapp.blueprints.instructions.forms import StepClipForm
from webapp.blueprints.instructions.pictures import keep_and_go, step_to_edit
from webapp.blueprints.instructions.routes import bp, draw
from webapp.current import jobs, media_store, settings
from webapp.db import db
from webapp.domain.errors import PictureNeedsConsent, Refused
from webapp.domain.permissions import Permission
from webapp.login import current_staff, home_zone
from webapp.media import as_clip, as_picture
from webapp.messages import words_for
from webapp.models import ClipState, StepClip
from webapp.services.clips import add_step_clip, clip_of, keep_original, remove_step_clip
from webapp.services.instructions import is_shown
from webapp.uploads import takes_file


@bp.post("/steps/<uuid:step_id>/clip")
@takes_file(lambda: settings().largest_clip)
@requires(Permission.EDIT_PLAN)
def create_clip(step_id: UUID) -> ResponseReturnValue:
    """Give a step a clip. It is made ready after the answer."""
    step = step_to_edit(step_id)
    form = StepClipForm()
    if not form.validate():
        return draw(step.intervention, step=step, clip_form=form), 422
    # Keeping a large file takes long and must not hold up those who write meanwhile.
    db.session.rollback()
    unneeded = None
    try:
        original = keep_original(
            media_store(), form.clip.data.stream, largest=settings().largest_clip
        )
        unneeded = original.name
        step = step_to_edit(step_id)
        earlier = clip_of(db.session(), step)
        clip = add_step_clip(
            db.session(),
            step,
            original,
            id=form.new_id.data,
            shows_citizen=bool(form.shows_citizen.data),
            keeps_sound=bool(form.keeps_sound.data),
            actor=current_staff(),
            now=clock.now(),
        )
        answer = keep_and_go(access.step(step_id))
        if clip.original == original.name:
            unneeded = earlier.original if earlier else None
    except Refused as refused:
        db.session.rollback()
        asked = isinstance(refused, PictureNeedsConsent)
        (form.shows_citizen if asked else form.clip).errors = [words_for(refused.code)]
        step = access.step(step_id)
        return draw(step.intervention, step=step, clip_form=form), refused.status
    finally:
        # What was sent shows where and whom; it stays no longer than it is needed.
        if unneeded:
            delete_original(media_store(), unneeded)
    jobs().wake()
    return answer


@bp.post("/steps/<uuid:step_id>/clip/removal")
@requires(Permission.EDIT_PLAN)
def remove_clip(step_id: UUID) -> ResponseReturnValue:
    """Take the clip of a step away."""
    step = step_to_edit(step_id)
    clip = clip_of(db.session(), step)
    remove_step_clip(db.session(), step, actor=current_staff(), now=clock.now())
    answer = keep_and_go(step)
    if clip and clip.original:
        delete_original(media_store(), clip.original)
    return answer


@bp.get("/step-clips/<uuid:step_clip_id>/state")
@requires(Permission.EDIT_PLAN)
def show_clip_state(step_clip_id: UUID) -> ResponseReturnValue:
    """Tell how far a clip is; when it is ready, its poster."""
    clip = access.step_clip(step_clip_id)
    citizen = clip.step.intervention.goal.plan.citizen
    access.check_plan_of(citizen, Permission.EDIT_PLAN)
    _check_shown(clip)
    # Until it is ready there is nothing of the citizen to see; the page asks every other second.
    if not clip.is_on_its_way:
        access.log_read("step_clip.read", citizen_id=citizen.id, object_id=clip.id)
    return render_template("instructions/_clip.html", clip=clip)


@bp.get("/step-clips/<uuid:step_clip_id>")
@requires(Permission.READ_CITIZEN)
def show_clip(step_clip_id: UUID) -> ResponseReturnValue:
    """Hand out the clip of a step, or a part of it."""
    clip = _ready(step_clip_id, keeping.seen_or_kept("step_clip"))
    answer = as_clip(clip.sha256 or "", clip.size or 0)
    is_small = (clip.size or 0) <= keeping.LARGEST_CLIP
    return keeping.may_be_kept(answer) if is_small else answer


@bp.get("/step-clips/<uuid:step_clip_id>/poster")
@requires(Permission.READ_CITIZEN)
def show_poster(step_clip_id: UUID) -> ResponseReturnValue:
    """Hand out what is shown of a clip while it stands still."""
    clip = _ready(step_clip_id, keeping.seen_or_kept("step_clip"))
    poster = as_picture(clip.poster_sha256 or "", clip.poster_size or 0, is_kept=False)
    return keeping.may_be_kept(poster)


@bp.get("/step-clips/<uuid:step_clip_id>/thumbnail")
@requires(Permission.READ_CITIZEN)
def show_clip_thumbnail(step_clip_id: UUID) -> ResponseReturnValue:
    """Hand out what is shown of a clip in a list."""
    clip = _ready(step_clip_id, "step_clip.read")
    return as_picture(clip.thumbnail_sha256 or "", clip.thumbnail_size or 0, is_kept=False)


def _ready(id: UUID, seen: str) -> StepClip:
    """Return a clip that may be shown and can be, the look logged; else 404."""
    clip = access.step_clip(id)
    if clip.state is not ClipState.READY:
        abort(404)
    _check_shown(clip)
    citizen_id = clip.step.intervention.goal.plan.citizen_id
    access.log_read(seen, citizen_id=citizen_id, object_id=clip.id)
    return clip


def _check_shown(clip: StepClip) -> None:
    if not is_shown(db.session(), clip, now=clock.now(), zone=home_zone()):
        abort(404)
