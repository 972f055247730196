"""A line between tablets and server that does what lines do: drops, hangs, cuts, answers itself."""

import http.client
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from typing import Final

DELIVERS: Final = ("/sync/", "/signs/", "/goals/", "/observations/", "/interventions/")
"""Where a tap is stored."""

HANGS: Final = 60
"""Seconds a line that hangs is held at the most; whoever waits gives up before."""

PORTALS: Final = (
    b"<!doctype html><title>Velkommen til G\xc3\xa6stenet</title><form>...</form>",
    b"<script>location.replace('http://login.wifi.example/')</script>",
    b"",
)
"""What open wireless networks answer before somebody has agreed to something."""
REFUSALS: Final = (401, 403, 413, 429, 500, 502, 503)
HANDED_ON: Final = {
    "connection",
    "keep-alive",
    "transfer-encoding",
    "content-length",
    "date",
    "server",
}
"""Headers that belong to one stretch of the line."""


@dataclass
class Line:
    """What the line does next; drawn from the run's own seed.

    Attributes:
        random: Draws the faults; asked under the lock, so a seed gives the same row of them.
        backend: Port of the server; it moves when the server is started anew.
        delivers: How the paths begin on which deliveries go; only they meet faults.
        faults: Names of what may go wrong with them; see `FAULTS`.
        share: How many of the deliveries go wrong, 0 to 1.
        is_down: Nothing passes at all.
        met: How often each fault happened.
    """

    random: Random
    backend: int
    delivers: tuple[str, ...] = DELIVERS
    faults: Sequence[str] = ()
    share: float = 0.0
    is_down: bool = False
    met: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def fault(self) -> str:
        """Draw what happens to a delivery."""
        with self._lock:
            if self.is_down:
                kind = "down"
            elif self.random.random() >= self.share:
                kind = "none"
            else:
                kind = self.random.choice(self.faults)
            self.met[kind] += 1
            return kind

    def draw(self, low: float, high: float) -> float:
        """Draw a number."""
        with self._lock:
            return self.random.uniform(low, high)


@dataclass(frozen=True)
class Asked:
    """One request in full."""

    method: str
    path: str
    headers: list[tuple[str, str]]
    body: bytes


@dataclass(frozen=True)
class Answered:
    """One answer in full."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


class Gone(Exception):
    """The server cannot be reached."""


def pass_on(line: Line, asked: Asked) -> Answered:
    """Ask the server itself.

    Raises:
        Gone.
    """
    connection = http.client.HTTPConnection("127.0.0.1", line.backend, timeout=30)
    try:
        connection.request(asked.method, asked.path, asked.body or None, dict(asked.headers))
        got = connection.getresponse()
        kept = [each for each in got.getheaders() if each[0].lower() not in HANDED_ON]
        return Answered(got.status, kept, got.read())
    except (OSError, http.client.HTTPException) as error:
        raise Gone from error
    finally:
        connection.close()


def _drop(_line: Line, _asked: Asked) -> Answered | None:
    return None


def _lose_answer(line: Line, asked: Asked) -> Answered | None:
    pass_on(line, asked)
    return None


def _twice(line: Line, asked: Asked) -> Answered | None:
    pass_on(line, asked)
    return pass_on(line, asked)


def _portal(line: Line, _asked: Asked) -> Answered | None:
    page = PORTALS[int(line.draw(0, len(PORTALS) - 0.001))]
    return Answered(200 if page else 204, [("Content-Type", "text/html")], page)


def _redirect(_line: Line, _asked: Asked) -> Answered | None:
    return Answered(302, [("Location", "/portal")], b"")


def _refuse(line: Line, _asked: Asked) -> Answered | None:
    status = REFUSALS[int(line.draw(0, len(REFUSALS) - 0.001))]
    more = [("Retry-After", "1")] if status in {429, 503} else []
    return Answered(status, [("Content-Type", "text/html"), *more], b"<h1>no</h1>")


def _empty(line: Line, asked: Asked) -> Answered | None:
    answered = pass_on(line, asked)
    return Answered(answered.status, answered.headers, b"")


def _another_answer(line: Line, asked: Asked) -> Answered | None:
    """Answer as the server would have to something else: all is well, but for another nonce."""
    answered = pass_on(line, asked)
    return Answered(
        answered.status, answered.headers, answered.body.replace(b'"nonce":"', b'"nonce":"x')
    )


_KINDS: Final[dict[str, Callable[[Line, Asked], Answered | None]]] = {
    "drop": _drop,
    "lose answer": _lose_answer,
    "twice": _twice,
    "portal": _portal,
    "redirect": _redirect,
    "refuse": _refuse,
    "empty": _empty,
    "another answer": _another_answer,
    "cut": pass_on,
    "slow": pass_on,
    "hang": _drop,
    "hang with the answer": pass_on,
    "down": _drop,
    "none": pass_on,
}
FAULTS: Final = tuple(name for name in _KINDS if name not in {"down", "none"})


@contextmanager
def line_to(backend: int, random: Random) -> Iterator[tuple[Line, str]]:
    """Yield a line to the server at a port of this machine, and its own address."""
    line = Line(random, backend, faults=FAULTS)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(line))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield line, f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def _handler(line: Line) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_words: object) -> None:
            """Say nothing; the counts tell."""

        def _handle(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            headers = [each for each in self.headers.items() if each[0].lower() != "connection"]
            asked = Asked(self.command, self.path, headers, self.rfile.read(length))
            # Faults fall on what delivers; else a page that does not come hides all the rest.
            delivers = self.command == "POST" and self.path.startswith(line.delivers)
            kind = line.fault() if delivers or line.is_down else "none"
            try:
                answered = _KINDS[kind](line, asked)
            except Gone:
                answered = None
            # Whoever asked may have gone: killed, or out of patience.
            with suppress(OSError):
                self._answer(answered, kind)

        do_GET = do_POST = do_PUT = do_PATCH = do_HEAD = _handle  # noqa: N815 - the names the server asks for

        def _answer(self, answered: Answered | None, kind: str) -> None:
            if kind == "slow":
                threading.Event().wait(line.draw(0.05, 0.6))
            if kind.startswith("hang"):
                # Nothing comes back, and nothing ends either, until whoever asked gives up.
                self.connection.settimeout(HANGS)
                self.connection.recv(1)
                answered = None
            if answered is None:
                self.close_connection = True
                return
            self.send_response(answered.status)
            for name, value in answered.headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answered.body)))
            self.end_headers()
            body = answered.body[: len(answered.body) // 2] if kind == "cut" else answered.body
            if self.command != "HEAD":
                self.wfile.write(body)
            if kind == "cut":
                self.close_connection = True

    return Handler
