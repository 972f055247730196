"""What was tapped without network is stored, also where the home has moved on since.

A page is refused what no longer holds: whoever is on it sees why, and does something else. What a
tablet kept cannot be asked again, so it is stored, and somebody looks at it.
Source: docs/sync-protocol.md
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from webapp.domain.errors import Refused

DOUBTFUL: Final = frozenset(
    {
        "goal_closed",
        "sign_archived",
        "intervention_not_running",
        "already_corrected",
        "too_late_to_correct",
        "reason_missing",
    }
)
"""Refusals that are doubts about what a tablet kept. All others say that it cannot be stored."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry that a tablet kept until it had network.

    Attributes:
        id: The entry's.
        tapped_at: Aware, by the tablet's corrected clock; rules that ask the time are asked then.
        doubts: Codes, in the order in which they came up; grows while the rules are asked.
    """

    id: UUID
    tapped_at: datetime
    doubts: list[str] = field(default_factory=list)

    def doubt(self, code: str) -> None:
        """Note a doubt, once."""
        if code not in self.doubts:
            self.doubts.append(code)


def refuse(refused: Refused, kept: Kept | None) -> None:
    """Raise; for what a tablet kept, only note it where it is doubtful and no more."""
    if kept is None or refused.code not in DOUBTFUL:
        raise refused
    kept.doubt(refused.code)


def asked_at(now: datetime, kept: Kept | None) -> datetime:
    """Return the time as of which rules are asked: when it was tapped."""
    return kept.tapped_at if kept else now
