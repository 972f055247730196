"""The person supported, and the few staff responsible for the plan."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import Base, text_enum
from webapp.models.home import Department


class CitizenKind(StrEnum):
    """Decides templates and words on screen."""

    ADULT = "adult"
    CHILD = "child"
    YOUNG = "young"


class ContactKind(StrEnum):
    """Who someone outside the house is to the citizen."""

    RELATIVE = "relative"
    CUSTODY_HOLDER = "custody_holder"
    GUARDIAN = "guardian"
    CASEWORKER = "caseworker"
    DAY_CENTRE = "day_centre"
    SCHOOL = "school"
    DOCTOR = "doctor"
    OTHER = "other"


class Citizen(Base):
    """The person supported: borger, barn or den unge.

    `what_helps` and `what_to_avoid` stand on top of the day: short. `legal_ground` is a code from
    the home's own list, `taxonomy` the code of the themes the plan is ordered by ("" by kind).
    """

    __tablename__ = "citizens"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    department_id: Mapped[UUID] = mapped_column(
        ForeignKey("departments.id", ondelete="RESTRICT"), index=True
    )
    kind: Mapped[CitizenKind] = mapped_column(text_enum(CitizenKind))
    first_name: Mapped[str]
    last_name: Mapped[str]
    what_helps: Mapped[str] = mapped_column(default="")
    what_to_avoid: Mapped[str] = mapped_column(default="")
    born_on: Mapped[date | None]
    moved_in_on: Mapped[date | None]
    legal_ground: Mapped[str] = mapped_column(default="")
    municipality: Mapped[str] = mapped_column(default="")
    languages: Mapped[str] = mapped_column(default="")
    taxonomy: Mapped[str] = mapped_column(default="")

    department: Mapped[Department] = relationship()


class ContactTeam(Base):
    """One member of the contact team: the staff responsible for a citizen's plan."""

    __tablename__ = "contact_teams"

    citizen_id: Mapped[UUID] = mapped_column(
        ForeignKey("citizens.id", ondelete="CASCADE"), primary_key=True
    )
    staff_id: Mapped[UUID] = mapped_column(
        ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Contact(Base):
    """Someone around the citizen: how they are reached and what may be shared with them."""

    __tablename__ = "contacts"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    citizen_id: Mapped[UUID] = mapped_column(
        ForeignKey("citizens.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[ContactKind] = mapped_column(text_enum(ContactKind))
    name: Mapped[str]
    organisation: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    how_reached: Mapped[str] = mapped_column(default="")
    may_share: Mapped[str] = mapped_column(default="")
    archived_at: Mapped[datetime | None]

    citizen: Mapped[Citizen] = relationship()
