"""Logged out means gone: for the Back button, other pages and every copy of the cookie."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import OpenContext
from tests.browser.hands import SEEN, button, messages, press_log_out, sign_in
from tests.browser.home import Home
from tests.browser.network import drop, intercept, portal
from tests.browser.outbox import (
    NOISE,
    cut,
    expect_delivered,
    expect_kept,
    lies,
    may_keep,
    rows,
    wait_for_words,
)
from tests.browser.watch import Watch
from tests.personas import ANNA
from webapp.models import Sign

_SLOW_DISK = """() => {
  const databases = indexedDB.databases.bind(indexedDB);
  const slow = () => new Promise(resolve => setTimeout(resolve, 500)).then(databases);
  indexedDB.databases = slow;
}"""


@pytest.fixture
def anna(page: Page, sign: Sign) -> Page:
    """Anna, signed in on this tablet alone, on Sofie's day."""
    page.goto(f"/citizens/{sign.goal.plan.citizen_id}")
    sign_in(page, ANNA)
    expect(button(page, sign)).to_be_visible()
    # Its scripts have started, so that it is they who log off.
    may_keep(page)
    return page


def test_after_log_out_the_back_button_does_not_show_the_citizen(anna: Page) -> None:
    _log_out(anna)

    anna.go_back()

    expect(anna).to_have_url(re.compile(r"/login"))
    expect(anna.get_by_text("Sofie")).to_have_count(0)


@pytest.mark.parametrize("answer", ["nothing", "a portal"])
def test_a_log_out_that_never_reached_the_server_is_made_up_for_before_anything_is_shown(
    anna: Page, watch: Watch, answer: str
) -> None:
    watch.expect("ERR_FAILED", "Failed to fetch")
    intercept(anna, portal if answer == "a portal" else drop, "**/logout")
    press_log_out(anna)
    expect(anna).to_have_url(re.compile(r"/offline"))
    anna.unroute("**/logout")

    anna.goto("/")

    expect(anna).to_have_url(re.compile(r"/login"))
    expect(anna.locator("input[name=email]")).to_be_visible()
    expect(anna.get_by_text("Sofie")).to_have_count(0)
    anna.goto("/")
    expect(anna).to_have_url(re.compile(r"/login"))


def test_a_page_taken_from_the_browsers_memory_is_read_again(anna: Page, home: Home) -> None:
    home.end_newest_session()

    anna.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")

    expect(anna).to_have_url(re.compile(r"/login"))
    expect(anna.get_by_text("Sofie")).to_have_count(0)


def test_a_copy_of_the_cookie_is_dead_after_log_out(
    anna: Page, sign: Sign, open_context: OpenContext
) -> None:
    copied: Any = anna.context.cookies()
    _log_out(anna)
    thief = open_context()
    thief.add_cookies(copied)
    page = thief.new_page()

    page.goto(f"/citizens/{sign.goal.plan.citizen_id}")

    expect(page).to_have_url(re.compile(r"/login"))


@pytest.mark.parametrize("answer", ["the server", "nothing"])
def test_another_tab_left_open_is_left_too(
    anna: Page, sign: Sign, watch: Watch, answer: str
) -> None:
    watch.expect("ERR_FAILED", "Failed to fetch", "status of (400|401)")
    tab = anna.context.new_page()
    tab.goto(f"/citizens/{sign.goal.plan.citizen_id}")
    expect(button(tab, sign)).to_be_visible()
    if answer == "nothing":
        intercept(anna.context, drop, "**/logout")

    press_log_out(anna)

    there = re.compile(r"/login" if answer == "the server" else r"/offline")
    for page in (anna, tab):
        expect(page).to_have_url(there)
        expect(page.get_by_text("Sofie")).to_have_count(0)


def test_another_tab_that_asks_after_the_first_was_answered_is_at_the_way_in_too(
    anna: Page, sign: Sign, watch: Watch
) -> None:
    watch.expect("status of (400|401)")
    tab = anna.context.new_page()
    tab.goto(f"/citizens/{sign.goal.plan.citizen_id}")
    expect(button(tab, sign)).to_be_visible()

    def ask_late(route: Route) -> None:
        expect(anna).to_have_url(re.compile(r"/login"))
        # With the cookie of now, as a browser sends what it has not sent yet.
        headers = {**route.request.headers, "cookie": _cookies(anna)}
        route.fulfill(response=tab.request.fetch(route.request, headers=headers))

    intercept(tab, ask_late, "**/logout")
    press_log_out(anna)

    expect(tab).to_have_url(re.compile(r"/login"))


def test_no_key_and_no_note_is_left_when_the_page_of_whoever_logged_off_is_gone(
    anna: Page, sign: Sign, watch: Watch
) -> None:
    watch.expect(*NOISE)
    with cut(anna):
        button(anna, sign).click()
        expect_kept(anna, sign)
        rows(anna, sign).locator("summary").click()
        rows(anna, sign).locator("textarea").fill("Hun grinede ad billede 3.")
        wait_for_words(anna)
        assert [grant for grant in lies(anna, "grants") if "key" in grant]
        anna.evaluate(_SLOW_DISK)
        intercept(anna, drop, "**/logout")

        anna.locator(".who").click()
        anna.locator("#menu").get_by_role("button", name="Log ud").click()

        expect(anna).to_have_url(re.compile(r"/offline"))
        assert [grant for grant in lies(anna, "grants") if "key" in grant] == []
        assert [noted for noted in lies(anna, "meta") if noted["key"] == "words"] == []
        assert ["own" in entry for entry in lies(anna)] == [False]


def test_a_disk_that_hangs_keeps_nobody_from_logging_off(anna: Page) -> None:
    anna.evaluate("() => { indexedDB.databases = () => new Promise(() => undefined); }")

    _log_out(anna)


def test_a_page_whose_session_was_ended_elsewhere_stores_nothing(
    anna: Page, sign: Sign, home: Home, watch: Watch
) -> None:
    watch.expect("status of (400|401)", "ERR_FAILED", "Failed to fetch")
    intercept(anna, drop, "**/sync/**")
    home.end_newest_session()

    button(anna, sign).click()

    expect(messages(anna)).to_contain_text("Du er logget ud")
    expect(button(anna, sign)).not_to_have_class(SEEN)
    assert home.added() == []


def test_a_tap_on_a_page_whose_session_was_ended_elsewhere_arrives_once_by_the_outbox(
    anna: Page, sign: Sign, home: Home, watch: Watch
) -> None:
    watch.expect("status of (400|401)")
    home.end_newest_session()

    button(anna, sign).click()

    expect(messages(anna)).to_contain_text("Du er logget ud")
    expect_delivered(anna)
    assert [added.author.first_name for added in home.added()] == ["Anna"]


def test_a_wrong_password_keeps_the_address_and_tells_nothing_more(
    page: Page, watch: Watch
) -> None:
    watch.expect("status of 422")
    page.goto("/login")

    sign_in(page, ANNA, "forkert-adgangskode")

    password = page.locator("input[name=password]")
    expect(password).to_have_accessible_description(re.compile("passer ikke sammen"))
    expect(password).to_have_value("")
    expect(password).to_be_focused()
    expect(page.locator("input[name=email]")).to_have_value(ANNA.email)
    sign_in(page, ANNA)
    expect(page.locator(".who")).to_be_visible()


def _log_out(page: Page) -> None:
    press_log_out(page)
    expect(page).to_have_url(re.compile(r"/login"))


def _cookies(page: Page) -> str:
    return "; ".join(f"{each['name']}={each['value']}" for each in page.context.cookies())
