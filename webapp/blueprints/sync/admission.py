"""Let a few batches in at a time, so that pages stay quick when all tablets come back at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil
from threading import Lock, Semaphore
from time import monotonic
from typing import Final

from werkzeug.exceptions import ServiceUnavailable

AT_ONCE: Final = 2
"""While one is written, the next is unpacked. More only wait for each other."""

WAITING: Final = 2
"""Batches that may wait inside; half of the server's threads stay free for pages."""

LONGEST: Final = 60
"""Seconds; nobody is sent away for longer."""

_GUESS: Final = 0.1
"""Seconds that a batch takes, as long as none has been seen."""


class Admission:
    """Counts who is inside, and gives everyone else a turn: the seconds until it are told."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._rooms = Semaphore(AT_ONCE)
        self._inside = 0
        self._each = _GUESS
        self._turns_until = 0.0

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Take one batch in.

        Raises:
            ServiceUnavailable: Too many are inside; says when to come again.
        """
        self._enter(monotonic())
        try:
            with self._rooms:
                begun = monotonic()
                yield
                self._took(monotonic() - begun)
        finally:
            with self._lock:
                self._inside -= 1

    def _enter(self, now: float) -> None:
        with self._lock:
            if self._inside == AT_ONCE + WAITING:
                # One after the other, so that those who are sent away do not meet again.
                self._turns_until = max(self._turns_until, now) + self._each
                seconds = min(ceil(self._turns_until - now), LONGEST)
                raise ServiceUnavailable(retry_after=seconds)
            self._inside += 1

    def _took(self, seconds: float) -> None:
        """Remember how far apart batches leave, as of late."""
        with self._lock:
            self._each += (seconds / AT_ONCE - self._each) / 8
