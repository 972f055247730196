"""What a value means for each measure, what fits, and what a day comes to."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.domain.documentation import DayState, day_state, goal_state
from webapp.domain.errors import (
    GasLevelsMissing,
    StepsMissing,
    SupportMissing,
    TargetAgainstDirection,
    TargetUnfit,
    ValueMissing,
    ValueUnfit,
)
from webapp.domain.measuring import (
    DAY,
    DayValue,
    check_measure,
    check_value,
    day_value,
    said_outcome,
    target_fits,
    values_of,
    whole_value,
)
from webapp.models import Direction, Measure, Observation, Outcome, Sign, SupportLevel

NOON = datetime(2026, 11, 21, 11, 0, tzinfo=UTC)
STEPS = ["Finder brødet", "Smører", "Lægger pålæg på", "Pakker", "Rydder op"]
LEVELS = ["Bliver i sengen", "Op klokken 8", "Op klokken 7.20", "Op klokken 7", "Selv op og afsted"]

MEASURES = st.sampled_from(Measure)
VALUE_MEASURES = (Measure.COUNT, Measure.DURATION, Measure.SCALE, Measure.SMILEY, Measure.GAS)
ANY_NUMBER = st.integers() | st.sampled_from([-3, -2, 0, 1, 5, 6, 99, 100, DAY, DAY + 1])
LEVEL = st.none() | st.sampled_from(SupportLevel)


def sign(measure: Measure) -> Sign:
    return Sign(measure=measure, steps=STEPS, gas_levels=LEVELS)


def tap(
    value: int | None = None,
    *,
    outcome: Outcome = Outcome.SEEN,
    support: SupportLevel | None = None,
    steps: list[int] | None = None,
    ago: int = 0,
) -> Observation:
    return Observation(
        outcome=outcome,
        value=value,
        support_level=support,
        steps_alone=steps,
        happened_at=NOON - timedelta(minutes=ago),
    )


# One tap


@given(st.sampled_from(VALUE_MEASURES), ANY_NUMBER)
def test_a_value_is_taken_exactly_within_the_limits_of_its_measure(
    measure: Measure, value: int
) -> None:
    limits = {
        Measure.COUNT: (1, 99),
        Measure.DURATION: (1, 86_400),
        Measure.SCALE: (1, 5),
        Measure.SMILEY: (1, 5),
        Measure.GAS: (-2, 2),
    }
    low, high = limits[measure]

    if low <= value <= high:
        check_value(sign(measure), Outcome.SEEN, value, None, None)
    else:
        with pytest.raises(ValueUnfit):
            check_value(sign(measure), Outcome.SEEN, value, None, None)


@pytest.mark.parametrize("measure", VALUE_MEASURES)
def test_a_measure_with_values_needs_one_where_something_was_seen(measure: Measure) -> None:
    for outcome in (Outcome.SEEN, Outcome.PARTLY):
        with pytest.raises(ValueMissing):
            check_value(sign(measure), outcome, None, None, SupportLevel.VERBAL)


@given(MEASURES, st.sampled_from([Outcome.NOT_SEEN, Outcome.NO_OPPORTUNITY]), ANY_NUMBER, LEVEL)
def test_what_was_not_seen_has_no_value(
    measure: Measure, outcome: Outcome, value: int, level: SupportLevel | None
) -> None:
    check_value(sign(measure), outcome, None, None, level)
    with pytest.raises(ValueUnfit):
        check_value(sign(measure), outcome, value, None, level)
    with pytest.raises(ValueUnfit):
        check_value(sign(measure), outcome, None, [1], level)


@given(ANY_NUMBER)
def test_the_goal_as_a_whole_and_a_sign_that_is_only_seen_have_no_value(value: int) -> None:
    for what in (None, sign(Measure.SEEN), sign(Measure.SUPPORT)):
        with pytest.raises(ValueUnfit):
            check_value(what, Outcome.SEEN, value, None, SupportLevel.VERBAL)
    check_value(sign(Measure.SEEN), Outcome.SEEN, None, None, None)


def test_a_sign_measured_by_help_needs_to_know_which() -> None:
    check_value(sign(Measure.SUPPORT), Outcome.PARTLY, None, None, SupportLevel.GESTURE)
    check_value(sign(Measure.SUPPORT), Outcome.NOT_SEEN, None, None, None)
    with pytest.raises(SupportMissing):
        check_value(sign(Measure.SUPPORT), Outcome.SEEN, None, None, None)


@given(st.lists(st.integers(-1, 7), max_size=7))
def test_steps_are_numbers_of_the_signs_own_steps_each_once_and_rising(steps: list[int]) -> None:
    fits = steps == sorted(set(steps)) and set(steps) <= {1, 2, 3, 4, 5}

    if fits:
        check_value(sign(Measure.STEPS), Outcome.SEEN, len(steps), steps, None)
    else:
        with pytest.raises(ValueUnfit):
            check_value(sign(Measure.STEPS), Outcome.SEEN, len(steps), steps, None)


def test_the_value_of_steps_is_how_many_they_are() -> None:
    assert whole_value(None, [1, 4]) == 2
    assert whole_value(None, []) == 0
    assert whole_value(7, None) == 7
    assert whole_value(None, None) is None
    with pytest.raises(ValueUnfit):
        check_value(sign(Measure.STEPS), Outcome.SEEN, 3, [1, 4], None)
    with pytest.raises(ValueMissing):
        check_value(sign(Measure.STEPS), Outcome.SEEN, 3, None, None)


def test_only_a_checklist_takes_steps() -> None:
    for measure in set(Measure) - {Measure.STEPS}:
        with pytest.raises(ValueUnfit):
            check_value(sign(measure), Outcome.SEEN, None, [1], SupportLevel.VERBAL)


@given(MEASURES, st.sampled_from(Outcome), st.none() | ANY_NUMBER, LEVEL, st.booleans())
def test_nothing_but_a_refusal_ever_comes_of_a_strange_tap(
    measure: Measure,
    outcome: Outcome,
    value: int | None,
    level: SupportLevel | None,
    with_steps: bool,
) -> None:
    with suppress(ValueMissing, ValueUnfit, SupportMissing):
        check_value(sign(measure), outcome, value, [1, 2] if with_steps else None, level)
        assert value is None or value in values_of(sign(measure))


# When a plan is written


@given(st.sampled_from(Direction), st.integers(-2, 999), st.integers(-2, 999), MEASURES)
def test_a_target_fits_one_way_or_the_other_and_both_when_it_stays(
    direction: Direction, baseline: int, target: int, measure: Measure
) -> None:
    there = target_fits(measure, direction, baseline, target)
    back = target_fits(measure, direction, target, baseline)

    assert there or back
    assert (there and back) is (baseline == target)


def test_more_means_less_help_and_nothing_to_compare_fits() -> None:
    assert target_fits(Measure.COUNT, Direction.MORE, 1, 4)
    assert not target_fits(Measure.COUNT, Direction.LESS, 1, 4)
    assert target_fits(Measure.SUPPORT, Direction.MORE, 4, 1)
    assert not target_fits(Measure.SUPPORT, Direction.MORE, 1, 4)
    assert target_fits(Measure.COUNT, Direction.MORE, None, 1)
    assert target_fits(Measure.COUNT, Direction.MORE, 9, None)


def write(measure: Measure, **more: object) -> None:
    usual: dict[str, object] = {"baseline": None, "target": None, "gas_levels": [], "steps": []}
    check_measure(measure, Direction.MORE, **usual | more)  # type: ignore[arg-type]


def test_a_sign_is_measured_only_when_its_levels_or_steps_are_written() -> None:
    for levels in ([], LEVELS[:4], [*LEVELS, "Mere"], ["", *LEVELS[1:]], ["  ", *LEVELS[1:]]):
        with pytest.raises(GasLevelsMissing):
            write(Measure.GAS, gas_levels=levels)
    for steps in ([], STEPS[:1], ["Smører", " "]):
        with pytest.raises(StepsMissing):
            write(Measure.STEPS, steps=steps)
    write(Measure.GAS, gas_levels=LEVELS, baseline=-2, target=0)
    write(Measure.STEPS, steps=STEPS, baseline=1, target=5)
    write(Measure.SEEN)


@pytest.mark.parametrize(
    ("measure", "unfit"),
    [
        (Measure.SEEN, 8), (Measure.SUPPORT, 6), (Measure.COUNT, -1), (Measure.DURATION, DAY + 1),
        (Measure.SCALE, 0), (Measure.SMILEY, 6), (Measure.STEPS, 6), (Measure.GAS, 3),
    ],
)  # fmt: skip
def test_baseline_and_target_are_values_of_the_measure(measure: Measure, unfit: int) -> None:
    for side in ("baseline", "target"):
        with pytest.raises(TargetUnfit):
            write(measure, steps=STEPS, gas_levels=LEVELS, **{side: unfit})


def test_a_target_against_the_direction_is_refused() -> None:
    with pytest.raises(TargetAgainstDirection):
        write(Measure.COUNT, baseline=4, target=1)


# A day


@given(st.lists(st.integers(1, 99), min_size=1), st.sampled_from([Measure.COUNT, Measure.DURATION]))
def test_times_and_seconds_of_a_day_are_added_up(values: list[int], measure: Measure) -> None:
    taps = [tap(value) for value in values]

    assert day_value(measure, taps) == DayValue(sum(values), None, len(values))


@given(
    st.lists(st.integers(-2, 5), min_size=1, max_size=8),
    st.sampled_from([Measure.SCALE, Measure.SMILEY, Measure.GAS, Measure.STEPS]),
    st.randoms(),
)
def test_the_latest_counts_in_whatever_order_it_arrives(
    values: list[int], measure: Measure, random: Random
) -> None:
    taps = [tap(value, ago=len(values) - place) for place, value in enumerate(values)]

    day = day_value(measure, random.sample(taps, len(taps)))

    assert day == DayValue(values[-1], None, len(values))


@given(st.lists(st.sampled_from(SupportLevel), min_size=1))
def test_of_help_the_least_counts(levels: list[SupportLevel]) -> None:
    day = day_value(Measure.SUPPORT, [tap(support=level) for level in levels])

    assert day is not None
    order = list(SupportLevel)
    assert day.support_level == order[min(order.index(level) for level in levels)]
    assert day.value is None


@given(MEASURES)
def test_a_day_without_a_value_comes_to_nothing(measure: Measure) -> None:
    earlier = [tap(), tap(outcome=Outcome.NOT_SEEN), tap(3, outcome=Outcome.NO_OPPORTUNITY)]

    assert day_value(measure, []) is None
    assert day_value(measure, earlier) is None


def test_a_sign_that_is_only_seen_has_no_value_whatever_was_stored() -> None:
    assert day_value(Measure.SEEN, [tap(3), tap(support=SupportLevel.VERBAL)]) is None


# The strip


def test_a_value_says_that_the_sign_was_seen_that_day_also_a_low_one() -> None:
    for value in (-2, 0, 1, 99):
        assert said_outcome(tap(value)) is Outcome.SEEN
    assert said_outcome(tap(2, steps=[1, 2])) is Outcome.SEEN


def test_a_checklist_without_a_single_step_alone_says_not_seen() -> None:
    nothing = tap(0, steps=[])
    checklist = sign(Measure.STEPS)

    assert said_outcome(nothing) is Outcome.NOT_SEEN
    assert day_state(checklist, [nothing]) is DayState.NOT_SEEN
    assert goal_state([nothing]) is DayState.NOT_SEEN
    assert day_state(checklist, [nothing, tap(1, steps=[3])]) is DayState.SEEN
