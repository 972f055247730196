"""Passwords by argon2id, with the library's recommended cost (RFC 9106, low memory)."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher()

AT_ONCE = 4
"""Passwords compared at the same time: fewer than the server has threads, so that a crowd at the
sign-in page never takes the ones that store taps."""

_turns = BoundedSemaphore(AT_ONCE)


class TooManyAtOnce(Exception):
    """So many passwords are being compared that this one was not; nothing was found out."""


def hash_password(password: str) -> str:
    """Return the argon2id hash, parameters and salt in one string."""
    return _hasher.hash(password)


def verify_password(password_hash: str | None, password: str) -> bool:
    """Tell whether the password fits.

    Without a hash the same work is done against a dummy, so that an unknown address or an
    account without a password takes as long to refuse as a known one.

    Raises:
        TooManyAtOnce.
    """
    with _turn():
        try:
            _hasher.verify(password_hash or _dummy_hash(), password)
        except (VerificationError, InvalidHashError):
            return False
    return bool(password_hash)


def needs_rehash(password_hash: str) -> bool:
    """Tell whether the hash was made with an older cost than today's."""
    return _hasher.check_needs_rehash(password_hash)


@contextmanager
def _turn() -> Iterator[None]:
    if not _turns.acquire(blocking=False):
        raise TooManyAtOnce
    try:
        yield
    finally:
        _turns.release()


@cache
def _dummy_hash() -> str:
    return _hasher.hash(secrets.token_hex())
