"""The tablet's outbox in a test: what waits, and a line on which only what delivers is cut."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from typing import Any, Final, cast

from playwright.sync_api import BrowserContext, Error, Locator, Page, Route, expect

from tests.browser.hands import ask, form
from tests.browser.network import drop, intercepted
from tests.browser.tablets import PATIENCE
from webapp.models import Sign

DELIVERY: Final = ("**/observations", "**/corrections", "**/withdrawal", "**/sync/batch")
"""Everything by which a tap can reach the server; pages, PIN and grants pass."""

NOISE: Final = (
    "ERR_INTERNET_DISCONNECTED",
    "ERR_FAILED",
    "ERR_CONNECTION_RESET",
    "Failed to fetch",
    "status of 503",
    "status: 503",
)
"""What a browser says by itself while the line is cut."""

_READ: Final = """store => new Promise((resolve, reject) => {
  const opening = indexedDB.open("outbox");
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const asked = opening.result.transaction(store).objectStore(store).getAll();
    asked.onsuccess = () => {
      resolve(JSON.parse(JSON.stringify(asked.result)));
      opening.result.close();
    };
  };
})"""


def may_keep(page: Page) -> None:
    """Wait until the page has a grant, so that taps are kept."""
    expect(page.locator("body[data-keeps]")).to_be_attached()


def lies(page: Page, store: str = "entries") -> list[dict[str, Any]]:
    """Return what lies on the tablet: entries, receipts, grants or meta."""
    return cast(list[dict[str, Any]], ask(page, _READ, store))


def a_moment(page: Page) -> None:
    """Let the page go on until it has drawn itself again."""
    ask(page, "new Promise(resolve => requestAnimationFrame(resolve))")


def fill_disk(page: Page) -> None:
    """Let the tablet keep no further entry, until the page's own `makeRoom()`."""
    page.evaluate(
        """() => {
          const add = IDBObjectStore.prototype.add;
          const full = new DOMException("", "QuotaExceededError");
          IDBObjectStore.prototype.add = () => { throw full; };
          globalThis.makeRoom = () => { IDBObjectStore.prototype.add = add; };
        }"""
    )


def expect_kept(page: Page, sign: Sign) -> None:
    """Wait until a sign's button says that its tap lies on the tablet."""
    expect(form(page, sign)).to_have_attribute("data-kept", "")
    expect(form(page, sign).locator(".kept-words")).to_have_text("På tabletten")


def rows(page: Page, sign: Sign) -> Locator:
    """Return the rows under a sign for what the server has not got."""
    return page.locator(f"#sign-{sign.id} [data-kept-row]")


def count(page: Page) -> Locator:
    """Return the badge in the header."""
    return page.locator("#outbox-count")


def wait_for_words(page: Page) -> None:
    """Wait until words that are being written lie on the tablet."""
    until = time.monotonic() + PATIENCE / 1000
    while not any(noted["key"] == "words" for noted in lies(page, "meta")):
        assert time.monotonic() < until
        a_moment(page)


def expect_delivered(page: Page) -> None:
    """Wait until nothing lies on the tablet any more, and its badge says so."""
    expect_all_sent(page)
    expect(count(page)).to_be_hidden()


def expect_all_sent(page: Page) -> None:
    """Wait until nothing lies on the tablet any more; several may go one after the other."""
    until = time.monotonic() + 3 * PATIENCE / 1000
    while lies(page) and time.monotonic() < until:
        a_moment(page)
    assert lies(page) == []


def drawer(page: Page) -> Locator:
    """Open Udbakke by the badge and return it."""
    count(page).click()
    return page.locator("#outbox")


def net_is_back(page: Page) -> None:
    """Let the page hear what a browser says when it seems to have net again."""
    page.evaluate("dispatchEvent(new Event('online'))")


def cut(
    where: Page | BrowserContext, answer: Callable[[Route], None] = drop
) -> AbstractContextManager[None]:
    """Let nothing that delivers through while the block runs; it is answered as given."""
    return intercepted(where, answer, *DELIVERY)


def unavailable(route: Route) -> None:
    """Answer as a proxy does whose server is being started again."""
    route.fulfill(status=503, body="<html><h1>503</h1></html>")


def lose_answers(route: Route) -> None:
    """Let the server have it, and cut the line before its answer arrives."""
    route.fetch()
    # The line may have been mended meanwhile, and the request with it.
    with suppress(Error):
        route.abort("connectionreset")
