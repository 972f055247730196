"""Put a sign in its place among the others, put it away and take it out again."""

from datetime import datetime
from uuid import UUID

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue

from webapp import editing
from webapp.access import requires
from webapp.adapters import clock
from webapp.blueprints.signs.answers import sign_to_write
from webapp.blueprints.signs.routes import bp
from webapp.db import db
from webapp.domain.permissions import Permission
from webapp.login import current_staff
from webapp.models import PlanPart, Sign
from webapp.services.plans import move_sign, newest_revision, update_sign


@bp.post("/signs/<uuid:sign_id>/place")
@requires(Permission.EDIT_PLAN)
def move(sign_id: UUID) -> ResponseReturnValue:
    """Move a sign so many places, below zero towards the smallest."""
    sign = sign_to_write(sign_id)
    by = request.form.get("by", type=int)
    if by is None:
        abort(422)
    move_sign(db.session(), sign, by=by, actor=current_staff(), now=clock.now())
    return editing.keep_and_show(url_for(".update", sign_id=sign.id), sign.goal, object_id=sign.id)


@bp.post("/signs/<uuid:sign_id>/archival")
@requires(Permission.EDIT_PLAN)
def archive(sign_id: UUID) -> ResponseReturnValue:
    """Put a sign away. Its taps stay; doing it twice changes nothing."""
    sign = sign_to_write(sign_id)
    return _put_away(sign, sign.archived_at or clock.now())


@bp.post("/signs/<uuid:sign_id>/restoration")
@requires(Permission.EDIT_PLAN)
def restore(sign_id: UUID) -> ResponseReturnValue:
    """Take a sign out again."""
    return _put_away(sign_to_write(sign_id), None)


def _put_away(sign: Sign, archived_at: datetime | None) -> ResponseReturnValue:
    newest = newest_revision(db.session(), PlanPart.SIGN, sign.id)
    update_sign(
        db.session(),
        sign,
        {"archived_at": archived_at},
        based_on=newest.number if newest else 0,
        actor=current_staff(),
        now=clock.now(),
    )
    return editing.keep_and_show(url_for(".update", sign_id=sign.id), sign.goal, object_id=sign.id)
