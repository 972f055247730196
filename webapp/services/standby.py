"""Who can open a tablet without network: their keys, as long as they count."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, joinedload

from webapp.domain.pins import is_locked_out
from webapp.domain.syncing import STANDBY_LASTS
from webapp.models import DepartmentStaff, Device, PinLock, Staff, StaffSession, StandbyKey
from webapp.services import audit


def keep_keys(
    session: Session,
    device: Device,
    *,
    sign_key: Mapping[str, str],
    open_key: Mapping[str, str],
    actor: Staff,
    now: datetime,
) -> None:
    """Remember the keys that a tablet has just put under somebody's PIN.

    Args:
        session: Not committed here.
        device: The tablet.
        sign_key: A public JWK, checked: what is signed with it is theirs.
        open_key: Another: what is sealed to it is for them.
        actor: Whose PIN opened the tablet.
        now: Aware.
    """
    kept = session.get(StandbyKey, (device.id, actor.id), with_for_update=True)
    if kept is None:
        kept = StandbyKey(device_id=device.id, staff_id=actor.id)
        session.add(kept)
    kept.sign_key, kept.open_key = dict(sign_key), dict(open_key)
    kept.pin, kept.made_at = _digest(actor.pin_hash), now
    audit.record(session, "standby_key.create", actor=actor, at=now, object_id=actor.id)


def keys_of(session: Session, device: Device, *, now: datetime) -> Sequence[StandbyKey]:
    """Return the keys that count on a tablet; may be empty.

    They count for whoever works where it lies, opened it within the last days with the PIN they
    still have, and has not shut themselves out of it. By first name. None count where the home says
    no.
    """
    if not device.department.home.unlocks_offline or device.locked_at or device.revoked_at:
        return []
    used_lately = exists().where(
        StaffSession.device_id == device.id,
        StaffSession.staff_id == StandbyKey.staff_id,
        StaffSession.started_at > now - STANDBY_LASTS,
    )
    rows = session.execute(
        select(StandbyKey, PinLock.failures)
        .join(StandbyKey.staff)
        .join(DepartmentStaff, DepartmentStaff.staff_id == Staff.id)
        .outerjoin(
            PinLock, (PinLock.device_id == device.id) & (PinLock.staff_id == StandbyKey.staff_id)
        )
        .where(
            StandbyKey.device_id == device.id,
            DepartmentStaff.department_id == device.department_id,
            Staff.deactivated_at.is_(None),
            used_lately,
        )
        .options(joinedload(StandbyKey.staff))
        .order_by(Staff.first_name, Staff.id)
    )
    return [
        key
        for key, failures in rows
        if key.pin == _digest(key.staff.pin_hash) and not is_locked_out(failures or 0)
    ]


def find_key(
    session: Session, device: Device, staff_id: UUID, *, now: datetime
) -> StandbyKey | None:
    """Return one person's keys if they count; else None."""
    return next(
        (key for key in keys_of(session, device, now=now) if key.staff_id == staff_id), None
    )


def _digest(pin_hash: str | None) -> str:
    return hashlib.sha256((pin_hash or "").encode()).hexdigest()
