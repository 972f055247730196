"""What nobody waits for: done inside this process, one thing after the other.

Nothing is kept here: what is to be done lies in the database, so that it is found again after a
restart. Source: docs/decisions/0035-clips.md
"""

from collections.abc import Callable
from typing import Final

from huey import MemoryHuey, crontab
from huey.consumer import Consumer

NIGHT: Final = crontab(hour="1", minute="17")
"""In UTC: a quarter past two or three in Denmark, when the fewest are awake."""


class Jobs:
    """One worker in a thread of its own; asked, and by itself once a minute and once a night."""

    def __init__(self) -> None:
        """Do nothing until it is started."""
        self._huey = MemoryHuey("smaategn", results=False)
        self._consumer: _Worker | None = None
        self._wake: Callable[[], object] | None = None

    def start(self, work: Callable[[], object], *, nightly: Callable[[], object]) -> None:
        """Begin to work.

        Args:
            work: Does all there is to do, and looks in the database what that is. It raises
                nothing.
            nightly: The same, of what has time until the night.
        """

        def look() -> None:
            work()

        def look_at_night() -> None:
            nightly()

        self._wake = self._huey.task(name="look")(look)
        self._huey.periodic_task(crontab(minute="*"), name="look_again")(look)
        self._huey.periodic_task(NIGHT, name="look_at_night")(look_at_night)
        self._consumer = _Worker(self._huey, initial_delay=0.02, max_delay=0.5)
        self._consumer.start()
        self.wake()

    def wake(self) -> None:
        """Say that there is something to do; without a worker it waits for one."""
        if self._wake:
            self._wake()

    def stop(self) -> None:
        """Begin nothing more. What is half done is taken up again by whoever starts next."""
        if self._consumer:
            self._consumer.stop()


class _Worker(Consumer):  # type: ignore[misc]
    """Huey's worker in a process that has its own ways with signals."""

    def _set_signal_handlers(self) -> None:
        """Leave them as they are."""
