"""A network that behaves badly on purpose. The server is the real one."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Final

from playwright.sync_api import APIResponse, Error, Page, Route

WRITES: Final = "**/observations"
"""Every tap on a sign or a goal."""

TIMEOUT: Final = "htmx:error: timeout"
"""What the page says by itself of a server that does not answer."""


@contextmanager
def answers_lost(page: Page, where: str = WRITES) -> Iterator[None]:
    """Let the server store what is sent, and cut the line before its answer arrives."""

    def store_and_cut(route: Route) -> None:
        route.fetch()
        # What a test waits for may arrive another way, and the line be mended meanwhile.
        with suppress(Error):
            route.abort("connectionreset")

    with _routed(page, where, store_and_cut):
        yield


@contextmanager
def answered_by(
    page: Page, status: int, body: str, headers: dict[str, str] | None = None
) -> Iterator[None]:
    """Let something between the tablet and the server answer every tap."""

    def answer(route: Route) -> None:
        kind = {"Content-Type": "text/html"}
        route.fulfill(status=status, body=body, headers=kind | (headers or {}))

    with _routed(page, WRITES, answer):
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
    with _routed(page, WRITES, slow.hold_first):
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
    with ExitStack() as stack:
        for where in (WRITES, "**/sync/batch"):
            stack.enter_context(_routed(page, where, held.hold))
        yield
    held.let_go()


@contextmanager
def _routed(page: Page, where: str, handler: Callable[[Route], None]) -> Iterator[None]:
    page.route(where, handler)
    try:
        yield
    finally:
        page.unroute(where, handler)
