"""When something may be logged, undone and corrected.

Source: docs/decisions/0003-observations-are-added.md
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from webapp.domain.days import local_day
from webapp.domain.doubting import Kept, refuse
from webapp.domain.errors import (
    AlreadyCorrected,
    GoalClosed,
    GoalIsDraft,
    NotTheAuthor,
    OutcomeNeedsSign,
    OutcomeOnlyCorrects,
    ReasonMissing,
    SignArchived,
    TimeInFuture,
    TimeTooOld,
    TooLateToCorrect,
    TooLateToUndo,
)
from webapp.models import Goal, Observation, Outcome, Sign, Staff

UNDO_WINDOW = timedelta(seconds=10)
"""How long a tap can be undone without trace."""

UNDO_GRACE = timedelta(seconds=5)
"""Added on the server, so that a slow network does not eat the ten seconds."""

COMPLETION_WINDOW = timedelta(minutes=10)
"""How long after the tap its author fills in or adjusts details without giving a reason."""

CLOCK_TOLERANCE = timedelta(minutes=2)
"""How far ahead a tablet's clock may be before the time counts as the future."""

OLDEST = timedelta(days=7)

ABOUT_A_SIGN = frozenset({Outcome.SEEN, Outcome.PARTLY})
"""What can only be said of one sign; the rest can be said of the whole goal too."""


def check_can_log(
    goal: Goal, sign: Sign | None, outcome: Outcome, kept: Kept | None = None
) -> None:
    """Raise unless this outcome may be logged on the goal, or on the sign when one is given.

    For what a tablet kept, a closed goal and an archived sign are only noted as doubts.

    Raises:
        GoalClosed, GoalIsDraft, SignArchived, OutcomeOnlyCorrects, OutcomeNeedsSign.
    """
    if goal.closed_at:
        refuse(GoalClosed(), kept)
    if not goal.activated_at:
        raise GoalIsDraft
    if sign and sign.archived_at:
        refuse(SignArchived(), kept)
    if outcome is Outcome.RETRACTED:
        raise OutcomeOnlyCorrects
    check_fits(sign, outcome)


def check_fits(sign: Sign | None, outcome: Outcome) -> None:
    """Raise when the outcome tells of a sign and there is none.

    Raises:
        OutcomeNeedsSign.
    """
    if sign is None and outcome in ABOUT_A_SIGN:
        raise OutcomeNeedsSign


def when_it_happened(claimed: datetime | None, now: datetime) -> datetime:
    """Return the time to store: the one claimed, or now when nothing was claimed.

    A clock a little ahead of ours is taken for now; see `CLOCK_TOLERANCE`.

    Raises:
        TimeInFuture, TimeTooOld.
    """
    if claimed is None:
        return now
    if claimed > now + CLOCK_TOLERANCE:
        raise TimeInFuture
    if claimed < now - OLDEST:
        raise TimeTooOld
    return min(claimed, now)


def check_can_undo(tap: Observation, actor: Staff, now: datetime) -> None:
    """Raise unless the actor may let the tap vanish without trace.

    Args:
        tap: The first row of its chain; the window counts from when it was made.
        actor: Who asks.
        now: Aware.

    Raises:
        NotTheAuthor, TooLateToUndo.
    """
    if tap.author_id != actor.id:
        raise NotTheAuthor
    if now - tap.made_at > UNDO_WINDOW + UNDO_GRACE:
        raise TooLateToUndo


def can_correct(tap: Observation, actor: Staff, now: datetime, zone: ZoneInfo) -> bool:
    """Tell whether the actor may correct: the author, the day it was logged.

    Midnight does not cut short the minutes for filling in details.

    Args:
        tap: The first row of its chain.
        actor: Who asks.
        now: Aware.
        zone: The home's.
    """
    same_day = local_day(tap.made_at, zone) == local_day(now, zone)
    return tap.author_id == actor.id and (same_day or still_completing(tap, now))


def needs_reason(tap: Observation, outcome: Outcome, now: datetime) -> bool:
    """Tell whether a correction has to say why.

    Filling in details of a tap just made does not; taking the tap back always does.
    """
    return outcome is Outcome.RETRACTED or not still_completing(tap, now)


def check_can_correct(
    observation: Observation,
    actor: Staff,
    *,
    tap: Observation,
    outcome: Outcome,
    reason: str,
    corrected: bool,
    now: datetime,
    zone: ZoneInfo,
    kept: Kept | None = None,
) -> None:
    """Raise unless the actor may put a new row in this one's place.

    Args:
        observation: The row to correct; only the newest of its chain can be.
        actor: Who corrects.
        tap: The first row of its chain.
        outcome: What the new row says.
        reason: Why; may be empty when `needs_reason` says so.
        corrected: Whether another row supersedes this one already.
        now: Aware.
        zone: The home's.
        kept: What a tablet kept; then all but the first is only noted as a doubt.

    Raises:
        NotTheAuthor, AlreadyCorrected, TooLateToCorrect, ReasonMissing.
    """
    if observation.author_id != actor.id:
        raise NotTheAuthor
    if corrected:
        refuse(AlreadyCorrected(), kept)
    if not can_correct(tap, actor, now, zone):
        refuse(TooLateToCorrect(), kept)
    if not reason.strip() and needs_reason(tap, outcome, now):
        refuse(ReasonMissing(), kept)


def still_completing(tap: Observation, now: datetime) -> bool:
    """Tell whether the author is still filling in the details of a tap just made."""
    return now - tap.made_at <= COMPLETION_WINDOW
