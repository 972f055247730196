"""The plan as a page made for paper: one A4, the five parts in order, nothing to press."""

from collections.abc import Iterable
from math import ceil
from typing import Final
from uuid import UUID

from babel.dates import format_date, get_day_names
from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from webapp import access
from webapp.access import requires
from webapp.adapters import clock
from webapp.blueprints.plans.routes import bp
from webapp.db import db
from webapp.domain.days import local_day
from webapp.domain.permissions import Permission
from webapp.login import current_staff, home_zone
from webapp.models import PlanPart
from webapp.services.plan_pages import GoalOnPlan, PlanPage, plan_page
from webapp.services.plans import FIELDS

SIZES: Final = {"roomy": (92, 51), "close": (101, 56), "snug": (107, 60)}
"""Characters on a line and lines on a page at 11, 10 and 9.5 points; a longer plan has 9 points."""

_FURNITURE: Final = 9
"""Lines of the heading, the titles, the plan for evaluating and the foot."""


@bp.get("/print")
@requires(Permission.READ_PLAN)
def to_print(citizen_id: UUID) -> ResponseReturnValue:
    """Show the plan as it comes on paper. What leaves the house on paper is logged by itself."""
    citizen = access.citizen(citizen_id)
    access.log_read("plan.print", citizen_id=citizen.id)
    now = clock.now()
    page = plan_page(db.session(), citizen, today=local_day(now, home_zone()))
    days = get_day_names("short", locale=get_locale())
    return render_template(
        "plans/print.html",
        citizen=citizen,
        page=page,
        size=type_size(page),
        staff=current_staff(),
        now=now,
        today=local_day(now, home_zone()),
        full_day=lambda value: format_date(value, "long", locale=get_locale()),
        week_days=[days[number].rstrip(".") for number in range(7)],
    )


def type_size(page: PlanPage) -> str:
    """Return how large the type may be: the more a plan says, the smaller, but always readable."""
    for size, (width, fit) in SIZES.items():
        if lines_of(page, width) <= fit:
            return size
    return "tight"


def lines_of(page: PlanPage, width: int) -> int:
    """Return about how many lines a plan takes when so many characters fit on one."""
    context = [getattr(page.plan, name) for name in FIELDS[PlanPart.CONTEXT]]
    # Each begins with the name of its field.
    lines = _lines([f"Det har vi prøvet: {text}" for text in context if text], width)
    return _FURNITURE + ceil(lines + sum(_lines_of_goal(each, width) for each in page.goals))


def _lines_of_goal(each: GoalOnPlan, width: int) -> float:
    goal = each.goal
    facts = " " * 110 + goal.participation_words + (goal.order_goal.text if goal.order_goal else "")
    # Boxes take a third of a sign's row, and it is higher than its text.
    signs = 1.5 * _lines([f"Vi vil se, at {sign.text}" for sign in each.signs], width * 2 // 3)
    said = [
        text
        for one in goal.interventions
        for text in (
            " · ".join((one.title, one.approach, one.practice, one.who, one.when_and_where)),
            "      ".join(step.text for step in one.steps),
        )
    ]
    own = 4 + 1.3 * _lines([goal.text], width * 5 // 6) + _lines([facts], width)
    parts = sum(_lines_of_goal(part, width) for part in each.sub_goals if not part.goal.closed_at)
    return own + signs + _lines(said, width) + parts


def _lines(texts: Iterable[str], width: int) -> float:
    """Return how many lines texts take with a little space between them; empty ones take none."""
    return sum(
        0.25 + sum(max(1, ceil(len(line) / width)) for line in text.splitlines())
        for text in texts
        if text
    )
