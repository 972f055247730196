"""The board: one card per citizen, with today's state of each goal."""

from uuid import UUID

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp import access, keeping
from webapp.access import requires
from webapp.adapters import clock
from webapp.db import db
from webapp.domain.days import local_day
from webapp.domain.permissions import Permission, allows
from webapp.login import current_staff, home_zone
from webapp.models import Device
from webapp.services.board import board_of, shift_now
from webapp.services.devices import locked
from webapp.services.emergency import unread_of
from webapp.services.reach import departments_in_reach
from webapp.services.sync_receipts import unseen_by

bp = Blueprint("board", __name__)


@bp.get("/")
@requires(Permission.USE_APP)
def index() -> ResponseReturnValue:
    """Show a department's citizens today: all of them, or the contact team's own."""
    staff, now, zone = current_staff(), clock.now(), home_zone()
    if not allows(staff.role, Permission.READ_CITIZEN) or not access.departments():
        return render_template("board/without_citizens.html", staff=staff)
    department = access.department(_department_id())
    access.log_read(keeping.seen_or_kept("board"), object_id=department.id)
    cards = board_of(db.session(), department, viewer=staff, now=now, zone=zone)
    mine_only = request.args.get("show") == "mine"
    page = render_template(
        "board/index.html",
        department=department,
        departments=access.departments(),
        shift=shift_now(db.session(), staff.home_id, now=now, zone=zone),
        today=local_day(now, zone),
        cards=[card for card in cards if card.mine or not mine_only],
        mine_only=mine_only,
        emergencies=_unread_emergencies(),
        locked_tablets=_locked_tablets(),
        reviews=_unseen_reviews(),
    )
    # The first of somebody's departments needs no name; the way back from a citizen names it.
    here = url_for(".index", department=department.id, show="mine" if mine_only else None)
    return keeping.may_be_kept(page, here)


def _locked_tablets() -> list[Device]:
    """Return the tablets that wait for a manager; empty for everyone else."""
    staff = current_staff()
    if not allows(staff.role, Permission.MANAGE_TABLETS):
        return []
    return locked(db.session(), departments_in_reach(staff, Permission.MANAGE_TABLETS))


def _unread_emergencies() -> int:
    """Return how many emergency accesses a manager has not read of; 0 for everyone else."""
    staff = current_staff()
    if not allows(staff.role, Permission.READ_EMERGENCIES):
        return 0
    return unread_of(db.session(), staff)


def _unseen_reviews() -> int:
    """Return how much came from tablets that a manager should look at; 0 for everyone else."""
    staff = current_staff()
    if not allows(staff.role, Permission.REVIEW_ENTRIES):
        return 0
    return unseen_by(db.session(), staff, now=clock.now())


def _department_id() -> UUID | None:
    """Return the department asked for, None when none was; 404 when it is not an id."""
    asked = request.args.get("department")
    try:
        return UUID(asked) if asked else None
    except ValueError:
        abort(404)
