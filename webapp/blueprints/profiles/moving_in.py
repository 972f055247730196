"""Let a citizen move in, and choose who is in the contact team."""

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp import access
from webapp.access import requires
from webapp.adapters import clock
from webapp.blueprints.profiles.forms import ContactTeamForm, NewCitizenForm
from webapp.blueprints.profiles.routes import bp
from webapp.db import db
from webapp.domain.errors import Refused
from webapp.domain.permissions import Permission
from webapp.login import current_staff
from webapp.messages import words_for
from webapp.models import Citizen
from webapp.services import contact_teams
from webapp.services.profiles import create_citizen


@bp.get("/citizens/new")
@requires(Permission.MANAGE_CITIZENS)
def new() -> ResponseReturnValue:
    """Show an empty form."""
    own = access.departments()
    return _show_new(NewCitizenForm(department_id=own[0].id if own else None))


@bp.post("/citizens")
@requires(Permission.MANAGE_CITIZENS)
def create() -> ResponseReturnValue:
    """Let a citizen move in, and go on to the contact team."""
    form = NewCitizenForm()
    if not form.validate():
        return _show_new(form), 422
    try:
        citizen = create_citizen(
            db.session(),
            form.content,
            id=form.new_id.data,
            actor=current_staff(),
            now=clock.now(),
        )
    except Refused as refused:
        db.session.rollback()
        form.new_id.errors = [words_for(refused.code)]
        return _show_new(form), refused.status
    db.session.commit()
    return redirect(url_for(".edit_contact_team", citizen_id=citizen.id), 303)


@bp.get("/citizens/<uuid:citizen_id>/contact-team")
@requires(Permission.MANAGE_CITIZENS)
def edit_contact_team(citizen_id: UUID) -> ResponseReturnValue:
    """Show who can be in the contact team, those who are in it ticked."""
    citizen = access.citizen(citizen_id)
    team = contact_teams.team_of(db.session(), citizen)
    return _show_team(citizen, ContactTeamForm(staff_ids=[each.id for each in team]))


@bp.post("/citizens/<uuid:citizen_id>/contact-team")
@requires(Permission.MANAGE_CITIZENS)
def update_contact_team(citizen_id: UUID) -> ResponseReturnValue:
    """Save who is in the contact team."""
    citizen, form = access.citizen(citizen_id), ContactTeamForm()
    if not form.validate():
        return _show_team(citizen, form), 422
    try:
        contact_teams.set_contact_team(
            db.session(), citizen, form.staff_ids.data, actor=current_staff(), now=clock.now()
        )
    except Refused as refused:
        db.session.rollback()
        form.staff_ids.errors = [words_for(refused.code)]
        return _show_team(citizen, form), refused.status
    access.keep_or_log_read("contact_team.read", citizen_id=citizen.id, object_id=citizen.id)
    return redirect(url_for(".show", citizen_id=citizen.id), 303)


def _show_new(form: NewCitizenForm) -> str:
    return render_template("profiles/new.html", form=form, departments=access.departments())


def _show_team(citizen: Citizen, form: ContactTeamForm) -> str:
    access.log_read("contact_team.read", citizen_id=citizen.id)
    return render_template(
        "profiles/contact_team.html",
        citizen=citizen,
        form=form,
        choosable=contact_teams.choosable_for(db.session(), citizen),
    )
