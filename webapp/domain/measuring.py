"""What one tap on a sign says, measure by measure: its unit, what fits, what a day comes to.

| Measure  | `value` of a tap                 | A day comes to   | Baseline, target        |
| -------- | -------------------------------- | ---------------- | ----------------------- |
| seen     | none                             | nothing          | days a week, 0-7        |
| support  | none, but a support level        | the least help   | place of the level, 0-5 |
| count    | times, 1-99                      | the sum          | times a day             |
| duration | seconds, 1 to 24 hours           | the sum          | seconds a day           |
| scale    | 1-5                              | the latest       | 1-5                     |
| smiley   | 1-5, the citizen's own word      | the latest       | 1-5                     |
| steps    | how many were done on one's own  | the latest       | how many                |
| GAS      | -2 to 2, the five written levels | the latest       | -2 to 2                 |

A value stands only beside what was seen or partly seen: "not seen" and "no opportunity" have none.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from webapp.domain.errors import (
    GasLevelsMissing,
    StepsMissing,
    SupportMissing,
    TargetAgainstDirection,
    TargetUnfit,
    ValueMissing,
    ValueUnfit,
)
from webapp.models import Direction, Measure, Observation, Outcome, Sign, SupportLevel

WITH_VALUE: Final = frozenset({Outcome.SEEN, Outcome.PARTLY})
"""What a value can stand beside."""

DAY: Final = 24 * 60 * 60
"""Seconds; the longest that one tap can last."""

GAS_LEVELS: Final = (-2, -1, 0, 1, 2)

_VALUES: Final = {
    Measure.COUNT: range(1, 99 + 1),
    Measure.DURATION: range(1, DAY + 1),
    Measure.SCALE: range(1, 5 + 1),
    Measure.SMILEY: range(1, 5 + 1),
    Measure.GAS: range(-2, 2 + 1),
}
"""What one tap may say; of steps the sign itself decides."""

_TARGETS: Final = {
    Measure.SEEN: range(7 + 1),
    Measure.SUPPORT: range(len(SupportLevel)),
    Measure.COUNT: range(999 + 1),
    Measure.DURATION: range(DAY + 1),
    Measure.SCALE: range(1, 5 + 1),
    Measure.SMILEY: range(1, 5 + 1),
    Measure.GAS: range(-2, 2 + 1),
}

_SUMMED: Final = frozenset({Measure.COUNT, Measure.DURATION})
_LEAST_HELP_FIRST: Final = tuple(SupportLevel)


def values_of(sign: Sign) -> range:
    """Return the values one tap on a sign may carry; empty for a measure without values."""
    if sign.measure is Measure.STEPS:
        return range(len(sign.steps) + 1)
    return _VALUES.get(sign.measure, range(0))


def whole_value(value: int | None, steps_alone: Sequence[int] | None) -> int | None:
    """Return the value to keep: of steps, where only their numbers were said, how many they are."""
    return len(steps_alone) if value is None and steps_alone is not None else value


def check_value(
    sign: Sign | None,
    outcome: Outcome,
    value: int | None,
    steps_alone: Sequence[int] | None,
    support_level: SupportLevel | None,
) -> None:
    """Raise unless what a tap carries fits the sign's measure.

    Args:
        sign: What was tapped; None when the tap speaks of the whole goal.
        outcome: What was seen.
        value: In the unit of the measure; see the table above.
        steps_alone: The numbers of the steps done on one's own, from 1, rising; may be empty.
        support_level: The least help needed, if said.

    Raises:
        ValueMissing, ValueUnfit, SupportMissing.
    """
    measure = sign.measure if sign and outcome in WITH_VALUE else None
    if measure is not Measure.STEPS and steps_alone is not None:
        raise ValueUnfit
    if sign is None or measure in (None, Measure.SEEN, Measure.SUPPORT):
        if value is not None:
            raise ValueUnfit
        if measure is Measure.SUPPORT and support_level is None:
            raise SupportMissing
        return
    if measure is Measure.STEPS:
        _check_steps(sign, value, steps_alone)
    elif value is None:
        raise ValueMissing
    if value not in values_of(sign):
        raise ValueUnfit


def _check_steps(sign: Sign, value: int | None, steps_alone: Sequence[int] | None) -> None:
    if steps_alone is None:
        raise ValueMissing
    rising = sorted(set(steps_alone))
    if list(steps_alone) != rising or value != len(rising):
        raise ValueUnfit
    if any(number not in range(1, len(sign.steps) + 1) for number in rising):
        raise ValueUnfit


def target_fits(
    measure: Measure, direction: Direction, baseline: int | None, target: int | None
) -> bool:
    """Tell whether a target lies the way we want to go from the baseline; staying there fits too.

    Of help less is more: a sign we want to see more of needs less of it. Without a baseline or a
    target there is nothing to compare, so it fits.
    """
    if baseline is None or target is None:
        return True
    rises = (direction is Direction.MORE) is not (measure is Measure.SUPPORT)
    return target >= baseline if rises else target <= baseline


def check_measure(
    measure: Measure,
    direction: Direction,
    *,
    baseline: int | None,
    target: int | None,
    gas_levels: Sequence[str],
    steps: Sequence[str],
) -> None:
    """Raise unless a sign can be measured like this; asked when a plan is written.

    Args:
        measure: What one tap says.
        direction: Whether we want to see more or less of it.
        baseline: Where it stands now, in the unit of the measure; None when nobody knows.
        target: Where it should go; None when nothing is set.
        gas_levels: Five sentences from -2 to 2; looked at for GAS only.
        steps: At least two sentences; looked at for steps only.

    Raises:
        GasLevelsMissing, StepsMissing, TargetUnfit, TargetAgainstDirection.
    """
    if measure is Measure.GAS and (
        len(gas_levels) != len(GAS_LEVELS) or not all(level.strip() for level in gas_levels)
    ):
        raise GasLevelsMissing
    if measure is Measure.STEPS and (len(steps) < 2 or not all(step.strip() for step in steps)):
        raise StepsMissing
    fitting = _TARGETS.get(measure, range(len(steps) + 1))
    if any(place is not None and place not in fitting for place in (baseline, target)):
        raise TargetUnfit
    if not target_fits(measure, direction, baseline, target):
        raise TargetAgainstDirection


@dataclass(frozen=True, slots=True)
class DayValue:
    """What a day's taps on one sign come to.

    Attributes:
        value: In the unit of the measure; None for a measure without values.
        support_level: For support, the least help needed.
        taps: How many taps it comes from; at least one.
    """

    value: int | None
    support_level: SupportLevel | None
    taps: int


def day_value(measure: Measure, observations: Iterable[Observation]) -> DayValue | None:
    """Return what one day's observations on a sign come to.

    Count and duration are added up; of scale, smiley, steps and GAS the latest counts; of support
    the least help. What was not seen says nothing, and neither does a tap from before the sign was
    measured like this.

    Args:
        measure: The sign's.
        observations: On the sign, in any order.

    Returns:
        None when nothing said anything, and always for a sign that is only seen.
    """
    seen = [tap for tap in observations if tap.outcome in WITH_VALUE]
    if measure is Measure.SUPPORT:
        levels = [tap.support_level for tap in seen if tap.support_level]
        least = min(levels, key=_LEAST_HELP_FIRST.index, default=None)
        return DayValue(None, least, len(levels)) if least else None
    if measure not in _VALUES and measure is not Measure.STEPS:
        return None
    told = [(tap.happened_at, tap.value) for tap in seen if tap.value is not None]
    if not told:
        return None
    values = [value for _, value in sorted(told, key=lambda pair: pair[0])]
    return DayValue(sum(values) if measure in _SUMMED else values[-1], None, len(values))


def said_outcome(observation: Observation) -> Outcome:
    """Return what an observation says of its day, whatever the sign's measure.

    A value that was logged means that the sign was seen, also a low one: how much is for the
    charts. Only a checklist without a single step done on one's own says "not seen".
    """
    if observation.outcome in WITH_VALUE and observation.steps_alone == []:
        return Outcome.NOT_SEEN
    return observation.outcome
