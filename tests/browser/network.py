"""A network that behaves badly on purpose. The server is the real one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Final

from playwright.sync_api import APIResponse, BrowserContext, Error, Page, Route

from tests.browser.hands import ask

WRITES: Final = "**/observations"
"""Every tap on a sign or a goal."""

TIMEOUT: Final = "htmx:error: timeout"
"""What the page says by itself of a server that does not answer."""

_PROBE: Final = "**/healthz?met"


def drop(route: Route) -> None:
    """Let it get nowhere."""
    route.abort()


def portal(route: Route) -> None:
    """Answer as an open wireless network does: its login page, with status 200."""
    page = "<!doctype html><title>Velkommen til Gæstenet</title>"
    route.fulfill(status=200, body=page, headers={"Content-Type": "text/html"})


def intercept(
    where: Page | BrowserContext, handler: Callable[[Route], None], *addresses: str
) -> None:
    """Let a handler answer what goes to these addresses, from the very next request on."""
    for address in addresses:
        where.route(address, handler)
    for page in where.pages if isinstance(where, BrowserContext) else [where]:
        _be_met(page)


def _be_met(page: Page) -> None:
    """Wait until an open page asks us: what it asks for at first may still slip by.

    A page that its worker takes over in this very moment goes past us until the browser builds its
    way to the network anew, as it does whenever somebody else begins or ends to listen.
    """
    met: list[Route] = []
    devtools = page.context.new_cdp_session(page)

    def answer(route: Route) -> None:
        met.append(route)
        route.fulfill(status=200)

    page.route(_PROBE, answer)
    while not met:
        ask(page, "fetch('/healthz?met').then(() => 0, () => 0)")
        if not met:
            devtools.send("Fetch.enable", {"patterns": [{"urlPattern": "*/nothing-of-ours"}]})
            devtools.send("Fetch.disable")
    devtools.detach()
    page.unroute(_PROBE, answer)


@contextmanager
def intercepted(
    where: Page | BrowserContext, handler: Callable[[Route], None], *addresses: str
) -> Iterator[None]:
    """Let a handler answer what goes to these addresses while the block runs."""
    intercept(where, handler, *addresses)
    try:
        yield
    finally:
        for address in addresses:
            where.unroute(address, handler)


@contextmanager
def answers_lost(page: Page, where: str = WRITES) -> Iterator[None]:
    """Let the server store what is sent, and cut the line before its answer arrives."""

    def store_and_cut(route: Route) -> None:
        route.fetch()
        # What a test waits for may arrive another way, and the line be mended meanwhile.
        with suppress(Error):
            route.abort("connectionreset")

    with intercepted(page, store_and_cut, where):
        yield


@contextmanager
def answered_by(
    page: Page, status: int, body: str, headers: dict[str, str] | None = None
) -> Iterator[None]:
    """Let something between the tablet and the server answer every tap."""

    def answer(route: Route) -> None:
        kind = {"Content-Type": "text/html"}
        route.fulfill(status=status, body=body, headers=kind | (headers or {}))

    with intercepted(page, answer, WRITES):
        yield


class Slow:
    """A line on which one answer is on its way until it is let through."""

    def __init__(self, page: Page) -> None:
        """Hold nothing yet."""
        self._page = page
        self._first: Route | None = None
        self._answer: APIResponse | None = None

    def hold_first(self, route: Route) -> None:
        """Let the server answer, and keep the first answer back; the others pass."""
        if self._first is None:
            self._first = route
            self._answer = route.fetch()
        else:
            route.continue_()

    def let_through(self) -> None:
        """Deliver the answer that was kept back, as it was when the server gave it."""
        while self._answer is None:
            # Each turn lets the server's answer come in.
            self._page.evaluate("0")
        assert self._first
        self._first.fulfill(response=self._answer)


@contextmanager
def one_slow_answer(page: Page) -> Iterator[Slow]:
    """Hold back the answer to the first tap while the block runs."""
    slow = Slow(page)
    with intercepted(page, slow.hold_first, WRITES):
        yield slow


class Held:
    """A server that takes everything and answers nothing, until it is let go."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self._routes: list[Route] = []

    def hold(self, route: Route) -> None:
        """Answer nothing."""
        self._routes.append(route)

    def let_go(self) -> None:
        """Let everything through to the server that works again."""
        for route in self._routes:
            # What a page gave up meanwhile cannot be sent any more.
            with suppress(Error):
                route.continue_()


@contextmanager
def server_that_hangs(page: Page) -> Iterator[None]:
    """Let nothing that was tapped be answered while the block runs."""
    held = Held()
    with intercepted(page, held.hold, WRITES, "**/sync/batch"):
        yield
    held.let_go()
