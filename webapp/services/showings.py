"""Note that a citizen was shown an instruction, and tell how often that was."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.domain.doubting import Kept, asked_at
from webapp.domain.errors import SameIdOtherContent
from webapp.models import InstructionShowing, Intervention, Staff
from webapp.services import audit, once

COUNTED: Final = timedelta(days=30)
"""For how long back showings are counted."""


@dataclass(frozen=True, slots=True)
class Shown:
    """How often an instruction was shown lately, and when last."""

    times: int
    latest: datetime


def note_showing(
    session: Session,
    intervention: Intervention,
    *,
    id: UUID,
    actor: Staff,
    now: datetime,
    kept: Kept | None = None,
) -> InstructionShowing:
    """Store that the citizen was shown the steps. The same id again gives the stored row.

    Whatever has become of the goal meanwhile, it was shown.

    Args:
        session: Not committed here.
        intervention: Up to the citizen loaded.
        id: Made where the instruction was drawn.
        actor: Who showed it.
        now: When we received it.
        kept: What a tablet kept until now; None when it was sent at once.

    Raises:
        SameIdOtherContent.
    """
    if stored := once.find(session, InstructionShowing, id):
        return _same_or_refuse(stored, intervention, actor)
    showing = InstructionShowing(
        id=id,
        intervention_id=intervention.id,
        author_id=actor.id,
        happened_at=asked_at(now, kept),
        received_at=now,
        tapped_at=kept.tapped_at if kept else None,
    )
    if stored := once.add(session, showing):
        return _same_or_refuse(stored, intervention, actor)
    citizen_id = intervention.goal.plan.citizen_id
    audit.record(
        session, "instruction.show", actor=actor, at=now, citizen_id=citizen_id, object_id=id
    )
    return showing


def showings_of(
    session: Session, intervention_ids: Collection[UUID], *, now: datetime
) -> dict[UUID, Shown]:
    """Return how often each was shown lately, in one query; one that was not is missing."""
    if not intervention_ids:
        return {}
    found = session.execute(
        select(
            InstructionShowing.intervention_id,
            func.count(),
            func.max(InstructionShowing.happened_at),
        )
        .where(
            InstructionShowing.intervention_id.in_(intervention_ids),
            InstructionShowing.happened_at > now - COUNTED,
        )
        .group_by(InstructionShowing.intervention_id)
    )
    return {id: Shown(times, latest) for id, times, latest in found}


def _same_or_refuse(
    stored: InstructionShowing, intervention: Intervention, actor: Staff
) -> InstructionShowing:
    if (stored.intervention_id, stored.author_id) != (intervention.id, actor.id):
        raise SameIdOtherContent
    return stored
