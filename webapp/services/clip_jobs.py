"""Clips that wait to be written anew: taken one after the other, of steps and of notes.

Source: docs/decisions/0035-clips.md, 0045-clips-in-notes.md
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, cast
from uuid import UUID

from obstore.store import ObjectStore
from sqlalchemy import ColumnElement, CursorResult, and_, or_, select, union, update
from sqlalchemy.orm import Session

from webapp.adapters.media_store import (
    MediaMissing,
    delete_original,
    open_original,
    originals,
    put_media,
)
from webapp.adapters.video import ClipUnfit, MadeClip, make_clip
from webapp.models import Clip, ClipRefusal, ClipState, PictureClip, PictureState, StepClip
from webapp.services import audit

TAKEN_FOR: Final = timedelta(seconds=60)
"""How long a clip that is being made is nobody else's, since it was last heard of."""

MOST_TRIES: Final = 5
"""Of a clip with which whoever makes it is not heard of again, or is ended from outside."""

LONGEST_PAUSE: Final = timedelta(hours=1)
"""Before a clip is tried again whose making failed for no fault of its own."""

FORGOTTEN_AFTER: Final = timedelta(hours=1)
"""What was sent and belongs to no clip by then never will."""

KINDS: Final[tuple[type[Clip], ...]] = (StepClip, PictureClip)
"""All that is a clip."""


@dataclass(frozen=True, slots=True)
class Job:
    """A clip that somebody makes ready now.

    Attributes:
        kind: What it is a clip of.
        id: The clip's.
        original: Its name in the media store.
        keeps_sound: Whether what was heard is kept.
        tries: How often somebody began, this time included; tells them apart.
    """

    kind: type[Clip]
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
    waiting = [clip for kind in KINDS if (clip := _next(session, kind, now))]
    if not waiting:
        return None
    clip = min(waiting, key=lambda each: each.added_at)
    clip.state, clip.percent = ClipState.MAKING, 0
    clip.tries += 1
    clip.taken_until = now + TAKEN_FOR
    # Who films for a note chooses on the tablet whether it hears.
    keeps_sound = clip.keeps_sound if isinstance(clip, StepClip) else True
    return Job(type(clip), clip.id, clip.original or "", keeps_sound, clip.tries)


def _next(session: Session, kind: type[Clip], now: datetime) -> Clip | None:
    waits = or_(
        kind.state == ClipState.WAITING,
        and_(kind.state == ClipState.MAKING, kind.taken_until < now),
    )
    return session.scalar(
        select(kind)
        .where(waits)
        .order_by(kind.added_at, kind.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


def tell_percent(session: Session, job: Job, percent: int, *, now: datetime) -> None:
    """Say how far it is, and that somebody is still at it. Not committed here.

    Raises:
        ClipGone.
    """
    changed = session.execute(
        update(job.kind).where(_is_still(job)).values(percent=percent, taken_until=now + TAKEN_FOR)
    )
    if not cast("CursorResult[Any]", changed).rowcount:
        raise ClipGone


def put_back(session: Session, job: Job, *, now: datetime) -> None:
    """Let a clip wait that could not be made for want of something else. Not committed here.

    It was no try. The longer it has waited, the longer the pause: those behind it come first.

    Args:
        session: With nothing of the work in it.
        job: Which.
        now: Aware.
    """
    clip = session.scalar(select(job.kind).where(_is_still(job)).with_for_update(of=job.kind))
    if clip is None:
        return
    clip.tries -= 1
    clip.taken_until = now + min(LONGEST_PAUSE, max(TAKEN_FOR, (now - clip.added_at) / 2))


def make(
    store: ObjectStore, job: Job, *, seconds: int, tell: Callable[[int], object]
) -> MadeClip | ClipRefusal:
    """Write a clip anew. Takes long and touches no table. One begun too often is broken.

    Args:
        store: Where the original lies.
        job: Which.
        seconds: A clip may last.
        tell: How many per cent are done; what it raises ends the work.

    Raises:
        ProgramEnded: Whoever made it was ended from outside; the clip may be tried again.
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
    kept = None if isinstance(made, ClipRefusal) else _put(store, made)
    clip = session.scalar(select(job.kind).where(_is_still(job)).with_for_update(of=job.kind))
    if clip is None:
        raise ClipGone
    clip.original = clip.taken_until = None
    if kept is None:
        clip.state, clip.refusal = ClipState.REFUSED, cast(ClipRefusal, made)
    else:
        clip.state, clip.percent = ClipState.READY, 100
        clip.sha256, clip.size = kept.clip
        clip.milliseconds, clip.has_sound = kept.made.milliseconds, kept.made.has_sound
    if isinstance(clip, StepClip):
        _finish_step(session, clip, kept, now=now)
    elif isinstance(clip, PictureClip):
        _finish_picture(session, clip, kept, now=now)


@dataclass(frozen=True, slots=True)
class _Kept:
    """A clip in the media store, its poster large and small: names and bytes of each."""

    made: MadeClip
    clip: tuple[str, int]
    poster: tuple[str, int]
    thumbnail: tuple[str, int]


def _put(store: ObjectStore, made: MadeClip) -> _Kept:
    clip, poster, thumbnail = (
        (put_media(store, each), len(each)) for each in (made.clip, made.poster, made.thumbnail)
    )
    return _Kept(made, clip, poster, thumbnail)


def _finish_step(session: Session, clip: StepClip, kept: _Kept | None, *, now: datetime) -> None:
    if kept:
        clip.poster_sha256, clip.poster_size = kept.poster
        clip.thumbnail_sha256, clip.thumbnail_size = kept.thumbnail
        clip.width, clip.height = kept.made.width, kept.made.height
    audit.record(
        session,
        "step_clip.finish" if kept else "step_clip.refuse",
        actor=clip.added_by,
        at=now,
        citizen_id=clip.step.intervention.goal.plan.citizen_id,
        object_id=clip.id,
    )


def _finish_picture(
    session: Session, clip: PictureClip, kept: _Kept | None, *, now: datetime
) -> None:
    picture = clip.picture
    picture.state = PictureState.READY if kept else PictureState.REFUSED
    if kept:
        picture.sha256, picture.size = kept.poster
        picture.thumbnail_sha256, picture.thumbnail_size = kept.thumbnail
        picture.width, picture.height = kept.made.width, kept.made.height
    audit.record(
        session,
        "picture_clip.finish" if kept else "picture_clip.refuse",
        actor=picture.author,
        at=now,
        citizen_id=picture.citizen_id,
        object_id=picture.id,
    )


def forget_originals(session: Session, store: ObjectStore, *, now: datetime) -> None:
    """Throw away what was sent an hour ago and belongs to no clip that is on its way."""
    old = {name for name, at in originals(store).items() if at < now - FORGOTTEN_AFTER}
    if old:
        needed = union(*(select(kind.original).where(kind.original.in_(old)) for kind in KINDS))
        for name in old - set(session.scalars(needed)):
            delete_original(store, name)


def _is_still(job: Job) -> ColumnElement[bool]:
    return and_(
        job.kind.id == job.id, job.kind.state == ClipState.MAKING, job.kind.tries == job.tries
    )
