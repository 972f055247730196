"""When something may be logged, undone and corrected."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.domain import observing
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

NOW = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Copenhagen")
ANNA, BO = Staff(id=uuid4()), Staff(id=uuid4())


def tapped(ago: timedelta) -> Observation:
    return Observation(author_id=ANNA.id, received_at=NOW - ago, outcome=Outcome.SEEN)


@pytest.mark.parametrize("outcome", [Outcome.NOT_SEEN, Outcome.NO_OPPORTUNITY])
def test_a_whole_goal_can_be_not_seen_or_without_opportunity(outcome: Outcome) -> None:
    observing.check_can_log(Goal(activated_at=NOW), None, outcome)


@pytest.mark.parametrize("outcome", [Outcome.SEEN, Outcome.PARTLY])
def test_what_was_seen_is_one_of_the_signs(outcome: Outcome) -> None:
    with pytest.raises(OutcomeNeedsSign):
        observing.check_can_log(Goal(activated_at=NOW), None, outcome)


def test_a_tap_cannot_begin_as_a_mistake() -> None:
    with pytest.raises(OutcomeOnlyCorrects):
        observing.check_can_log(Goal(activated_at=NOW), Sign(), Outcome.RETRACTED)


def test_nothing_is_logged_on_what_is_put_away() -> None:
    with pytest.raises(GoalClosed):
        observing.check_can_log(Goal(activated_at=NOW, closed_at=NOW), Sign(), Outcome.SEEN)
    with pytest.raises(GoalIsDraft):
        observing.check_can_log(Goal(), Sign(), Outcome.SEEN)
    with pytest.raises(SignArchived):
        observing.check_can_log(Goal(activated_at=NOW), Sign(archived_at=NOW), Outcome.SEEN)


def test_without_a_claim_it_happened_now() -> None:
    assert observing.when_it_happened(None, NOW) == NOW


@given(st.timedeltas(timedelta(days=-40), timedelta(days=40)))
def test_a_claimed_time_is_kept_within_a_week_and_never_lies_ahead(offset: timedelta) -> None:
    claimed = NOW + offset

    if offset > observing.CLOCK_TOLERANCE:
        with pytest.raises(TimeInFuture):
            observing.when_it_happened(claimed, NOW)
    elif offset < -observing.OLDEST:
        with pytest.raises(TimeTooOld):
            observing.when_it_happened(claimed, NOW)
    else:
        assert observing.when_it_happened(claimed, NOW) == min(claimed, NOW)


@given(st.timedeltas(timedelta(0), timedelta(minutes=2)))
def test_the_author_can_undo_for_ten_seconds_and_a_slow_network(ago: timedelta) -> None:
    if ago <= timedelta(seconds=15):
        observing.check_can_undo(tapped(ago), ANNA, NOW)
    else:
        with pytest.raises(TooLateToUndo):
            observing.check_can_undo(tapped(ago), ANNA, NOW)


def test_a_colleague_can_not_undo() -> None:
    with pytest.raises(NotTheAuthor):
        observing.check_can_undo(tapped(timedelta(0)), BO, NOW)


def check(
    observation: Observation,
    actor: Staff = ANNA,
    *,
    outcome: Outcome = Outcome.SEEN,
    reason: str = "",
    corrected: bool = False,
) -> None:
    observing.check_can_correct(
        observation,
        actor,
        tap=observation,
        outcome=outcome,
        reason=reason,
        corrected=corrected,
        now=NOW,
        zone=ZONE,
    )


def test_details_are_filled_in_without_a_reason_for_ten_minutes() -> None:
    check(tapped(timedelta(minutes=10)))
    with pytest.raises(ReasonMissing):
        check(tapped(timedelta(minutes=10, seconds=1)))


def test_later_the_same_day_a_reason_is_enough() -> None:
    check(tapped(timedelta(hours=19)), reason="Trykkede på den forkerte.")


def test_the_next_day_it_stands() -> None:
    with pytest.raises(TooLateToCorrect):
        check(tapped(timedelta(hours=20)), reason="Trykkede på den forkerte.")


def test_a_colleague_can_not_correct_and_a_corrected_row_is_not_corrected_again() -> None:
    with pytest.raises(NotTheAuthor):
        check(tapped(timedelta(0)), BO)
    with pytest.raises(AlreadyCorrected):
        check(tapped(timedelta(0)), corrected=True)


def test_taking_a_tap_back_needs_a_reason_at_once() -> None:
    with pytest.raises(ReasonMissing):
        check(tapped(timedelta(minutes=1)), outcome=Outcome.RETRACTED)
    check(tapped(timedelta(minutes=1)), outcome=Outcome.RETRACTED, reason="Forkert borger.")


def test_midnight_does_not_cut_short_the_minutes_for_details() -> None:
    midnight = datetime(2026, 11, 21, 23, 0, tzinfo=UTC)
    tap = Observation(author_id=ANNA.id, received_at=midnight - timedelta(minutes=2))

    assert observing.can_correct(tap, ANNA, midnight + timedelta(minutes=3), ZONE)
    assert not observing.can_correct(tap, ANNA, midnight + timedelta(minutes=9), ZONE)
