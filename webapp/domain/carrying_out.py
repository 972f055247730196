"""When an intervention may be said to be done, and taken back."""

from datetime import datetime

from webapp.domain.doubting import Kept, refuse
from webapp.domain.errors import (
    GoalClosed,
    GoalIsDraft,
    InterventionNotRunning,
    NotTheAuthor,
    TooLateToTakeBack,
)
from webapp.domain.observing import UNDO_GRACE, UNDO_WINDOW
from webapp.models import Intervention, InterventionDone, InterventionStatus, Staff


def check_can_carry_out(intervention: Intervention, kept: Kept | None = None) -> None:
    """Raise unless somebody can have carried the intervention out just now.

    For what a tablet kept, a closed goal and a paused intervention are only noted as doubts.

    Raises:
        GoalClosed, GoalIsDraft, InterventionNotRunning.
    """
    if intervention.goal.closed_at:
        refuse(GoalClosed(), kept)
    if not intervention.goal.activated_at:
        raise GoalIsDraft
    if intervention.status is not InterventionStatus.RUNNING:
        refuse(InterventionNotRunning(), kept)


def can_carry_out(intervention: Intervention) -> bool:
    """Tell whether somebody can carry the intervention out just now."""
    try:
        check_can_carry_out(intervention)
    except (GoalClosed, GoalIsDraft, InterventionNotRunning):
        return False
    return True


def check_can_take_back(done: InterventionDone, actor: Staff, now: datetime) -> None:
    """Raise unless the actor may let it be as if never said; for as long as a tap on a sign.

    Raises:
        NotTheAuthor, TooLateToTakeBack.
    """
    if done.author_id != actor.id:
        raise NotTheAuthor
    if now - done.made_at > UNDO_WINDOW + UNDO_GRACE:
        raise TooLateToTakeBack


def offers_to_take_back(done: InterventionDone, viewer: Staff, now: datetime) -> bool:
    """Tell whether the page still shows *Fortryd*: to the author, for ten seconds."""
    return done.author_id == viewer.id and now - done.made_at <= UNDO_WINDOW
