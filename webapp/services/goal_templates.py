"""Copy a goal to another citizen, keep one as a template, begin from a template."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from webapp.domain.copying import ANYBODY, GoalContent, content_of, renamed_content
from webapp.domain.errors import AlreadySaved, NotYourTemplate
from webapp.domain.permissions import Permission, reaches_plan
from webapp.domain.planning import USUAL_RUN
from webapp.domain.renaming import Name, name_of, names_in, renamed
from webapp.models import (
    Citizen,
    ContactTeam,
    Goal,
    GoalTemplate,
    Role,
    Staff,
)
from webapp.services import audit
from webapp.services.pictograms import keys_of_steps, put_pictograms
from webapp.services.plans import create_goal, hold, plan_of
from webapp.services.reach import in_reach

_SHAPE: Final = TypeAdapter(GoalContent)


@dataclass(frozen=True, slots=True)
class TemplateOnPage:
    """A template as people meet it.

    Attributes:
        template: The row.
        author: Who made it.
        content: What a goal from it begins with.
        may_archive: Whether the viewer may put it away.
    """

    template: GoalTemplate
    author: Staff
    content: GoalContent
    may_archive: bool


def copy_goal(
    session: Session,
    goal: Goal,
    citizen: Citizen,
    *,
    theme: str,
    id: UUID,
    today: date,
    actor: Staff,
    now: datetime,
) -> Goal:
    """Add a draft for another citizen: the goal with its signs and interventions, and their name.

    Args:
        session: Not committed here.
        goal: The one to copy, its citizen loaded.
        citizen: Who it is for.
        theme: A code of that citizen's taxonomy; "" for none.
        id: Made where the form was drawn; the same again gives the stored goal.
        today: The home's day, on which it starts.
        actor: Who copies.
        now: Aware.

    Raises:
        SameIdOtherContent.
    """
    old, new = name_of(goal.plan.citizen), name_of(citizen)
    content = renamed_content(content_of(goal, keys_of_steps(session, goal)), old, new)
    return _begin(
        *(session, content, citizen, theme, today),
        id=id,
        action="goal.copy",
        actor=actor,
        now=now,
    )


def create_goal_from(
    session: Session,
    template: GoalTemplate,
    citizen: Citizen,
    *,
    theme: str,
    id: UUID,
    today: date,
    actor: Staff,
    now: datetime,
) -> Goal:
    """Add a draft from a template; as `copy_goal`."""
    content = renamed_content(content_in(template), ANYBODY, Name(citizen.first_name))
    return _begin(
        *(session, content, citizen, theme, today),
        id=id,
        action="goal.create",
        actor=actor,
        now=now,
    )


def template_content(session: Session, goal: Goal) -> GoalContent:
    """Return what a template of the goal holds: everything that is not one citizen's own."""
    content = content_of(goal, keys_of_steps(session, goal))
    return renamed_content(content, name_of(goal.plan.citizen), ANYBODY)


def create_template(
    session: Session, goal: Goal, name: str, *, id: UUID, actor: Staff, now: datetime
) -> GoalTemplate:
    """Keep a goal for the whole home to begin from. The same id again gives the stored template.

    Args:
        session: Not committed here.
        goal: Its citizen loaded; in the template nobody is named.
        name: What the template is called; may name the citizen, and then does not any more.
        id: Made where the form was drawn.
        actor: Who makes it.
        now: Aware.

    Raises:
        AlreadySaved: The id came before with something else.
    """
    name = renamed(name.strip(), name_of(goal.plan.citizen), ANYBODY)
    if stored := session.get(GoalTemplate, id):
        return _same_or_refuse(stored, name, actor)
    template = GoalTemplate(
        id=id,
        home_id=actor.home_id,
        name=name,
        content=_SHAPE.dump_python(template_content(session, goal), mode="json"),
        author_id=actor.id,
        made_at=now,
    )
    try:
        # A resent form may arrive while the first is still being stored by another thread.
        with session.begin_nested():
            session.add(template)
    except IntegrityError:
        return _same_or_refuse(session.get_one(GoalTemplate, id), name, actor)
    audit.record(
        session,
        "goal_template.create",
        actor=actor,
        at=now,
        citizen_id=goal.plan.citizen_id,
        object_id=template.id,
    )
    return template


