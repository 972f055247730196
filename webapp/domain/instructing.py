"""Instructions: which step a new sentence belongs to, and which pictures may be shown.

Source: docs/decisions/0031-instructions-in-pictures.md
"""

from collections.abc import Iterable, Sequence
from datetime import date
from difflib import SequenceMatcher
from typing import Final

from webapp.domain.consenting import is_given
from webapp.domain.errors import PictureNeedsConsent
from webapp.models import Consent, ConsentPurpose, StepPicture

MOST_WORDS: Final = 12
"""Of a step, before the page advises to make two of it."""

MOST_STEPS: Final = 10
"""Of an instruction, before the page advises to make two of it."""


def carried_over(old: Sequence[str], new: Sequence[str]) -> list[int | None]:
    """Return for each new sentence the place of the old step it goes on as; None for a new step.

    A sentence that stays keeps its step, wherever it moves. Of the others, one that was written
    differently in its place goes on as the step that stood there, so that its picture stays.

    Args:
        old: The sentences of the steps, in order.
        new: The sentences wanted, in order; the same may stand twice.

    Returns:
        As many as `new`, each place at most once.
    """
    free = list(range(len(old)))
    found: list[int | None] = []
    for text in new:
        place = next((place for place in free if old[place] == text), None)
        if place is not None:
            free.remove(place)
        found.append(place)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag != "replace" or old_to - old_from != new_to - new_from:
            continue
        for place, wanted in zip(range(old_from, old_to), range(new_from, new_to), strict=True):
            if found[wanted] is None and place in free:
                free.remove(place)
                found[wanted] = place
    return found


def is_long(sentence: str) -> bool:
    """Tell whether a step says more than one hears in one go."""
    return len(sentence.split()) > MOST_WORDS


def may_be_shown(picture: StepPicture, consents: Iterable[Consent], today: date) -> bool:
    """Tell whether a picture may be shown today: nobody is on it, or the citizen's yes counts."""
    return not picture.shows_citizen or is_given(consents, ConsentPurpose.INSTRUCTION, today)


def check_may_be_taken(*, shows_citizen: bool, consents: Iterable[Consent], today: date) -> None:
    """Refuse a picture of the citizen that nobody said yes to.

    Raises:
        PictureNeedsConsent.
    """
    if shows_citizen and not is_given(consents, ConsentPurpose.INSTRUCTION, today):
        raise PictureNeedsConsent
