"""Hand out pictures and clips of the media store. At most this browser keeps them, not for long."""

from itertools import chain
from typing import Final

from flask import Response, request
from flask.typing import ResponseReturnValue

from webapp.adapters.media_store import MediaMissing, get_media
from webapp.current import media_store
from webapp.http_errors import problem

_AS_A_PICTURE: Final = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    # Only this browser keeps it, and only for the session it was shown in: the same picture is
    # neither sent nor logged again for every card that is drawn anew.
    "Cache-Control": "private, max-age=3600",
    "Vary": "Cookie",
}


def as_picture(sha256: str, size: int, *, is_kept: bool = True) -> ResponseReturnValue:
    """Return a WebP or JPEG of so many bytes as an answer; 404 in words when its bytes are gone.

    Args:
        sha256: Its name in the media store, in hex.
        size: Bytes.
        is_kept: Whether the browser may show it again without asking.
    """
    return _whole(sha256, size, None, is_kept=is_kept)


def as_voice(sha256: str, size: int) -> ResponseReturnValue:
    """Return a recording of so many bytes as an answer, as a picture that no browser keeps."""
    return _whole(sha256, size, "audio/mp4", is_kept=False)


def _whole(sha256: str, size: int, kind: str | None, *, is_kept: bool) -> ResponseReturnValue:
    try:
        parts = get_media(media_store(), sha256, size=size)
    except MediaMissing:
        return problem("picture_missing", 404)
    first = next(parts, b"")
    # Everything here was written by us. Pictures of the releases before are JPEG.
    kind = kind or ("image/webp" if first.startswith(b"RIFF") else "image/jpeg")
    response = Response(chain([first], parts), mimetype=kind)
    response.headers.update(_AS_A_PICTURE)
    if not is_kept:
        response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Length"] = str(size)
    return response


def as_clip(sha256: str, size: int) -> ResponseReturnValue:
    """Return an MP4 of so many bytes, or the part of it that was asked for; no browser keeps it.

    Args:
        sha256: Its name in the media store, in hex; also tells whether a part is of the same clip.
        size: Bytes.
    """
    part = _part_asked_for(sha256, size)
    if part == NO_PART:
        answer = problem("bad_request", 416)
        answer.headers["Content-Range"] = f"bytes */{size}"
        return answer
    start, end = part or (0, size)
    try:
        asked = None if request.method == "HEAD" else part
        data = get_media(media_store(), sha256, size=size, part=asked)
    except MediaMissing:
        return problem("picture_missing", 404)
    response = Response(data, 206 if part else 200, mimetype="video/mp4")
    response.headers.update(_AS_A_PICTURE)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Content-Length"] = str(end - start)
    response.set_etag(sha256)
    if part:
        response.headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return response


NO_PART: Final = (0, 0)


def _part_asked_for(sha256: str, size: int) -> tuple[int, int] | None:
    """Return from which byte up to which, not included; `NO_PART` for what is not there.

    None for all of it: when nobody asked for a part, or for several, or of another clip.
    """
    asked, unless = request.range, request.if_range
    is_other = request.headers.get("If-Range") and unless.etag != sha256
    if asked is None or asked.units != "bytes" or len(asked.ranges) != 1 or is_other:
        return None
    return asked.range_for_length(size) or NO_PART
