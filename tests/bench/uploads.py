"""Long forms that come in drop by drop, while others ask for pages."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from urllib.parse import urlencode
from uuid import uuid4

from tests.bench.tables import Broken
from tests.bench.tapping import Person

UPLOADS = 12
LETTERS = 45_000
"""Of each note; with two bytes for each letter, six when they are sent in a form."""

PAGES = 60
DROP = 64
DROP_EVERY = 0.02
"""Bytes at a time to each, and how many seconds apart: a tablet at the edge of the network."""


def pages_beside_uploads(port: int, person: Person) -> tuple[list[float], list[float]]:
    """Return the ms of pages without and with twelve slow uploads beside them.

    Raises:
        Broken: A page or an upload failed.
    """
    alone = _pages(person)
    with _trickling(port, person):
        return alone, _pages(person)


def _pages(person: Person) -> list[float]:
    times = []
    for _ in range(PAGES):
        begun = time.perf_counter()
        if person.tablet.get("/").status != HTTPStatus.OK:
            raise Broken("The board failed beside slow uploads")
        times.append((time.perf_counter() - begun) * 1000)
    return times


@contextmanager
def _trickling(port: int, person: Person) -> Iterator[None]:
    """Send twelve long notes a little at a time; what is left of them at once at the end."""
    uploads = []
    for sign in person.signs[:UPLOADS]:
        fields = {person.tablet.id_field: str(uuid4()), "outcome": "seen", "note": "å" * LETTERS}
        uploads.append(_Upload(port, person, sign, urlencode(fields).encode()))
    enough = threading.Event()

    def drip() -> None:
        while not enough.wait(DROP_EVERY):
            for upload in uploads:
                upload.send(DROP)

    dripping = threading.Thread(target=drip)
    dripping.start()
    try:
        yield
    finally:
        enough.set()
        dripping.join()
        answers = {upload.finish() for upload in uploads}
    if answers != {"HTTP/1.1 200 OK"}:
        raise Broken(f"Slow uploads were answered {sorted(answers)}")


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
