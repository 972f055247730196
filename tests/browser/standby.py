"""A shared tablet that can be opened without network: made ready, locked, opened."""

import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser import shared
from tests.browser.installed import wait_for_worker
from tests.browser.outbox import a_moment, lies, may_keep
from tests.browser.tablets import PATIENCE
from tests.personas import ANNA, BO, Person


def make_ready(page: Page) -> None:
    """Let Bo and then Anna open an enrolled tablet, until it is ready for both without network."""
    page.goto("/lock")
    for person in (BO, ANNA):
        shared.open_as(page, person)
        may_keep(page)
        if person is BO:
            _wait_for(page, lambda people: any(each["told"] for each in people))
            shared.switch(page)
    _wait_for(page, lambda people: {each["firstName"] for each in people} == {"Anna", "Bo"})
    wait_for_worker(page)


def lock(page: Page) -> None:
    """Tap Skift without network, and go where it can be opened all the same."""
    page.locator("[data-lock-now] button").click()
    page.get_by_role("link", name="Lås op uden net").click()


def open_as(page: Page, person: Person) -> None:
    """Type the PIN under somebody's face there."""
    shared.face(page, person)
    shared.type_pin(page)
    expect(page.locator("[data-who]")).to_have_text(person.first_name)


def _wait_for(page: Page, holds: Callable[[list[dict[str, Any]]], bool]) -> None:
    """Wait until something holds of those who can open the tablet without network."""
    # Several questions of the server, one after the other: each has the patience of a page.
    until = time.monotonic() + 3 * PATIENCE / 1000
    while not holds(lies(page, "standby")) and time.monotonic() < until:
        a_moment(page)
    assert holds(lies(page, "standby"))
