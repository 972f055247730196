"""See what there is a yes to; the contact team writes a new one down."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp import access
from webapp.access import requires
from webapp.adapters import clock
from webapp.blueprints.consents.forms import ConsentForm
from webapp.db import db
from webapp.domain.consenting import givers_for, is_asked_too, states_of
from webapp.domain.days import local_day
from webapp.domain.errors import Refused
from webapp.domain.permissions import Permission
from webapp.login import current_staff, home_zone
from webapp.messages import words_for
from webapp.models import Citizen, ConsentPurpose
from webapp.services.consents import consents_of, create_consent

bp = Blueprint("consents", __name__)


@bp.get("/citizens/<uuid:citizen_id>/consents")
@requires(Permission.READ_CITIZEN)
def index(citizen_id: UUID) -> ResponseReturnValue:
    """Show what every purpose stands at, and all that was ever said."""
    citizen = access.citizen(citizen_id)
    access.log_read("consent.read", citizen_id=citizen.id)
    consents = consents_of(db.session(), citizen)
    return render_template(
        "consents/index.html",
        citizen=citizen,
        consents=consents,
        states=states_of(consents, local_day(clock.now(), home_zone())),
        may_edit=access.reaches_plan_of(citizen, Permission.EDIT_PLAN),
    )


@bp.get("/citizens/<uuid:citizen_id>/consents/new")
@requires(Permission.EDIT_PLAN)
def new(citizen_id: UUID) -> ResponseReturnValue:
    """Show an empty form, for the purpose asked for."""
    citizen = access.citizen(citizen_id)
    access.check_plan_of(citizen, Permission.EDIT_PLAN)
    today = local_day(clock.now(), home_zone())
    givers = givers_for(citizen, today)
    asked = request.args.get("purpose")
    return _show_form(
        citizen,
        ConsentForm(
            purpose=ConsentPurpose(asked) if asked in set(ConsentPurpose) else None,
            given_by=givers[0] if len(givers) == 1 else None,
            given_on=today,
        ),
    )


@bp.post("/citizens/<uuid:citizen_id>/consents")
@requires(Permission.EDIT_PLAN)
def create(citizen_id: UUID) -> ResponseReturnValue:
    """Write a yes down."""
    citizen = access.citizen(citizen_id)
    access.check_plan_of(citizen, Permission.EDIT_PLAN)
    form = ConsentForm()
    if not form.validate():
        return _show_form(citizen, form), 422
    try:
        consent = create_consent(
            db.session(),
            citizen,
            form.content,
            id=form.new_id.data,
            actor=current_staff(),
            now=clock.now(),
        )
    except Refused as refused:
        db.session.rollback()
        form[FIELDS.get(refused.code, "new_id")].errors = [words_for(refused.code)]
        return _show_form(citizen, form), refused.status
    access.keep_or_log_read("consent.read", citizen_id=citizen.id, object_id=consent.id)
    return redirect(url_for(".index", citizen_id=citizen.id) + f"#{consent.purpose}", 303)


FIELDS = {
    "custody_holder_must_consent": "given_by",
    "adult_consents": "given_by",
    "giver_name_missing": "giver_name",
    "consent_not_yet_given": "given_on",
    "consent_before_withdrawal": "given_on",
    "consent_ends_too_soon": "until",
}
"""At which field a refusal is told; the rest on top of the form."""


def _show_form(citizen: Citizen, form: ConsentForm) -> str:
    access.log_read("consent.read", citizen_id=citizen.id)
    today = local_day(clock.now(), home_zone())
    return render_template(
        "consents/new.html",
        citizen=citizen,
        form=form,
        givers=givers_for(citizen, today),
        is_asked_too=is_asked_too(citizen, today),
    )
