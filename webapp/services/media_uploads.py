"""Sealed files on their way: what has come of each, and what is thrown away. By tus 1.0.0.

Source: docs/sync-protocol.md, section 5
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, SQLColumnExpression, delete, func, select
from sqlalchemy.orm import Session

from webapp.domain.uploading import (
    KEPT_FOR,
    MOST_BEGUN,
    MediaMoved,
    MediaOver,
    MediaRoomless,
    MediaSizeUnfit,
    MediaUnproven,
    TooMuchBegun,
)
from webapp.models import (
    MediaPart,
    MediaUpload,
    Picture,
    PictureState,
    ReceiptStatus,
    SyncGrant,
    SyncReceipt,
)

_SHA256: Final = re.compile("[0-9a-f]{64}")

_AT_ONCE: Final = 20
"""Forgotten uploads that are cleared away beside a new one."""


@dataclass(frozen=True, slots=True)
class Part:
    """Bytes that lie in the media store under a name, and how many they are."""

    name: str
    size: int


def find_upload(session: Session, sha256: str) -> MediaUpload | None:
    """Return the upload of a sealed file; None when no entry named it, or it is no SHA-256."""
    return session.get(MediaUpload, sha256) if _SHA256.fullmatch(sha256) else None


def begin_upload(
    session: Session, upload: MediaUpload, size: int, *, room: int | None, now: datetime
) -> bool:
    """Say that a file is coming; one that is partly here goes on.

    Entries may name one file with two sizes, of which one is wrong: the other begins it anew.

    Args:
        session: Not committed here.
        upload: Of the file.
        size: Of the whole file, as whoever brings it says.
        room: As in `check_room`.
        now: Aware.

    Returns:
        Whether parts that had come are to be thrown away.

    Raises:
        MediaSizeUnfit: No entry named the file with this size.
        MediaRoomless, TooMuchBegun: Not now.
    """
    hold_upload(session, upload.sha256)
    begins_anew = upload.size != size
    if begins_anew and (
        upload.is_over or size not in {each.sealed_size for each in awaited(session, upload.sha256)}
    ):
        raise MediaSizeUnfit
    if begins_anew or not (upload.has_begun or upload.is_over):
        check_room(session, upload.sha256, size, room)
    if begins_anew:
        forget_parts(session, upload)
        upload.size = size
    if not upload.is_over:
        upload.expires_at = now + KEPT_FOR
    return begins_anew


def check_room(session: Session, sha256: str, size: int, room: int | None) -> None:
    """Raise unless there is room for a file that begins now.

    Room is kept for all that has begun, so that it can always be finished. Of an author's own it
    counts whole until it is over, because what has come of it lies on the disk too.

    Args:
        session: Only read.
        sha256: Of the file.
        size: Of the file.
        room: Bytes that files may take of the disk; None where nobody can tell.

    Raises:
        MediaRoomless: On the disk.
        TooMuchBegun: For every author who named it.
    """
    others = (MediaUpload.expires_at.is_not(None), MediaUpload.sha256 != sha256)
    if room is not None:
        to_come = _sum(session, MediaUpload.size - MediaUpload.offset, *others)
        if room - to_come < size:
            raise MediaRoomless
    begun = [
        _sum(
            session,
            MediaUpload.size,
            *others,
            select(Picture.id)
            .where(Picture.sealed_sha256 == MediaUpload.sha256, Picture.author_id == author_id)
            .exists(),
        )
        for author_id in {picture.author_id for picture in awaited(session, sha256)}
    ]
    if begun and min(begun) + size > MOST_BEGUN:
        raise TooMuchBegun


def _sum(session: Session, what: SQLColumnExpression[int], *where: ColumnElement[bool]) -> int:
    return int(session.scalar(select(func.sum(what)).where(*where)) or 0)


def hold_upload(session: Session, sha256: str) -> MediaUpload:
    """Return an upload as it is now, held until the commit: nobody else adds to it meanwhile."""
    return session.get_one(MediaUpload, sha256, with_for_update=True, populate_existing=True)


def parts_of(session: Session, sha256: str) -> list[Part]:
    """Return what has come of an upload, in order."""
    rows = session.scalars(
        select(MediaPart).where(MediaPart.upload_sha256 == sha256).order_by(MediaPart.start)
    )
    return [Part(row.name, row.size) for row in rows]


def add_parts(
    session: Session, sha256: str, start: int, parts: Sequence[Part], *, now: datetime
) -> None:
    """Add what has come.

    Args:
        session: Not committed here.
        sha256: Of the whole file.
        start: Where the first part goes.
        parts: In the media store already.
        now: Aware.

    Raises:
        MediaMoved: Somebody else was faster, or said meanwhile that the file has another size.
    """
    upload = hold_upload(session, sha256)
    # The last part never comes here: it is kept with what was opened.
    if upload.offset != start or start + sum(part.size for part in parts) >= upload.size:
        raise MediaMoved
    for part in parts:
        session.add(
            MediaPart(upload_sha256=sha256, start=upload.offset, size=part.size, name=part.name)
        )
        upload.offset += part.size
    upload.expires_at = now + KEPT_FOR


def end_upload(session: Session, upload: MediaUpload, signed_by: str) -> None:
    """Forget what has come; its entry still waits for the file.

    Args:
        session: Not committed here.
        upload: Of the file.
        signed_by: Thumbprint of the key that signed that it ends.

    Raises:
        MediaUnproven: No entry that named the file was signed by this key.
        MediaOver: It has come already.
    """
    if signed_by not in _signers_of(session, upload.sha256):
        raise MediaUnproven
    hold_upload(session, upload.sha256)
    if upload.is_over:
        raise MediaOver
    forget_parts(session, upload)


def _signers_of(session: Session, sha256: str) -> Sequence[str]:
    """Return the thumbprints of the keys that signed the entries which named a file."""
    return session.scalars(
        select(SyncGrant.thumbprint)
        .join(SyncReceipt, SyncReceipt.grant_id == SyncGrant.id)
        .join(Picture, Picture.entry_id == SyncReceipt.id)
        .where(
            Picture.sealed_sha256 == sha256,
            # Other entries may have come under the same id, from anybody; they named nothing.
            SyncReceipt.status.not_in((ReceiptStatus.CONFLICT, ReceiptStatus.REJECTED)),
        )
    ).all()


def begin_again(session: Session, sha256: str, start: int) -> None:
    """Forget what has come of a file that turned out to be another one.

    Raises:
        MediaMoved: Somebody else was faster, and may have sent the right one.
    """
    upload = hold_upload(session, sha256)
    if upload.offset != start:
        raise MediaMoved
    forget_parts(session, upload)


def forget_parts(session: Session, upload: MediaUpload) -> None:
    """Let a held upload begin at 0 again. The caller throws the bytes away after the commit."""
    session.execute(delete(MediaPart).where(MediaPart.upload_sha256 == upload.sha256))
    upload.offset, upload.expires_at = 0, None


def forget_expired(session: Session, *, now: datetime) -> list[str]:
    """Let uploads that nobody went on with begin at 0 again; return which, a few at a time."""
    late = session.scalars(
        select(MediaUpload)
        .where(MediaUpload.expires_at < now, MediaUpload.offset < MediaUpload.size)
        .limit(_AT_ONCE)
        # Who writes just now has no time to lose; the next one clears up.
        .with_for_update(skip_locked=True)
    ).all()
    for upload in late:
        forget_parts(session, upload)
    return [upload.sha256 for upload in late]


def awaited(session: Session, sha256: str) -> Sequence[Picture]:
    """Return the pictures that wait for a file; mostly one."""
    # A clip whose file has come is still expected, and needs no key any more.
    waits = Picture.state == PictureState.EXPECTED, Picture.sealed_key.is_not(None)
    return session.scalars(select(Picture).where(Picture.sealed_sha256 == sha256, *waits)).all()
