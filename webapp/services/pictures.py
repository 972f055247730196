"""Pictures of observations: named with an entry, opened when their file has come, and shown.

A clip is a picture whose poster has to be made first; see `clip_jobs`.
"""

import base64
import hashlib
import io
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from obstore.store import ObjectStore
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from webapp.adapters.clip_maker import Unfit, kind_of
from webapp.adapters.media_store import MediaMissing, get_parts, put_media, put_original
from webapp.adapters.papers import PaperUnfit, show_picture
from webapp.adapters.sealed_files import SealedFileUnfit, open_file
from webapp.adapters.sealing import SealBroken, Sealer
from webapp.domain.consenting import may_be_shown
from webapp.domain.days import local_day
from webapp.domain.uploading import LARGEST_MEDIA, MOST_PICTURES, MediaBroken, MediaMoved
from webapp.models import (
    ClipState,
    MediaUpload,
    Observation,
    Picture,
    PictureClip,
    PictureState,
    SyncReceipt,
)
from webapp.services import audit
from webapp.services.consents import consents_to
from webapp.services.media_uploads import Part, awaited, forget_parts, hold_upload

LABEL: Final = "media key"
"""What the keys of files are sealed for; see `Sealer`."""

TAKEN: Final = frozenset(
    f"image/{kind}" for kind in ("jpeg", "png", "webp", "gif", "avif", "heic", "heif")
) | frozenset(f"video/{kind}" for kind in ("mp4", "webm", "quicktime", "3gpp"))
"""Media types that are worth sending; what a file is, is seen when it is opened."""


@dataclass(frozen=True, slots=True)
class Named:
    """A sealed file as an entry names it; `key` is None where the entry forgot it."""

    sha256: str
    size: int
    media_type: str
    key: str | None


@dataclass(frozen=True, slots=True)
class Kept:
    """A picture in the media store: its checksums, bytes, and the size of the largest.

    `medium_sha256` and `medium_size` are None where a screen shows it large or small alone.
    """

    sha256: str
    size: int
    thumbnail_sha256: str
    thumbnail_size: int
    width: int
    height: int
    medium_sha256: str | None = None
    medium_size: int | None = None


@dataclass(frozen=True, slots=True)
class Filmed:
    """A clip that is still to be written anew: its name in the media store."""

    original: str


@dataclass(frozen=True, slots=True)
class NotePictures:
    """The pictures of what was logged.

    Attributes:
        by_observation: In their order; an observation without pictures is missing.
        hidden: The ids of those that nobody may see now, for want of a consent.
    """

    by_observation: Mapping[UUID, Sequence[Picture]] = field(default_factory=dict)
    hidden: Collection[UUID] = ()

    def of(self, observation: Observation) -> Sequence[Picture]:
        """Return the pictures of an observation; may be empty."""
        return self.by_observation.get(observation.id, ())


def name_pictures(
    session: Session,
    receipt: SyncReceipt,
    named: Sequence[Named],
    sealer: Sealer,
    *,
    shows_citizen: bool | None,
) -> None:
    """Expect the pictures that an entry names; naming them again only adds whose they are.

    Args:
        session: Not committed here.
        receipt: Of the entry.
        named: In their order; may be empty.
        sealer: Seals their keys until they come.
        shows_citizen: Whether the citizen can be recognised on them; None where nobody was asked.
    """
    if not named:
        return
    stored = session.scalars(select(Picture).where(Picture.entry_id == receipt.id)).all()
    known = {picture.sealed_sha256: picture for picture in stored}
    for place, one in enumerate(named):
        if picture := known.get(one.sha256):
            picture.citizen_id = receipt.citizen_id
            continue
        is_fit = (
            one.key is not None
            and one.media_type in TAKEN
            and one.size <= LARGEST_MEDIA
            and place < MOST_PICTURES
        )
        _await_upload(session, one, is_fit=is_fit)
        known[one.sha256] = Picture(
            entry_id=receipt.id,
            place=place,
            named_at=receipt.received_at,
            author_id=receipt.staff_id,
            citizen_id=receipt.citizen_id,
            shows_citizen=shows_citizen,
            sealed_sha256=one.sha256,
            sealed_size=one.size,
            sealed_key=sealer.seal(one.key) if one.key and is_fit else None,
            state=PictureState.EXPECTED if is_fit else PictureState.REFUSED,
        )
        session.add(known[one.sha256])


def _await_upload(session: Session, named: Named, *, is_fit: bool) -> None:
    """Let a named file come; where it is not wanted, its upload is over before it begins."""
    upload = MediaUpload(
        sha256=named.sha256, size=named.size, offset=0 if is_fit else named.size, expires_at=None
    )
    stored = session.get(MediaUpload, named.sha256)
    if stored is None:
        try:
            # Another batch may name the same file at this moment.
            with session.begin_nested():
                session.add(upload)
            return
        except IntegrityError:
            stored = session.get_one(MediaUpload, named.sha256)
    hold_upload(session, stored.sha256)
    if is_fit and stored.is_over:
        # Its parts are gone, and this entry's key may be another: it has to come again.
        stored.size = named.size
        forget_parts(session, stored)


def keys_awaited(session: Session, sha256: str) -> dict[UUID, str]:
    """Return the sealed key of each picture that waits for a file, by the pictures' ids."""
    return {picture.id: picture.sealed_key or "" for picture in awaited(session, sha256)}


