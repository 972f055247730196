"""Let tablets in, name them, lock and open them, and let them go."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import Select, delete, func, or_, select, update
from sqlalchemy.orm import Session, joinedload

from webapp.domain.pins import TRIES
from webapp.domain.syncing import is_silent
from webapp.domain.tablet_codes import CODE_LIFE, draw_code, is_open, read_code
from webapp.domain.throttle import HERE, network_of
from webapp.models import (
    Department,
    DepartmentStaff,
    Device,
    DeviceEnrolment,
    Home,
    PinLock,
    Staff,
    StaffSession,
)
from webapp.services import audit
from webapp.services.sign_in import end_session, hash_secret
from webapp.services.sync_grants import missing_from
from webapp.services.throttling import count_failure, counters_of, drop_empty, is_shut

SECRET_LIFE: Final = timedelta(days=1)
"""A tablet's secret is exchanged at the first PIN after this."""

ANSWER_LIFE: Final = timedelta(minutes=1)
"""Within this an answer with a new secret may still be on its way."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A tablet on the list.

    Attributes:
        device: With its department and who let it in.
        locked_out: First names of those whose PIN it takes no more.
        missing: By first name, how many entries it said it had and has no more; may be empty.
        is_silent: Whether nothing was heard of it for long.
    """

    device: Device
    locked_out: tuple[str, ...]
    missing: Mapping[str, int]
    is_silent: bool

    @property
    def may_be_wiped(self) -> bool:
        """Whether all that was ever logged on it has come, as far as it told lately."""
        return not (self.device.waiting or self.missing or self.is_silent)


def make_code(
    session: Session,
    department: Department,
    name: str,
    *,
    pepper: bytes,
    actor: Staff,
    now: datetime,
) -> str:
    """Return a code that lets one tablet in, once, within ten minutes. Only its hash is kept.

    Args:
        session: Not committed here.
        department: Where the tablet lies.
        name: What colleagues call it: "Køkkenet".
        pepper: Keys the hash.
        actor: Who answers for the tablet.
        now: Aware.
    """
    session.execute(delete(DeviceEnrolment).where(DeviceEnrolment.made_at <= now - CODE_LIFE))
    code = draw_code(secrets.choice)
    session.add(
        DeviceEnrolment(
            code_hash=_code_hash(code, pepper),
            department=department,
            name=name,
            made_by=actor,
            made_at=now,
        )
    )
    audit.record(session, "device.offer", actor=actor, at=now, object_id=department.id)
    return code


def enrol(
    session: Session,
    typed: str,
    *,
    address: str,
    pepper: bytes,
    release: str,
    now: datetime,
    instead_of: tuple[str | None, str | None] = (None, None),
) -> tuple[Device, str] | None:
    """Let a tablet in for a code. Whoever was signed in on it is signed out.

    Args:
        session: Committed by the caller whatever the answer: wrong codes are counted here.
        typed: As somebody typed it.
        address: The network address it came from.
        pepper: Keys the hashes of codes and of networks.
        release: Of the app on the tablet.
        now: Aware.
        instead_of: The secrets of the tablet that this browser was until now, and of the session
            it has; both end.

    Returns:
        The tablet and the secret for its cookie; None when the code opens nothing.
    """
    doors = {HERE: ("tablet code", network_of(address))}
    counters = counters_of(session, doors, pepper=pepper, now=now)
    if is_shut(counters, now):
        return None
    # Two tablets with the same code wait for each other here, and the second finds it used.
    offered = session.get(
        DeviceEnrolment, _code_hash(read_code(typed), pepper), with_for_update=True
    )
    if offered is None or not is_open(offered.made_at, offered.used_at, now):
        count_failure(counters, now)
        home = offered.department.home_id if offered else _only_home(session)
        audit.record(session, "device.refuse", actor=None, at=now, home_id=home)
        return None
    drop_empty(session, counters.values())
    offered.used_at = now
    tablet, opened = instead_of
    if tablet and (old := find_device(session, tablet)):
        _let_go(session, old, now)
    if opened:
        end_session(session, opened, now)
    secret = secrets.token_urlsafe(32)
    device = Device(
        department=offered.department,
        name=offered.name,
        token_hash=hash_secret(secret),
        token_made_at=now,
        enrolled_by=offered.made_by,
        enrolled_at=now,
        seen_at=now,
        app_version=release,
    )
    session.add(device)
    session.flush()
    audit.record(
        session, "device.enrol", actor=offered.made_by, at=now, object_id=device.id,
        device_id=device.id,
    )  # fmt: skip
    return device, secret


