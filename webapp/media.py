"""Hand out pictures of the media store. Only this browser keeps them, and not for long."""

from typing import Final

from flask import Response
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
    """Return a JPEG of so many bytes as an answer; 404 in words when its bytes are gone.

    Args:
        sha256: Its name in the media store, in hex.
        size: Bytes.
        is_kept: Whether the browser may show it again without asking.
    """
    try:
        response = Response(get_media(media_store(), sha256, size=size), mimetype="image/jpeg")
    except MediaMissing:
        return problem("picture_missing", 404)
    response.headers.update(_AS_A_PICTURE)
    if not is_kept:
        response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Length"] = str(size)
    return response
