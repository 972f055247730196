"""The app on the tablet: its service worker and what it keeps there."""

from typing import cast

from playwright.sync_api import Page


def wait_for_worker(page: Page) -> None:
    """Wait until the service worker has kept the shell and answers for this page."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("navigator.serviceWorker.controller?.state === 'activated'")


def kept_texts(page: Page) -> dict[str, str]:
    """Return everything in Cache Storage: the text of each answer under its path."""
    script = """async () => {
      const kept = {};
      for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
          const answer = await cache.match(request, { ignoreVary: true });
          kept[new URL(request.url).pathname] = await answer.text();
        }
      }
      return kept;
    }"""
    return cast(dict[str, str], page.evaluate(script))


def other_stores(page: Page) -> dict[str, int]:
    """Return how much lies in the tablet's other stores, of which the outbox is one."""
    script = """async () => ({
      local: localStorage.length,
      session: sessionStorage.length,
      databases: (await indexedDB.databases()).length,
    })"""
    return cast(dict[str, int], page.evaluate(script))
