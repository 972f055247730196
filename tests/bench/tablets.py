"""A tablet without a screen: signs in, keeps its cookie and its connection, taps as htmx does."""

import gzip
import http.client
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, Self
from urllib.parse import urlencode
from uuid import UUID

from flask import Flask

from tests.bench.tables import Broken
from webapp.demo.people import DEMO_PASSWORD

TIMEOUT = 60
"""Seconds without an answer after which a request counts as lost."""

IDLE = 30
"""Seconds after which a connection is not trusted any more; the server hangs up after 60."""

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_DRAWN = re.compile(r'name="([^"]+)"[^>]* data-draw-id')
_BOARD = re.compile(r'href="(/\?department=[0-9a-f-]{36})"')
_CITIZEN = re.compile(
    r'href="(/citizens/[0-9a-f-]{36})".*?class="name"><bdi[^>]*>([^<]+)', re.DOTALL
)
_SIGN = re.compile(r'hx-post="(/signs/[0-9a-f-]{36}/observations)"')


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. The body is as it was sent: compressed when it was compressed."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        zipped = self.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(self.body) if zipped else self.body).decode()


class Line(Protocol):
    """A way to the app: a kept connection, or straight into it."""

    def ask(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
    ) -> Answer: ...


class HttpLine:
    """One kept HTTP connection to a server on this machine; a new one when it lay idle."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
        self._used_at = 0.0

    def ask(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        if time.monotonic() - self._used_at > IDLE:
            self._connection.close()
        try:
            self._connection.request(method, path, body, dict(headers))
            response = self._connection.getresponse()
            content = response.read()
        except (OSError, http.client.HTTPException):
            self._connection.close()
            raise
        self._used_at = time.monotonic()
        found = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, found, content)

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class WsgiLine:
    """Straight into the app, so that only the app's own time is measured."""

    def __init__(self, app: Flask) -> None:
        self._client = app.test_client(use_cookies=False)

    def ask(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        response = self._client.open(path, method=method, data=body, headers=dict(headers))
        found = {name.lower(): value for name, value in response.headers}
        return Answer(response.status_code, found, response.data)


@dataclass(slots=True)
class Tablet:
    """Someone's tablet. Two tablets may share a session: give both the same cookie and token."""

    line: Line
    cookie: str = ""
    token: str = ""
    id_field: str = ""

    def get(self, path: str) -> Answer:
        """Ask for a page or a file."""
        return self._ask("GET", path, None, {})

    def post(self, path: str, fields: Mapping[str, str], *, htmx: bool = True) -> Answer:
        """Send a form."""
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        if htmx:
            headers |= {"HX-Request": "true", "X-CSRFToken": self.token}
        return self._ask("POST", path, urlencode(fields).encode(), headers)

    def tap(self, sign_path: str, id: UUID) -> Answer:
        """Tap a sign: one observation with an id made here."""
        return self.post(sign_path, {self.id_field: str(id), "outcome": "seen"})

    def sign_in(self, email: str) -> Self:
        """Sign in the way a person does, and learn the token that every write needs."""
        self.token = self._token_of(self.get("/login"))
        form = {"csrf_token": self.token, "email": email, "password": DEMO_PASSWORD}
        answer = self.post("/login", form, htmx=False)
        if answer.status != 303:
            raise Broken(f"{email} could not sign in: {answer.status}")
        self.token = self._token_of(self.get("/"))
        return self

    def beside(self, line: Line) -> "Tablet":
        """Return another connection of the same signed-in tablet."""
        return Tablet(line, self.cookie, self.token, self.id_field)

    def signs_on(self, page: str) -> list[str]:
        """Return where the sign buttons of a page send their taps."""
        answer = self.get(page)
        if answer.status != 200:
            raise Broken(f"{page} answered {answer.status}")
        if drawn := _DRAWN.search(answer.text):
            self.id_field = drawn.group(1)
        return list(dict.fromkeys(_SIGN.findall(answer.text)))

    def boards(self) -> list[str]:
        """Return the board of each department that this person sees."""
        return list(dict.fromkeys(_BOARD.findall(self.get("/").text))) or ["/"]

    def citizens_on(self, board: str = "/") -> dict[str, str]:
        """Return the first names on a board by the address of the citizen's page."""
        return dict(_CITIZEN.findall(self.get(board).text))

    def _ask(self, method: str, path: str, body: bytes | None, more: Mapping[str, str]) -> Answer:
        headers = {"Cookie": self.cookie, "Accept-Encoding": "gzip", **more}
        answer = self.line.ask(method, path, body, headers)
        if given := answer.headers.get("set-cookie"):
            self.cookie = given.partition(";")[0]
        return answer

    def _token_of(self, answer: Answer) -> str:
        found = _TOKEN.search(answer.text)
        if found is None:
            raise Broken(f"No token on the page; it answered {answer.status}")
        return found.group(1)
