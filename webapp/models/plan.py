"""The SMTTE plan: context, goals, signs, interventions."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import Base, text_enum
from webapp.models.citizen import Citizen


class Sense(StrEnum):
    """How a sign reaches us: what we see, hear or feel."""

    SEE = "see"
    HEAR = "hear"
    FEEL = "feel"


class Plan(Base):
    """One citizen's SMTTE plan; everything about goals hangs on it."""

    __tablename__ = "plans"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    citizen_id: Mapped[UUID] = mapped_column(
        ForeignKey("citizens.id", ondelete="CASCADE"), unique=True
    )
    context: Mapped[str] = mapped_column(default="")

    citizen: Mapped[Citizen] = relationship()


class Goal(Base):
    """What the citizen is on the way to. A goal with a parent is a sub-goal (delmål).

    `text` is the whole sentence; `short_text` is what fits on a card on the board.
    """

    __tablename__ = "goals"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plans.id", ondelete="CASCADE"), index=True)
    parent_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("goals.id", ondelete="CASCADE"), index=True
    )
    text: Mapped[str]
    short_text: Mapped[str]
    rank: Mapped[int] = mapped_column(default=1)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    closed_at: Mapped[datetime | None]

    plan: Mapped[Plan] = relationship()
    parent: Mapped["Goal | None"] = relationship(remote_side=[id])
    signs: Mapped[list["Sign"]] = relationship(back_populates="goal", order_by="Sign.rank")
    interventions: Mapped[list["Intervention"]] = relationship(
        back_populates="goal", order_by="Intervention.rank"
    )


class Sign(Base):
    """Something staff can see, hear or feel that tells whether the goal is being reached.

    `text` goes on after "Vi vil se, at …"; `rank` runs from the smallest sign (1) to the largest.
    """

    __tablename__ = "signs"
    # Lets an observation prove, in the database itself, that its sign belongs to its goal.
    __table_args__ = (UniqueConstraint("id", "goal_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    goal_id: Mapped[UUID] = mapped_column(ForeignKey("goals.id", ondelete="CASCADE"), index=True)
    sense: Mapped[Sense] = mapped_column(text_enum(Sense), default=Sense.SEE)
    text: Mapped[str]
    rank: Mapped[int] = mapped_column(default=1)
    archived_at: Mapped[datetime | None]

    goal: Mapped[Goal] = relationship(back_populates="signs")


class Intervention(Base):
    """What we do to help the goal along; concrete."""

    __tablename__ = "interventions"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    goal_id: Mapped[UUID] = mapped_column(ForeignKey("goals.id", ondelete="CASCADE"), index=True)
    title: Mapped[str]
    approach: Mapped[str] = mapped_column(default="")
    when_and_where: Mapped[str] = mapped_column(default="")
    rank: Mapped[int] = mapped_column(default=1)

    goal: Mapped[Goal] = relationship(back_populates="interventions")
