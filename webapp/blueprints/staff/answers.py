"""What the pages about those who work here answer alike."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp import access
from webapp.blueprints.staff.forms import FIELDS_OF, StaffForm
from webapp.current import settings
from webapp.db import db
from webapp.domain.errors import NotYoursToManage, Refused
from webapp.domain.managing import check_manages, roles_given_by
from webapp.domain.permissions import Permission, Reach, reach
from webapp.login import current_staff
from webapp.messages import words_for
from webapp.models import Department, Staff
from webapp.qr import qr_svg
from webapp.services.homes import departments_of


def offered_departments() -> list[Department]:
    """Return the departments the acting person may give others, by name; may be empty."""
    actor = current_staff()
    if reach(actor.role, Permission.MANAGE_STAFF) is Reach.WHOLE_HOME:
        return departments_of(db.session(), actor.home)
    return access.departments()


def may_manage(staff: Staff) -> bool:
    """Tell whether the acting person may change this colleague."""
    try:
        check_manages(current_staff(), staff)
    except NotYoursToManage:
        return False
    return True


def show_form(staff: Staff | None, form: StaffForm) -> str:
    """Draw the form of someone new, or of a colleague."""
    actor = current_staff()
    own = staff is not None and staff.id == actor.id
    return render_template(
        "staff/edit.html",
        staff=staff,
        form=form,
        roles=[actor.role] if own else roles_given_by(actor.role),
        departments=offered_departments(),
    )


def refuse(staff: Staff | None, form: StaffForm, refused: Refused) -> ResponseReturnValue:
    """Roll back and show the form again with all that was typed."""
    if refused.code not in {*FIELDS_OF, "already_saved"}:
        raise refused
    db.session.rollback()
    form[FIELDS_OF.get(refused.code, "new_id")].errors = [words_for(refused.code)]
    return show_form(staff, form), refused.status


def show_link(staff: Staff, secret: str) -> str:
    """Show a link, this once: only its hash is kept."""
    # The proxy in front may ask us by another name; people open this one.
    link = settings().address + url_for("invitations.show", secret=secret)
    return render_template("staff/link.html", staff=staff, link=link, qr=qr_svg(link))


def go_to(staff: Staff) -> ResponseReturnValue:
    """Commit once and go to a colleague's page."""
    db.session.commit()
    return redirect(url_for("staff.show", staff_id=staff.id), 303)
