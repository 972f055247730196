"""Take a yes back. It stops counting at once."""

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp import access
from webapp.access import requires
from webapp.adapters import clock
from webapp.blueprints.consents.forms import WithdrawalForm
from webapp.blueprints.consents.routes import bp
from webapp.db import db
from webapp.domain.permissions import Permission
from webapp.login import current_staff
from webapp.models import Consent
from webapp.services.consents import withdraw_consent


@bp.get("/consents/<uuid:consent_id>/withdrawal/new")
@requires(Permission.EDIT_PLAN)
def ask_to_withdraw(consent_id: UUID) -> ResponseReturnValue:
    """Ask who says no, and how."""
    consent = access.consent(consent_id)
    access.check_plan_of(consent.citizen, Permission.EDIT_PLAN)
    return _show_form(consent, WithdrawalForm())


@bp.post("/consents/<uuid:consent_id>/withdrawal")
@requires(Permission.EDIT_PLAN)
def withdraw(consent_id: UUID) -> ResponseReturnValue:
    """Take it back, and every other yes to the same."""
    consent = access.consent(consent_id)
    access.check_plan_of(consent.citizen, Permission.EDIT_PLAN)
    form = WithdrawalForm()
    if not form.validate():
        return _show_form(consent, form), 422
    withdraw_consent(
        db.session(),
        consent,
        said_by=form.said_by.data,
        words=form.words.data,
        actor=current_staff(),
        now=clock.now(),
    )
    access.keep_or_log_read("consent.read", citizen_id=consent.citizen_id, object_id=consent.id)
    place = url_for(".index", citizen_id=consent.citizen_id)
    return redirect(f"{place}#{consent.purpose}", 303)


def _show_form(consent: Consent, form: WithdrawalForm) -> str:
    access.log_read("consent.read", citizen_id=consent.citizen_id, object_id=consent.id)
    return render_template(
        "consents/withdraw.html", citizen=consent.citizen, consent=consent, form=form
    )
