"""Log, undo and correct what was seen. The one oracle: tapped = stored, per author, once."""

from datetime import datetime
from typing import Final, TypedDict
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import literal, select, union_all
from sqlalchemy.orm import Session, joinedload

from webapp.domain import measuring, observing
from webapp.domain.doubting import Kept, asked_at
from webapp.domain.errors import AlreadyCorrected, SameIdOtherContent
from webapp.models import Goal, Observation, Outcome, Sign, Staff, SupportLevel, Withdrawal
from webapp.services import audit, once

_CONTENT: Final = (
    "goal_id",
    "sign_id",
    "author_id",
    "outcome",
    "support_level",
    "value",
    "steps_alone",
    "note",
    "supersedes_id",
    "reason",
)
"""What must be the same when an id is sent again; the time of receipt may differ."""


def log_observation(
    session: Session,
    goal: Goal,
    sign: Sign | None,
    outcome: Outcome,
    *,
    id: UUID,
    actor: Staff,
    now: datetime,
    at: datetime | None = None,
    kept: Kept | None = None,
    support_level: SupportLevel | None = None,
    value: int | None = None,
    steps_alone: list[int] | None = None,
    note: str = "",
) -> Observation | None:
    """Store one observation. Sending the same id again returns the stored one.

    Args:
        session: Not committed here.
        goal: What it is about.
        sign: The sign that was tapped; None when the tap speaks of the whole goal.
        outcome: What was seen.
        id: Made where the button was drawn, so that a resent form is known again.
        actor: Who tapped.
        now: When we received it.
        at: When it happened; when it was tapped when None.
        kept: What a tablet kept until now; None when it was sent at once.
        support_level: The least help needed, if said.
        value: What was counted, timed or chosen, in the unit of the sign's measure.
        steps_alone: The numbers of the steps done on one's own; how many they are is the value.
        note: Words, kept as typed.

    Returns:
        The stored observation; None when its author undid it before it was sent again.

    Raises:
        GoalClosed, SignArchived, OutcomeNeedsSign, OutcomeOnlyCorrects, ValueMissing, ValueUnfit,
        SupportMissing, TimeInFuture, TimeTooOld, SameIdOtherContent.
    """
    value = measuring.whole_value(value, steps_alone)
    observation = Observation(
        id=id,
        goal_id=goal.id,
        sign_id=sign.id if sign else None,
        author_id=actor.id,
        outcome=outcome,
        support_level=support_level,
        value=value,
        steps_alone=steps_alone,
        note=note,
        received_at=now,
        tapped_at=kept.tapped_at if kept else None,
        reason="",
    )
    if stored := once.find(session, Observation, id):
        if at and min(at, stored.made_at) != stored.happened_at:
            raise SameIdOtherContent
        return _same_or_refuse(stored, observation)
    if withdrawal := once.find(session, Withdrawal, id):
        if withdrawal.author_id != actor.id:
            raise SameIdOtherContent
        return None
    observing.check_can_log(goal, sign, outcome, kept)
    measuring.check_value(sign, outcome, value, steps_alone, support_level)
    observation.happened_at = observing.when_it_happened(at, asked_at(now, kept))
    if stored := once.add(session, observation):
        return _same_or_refuse(stored, observation)
    audit.record(
        session,
        "observation.create",
        actor=actor,
        at=now,
        citizen_id=goal.plan.citizen_id,
        object_id=id,
    )
    return observation


def withdraw_observation(
    session: Session,
    observation: Observation,
    *,
    actor: Staff,
    now: datetime,
    kept: Kept | None = None,
) -> None:
    """Undo a tap without trace, within seconds of it, with the details added since.

    The ids stay used, so that a resent form cannot bring the tap back.

    Args:
        session: Not committed here.
        observation: Any row of its chain.
        actor: The author.
        now: When we received the wish.
        kept: What a tablet kept until now; None when it was sent at once.

    Raises:
        NotTheAuthor, TooLateToUndo, AlreadyCorrected.
    """
    rows = _hold_chain(session, observation)
    observing.check_can_undo(rows[0], actor, asked_at(now, kept))
    for row in reversed(rows):
        withdrawal = Withdrawal(
            observation_id=row.id, goal_id=row.goal_id, author_id=actor.id, received_at=now
        )
        session.add(withdrawal)
        session.delete(row)
        session.flush()
    audit.record(
        session,
        "observation.withdraw",
        actor=actor,
        at=now,
        citizen_id=observation.goal.plan.citizen_id,
        object_id=rows[0].id,
    )


class Changes(TypedDict, total=False):
    """What a correction says; what is left out stays as it was."""

    outcome: Outcome
    support_level: SupportLevel | None
    value: int | None
    steps_alone: list[int] | None
    note: str


