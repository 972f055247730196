"""Many tablets that come back at the same moment, as after a network that was down."""

import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException

from tests.bench.tables import Broken
from tests.bench.tablets import HttpLine
from tests.bench.tapping import Load, Person, tap_together

RETURNING = 200


@dataclass(frozen=True)
class Return:
    """How it went.

    Attributes:
        seconds: Until the last board had come.
        boards: Milliseconds of each board, the connection included.
        taps: What was tapped meanwhile.
    """

    seconds: float
    boards: Sequence[float]
    taps: Load


def return_together(port: int, people: Sequence[Person]) -> Return:
    """Let 200 tablets connect and read the board at once, while the people go on tapping.

    Raises:
        Broken: A board did not come.
    """
    over = threading.Event()
    together = threading.Barrier(RETURNING, timeout=30)

    def read(number: int) -> tuple[float, str]:
        with HttpLine(port) as line:
            tablet = people[number % len(people)].tablet.beside(line)
            together.wait()
            begun = time.perf_counter()
            try:
                status = tablet.get("/").status
                word = "" if status == HTTPStatus.OK else str(status)
            except (OSError, HTTPException) as error:
                word = type(error).__name__
            return (time.perf_counter() - begun) * 1000, word

    with ThreadPoolExecutor(1) as beside, ThreadPoolExecutor(RETURNING) as crowd:
        tapping = beside.submit(tap_together, people, lambda _: over.is_set(), seed=200)
        begun = time.perf_counter()
        try:
            boards = list(crowd.map(read, range(RETURNING)))
        finally:
            seconds = time.perf_counter() - begun
            over.set()
        taps = tapping.result()
    if failed := [word for _, word in boards if word]:
        raise Broken(f"{len(failed)} of {RETURNING} boards did not come: {sorted(set(failed))}")
    return Return(seconds, [ms for ms, _ in boards], taps)
