"""The recorded voice of a step: given, taken away, and handed out."""

from uuid import UUID

from flask import abort
from flask.typing import ResponseReturnValue

from webapp import access, keeping
from webapp.access import requires
from webapp.adapters import clock
from webapp.adapters.voices import VoiceUnread
from webapp.blueprints.instructions.forms import StepVoiceForm
from webapp.blueprints.instructions.pictures import keep_and_go, step_to_edit
from webapp.blueprints.instructions.routes import bp, draw
from webapp.current import media_store
from webapp.db import db
from webapp.domain.errors import Refused
from webapp.domain.instructing import is_spoken
from webapp.domain.permissions import Permission
from webapp.http_errors import problem
from webapp.login import current_staff
from webapp.media import as_voice
from webapp.messages import words_for
from webapp.services.voices import (
    LARGEST_VOICE,
    add_step_voice,
    keep_voice,
    remove_step_voice,
)
from webapp.uploads import takes_file


@bp.post("/steps/<uuid:step_id>/voice")
@takes_file(LARGEST_VOICE)
@requires(Permission.EDIT_PLAN)
def create_voice(step_id: UUID) -> ResponseReturnValue:
    """Give a step its voice."""
    step = step_to_edit(step_id)
    form = StepVoiceForm()
    if not form.validate():
        return draw(step.intervention, step=step, voice_form=form), 422
    # Writing it anew takes a while and must not hold up those who write meanwhile.
    db.session.rollback()
    try:
        kept = keep_voice(media_store(), form.voice.data.read())
        step = step_to_edit(step_id)
        actor, now = current_staff(), clock.now()
        add_step_voice(db.session(), step, kept, id=form.new_id.data, actor=actor, now=now)
    except VoiceUnread:
        return problem("busy", 503)
    except Refused as refused:
        db.session.rollback()
        form.voice.errors = [words_for(refused.code)]
        step = access.step(step_id)
        return draw(step.intervention, step=step, voice_form=form), refused.status
    return keep_and_go(access.step(step_id))


@bp.post("/steps/<uuid:step_id>/voice/removal")
@requires(Permission.EDIT_PLAN)
def remove_voice(step_id: UUID) -> ResponseReturnValue:
    """Take the voice of a step away."""
    step = step_to_edit(step_id)
    remove_step_voice(db.session(), step, actor=current_staff(), now=clock.now())
    return keep_and_go(step)


@bp.get("/step-voices/<uuid:step_voice_id>")
@requires(Permission.READ_CITIZEN)
def hear_voice(step_voice_id: UUID) -> ResponseReturnValue:
    """Hand out the voice of a step; a tablet keeps it with the citizen's screen."""
    voice = access.step_voice(step_voice_id)
    if not is_spoken(voice, voice.step):
        abort(404)
    citizen_id = voice.step.intervention.goal.plan.citizen_id
    seen = keeping.seen_or_kept("step_voice")
    access.log_read(seen, citizen_id=citizen_id, object_id=voice.id)
    return keeping.may_be_kept(as_voice(voice.sha256, voice.size))