def archive_template(
    session: Session, template: GoalTemplate, *, actor: Staff, now: datetime
) -> None:
    """Put a template away, or take it out again. Goals made from it stay.

    Raises:
        NotYourTemplate.
    """
    if not _may_archive(template, actor):
        raise NotYourTemplate
    template.archived_at = None if template.archived_at else now
    action = "goal_template.archive" if template.archived_at else "goal_template.restore"
    audit.record(session, action, actor=actor, at=now, object_id=template.id)


def templates_of(session: Session, viewer: Staff) -> Sequence[TemplateOnPage]:
    """Return the templates of the viewer's home by name, those put away last; may be empty."""
    rows = session.execute(
        select(GoalTemplate, Staff)
        .join(Staff, Staff.id == GoalTemplate.author_id)
        .where(GoalTemplate.home_id == viewer.home_id)
        .order_by(GoalTemplate.archived_at.is_not(None), GoalTemplate.name, GoalTemplate.id)
    )
    return [
        TemplateOnPage(template, author, content_in(template), _may_archive(template, viewer))
        for template, author in rows
    ]


def templates_in_use(session: Session, viewer: Staff) -> Sequence[TemplateOnPage]:
    """Return those of them that a goal can begin with; may be empty."""
    found = templates_of(session, viewer)
    return [each for each in found if not each.template.archived_at]


def content_in(template: GoalTemplate) -> GoalContent:
    """Return what a template holds."""
    return _SHAPE.validate_python(template.content)


def citizens_to_write_for(session: Session, actor: Staff) -> Sequence[Citizen]:
    """Return the citizens whose plan somebody may write in, by name; may be empty."""
    query = select(Citizen).where(in_reach(actor, Permission.EDIT_PLAN))
    if not reaches_plan(actor.role, Permission.EDIT_PLAN, in_contact_team=False):
        mine = select(ContactTeam.citizen_id).where(ContactTeam.staff_id == actor.id)
        query = query.where(Citizen.id.in_(mine))
    order = Citizen.first_name, Citizen.last_name, Citizen.id
    return session.scalars(query.order_by(*order)).all()


def names_left(session: Session, content: GoalContent, viewer: Staff) -> list[str]:
    """Return the first names of colleagues and known citizens that a template would still say."""
    known = in_reach(viewer, Permission.READ_CITIZEN)
    names = [
        *session.scalars(select(Staff.first_name).where(Staff.home_id == viewer.home_id)),
        *session.scalars(select(Citizen.first_name).where(known)),
    ]
    return names_in(content.texts, names)


def _begin(
    session: Session,
    content: GoalContent,
    citizen: Citizen,
    theme: str,
    today: date,
    *,
    id: UUID,
    action: str,
    actor: Staff,
    now: datetime,
) -> Goal:
    days = {"starts_on": today, "ends_on": today + USUAL_RUN}
    plan = plan_of(session, citizen)
    hold(session, plan)
    is_new = session.get(Goal, id) is None
    goal = create_goal(
        session,
        plan,
        content.values | days | {"theme": theme},
        id=id,
        actor=actor,
        now=now,
        signs=[sign.values for sign in content.signs],
        interventions=[each.values for each in content.interventions],
        action=action,
    )
    if is_new:
        session.flush()
        _put_pictograms(session, goal, content, actor, now)
    return goal


def _put_pictograms(
    session: Session, goal: Goal, content: GoalContent, actor: Staff, now: datetime
) -> None:
    """Give the steps of a new goal the pictograms that came with them."""
    pairs = zip(goal.interventions, content.interventions, strict=True)
    steps = (
        # A template made before there were pictograms has none.
        pair
        for made, wanted in pairs
        for pair in zip(made.steps, wanted.pictograms, strict=False)
    )
    put_pictograms(session, steps, actor=actor, now=now)


def _may_archive(template: GoalTemplate, actor: Staff) -> bool:
    return actor.role is Role.MANAGER or template.author_id == actor.id


def _same_or_refuse(stored: GoalTemplate, name: str, actor: Staff) -> GoalTemplate:
    if (stored.home_id, stored.author_id, stored.name) != (actor.home_id, actor.id, name):
        raise AlreadySaved
    return stored
