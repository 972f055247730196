"""Sign in and out. Every sign-in is a row; a cookie without a live row opens nothing."""

import hashlib
import hmac
import secrets
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload, selectinload

from webapp.adapters import passwords
from webapp.domain.throttle import (
    FORGOTTEN_AFTER,
    HERE,
    PERSON,
    PERSON_FROM_HERE,
    Door,
    failures_that_count,
    network_of,
    wait_after,
)
from webapp.models import SignInThrottle, Staff, StaffSession
from webapp.services import audit

SESSION_LENGTH: Final = timedelta(hours=10)
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
) -> tuple[Staff, str] | None:
    """Let a try count: open a session when it was right, remember it when it was wrong.

    Tries against the same door wait for each other here, so that a crowd of them at once finds
    out no more than one after another would. A door that is shut remembers nothing: else whoever
    keeps knocking would keep it shut for ever.

    Args:
        session: Committed by the caller whatever the answer: wrong tries are counted here.
        tried: From `try_password`.
        address: The network address the try came from.
        pepper: Keys the hashes under which tries are counted.
        now: Aware.
        instead_of: The secret of the session this browser had so far, if any; it ends.

    Returns:
        Who it is and the secret for the cookie; None when refused, for whatever reason.
    """
    counters = _counters(session, tried.email, address, pepper, now)
    if any(row.locked_until and row.locked_until > now for row in counters.values()):
        _drop_empty(session, counters.values())
        return None
    staff = find_staff(session, tried.email)
    still_right = staff and tried.right_hash and staff.password_hash == tried.right_hash
    if not staff or not still_right or staff.deactivated_at:
        for door, row in counters.items():
            _count_failure(row, door, now)
        known = staff.id if staff else None
        audit.record(session, "sign_in.refuse", actor=None, at=now, object_id=known)
        return None
    staff.password_hash = tried.better_hash or staff.password_hash
    counters[PERSON_FROM_HERE].failures = counters[PERSON].failures = 0
    _drop_empty(session, counters.values())
    _drop_forgotten(session, now)
    if instead_of:
        _end(session, instead_of, now)
    audit.record(session, "sign_in.create", actor=staff, at=now, object_id=staff.id)
    return staff, open_session(session, staff, now=now)


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
    _end(session, secret, now)
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


def _counters(
    session: Session, email: str, address: str, pepper: bytes, now: datetime
) -> dict[Door, SignInThrottle]:
    """Return the row of each door, locked until the caller commits.

    Always in this order, so that two tries never wait for each other crosswise.
    """
    network = network_of(address)
    return {
        PERSON_FROM_HERE: _counter(session, _key(pepper, "both", f"{network} {email}"), now),
        HERE: _counter(session, _key(pepper, "network", network), now),
        PERSON: _counter(session, _key(pepper, "email", email), now),
    }


def _counter(session: Session, key: str, now: datetime) -> SignInThrottle:
    while True:
        row = session.get(SignInThrottle, key, with_for_update=True, populate_existing=True)
        if row:
            return row
        # When another try adds the same row meanwhile, the next round waits for it and finds it.
        with suppress(IntegrityError), session.begin_nested():
            session.add(SignInThrottle(key=key, failures=0, last_failed_at=now))


def _count_failure(row: SignInThrottle, door: Door, now: datetime) -> None:
    row.failures = failures_that_count(door, row.failures, row.last_failed_at, now) + 1
    row.last_failed_at = now
    wait = wait_after(door, row.failures)
    row.locked_until = now + wait if wait else None


def _drop_empty(session: Session, rows: Iterable[SignInThrottle]) -> None:
    for row in rows:
        if not row.failures:
            session.delete(row)


def _drop_forgotten(session: Session, now: datetime) -> None:
    """Delete the counts of people and networks that have long been quiet."""
    old = select(SignInThrottle.key).where(SignInThrottle.last_failed_at <= now - FORGOTTEN_AFTER)
    # A row that another try is holding right now is left for next time.
    session.execute(
        delete(SignInThrottle).where(SignInThrottle.key.in_(old.with_for_update(skip_locked=True)))
    )


def _end(session: Session, secret: str, now: datetime) -> None:
    found = session.get(StaffSession, _hash_secret(secret))
    if found and not found.ended_at:
        found.ended_at = now


def _hash_secret(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _key(pepper: bytes, kind: str, value: str) -> str:
    return hmac.new(pepper, f"{kind}:{value}".encode(), hashlib.sha256).hexdigest()
