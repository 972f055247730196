"""A real Chromium, as fast as this machine or as slow as a tablet on slow 4G."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

PATIENCE = 30_000
"""Milliseconds until a state must be there; only a broken run waits that long."""

_WATCH = """
(() => {
  const watched = { tapped: 0, paint: 0, interactions: {} };
  window.__bench = watched;
  addEventListener("pointerdown", (event) => { watched.tapped = event.timeStamp; }, true);
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) watched.paint = entry.startTime;
  }).observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) => {
    for (const { interactionId, duration } of list.getEntries()) {
      if (!interactionId) continue;
      const longest = watched.interactions[interactionId] ?? 0;
      watched.interactions[interactionId] = Math.max(longest, duration);
    }
  }).observe({ type: "event", buffered: true, durationThreshold: 16 });
  // Milliseconds from the finger to the frame that shows the class on the element.
  window.__painted = (id, name) => new Promise((resolve) => {
    watched.tapped = 0;
    const frame = new MessageChannel();
    frame.port1.onmessage = () => resolve(performance.now() - watched.tapped);
    const look = () => {
      if (!watched.tapped || !document.getElementById(id)?.classList.contains(name)) return;
      observer.disconnect();
      requestAnimationFrame(() => frame.port2.postMessage(""));
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { subtree: true, childList: true, attributes: true });
  });
})();
"""


@dataclass(frozen=True)
class Profile:
    """How slow the tablet and its network are.

    Attributes:
        title: For the table.
        slower: How many times slower than this machine its processor is.
        shaped: Whether its network is slow 4G: 150 ms, 1.6 Mbit/s down, 0.75 Mbit/s up.
    """

    title: str
    slower: int = 1
    shaped: bool = False


FAST = Profile("this machine")
SLOW = Profile("4 times slower", slower=4)
TABLET = Profile("4 times slower, slow 4G", slower=4, shaped=True)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Yield the browser that the tests use."""
    path = os.environ.get("SMAATEGN_CHROMIUM", shutil.which("chromium"))
    with sync_playwright() as playwright:
        # An empty path means Playwright's own.
        browser = playwright.chromium.launch(executable_path=path or None)
        yield browser
        browser.close()


@contextmanager
def new_tablet(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """Yield a tablet straight from the shop: nothing kept, nobody signed in."""
    context = browser.new_context(
        base_url=address,
        viewport={"width": 820, "height": 1180},
        has_touch=True,
        locale="da-DK",
        timezone_id="Europe/Copenhagen",
    )
    context.set_default_timeout(PATIENCE)
    context.add_init_script(_WATCH)
    yield context
    context.close()


def slowed_page(tablet: BrowserContext, profile: Profile) -> Page:
    """Return a new page as slow as the profile."""
    page = tablet.new_page()
    devtools = tablet.new_cdp_session(page)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": profile.slower})
    if profile.shaped:
        devtools.send("Network.enable")
        devtools.send(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": 150,
                "downloadThroughput": 1_600_000 / 8,
                "uploadThroughput": 750_000 / 8,
            },
        )
    return page


def tap_until_painted(page: Page, id: str, name: str) -> float:
    """Tap an element with a finger; return the ms until the class on it is on the screen."""
    button = page.locator(f"#{id}")
    button.scroll_into_view_if_needed()
    place = cast(dict[str, float], button.bounding_box())
    page.evaluate("([id, name]) => { window.__ms = window.__painted(id, name); }", [id, name])
    page.touchscreen.tap(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    return float(page.evaluate("window.__ms"))


def wait_for_worker(page: Page) -> None:
    """Wait until the service worker has kept the shell and answers for this page."""
    page.wait_for_function("() => navigator.serviceWorker.controller?.state === 'activated'")


def wait_until_kept(page: Page, path: str) -> None:
    """Wait until the worker has kept a page to be shown without network."""
    page.wait_for_function("async (path) => Boolean(await caches.match(path))", arg=path)


def largest_paint(page: Page) -> float:
    """Return the ms from the start of the visit to its largest paint, once all is loaded."""
    page.wait_for_load_state("load")
    page.wait_for_function("() => window.__bench.paint > 0")
    return float(page.evaluate("window.__bench.paint"))


def longest_interactions(page: Page) -> list[float]:
    """Return for each interaction on this page its ms to the next paint, 16 ms and more."""
    found: dict[str, Any] = page.evaluate("window.__bench.interactions")
    return [float(ms) for ms in found.values()]
