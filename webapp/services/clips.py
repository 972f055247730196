"""Clips of steps: kept as sent, written anew by whoever has time, and shown when they are ready.

Source: docs/decisions/0035-clips.md
"""

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO, Any, Final, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from obstore.store import ObjectStore
from sqlalchemy import ColumnElement, CursorResult, and_, or_, select, update
from sqlalchemy.orm import Session, joinedload

from webapp.adapters.clip_maker import Unfit, kind_of
from webapp.adapters.media_store import (
    MediaMissing,
    delete_original,
    open_original,
    originals,
    put_media,
    put_original,
)
from webapp.adapters.video import ClipUnfit, MadeClip, make_clip
from webapp.domain.days import local_day
from webapp.domain.errors import ClipBroken, ClipTooLarge, ClipUnknown, SameIdOtherContent
from webapp.domain.instructing import check_may_be_taken, may_be_shown
from webapp.models import Citizen, ClipRefusal, ClipState, Staff, Step, StepClip
from webapp.services import audit
from webapp.services.instructions import consents_for, consents_needed, make_room
from webapp.services.plans import hold

TAKEN_FOR: Final = timedelta(seconds=60)
"""How long a clip that is being made is nobody else's, since it was last heard of."""

MOST_TRIES: Final = 5
"""Of a clip with which whoever makes it is not heard of again."""

FORGOTTEN_AFTER: Final = timedelta(hours=1)
"""What was sent and belongs to no clip by then never will."""

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
    session.add(clip)
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


# Making them ready


@dataclass(frozen=True, slots=True)
class Job:
    """A clip that somebody makes ready now.

    Attributes:
        id: The clip's.
        original: Its name in the media store.
        keeps_sound: Whether what was heard is kept.
        tries: How often somebody began, this time included; tells them apart.
    """

    id: UUID
    original: str
    keeps_sound: bool
    tries: int


class ClipGone(Exception):
    """The clip was taken away meanwhile, or somebody else makes it."""


def take_job(session: Session, *, now: datetime) -> Job | None:
    """Take the clip that has waited longest; None when there is none. Not committed here.

    One that is being made counts as waiting when nothing has been heard of it for a minute.
    """
    waits = or_(
        StepClip.state == ClipState.WAITING,
        and_(StepClip.state == ClipState.MAKING, StepClip.taken_until < now),
    )
    clip = session.scalar(
        select(StepClip)
        .where(waits)
        .order_by(StepClip.added_at, StepClip.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if clip is None:
        return None
    clip.state, clip.percent = ClipState.MAKING, 0
    clip.tries += 1
    clip.taken_until = now + TAKEN_FOR
    return Job(clip.id, clip.original or "", clip.keeps_sound, clip.tries)


def tell_percent(session: Session, job: Job, percent: int, *, now: datetime) -> None:
    """Say how far it is, and that somebody is still at it. Not committed here.

    Raises:
        ClipGone.
    """
    changed = session.execute(
        update(StepClip).where(_is_still(job)).values(percent=percent, taken_until=now + TAKEN_FOR)
    )
    if not cast("CursorResult[Any]", changed).rowcount:
        raise ClipGone


def make(
    store: ObjectStore, job: Job, *, seconds: int, tell: Callable[[int], object]
) -> MadeClip | ClipRefusal:
    """Write a clip anew. Takes long and touches no table. One begun too often is broken.

    Args:
        store: Where the original lies.
        job: Which.
        seconds: A clip may last.
        tell: How many per cent are done; what it raises ends the work.
    """
    if job.tries > MOST_TRIES:
        return ClipRefusal.BROKEN
    try:
        with open_original(store, job.original) as file:
            return make_clip(file, seconds=seconds, keeps_sound=job.keeps_sound, tell=tell)
    except MediaMissing:
        return ClipRefusal.BROKEN
    except ClipUnfit as unfit:
        return ClipRefusal(str(unfit))


def finish(
    session: Session, store: ObjectStore, job: Job, made: MadeClip | ClipRefusal, *, now: datetime
) -> None:
    """Keep what was made, or why it was not, and forget the original. Not committed here.

    Raises:
        ClipGone.
    """
    kept = (
        None
        if isinstance(made, ClipRefusal)
        else [
            (put_media(store, each), len(each)) for each in (made.clip, made.poster, made.thumbnail)
        ]
    )
    clip = session.scalar(
        select(StepClip)
        .where(_is_still(job))
        .options(joinedload(StepClip.added_by))
        .with_for_update(of=StepClip)
    )
    if clip is None:
        raise ClipGone
    clip.original = clip.taken_until = None
    if isinstance(made, ClipRefusal) or kept is None:
        clip.state, clip.refusal = ClipState.REFUSED, cast(ClipRefusal, made)
    else:
        clip.state, clip.percent = ClipState.READY, 100
        (clip.sha256, clip.size), (clip.poster_sha256, clip.poster_size), small = kept
        clip.thumbnail_sha256, clip.thumbnail_size = small
        clip.width, clip.height = made.width, made.height
        clip.milliseconds, clip.has_sound = made.milliseconds, made.has_sound
    action = "step_clip.refuse" if clip.refusal else "step_clip.finish"
    citizen_id = clip.step.intervention.goal.plan.citizen_id
    _record(session, action, clip, citizen_id, clip.added_by, now)


def forget_originals(session: Session, store: ObjectStore, *, now: datetime) -> None:
    """Throw away what was sent an hour ago and belongs to no clip that is on its way."""
    old = {name for name, at in originals(store).items() if at < now - FORGOTTEN_AFTER}
    if old:
        needed = set(session.scalars(select(StepClip.original).where(StepClip.original.in_(old))))
        for name in old - needed:
            delete_original(store, name)


def _is_still(job: Job) -> ColumnElement[bool]:
    return and_(
        StepClip.id == job.id, StepClip.state == ClipState.MAKING, StepClip.tries == job.tries
    )


def _record(
    session: Session, action: str, clip: StepClip, citizen_id: UUID, actor: Staff, now: datetime
) -> None:
    audit.record(session, action, actor=actor, at=now, citizen_id=citizen_id, object_id=clip.id)
