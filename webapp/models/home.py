"""The home: its departments, its shifts, the people who work there."""

from datetime import datetime, time
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import Base, text_enum


class Role(StrEnum):
    """What a member of staff is at work; decides rights in `domain/permissions.py`."""

    STAFF = "staff"
    FACILITATOR = "facilitator"
    MANAGER = "manager"
    ADMIN = "admin"


class Home(Base):
    """The home. Owns departments, shifts and settings."""

    __tablename__ = "homes"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[str]
    timezone: Mapped[str] = mapped_column(default="Europe/Copenhagen")
    is_demo: Mapped[bool] = mapped_column(default=False)
    idle_lock_minutes: Mapped[int] = mapped_column(default=3)
    unlocks_offline: Mapped[bool] = mapped_column(default=True)
    second_factor_for_all: Mapped[bool] = mapped_column(default=False)
    log_check_months: Mapped[int] = mapped_column(default=6)


class Department(Base):
    """A part of the home that staff and citizens belong to."""

    __tablename__ = "departments"
    __table_args__ = (UniqueConstraint("home_id", "name"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    home_id: Mapped[UUID] = mapped_column(ForeignKey("homes.id", ondelete="CASCADE"))
    name: Mapped[str]
    description: Mapped[str] = mapped_column(default="")

    home: Mapped[Home] = relationship()


class Shift(Base):
    """The home's own hours for day, evening and night; local time. May pass midnight."""

    __tablename__ = "shifts"
    __table_args__ = (UniqueConstraint("home_id", "starts_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    home_id: Mapped[UUID] = mapped_column(ForeignKey("homes.id", ondelete="CASCADE"))
    name: Mapped[str]
    starts_at: Mapped[time]
    ends_at: Mapped[time]


class Staff(Base):
    """Someone who signs in. The e-mail address is kept in lower case and names one person.

    `totp_secret` is sealed with the server's key; it counts once `totp_confirmed_at` is set.
    `totp_last_step` is the last 30 seconds a code was used for: a code opens once.
    """

    __tablename__ = "staff"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    home_id: Mapped[UUID] = mapped_column(ForeignKey("homes.id", ondelete="CASCADE"), index=True)
    first_name: Mapped[str]
    last_name: Mapped[str]
    email: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str | None]
    role: Mapped[Role] = mapped_column(text_enum(Role), default=Role.STAFF)
    deactivated_at: Mapped[datetime | None]
    pin_hash: Mapped[str | None]
    totp_secret: Mapped[str | None]
    totp_confirmed_at: Mapped[datetime | None]
    totp_last_step: Mapped[int] = mapped_column(default=0)

    home: Mapped[Home] = relationship()
    departments: Mapped[list[Department]] = relationship(
        secondary="department_staff", order_by=Department.name
    )


class DepartmentStaff(Base):
    """One person's belonging to one department. A substitute or a manager may have several."""

    __tablename__ = "department_staff"

    department_id: Mapped[UUID] = mapped_column(
        ForeignKey("departments.id", ondelete="CASCADE"), primary_key=True
    )
    staff_id: Mapped[UUID] = mapped_column(
        ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True, index=True
    )
