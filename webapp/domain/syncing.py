"""When an entry of a tablet was made, what is doubtful about it, and which ones are missing.

Source: docs/sync-protocol.md
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

CAPTURE_LASTS: Final = timedelta(hours=16)
"""How long after its grant an entry is made without doubt: the longest shift, and some."""

TAKEN_FOR: Final = timedelta(days=90)
"""How long after its grant an entry is taken without doubt."""

STANDBY_LASTS: Final = timedelta(days=7)
"""How long after somebody last opened a tablet they can do so without network."""

SKEW: Final = timedelta(minutes=10)
"""A clock that is further off is in doubt."""

SILENT_AFTER: Final = timedelta(hours=4)
"""A tablet that says nothing for so long is silent."""

RETRY_AFTER: Final = timedelta(minutes=5)
"""When to send an entry again that we could not store for a reason of our own."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What a grant says, its signature checked. Times are aware.

    Attributes:
        id: Its `jti`.
        staff_id: Whose entries it signs.
        device_id: The enrolled tablet; None elsewhere.
        issued_at: Entries cannot be older.
        captures_until: Later ones are in doubt.
        taken_until: What is delivered later is in doubt.
    """

    id: UUID
    staff_id: UUID
    device_id: UUID | None
    issued_at: datetime
    captures_until: datetime
    taken_until: datetime


@dataclass(frozen=True, slots=True)
class Tapped:
    """When an entry was made: aware, and whether the tablet's clock is in doubt."""

    at: datetime
    clock_in_doubt: bool


def when_tapped(
    captured_at: datetime,
    clock_offset: int | None,
    grant: Grant,
    now: datetime,
    tablet_now: datetime | None,
) -> Tapped:
    """Return when an entry was made: never before its grant, never after we received it.

    A tablet whose clock is off by something else than the entry says was set meanwhile, before the
    entry was made or after. Nobody knows which, so the time stays as it is told, in doubt.

    Args:
        captured_at: By the tablet's clock; any year.
        clock_offset: Milliseconds that our clock was ahead; None when the tablet did not know.
        grant: Its author's.
        now: When we received it.
        tablet_now: What the tablet's clock said then; any year; None where it did not say.
    """
    offset = timedelta(milliseconds=clock_offset or 0)
    try:
        claimed = captured_at + offset
    except OverflowError:
        return Tapped(now if offset > timedelta(0) else min(grant.issued_at, now), True)
    is_possible = grant.issued_at - SKEW <= claimed <= now + SKEW
    was_set = tablet_now is not None and abs(now - tablet_now - offset) > SKEW
    in_doubt = abs(offset) > SKEW or was_set or not is_possible
    return Tapped(min(max(claimed, grant.issued_at), now), in_doubt)


def doubts_about(
    tapped: Tapped,
    grant: Grant,
    now: datetime,
    *,
    works_here: bool,
    tablet_revoked: bool,
    seq_repeated: bool,
) -> Iterator[str]:
    """Yield what is doubtful about an entry before it is opened; codes of `review`."""
    if not works_here:
        yield "staff_deactivated"
    if tablet_revoked:
        yield "device_revoked"
    # Another entry has its number: the tablet was perhaps copied, or restored.
    if seq_repeated:
        yield "seq_repeated"
    if tapped.clock_in_doubt:
        yield "clock_skew"
    if tapped.at > grant.captures_until:
        yield "captured_late"
    if now > grant.taken_until:
        yield "delivered_late"


def absent_numbers(next_seq: int, settled: Sequence[int], arrived: Set[int]) -> int:
    """Return how many numbers below the next one have not come and were to come.

    Args:
        next_seq: The number that the tablet's next entry would get.
        settled: Runs that need not come: from, to, from, to; in any order, perhaps overlapping.
        arrived: Numbers that came.
    """
    pairs = zip(settled[::2], settled[1::2], strict=False)
    runs = [(begin, end) for begin, end in pairs if begin <= end]
    runs += [(number, number) for number in arrived]
    absent, expected = 0, 1
    for begin, end in sorted(runs):
        absent += max(0, min(begin, next_seq) - expected)
        expected = max(expected, end + 1)
    return absent + max(0, next_seq - expected)


def reach_of(next_seq: int, settled: Sequence[int]) -> tuple[int, int]:
    """Return how far an account of a grant reaches; a later one never reaches less far.

    Args:
        next_seq: The number that the tablet's next entry would get.
        settled: Runs that need not come: from, to, from, to.
    """
    pairs = zip(settled[::2], settled[1::2], strict=False)
    return next_seq, sum(end - begin + 1 for begin, end in pairs)


def missing_of(numbers: dict[str, int], waiting: int) -> dict[str, int]:
    """Return whose entries are missing, and how many; empty while they may still come.

    Args:
        numbers: By author, how many numbers were given out and have not arrived.
        waiting: How many entries the tablet says it still has.
    """
    found = {author: count for author, count in numbers.items() if count > 0}
    return found if sum(found.values()) > waiting else {}


def is_silent(seen_at: datetime, now: datetime) -> bool:
    """Tell whether nothing was heard of a tablet for long."""
    return now - seen_at > SILENT_AFTER