def correct_observation(
    session: Session,
    observation: Observation,
    changes: Changes,
    *,
    id: UUID,
    actor: Staff,
    now: datetime,
    zone: ZoneInfo,
    reason: str = "",
    kept: Kept | None = None,
) -> Observation:
    """Put a new row in an observation's place. The old row stays, with its text, author and time.

    Two details filled in quickly after each other both count: the second is laid on top of the
    first, although its form was drawn before.

    Args:
        session: Not committed here.
        observation: The row the form was drawn for.
        changes: What it should have said; `RETRACTED` when the tap was a mistake.
        id: Of the new row, made where the form was drawn.
        actor: The author of the observation.
        now: When we received the correction.
        zone: The home's.
        reason: Why; may be empty only while the details of a tap are filled in.
        kept: What a tablet kept until now; None when it was sent at once.

    Returns:
        The row that counts from now on; the stored one when the same id was sent before.

    Raises:
        NotTheAuthor, AlreadyCorrected, TooLateToCorrect, ReasonMissing, OutcomeNeedsSign,
        ValueMissing, ValueUnfit, SupportMissing, SameIdOtherContent.
    """
    rows = _hold_chain(session, observation)
    if stored := once.find(session, Observation, id):
        if stored not in rows[1:]:
            raise SameIdOtherContent
        said = _with_changes(rows[rows.index(stored) - 1], changes)
        wanted = {**said, "author_id": actor.id, "reason": reason}
        if any(getattr(stored, name) != told for name, told in wanted.items()):
            raise SameIdOtherContent
        return stored
    tap, newest = rows[0], rows[-1]
    said = _with_changes(newest, changes)
    outcome, corrected_at = said["outcome"], asked_at(now, kept)
    observing.check_can_correct(
        newest,
        actor,
        tap=tap,
        outcome=outcome,
        reason=reason,
        corrected=newest is not observation and not observing.still_completing(tap, corrected_at),
        now=corrected_at,
        zone=zone,
        kept=kept,
    )
    observing.check_fits(observation.sign, outcome)
    measured = (said["outcome"], said["value"], said["steps_alone"], said["support_level"])
    before = (newest.outcome, newest.value, newest.steps_alone, newest.support_level)
    # A note on an older tap is welcome, however its sign is measured by now.
    if measured != before:
        measuring.check_value(observation.sign, *measured)
    correction = Observation(
        id=id,
        goal_id=newest.goal_id,
        sign_id=newest.sign_id,
        author_id=actor.id,
        **said,
        happened_at=newest.happened_at,
        received_at=now,
        tapped_at=kept.tapped_at if kept else None,
        supersedes_id=newest.id,
        reason=reason,
    )
    session.add(correction)
    audit.record(
        session,
        "observation.correct",
        actor=actor,
        at=now,
        citizen_id=observation.goal.plan.citizen_id,
        object_id=id,
    )
    return correction


class _Said(TypedDict):
    """Everything a row says that a correction can change."""

    outcome: Outcome
    support_level: SupportLevel | None
    value: int | None
    steps_alone: list[int] | None
    note: str


def _with_changes(before: Observation, changes: Changes) -> _Said:
    """Return what a row says after a correction; what is left out stays as it was.

    Only what was seen has a value: with "not seen" the earlier value goes, also when a form sends
    it along unchanged.
    """
    outcome = changes.get("outcome", before.outcome)
    steps_alone = changes.get("steps_alone", before.steps_alone)
    value = changes.get("value", before.value)
    if "steps_alone" in changes and "value" not in changes:
        value = measuring.whole_value(None, steps_alone)
    if outcome not in measuring.WITH_VALUE and (value, steps_alone) == (
        before.value,
        before.steps_alone,
    ):
        value = steps_alone = None
    return {
        "outcome": outcome,
        "support_level": changes.get("support_level", before.support_level),
        "value": value,
        "steps_alone": steps_alone,
        "note": changes.get("note", before.note),
    }


def _hold_chain(session: Session, observation: Observation) -> list[Observation]:
    """Return the whole chain, oldest first, held until the commit so that nobody adds to it.

    Raises:
        AlreadyCorrected: It was undone in the meantime.
    """
    tap = chain_of(session, observation)[0]
    if session.get(Observation, tap.id, with_for_update=True, populate_existing=True) is None:
        raise AlreadyCorrected
    return chain_of(session, observation)


def chain_of(session: Session, observation: Observation) -> list[Observation]:
    """Return every row of an observation's chain, the tap first, the one that counts last.

    One query, however often it was corrected; at least the observation itself.
    """
    earlier = select(Observation.id, Observation.supersedes_id, literal(0).label("step"))
    before = earlier.where(Observation.id == observation.id).cte("before", recursive=True)
    before = before.union_all(
        select(Observation.id, Observation.supersedes_id, before.c.step - 1).join(
            before, Observation.id == before.c.supersedes_id
        )
    )
    later = select(Observation.id, literal(1).label("step"))
    after = later.where(Observation.supersedes_id == observation.id).cte("after", recursive=True)
    after = after.union_all(
        select(Observation.id, after.c.step + 1).join(
            after, Observation.supersedes_id == after.c.id
        )
    )
    steps = union_all(
        select(before.c.id, before.c.step), select(after.c.id, after.c.step)
    ).subquery()
    rows = session.scalars(
        select(Observation)
        .join(steps, steps.c.id == Observation.id)
        .options(joinedload(Observation.author))
        .order_by(steps.c.step)
    ).all()
    # Undone in this very moment: there is nothing but what we still hold.
    return list(rows) or [observation]


def _same_or_refuse(stored: Observation, sent: Observation) -> Observation:
    """Return what is stored when what was sent says the same."""
    if any(getattr(stored, field) != getattr(sent, field) for field in _CONTENT):
        raise SameIdOtherContent
    return stored
