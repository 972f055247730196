"""Write the two cards of a plan there is one of: the context and the plan for evaluating."""

from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp import access, editing
from webapp.access import requires
from webapp.adapters import clock
from webapp.blueprints.plans.forms import ContextForm, EvaluationForm
from webapp.blueprints.plans.routes import bp
from webapp.db import db
from webapp.domain.days import local_day
from webapp.domain.errors import EditedMeanwhile
from webapp.domain.permissions import Permission
from webapp.editing import Editing, PlanForm, with_chosen
from webapp.guides import guidance, taxonomy_of, theme_options
from webapp.login import current_staff, home_zone
from webapp.models import Citizen, Plan, PlanPart
from webapp.services.plan_pages import colleagues_of, plan_page
from webapp.services.plans import FIELDS, find_plan, plan_of, update_plan


@bp.get("/context/edit")
@requires(Permission.EDIT_PLAN)
def edit_context(citizen_id: UUID) -> ResponseReturnValue:
    """Show the form of the context."""
    return _edit(access.citizen(citizen_id), PlanPart.CONTEXT, ContextForm)


@bp.post("/context")
@requires(Permission.EDIT_PLAN)
def update_context(citizen_id: UUID) -> ResponseReturnValue:
    """Save the context."""
    citizen = access.citizen(citizen_id)
    form = ContextForm()
    valid = form.validate()
    if form.theme.data and taxonomy_of(citizen).theme(form.theme.data) is None:
        form.theme.errors = [_("Vælg et tema på listen.")]
        valid = False
    return _update(citizen, PlanPart.CONTEXT, form, valid=valid)


@bp.get("/evaluation/edit")
@requires(Permission.EDIT_PLAN)
def edit_evaluation(citizen_id: UUID) -> ResponseReturnValue:
    """Show the form of the plan for evaluating."""
    return _edit(access.citizen(citizen_id), PlanPart.EVALUATION, EvaluationForm)


@bp.post("/evaluation")
@requires(Permission.EDIT_PLAN)
def update_evaluation(citizen_id: UUID) -> ResponseReturnValue:
    """Save the plan for evaluating."""
    citizen = access.citizen(citizen_id)
    form = EvaluationForm()
    valid = form.validate()
    plan = find_plan(db.session(), citizen)
    colleagues = {each.id for each in colleagues_of(db.session(), citizen)}
    colleagues |= {plan.evaluator_id} if plan and plan.evaluator_id else set()
    if form.evaluator_id.data and form.evaluator_id.data not in colleagues:
        form.evaluator_id.errors = [_("Vælg en kollega på listen.")]
        valid = False
    return _update(citizen, PlanPart.EVALUATION, form, valid=valid)


def _action(citizen: Citizen, part: PlanPart) -> str:
    name = "update_context" if part is PlanPart.CONTEXT else "update_evaluation"
    return url_for(f".{name}", citizen_id=citizen.id)


def _edit(citizen: Citizen, part: PlanPart, form: type[PlanForm]) -> ResponseReturnValue:
    access.check_plan_of(citizen, Permission.EDIT_PLAN)
    access.log_read("plan.read", citizen_id=citizen.id)
    page = plan_page(db.session(), citizen, today=local_day(clock.now(), home_zone()))
    values = {name: getattr(page.plan, name) for name in FIELDS[part]}
    # A plan nobody has written in has no id and no revisions.
    shown = (
        editing.begin(form, _action(citizen, part), values, part=part, object_id=page.plan.id)
        if page.is_stored
        else editing.begin_new(form, _action(citizen, part), values)
    )
    return _page(citizen, part, shown)


def _update(
    citizen: Citizen, part: PlanPart, form: PlanForm, *, valid: bool
) -> ResponseReturnValue:
    access.check_plan_of(citizen, Permission.EDIT_PLAN)
    action = _action(citizen, part)
    if not valid:
        access.log_read("plan.read", citizen_id=citizen.id)
        return _page(citizen, part, Editing(action, form)), 422
    plan: Plan = plan_of(db.session(), citizen)
    values = editing.sent(form, FIELDS[part])
    try:
        update_plan(
            db.session(),
            plan,
            part,
            values,
            based_on=form.based_on.data or 0,
            actor=current_staff(),
            now=clock.now(),
            why=form.why.data,
        )
    except EditedMeanwhile as refused:
        shown = editing.refuse(
            form, action, refused, {}, part=part, object_id=plan.id, values=values
        )
        access.log_read("plan.read", citizen_id=citizen.id)
        return _page(citizen, part, shown), refused.status
    card = "sammenhaeng" if part is PlanPart.CONTEXT else "evaluering"
    return editing.keep_and_go(
        action,
        url_for(".show", citizen_id=citizen.id, _anchor=card),
        "plan.read",
        citizen_id=citizen.id,
        object_id=plan.id,
    )


def _page(citizen: Citizen, part: PlanPart, shown: Editing) -> str:
    template = (
        "plans/edit_context.html" if part is PlanPart.CONTEXT else "plans/edit_evaluation.html"
    )
    plan = find_plan(db.session(), citizen)
    evaluator = plan.evaluator if plan else None
    return render_template(
        template,
        citizen=citizen,
        editing=shown,
        form=shown.form,
        themes=theme_options(citizen),
        people=with_chosen(colleagues_of(db.session(), citizen), evaluator),
        help=guidance()["sammenhaeng" if part is PlanPart.CONTEXT else "evaluering"],
    )
