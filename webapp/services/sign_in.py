"""Sign in and out. Every sign-in is a row; a cookie without a live row opens nothing."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from webapp.adapters import passwords
from webapp.domain import throttle
from webapp.models import SignInThrottle, Staff, StaffSession
from webapp.services import audit

SESSION_LENGTH: Final = timedelta(hours=10)
DEMO_PASSWORD: Final = "smaategn-demo"  # noqa: S105 - printed on purpose, refused outside the demo home


def sign_in(
    session: Session,
    email: str,
    password: str,
    *,
    address: str,
    pepper: bytes,
    now: datetime,
) -> str | None:
    """Check a password and open a session.

    Unknown, deactivated, throttled and wrong all take one password check and give the same
    answer, so that nobody learns which addresses exist.

    Args:
        session: Committed by the caller whatever the answer: wrong tries are counted here.
        email: As typed.
        password: As typed.
        address: The network address the try came from.
        pepper: Keys the hashes under which tries are counted.
        now: Aware.

    Returns:
        The secret for the cookie, or None when refused.
    """
    email = normalise_email(email)
    limits = (
        (_key(pepper, "email", email), throttle.FREE_TRIES),
        (_key(pepper, "address", address), throttle.FREE_TRIES_PER_ADDRESS),
    )
    shut = any(_is_shut(session, key, now) for key, _ in limits)
    staff = find_staff(session, email)
    usable = staff is not None and not staff.deactivated_at and _may_use(staff, password)
    right = passwords.verify_password(staff.password_hash if staff else None, password)
    if shut or not usable or not right or staff is None:
        for key, free_tries in limits:
            _count_failure(session, key, free_tries, now)
        audit.record(session, "sign_in.refuse", actor=None, at=now)
        return None
    if staff.password_hash and passwords.needs_rehash(staff.password_hash):
        staff.password_hash = passwords.hash_password(password)
    _forget_failures(session, limits[0][0])
    audit.record(session, "sign_in.create", actor=staff, at=now, object_id=staff.id)
    return open_session(session, staff, now=now)


def open_session(session: Session, staff: Staff, *, now: datetime) -> str:
    """Add a session for someone already known to be who they say; return the cookie's secret."""
    secret = secrets.token_urlsafe(32)
    session.add(
        StaffSession(
            token_hash=_hash_secret(secret),
            staff=staff,
            started_at=now,
            ends_at=now + SESSION_LENGTH,
        )
    )
    return secret


def find_session(session: Session, secret: str, *, now: datetime) -> StaffSession | None:
    """Return the live session a cookie's secret opens, its person and departments loaded.

    None when it was ended, has run out, never was, or the person is deactivated.
    """
    found = session.scalar(
        select(StaffSession)
        .where(StaffSession.token_hash == _hash_secret(secret))
        .options(
            joinedload(StaffSession.staff).joinedload(Staff.home),
            joinedload(StaffSession.staff).selectinload(Staff.departments),
        )
    )
    if found is None or found.ended_at or found.ends_at <= now or found.staff.deactivated_at:
        return None
    return found


def sign_out(session: Session, secret: str, *, actor: Staff, now: datetime) -> None:
    """End a session, so that a copy of its cookie is dead too."""
    found = session.get(StaffSession, _hash_secret(secret))
    if found and not found.ended_at:
        found.ended_at = now
    audit.record(session, "sign_in.end", actor=actor, at=now, object_id=actor.id)


def find_staff(session: Session, email: str) -> Staff | None:
    """Return the person with this e-mail address, however it is written; else None."""
    return session.scalar(
        select(Staff)
        .where(Staff.email == normalise_email(email))
        .options(joinedload(Staff.home), selectinload(Staff.departments))
    )


def normalise_email(email: str) -> str:
    """Return the address as it is stored: trimmed, lower case."""
    return email.strip().lower()


def _may_use(staff: Staff, password: str) -> bool:
    """The demo password is printed for all to see, so it opens nothing but the demo home."""
    return password != DEMO_PASSWORD or staff.home.is_demo


def _is_shut(session: Session, key: str, now: datetime) -> bool:
    row = session.get(SignInThrottle, key)
    return row is not None and row.locked_until is not None and row.locked_until > now


def _count_failure(session: Session, key: str, free_tries: int, now: datetime) -> None:
    row = session.get(SignInThrottle, key, with_for_update=True)
    if row is None:
        row = SignInThrottle(key=key, failures=0, last_failed_at=now)
        session.add(row)
    row.failures = throttle.failures_that_count(row.failures, row.last_failed_at, now) + 1
    row.last_failed_at = now
    wait = throttle.wait_after(row.failures, free_tries)
    row.locked_until = now + wait if wait else None


def _forget_failures(session: Session, key: str) -> None:
    if row := session.get(SignInThrottle, key):
        session.delete(row)


def _hash_secret(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _key(pepper: bytes, kind: str, value: str) -> str:
    return hmac.new(pepper, f"{kind}:{value}".encode(), hashlib.sha256).hexdigest()
