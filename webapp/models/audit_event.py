"""Who did or saw what, when. Never what it said."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base


class AuditEvent(Base):
    """One act: `action` is `thing.verb`. No foreign keys, so that it outlives what it names.

    `reason` is only ever a reason somebody must give for the act itself, never text of a record.
    """

    __tablename__ = "audit_events"
    __table_args__ = (
        Index(None, "citizen_id", "at"),
        Index(None, "actor_id", "at"),
        Index(None, "home_id", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    at: Mapped[datetime]
    home_id: Mapped[UUID | None]
    actor_id: Mapped[UUID | None]
    action: Mapped[str]
    citizen_id: Mapped[UUID | None]
    object_id: Mapped[UUID | None]
    device_id: Mapped[UUID | None]
    reason: Mapped[str | None]


class AuditLink(Base):
    """One link of the chain over the audit log: without gaps, each sealing the one before.

    `digest` is the SHA-256 (hex) of the link before and of all that the event says.
    """

    __tablename__ = "audit_links"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    event_id: Mapped[UUID] = mapped_column(unique=True)
    digest: Mapped[str]
