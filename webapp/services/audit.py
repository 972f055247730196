"""The single door to the audit log. Says who, what and whom; never what the record said."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from webapp.models import AuditEvent, Staff

_TOLD: Final = "smaategn_audited"


def record(
    session: Session,
    action: str,
    *,
    actor: Staff | None,
    at: datetime,
    citizen_id: UUID | None = None,
    object_id: UUID | None = None,
) -> AuditEvent:
    """Add one audit event.

    Args:
        session: The event is committed with whatever it tells of.
        action: `thing.verb`, such as `observation.create`.
        actor: Who; None for someone who is not signed in.
        at: Aware.
        citizen_id: Whose record was touched, if anyone's.
        object_id: The row that was touched, if one was.
    """
    event = AuditEvent(
        at=at,
        home_id=actor.home_id if actor else None,
        actor_id=actor.id if actor else None,
        action=action,
        citizen_id=citizen_id,
        object_id=object_id,
    )
    session.add(event)
    session.info[_TOLD] = True
    return event


def has_told(session: Session) -> bool:
    """Tell whether anything was recorded since this was last asked."""
    return bool(session.info.pop(_TOLD, False))
