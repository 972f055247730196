"""The shifts of a day, written on one page: each ends when the next begins."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp.access import requires
from webapp.adapters import clock
from webapp.blueprints.settings.forms import ShiftsForm
from webapp.blueprints.settings.routes import bp
from webapp.db import db
from webapp.domain.errors import Refused
from webapp.domain.permissions import Permission
from webapp.home_fields import ShiftLine
from webapp.login import current_staff
from webapp.messages import words_for
from webapp.services import homes


@bp.get("/settings/shifts")
@requires(Permission.MANAGE_HOME)
def edit_shifts() -> ResponseReturnValue:
    """Show the shifts to write in."""
    stored = homes.shifts_of(db.session(), current_staff().home)
    lines = [ShiftLine(shift.name, f"{shift.starts_at:%H:%M}") for shift in stored]
    return render_template("settings/shifts.html", form=ShiftsForm(shift=lines), shifts=stored)


@bp.post("/settings/shifts")
@requires(Permission.MANAGE_HOME)
def update_shifts() -> ResponseReturnValue:
    """Save all shifts at once."""
    form, actor = ShiftsForm(), current_staff()
    if not form.validate():
        return _refuse(form, 422)
    try:
        homes.set_shifts(db.session(), actor.home, form.shift.shifts, actor=actor, now=clock.now())
    except Refused as refused:
        db.session.rollback()
        form.shift.errors = [words_for(refused.code)]
        return _refuse(form, refused.status)
    db.session.commit()
    return redirect(url_for(".edit_shifts"), 303)


def _refuse(form: ShiftsForm, status: int) -> ResponseReturnValue:
    stored = homes.shifts_of(db.session(), current_staff().home)
    return render_template("settings/shifts.html", form=form, shifts=stored), status
