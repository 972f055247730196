"""Talk a goal over: ask, answer, settle. A comment is kept as typed and never changed."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from webapp.domain.errors import AlreadySaved
from webapp.domain.permissions import Permission, reaches_plan
from webapp.models import (
    Citizen,
    ContactTeam,
    Department,
    Goal,
    Plan,
    Sparring,
    SparringComment,
    Staff,
)
from webapp.services import audit
from webapp.services.reach import in_reach


def add_comment(
    session: Session, goal: Goal, text: str, *, id: UUID, actor: Staff, now: datetime
) -> SparringComment:
    """Write in the goal's open sparring; when there is none, this opens one.

    Args:
        session: Not committed here.
        goal: What it is about, the plan loaded.
        text: Kept as typed.
        id: Made where the form was drawn; the same again gives the stored comment.
        actor: Who writes.
        now: Aware.

    Raises:
        AlreadySaved: The id came before with something else.
    """
    # Held, so that two who ask at once find each other in one sparring.
    session.execute(select(Goal.id).where(Goal.id == goal.id).with_for_update())
    if stored := session.get(SparringComment, id):
        return _same_or_refuse(stored, goal, text, actor)
    sparring = _open_sparring(session, goal)
    if sparring is None:
        sparring = Sparring(goal_id=goal.id, opened_at=now)
        session.add(sparring)
        session.flush()
    comment = SparringComment(
        id=id, sparring_id=sparring.id, author_id=actor.id, text=text, written_at=now
    )
    try:
        with session.begin_nested():
            session.add(comment)
    except IntegrityError:
        return _same_or_refuse(session.get_one(SparringComment, id), goal, text, actor)
    _record(session, "sparring.comment", actor, now, goal, comment.id)
    return comment


def settle_sparring(session: Session, sparring: Sparring, *, actor: Staff, now: datetime) -> None:
    """Say that it is talked over; the next comment opens a new one. Twice changes nothing."""
    if sparring.settled_at:
        return
    sparring.settled_at, sparring.settled_by_id = now, actor.id
    _record(session, "sparring.settle", actor, now, sparring.goal, sparring.id)


def sparrings_of(session: Session, goal: Goal) -> Sequence[Sparring]:
    """Return all sparrings of a goal, the newest first, with comments and names; may be empty."""
    return session.scalars(
        select(Sparring)
        .where(Sparring.goal_id == goal.id)
        .options(
            joinedload(Sparring.settled_by),
            selectinload(Sparring.comments).joinedload(SparringComment.author),
        )
        .order_by(Sparring.opened_at.desc(), Sparring.id)
    ).all()


def asked_of(session: Session, viewer: Staff) -> Sequence[Sparring]:
    """Return the open sparrings somebody can help with, the oldest first; may be empty.

    Those within the viewer's reach; for staff, those of the citizens whose contact team they are
    in. Goal, citizen, department and comments are loaded.
    """
    query = (
        select(Sparring)
        .join(Sparring.goal)
        .join(Goal.plan)
        .join(Plan.citizen)
        .where(Sparring.settled_at.is_(None), in_reach(viewer, Permission.SPAR))
        .options(
            contains_eager(Sparring.goal)
            .contains_eager(Goal.plan)
            .contains_eager(Plan.citizen)
            .joinedload(Citizen.department),
            selectinload(Sparring.comments).joinedload(SparringComment.author),
        )
        .order_by(Sparring.opened_at, Sparring.id)
    )
    if not reaches_plan(viewer.role, Permission.SPAR, in_contact_team=False):
        mine = select(ContactTeam.citizen_id).where(ContactTeam.staff_id == viewer.id)
        query = query.where(Citizen.id.in_(mine))
    return session.scalars(query).all()


def citizens_elsewhere(session: Session, viewer: Staff) -> Sequence[Citizen]:
    """Return the citizens of whom somebody sees the plan and nothing else; may be empty.

    By department and first name, the department loaded.
    """
    return session.scalars(
        select(Citizen)
        .join(Citizen.department)
        .where(in_reach(viewer, Permission.READ_PLAN), ~in_reach(viewer, Permission.READ_CITIZEN))
        .options(contains_eager(Citizen.department))
        .order_by(Department.name, Citizen.first_name, Citizen.last_name, Citizen.id)
    ).all()


def _open_sparring(session: Session, goal: Goal) -> Sparring | None:
    return session.scalar(
        select(Sparring)
        .where(Sparring.goal_id == goal.id, Sparring.settled_at.is_(None))
        .order_by(Sparring.opened_at, Sparring.id)
        .limit(1)
    )


def _same_or_refuse(
    stored: SparringComment, goal: Goal, text: str, actor: Staff
) -> SparringComment:
    said = stored.sparring.goal_id, stored.author_id, stored.text
    if said != (goal.id, actor.id, text):
        raise AlreadySaved
    return stored


def _record(
    session: Session, action: str, actor: Staff, now: datetime, goal: Goal, object_id: UUID
) -> None:
    citizen_id = goal.plan.citizen_id
    audit.record(session, action, actor=actor, at=now, citizen_id=citizen_id, object_id=object_id)
