"""The recorded voice of a step: kept, given, taken away, and which are heard.

Source: docs/decisions/0036-voices.md
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from obstore.store import ObjectStore
from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.adapters.media_store import put_media
from webapp.adapters.voices import VoiceUnfit, make_voice
from webapp.domain.errors import SameIdOtherContent, VoiceLong, VoiceTooLarge, VoiceUnreadable
from webapp.domain.instructing import LONGEST_VOICE, is_spoken
from webapp.models import Staff, Step, StepVoice
from webapp.services import audit, once
from webapp.services.plans import hold

LARGEST_VOICE: Final = 10 * 1024 * 1024
"""Bytes, as it is sent."""


@dataclass(frozen=True, slots=True)
class KeptVoice:
    """A recording in the media store: its checksum in hex, its bytes, how long it lasts."""

    sha256: str
    size: int
    milliseconds: int


def keep_voice(store: ObjectStore, data: bytes) -> KeptVoice:
    """Write a recording anew and put it in the media store. Takes a while and touches no table.

    Raises:
        VoiceTooLarge, VoiceLong, VoiceUnreadable, VoiceUnread.
    """
    if len(data) > LARGEST_VOICE:
        raise VoiceTooLarge
    try:
        made = make_voice(data, seconds=LONGEST_VOICE)
    except VoiceUnfit as unfit:
        raise (VoiceLong if str(unfit) == "long" else VoiceUnreadable) from None
    return KeptVoice(put_media(store, made.sound), len(made.sound), made.milliseconds)


def add_step_voice(
    session: Session, step: Step, kept: KeptVoice, *, id: UUID, actor: Staff, now: datetime
) -> StepVoice:
    """Give a step its voice, in the place of the one it had. The same id again changes nothing.

    Args:
        session: Not committed here.
        step: Up to the citizen loaded.
        kept: Already in the media store.
        id: Made where the form was drawn.
        actor: Who adds it.
        now: Aware.

    Raises:
        SameIdOtherContent.
    """
    plan = step.intervention.goal.plan
    hold(session, plan)
    if stored := session.get(StepVoice, id):
        if (stored.step_id, stored.sha256) != (step.id, kept.sha256):
            raise SameIdOtherContent
        return stored
    _take_away(session, step)
    voice = StepVoice(
        id=id,
        step_id=step.id,
        says=step.text,
        sha256=kept.sha256,
        size=kept.size,
        milliseconds=kept.milliseconds,
        added_at=now,
        added_by_id=actor.id,
    )
    if once.add(session, voice) is not None:
        # The lock of one plan does not hold back the same id in another.
        raise SameIdOtherContent
    _record(session, "step_voice.create", voice.id, plan.citizen_id, actor, now)
    return voice


def remove_step_voice(session: Session, step: Step, *, actor: Staff, now: datetime) -> None:
    """Take the voice of a step away; a step without one stays as it is. Not committed here."""
    plan = step.intervention.goal.plan
    hold(session, plan)
    if voice := _take_away(session, step):
        _record(session, "step_voice.remove", voice.id, plan.citizen_id, actor, now)


@dataclass(frozen=True, slots=True)
class StepVoices:
    """The voices of steps.

    Attributes:
        heard: By the steps' ids; a step whose sentence nobody said is missing.
        silent: The steps whose voice says an older sentence.
    """

    heard: Mapping[UUID, StepVoice]
    silent: Collection[UUID]


def voices_of_steps(session: Session, steps: Collection[Step]) -> StepVoices:
    """Return the voices of steps; one query."""
    by_id = {step.id: step for step in steps}
    found = session.scalars(select(StepVoice).where(StepVoice.step_id.in_(by_id))).all()
    heard = {each.step_id: each for each in found if is_spoken(each, by_id[each.step_id])}
    return StepVoices(heard, {each.step_id for each in found} - heard.keys())


def _take_away(session: Session, step: Step) -> StepVoice | None:
    earlier = session.scalar(select(StepVoice).where(StepVoice.step_id == step.id))
    if earlier:
        session.delete(earlier)
        session.flush()
    return earlier


def _record(
    session: Session, action: str, id: UUID, citizen_id: UUID, actor: Staff, now: datetime
) -> None:
    audit.record(session, action, actor=actor, at=now, citizen_id=citizen_id, object_id=id)
