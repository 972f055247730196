"""Instructions: which step a sentence goes on as, which pictures are shown, what steps measure.

Source: docs/decisions/0031-instructions-in-pictures.md, 0032-how-a-showing-is-stored.md
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from datetime import date
from difflib import SequenceMatcher
from itertools import product
from typing import Final

from webapp.domain.consenting import is_given
from webapp.domain.errors import (
    PictureNeedsConsent,
    SignElsewhere,
    SignHasNoFaces,
    StepsDiffer,
    StepTimeUnfit,
)
from webapp.models import (
    Consent,
    ConsentPurpose,
    Intervention,
    Measure,
    Sign,
    Step,
    StepVoice,
)

MOST_WORDS: Final = 12
"""Of a step, before the page advises to make two of it."""

MOST_STEPS: Final = 10
"""Of an instruction, before the page advises to make two of it."""

TIMES: Final = (30, 60, 120, 180, 300, 600, 900, 1200)
"""Seconds a step may be given. A disc that shrinks tells no finer."""

LONGEST_VOICE: Final = 60
"""Seconds of a sentence that is said."""

LIKE: Final = 0.5
"""How alike two sentences are at least, for the one to be the other put differently."""

MOST_COMPARED: Final = 60
"""Sentences, old or new, compared with each other; of more, only the same are found again."""


def carried_over(old: Sequence[str], new: Sequence[str]) -> list[int | None]:
    """Return for each new sentence the place of the old step it goes on as; None for a new step.

    A sentence that stays keeps its step: first where its neighbours stay too, then wherever it
    moved. One that was written differently goes on as the step it is most like among those that
    stood there, or as the one in its very place, so that its picture stays.

    Args:
        old: The sentences of the steps, in order.
        new: The sentences wanted, in order; the same may stand twice.

    Returns:
        As many as `new`, each place at most once.
    """
    places: dict[int, int] = {}
    if max(len(old), len(new)) > MOST_COMPARED:
        _find_again(places, old, new)
        return [places.get(each) for each in range(len(new))]
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for start, wanted, size in matcher.get_matching_blocks():
        places |= {wanted + each: start + each for each in range(size)}
    _find_again(places, old, new)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag != "replace":
            continue
        block = product(range(new_from, new_to), range(old_from, old_to))
        likeness = {pair: _likeness(new[pair[0]], old[pair[1]]) for pair in block}
        alike = [pair for pair, share in likeness.items() if share >= LIKE]
        _pair(places, sorted(alike, key=likeness.__getitem__, reverse=True))
        if old_to - old_from == new_to - new_from:
            _pair(places, zip(range(new_from, new_to), range(old_from, old_to), strict=True))
    if len(old) == len(new):
        _pair(places, zip(range(len(new)), range(len(old)), strict=True))
    return [places.get(each) for each in range(len(new))]


def _find_again(places: dict[int, int], old: Sequence[str], new: Sequence[str]) -> None:
    """Add each sentence that stands elsewhere now, the first of the same as the first."""
    taken = set(places.values())
    free: dict[str, deque[int]] = defaultdict(deque)
    for place, text in enumerate(old):
        if place not in taken:
            free[text].append(place)
    for wanted, text in enumerate(new):
        if wanted not in places and free[text]:
            places[wanted] = free[text].popleft()


def _pair(places: dict[int, int], pairs: Iterable[tuple[int, int]]) -> None:
    """Add those pairs of a new and an old place of which neither is taken yet."""
    taken = set(places.values())
    for wanted, place in pairs:
        if wanted not in places and place not in taken:
            places[wanted] = place
            taken.add(place)


def _likeness(one: str, other: str) -> float:
    """Return how many of the words of two sentences are the same, 0 to 1."""
    words, others = set(one.lower().split()), set(other.lower().split())
    return 2 * len(words & others) / (len(words) + len(others) or 1)


def is_long(sentence: str) -> bool:
    """Tell whether a step says more than one hears in one go."""
    return len(sentence.split()) > MOST_WORDS


def check_may_be_taken(*, shows_citizen: bool, consents: Iterable[Consent], today: date) -> None:
    """Refuse a picture of the citizen that nobody said yes to.

    Raises:
        PictureNeedsConsent.
    """
    if shows_citizen and not is_given(consents, ConsentPurpose.INSTRUCTION, today):
        raise PictureNeedsConsent


def fits_steps(sign: Sign, count: int) -> bool:
    """Tell whether a sign can be measured by an instruction of so many steps."""
    is_list = sign.measure is Measure.STEPS and not sign.archived_at
    return is_list and len(sign.steps) == count


def sign_of_steps(intervention: Intervention) -> Sign | None:
    """Return the sign that an instruction's steps measure.

    None when nobody chose one, and when one of the two has been given other steps since, or another
    order: marks would land on steps that nobody meant.
    """
    sign, meant = intervention.sign, intervention.measured_steps
    if not sign or not fits_steps(sign, len(intervention.steps)):
        return None
    return sign if meant in (None, order_of(intervention)) else None


def may_be_meant_anew(intervention: Intervention) -> bool:
    """Tell whether choosing an instruction's sign once more says something new.

    Its steps fit again in another order; or nobody kept which steps were meant.
    """
    sign = intervention.sign
    fits = sign is not None and fits_steps(sign, len(intervention.steps))
    return fits and intervention.measured_steps != order_of(intervention)


def order_of(intervention: Intervention) -> list[str]:
    """Return the ids of an instruction's steps in their order, as they are kept."""
    return [str(each.id) for each in intervention.steps]


def has_faces(sign: Sign) -> bool:
    """Tell whether the citizen can answer on a sign with one of five faces."""
    return sign.measure is Measure.SMILEY and not sign.archived_at


def sign_asked(intervention: Intervention) -> Sign | None:
    """Return the sign whose faces the citizen is shown at the end.

    None when nobody chose one, and when it was put away or given another measure since.
    """
    sign = intervention.asked_sign
    return sign if sign and has_faces(sign) else None


def check_measured_by(intervention: Intervention, sign: Sign | None, asked: Sign | None) -> None:
    """Raise unless two signs, if any, can be measured by an instruction.

    Args:
        intervention: Its steps loaded.
        sign: Measured by the steps.
        asked: Answered by the citizen at the end.

    Raises:
        SignElsewhere, StepsDiffer, SignHasNoFaces.
    """
    if any(each and each.goal_id != intervention.goal_id for each in (sign, asked)):
        raise SignElsewhere
    if sign and not fits_steps(sign, len(intervention.steps)):
        raise StepsDiffer
    if asked and not has_faces(asked):
        raise SignHasNoFaces


def is_spoken(voice: StepVoice, step: Step) -> bool:
    """Tell whether a recording says what the step says now."""
    return voice.says == step.text


def check_time(seconds: int | None) -> None:
    """Raise unless a step can be given this time; None for no time.

    Raises:
        StepTimeUnfit.
    """
    if seconds is not None and seconds not in TIMES:
        raise StepTimeUnfit
