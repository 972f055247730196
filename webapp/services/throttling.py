"""Wrong tries, counted in the database: they survive a restart and hold for several processes."""

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from webapp.domain.throttle import FORGOTTEN_AFTER, Door, failures_that_count, wait_after
from webapp.models import SignInThrottle

Counters = Mapping[Door, SignInThrottle]


def counters_of(
    session: Session, doors: Mapping[Door, tuple[str, str]], *, pepper: bytes, now: datetime
) -> Counters:
    """Return the row of each door, locked until the caller commits.

    Args:
        session: Rows that are missing are added.
        doors: The kind of each door and who stands before it. Everyone names them in the same
            order, so that two tries never wait for each other crosswise.
        pepper: Keys the hashes under which tries are counted.
        now: Aware.
    """
    return {
        door: _counter(session, _key(pepper, kind, value), now)
        for door, (kind, value) in doors.items()
    }


def is_shut(counters: Counters, now: datetime) -> bool:
    """Tell whether one of the doors is shut."""
    return any(row.locked_until and row.locked_until > now for row in counters.values())


def count_failure(counters: Counters, now: datetime) -> None:
    """Remember a wrong try at each of the doors."""
    for door, row in counters.items():
        row.failures = failures_that_count(door, row.failures, row.last_failed_at, now) + 1
        row.last_failed_at = now
        wait = wait_after(door, row.failures)
        row.locked_until = now + wait if wait else None


def drop_empty(session: Session, rows: Iterable[SignInThrottle]) -> None:
    """Delete the rows that count nothing."""
    for row in rows:
        if not row.failures:
            session.delete(row)


def drop_forgotten(session: Session, now: datetime) -> None:
    """Delete the counts of people and networks that have long been quiet."""
    old = select(SignInThrottle.key).where(SignInThrottle.last_failed_at <= now - FORGOTTEN_AFTER)
    # A row that another try is holding right now is left for next time.
    session.execute(
        delete(SignInThrottle).where(SignInThrottle.key.in_(old.with_for_update(skip_locked=True)))
    )


def _counter(session: Session, key: str, now: datetime) -> SignInThrottle:
    while True:
        row = session.get(SignInThrottle, key, with_for_update=True, populate_existing=True)
        if row:
            return row
        # When another try adds the same row meanwhile, the next round waits for it and finds it.
        with suppress(IntegrityError), session.begin_nested():
            session.add(SignInThrottle(key=key, failures=0, last_failed_at=now))


def _key(pepper: bytes, kind: str, value: str) -> str:
    return hmac.new(pepper, f"{kind}:{value}".encode(), hashlib.sha256).hexdigest()
