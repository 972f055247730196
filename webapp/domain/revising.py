"""What changed in a plan, and whether somebody should see it before they log.

Source: docs/decisions/0017-plan-revisions.md
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

NEWS_FOR: Final = timedelta(days=14)
"""How long a change is news. Later it is simply the plan."""


class Change(StrEnum):
    """What became of some words from one version to the next."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words in a row that were changed alike."""

    change: Change
    text: str


def changed_fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Return the names of fields that differ, in the order of `after`; empty when none does.

    A field that one of the two does not have counts as empty.
    """
    names = [*after, *(name for name in before if name not in after)]
    return [name for name in names if (before.get(name) or "") != (after.get(name) or "")]


def differences(before: str, after: str) -> list[Piece]:
    """Return how one text became another, word by word; put together they give both texts back.

    Two empty texts give an empty list.
    """
    old, new = _words(before), _words(after)
    pieces: list[Piece] = []
    for change, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if change == "equal":
            pieces.append(Piece(Change.SAME, "".join(old[i1:i2])))
            continue
        if i1 < i2:
            pieces.append(Piece(Change.REMOVED, "".join(old[i1:i2])))
        if j1 < j2:
            pieces.append(Piece(Change.ADDED, "".join(new[j1:j2])))
    return pieces


def is_news(
    changed_at: datetime,
    *,
    author_id: UUID | None,
    reader_id: UUID,
    seen_at: datetime | None,
    now: datetime,
) -> bool:
    """Tell whether somebody should see a change before they log.

    Not one's own change, not one already seen, and not one older than `NEWS_FOR`.

    Args:
        changed_at: Aware.
        author_id: Who made the change; None for what stood there before changes were kept.
        reader_id: Who looks.
        seen_at: When the reader last said "seen" to this goal; None when never.
        now: Aware.
    """
    if author_id in (None, reader_id) or changed_at < now - NEWS_FOR:
        return False
    return seen_at is None or seen_at < changed_at


def _words(text: str) -> list[str]:
    """Split into words, each with the white space after it."""
    words: list[str] = []
    word = ""
    for letter in text:
        if word and word[-1].isspace() and not letter.isspace():
            words.append(word)
            word = ""
        word += letter
    return [*words, word] if word else words
