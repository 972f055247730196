"""The first time a tablet opens the address, and the pages after it."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import Page, Response, expect

from tests.browser.conftest import OpenContext
from tests.browser.hands import open_day
from tests.browser.installed import wait_for_worker
from tests.browser.tablets import Tablets
from tests.personas import ANNA
from webapp.models import Sign


def test_on_the_first_visit_every_file_is_found_and_the_page_asks_for_each_once(
    open_context: OpenContext,
) -> None:
    page = open_context().new_page()
    answers = _answers_to(page)

    page.goto("/login")
    wait_for_worker(page)

    assert [answer.url for answer in answers if answer.status != 200] == []
    # The icon is drawn on the page and beside the address, and comes over the line once.
    paths = [path for path in map(_path, answers) if not path.endswith("icon.svg")]
    assert len(paths) == len(set(paths))
    assert sum(path.endswith(".css") for path in paths) == 1
    assert sum(path.endswith("htmx.js") for path in paths) == 1
    assert sum(path.endswith(".woff2") for path in paths) == 1


def test_the_next_page_takes_its_files_from_the_tablet(
    open_context: OpenContext, tablets: Tablets, sign: Sign
) -> None:
    context = open_context()
    tablets.sign_in(context, ANNA)
    page = context.new_page()
    page.goto("/")
    wait_for_worker(page)
    answers = _answers_to(page)

    open_day(page, sign)

    files = [answer for answer in answers if _path(answer).startswith("/static/")]
    assert files
    assert [_path(answer) for answer in files if not answer.from_service_worker] == []


def test_before_sign_in_every_page_leads_to_the_sign_in_page(page: Page, sign: Sign) -> None:
    for address in ("/", f"/citizens/{sign.goal.plan.citizen_id}"):
        page.goto(address)

        expect(page).to_have_url(re.compile(r"/login\?next="))
        expect(page.locator(".who")).to_have_count(0)
        expect(page.locator("input[name=email]")).to_be_focused()


def _answers_to(page: Page) -> list[Response]:
    """Return a list that every answer to the page itself is added to from now on."""
    answers: list[Response] = []

    def keep(answer: Response) -> None:
        answers.append(answer)

    page.on("response", keep)
    return answers


def _path(answer: Response) -> str:
    return urlsplit(answer.url).path
