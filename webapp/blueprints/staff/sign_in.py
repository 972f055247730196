"""What lets a colleague in or keeps them out: a link, a lost PIN or telephone, being let go."""

from collections.abc import Callable
from uuid import UUID

from flask.typing import ResponseReturnValue

from webapp import access
from webapp.access import fresh, requires
from webapp.adapters import clock
from webapp.blueprints.staff.answers import go_to, show_link
from webapp.blueprints.staff.routes import bp
from webapp.db import db
from webapp.domain.permissions import Permission
from webapp.login import current_staff
from webapp.services import invitations, pins, second_factor
from webapp.services import staff as staff_service


@bp.post("/staff/<uuid:staff_id>/invitations")
@requires(Permission.MANAGE_STAFF)
@fresh
def invite_again(staff_id: UUID) -> ResponseReturnValue:
    """Make a new link for someone who forgot the password or lost the link; show it once."""
    staff = access.colleague(staff_id)
    secret = invitations.create_invitation(
        db.session(), staff, actor=current_staff(), now=clock.now()
    )
    db.session.commit()
    return show_link(staff, secret)


@bp.post("/staff/<uuid:staff_id>/pin/removal")
@requires(Permission.MANAGE_STAFF)
@fresh
def reset_pin(staff_id: UUID) -> ResponseReturnValue:
    """Forget a colleague's PIN."""
    return _change(staff_id, pins.reset_pin)


@bp.post("/staff/<uuid:staff_id>/second-factor/removal")
@requires(Permission.MANAGE_STAFF)
@fresh
def reset_second_factor(staff_id: UUID) -> ResponseReturnValue:
    """Take away the second factor of a colleague who has lost the telephone."""
    return _change(staff_id, second_factor.reset_second_factor)


@bp.post("/staff/<uuid:staff_id>/deactivation")
@requires(Permission.MANAGE_STAFF)
@fresh
def deactivate(staff_id: UUID) -> ResponseReturnValue:
    """Let a colleague go."""
    return _change(staff_id, staff_service.deactivate_staff)


@bp.post("/staff/<uuid:staff_id>/reactivation")
@requires(Permission.MANAGE_STAFF)
@fresh
def reactivate(staff_id: UUID) -> ResponseReturnValue:
    """Let a colleague in again."""
    return _change(staff_id, staff_service.reactivate_staff)


def _change(staff_id: UUID, change: Callable[..., None]) -> ResponseReturnValue:
    staff = access.colleague(staff_id)
    change(db.session(), staff, actor=current_staff(), now=clock.now())
    return go_to(staff)
