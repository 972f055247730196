"""The tablets of one worker: browser contexts, each with its own cookies and its own storage."""

from typing import Any, Final

from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser import hands
from tests.browser.watch import TELL_VIOLATIONS
from tests.personas import Person

SIZE: Final = {"width": 820, "height": 1180}

PATIENCE: Final = 10_000
"""Milliseconds until a state must be there. Only a failing test waits that long."""


class Tablets:
    """Opens tablets. Each person's own is kept for the next test: a new one costs two seconds."""

    def __init__(self, chromium: Browser, address: str) -> None:
        """Open nothing yet."""
        self._chromium, self._address = chromium, address
        self._kept: dict[str, BrowserContext] = {}
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

    def of(self, person: Person | None) -> BrowserContext:
        """Return the tablet a person is signed in on; the one nobody is signed in on for None."""
        name = person.email if person else ""
        if name not in self._kept:
            self._kept[name] = self.new()
        context = self._kept[name]
        context.clear_cookies()
        if person:
            context.add_cookies(self.cookies(person))
        return context

    def cookies(self, person: Person) -> Any:
        """Return the cookies that prove who someone is; signs in once for all tests."""
        if person.email not in self._cookies:
            with self._chromium.new_context(base_url=self._address) as context:
                page = context.new_page()
                page.goto("/login")
                hands.sign_in(page, person)
                expect(page.locator(".who")).to_be_visible()
                self._cookies[person.email] = context.cookies()
        return self._cookies[person.email]
