"""What a manager reads about emergencies in the departments of their own."""

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp import access
from webapp.access import requires
from webapp.adapters import clock
from webapp.blueprints.emergency.routes import bp
from webapp.db import db
from webapp.domain.permissions import Permission
from webapp.login import current_staff
from webapp.services import emergency


@bp.get("")
@requires(Permission.READ_EMERGENCIES)
def index() -> ResponseReturnValue:
    """Show who opened whom, when, why, and what they saw."""
    access.log_read("emergency_access.read")
    return render_template(
        "emergency/index.html", accesses=emergency.accesses_of(db.session(), current_staff())
    )


@bp.post("/<uuid:access_id>/reading")
@requires(Permission.READ_EMERGENCIES)
def mark_read(access_id: UUID) -> ResponseReturnValue:
    """Say that it was read."""
    opened = access.emergency_access(access_id)
    emergency.mark_read(db.session(), opened, actor=current_staff(), now=clock.now())
    access.keep_or_log_read(
        "emergency_access.read", citizen_id=opened.citizen_id, object_id=opened.id
    )
    return redirect(url_for(".index") + f"#access-{opened.id}", 303)
