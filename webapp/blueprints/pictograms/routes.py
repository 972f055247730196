"""Choosing a pictogram for a step: by words, by category, or among those the sentence suggests."""

from typing import Final
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp import access
from webapp.access import requires
from webapp.adapters import clock
from webapp.blueprints.pictograms.forms import ChosenForm
from webapp.db import db
from webapp.domain.permissions import Permission
from webapp.domain.pictograms import LONGEST_QUERY
from webapp.htmx import wants_fragment
from webapp.login import current_staff
from webapp.models import Step
from webapp.services.pictograms import (
    OPENMOJI,
    choose_pictogram,
    find_pictograms,
    groups_of,
    openmoji_groups,
    pictograms_of_steps,
)

bp = Blueprint("pictograms", __name__)

MOST_SHOWN: Final = 60
"""Of what a query finds."""

MOST_SUGGESTED: Final = 6
"""Of what the sentence of a step finds."""


@bp.get("/steps/<uuid:step_id>/pictogram")
@requires(Permission.EDIT_PLAN)
def new(step_id: UUID) -> ResponseReturnValue:
    """Show what can be chosen; to htmx only what the words find, which is about no citizen."""
    step = _step_to_edit(step_id)
    query = request.args.get("q", "").strip()[:LONGEST_QUERY]
    home_id = current_staff().home_id
    groups = groups_of(db.session(), home_id)
    group = next((each for each in groups if each.code == request.args.get("group")), None)
    values = {
        "step": step,
        "query": query,
        "found": find_pictograms(db.session(), home_id, query)[:MOST_SHOWN],
        "group": group,
        "groups": groups,
        "suggested": find_pictograms(db.session(), home_id, step.text)[:MOST_SUGGESTED],
        "chosen": pictograms_of_steps(db.session(), [step]).get(step.id),
    }
    if wants_fragment():
        return render_template("pictograms/_found.html", **values)
    intervention = step.intervention
    citizen = intervention.goal.plan.citizen
    access.log_read("instruction.read", citizen_id=citizen.id, object_id=intervention.id)
    return render_template("pictograms/new.html", citizen=citizen, **values)


@bp.post("/steps/<uuid:step_id>/pictogram")
@requires(Permission.EDIT_PLAN)
def create(step_id: UUID) -> ResponseReturnValue:
    """Give a step a pictogram, in the place of what it had."""
    step = _step_to_edit(step_id)
    key = ChosenForm().pictogram.data or ""
    choose_pictogram(db.session(), step, key, actor=current_staff(), now=clock.now())
    intervention = step.intervention
    page = url_for("instructions.show", intervention_id=intervention.id, _anchor=f"step-{step.id}")
    access.keep_or_log_read(
        "instruction.read",
        citizen_id=intervention.goal.plan.citizen_id,
        object_id=intervention.id,
    )
    return redirect(page, 303)


@bp.get("/pictograms/credits")
@requires(Permission.USE_APP)
def show_credits() -> ResponseReturnValue:
    """Show who drew the pictograms, and under which licence."""
    groups = openmoji_groups()
    count = sum(len(group.choices) for group in groups)
    return render_template("pictograms/credits.html", count=count, version=OPENMOJI)


def _step_to_edit(id: UUID) -> Step:
    step = access.step(id)
    access.check_plan_of(step.intervention.goal.plan.citizen, Permission.EDIT_PLAN)
    return step
