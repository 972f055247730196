"""Let batches in one at a time, so that pages stay quick when all tablets come back at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil
from threading import Lock, Semaphore
from time import monotonic
from typing import Final

from werkzeug.exceptions import ServiceUnavailable

AT_ONCE: Final = 1
"""Python runs one at a time: two would take as long together, and pages would wait for both."""

WAITING: Final = 3
"""Batches that may wait inside; half of the server's threads stay free for pages."""

LONGEST: Final = 60
"""Seconds; nobody is sent away for longer."""

_GUESS: Final = 0.1
"""Seconds that a batch takes, as long as none has been seen."""


class Admission:
    """Counts the batches inside, and tells all others in how many seconds it is their turn."""

    def __init__(self, at_once: int = AT_ONCE, waiting: int = WAITING) -> None:
        """Let so many be taken in at once, and so many more wait inside."""
        self._lock = Lock()
        self._rooms = Semaphore(at_once)
        self._at_once, self._most = at_once, at_once + waiting
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
            if self._inside == self._most:
                # One after the other, so that those who are sent away do not meet again.
                self._turns_until = max(self._turns_until, now) + self._each
                seconds = min(ceil(self._turns_until - now), LONGEST)
                raise ServiceUnavailable(retry_after=seconds)
            self._inside += 1

    def _took(self, seconds: float) -> None:
        """Remember how far apart batches leave, as of late."""
        with self._lock:
            self._each += (seconds / self._at_once - self._each) / 8
