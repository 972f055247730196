"""Who did or saw what, when. Never what it said."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base


class AuditEvent(Base):
    """One act: `action` is `thing.verb`. No foreign keys, so that it outlives what it names."""

    __tablename__ = "audit_events"
    __table_args__ = (Index(None, "citizen_id", "at"), Index(None, "actor_id", "at"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    at: Mapped[datetime]
    home_id: Mapped[UUID | None]
    actor_id: Mapped[UUID | None]
    action: Mapped[str]
    citizen_id: Mapped[UUID | None]
    object_id: Mapped[UUID | None]
