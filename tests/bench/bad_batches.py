"""What is no batch, or holds an entry that is none: how long until it is refused by name."""

import json
import time
from collections.abc import Callable, Mapping
from uuid import UUID, uuid4

from joserfc.jwk import ECKey

from tests.bench.tables import Broken
from tests.bench.tablets import HttpLine
from tests.sync.tablet import Pen, batch, sign
from webapp.adapters import clock

TIMES = 20

Refused = Mapping[str, list[float]]
"""Milliseconds of each answer, by what was sent."""


def refuse_all(line: HttpLine, pen: Pen, sign_id: UUID) -> Refused:
    """Send everything bad, each several times.

    Raises:
        Broken: Something was taken, or not refused by name.
    """
    other = ECKey.generate_key("P-256")

    def tap() -> str:
        return pen.tap(sign_id, id=uuid4(), at=clock.now())

    def alone(entry: str) -> Callable[[], bytes]:
        return lambda: json.dumps(batch(entry, pens=[pen])).encode()

    whole: Mapping[str, Callable[[], bytes]] = {
        "10 MB": lambda: b"x" * 10_000_000,
        "100,000 brackets": lambda: b"[" * 100_000,
        "50,000 objects in each other": lambda: b'{"a":' * 50_000,
        "51 entries": lambda: json.dumps(batch(*["x"] * 51, pens=[pen])).encode(),
        "50 entries that are none": lambda: json.dumps(batch(*["x.y.z"] * 50, pens=[pen])).encode(),
        "an entry of 5,000 brackets": alone(sign("[" * 5_000, pen.key)),
        "an entry that another key signed": alone(
            Pen(other, pen.grant, pen.seal_to).entry("x", uuid4())
        ),
        "a body of 5,000 brackets": alone(pen.entry("x", uuid4(), body="[" * 5_000)),
        "a target that is not there": alone(pen.entry("goal.acknowledge", uuid4())),
        "a value that does not fit": lambda: json.dumps(
            batch(pen.tap(sign_id, id=uuid4(), at=clock.now(), value="99"), tap(), pens=[pen])
        ).encode(),
    }
    return {name: _times(line, make) for name, make in whole.items()}


def _times(line: HttpLine, make: Callable[[], bytes]) -> list[float]:
    times = []
    for _ in range(TIMES):
        body = make()
        begun = time.perf_counter()
        answer = line.ask("POST", "/sync/batch", body, {"Content-Type": "application/json"})
        times.append((time.perf_counter() - begun) * 1000)
        if answer.status == 200:
            first = json.loads(answer.text)["results"][0]
            if first["status"] != "rejected" or not first["reason"]:
                raise Broken(f"Something bad was answered {first}")
        elif answer.status not in {400, 413, 429}:
            raise Broken(f"Something bad was answered {answer.status}")
    return times
