"""Carry out interventions, take that back, and read what was done."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from webapp.domain.carrying_out import check_can_carry_out, check_can_take_back
from webapp.domain.doubting import Kept, asked_at
from webapp.domain.errors import SameIdOtherContent
from webapp.models import Intervention, InterventionDone, Staff, Withdrawal
from webapp.services import audit, once


def carry_out_intervention(
    session: Session,
    intervention: Intervention,
    *,
    id: UUID,
    actor: Staff,
    now: datetime,
    kept: Kept | None = None,
) -> InterventionDone | None:
    """Store that somebody carried the intervention out. The same id again gives the stored row.

    Args:
        session: Not committed here.
        intervention: What was done, up to the citizen loaded.
        id: Made where the button was drawn.
        actor: Who did it.
        now: When we received it.
        kept: What a tablet kept until now; None when it was sent at once.

    Returns:
        What is stored; None when its author took it back before it was sent again.

    Raises:
        GoalClosed, GoalIsDraft, InterventionNotRunning, SameIdOtherContent.
    """
    if stored := once.find(session, InterventionDone, id):
        return _same_or_refuse(stored, intervention, actor)
    if withdrawal := once.find(session, Withdrawal, id):
        if withdrawal.author_id != actor.id:
            raise SameIdOtherContent
        return None
    check_can_carry_out(intervention, kept)
    done = InterventionDone(
        id=id,
        intervention_id=intervention.id,
        author_id=actor.id,
        happened_at=asked_at(now, kept),
        received_at=now,
        tapped_at=kept.tapped_at if kept else None,
    )
    if stored := once.add(session, done):
        return _same_or_refuse(stored, intervention, actor)
    _record(session, "intervention.carry_out", done, intervention, actor=actor, now=now)
    return done


def withdraw_done(
    session: Session,
    done: InterventionDone,
    *,
    actor: Staff,
    now: datetime,
    kept: Kept | None = None,
) -> None:
    """Take back what was said to be done, without trace but its id: a resent form stays undone.

    Args:
        session: Not committed here.
        done: Its intervention loaded, up to the citizen.
        actor: The author.
        now: When we received the wish.
        kept: What a tablet kept until now; None when it was sent at once.

    Raises:
        NotTheAuthor, TooLateToTakeBack.
    """
    check_can_take_back(done, actor, asked_at(now, kept))
    goal_id = done.intervention.goal_id
    # Held, so that of two wishes at once the second finds nothing left to do.
    if session.get(InterventionDone, done.id, with_for_update=True, populate_existing=True) is None:
        return
    session.add(
        Withdrawal(observation_id=done.id, goal_id=goal_id, author_id=actor.id, received_at=now)
    )
    session.delete(done)
    _record(session, "intervention.withdraw", done, done.intervention, actor=actor, now=now)


def done_since(
    session: Session, intervention_ids: Collection[UUID], since: datetime
) -> dict[UUID, list[InterventionDone]]:
    """Return what was carried out from an aware time on, oldest first, authors loaded.

    An intervention that was not carried out gives an empty list; none at all cost no query.
    """
    found: dict[UUID, list[InterventionDone]] = defaultdict(list)
    if intervention_ids:
        rows = session.scalars(
            select(InterventionDone)
            .where(
                InterventionDone.intervention_id.in_(intervention_ids),
                InterventionDone.happened_at >= since,
            )
            .options(joinedload(InterventionDone.author))
            .order_by(InterventionDone.happened_at, InterventionDone.received_at)
        )
        for row in rows:
            found[row.intervention_id].append(row)
    return found


def _same_or_refuse(
    stored: InterventionDone, intervention: Intervention, actor: Staff
) -> InterventionDone:
    if (stored.intervention_id, stored.author_id) != (intervention.id, actor.id):
        raise SameIdOtherContent
    return stored


def _record(
    session: Session,
    action: str,
    done: InterventionDone,
    intervention: Intervention,
    *,
    actor: Staff,
    now: datetime,
) -> None:
    citizen_id = intervention.goal.plan.citizen_id
    audit.record(session, action, actor=actor, at=now, citizen_id=citizen_id, object_id=done.id)
