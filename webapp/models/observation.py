"""What was seen. Rows are added and never changed.

Source: docs/decisions/0003-observations-are-added.md
"""

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import Base, text_enum
from webapp.models.home import Staff
from webapp.models.plan import Goal, Sign


class Outcome(StrEnum):
    """What one tap says. `RETRACTED` only stands in a correction: the tap was a mistake."""

    SEEN = "seen"
    PARTLY = "partly"
    NOT_SEEN = "not_seen"
    NO_OPPORTUNITY = "no_opportunity"
    RETRACTED = "retracted"


class SupportLevel(StrEnum):
    """The least help that was needed, least first."""

    INDEPENDENT = "independent"
    INDIRECT = "indirect"
    VERBAL = "verbal"
    GESTURE = "gesture"
    MODELLING = "modelling"
    PHYSICAL = "physical"


class Observation(Base):
    """One tap: what was seen, by whom, when it happened and when we received it.

    Without a sign it speaks of the whole goal today ("Ikke set", "Ingen mulighed").
    `value` is what was counted, timed or chosen, in the unit of the sign's measure (seconds for a
    duration, -2 to 2 for GAS), `steps_alone` the numbers of the steps done on one's own; else None.
    A correction is a new row that `supersedes` the old one and carries the same time;
    the row that nothing supersedes is the one that counts. `tapped_at` is when a tablet without
    network kept it; None when it was sent at once.
    """

    __tablename__ = "observations"
    __table_args__ = (
        ForeignKeyConstraint(["sign_id", "goal_id"], ["signs.id", "signs.goal_id"]),
        CheckConstraint(
            "sign_id IS NOT NULL OR outcome NOT IN ('seen', 'partly')", name="seen_needs_sign"
        ),
        # Every page asks for one goal's latest; the index answers without growing with history.
        Index(None, "goal_id", "happened_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    goal_id: Mapped[UUID] = mapped_column(ForeignKey("goals.id"))
    sign_id: Mapped[UUID | None]
    author_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    outcome: Mapped[Outcome] = mapped_column(text_enum(Outcome))
    support_level: Mapped[SupportLevel | None] = mapped_column(text_enum(SupportLevel))
    value: Mapped[int | None]
    steps_alone: Mapped[list[int] | None]
    note: Mapped[str] = mapped_column(default="")
    happened_at: Mapped[datetime]
    received_at: Mapped[datetime]
    tapped_at: Mapped[datetime | None]
    supersedes_id: Mapped[UUID | None] = mapped_column(ForeignKey("observations.id"), unique=True)
    reason: Mapped[str] = mapped_column(default="")

    goal: Mapped[Goal] = relationship(foreign_keys=[goal_id], overlaps="sign")
    sign: Mapped[Sign | None] = relationship(overlaps="goal")
    author: Mapped[Staff] = relationship()
    supersedes: Mapped["Observation | None"] = relationship(remote_side=[id])

    @property
    def made_at(self) -> datetime:
        """When its author tapped; what may still be undone or corrected counts from here."""
        return self.tapped_at or self.received_at


class Withdrawal(Base):
    """An observation its author undid within ten seconds. The tap is gone; its id stays used.

    Without this row a resent form would bring the tap back.
    """

    __tablename__ = "withdrawals"

    observation_id: Mapped[UUID] = mapped_column(primary_key=True)
    goal_id: Mapped[UUID] = mapped_column(ForeignKey("goals.id"))
    author_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    received_at: Mapped[datetime]
