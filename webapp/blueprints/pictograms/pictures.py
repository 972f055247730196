"""The home's own pictograms, handed out large and small. Nobody can be seen on them."""

from uuid import UUID

from flask.typing import ResponseReturnValue

from webapp import access
from webapp.access import requires
from webapp.blueprints.pictograms.routes import bp
from webapp.domain.permissions import Permission
from webapp.media import as_picture


@bp.get("/home-pictograms/<uuid:home_pictogram_id>")
@requires(Permission.USE_APP)
def show(home_pictogram_id: UUID) -> ResponseReturnValue:
    """Hand out one of the home's own to look at."""
    own = access.home_pictogram(home_pictogram_id)
    return as_picture(own.sha256, own.size)


@bp.get("/home-pictograms/<uuid:home_pictogram_id>/thumbnail")
@requires(Permission.USE_APP)
def show_thumbnail(home_pictogram_id: UUID) -> ResponseReturnValue:
    """Hand out one of the home's own small, for a list."""
    own = access.home_pictogram(home_pictogram_id)
    return as_picture(own.thumbnail_sha256, own.thumbnail_size)