def _only_home(session: Session) -> UUID | None:
    """Return the home of an installation that has one; None where nobody can tell which."""
    homes = session.scalars(select(Home.id).limit(2)).all()
    return homes[0] if len(homes) == 1 else None


def find_device(session: Session, secret: str) -> Device | None:
    """Return the tablet a cookie's secret names, with its department and home; else None.

    None when it was let go, or never was. The secret before the newest one counts too.
    """
    hashed = hash_secret(secret)
    return session.scalar(
        select(Device)
        .where(or_(Device.token_hash == hashed, Device.token_hash_before == hashed))
        .where(Device.revoked_at.is_(None))
        .options(joinedload(Device.department).joinedload(Department.home))
    )


def exchange_secret(device: Device, secret: str, *, now: datetime) -> str | None:
    """Return a new secret for a tablet's cookie, once a day; None when the old one stays.

    The old one stays good until the tablet has used the new one: the answer may be lost. The
    caller has locked the tablet's row.

    Args:
        device: The tablet.
        secret: The one it has just used.
        now: Aware.
    """
    is_newest = hash_secret(secret) == device.token_hash
    if now - device.token_made_at < (SECRET_LIFE if is_newest else ANSWER_LIFE):
        return None
    new = secrets.token_urlsafe(32)
    device.token_hash_before = hash_secret(secret)
    device.token_hash, device.token_made_at = hash_secret(new), now
    return new


def note_seen(
    session: Session, opened: StaffSession, *, release: str, tablet: str | None, now: datetime
) -> None:
    """Note that somebody is there, and with them the tablet. Never waits for another request."""
    own = select(StaffSession.token_hash).where(StaffSession.token_hash == opened.token_hash)
    session.execute(
        update(StaffSession)
        .where(StaffSession.token_hash.in_(own.with_for_update(skip_locked=True)))
        .values(seen_at=now)
    )
    if opened.device_id is None:
        return
    lying = select(Device.id).where(Device.id == opened.device_id)
    used: dict[str, object] = {"seen_at": now, "app_version": release}
    if tablet and opened.device and hash_secret(tablet) == opened.device.token_hash:
        # The new secret has arrived, so the one before is spent.
        used["token_hash_before"] = None
    session.execute(
        update(Device).where(Device.id.in_(lying.with_for_update(skip_locked=True))).values(**used)
    )


def note_batch(
    session: Session,
    device_id: UUID,
    *,
    waiting: int,
    waiting_since: datetime | None,
    persisted: bool | None,
    release: str,
    now: datetime,
) -> None:
    """Note what a tablet tells of itself when it delivers. Never waits for another request.

    Args:
        session: Not committed here.
        device_id: One that was let go is left alone.
        waiting: How many entries it still has.
        waiting_since: When the oldest of them was made; None when nothing waits.
        persisted: Whether its browser promised to keep them; None when this time it does not say.
        release: Of the app on it.
        now: Aware.
    """
    lying = select(Device.id).where(Device.id == device_id, Device.revoked_at.is_(None))
    session.execute(
        update(Device)
        .where(Device.id.in_(lying.with_for_update(skip_locked=True)))
        .values(
            waiting=waiting,
            waiting_since=waiting_since,
            persisted=Device.persisted if persisted is None else persisted,
            seen_at=now,
            app_version=release,
        )
    )


def rename(session: Session, device: Device, name: str, *, actor: Staff, now: datetime) -> None:
    """Call a tablet something else."""
    device.name = name
    audit.record(session, "device.rename", actor=actor, at=now, object_id=device.id)


