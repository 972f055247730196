"""See who works here, and write what is kept of them."""

from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from webapp import access
from webapp.access import fresh, requires
from webapp.adapters import clock
from webapp.blueprints.staff.answers import (
    go_to,
    may_manage,
    offered_departments,
    refuse,
    show_form,
    show_link,
)
from webapp.blueprints.staff.forms import SearchForm, StaffForm
from webapp.db import db
from webapp.domain.errors import Refused
from webapp.domain.managing import check_manages
from webapp.domain.permissions import Permission
from webapp.login import current_staff
from webapp.services import colleagues, invitations
from webapp.services import staff as staff_service

bp = Blueprint("staff", __name__)


@bp.get("/staff")
@requires(Permission.MANAGE_STAFF)
def index() -> ResponseReturnValue:
    """Show those who work here, or those who were let go."""
    gone = request.args.get("show") == "deactivated"
    found = colleagues.colleagues_of(db.session(), current_staff(), deactivated=gone)
    return render_template("staff/index.html", found=found, gone=gone, form=SearchForm())


@bp.post("/staff/search")
@requires(Permission.MANAGE_STAFF)
def search() -> ResponseReturnValue:
    """Show those with a name. It only reads; a name has no place in an address."""
    form, session, viewer = SearchForm(), db.session(), current_staff()
    if not form.validate():
        return render_template("staff/index.html", found=[], gone=False, form=form), 422
    access.log_read("staff.search")
    found = colleagues.colleagues_of(session, viewer, name=form.name.data)
    found += colleagues.colleagues_of(session, viewer, name=form.name.data, deactivated=True)
    return render_template("staff/index.html", found=found, gone=False, form=form)


@bp.get("/staff/new")
@requires(Permission.MANAGE_STAFF)
@fresh
def new() -> ResponseReturnValue:
    """Show an empty form."""
    offered = offered_departments()
    return show_form(None, StaffForm(departments=[each.id for each in offered[:1]]))


@bp.post("/staff")
@requires(Permission.MANAGE_STAFF)
@fresh
def create() -> ResponseReturnValue:
    """Invite someone, and show the link once; the same form again only leads to their page."""
    form = StaffForm()
    if not form.validate():
        return show_form(None, form), 422
    try:
        staff, secret = staff_service.invite_staff(
            db.session(),
            form.content(offered_departments()),
            id=form.new_id.data,
            actor=current_staff(),
            now=clock.now(),
        )
    except Refused as refused:
        return refuse(None, form, refused)
    if secret is None:
        return go_to(staff)
    db.session.commit()
    return show_link(staff, secret)


@bp.get("/staff/<uuid:staff_id>")
@requires(Permission.MANAGE_STAFF)
def show(staff_id: UUID) -> ResponseReturnValue:
    """Show what is kept of a colleague."""
    staff, session, viewer = access.colleague(staff_id), db.session(), current_staff()
    return render_template(
        "staff/show.html",
        colleague=colleagues.colleague_of(session, viewer, staff),
        citizens=colleagues.contact_team_citizens(session, viewer, staff),
        invitation=invitations.open_invitation_of(session, staff, now=clock.now()),
        may_manage=may_manage(staff),
        is_oneself=staff.id == viewer.id,
    )


@bp.get("/staff/<uuid:staff_id>/edit")
@requires(Permission.MANAGE_STAFF)
@fresh
def edit(staff_id: UUID) -> ResponseReturnValue:
    """Show what is kept of a colleague to write in."""
    staff = access.colleague(staff_id)
    check_manages(current_staff(), staff)
    stored = staff_service.content_of(staff)
    return show_form(
        staff, StaffForm(**{**stored, "departments": [each.id for each in staff.departments]})
    )


@bp.post("/staff/<uuid:staff_id>")
@requires(Permission.MANAGE_STAFF)
@fresh
def update(staff_id: UUID) -> ResponseReturnValue:
    """Save what is kept of a colleague."""
    staff, form = access.colleague(staff_id), StaffForm()
    if not form.validate():
        return show_form(staff, form), 422
    content = form.content(offered_departments())
    try:
        staff_service.update_staff(
            db.session(), staff, content, actor=current_staff(), now=clock.now()
        )
    except Refused as refused:
        return refuse(staff, form, refused)
    return go_to(staff)
