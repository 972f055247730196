"""The single door to the audit log. Says who, what and whom; never what the record said."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from webapp.models import AuditEvent, Staff
from webapp.services.audit_chain import seal_at_commit

_TOLD: Final = "smaategn_audited"
_DEVICE: Final = "smaategn_device"
_EMERGENCY: Final = "smaategn_emergency"


def record(
    session: Session,
    action: str,
    *,
    actor: Staff | None,
    at: datetime,
    citizen_id: UUID | None = None,
    object_id: UUID | None = None,
    device_id: UUID | None = None,
    home_id: UUID | None = None,
    reason: str | None = None,
) -> AuditEvent:
    """Add one audit event. It is sealed when it is committed; see `audit_chain`.

    Args:
        session: The event is committed with whatever it tells of.
        action: `thing.verb`, such as `observation.create`.
        actor: Who; None for someone who is not signed in.
        at: Aware.
        citizen_id: Whose record was touched, if anyone's.
        object_id: The row that was touched, if one was.
        device_id: The tablet; left out, the one that `act_on` named, if any.
        home_id: Where it is told; left out, where whoever acts works, or whom it was tried on.
        reason: Why, where the act itself asks for a reason; never text of a record. Left out, the
            one that `act_in_emergency` named, if the citizen is that one.
    """
    citizen_in_emergency, why = session.info.get(_EMERGENCY, (None, None))
    if reason is None and citizen_id is not None and citizen_id == citizen_in_emergency:
        reason = why
    # Who is not signed in, as at a refused log-in, acts on somebody: it is told in their home.
    known = actor or (session.get(Staff, object_id) if object_id else None)
    event = AuditEvent(
        at=at,
        home_id=home_id or (known.home_id if known else None),
        actor_id=actor.id if actor else None,
        action=action,
        citizen_id=citizen_id,
        object_id=object_id,
        device_id=device_id or session.info.get(_DEVICE),
        reason=reason,
    )
    session.add(event)
    session.info[_TOLD] = True
    seal_at_commit(session, event)
    return event


def act_on(session: Session, device_id: UUID | None) -> None:
    """Say which tablet all that this session records is done on; None for no enrolled one."""
    session.info[_DEVICE] = device_id


def act_in_emergency(session: Session, citizen_id: UUID, reason: str) -> None:
    """Say why somebody is with a citizen of another department, for all that is recorded of it."""
    session.info[_EMERGENCY] = (citizen_id, reason)


def act_as_usual(session: Session) -> None:
    """Take back what was said of tablet and emergency: what follows is someone else's."""
    session.info.pop(_DEVICE, None)
    session.info.pop(_EMERGENCY, None)


def has_told(session: Session) -> bool:
    """Tell whether anything was recorded since this was last asked."""
    return bool(session.info.pop(_TOLD, False))
