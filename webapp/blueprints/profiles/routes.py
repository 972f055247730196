"""See who a citizen is and who is around the citizen; the contact team writes it."""

from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from webapp import access
from webapp.access import requires
from webapp.adapters import clock
from webapp.blueprints.profiles.answers import keep_and_go, refuse_profile, show_profile
from webapp.blueprints.profiles.forms import ProfileForm
from webapp.db import db
from webapp.domain.consenting import states_of
from webapp.domain.days import local_day
from webapp.domain.errors import Refused
from webapp.domain.permissions import Permission
from webapp.domain.versions import version_of
from webapp.login import current_staff, home_zone
from webapp.services.consents import consents_of
from webapp.services.contact_teams import team_of
from webapp.services.profiles import contacts_of, profile_of, update_profile

bp = Blueprint("profiles", __name__)


@bp.get("/citizens/<uuid:citizen_id>/profile")
@requires(Permission.READ_CITIZEN)
def show(citizen_id: UUID) -> ResponseReturnValue:
    """Show the master data and the contacts."""
    citizen = access.citizen(citizen_id)
    access.log_read("profile.read", citizen_id=citizen.id)
    return render_template(
        "profiles/show.html",
        citizen=citizen,
        team=team_of(db.session(), citizen),
        contacts=contacts_of(db.session(), citizen),
        states=states_of(consents_of(db.session(), citizen), local_day(clock.now(), home_zone())),
        may_edit=access.reaches_plan_of(citizen, Permission.EDIT_PLAN),
    )


@bp.get("/citizens/<uuid:citizen_id>/profile/edit")
@requires(Permission.EDIT_PLAN)
def edit(citizen_id: UUID) -> ResponseReturnValue:
    """Show the master data to write in."""
    citizen = access.citizen(citizen_id)
    access.check_plan_of(citizen, Permission.EDIT_PLAN)
    stored = profile_of(citizen)
    return show_profile(citizen, ProfileForm(**stored, drawn_from=version_of(stored)))


@bp.post("/citizens/<uuid:citizen_id>/profile")
@requires(Permission.EDIT_PLAN)
def update(citizen_id: UUID) -> ResponseReturnValue:
    """Save the master data."""
    citizen = access.citizen(citizen_id)
    access.check_plan_of(citizen, Permission.EDIT_PLAN)
    form = ProfileForm(legal_ground=citizen.legal_ground)
    if not form.validate():
        return show_profile(citizen, form), 422
    try:
        update_profile(
            db.session(),
            citizen,
            form.content,
            drawn_from=str(form.drawn_from.data),
            actor=current_staff(),
            now=clock.now(),
        )
    except Refused as refused:
        return refuse_profile(citizen, form, refused)
    return keep_and_go(citizen.id)
