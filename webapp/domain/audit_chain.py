"""The chain over the audit log: every link seals one event and, with it, all that came before.

Source: docs/decisions/0021-audit-chain.md
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

START: Final = ""
"""The digest before the first link."""

Value = str | None

Link = tuple[int, str, str, Sequence[Value]]
"""Number, digest, the event's id, and what the event says, its id first: all None when gone."""


class BreakKind(StrEnum):
    """What may be wrong with the log."""

    EVENT_CHANGED = "event_changed"
    EVENT_GONE = "event_gone"
    LINK_GONE = "link_gone"
    NOT_SEALED = "not_sealed"
    NOT_AS_ANCHORED = "not_as_anchored"
    END_GONE = "end_gone"


@dataclass(frozen=True, slots=True)
class Break:
    """One place where the log is not as it was written.

    Attributes:
        kind: What is wrong.
        number: The link; for a link that is gone the first one missing. None outside the chain.
        event_id: As hex; None when no event is known there.
    """

    kind: BreakKind
    number: int | None
    event_id: str | None = None


def as_sealed(value: datetime | UUID | str | None) -> Value:
    """Return a column's value as it is sealed: ids as hex, times as UTC to the microsecond."""
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
    return value


def digest_after(before: str, event: Sequence[Value]) -> str:
    """Return the digest (SHA-256, hex) of a link.

    Args:
        before: The digest of the link before; `START` for the first one.
        event: All that the event says, in the order of its columns.
    """
    # Each value after its length, so that no text can pass for two, and nothing not for empty.
    said = "".join(["-" if value is None else f"{len(value)}:{value}" for value in event])
    return hashlib.sha256(f"{before};{said}".encode()).hexdigest()


def find_breaks(links: Iterable[Link], anchors: Mapping[int, str]) -> Iterator[Break]:
    """Yield every place where the links do not fit the events, each other or the anchors.

    Args:
        links: In the order of their numbers; read once, one at a time.
        anchors: The digests of some links, by number, as they were once written down elsewhere.
    """
    number, before = 0, START
    for number_found, digest, event_id, event in links:
        number += 1
        if number_found != number:
            yield Break(BreakKind.LINK_GONE, number)
        number = number_found
        if event[0] is None:
            yield Break(BreakKind.EVENT_GONE, number, event_id)
        elif digest_after(before, event) != digest:
            yield Break(BreakKind.EVENT_CHANGED, number, event_id)
        if anchors.get(number, digest) != digest:
            yield Break(BreakKind.NOT_AS_ANCHORED, number, event_id)
        # One place that was changed is told once, and not again at every link after it.
        before = digest
    if any(anchored > number for anchored in anchors):
        yield Break(BreakKind.END_GONE, number + 1)
