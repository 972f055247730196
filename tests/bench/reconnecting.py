"""200 tablets that get their network back at the same moment, each with 50 entries to deliver."""

import json
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus
from random import Random
from uuid import UUID, uuid4

from tests.bench.tables import Broken
from tests.bench.tablets import HttpLine, Tablet
from tests.bench.tapping import Person
from tests.sync.tablet import Pen, batch
from webapp.adapters import clock

TABLETS, EACH = 200, 50
SLOWEST = 300
"""Seconds; what the page's sender never waits longer than (`js/outbox/deciding.js`)."""

PAGE_EVERY = 0.1
"""Seconds between two pages that a colleague opens meanwhile."""


@dataclass(frozen=True)
class Reconnect:
    """How it went.

    Attributes:
        seconds: Until the last tablet had delivered everything.
        delays: Seconds until each tablet had.
        sent_away: How often a tablet was told to come again.
        pages: Milliseconds of each page meanwhile.
        alone: The same before.
    """

    seconds: float
    delays: Sequence[float]
    sent_away: int
    pages: Sequence[float]
    alone: Sequence[float]


def reconnect(port: int, people: Sequence[Person], pens: Sequence[Pen]) -> Reconnect:
    """Let every pen's tablet deliver its entries at once, while somebody opens pages.

    Raises:
        Broken: A batch was refused otherwise than by `Retry-After`, or an entry was not stored.
    """
    bodies = [_body(pen, people[place % len(people)]) for place, pen in enumerate(pens)]
    alone = _pages(people[0].tablet, lambda number: number >= 30)
    together, over = threading.Barrier(len(pens) + 1, timeout=60), threading.Event()

    def deliver(place: int) -> tuple[float, int]:
        luck = Random(place)
        with HttpLine(port) as line:
            line.ask("GET", "/healthz", None, {})
            together.wait()
            begun, times = time.perf_counter(), 0
            while wait := _wait_after(line, bodies[place], times, luck):
                times += 1
                over.wait(wait)
            return time.perf_counter() - begun, times

    with ThreadPoolExecutor(1) as beside, ThreadPoolExecutor(len(pens)) as crowd:
        delivered = [crowd.submit(deliver, place) for place in range(len(pens))]
        together.wait()
        begun = time.perf_counter()
        pages = beside.submit(_pages, people[0].tablet, lambda _: over.is_set())
        try:
            found = [each.result() for each in delivered]
        finally:
            seconds = time.perf_counter() - begun
            over.set()
    delays, away = zip(*found, strict=True)
    return Reconnect(seconds, delays, sum(away), pages.result(), alone)


def _body(pen: Pen, person: Person) -> bytes:
    """Return the batch of one tablet, made before the clock runs."""
    now = clock.now()
    signs = [UUID(path.split("/")[2]) for path in person.signs]
    # Fits every sign, however it is measured.
    taps = [
        pen.tap(signs[place % len(signs)], id=uuid4(), at=now, outcome="not_seen")
        for place in range(EACH)
    ]
    return json.dumps(batch(*taps, pens=[pen])).encode()


def _wait_after(line: HttpLine, body: bytes, times: int, luck: Random) -> float:
    """Send a batch; return the seconds until it is sent again, as the page's sender waits."""
    answer = line.ask("POST", "/sync/batch", body, {"Content-Type": "application/json"})
    if answer.status == HTTPStatus.OK:
        results = json.loads(answer.text)["results"]
        stored = {(each["status"], each.get("reason")) for each in results}
        if stored != {("stored", None)}:
            raise Broken(f"Entries were answered {stored}")
        return 0
    if answer.status != HTTPStatus.SERVICE_UNAVAILABLE or "retry-after" not in answer.headers:
        raise Broken(f"A batch was answered {answer.status}")
    more: float = luck.random() * min(SLOWEST, 2**times)
    return float(answer.headers["retry-after"]) + more


def _pages(tablet: Tablet, done: Callable[[int], bool]) -> list[float]:
    times: list[float] = []
    pause = threading.Event()
    while not done(len(times)):
        begun = time.perf_counter()
        if tablet.get("/").status != HTTPStatus.OK:
            raise Broken("The board did not come beside the tablets")
        times.append((time.perf_counter() - begun) * 1000)
        pause.wait(PAGE_EVERY)
    return times
