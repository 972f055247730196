"""The person supported, and the few staff responsible for the plan."""

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


class Citizen(Base):
    """The person supported: borger, barn or den unge."""

    __tablename__ = "citizens"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    department_id: Mapped[UUID] = mapped_column(
        ForeignKey("departments.id", ondelete="RESTRICT"), index=True
    )
    kind: Mapped[CitizenKind] = mapped_column(text_enum(CitizenKind))
    first_name: Mapped[str]
    last_name: Mapped[str]
    what_helps: Mapped[str] = mapped_column(default="")

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
