"""Close a goal, and open it again. The record of how and why stays."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.domain import planning
from webapp.domain.errors import AlreadyClosed, GoalClosed, GoalNotClosed
from webapp.models import ClosureVerdict, Goal, GoalClosure, Staff
from webapp.services import audit
from webapp.services.plans import goals_of, hold


def close_goal(
    session: Session,
    goal: Goal,
    verdict: ClosureVerdict,
    *,
    why: str,
    actor: Staff,
    now: datetime,
) -> GoalClosure:
    """Close a goal and the sub-goals still open below it: nobody logs on them any more.

    Args:
        session: Not committed here.
        goal: Open.
        verdict: How it ended.
        why: In words.
        actor: Who closes.
        now: Aware.

    Raises:
        AlreadyClosed.
    """
    hold(session, goal.plan)
    if goal.closed_at:
        raise AlreadyClosed
    parts = [each for each in goals_of(session, goal.plan) if each.parent_id == goal.id]
    for each in [goal, *(part for part in parts if not part.closed_at)]:
        each.closed_at = now
        closure = GoalClosure(
            goal_id=each.id, verdict=verdict, why=why, closed_at=now, closed_by_id=actor.id
        )
        session.add(closure)
    audit.record(
        session,
        "goal.close",
        actor=actor,
        at=now,
        citizen_id=goal.plan.citizen_id,
        object_id=goal.id,
    )
    return closure


def reopen_goal(session: Session, goal: Goal, *, why: str, actor: Staff, now: datetime) -> None:
    """Open a goal again; its sub-goals stay closed until somebody opens them too.

    Raises:
        GoalNotClosed, SecondGoalNeedsReason, OrderGoalMissing.
        GoalClosed: It is part of a goal that is closed.
    """
    hold(session, goal.plan)
    if not goal.closed_at:
        raise GoalNotClosed
    goals = goals_of(session, goal.plan)
    if any(each.id == goal.parent_id and each.closed_at for each in goals):
        raise GoalClosed
    goal.closed_at = None
    if goal.activated_at:
        planning.check_can_run(goal, goals)
    closure = session.scalar(
        select(GoalClosure)
        .where(GoalClosure.goal_id == goal.id)
        .order_by(GoalClosure.closed_at.desc())
        .limit(1)
    )
    if closure:
        closure.reopened_at, closure.reopened_by_id, closure.reopened_why = now, actor.id, why
    audit.record(
        session,
        "goal.reopen",
        actor=actor,
        at=now,
        citizen_id=goal.plan.citizen_id,
        object_id=goal.id,
    )
