"""What was counted, timed or chosen on a sign: further on each month, but never straight."""

from random import Random

from webapp.demo.shapes import DemoSign
from webapp.models import Measure

_SPREAD = {
    Measure.COUNT: 0.8,
    Measure.SCALE: 0.7,
    Measure.SMILEY: 0.8,
    Measure.STEPS: 0.7,
    Measure.GAS: 0.8,
}
_LONGEST = 3600


def value_of(sign: DemoSign, rng: Random, share: float) -> int | None:
    """Return one tap's value; None for a sign that is only seen, or measured by help.

    Args:
        sign: `from_to` says where its values begin and where they are now.
        rng: Of this tap alone.
        share: How much of the time since the goal began has passed, from 0.0 to 1.0.
    """
    first, now = sign.from_to
    middle = first + (now - first) * share
    match sign.measure:
        case Measure.SEEN | Measure.SUPPORT:
            return None
        case Measure.DURATION:
            return round(min(max(middle * rng.lognormvariate(0, 0.3), 60), _LONGEST))
        case Measure.COUNT:
            low, high = 1, 9
        case Measure.STEPS:
            low, high = 1, len(sign.steps)
        case Measure.GAS:
            low, high = -2, 2
        case _:
            low, high = 1, 5
    return min(max(round(middle + rng.gauss(0, _SPREAD[sign.measure])), low), high)


def steps_of(sign: DemoSign, rng: Random, value: int | None) -> list[int] | None:
    """Return which steps were done on one's own; None for a sign that is no checklist.

    The first steps come first, but for one that is skipped at times.
    """
    if sign.measure is not Measure.STEPS or value is None:
        return None
    alone = list(range(1, value + 1))
    if value < len(sign.steps) and rng.random() < 0.4:
        alone[-1] += 1
    return alone