def open_pictures(
    store: ObjectStore, sha256: str, parts: Sequence[Part], keys: Mapping[UUID, str], sealer: Sealer
) -> Mapping[UUID, Kept | Filmed | None]:
    """Open a file that has come and put it in the media store. Takes a while; touches no table.

    Args:
        store: Where the parts lie, and where the pictures go.
        sha256: Of the whole sealed file, as it was named.
        parts: In order.
        keys: Of the pictures that wait for it, as `keys_awaited` told them.
        sealer: Opens them.

    Returns:
        What became of each picture; None for one that cannot be shown.

    Raises:
        MediaBroken: The file is not the one that was named.
        PaperUnread: Try again a little later.
    """
    try:
        sealed = get_parts(store, [part.name for part in parts])
    except MediaMissing:
        raise MediaBroken from None
    if hashlib.sha256(sealed).hexdigest() != sha256:
        raise MediaBroken
    return {id: _open(store, sealed, key, sealer) for id, key in keys.items()}


def _open(store: ObjectStore, sealed: bytes, key: str, sealer: Sealer) -> Kept | Filmed | None:
    try:
        opened = open_file(sealed, base64.urlsafe_b64decode(sealer.open(key) + "="))
    except (SealBroken, SealedFileUnfit):
        return None
    try:
        return put_picture(store, opened)
    except PaperUnfit:
        # HEIC and MP4 begin alike: what is no picture may be a clip.
        return _put_clip(store, opened)


def _put_clip(store: ObjectStore, data: bytes) -> Filmed | None:
    try:
        kind_of(data[:12])
    except Unfit:
        return None
    return Filmed(put_original(store, io.BytesIO(data)))


def put_picture(store: ObjectStore, data: bytes, *, has_medium: bool = False) -> Kept:
    """Write a picture anew and put it in the media store. Takes a while and touches no table.

    Args:
        store: Where its bytes go.
        data: As sent.
        has_medium: Whether it is also shown in the size of a screen.

    Raises:
        PaperUnfit, PaperUnread.
    """
    shown = show_picture(data)
    return Kept(
        put_media(store, shown.large),
        len(shown.large),
        put_media(store, shown.small),
        len(shown.small),
        shown.width,
        shown.height,
        medium_sha256=put_media(store, shown.medium) if has_medium else None,
        medium_size=len(shown.medium) if has_medium else None,
    )


def keep_pictures(
    session: Session,
    sha256: str,
    start: int,
    opened: Mapping[UUID, Kept | Filmed | None],
    *,
    now: datetime,
) -> bool:
    """Keep what was opened, and end the upload; tell whether a clip waits to be made.

    A picture that was named in the meantime is not among them; for it the file comes again.

    Args:
        session: Not committed here.
        sha256: Of their sealed file.
        start: Where the last part went.
        opened: By the pictures' ids; None for what cannot be shown.
        now: Aware.

    Raises:
        MediaMoved: Somebody else was faster.
    """
    upload = hold_upload(session, sha256)
    if upload.offset != start:
        raise MediaMoved
    pictures = awaited(session, sha256)
    for picture in pictures:
        if picture.id in opened:
            _keep(session, picture, opened[picture.id], now=now)
    forget_parts(session, upload)
    if all(picture.id in opened for picture in pictures):
        upload.offset = upload.size
    return any(isinstance(each, Filmed) for each in opened.values())


def _keep(session: Session, picture: Picture, kept: Kept | Filmed | None, *, now: datetime) -> None:
    picture.sealed_key = None
    if isinstance(kept, Filmed):
        waiting = {"state": ClipState.WAITING, "original": kept.original, "added_at": now}
        session.add(PictureClip(id=picture.id, **waiting))
        action = "picture_clip.create"
    elif kept:
        picture.state = PictureState.READY
        picture.sha256, picture.size = kept.sha256, kept.size
        picture.thumbnail_sha256, picture.thumbnail_size = (
            kept.thumbnail_sha256,
            kept.thumbnail_size,
        )
        picture.width, picture.height = kept.width, kept.height
        action = "picture.create"
    else:
        picture.state = PictureState.REFUSED
        action = "picture.refuse"
    audit.record(
        session,
        action,
        actor=picture.author,
        at=now,
        citizen_id=picture.citizen_id,
        object_id=picture.id,
    )


def pictures_of(
    session: Session, observation_ids: Collection[UUID], *, now: datetime, zone: ZoneInfo
) -> NotePictures:
    """Return the pictures of observations and of all they correct; two queries at the most."""
    if not observation_ids:
        return NotePictures()
    found: dict[UUID, list[Picture]] = defaultdict(list)
    chain = (
        select(Observation.id.label("shown"), Observation.id, Observation.supersedes_id)
        .where(Observation.id.in_(observation_ids))
        .cte("chain", recursive=True)
    )
    chain = chain.union_all(
        select(chain.c.shown, Observation.id, Observation.supersedes_id).join(
            chain, Observation.id == chain.c.supersedes_id
        )
    )
    rows = session.execute(
        select(chain.c.shown, Picture)
        .join(Picture, Picture.entry_id == chain.c.id)
        .options(joinedload(Picture.clip))
        .order_by(Picture.named_at, Picture.place, Picture.id)
    )
    for shown, picture in rows:
        found[shown].append(picture)
    pictures = [picture for each in found.values() for picture in each]
    return NotePictures(found, _hidden(session, pictures, local_day(now, zone)))


def is_shown(session: Session, picture: Picture, *, now: datetime, zone: ZoneInfo) -> bool:
    """Tell whether a picture of a note may be shown now."""
    return not _hidden(session, [picture], local_day(now, zone))


def _hidden(session: Session, pictures: Collection[Picture], today: date) -> set[UUID]:
    asked = {each.citizen_id for each in pictures if each.shows_citizen and each.citizen_id}
    consents = consents_to(session, Picture.purpose, asked)
    hidden = set()
    for each in pictures:
        said = consents[each.citizen_id] if each.citizen_id else ()
        if not may_be_shown(each, said, today):
            hidden.add(each.id)
    return hidden
