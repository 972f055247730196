"""Take one part of a sealed file from the line into the media store, a piece at a time."""

from collections.abc import Iterator, Sequence
from typing import Final

from flask import request
from werkzeug.exceptions import BadRequest

from webapp.adapters import clock
from webapp.adapters.media_store import delete_parts, put_part
from webapp.adapters.papers import PaperUnread
from webapp.blueprints.sync.answers import media_sealer
from webapp.blueprints.sync.tus import NoPart
from webapp.blueprints.sync.tus_headers import Checksum
from webapp.current import jobs, media_store
from webapp.db import db
from webapp.domain.uploading import LEAST_PART, MediaBroken, MediaBusy, MediaMoved, PartTooSmall
from webapp.models import MediaUpload
from webapp.services import media_uploads, pictures
from webapp.services.media_uploads import Part
from webapp.uploads import room

PIECE: Final = 1024 * 1024
"""Bytes that are held in memory of a part, however long it is."""

_TYPE: Final = "application/offset+octet-stream"


def receive(upload: MediaUpload, start: int) -> int:
    """Take what the request brings and return where the next part goes. Committed here, once.

    Nothing is held while bytes come or a file is opened; who comes second is told so. The last part
    is kept together with the pictures, so that no file is whole and never opened.

    Raises:
        UploadRefused: Nothing of the part is kept.
    """
    if request.mimetype != _TYPE:
        raise NoPart
    if upload.offset != start:
        raise MediaMoved
    session, store, sha256, size = db.session(), media_store(), upload.sha256, upload.size
    if not (upload.has_begun or upload.is_over):
        media_uploads.check_room(session, sha256, size, room())
    session.rollback()
    came: list[Part] = []
    try:
        _take(came, sha256, size - start)
        end = start + sum(part.size for part in came)
        if end < size and end - start < LEAST_PART:
            raise PartTooSmall
        if start < end == size:
            _finish(sha256, start, came)
        elif start < end:
            media_uploads.add_parts(session, sha256, start, came, now=clock.now())
            session.commit()
    except MediaBroken:
        delete_parts(store, sha256)
        raise
    except PaperUnread:
        delete_parts(store, sha256, [part.name for part in came])
        raise MediaBusy from None
    except Exception:
        delete_parts(store, sha256, [part.name for part in came])
        raise
    if start < end == size:
        delete_parts(store, sha256)
    return end


def _finish(sha256: str, start: int, came: Sequence[Part]) -> None:
    """Open the whole file and keep its pictures; another file than was named is forgotten.

    Raises:
        MediaBroken, MediaMoved, PaperUnread.
    """
    session = db.session()
    parts = [*media_uploads.parts_of(session, sha256), *came]
    keys = pictures.keys_awaited(session, sha256)
    session.rollback()
    try:
        opened = pictures.open_pictures(media_store(), sha256, parts, keys, media_sealer())
    except MediaBroken:
        media_uploads.begin_again(session, sha256, start)
        session.commit()
        raise
    has_clip = pictures.keep_pictures(session, sha256, start, opened, now=clock.now())
    session.commit()
    if has_clip:
        jobs().wake()


def _take(came: list[Part], sha256: str, most: int) -> None:
    """Put the body into the media store, and note each piece at once.

    Raises:
        PartBroken, RequestEntityTooLarge, BadRequest.
    """
    checksum = Checksum()
    for data in _pieces(most, keeps_a_cut=not checksum.is_told):
        checksum.add(data)
        came.append(Part(put_part(media_store(), sha256, data), len(data)))
    checksum.check()


def _pieces(most: int, *, keeps_a_cut: bool) -> Iterator[bytes]:
    """Yield the body, a piece at a time.

    What came before the line was cut is yielded too, where nothing says what the whole should be.

    Raises:
        RequestEntityTooLarge: There is more than this many bytes.
        BadRequest: It was cut.
    """
    request.max_content_length = most
    stream, piece, left = request.stream, bytearray(), most
    while left:
        try:
            data = stream.read(min(PIECE - len(piece), left))
        except BadRequest:
            if not keeps_a_cut:
                raise
            break
        if not data:
            break
        piece += data
        left -= len(data)
        if len(piece) == PIECE:
            yield bytes(piece)
            piece.clear()
    if piece:
        yield bytes(piece)
