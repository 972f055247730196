"""The tablets of one worker: browser contexts, each with its own cookies and its own storage."""

import re
from typing import Any, Final

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.browser.installed import FORGET_PAGES
from tests.browser.watch import TELL_VIOLATIONS, Watch
from tests.personas import DEMO_PASSWORD, Person

SIZE: Final[ViewportSize] = {"width": 820, "height": 1180}

PATIENCE: Final = 10_000
"""Milliseconds until a state must be there. Only a failing test waits that long."""

_TOKEN: Final = re.compile(r'name="csrf_token" value="([^"]+)"')


class Tablets:
    """The shelf. Tablets are put back after a test and used again: a new one costs two seconds."""

    def __init__(self, chromium: Browser, address: str) -> None:
        """Begin with an empty shelf."""
        self._chromium, self._address = chromium, address
        self._shelf: list[BrowserContext] = []
        self._cookies: dict[str, Any] = {}
        expect.set_options(timeout=PATIENCE)

    def new(self, **options: Any) -> BrowserContext:
        """Return a tablet straight from the shop; options as for `Browser.new_context`."""
        usual = {
            "base_url": self._address,
            "viewport": SIZE,
            "locale": "da-DK",
            "timezone_id": "Europe/Copenhagen",
            "service_workers": "allow",
        }
        context = self._chromium.new_context(**usual | options)
        context.set_default_timeout(PATIENCE)
        context.add_init_script(TELL_VIOLATIONS)
        return context

    def take(self) -> BrowserContext:
        """Take a tablet nobody is signed in on off the shelf."""
        return self._shelf.pop() if self._shelf else self.new()

    def put_back(self, context: BrowserContext) -> None:
        """Leave one page on a tablet, forget who used it, and put it on the shelf."""
        first, *others = context.pages
        for page in others:
            page.close()
        # Before there is net again, for then a kept page reads itself anew.
        first.goto("about:blank")
        context.set_offline(False)
        first.unroute_all()
        context.unroute_all()
        # Of the same house, so that the next page needs no process of its own.
        first.goto("/healthz")
        first.evaluate("localStorage.clear(); sessionStorage.clear()")
        first.evaluate("indexedDB.deleteDatabase('outbox')")
        first.evaluate(FORGET_PAGES)
        first.emulate_media(
            color_scheme="null", reduced_motion="null", forced_colors="null", contrast="null"
        )
        first.set_viewport_size(SIZE)
        context.clear_cookies()
        self._shelf.append(context)

    def sign_in(self, context: BrowserContext, person: Person) -> None:
        """Let a tablet be one on which someone has signed in, without typing it each time."""
        if person.email not in self._cookies:
            token = _TOKEN.search(context.request.get("/login").text())
            assert token
            known = {"email": person.email, "password": DEMO_PASSWORD}
            answer = context.request.post("/login", form={"csrf_token": token[1], **known})
            assert answer.url == f"{self._address}/"
            self._cookies[person.email] = context.cookies()
        context.add_cookies(self._cookies[person.email])


class InHand:
    """The tablets one test has taken: one for each person in it, and one for nobody."""

    def __init__(self, tablets: Tablets, watch: Watch) -> None:
        """Hold none yet."""
        self._tablets, self._watch = tablets, watch
        self._taken: dict[Person | None, BrowserContext] = {}

    def open(self, person: Person | None) -> Page:
        """Open a page on the tablet of a person, or on the one nobody is signed in on."""
        if person in self._taken:
            return self._taken[person].new_page()
        context = self._taken[person] = self._tablets.take()
        if person:
            self._tablets.sign_in(context, person)
        self._watch.follow(context)
        # A page that is there already spares starting another process for it.
        return context.pages[0] if context.pages else context.new_page()

    def put_back(self) -> None:
        """Put all of them back on the shelf."""
        for context in self._taken.values():
            self._tablets.put_back(context)
