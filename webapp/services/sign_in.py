"""Sign in and out. Every sign-in is a row; a cookie without a live row opens nothing."""

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload, selectinload

from webapp.adapters import passwords
from webapp.domain.idling import is_gone, must_lock
from webapp.domain.second_factor import Standing, is_required, standing
from webapp.domain.throttle import HERE, PERSON, PERSON_FROM_HERE, network_of
from webapp.models import Device, PinLock, SignInMethod, Staff, StaffSession
from webapp.services import audit
from webapp.services.throttling import (
    Counters,
    count_failure,
    counters_of,
    drop_empty,
    drop_forgotten,
    is_shut,
)

SESSION_LENGTH: Final = timedelta(hours=10)
HALF_SESSION_LENGTH: Final = timedelta(minutes=30)
"""How long after the password the second factor may come."""

DEMO_PASSWORD: Final = "smaategn-demo"  # noqa: S105
"""Everyone in the demo home has it and the README says so. It opens nothing else."""


@dataclass(frozen=True, slots=True)
class Try:
    """A password held against what is kept.

    Attributes:
        email: As it is stored.
        right_hash: The hash it fitted; None when it fitted none, or one it may not be used with.
        better_hash: The same password at today's cost, when the kept hash is older.
    """

    email: str
    right_hash: str | None
    better_hash: str | None = None


def try_password(session: Session, email: str, password: str) -> Try:
    """Hold a password against what is kept. Slow on purpose, so it only reads and holds no lock.

    Unknown, deactivated and wrong all take one check, so that nobody learns which addresses exist.
    What comes out opens nothing: `sign_in` decides whether the try counts at all.

    Args:
        session: Only read; the caller ends the transaction.
        email: As typed.
        password: As typed.
    """
    email = normalise_email(email)
    staff = find_staff(session, email)
    kept = staff.password_hash if staff else None
    fits = passwords.verify_password(kept, password)
    # The demo password is printed for all to see, so it opens nothing but the demo home.
    if not fits or not kept or not staff or (password == DEMO_PASSWORD and not staff.home.is_demo):
        return Try(email, None)
    older = passwords.needs_rehash(kept)
    return Try(email, kept, passwords.hash_password(password) if older else None)


def sign_in(
    session: Session,
    tried: Try,
    *,
    address: str,
    pepper: bytes,
    now: datetime,
    instead_of: str | None = None,
    device: Device | None = None,
) -> tuple[Staff, str] | None:
    """Let a try count: open a session when it was right, remember it when it was wrong.

    Where a second factor is needed, what is opened leads to that and no further; see
    `standing_of`.

    Args:
        session: Committed by the caller whatever the answer: wrong tries are counted here.
        tried: From `try_password`.
        address: The network address the try came from.
        pepper: Keys the hashes under which tries are counted.
        now: Aware.
        instead_of: The secret of the session this browser had so far, if any; it ends.
        device: The shared tablet it happens on, if it is one.

    Returns:
        Who it is and the secret for the cookie; None when refused, for whatever reason.
    """
    staff = let_count(session, tried, address=address, pepper=pepper, now=now)
    if staff is None:
        return None
    if device and device.department.home_id != staff.home_id:
        # Whoever works elsewhere is nobody here; what they do would be logged in another home.
        audit.record(session, "sign_in.refuse", actor=None, at=now, object_id=staff.id)
        return None
    if instead_of:
        end_session(session, instead_of, now)
    opened, secret = _add_session(session, staff, now=now, device=device)
    action = "sign_in.create"
    if standing_of(opened) is not Standing.SIGNED_IN:
        action = "sign_in.begin"
    audit.record(session, action, actor=staff, at=now, object_id=staff.id)
    return staff, secret


def let_count(
    session: Session, tried: Try, *, address: str, pepper: bytes, now: datetime
) -> Staff | None:
    """Return whose password it was; None, remembered and audited, when it was wrong.

    Tries against the same door wait for each other here, so that a crowd of them at once finds
    out no more than one after another would. A door that is shut remembers nothing: else whoever
    keeps knocking would keep it shut for ever.

    Args:
        session: Committed by the caller whatever the answer.
        tried: From `try_password`.
        address: The network address the try came from.
        pepper: Keys the hashes under which tries are counted.
        now: Aware.
    """
    counters = _counters(session, tried.email, address, pepper, now)
    if is_shut(counters, now):
        drop_empty(session, counters.values())
        return None
    staff = find_staff(session, tried.email)
    if staff:
        # Held, so that no try with the old password passes a new one that is being stored.
        session.refresh(staff, ["password_hash", "deactivated_at"], with_for_update=True)
    still_right = staff and tried.right_hash and staff.password_hash == tried.right_hash
    if not staff or not still_right or staff.deactivated_at:
        count_failure(counters, now)
        known = staff.id if staff else None
        audit.record(session, "sign_in.refuse", actor=None, at=now, object_id=known)
        return None
    staff.password_hash = tried.better_hash or staff.password_hash
    counters[PERSON_FROM_HERE].failures = counters[PERSON].failures = 0
    drop_empty(session, counters.values())
    drop_forgotten(session, now)
    return staff


def open_session(
    session: Session,
    staff: Staff,
    *,
    now: datetime,
    method: SignInMethod = SignInMethod.PASSWORD,
    device: Device | None = None,
    proved_at: datetime | None = None,
) -> str:
    """Add a session for someone already known to be who they say; return the cookie's secret.

    It is as fresh as their proof, which was given now unless `proved_at` says when.

    On a shared tablet every way in but the PIN itself forgets the person's wrong PINs there.
    """
    opened, secret = _add_session(session, staff, now=now, method=method, device=device)
    opened.started_at = proved_at or now
    return secret


