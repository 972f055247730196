"""What changed in a plan, and whether somebody should see it before they log.

Source: docs/decisions/0017-plan-revisions.md
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

MOST_OF_ONE_WORD: Final = 40
"""Up to so many of one word in what changed are compared word by word."""

_WORD: Final = re.compile(r"\S+\s*|\s+")

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
    return [name for name in names if _said(before.get(name)) != _said(after.get(name))]


def _said(value: Any) -> Any:
    """Return a value, or None where it says nothing; 0 and no say something."""
    return None if value in ("", [], {}) else value


def differences(before: str, after: str) -> list[Piece]:
    """Return how one text became another, word by word; put together they give both texts back.

    Two empty texts give an empty list. Where one word stands very often, comparing would take
    minutes, so the changed middle is then shown as a whole.
    """
    old, new = _words(before), _words(after)
    start = _alike(old, new)
    end = _alike(old[start:][::-1], new[start:][::-1])
    head, tail = old[:start], old[len(old) - end :]
    old, new = old[start : len(old) - end], new[start : len(new) - end]
    pieces = [Piece(Change.SAME, "".join(head))] if head else []
    if not old or not new or max(Counter(new).values()) > MOST_OF_ONE_WORD:
        pieces += _replaced(old, new)
    else:
        matcher = SequenceMatcher(None, old, new, autojunk=False)
        for change, i1, i2, j1, j2 in matcher.get_opcodes():
            if change == "equal":
                pieces.append(Piece(Change.SAME, "".join(old[i1:i2])))
            else:
                pieces += _replaced(old[i1:i2], new[j1:j2])
    return [*pieces, Piece(Change.SAME, "".join(tail))] if tail else pieces


def _replaced(old: Sequence[str], new: Sequence[str]) -> list[Piece]:
    pieces = [Piece(Change.REMOVED, "".join(old)), Piece(Change.ADDED, "".join(new))]
    return [piece for piece in pieces if piece.text]


def _alike(old: Sequence[str], new: Sequence[str]) -> int:
    """Return how many words two texts begin with alike."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(old), len(new)))


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
    return _WORD.findall(text)
