"""One citizen's day: each goal with its signs, one tap away."""

from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from webapp import access, keeping
from webapp.access import requires
from webapp.adapters import clock
from webapp.db import db
from webapp.domain.permissions import Permission
from webapp.login import current_staff, home_zone
from webapp.services.board import day_of, logged_on_earlier_day

bp = Blueprint("citizens", __name__, url_prefix="/citizens")


@bp.get("/<uuid:citizen_id>")
@requires(Permission.READ_CITIZEN)
def show(citizen_id: UUID) -> ResponseReturnValue:
    """Show a citizen's goals and today's signs."""
    citizen = access.citizen(citizen_id)
    access.log_read(keeping.seen_or_kept("citizen"), citizen_id=citizen.id)
    now, zone, opened = clock.now(), home_zone(), request.args.get("opened", "")
    page = render_template(
        "citizens/show.html",
        citizen=citizen,
        cards=day_of(db.session(), citizen, viewer=current_staff(), now=now, zone=zone),
        staff=current_staff(),
        now=now,
        opened=opened,
        earlier=logged_on_earlier_day(db.session(), citizen, opened, now=now, zone=zone),
    )
    return keeping.may_be_kept(page)
