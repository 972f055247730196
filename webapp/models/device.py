"""The tablets of a department, how they were let in, and wrong PINs tried on them."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import Base
from webapp.models.home import Department, Staff


class Device(Base):
    """An enrolled tablet. Its cookie holds a secret; only its SHA-256 (hex) is stored here.

    The secret is exchanged now and then; the one before stays good until the new one was used,
    because an answer may be lost. `waiting` is how many entries the tablet said it had not sent,
    `waiting_since` when the oldest of them was made; None while nothing waits. `persisted` is
    whether its browser promised to keep them; None when it never said.
    `wrong_pins` are the times of the wrong PINs within the last hour, in seconds since 1970;
    `locked_at` is set after too many of them, until a manager opens it.
    """

    __tablename__ = "devices"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    department_id: Mapped[UUID] = mapped_column(
        ForeignKey("departments.id", ondelete="RESTRICT"), index=True
    )
    name: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    token_hash_before: Mapped[str | None] = mapped_column(index=True)
    token_made_at: Mapped[datetime]
    enrolled_by_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    enrolled_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    app_version: Mapped[str] = mapped_column(default="")
    waiting: Mapped[int] = mapped_column(default=0)
    waiting_since: Mapped[datetime | None]
    persisted: Mapped[bool | None]
    wrong_pins: Mapped[list[int]] = mapped_column(default=list)
    locked_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    department: Mapped[Department] = relationship()
    enrolled_by: Mapped[Staff] = relationship()


class DeviceEnrolment(Base):
    """A code that lets one tablet in, once, within ten minutes. Only its keyed hash is stored."""

    __tablename__ = "device_enrolments"

    code_hash: Mapped[str] = mapped_column(primary_key=True)
    department_id: Mapped[UUID] = mapped_column(ForeignKey("departments.id", ondelete="CASCADE"))
    name: Mapped[str]
    made_by_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    department: Mapped[Department] = relationship()
    made_by: Mapped[Staff] = relationship()


class PinLock(Base):
    """Wrong PINs of one person on one tablet."""

    __tablename__ = "pin_locks"

    device_id: Mapped[UUID] = mapped_column(
        ForeignKey("devices.id", ondelete="CASCADE"), primary_key=True
    )
    staff_id: Mapped[UUID] = mapped_column(
        ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    failures: Mapped[int] = mapped_column(default=0)
    last_failed_at: Mapped[datetime]
    locked_until: Mapped[datetime | None]
