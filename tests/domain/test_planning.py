"""What a goal must be before it runs, and how whole a plan is."""

from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.domain.errors import (
    EndsBeforeStart,
    GoalClosed,
    OrderGoalMissing,
    RevisedOutsideGoal,
    SecondGoalNeedsReason,
    SubGoalTooDeep,
)
from webapp.domain.planning import (
    Card,
    check_can_run,
    check_dates,
    check_parent,
    completeness,
    in_few_words,
)
from webapp.models import Goal, Intervention, InterventionStatus, Participation, Plan, Sign

NOW = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)
TODAY = NOW.date()
PLAN = uuid4()


def goal(**more: object) -> Goal:
    values = {
        "id": uuid4(),
        "plan_id": PLAN,
        "parent_id": None,
        "no_order_goal_reason": "Hun ønsker det selv",
        "second_goal_reason": "",
        "participation_words": "",
    }
    return Goal(**(values | more))


# Dates


@given(st.dates(), st.dates(), st.none() | st.dates())
def test_a_goal_that_passes_ends_after_it_begins_and_is_revised_in_between(
    starts: date, ends: date, revised: date | None
) -> None:
    if ends <= starts:
        expected: AbstractContextManager[object] = pytest.raises(EndsBeforeStart)
    elif revised and not starts <= revised <= ends:
        expected = pytest.raises(RevisedOutsideGoal)
    else:
        expected = nullcontext()
    with expected:
        check_dates(starts, ends, revised)


# Two levels


def test_a_sub_goal_is_part_of_an_open_main_goal_of_the_same_plan() -> None:
    main, part = goal(), goal()

    check_parent(part, None, [])
    check_parent(part, main, [])
    with pytest.raises(SubGoalTooDeep):
        check_parent(main, main, [])
    with pytest.raises(SubGoalTooDeep):
        check_parent(part, goal(parent_id=main.id), [])
    with pytest.raises(SubGoalTooDeep):
        check_parent(main, goal(), [part])
    with pytest.raises(SubGoalTooDeep):
        check_parent(part, goal(plan_id=uuid4()), [])
    with pytest.raises(GoalClosed):
        check_parent(part, goal(closed_at=NOW), [])


# Running


def test_a_main_goal_runs_when_it_is_tied_to_the_order_or_says_why_not() -> None:
    check_can_run(goal(order_goal_id=uuid4(), no_order_goal_reason=""), [])
    check_can_run(goal(), [])
    with pytest.raises(OrderGoalMissing):
        check_can_run(goal(no_order_goal_reason="  "), [])


def test_a_second_main_goal_runs_with_a_reason() -> None:
    first = goal(activated_at=NOW)
    for other in ([goal()], [goal(activated_at=NOW, closed_at=NOW)]):
        check_can_run(goal(), other)
    check_can_run(goal(), [goal(activated_at=NOW, parent_id=uuid4())])
    check_can_run(goal(second_goal_reason="Det første er næsten nået"), [first])
    with pytest.raises(SecondGoalNeedsReason):
        check_can_run(goal(), [first])


def test_a_sub_goal_needs_neither() -> None:
    check_can_run(goal(parent_id=uuid4(), no_order_goal_reason=""), [goal(activated_at=NOW)])


# Completeness


def test_an_empty_plan_has_nothing_written_and_is_not_whole() -> None:
    cards = completeness(plan(), [], today=TODAY)

    assert cards[Card.CONTEXT].filled == 0
    assert (cards[Card.SIGNS].filled, cards[Card.SIGNS].of) == (0, 0)
    assert not any(card.is_whole for card in cards.values())


def test_a_plan_in_which_everything_is_written_is_whole() -> None:
    texts = dict.fromkeys(
        ["resources", "challenge", "needs", "frame", "earlier_experience", "context", "theme"],
        "Hun kan lide vand",
    )
    whole = plan(**texts, next_evaluation_on=TODAY, evaluator_id=uuid4())
    full = goal(
        participation=Participation.CHOSE,
        participation_words="Hun pegede",
        partner_involved=False,
        responsible_id=uuid4(),
        revise_on=TODAY,
        signs=[Sign(target=5)],
        interventions=[
            Intervention(
                practice="Vis billedet",
                when_and_where="Om aftenen",
                status=InterventionStatus.RUNNING,
            )
        ],
    )

    assert all(card.is_whole for card in completeness(whole, [full], today=TODAY).values())
    late = completeness(whole, [full], today=TODAY + timedelta(days=1))
    assert not late[Card.EVALUATION].is_whole, "an evaluation that should have been is not planned"


def test_a_closed_goal_does_not_count_and_a_main_goal_may_leave_signs_to_its_parts() -> None:
    main, closed = goal(), goal(closed_at=NOW)
    part = goal(parent_id=main.id, signs=[Sign(target=3)])

    cards = completeness(plan(), [main, part, closed], today=TODAY)

    assert cards[Card.SIGNS].is_whole
    assert cards[Card.GOALS].of == 10


def plan(**more: object) -> Plan:
    texts = dict.fromkeys(
        ["resources", "challenge", "needs", "frame", "earlier_experience", "context", "theme"], ""
    )
    return Plan(**(texts | {"evaluation_months": 6} | more))


# Few words


@given(st.text(max_size=200), st.integers(2, 80))
def test_few_words_fit_and_begin_as_the_text_does(text: str, longest: int) -> None:
    short = in_few_words(text, longest)

    assert len(short) <= longest
    assert " ".join(text.split()).startswith(short.removesuffix("…").rstrip())


def test_few_words_end_with_a_whole_word() -> None:
    assert in_few_words("Sofie dækker selv bord", 12) == "Sofie…"
    assert in_few_words("Sofie dækker", 12) == "Sofie dækker"
    assert in_few_words("Selvstændighedstræning", 10) == "Selvstænd…"
