"""Taps from sixteen tablets at once, two hundred that come back at once, and slow uploads."""

import socket
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http import HTTPStatus
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

from tests import databases
from tests.bench.homes import BenchHome, app_of, demo_home
from tests.bench.houses import add_houses
from tests.bench.serving import Server, served
from tests.bench.tables import Broken, judged, percentile, show
from tests.bench.tablets import HttpLine
from tests.bench.tapping import Load, Person, check_stored, tap_together
from webapp.db import db

TABLETS = 16
TAPS_EACH = 250
RETURNING = 200
UPLOADS = 12
UPLOAD_LETTERS = 90_000
PAGES = 60
"""Pages asked for while the uploads trickle."""

MEMORY_REST_MB, MEMORY_LOAD_MB = 200, 600
PAGE_MEANWHILE_MS = 300


def run(folder: Path) -> None:
    """Measure on both databases and print a table for each kind of load."""
    taps: list[Sequence[object]] = []
    others: list[Sequence[object]] = []
    for name in databases.NAMES:
        with demo_home(name, folder) as home:
            with app_of(home) as app, app.app_context():
                emails = add_houses(db.session(), TABLETS)
                db.session.commit()
            with served(home) as server:
                rest, _ = server.memory()
                people = [Person(server.port, email) for email in emails]
                load = tap_together(people, lambda number: number >= TAPS_EACH, seed=1)
                after, most = server.memory()
                taps.append(_row(home, load, check_stored(home, [load])))
                memory = f"{rest} at rest, {after} after, {most} at the most"
                reached = judged(most, MEMORY_LOAD_MB)
                others.append((home.title, "memory of the server, MB", memory, "≤ 600", reached))
                others += _returning(home, server, people, load)
                others += _uploads(home, server, people[0])
                for person in people:
                    person.close()
    show(
        f"Taps: {TABLETS} tablets with kept connections, every post answered with the new card; "
        "5 % sent again, 2 % sent twice at the same moment",
        ("database", "posts", "posts/s", "p50 ms", "p95 ms", "p99 ms", "errors", "stored"),
        taps,
    )
    show("Beside the taps", ("database", "what", "measured", "target", ""), others)


def _row(home: BenchHome, load: Load, stored: str) -> Sequence[object]:
    shares = [f"{percentile(load.times, share):.0f}" for share in (0.5, 0.95, 0.99)]
    rate = f"{len(load.times) / load.seconds:.0f}"
    return (home.title, f"{len(load.times):,}", rate, *shares, len(load.errors), stored)


def _returning(
    home: BenchHome, server: Server, people: Sequence[Person], earlier: Load
) -> Iterator[Sequence[object]]:
    """Let 200 tablets connect at the same moment and read the board, while taps go on."""
    over = threading.Event()
    together = threading.Barrier(RETURNING, timeout=30)

    def read(number: int) -> tuple[float, str]:
        with HttpLine(server.port) as line:
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
        tapping = beside.submit(tap_together, people, lambda _: over.is_set(), seed=2)
        begun = time.perf_counter()
        try:
            read_all = list(crowd.map(read, range(RETURNING)))
        finally:
            seconds = time.perf_counter() - begun
            over.set()
        load = tapping.result()
    check_stored(home, [earlier, load])
    refused = [word for _, word in read_all if word]
    if refused:
        raise Broken(f"{len(refused)} of {RETURNING} boards failed: {sorted(set(refused))}")
    times = [ms for ms, _ in read_all]
    yield (
        home.title,
        f"{RETURNING} tablets return at once and read the board",
        f"all in {seconds:.1f} s, p50 {percentile(times, 0.5):.0f} ms, errors 0",
        "errors 0",
        "reached",
    )
    yield (
        home.title,
        "  a tap meanwhile, p50 / p95 ms",
        f"{percentile(load.times, 0.5):.0f} / {percentile(load.times, 0.95):.0f}",
        "",
        "",
    )


def _uploads(home: BenchHome, server: Server, person: Person) -> Iterator[Sequence[object]]:
    """Ask for pages while twelve long forms come in drop by drop."""
    alone = _pages(person)
    with _trickling(server, person):
        meanwhile = _pages(person)
    p95 = percentile(meanwhile, 0.95)
    yield (
        home.title,
        f"a page while {UPLOADS} slow uploads trickle, p50 / p95 ms (alone)",
        f"{percentile(meanwhile, 0.5):.0f} / {p95:.0f}"
        f" ({percentile(alone, 0.5):.0f} / {percentile(alone, 0.95):.0f})",
        f"p95 ≤ {PAGE_MEANWHILE_MS}",
        judged(p95, PAGE_MEANWHILE_MS),
    )


def _pages(person: Person) -> list[float]:
    times = []
    for _ in range(PAGES):
        begun = time.perf_counter()
        if person.tablet.get("/").status != HTTPStatus.OK:
            raise Broken("The board failed beside slow uploads")
        times.append((time.perf_counter() - begun) * 1000)
    return times


@contextmanager
def _trickling(server: Server, person: Person) -> Iterator[None]:
    """Send twelve notes of 90,000 letters a little at a time; the rest at once at the end.

    Raises:
        Broken: One of them was not stored.
    """
    wires = []
    for number in range(UPLOADS):
        fields = {person.tablet.id_field: str(uuid4()), "outcome": "seen"}
        body = urlencode(fields | {"note": "å" * (UPLOAD_LETTERS // 2)}).encode()
        wires.append(_Upload(server.port, person, person.signs[number], body))
    enough = threading.Event()

    def drip() -> None:
        # A little every 20 ms to each: a tablet at the edge of the network.
        while not enough.wait(0.02):
            for wire in wires:
                wire.send(64)

    dripping = threading.Thread(target=drip)
    dripping.start()
    try:
        yield
    finally:
        enough.set()
        dripping.join()
        answers = [wire.finish() for wire in wires]
    if any(not answer.startswith("HTTP/1.1 200") for answer in answers):
        raise Broken(f"A slow upload was answered {sorted(set(answers))}")


class _Upload:
    """One form on its way."""

    def __init__(self, port: int, person: Person, path: str, body: bytes) -> None:
        head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n"
            f"Cookie: {person.tablet.cookie}\r\nX-CSRFToken: {person.tablet.token}\r\n"
            "HX-Request: true\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        self._rest = body
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self._socket.sendall(head.encode())

    def send(self, count: int) -> None:
        """Send the next bytes, but always keep some back for the end."""
        if len(self._rest) > count:
            self._socket.sendall(self._rest[:count])
            self._rest = self._rest[count:]

    def finish(self) -> str:
        """Send the rest and return the first line of the answer."""
        with self._socket:
            self._socket.sendall(self._rest)
            return self._socket.recv(64).decode("latin-1").partition("\r\n")[0]
