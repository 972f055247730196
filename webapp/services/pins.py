"""The PIN: choose it, forget it, and open a shared tablet with it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from webapp.adapters import passwords
from webapp.domain.errors import PinTooEasy
from webapp.domain.managing import check_manages
from webapp.domain.pins import TABLET_TRIES, check_pin, is_locked_out, still_counted, wait_after
from webapp.models import Device, PinLock, SignInMethod, Staff, StaffSession
from webapp.services import audit
from webapp.services.devices import exchange_secret, works_at
from webapp.services.sign_in import end_session, find_sleeping, open_session

DEMO_PIN: Final = "904715"
"""Everyone in the demo home has it. It opens nothing else."""


@dataclass(frozen=True, slots=True)
class PinTry:
    """A PIN held against what is kept.

    Attributes:
        staff_id: Whom it was tried for.
        right_hash: The hash it fitted; None when it fitted none, or one it may not be used with.
    """

    staff_id: UUID | None
    right_hash: str | None


@dataclass(frozen=True, slots=True)
class Opened:
    """A tablet was opened.

    Attributes:
        staff: Who is in.
        secret: For the session's cookie; None when the session that was locked goes on.
        tablet: A new secret for the tablet's cookie; None when the old one stays.
    """

    staff: Staff
    secret: str | None
    tablet: str | None


class Shut(StrEnum):
    """Why a PIN opened nothing."""

    WRONG = "wrong"
    WAIT = "wait"
    LOCKED_OUT = "locked_out"
    TABLET_LOCKED = "tablet_locked"


_REFUSED: Final = {Shut.LOCKED_OUT: "pin.lock_out", Shut.TABLET_LOCKED: "device.lock"}
"""What the log says of a wrong PIN that led to more than a wait."""


def set_pin(session: Session, staff: Staff, pin: str, *, now: datetime) -> None:
    """Give somebody the PIN they chose; the route has seen their password.

    Raises:
        PinUnfit, PinTooEasy.
    """
    check_pin(pin)
    if pin == DEMO_PIN:
        raise PinTooEasy
    staff.pin_hash = passwords.hash_password(pin)
    _forget_wrong_ones(session, staff)
    audit.record(session, "pin.set", actor=staff, at=now, object_id=staff.id)


def reset_pin(session: Session, staff: Staff, *, actor: Staff, now: datetime) -> None:
    """Forget somebody's PIN, if they have one; they choose a new one with their password.

    Raises:
        NotYoursToManage.
    """
    check_manages(actor, staff)
    if staff.pin_hash is None:
        return
    staff.pin_hash = None
    _forget_wrong_ones(session, staff)
    audit.record(session, "pin.reset", actor=actor, at=now, object_id=staff.id)


def try_pin(session: Session, staff_id: UUID | None, pin: str) -> PinTry:
    """Hold a PIN against what is kept. Slow on purpose, so it only reads and holds no lock.

    Unknown, without a PIN and wrong all take one check. What comes out opens nothing:
    `open_tablet` decides whether the try counts at all.

    Args:
        session: Only read; the caller ends the transaction.
        staff_id: Whose face was tapped; None for what is no id.
        pin: As typed.

    Raises:
        TooManyAtOnce.
    """
    staff = session.get(Staff, staff_id) if staff_id else None
    kept = staff.pin_hash if staff else None
    fits = passwords.verify_password(kept, pin)
    if not fits or not staff or (pin == DEMO_PIN and not staff.home.is_demo):
        return PinTry(staff_id, None)
    return PinTry(staff_id, kept)


def open_tablet(
    session: Session,
    tried: PinTry,
    device: Device,
    *,
    tablet: str,
    sleeping: str | None,
    now: datetime,
) -> Opened | Shut:
    """Let a try count: open the tablet when it was right, remember it when it was wrong.

    Tries on one tablet wait for each other here, so that a crowd of them at once finds out no
    more than one after another would. What is shut counts and tells nothing.

    Args:
        session: Committed by the caller whatever the answer.
        tried: From `try_pin`.
        device: The tablet it was typed on.
        tablet: The secret of its cookie.
        sleeping: The secret of the session this browser has, if any. The same person goes on with
            it; another person ends it.
        now: Aware.
    """
    session.refresh(device, with_for_update={"of": Device})
    if device.locked_at or device.revoked_at:
        return Shut.TABLET_LOCKED
    left = find_sleeping(session, sleeping, now=now, tablet=tablet) if sleeping else None
    staff = _staff_at(session, tried.staff_id, device, left)
    wrong = _wrong_pins_of(session, staff, device, now) if staff else None
    if wrong and is_locked_out(wrong.failures):
        return Shut.LOCKED_OUT
    if wrong and wrong.locked_until and wrong.locked_until > now:
        return Shut.WAIT
    if staff is None or not tried.right_hash or staff.pin_hash != tried.right_hash:
        known = staff.id if staff else None
        shut = _count_wrong(session, device, wrong, now)
        home = device.department.home_id
        action = _REFUSED.get(shut, "pin.refuse")
        audit.record(session, action, actor=None, at=now, object_id=known, home_id=home)
        return shut
    if wrong in session:
        session.delete(wrong)
    exchanged = exchange_secret(device, tablet, now=now)
    if left and left.staff_id == staff.id:
        left.locked_at, left.seen_at = None, now
        audit.record(session, "sign_in.unlock", actor=staff, at=now, object_id=staff.id)
        return Opened(staff, None, exchanged)
    if sleeping:
        end_session(session, sleeping, now)
    secret = open_session(session, staff, now=now, method=SignInMethod.PIN, device=device)
    audit.record(session, "sign_in.create", actor=staff, at=now, object_id=staff.id)
    return Opened(staff, secret, exchanged)


def lock_tablet(session: Session, opened: StaffSession, *, now: datetime) -> None:
    """Lock a tablet that somebody puts down; a PIN goes on with the session."""
    opened.locked_at = now
    audit.record(session, "sign_in.lock", actor=opened.staff, at=now, object_id=opened.staff_id)


def _staff_at(
    session: Session, staff_id: UUID | None, device: Device, left: StaffSession | None
) -> Staff | None:
    """Return whose face may be tapped on a tablet, or whose session sleeps there; else None."""
    staff = session.get(Staff, staff_id) if staff_id else None
    if staff is None or staff.deactivated_at:
        return None
    is_theirs = left is not None and left.staff_id == staff.id
    return staff if is_theirs or works_at(session, staff, device) else None


def _wrong_pins_of(session: Session, staff: Staff, device: Device, now: datetime) -> PinLock:
    """Return the count of a person on a tablet; its row is guarded by the tablet's own."""
    found = session.get(PinLock, (device.id, staff.id), populate_existing=True)
    if found is None:
        found = PinLock(device_id=device.id, staff_id=staff.id, failures=0, last_failed_at=now)
    return found


def _count_wrong(session: Session, device: Device, wrong: PinLock | None, now: datetime) -> Shut:
    """Remember a wrong PIN, and say what it led to."""
    device.wrong_pins = [*still_counted(device.wrong_pins, now), int(now.timestamp())]
    shut = Shut.WRONG
    if wrong:
        session.add(wrong)
        wrong.failures += 1
        wrong.last_failed_at = now
        wait = wait_after(wrong.failures)
        wrong.locked_until = now + wait if wait else None
        shut = Shut.WAIT if wait else shut
        shut = Shut.LOCKED_OUT if is_locked_out(wrong.failures) else shut
    if len(device.wrong_pins) >= TABLET_TRIES:
        device.locked_at = now
        return Shut.TABLET_LOCKED
    return shut


def _forget_wrong_ones(session: Session, staff: Staff) -> None:
    session.execute(delete(PinLock).where(PinLock.staff_id == staff.id))
