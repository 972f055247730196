"""The home's templates: look, keep a goal as one, begin from one, put one away."""

from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp import access, editing
from webapp.access import requires
from webapp.adapters import clock
from webapp.blueprints.goal_templates.forms import TemplateForm, UseForm
from webapp.db import db
from webapp.domain.days import local_day
from webapp.domain.errors import AlreadySaved
from webapp.domain.permissions import Permission
from webapp.guides import taxonomy_of
from webapp.http_errors import problem
from webapp.login import current_staff, home_zone
from webapp.messages import words_for
from webapp.models import Goal
from webapp.services import goal_templates as templates

bp = Blueprint("goal_templates", __name__)


@bp.get("/goal-templates")
@requires(Permission.READ_CITIZEN)
def index() -> ResponseReturnValue:
    """Show the home's templates. They name nobody, so nobody's record is looked at."""
    found = templates.templates_of(db.session(), current_staff())
    return render_template("goal_templates/index.html", templates=found)


@bp.get("/goals/<uuid:goal_id>/goal-templates/new")
@requires(Permission.EDIT_PLAN)
def new(goal_id: UUID) -> ResponseReturnValue:
    """Show what a template of the goal would say, and ask what to call it."""
    goal = access.goal(goal_id)
    access.check_plan_of(goal.plan.citizen, Permission.EDIT_PLAN)
    content = templates.template_content(db.session(), goal)
    return _page(goal, TemplateForm(name=content.short_text))


@bp.post("/goals/<uuid:goal_id>/goal-templates")
@requires(Permission.EDIT_PLAN)
def create(goal_id: UUID) -> ResponseReturnValue:
    """Keep a goal as a template."""
    goal, form = access.goal(goal_id), TemplateForm()
    citizen = goal.plan.citizen
    access.check_plan_of(citizen, Permission.EDIT_PLAN)
    if not form.validate():
        return _page(goal, form), 422
    try:
        templates.create_template(
            db.session(),
            goal,
            form.name.data,
            id=form.new_id.data,
            actor=current_staff(),
            now=clock.now(),
        )
    except AlreadySaved as refused:
        db.session.rollback()
        form.name.errors = [words_for(refused.code)]
        return _page(goal, form), refused.status
    access.keep_or_log_read("goal.read", citizen_id=citizen.id, object_id=goal.id)
    return editing.go(url_for(".index"))


@bp.post("/citizens/<uuid:citizen_id>/goal-templates/<uuid:template_id>/goals")
@requires(Permission.EDIT_PLAN)
def use(citizen_id: UUID, template_id: UUID) -> ResponseReturnValue:
    """Begin a goal for a citizen from a template; it is a draft."""
    citizen, template = access.citizen(citizen_id), access.goal_template(template_id)
    access.check_plan_of(citizen, Permission.EDIT_PLAN)
    form = UseForm()
    if not form.validate():
        return problem("bad_request", 422, words=str(form.new_id.errors[0]))
    theme = taxonomy_of(citizen).theme(templates.content_in(template).theme)
    now = clock.now()
    goal = templates.create_goal_from(
        db.session(),
        template,
        citizen,
        theme=theme.code if theme else "",
        id=form.new_id.data,
        today=local_day(now, home_zone()),
        actor=current_staff(),
        now=now,
    )
    access.keep_or_log_read("plan.read", citizen_id=citizen.id, object_id=goal.id)
    return editing.go(url_for("plans.show", citizen_id=citizen.id, _anchor=f"goal-{goal.id}"))


@bp.post("/goal-templates/<uuid:template_id>/archival")
@requires(Permission.EDIT_PLAN)
def archive(template_id: UUID) -> ResponseReturnValue:
    """Put a template away, or take it out again."""
    template = access.goal_template(template_id)
    templates.archive_template(db.session(), template, actor=current_staff(), now=clock.now())
    db.session.commit()
    return editing.go(url_for(".index"))


def _page(goal: Goal, form: TemplateForm) -> str:
    citizen = goal.plan.citizen
    access.log_read("goal.read", citizen_id=citizen.id, object_id=goal.id)
    content = templates.template_content(db.session(), goal)
    return render_template(
        "goal_templates/new.html",
        goal=goal,
        citizen=citizen,
        form=form,
        content=content,
        names=templates.names_left(db.session(), content, current_staff()),
    )
