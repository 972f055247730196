"""Passwords by argon2id, with the library's recommended cost (RFC 9106, low memory)."""

import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from threading import BoundedSemaphore
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher()

_JUDGED: Final = 72
"""Characters the library looks at; what comes after only makes it harder."""

AT_ONCE = 4
"""Passwords compared at the same time: fewer than the server has threads, so that a crowd at the
sign-in page never takes the ones that store taps."""

_turns = BoundedSemaphore(AT_ONCE)


class TooManyAtOnce(Exception):
    """So many passwords are being compared that this one was not; nothing was found out."""


_TRIED_FIRST: Final = (
    *("adgangskode", "kodeord", "hemmelig", "hemmelighed", "velkommen", "småtegn", "smaategn"),
    *("danmark", "forår", "sommer", "efterår", "vinter", "botilbud", "bosted", "pædagog"),
)
"""What Danes think of first; the library's lists are English."""

_HARD_ENOUGH: Final = 3
"""Of 4: a hundred million guesses (zxcvbn's own scale), with the throttle before the door."""


def is_easy(password: str, about: Iterable[str]) -> bool:
    """Tell whether a password is among those that are tried first.

    Args:
        password: As typed.
        about: What others know of whoever chooses it: names, address, home.
    """
    # Loaded when it is needed: its lists of words are large.
    from zxcvbn import zxcvbn

    own = [word for each in about for word in (each, *re.split(r"\W+", each)) if word]
    judged = zxcvbn(password[:_JUDGED], [*own, *_TRIED_FIRST])
    return bool(judged["score"] < _HARD_ENOUGH)


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
