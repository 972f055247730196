"""Without network: honest words, no half-stored taps, and it works again when the net is back."""

import re

from playwright.sync_api import Page, expect

from tests.browser.hands import SEEN, button, form, messages, strip, tap
from tests.browser.home import Home
from tests.browser.installed import wait_for_worker
from tests.browser.network import drop, intercept
from tests.browser.outbox import expect_delivered, expect_kept, may_keep
from tests.browser.watch import Watch
from webapp.models import Sign

OFFLINE_IS_LOGGED = ("ERR_INTERNET_DISCONNECTED", "Failed to fetch")


def test_a_tap_without_network_says_that_it_is_on_the_tablet_and_is_stored_once_later(
    day: Page, sign: Sign, home: Home, watch: Watch
) -> None:
    watch.expect(*OFFLINE_IS_LOGGED)
    may_keep(day)
    expect(strip(day)).to_be_hidden()
    day.context.set_offline(True)
    expect(strip(day)).to_contain_text("Det, du registrerer, bliver sendt senere.")

    button(day, sign).click()

    expect_kept(day, sign)
    expect(messages(day)).to_be_empty()
    expect(button(day, sign)).not_to_have_class(SEEN)
    assert home.added() == []
    day.context.set_offline(False)
    expect(button(day, sign)).to_have_class(SEEN)
    expect(strip(day)).to_be_hidden()
    assert len(home.added()) == 1


def test_a_tap_without_network_that_cannot_be_kept_says_so_and_is_stored_once_later(
    day: Page, sign: Sign, home: Home, watch: Watch
) -> None:
    watch.expect(*OFFLINE_IS_LOGGED, "ERR_FAILED")
    # Else a grant that is on its way comes after all was deleted.
    may_keep(day)
    intercept(day, drop, "**/sync/**")
    day.evaluate(
        """() => new Promise((resolve) => {
          indexedDB.deleteDatabase("outbox").onsuccess = () => resolve();
        })"""
    )
    day.reload()
    expect(day.locator("body:not([data-keeps])")).to_be_attached()
    day.context.set_offline(True)
    expect(strip(day)).to_contain_text("Denne tablet kan ikke gemme noget lige nu.")

    button(day, sign).click()

    expect(messages(day)).to_contain_text("Kode: no_connection")
    expect(messages(day).locator(".problem")).to_be_in_viewport(ratio=1)
    expect(form(day, sign)).to_have_attribute("data-state", "unsent")
    assert home.added() == []
    day.context.set_offline(False)
    tap(day, sign)
    assert len(home.added()) == 1


def test_a_page_asked_for_without_network_is_friendly_and_leads_back_when_there_is_net(
    anna: Page, watch: Watch
) -> None:
    watch.expect(*OFFLINE_IS_LOGGED)
    anna.goto("/account")
    wait_for_worker(anna)
    anna.context.set_offline(True)

    anna.reload()

    expect(anna.get_by_role("heading", level=1)).to_have_text("Tabletten er uden net")
    expect(anna.locator("body")).to_have_css("font-family", re.compile("Atkinson"))
    again = anna.get_by_role("main").get_by_role("link", name="Prøv igen")
    expect(again).to_be_visible()
    anna.context.set_offline(False)
    again.click()
    expect(anna.locator(".who")).to_be_visible()


def test_leaving_with_a_tap_on_the_tablet_asks_nothing_and_loses_nothing(
    day: Page, sign: Sign, home: Home, watch: Watch
) -> None:
    watch.expect(*OFFLINE_IS_LOGGED)
    may_keep(day)
    day.context.set_offline(True)
    button(day, sign).click()
    expect_kept(day, sign)
    day.context.set_offline(False)

    day.get_by_role("link", name="Tilbage til Vagten").click()

    expect(day.get_by_role("heading", level=1)).to_contain_text("Vagten")
    assert watch.asked_before_leaving == 0
    expect_delivered(day)
    assert len(home.added()) == 1
