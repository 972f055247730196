"""Read what changed in a plan, and keep that somebody has seen it."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from webapp.domain.doubting import Kept, asked_at
from webapp.domain.errors import SameIdOtherContent
from webapp.domain.revising import NEWS_FOR, is_news
from webapp.models import Goal, GoalAcknowledgement, Plan, PlanPart, PlanRevision, Sign, Staff
from webapp.services import audit, once


def history_of(session: Session, plan: Plan) -> Sequence[PlanRevision]:
    """Return every revision of a plan, authors loaded, newest first; may be empty."""
    return session.scalars(
        select(PlanRevision)
        .where(PlanRevision.plan_id == plan.id)
        .options(joinedload(PlanRevision.author))
        .order_by(PlanRevision.changed_at.desc(), PlanRevision.number.desc())
    ).all()


def news_for(
    session: Session, reader: Staff, goal_ids: Collection[UUID], *, now: datetime
) -> dict[UUID, list[PlanRevision]]:
    """Return what somebody has not seen of these goals, oldest first; see `revising.is_news`.

    One query, whatever the history; goals without news are missing.
    """
    if not goal_ids:
        return {}
    seen = (
        select(func.max(GoalAcknowledgement.acknowledged_at))
        .where(
            GoalAcknowledgement.goal_id == PlanRevision.goal_id,
            GoalAcknowledgement.staff_id == reader.id,
        )
        .scalar_subquery()
    )
    rows = session.execute(
        select(PlanRevision, seen)
        # Only those who might be news are fetched; `is_news` decides.
        .where(PlanRevision.goal_id.in_(goal_ids), PlanRevision.changed_at >= now - NEWS_FOR)
        .options(joinedload(PlanRevision.author))
        .order_by(PlanRevision.changed_at, PlanRevision.number)
    )
    found: dict[UUID, list[PlanRevision]] = defaultdict(list)
    for row, seen_at in rows:
        news = is_news(
            row.changed_at, author_id=row.author_id, reader_id=reader.id, seen_at=seen_at, now=now
        )
        if news and row.goal_id:
            found[row.goal_id].append(row)
    return dict(found)


def acknowledge_goal(
    session: Session,
    goal: Goal,
    *,
    id: UUID,
    actor: Staff,
    now: datetime,
    kept: Kept | None = None,
) -> GoalAcknowledgement:
    """Keep that somebody has seen what changed. The same id again gives the stored one.

    What a tablet kept until now says nothing of what changed after it was tapped.

    Raises:
        SameIdOtherContent.
    """
    if stored := once.find(session, GoalAcknowledgement, id):
        if (stored.goal_id, stored.staff_id) != (goal.id, actor.id):
            raise SameIdOtherContent
        return stored
    acknowledgement = GoalAcknowledgement(
        id=id, goal_id=goal.id, staff_id=actor.id, acknowledged_at=asked_at(now, kept)
    )
    session.add(acknowledgement)
    audit.record(
        session,
        "goal.acknowledge",
        actor=actor,
        at=now,
        citizen_id=goal.plan.citizen_id,
        object_id=goal.id,
    )
    return acknowledgement


def said_at(revisions: Sequence[PlanRevision], at: datetime) -> PlanRevision | None:
    """Return what one part said at an aware time: the newest revision until then.

    Args:
        revisions: Of one part, in any order.
        at: Before the first one, the first one speaks; None when there are none.
    """
    in_order = sorted(revisions, key=lambda revision: revision.number)
    until = [revision for revision in in_order if revision.changed_at <= at]
    return until[-1] if until else next(iter(in_order), None)


def revisions_of(session: Session, part: PlanPart, object_id: UUID) -> Sequence[PlanRevision]:
    """Return the revisions of one part, oldest first; may be empty."""
    return session.scalars(
        select(PlanRevision)
        .where(PlanRevision.part == part, PlanRevision.object_id == object_id)
        .options(joinedload(PlanRevision.author))
        .order_by(PlanRevision.number)
    ).all()


def sign_text_at(session: Session, sign: Sign | None, at: datetime) -> str:
    """Return a sign's sentence as it was at an aware time; "" for no sign."""
    if sign is None:
        return ""
    said = said_at(revisions_of(session, PlanPart.SIGN, sign.id), at)
    return str(said.content["text"]) if said else sign.text
