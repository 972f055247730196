"""What the forms of a goal answer alike, and how they are read."""

from typing import Any
from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp import access, editing
from webapp.adapters import clock
from webapp.blueprints.goals.forms import GoalForm
from webapp.current import settings
from webapp.db import db
from webapp.domain.days import local_day
from webapp.domain.documentation import active_signs
from webapp.domain.planning import LONGEST_SHORT_TEXT, in_few_words, is_running
from webapp.domain.smorte import GoalDraft, assess
from webapp.editing import Editing, with_chosen
from webapp.guides import guidance, taxonomy_of, theme_options
from webapp.login import current_staff, home_zone
from webapp.models import Citizen, Goal, GoalType, PlanPart
from webapp.services.goal_templates import templates_in_use
from webapp.services.plan_pages import colleagues_of, order_goals
from webapp.services.plans import FIELDS, find_plan, goals_of

FIELD_OF = {
    "ends_before_start": "ends_on",
    "revised_outside_goal": "revise_on",
    "sub_goal_too_deep": "parent_id",
    "parent_is_draft": "parent_id",
    "order_goal_missing": "no_order_goal_reason",
    "second_goal_needs_reason": "second_goal_reason",
}


def is_valid(form: GoalForm, citizen: Citizen, *, is_new: bool = False) -> bool:
    """Validate what the form says, and that what it chose may be chosen here."""
    valid = form.validate_new() if is_new else bool(form.validate())
    goals = goals_of(db.session(), find_plan(db.session(), citizen))
    can_be_chosen: dict[str, set[UUID]] = {
        "responsible_id": {each.id for each in colleagues_of(db.session(), citizen)},
        "order_goal_id": {each.id for each in order_goals(db.session(), citizen)},
        "parent_id": {each.id for each in goals},
    }
    # What was chosen before may stay, though it is offered no more.
    can_be_chosen["order_goal_id"] |= {g.order_goal_id for g in goals if g.order_goal_id}
    can_be_chosen["responsible_id"] |= {g.responsible_id for g in goals if g.responsible_id}
    for name, ids in can_be_chosen.items():
        if form[name].data and form[name].data not in ids:
            form[name].errors = [_("Vælg noget på listen.")]
            valid = False
    if form.theme.data and taxonomy_of(citizen).theme(form.theme.data) is None:
        form.theme.errors = [_("Vælg et tema på listen.")]
        valid = False
    return valid


def values_of(form: GoalForm, goal: Goal | None = None) -> dict[str, Any]:
    """Return what the form says, by the fields of a goal.

    The few words are made from the text when they are left empty, and made anew with it as long
    as nobody wrote others.
    """
    short_text = (form.short_text.data or "").strip()
    if goal and short_text == goal.short_text == in_few_words(goal.text, LONGEST_SHORT_TEXT):
        short_text = ""
    names = tuple(name for name in FIELDS[PlanPart.GOAL] if name in form)
    values = editing.sent(form, names)
    return values | {
        "short_text": short_text or in_few_words(form.text.data, LONGEST_SHORT_TEXT),
        "type": form.type.data or GoalType.DEVELOP,
        "theme": form.theme.data or "",
        "smorte_reasons": form.smorte_reasons,
    }


def stored_values(goal: Goal) -> dict[str, Any]:
    """Return what a goal's form is filled with."""
    values = {name: getattr(goal, name) for name in FIELDS[PlanPart.GOAL]}
    return values | {f"smorte_{letter.lower()}": why for letter, why in goal.smorte_reasons.items()}


def refused_page(
    citizen: Citizen, goal: Goal | None, shown: Editing, status: int
) -> ResponseReturnValue:
    """Show the form with its words and all that was typed; nothing is stored."""
    db.session.rollback()
    access.log_read("plan.read", citizen_id=citizen.id)
    return page(citizen, goal, shown), status


def page(citizen: Citizen, goal: Goal | None, shown: Editing) -> str:
    """Draw the form, with the coach in it."""
    goals = goals_of(db.session(), find_plan(db.session(), citizen))
    others = [each for each in goals if goal is None or each.id != goal.id]
    people = colleagues_of(db.session(), citizen)
    return render_template(
        "goals/edit.html",
        citizen=citizen,
        goal=goal,
        editing=shown,
        form=shown.form,
        options={
            "order_goal_id": with_chosen(
                order_goals(db.session(), citizen), goal and goal.order_goal
            ),
            "parent_id": with_chosen(
                [each for each in others if not each.parent_id and not each.closed_at],
                goal and goal.parent,
            ),
            "theme": theme_options(citizen),
            "responsible_id": with_chosen(people, goal and goal.responsible),
        },
        others_running=any(is_running(each) and not each.parent_id for each in others),
        templates=[] if goal else templates_in_use(db.session(), current_staff()),
        help=guidance()["maal"],
        **coach(citizen, goal, shown.form),
    )


def coach(citizen: Citizen, goal: Goal | None, form: GoalForm) -> dict[str, Any]:
    """Return what the coach says of the goal as it stands in the form."""
    plan = find_plan(db.session(), citizen)
    draft = GoalDraft(
        text=form.text.data or "",
        goal_type=(form.type.data or GoalType.DEVELOP).value,
        starts_on=form.starts_on.data,
        ends_on=form.ends_on.data,
        has_order_goal=bool(form.order_goal_id.data or form.parent_id.data),
        no_order_goal_reason=form.no_order_goal_reason.data or "",
        sign_count=len(active_signs(goal)) if goal else 0,
        next_evaluation_on=plan.next_evaluation_on if plan else None,
        revise_on=form.revise_on.data,
        today=local_day(clock.now(), home_zone()),
    )
    return {"assessments": assess(draft), "name_of_e": settings().smorte_e}