def revoke(session: Session, device: Device, *, actor: Staff, now: datetime) -> None:
    """Let a tablet go: its cookie opens nothing more, and whoever is signed in on it is out."""
    _let_go(session, device, now)
    audit.record(session, "device.revoke", actor=actor, at=now, object_id=device.id)


def open_locked(session: Session, device: Device, *, actor: Staff, now: datetime) -> None:
    """Forget all wrong PINs on a tablet, so that everyone's PIN opens it again."""
    session.refresh(device, with_for_update={"of": Device})
    device.locked_at, device.wrong_pins = None, []
    for lock in session.scalars(select(PinLock).where(PinLock.device_id == device.id)):
        session.delete(lock)
    audit.record(session, "device.open", actor=actor, at=now, object_id=device.id)


def shown(session: Session, departments: Select[UUID], *, now: datetime) -> list[Shown]:
    """Return the tablets of some departments by department and name; may be empty."""
    devices = session.scalars(
        select(Device)
        .join(Device.department)
        .where(Device.department_id.in_(departments), Device.revoked_at.is_(None))
        .options(joinedload(Device.department), joinedload(Device.enrolled_by))
        .order_by(Department.name, Device.name)
    ).all()
    out: dict[UUID, list[str]] = {device.id: [] for device in devices}
    locked_out = select(PinLock.device_id, Staff.first_name).join(
        Staff, Staff.id == PinLock.staff_id
    )
    for device_id, first_name in session.execute(
        locked_out.where(PinLock.device_id.in_(out), PinLock.failures >= TRIES)
    ):
        out[device_id].append(first_name)
    missing = missing_from(session, devices, now=now)
    return [
        Shown(
            device,
            tuple(sorted(out[device.id])),
            missing[device.id],
            is_silent(device.seen_at, now),
        )
        for device in devices
    ]


def places(session: Session, departments: Select[UUID]) -> list[Department]:
    """Return departments by name; may be empty."""
    query = select(Department).where(Department.id.in_(departments)).order_by(Department.name)
    return list(session.scalars(query))


def locked(session: Session, departments: Select[UUID]) -> list[Device]:
    """Return the tablets of some departments that wait for a manager; may be empty."""
    return list(
        session.scalars(
            select(Device)
            .where(Device.department_id.in_(departments), Device.revoked_at.is_(None))
            .where(Device.locked_at.is_not(None))
            .options(joinedload(Device.department))
            .order_by(Device.locked_at)
        )
    )


def people_of(session: Session, device: Device) -> list[Staff]:
    """Return who works where a tablet lies, those who used it last first, then by name."""
    last = func.max(StaffSession.started_at)
    used = (
        select(StaffSession.staff_id, last.label("at"))
        .where(StaffSession.device_id == device.id)
        .group_by(StaffSession.staff_id)
        .subquery()
    )
    return list(
        session.scalars(
            select(Staff)
            .join(DepartmentStaff, DepartmentStaff.staff_id == Staff.id)
            .outerjoin(used, used.c.staff_id == Staff.id)
            .where(DepartmentStaff.department_id == device.department_id)
            .where(Staff.deactivated_at.is_(None))
            .order_by(used.c.at.is_(None), used.c.at.desc(), Staff.first_name, Staff.id)
        )
    )


def works_at(session: Session, staff: Staff, device: Device) -> bool:
    """Tell whether somebody works where a tablet lies."""
    return session.get(DepartmentStaff, (device.department_id, staff.id)) is not None


def _let_go(session: Session, device: Device, now: datetime) -> None:
    device.revoked_at = device.revoked_at or now
    session.execute(
        update(StaffSession)
        .where(StaffSession.device_id == device.id, StaffSession.ended_at.is_(None))
        .values(ended_at=now)
    )


def _code_hash(code: str, pepper: bytes) -> str:
    return hmac.new(pepper, f"tablet:{code}".encode(), hashlib.sha256).hexdigest()
