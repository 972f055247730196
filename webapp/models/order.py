"""The municipality's order: where every goal starts."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import Base, text_enum
from webapp.models.citizen import Citizen


class OrderKind(StrEnum):
    """Which paper the municipality sent.

    Source: serviceloven §141, barnets lov §§91-92 and §§108-109.
    """

    ACTION_PLAN = "action_plan"
    CHILDS_PLAN = "childs_plan"
    YOUTH_PLAN = "youth_plan"
    COMMISSION = "commission"


class Order(Base):
    """One order: its purpose and goals. A newer one takes its place; the old one is kept."""

    __tablename__ = "orders"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    citizen_id: Mapped[UUID] = mapped_column(
        ForeignKey("citizens.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[OrderKind] = mapped_column(text_enum(OrderKind))
    purpose: Mapped[str]
    caseworker: Mapped[str] = mapped_column(default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    archived_at: Mapped[datetime | None]

    citizen: Mapped[Citizen] = relationship()
    goals: Mapped[list["OrderGoal"]] = relationship(
        back_populates="order", order_by="OrderGoal.rank"
    )
    files: Mapped[list["OrderFile"]] = relationship(
        back_populates="order", order_by="OrderFile.added_at"
    )


class OrderGoal(Base):
    """One goal as the municipality wrote it. Our goals link to it."""

    __tablename__ = "order_goals"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id", ondelete="CASCADE"), index=True)
    text: Mapped[str]
    rank: Mapped[int] = mapped_column(default=1)
    archived_at: Mapped[datetime | None]

    order: Mapped[Order] = relationship(back_populates="goals")


class OrderFile(Base):
    """A paper that came with the order. The bytes lie in the media store, under the checksum."""

    __tablename__ = "order_files"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    added_at: Mapped[datetime]
    added_by_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))

    order: Mapped[Order] = relationship(back_populates="files")
