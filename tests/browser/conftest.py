"""One server and one Chromium for each worker; every test finds the demo home as it was filled."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser import hands
from tests.browser.home import Home
from tests.browser.server import Server, serving
from tests.browser.tablets import InHand, Tablets
from tests.browser.watch import Watch
from tests.personas import ANNA, Person
from webapp.models import Sign

OpenContext = Callable[..., BrowserContext]
SignedIn = Callable[[Person], Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder, so that no file can forget it."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server of this worker, with the demo home."""
    with serving(tmp_path_factory.mktemp("server")) as running:
        Home(running.instance).keep_clear_of_midnight()
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser of this worker."""
    path = os.environ.get("SMAATEGN_CHROMIUM", shutil.which("chromium"))
    with sync_playwright() as playwright:
        # An empty path means Playwright's own.
        # A microphone that beeps, for those who say a sentence; nobody is asked for it.
        heard = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
        browser = playwright.chromium.launch(executable_path=path or None, args=heard)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def tablets(chromium: Browser, server: Server) -> Tablets:
    """The tablets of this worker."""
    return Tablets(chromium, server.address)


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
    watch.leave()
    assert watch.complaints == []
    assert watch.server_may_fail or server.failures()[failed_before:] == []


@pytest.fixture
def open_context(tablets: Tablets, watch: Watch) -> Iterator[OpenContext]:
    """Open a tablet straight from the shop; options as for `Browser.new_context`."""
    opened: list[BrowserContext] = []

    def open_context(**options: object) -> BrowserContext:
        context = tablets.new(**options)
        watch.follow(context)
        opened.append(context)
        return context

    yield open_context
    for context in opened:
        context.close()


@pytest.fixture
def in_hand(tablets: Tablets, watch: Watch) -> Iterator[InHand]:
    """The tablets this test uses; put back afterwards."""
    in_hand = InHand(tablets, watch)
    yield in_hand
    in_hand.put_back()


@pytest.fixture
def signed_in(in_hand: InHand) -> SignedIn:
    """Open a page on a tablet on which someone is signed in already."""
    return in_hand.open


@pytest.fixture
def page(in_hand: InHand) -> Page:
    """A tablet nobody is signed in on."""
    return in_hand.open(None)


@pytest.fixture
def anna(signed_in: SignedIn) -> Page:
    """A tablet Anna is signed in on; she is in Sofie's contact team."""
    return signed_in(ANNA)


@pytest.fixture
def day(anna: Page, sign: Sign) -> Page:
    """Anna's tablet, open on Sofie's day."""
    hands.open_day(anna, sign)
    return anna