def exchange_session(
    session: Session, secret: str, *, now: datetime, method: SignInMethod | None = None
) -> str:
    """Put a new session in the place of one, after another proof; return the cookie's secret.

    A secret that somebody saw before the proof opens nothing after it.

    Args:
        session: The old session ends.
        secret: Of a live session.
        now: Aware; when the proof was given.
        method: How; as before when None.
    """
    old = session.get_one(StaffSession, hash_secret(secret))
    new, opened = _add_session(
        session, old.staff, now=now, method=method or old.method, device=old.device
    )
    if standing_of(old) is Standing.SIGNED_IN:
        # A proof on the way does not make the working day longer.
        new.ends_at = old.ends_at
    old.ended_at = now
    return opened


def standing_of(opened: StaffSession) -> Standing:
    """Return how far a session leads; see `domain/second_factor.py`."""
    staff = opened.staff
    return standing(
        required=is_required(
            staff.role,
            for_all=staff.home.second_factor_for_all,
            is_demo=staff.home.is_demo,
        ),
        has_factor=staff.totp_confirmed_at is not None,
        method=opened.method,
        on_tablet=opened.device is not None,
    )


def find_session(
    session: Session, secret: str, *, now: datetime, tablet: str | None = None
) -> StaffSession | None:
    """Return the live session a cookie's secret opens, its person and departments loaded.

    None when it was ended, has run out, never was, the person is deactivated, the tablet is
    locked, or nobody has been there for an hour.

    Args:
        session: Only read.
        secret: From the session's cookie.
        now: Aware.
        tablet: From the cookie of a shared tablet; a session begun on one opens nothing elsewhere.
    """
    found = find_sleeping(session, secret, now=now, tablet=tablet)
    return None if found is None or is_asleep(found, now) else found


def find_sleeping(
    session: Session, secret: str, *, now: datetime, tablet: str | None = None
) -> StaffSession | None:
    """Return a session as `find_session` does, also when only a PIN is missing to go on with it."""
    # Every request begins with this, so it is one query.
    found = (
        session.scalars(
            select(StaffSession)
            .where(StaffSession.token_hash == hash_secret(secret))
            .options(
                joinedload(StaffSession.device),
                joinedload(StaffSession.staff).options(
                    joinedload(Staff.home), joinedload(Staff.departments)
                ),
            )
        )
        .unique()
        .one_or_none()
    )
    if found is None or found.ended_at or found.ends_at <= now or found.staff.deactivated_at:
        return None
    if found.device is None:
        return None if is_gone(found.seen_at, now) else found
    return found if is_credential_of(found.device, tablet) else None


def is_asleep(opened: StaffSession, now: datetime) -> bool:
    """Tell whether a session waits for the PIN: its tablet was put down, or left lying."""
    if opened.device_id is None:
        return False
    minutes = opened.staff.home.idle_lock_minutes
    return opened.locked_at is not None or must_lock(opened.seen_at, minutes, now)


def is_credential_of(device: Device, tablet: str | None) -> bool:
    """Tell whether the secret of a tablet's cookie is this tablet's, and it is still let in."""
    if tablet is None or device.revoked_at:
        return False
    return hash_secret(tablet) in {device.token_hash, device.token_hash_before}


def sign_out(session: Session, secret: str, *, actor: Staff, now: datetime) -> None:
    """End a session, so that a copy of its cookie is dead too."""
    end_session(session, secret, now)
    audit.record(session, "sign_in.end", actor=actor, at=now, object_id=actor.id)


def find_staff(session: Session, email: str) -> Staff | None:
    """Return the person with this e-mail address, however it is written; else None."""
    email = normalise_email(email)
    if not email.isprintable():
        # PostgreSQL would not even compare it.
        return None
    return session.scalar(
        select(Staff)
        .where(Staff.email == email)
        .options(joinedload(Staff.home), selectinload(Staff.departments))
    )


def normalise_email(email: str) -> str:
    """Return the address as it is stored: trimmed, lower case, letters in one piece (NFC)."""
    return unicodedata.normalize("NFC", email.strip().lower())


def end_session(session: Session, secret: str, now: datetime) -> None:
    """End the session of a cookie, if it has one; whoever asks for it audits it."""
    found = session.get(StaffSession, hash_secret(secret))
    if found and not found.ended_at:
        found.ended_at = now


def _add_session(
    session: Session,
    staff: Staff,
    *,
    now: datetime,
    method: SignInMethod = SignInMethod.PASSWORD,
    device: Device | None = None,
) -> tuple[StaffSession, str]:
    secret = secrets.token_urlsafe(32)
    if device and device.department.home_id != staff.home_id:
        # A tablet of another home is nobody's second factor here.
        device = None
    added = StaffSession(
        token_hash=hash_secret(secret),
        staff=staff,
        started_at=now,
        ends_at=now + SESSION_LENGTH,
        seen_at=now,
        method=method,
        device=device,
    )
    if standing_of(added) is not Standing.SIGNED_IN:
        added.ends_at = now + HALF_SESSION_LENGTH
    if device and method is not SignInMethod.PIN:
        session.execute(
            delete(PinLock).where(PinLock.device_id == device.id, PinLock.staff_id == staff.id)
        )
    session.add(added)
    return added, secret


def _counters(session: Session, email: str, address: str, pepper: bytes, now: datetime) -> Counters:
    network = network_of(address)
    doors = {
        PERSON_FROM_HERE: ("both", f"{network} {email}"),
        HERE: ("network", network),
        PERSON: ("email", email),
    }
    return counters_of(session, doors, pepper=pepper, now=now)


def hash_secret(secret: str) -> str:
    """Return what is stored of a cookie's secret: it is long and random, so one round does."""
    return hashlib.sha256(secret.encode()).hexdigest()
