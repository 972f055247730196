"""A shared tablet in a real Chromium that is killed like a tablet: without a word."""

import json
import os
import shutil
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, cast

from playwright.sync_api import BrowserContext, Error, Page, Playwright, expect
from playwright.sync_api import TimeoutError as Slow

from tests.browser import shared
from tests.personas import Person

PATIENCE: Final = 20_000
"""Milliseconds until a page must be there once the line is whole."""

SIGNS: Final = "form.sign-form[data-outbox='observation.create_for_sign'] button.sign"
"""Every button of a sign that is seen or not."""

IMPATIENCE: Final = 1500
"""Milliseconds after which a finger gives up on a button that something covers."""

TRIES: Final = 4
"""How often a page is opened once more before something is wrong with it: machines are busy."""

_FAST: Final = Path(__file__).with_name("fast.js").read_text("utf-8")
_FINGERS: Final = Path(__file__).with_name("fingers.js").read_text("utf-8")

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
        tapped: Ids that were tapped on the page's own forms.
        times_killed: How often the browser lost its power.
        times_begun_again: How often a page had to be opened once more although the line was whole.
    """

    def __init__(self, playwright: Playwright, folder: Path, address: str, secret: str) -> None:
        """Take it out of its box."""
        self._playwright = playwright
        self._profile, self._address, self._secret = folder / "profile", address, secret
        self.made: dict[str, str] = {}
        self.kept: set[str] = set()
        self.tapped: set[str] = set()
        self.times_killed = 0
        self.times_begun_again = 0
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
        expect.set_options(timeout=PATIENCE)
        self._context.add_init_script(f"({_SHIFTED})({clock_ahead})")
        self._context.add_init_script(_FINGERS)
        cookie = {"name": shared.COOKIE, "value": self._secret, "url": self._address}
        self._context.add_cookies([cast(Any, cookie)])
        self._context.expose_binding("noteMade", lambda _, *made: self._note_made(*made))
        self._context.expose_binding("noteKept", lambda _, id: self.kept.add(id))
        self.page = self._context.pages[0] if self._context.pages else self._context.new_page()

    def _note_made(self, id: str, staff: str, by_finger: bool) -> None:
        self.made[id] = staff
        if by_finger:
            self.tapped.add(id)

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

        def take() -> None:
            self.page.goto("/lock")
            if not self.is_locked:
                # A clock that jumped locks the page by itself meanwhile.
                with suppress(Slow):
                    shared.switch(self.page)
            shared.open_as(self.page, person)
            self.page.locator("#lock").wait_for(state="detached")
            self.page.goto(f"/citizens/{citizen}")
            self.page.locator("body[data-keeps]").wait_for()

        self._with_patience(take)

    def reload(self) -> None:
        """Read the page in hand again, and wait until it can keep entries or asks who is there."""

        def read() -> None:
            self.page.reload()
            self.page.locator("body[data-keeps], #lock").first.wait_for()

        self._with_patience(read)

    def _with_patience(self, work: Callable[[], None]) -> None:
        """Begin again, as a person does, when a page does not come or has no net."""
        for _ in range(TRIES):
            with suppress(Error, AssertionError):
                work()
                return
            self.times_begun_again += 1
        try:
            work()
        except (Error, AssertionError) as error:
            error.add_note(f"at {self.page.url}: {self.page.locator('body').inner_text()}")
            raise

    @property
    def is_locked(self) -> bool:
        """Whether it asks who is there."""
        return self.page.locator("#lock").count() > 0

    def keep_many(self, count: int, targets: list[str]) -> None:
        """Keep entries as fast as the disk takes them; a killed page keeps fewer."""
        with suppress(Error):
            self.page.evaluate(_FAST, [count, targets])

    def tap(self, place: int) -> None:
        """Tap one of the signs on the page, as a finger does; what covers it may keep it away."""
        with suppress(Error):
            buttons = self.page.locator(SIGNS)
            if count := buttons.count():
                buttons.nth(place % count).tap(timeout=IMPATIENCE, no_wait_after=True)

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
