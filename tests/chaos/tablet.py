"""A shared tablet in a real Chromium that is killed like a tablet: without a word."""

import json
import os
import shutil
import signal
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, cast

from playwright.sync_api import BrowserContext, Error, Page, Playwright

from tests.browser import shared
from tests.personas import Person

PATIENCE: Final = 20_000
"""Milliseconds until a page must be there once the line is whole."""

_FAST: Final = Path(__file__).with_name("fast.js").read_text("utf-8")

_SHIFTED: Final = """(offset) => {
  const Real = Date;
  class Shifted extends Real {
    constructor(...given) { given.length ? super(...given) : super(Real.now() + offset); }
    static now() { return Real.now() + offset; }
  }
  globalThis.Date = Shifted;
}"""

_LEFT: Final = """() => new Promise((resolve, reject) => {
  const opening = indexedDB.open("outbox");
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const asked = opening.result.transaction("entries").objectStore("entries").getAll();
    asked.onsuccess = () => {
      resolve(JSON.stringify(asked.result.map(({ id, state, why }) => ({ id, state, why }))));
      opening.result.close();
    };
  };
})"""


class Tablet:
    """One browser profile on one disk, put up in Søndermarken.

    Attributes:
        page: The page in hand; another one after the browser was killed.
        made: Ids that were about to be kept, with whose they are.
        kept: Ids that were said to be kept.
        times_killed: How often the browser lost its power.
    """

    def __init__(self, playwright: Playwright, folder: Path, address: str, secret: str) -> None:
        """Take it out of its box."""
        self._playwright = playwright
        self._profile, self._address, self._secret = folder / "profile", address, secret
        self.made: dict[str, str] = {}
        self.kept: set[str] = set()
        self.times_killed = 0
        self._context: BrowserContext
        self.page: Page
        self.switch_on(0)

    def switch_on(self, clock_ahead: int) -> None:
        """Start the browser on what its disk holds, its clock so many ms ahead."""
        self._context = self._playwright.chromium.launch_persistent_context(
            self._profile,
            executable_path=os.environ.get("SMAATEGN_CHROMIUM") or shutil.which("chromium"),
            args=["--no-sandbox"] if os.geteuid() == 0 else [],
            base_url=self._address,
            viewport={"width": 820, "height": 1180},
            has_touch=True,
            locale="da-DK",
            timezone_id="Europe/Copenhagen",
        )
        self._context.set_default_timeout(PATIENCE)
        self._context.add_init_script(f"({_SHIFTED})({clock_ahead})")
        cookie = {"name": shared.COOKIE, "value": self._secret, "url": self._address}
        self._context.add_cookies([cast(Any, cookie)])
        self._context.expose_binding("noteMade", lambda _, id, staff: self._note_made(id, staff))
        self._context.expose_binding("noteKept", lambda _, id: self.kept.add(id))
        self.page = self._context.pages[0] if self._context.pages else self._context.new_page()

    def _note_made(self, id: str, staff: str) -> None:
        self.made[id] = staff

    def kill(self) -> None:
        """Take its power away, in the middle of whatever it does."""
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                words = (process / "cmdline").read_bytes().split(b"\0")
                if f"--user-data-dir={self._profile}".encode() in words:
                    os.kill(int(process.name), signal.SIGKILL)
        with suppress(Error):
            self._context.close()
        (self._profile / "SingletonLock").unlink(missing_ok=True)
        self.times_killed += 1

    def open_as(self, person: Person, citizen: str) -> None:
        """Take the tablet as somebody, and open a citizen's day; the line has to be whole."""
        self.page.goto("/lock")
        if self.page.locator("[data-lock-now]").count():
            shared.switch(self.page)
        shared.open_as(self.page, person)
        self.page.locator("#lock").wait_for(state="detached")
        self.page.goto(f"/citizens/{citizen}")
        self.page.locator("body[data-keeps]").wait_for()

    def keep_many(self, count: int, targets: list[str]) -> None:
        """Keep entries as fast as the disk takes them; a killed page keeps fewer."""
        with suppress(Error):
            self.page.evaluate(_FAST, [count, targets])

    def try_to_send(self) -> None:
        """Let the page believe that the network is back."""
        with suppress(Error):
            self.page.evaluate("dispatchEvent(new Event('online'))")

    def left(self) -> list[dict[str, str]]:
        """Return what waits: id, state, why."""
        return cast(list[dict[str, str]], json.loads(self.page.evaluate(_LEFT)))

    def close(self) -> None:
        """Put it away."""
        self._context.close()
