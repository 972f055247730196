"""The app on the tablet: its service worker and what it keeps there."""

from collections.abc import Callable
from typing import Final, cast

from playwright.sync_api import Page, expect

FORGET_PAGES: Final = """async () => {
  indexedDB.deleteDatabase("cache");
  for (const name of await caches.keys()) if (name.startsWith("pages-")) await caches.delete(name);
}"""
"""What a test does to a tablet that is put back."""

_PAGES: Final = """async () => {
  const kept = [];
  for (const name of await caches.keys()) {
    if (!name.startsWith("pages-")) continue;
    for (const { url } of await (await caches.open(name)).keys()) {
      const { pathname, search } = new URL(url);
      kept.push(pathname + search);
    }
  }
  return kept.sort();
}"""

_SHELL: Final = """async () => {
  const [name] = (await caches.keys()).filter((each) => each.startsWith("shell-"));
  return name && (await (await caches.open(name)).keys()).length;
}"""

_BYTES: Final = """async (part) => {
  const found = [];
  const text = (buffer) => new TextDecoder("latin1").decode(buffer);
  for (const name of await caches.keys()) {
    if (!name.startsWith(part)) continue;
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const answer = await cache.match(request, { ignoreVary: true });
      found.push(request.url, JSON.stringify([...answer.headers]));
      found.push(text(await answer.arrayBuffer()));
    }
  }
  if (part) return found.join("\\n");
  for (const { name } of await indexedDB.databases()) {
    if (name === "outbox") continue;
    const database = await new Promise((resolve) => {
      const opening = indexedDB.open(name);
      opening.onsuccess = () => resolve(opening.result);
    });
    for (const store of database.objectStoreNames) {
      const all = await new Promise((resolve) => {
        const asked = database.transaction(store).objectStore(store).getAll();
        asked.onsuccess = () => resolve(asked.result);
      });
      found.push(JSON.stringify(all));
    }
    database.close();
  }
  found.push(JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }));
  return found.join("\\n");
}"""


def wait_for_worker(page: Page) -> None:
    """Wait until the service worker has kept the shell and answers for this page."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("() => navigator.serviceWorker.controller?.state === 'activated'")
    # One that was there already may have been robbed of it, and keeps it again.
    for _ in range(200):
        if page.evaluate(_SHELL):
            return
        page.evaluate("new Promise(resolve => requestAnimationFrame(resolve))")
    raise AssertionError("the shell is not kept")


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


def databases(page: Page) -> list[str]:
    """Return the names of the tablet's databases."""
    script = "async () => (await indexedDB.databases()).map(({ name }) => name).sort()"
    return cast(list[str], page.evaluate(script))


def pages_on(page: Page) -> list[str]:
    """Return the addresses of the pages that are kept, in order."""
    return cast(list[str], page.evaluate(_PAGES))


def wait_for_pages(page: Page, is_there: Callable[[list[str]], bool]) -> list[str]:
    """Wait until the kept pages are as they should be, and return them."""
    for _ in range(200):
        if is_there(found := pages_on(page)):
            return found
        page.evaluate("new Promise(resolve => requestAnimationFrame(resolve))")
    raise AssertionError(f"kept are {found}")


def bytes_on(page: Page, part: str = "") -> str:
    """Return what lies in the tablet's caches and stores but the outbox, as it lies there.

    With a part, only the caches whose names begin like that.
    """
    return cast(str, page.evaluate(_BYTES, part))


def open_board_and_keep_it(page: Page) -> None:
    """Open the board under a worker, and wait until it has kept the day of everybody on it."""
    page.goto("/")
    wait_for_worker(page)
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vagten")
    script = "all => all.map(one => one.pathname).filter(one => /^.citizens.[^/]+$/.test(one))"
    days = set(page.locator("main a").evaluate_all(script))
    assert days
    wait_for_pages(page, days.issubset)
