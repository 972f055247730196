"""Consent, emergency access, and the manager's checks of the log."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.audit_event import AuditEvent
from webapp.models.base import Base, text_enum
from webapp.models.citizen import Citizen
from webapp.models.home import Staff


class ConsentPurpose(StrEnum):
    """What pictures and words about a citizen may be used for."""

    INSTRUCTION = "instruction"
    DOCUMENTATION = "documentation"
    REPORT = "report"
    RELATIVES = "relatives"


class ConsentGiver(StrEnum):
    """Who said yes."""

    CITIZEN = "citizen"
    CUSTODY_HOLDER = "custody_holder"
    GUARDIAN = "guardian"


class Consent(Base):
    """A yes to one purpose, as it was given: never changed, only withdrawn.

    `how` says in words how it was given; silence is no consent. `until` is the last day it counts,
    None while nobody named one. `withdrawer_name` took it back, and a colleague wrote it down.
    """

    __tablename__ = "consents"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    citizen_id: Mapped[UUID] = mapped_column(
        ForeignKey("citizens.id", ondelete="CASCADE"), index=True
    )
    purpose: Mapped[ConsentPurpose] = mapped_column(text_enum(ConsentPurpose))
    given_by: Mapped[ConsentGiver] = mapped_column(text_enum(ConsentGiver))
    giver_name: Mapped[str] = mapped_column(default="")
    how: Mapped[str]
    given_on: Mapped[date]
    until: Mapped[date | None]
    recorded_by_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    recorded_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    withdrawer_name: Mapped[str] = mapped_column(default="")
    withdrawal_words: Mapped[str] = mapped_column(default="")

    citizen: Mapped[Citizen] = relationship()
    recorded_by: Mapped[Staff] = relationship(foreign_keys=recorded_by_id)
    withdrawn_by: Mapped[Staff | None] = relationship(foreign_keys=withdrawn_by_id)


class EmergencyAccess(Base):
    """Sixty minutes with a citizen of another department, with the reason and who read it after."""

    __tablename__ = "emergency_accesses"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"), index=True)
    citizen_id: Mapped[UUID] = mapped_column(
        ForeignKey("citizens.id", ondelete="CASCADE"), index=True
    )
    reason: Mapped[str]
    begun_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    seen_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))

    staff: Mapped[Staff] = relationship(foreign_keys=staff_id)
    citizen: Mapped[Citizen] = relationship()
    seen_by: Mapped[Staff | None] = relationship(foreign_keys=seen_by_id)


class LogCheckOutcome(StrEnum):
    """What a manager concluded about one look."""

    FINE = "fine"
    ASKED = "asked"
    WRONG = "wrong"


class LogCheck(Base):
    """A manager's check of the log: some looks drawn at random, each with an outcome."""

    __tablename__ = "log_checks"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    home_id: Mapped[UUID] = mapped_column(ForeignKey("homes.id", ondelete="CASCADE"), index=True)
    drawn_by_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    drawn_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    words: Mapped[str] = mapped_column(default="")

    drawn_by: Mapped[Staff] = relationship()
    items: Mapped[list["LogCheckItem"]] = relationship(order_by="LogCheckItem.rank")


class LogCheckItem(Base):
    """One look in a check of the log."""

    __tablename__ = "log_check_items"

    check_id: Mapped[UUID] = mapped_column(
        ForeignKey("log_checks.id", ondelete="CASCADE"), primary_key=True
    )
    event_id: Mapped[UUID] = mapped_column(ForeignKey("audit_events.id"), primary_key=True)
    rank: Mapped[int]
    outcome: Mapped[LogCheckOutcome | None] = mapped_column(text_enum(LogCheckOutcome))
    words: Mapped[str] = mapped_column(default="")

    event: Mapped[AuditEvent] = relationship()
