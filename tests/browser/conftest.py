"""One server and one Chromium for each worker; every test finds the demo home as it was filled."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser import hands
from tests.browser.home import Home
from tests.browser.server import Server, serving
from tests.browser.watch import Watch
from tests.personas import ANNA, Person
from webapp.models import Sign

TABLET: Final = {"width": 820, "height": 1180}

PATIENCE: Final = 10_000
"""Milliseconds until a state must be there. Only a failing test waits that long."""

OpenContext = Callable[..., BrowserContext]
SignedIn = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder, so that no file can forget it."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server of this worker, with the demo home."""
    with serving(tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser of this worker."""
    expect.set_options(timeout=PATIENCE)
    path = os.environ.get("SMAATEGN_CHROMIUM", shutil.which("chromium"))
    with sync_playwright() as playwright:
        # An empty path means Playwright's own.
        browser = playwright.chromium.launch(executable_path=path or None)
        yield browser
        browser.close()


@pytest.fixture
def home(server: Server) -> Iterator[Home]:
    """What the server has stored. Whatever a test adds is taken away again."""
    home = Home(server.instance)
    yield home
    home.put_back()


@pytest.fixture
def sign(home: Home) -> Sign:
    """Sofie takes the toothbrush: nobody has logged it today in the demo home."""
    return home.signs("Sofie")[1]


@pytest.fixture
def next_sign(home: Home) -> Sign:
    """The sign after it on the same card, as untouched."""
    return home.signs("Sofie")[2]


@pytest.fixture(autouse=True)
def watch(server: Server, home: Home) -> Iterator[Watch]:
    """Fail the test when a page does what no page may do; see `Watch`."""
    watch = Watch(server.address)
    failed_before = len(server.failures())
    yield watch
    assert watch.complaints == []
    unannounced = server.failures()[failed_before:]
    assert watch.server_may_fail or not unannounced


@pytest.fixture
def open_context(chromium: Browser, server: Server, watch: Watch) -> Iterator[OpenContext]:
    """Open a tablet of its own: own cookies, own storage; options as for `new_context`."""
    opened: list[BrowserContext] = []

    def open_context(**options: Any) -> BrowserContext:
        usual = {
            "base_url": server.address,
            "viewport": TABLET,
            "locale": "da-DK",
            "timezone_id": "Europe/Copenhagen",
            "service_workers": "allow",
        }
        context = chromium.new_context(**usual | options)
        context.set_default_timeout(PATIENCE)
        watch.follow(context)
        opened.append(context)
        return context

    yield open_context
    for context in opened:
        context.close()


@pytest.fixture(scope="session")
def cookies(chromium: Browser, server: Server) -> Callable[[Person], Any]:
    """Sign a person in once for this worker, and return the cookies that prove it."""
    known: dict[str, Any] = {}

    def cookies(person: Person) -> Any:
        if person.email not in known:
            with chromium.new_context(base_url=server.address) as context:
                page = context.new_page()
                page.goto("/login")
                hands.sign_in(page, person)
                expect(page.locator(".who")).to_be_visible()
                known[person.email] = context.cookies()
        return known[person.email]

    return cookies


@pytest.fixture
def signed_in(open_context: OpenContext, cookies: Callable[[Person], Any]) -> SignedIn:
    """Open a tablet on which someone is signed in already."""

    def signed_in(person: Person, **options: Any) -> Page:
        context = open_context(**options)
        context.add_cookies(cookies(person))
        return context.new_page()

    return signed_in


@pytest.fixture
def page(open_context: OpenContext) -> Page:
    """A tablet nobody is signed in on."""
    return open_context().new_page()


@pytest.fixture
def anna(signed_in: SignedIn) -> Page:
    """A tablet Anna is signed in on; she is in Sofie's contact team."""
    return signed_in(ANNA)


@pytest.fixture
def day(anna: Page, sign: Sign) -> Page:
    """Anna's tablet, open on Sofie's day."""
    hands.open_day(anna, sign)
    return anna
