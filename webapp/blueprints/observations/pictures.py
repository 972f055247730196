"""Hand out the pictures of what was logged, large and small, to whoever reads about the citizen."""

from collections.abc import Callable
from typing import cast
from uuid import UUID

from flask import Response
from flask.typing import ResponseReturnValue

from webapp import access
from webapp.access import requires
from webapp.adapters.media_store import MediaMissing, get_media
from webapp.blueprints.observations.routes import bp
from webapp.current import media_store
from webapp.domain.permissions import Permission
from webapp.http_errors import problem
from webapp.models import Picture

_AS_A_PICTURE = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    # Only this browser keeps it, and only for the session it was shown in: the same picture is
    # neither sent nor logged again for every card that is drawn anew.
    "Cache-Control": "private, max-age=3600",
    "Vary": "Cookie",
}


@bp.get("/pictures/<uuid:picture_id>")
@requires(Permission.READ_CITIZEN)
def show_picture(picture_id: UUID) -> ResponseReturnValue:
    """Hand out a picture to look at."""
    return _show(picture_id, lambda picture: (picture.sha256, picture.size))


@bp.get("/pictures/<uuid:picture_id>/thumbnail")
@requires(Permission.READ_CITIZEN)
def show_thumbnail(picture_id: UUID) -> ResponseReturnValue:
    """Hand out a small picture, for a list."""
    return _show(picture_id, lambda picture: (picture.thumbnail_sha256, picture.thumbnail_size))


def _show(
    picture_id: UUID, which: Callable[[Picture], tuple[str | None, int | None]]
) -> ResponseReturnValue:
    picture = access.picture(picture_id)
    access.log_read("picture.read", citizen_id=picture.citizen_id, object_id=picture.id)
    sha256, size = cast(tuple[str, int], which(picture))
    try:
        response = Response(get_media(media_store(), sha256, size=size), mimetype="image/jpeg")
    except MediaMissing:
        return problem("picture_missing", 404)
    response.headers.update(_AS_A_PICTURE)
    response.headers["Content-Length"] = str(size)
    return response
