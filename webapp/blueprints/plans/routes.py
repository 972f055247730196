"""The plan as five linked cards; each is read here and written in its own form."""

from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from webapp import access
from webapp.access import requires
from webapp.adapters import clock
from webapp.db import db
from webapp.domain.consenting import state_of
from webapp.domain.days import local_day
from webapp.domain.permissions import Permission
from webapp.login import home_zone
from webapp.models import ConsentPurpose
from webapp.plan_words import names_in, revisions_on_page
from webapp.services.consents import consents_of
from webapp.services.plan_history import history_of
from webapp.services.plan_pages import plan_page
from webapp.services.plans import find_plan

bp = Blueprint("plans", __name__, url_prefix="/citizens/<uuid:citizen_id>/plan")


@bp.get("")
@requires(Permission.READ_PLAN)
def show(citizen_id: UUID) -> ResponseReturnValue:
    """Show the whole plan."""
    citizen = access.citizen(citizen_id)
    access.log_read("plan.read", citizen_id=citizen.id)
    today = local_day(clock.now(), home_zone())
    consents = consents_of(db.session(), citizen)
    return render_template(
        "plans/show.html",
        citizen=citizen,
        page=plan_page(db.session(), citizen, today=today),
        pictures=state_of(consents, ConsentPurpose.INSTRUCTION, today),
        may_edit=access.reaches_plan_of(citizen, Permission.EDIT_PLAN),
    )


@bp.get("/history")
@requires(Permission.READ_PLAN)
def history(citizen_id: UUID) -> ResponseReturnValue:
    """Show what was changed, by whom and why, newest first."""
    citizen = access.citizen(citizen_id)
    access.log_read("plan.read", citizen_id=citizen.id)
    plan = find_plan(db.session(), citizen)
    revisions = history_of(db.session(), plan) if plan else []
    changes = revisions_on_page(revisions, names_in(db.session(), revisions))
    return render_template("plans/history.html", citizen=citizen, changes=changes)
