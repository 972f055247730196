"""What became of a plan: each change, each closing, who has seen it, what is being written.

Source: docs/decisions/0017-plan-revisions.md
"""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import Base, text_enum
from webapp.models.home import Staff
from webapp.models.plan import Goal


class PlanPart(StrEnum):
    """Which part of the plan a revision is of."""

    CONTEXT = "context"
    GOAL = "goal"
    SIGN = "sign"
    INTERVENTION = "intervention"
    EVALUATION = "evaluation"


class PlanRevision(Base):
    """What one part of a plan said from a time on, who wrote it and why. Never changed.

    `object_id` names the goal, sign or intervention; the plan for the two parts there is one of.
    `author` is None for what stood there before revisions were kept. Two people who save the same
    part at once ask for the same number, and the database lets only one have it.
    """

    __tablename__ = "plan_revisions"
    __table_args__ = (
        UniqueConstraint("object_id", "part", "number"),
        Index(None, "plan_id", "changed_at"),
        Index(None, "goal_id", "changed_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plans.id", ondelete="CASCADE"))
    goal_id: Mapped[UUID | None] = mapped_column(ForeignKey("goals.id", ondelete="CASCADE"))
    part: Mapped[PlanPart] = mapped_column(text_enum(PlanPart))
    object_id: Mapped[UUID]
    number: Mapped[int]
    content: Mapped[dict[str, Any]]
    why: Mapped[str] = mapped_column(default="")
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    changed_at: Mapped[datetime]

    author: Mapped[Staff | None] = relationship()


class GoalAcknowledgement(Base):
    """Somebody has seen what changed in a goal, its signs or its interventions."""

    __tablename__ = "goal_acknowledgements"
    __table_args__ = (Index(None, "staff_id", "goal_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    goal_id: Mapped[UUID] = mapped_column(ForeignKey("goals.id", ondelete="CASCADE"))
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    acknowledged_at: Mapped[datetime]


class ClosureVerdict(StrEnum):
    """How a goal ended."""

    REACHED = "reached"
    PARTLY_REACHED = "partly_reached"
    ENDED = "ended"


class GoalClosure(Base):
    """A goal was closed: how, why, by whom. Opened again, the record stays and says so."""

    __tablename__ = "goal_closures"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    goal_id: Mapped[UUID] = mapped_column(ForeignKey("goals.id", ondelete="CASCADE"), index=True)
    verdict: Mapped[ClosureVerdict] = mapped_column(text_enum(ClosureVerdict))
    why: Mapped[str]
    closed_at: Mapped[datetime]
    closed_by_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    reopened_at: Mapped[datetime | None]
    reopened_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    reopened_why: Mapped[str] = mapped_column(default="")

    goal: Mapped[Goal] = relationship()
    closed_by: Mapped[Staff] = relationship(foreign_keys=[closed_by_id])
    reopened_by: Mapped[Staff | None] = relationship(foreign_keys=[reopened_by_id])


class Draft(Base):
    """What somebody was writing in a form and has not saved. Gone when it is."""

    __tablename__ = "drafts"

    staff_id: Mapped[UUID] = mapped_column(
        ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True
    )
    form: Mapped[str] = mapped_column(primary_key=True)
    fields: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]


class Sparring(Base):
    """A question about a goal that colleagues talk over until it is settled."""

    __tablename__ = "sparrings"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    goal_id: Mapped[UUID] = mapped_column(ForeignKey("goals.id", ondelete="CASCADE"), index=True)
    opened_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))

    goal: Mapped[Goal] = relationship()
    settled_by: Mapped[Staff | None] = relationship()
    comments: Mapped[list["SparringComment"]] = relationship(
        back_populates="sparring", order_by="SparringComment.written_at"
    )


class SparringComment(Base):
    """One thing somebody wrote in a sparring. Kept as typed."""

    __tablename__ = "sparring_comments"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    sparring_id: Mapped[UUID] = mapped_column(
        ForeignKey("sparrings.id", ondelete="CASCADE"), index=True
    )
    author_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    text: Mapped[str]
    written_at: Mapped[datetime]

    sparring: Mapped[Sparring] = relationship(back_populates="comments")
    author: Mapped[Staff] = relationship()
