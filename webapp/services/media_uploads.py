"""Sealed files on their way: what has come of each, and what is thrown away. By tus 1.0.0.

Source: docs/sync-protocol.md, section 5
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webapp.domain.uploading import KEPT_FOR, MediaMoved, MediaOver, MediaSizeUnfit
from webapp.models import MediaPart, MediaUpload, Picture, PictureState

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


def begin_upload(session: Session, upload: MediaUpload, size: int, *, now: datetime) -> bool:
    """Say that a file is coming; one that is partly here goes on.

    Entries may name one file with two sizes, of which one is wrong: the other begins it anew.

    Returns:
        Whether parts that had come are to be thrown away.

    Raises:
        MediaSizeUnfit: No entry named the file with this size.
    """
    hold_upload(session, upload.sha256)
    begins_anew = upload.size != size
    if begins_anew:
        if upload.is_over or size not in {
            each.sealed_size for each in awaited(session, upload.sha256)
        }:
            raise MediaSizeUnfit
        forget_parts(session, upload)
        upload.size = size
    if not upload.is_over:
        upload.expires_at = now + KEPT_FOR
    return begins_anew


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
        MediaMoved: Somebody else was faster.
    """
    upload = hold_upload(session, sha256)
    if upload.offset != start:
        raise MediaMoved
    for part in parts:
        session.add(
            MediaPart(upload_sha256=sha256, start=upload.offset, size=part.size, name=part.name)
        )
        upload.offset += part.size
    upload.expires_at = now + KEPT_FOR


def end_upload(session: Session, upload: MediaUpload) -> None:
    """Forget what has come; its entry still waits for the file.

    Raises:
        MediaOver: It has come already.
    """
    hold_upload(session, upload.sha256)
    if upload.is_over:
        raise MediaOver
    forget_parts(session, upload)


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
    return session.scalars(
        select(Picture).where(
            Picture.sealed_sha256 == sha256, Picture.state == PictureState.EXPECTED
        )
    ).all()
