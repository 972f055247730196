"""The door in an emergency: look for somebody by name, say why, go in, go out."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp import access
from webapp.access import requires
from webapp.adapters import clock
from webapp.blueprints.emergency.forms import ReasonForm, SearchForm
from webapp.db import db, read_only
from webapp.domain.emergency import MOST_FOUND
from webapp.domain.errors import Refused
from webapp.domain.permissions import Permission
from webapp.login import current_staff
from webapp.messages import words_for
from webapp.models import Citizen
from webapp.services import emergency

bp = Blueprint("emergency", __name__, url_prefix="/emergency-accesses")


@bp.get("/new")
@requires(Permission.OPEN_IN_EMERGENCY)
def new() -> ResponseReturnValue:
    """Show the search, and what one has open already."""
    access.log_read("emergency_access.read")
    return _show(SearchForm(), None)


@bp.post("/searches")
@requires(Permission.OPEN_IN_EMERGENCY)
def search() -> ResponseReturnValue:
    """Look for somebody of another department. The search is logged before anything is shown."""
    form = SearchForm()
    if not form.validate():
        access.log_read("emergency_access.read")
        return _show(form, None), 422
    found = emergency.search(
        db.session(),
        form.first_name.data,
        form.last_name.data,
        actor=current_staff(),
        now=clock.now(),
    )
    db.session.commit()
    read_only()
    return _show(form, found)


@bp.post("")
@requires(Permission.OPEN_IN_EMERGENCY)
def create() -> ResponseReturnValue:
    """Open a citizen for an hour and go there."""
    form = ReasonForm()
    citizen = access.citizen_in_emergency(form.citizen_id.data)
    if not form.validate():
        return _show_reason(citizen, form), 422
    try:
        opened = emergency.begin(
            db.session(),
            citizen,
            form.reason.data,
            id=form.new_id.data,
            actor=current_staff(),
            now=clock.now(),
        )
    except Refused as refused:
        db.session.rollback()
        field = form.reason if refused.code == "emergency_reason_too_short" else form.new_id
        field.errors = [words_for(refused.code)]
        return _show_reason(citizen, form), refused.status
    access.keep_or_log_read("emergency_access.read", citizen_id=citizen.id, object_id=opened.id)
    return redirect(url_for("citizens.show", citizen_id=citizen.id), 303)


@bp.post("/<uuid:access_id>/ending")
@requires(Permission.OPEN_IN_EMERGENCY)
def end(access_id: UUID) -> ResponseReturnValue:
    """Go out before the hour is over."""
    opened = access.own_emergency_access(access_id)
    emergency.end(db.session(), opened, actor=current_staff(), now=clock.now())
    access.keep_or_log_read(
        "emergency_access.read", citizen_id=opened.citizen_id, object_id=opened.id
    )
    return redirect(url_for("board.index"), 303)


def _show(form: SearchForm, found: Sequence[Citizen] | None) -> str:
    return render_template(
        "emergency/new.html",
        form=form,
        found=found,
        too_many=found is not None and len(found) > MOST_FOUND,
        opened=emergency.open_of(db.session(), current_staff(), now=clock.now()),
        reason_form=ReasonForm(formdata=None),
    )


def _show_reason(citizen: Citizen, form: ReasonForm) -> str:
    access.log_read("emergency_access.read", citizen_id=citizen.id)
    return render_template("emergency/confirm.html", citizen=citizen, form=form)
