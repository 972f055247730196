"""The board: one card per citizen, with today's state of each goal."""

from uuid import UUID

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from webapp import access
from webapp.access import requires
from webapp.adapters import clock
from webapp.db import db
from webapp.domain.days import local_day
from webapp.domain.permissions import Permission, allows
from webapp.login import current_staff, home_zone
from webapp.services.board import board_of, shift_now

bp = Blueprint("board", __name__)


@bp.get("/")
@requires(Permission.USE_APP)
def index() -> ResponseReturnValue:
    """Show a department's citizens today: all of them, or the contact team's own."""
    staff, now, zone = current_staff(), clock.now(), home_zone()
    if not allows(staff.role, Permission.READ_CITIZEN) or not access.departments():
        return render_template("board/without_citizens.html", staff=staff)
    department = access.department(_department_id())
    access.log_read("board.read", object_id=department.id)
    cards = board_of(db.session(), department, viewer=staff, now=now, zone=zone)
    mine_only = request.args.get("show") == "mine"
    return render_template(
        "board/index.html",
        department=department,
        departments=access.departments(),
        shift=shift_now(db.session(), staff.home_id, now=now, zone=zone),
        today=local_day(now, zone),
        cards=[card for card in cards if card.mine or not mine_only],
        mine_only=mine_only,
    )


def _department_id() -> UUID | None:
    """Return the department asked for, None when none was; 404 when it is not an id."""
    asked = request.args.get("department")
    try:
        return UUID(asked) if asked else None
    except ValueError:
        abort(404)
