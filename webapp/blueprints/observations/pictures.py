"""Hand out the pictures of what was logged, large and small, to whoever reads about the citizen."""

from collections.abc import Callable
from typing import cast
from uuid import UUID

from flask import abort
from flask.typing import ResponseReturnValue

from webapp import access
from webapp.access import requires
from webapp.adapters import clock
from webapp.blueprints.observations.routes import bp
from webapp.db import db
from webapp.domain.permissions import Permission
from webapp.login import home_zone
from webapp.media import as_clip, as_picture
from webapp.models import Picture
from webapp.services.pictures import is_shown


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


@bp.get("/pictures/<uuid:picture_id>/clip")
@requires(Permission.READ_CITIZEN)
def show_clip(picture_id: UUID) -> ResponseReturnValue:
    """Hand out what was filmed, or a part of it, where the picture is a clip's poster."""
    picture = _shown(picture_id)
    clip = picture.clip or abort(404)
    access.log_read("picture_clip.read", citizen_id=picture.citizen_id, object_id=picture.id)
    return as_clip(clip.sha256 or "", clip.size or 0)


def _shown(picture_id: UUID) -> Picture:
    """Return a picture that is here and may be shown; else 404."""
    picture = access.picture(picture_id)
    if not is_shown(db.session(), picture, now=clock.now(), zone=home_zone()):
        abort(404)
    return picture


def _show(
    picture_id: UUID, which: Callable[[Picture], tuple[str | None, int | None]]
) -> ResponseReturnValue:
    picture = _shown(picture_id)
    access.log_read("picture.read", citizen_id=picture.citizen_id, object_id=picture.id)
    sha256, size = cast(tuple[str, int], which(picture))
    # Consent is asked each time, and a locked tablet shows nobody.
    return as_picture(sha256, size, is_kept=not picture.shows_citizen)
