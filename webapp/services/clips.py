"""Clips of steps: kept as sent, written anew by `clip_jobs`, and shown when they are ready.

Source: docs/decisions/0035-clips.md
"""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from obstore.store import ObjectStore
from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.adapters.clip_maker import Unfit, kind_of
from webapp.adapters.media_store import put_original
from webapp.domain.consenting import may_be_shown
from webapp.domain.days import local_day
from webapp.domain.errors import ClipBroken, ClipTooLarge, ClipUnknown, SameIdOtherContent
from webapp.domain.instructing import check_may_be_taken
from webapp.models import Citizen, ClipState, Staff, Step, StepClip
from webapp.services import audit, once
from webapp.services.instructions import consents_for, consents_needed, make_room
from webapp.services.plans import hold

_CHUNK: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Original:
    """A clip as it was sent: its name in the media store, and its checksum in hex."""

    name: str
    sha256: str


def keep_original(store: ObjectStore, file: IO[bytes], *, largest: int) -> Original:
    """Keep a clip as it was sent. Takes a while and touches no table.

    Args:
        store: Where the bytes go.
        file: Read a megabyte at a time.
        largest: Bytes it may have.

    Raises:
        ClipTooLarge, ClipUnknown, ClipBroken.
    """
    file.seek(0)
    begins = file.read(12)
    try:
        kind_of(begins)
    except Unfit:
        raise (ClipUnknown if begins else ClipBroken) from None
    hashed, size = hashlib.sha256(begins), len(begins)
    while part := file.read(_CHUNK):
        hashed.update(part)
        size += len(part)
    if size > largest:
        raise ClipTooLarge
    return Original(put_original(store, file), hashed.hexdigest())


def add_step_clip(
    session: Session,
    step: Step,
    original: Original,
    *,
    id: UUID,
    shows_citizen: bool,
    keeps_sound: bool,
    actor: Staff,
    now: datetime,
) -> StepClip:
    """Give a step a clip, in the place of what it had; it waits to be made ready.

    The same id again changes nothing, and whoever asks throws the second original away.

    Args:
        session: Not committed here.
        step: Up to the citizen loaded.
        original: Already in the media store.
        id: Made where the form was drawn.
        shows_citizen: Whether the citizen can be recognised on it.
        keeps_sound: Whether what was heard is kept.
        actor: Who adds it.
        now: Aware.

    Raises:
        PictureNeedsConsent, SameIdOtherContent.
    """
    plan = step.intervention.goal.plan
    hold(session, plan)
    if stored := session.get(StepClip, id):
        if (stored.step_id, stored.original_sha256) != (step.id, original.sha256):
            raise SameIdOtherContent
        return stored
    check_may_be_taken(
        shows_citizen=shows_citizen,
        consents=consents_for(session, plan.citizen),
        today=local_day(now, ZoneInfo(actor.home.timezone)),
    )
    make_room(session, step)
    clip = StepClip(
        id=id,
        step_id=step.id,
        shows_citizen=shows_citizen,
        keeps_sound=keeps_sound,
        added_at=now,
        added_by_id=actor.id,
        state=ClipState.WAITING,
        original=original.name,
        original_sha256=original.sha256,
    )
    if once.add(session, clip) is not None:
        # The lock of one plan does not hold back the same id in another.
        raise SameIdOtherContent
    _record(session, "step_clip.create", clip, plan.citizen_id, actor, now)
    return clip


def remove_step_clip(session: Session, step: Step, *, actor: Staff, now: datetime) -> None:
    """Take the clip of a step away; a step without one stays as it is. Not committed here."""
    plan = step.intervention.goal.plan
    hold(session, plan)
    if clip := clip_of(session, step):
        session.delete(clip)
        _record(session, "step_clip.remove", clip, plan.citizen_id, actor, now)


def clip_of(session: Session, step: Step) -> StepClip | None:
    """Return the clip of a step; None when it has none."""
    return session.scalar(select(StepClip).where(StepClip.step_id == step.id))


@dataclass(frozen=True, slots=True)
class StepClips:
    """The clips of steps.

    Attributes:
        shown: By the steps' ids, ready or not; a step that has none to show is missing.
        hidden: The steps whose clip nobody says yes to any more.
    """

    shown: Mapping[UUID, StepClip]
    hidden: Collection[UUID]

    @property
    def ready(self) -> Mapping[UUID, StepClip]:
        """Those that can be played."""
        return {id: each for id, each in self.shown.items() if each.state is ClipState.READY}


def clips_of_steps(
    session: Session, citizen: Citizen, steps: Collection[Step], *, now: datetime, zone: ZoneInfo
) -> StepClips:
    """Return the clips of a citizen's steps; two queries at the most."""
    ids = [step.id for step in steps]
    found = session.scalars(select(StepClip).where(StepClip.step_id.in_(ids))).all()
    consents, today = consents_needed(session, citizen, found), local_day(now, zone)
    shown = {each.step_id: each for each in found if may_be_shown(each, consents, today)}
    return StepClips(shown, {each.step_id for each in found} - shown.keys())


def _record(
    session: Session, action: str, clip: StepClip, citizen_id: UUID, actor: Staff, now: datetime
) -> None:
    audit.record(session, action, actor=actor, at=now, citizen_id=citizen_id, object_id=clip.id)
