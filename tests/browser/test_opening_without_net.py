"""A shared tablet is opened without network by whoever used it lately, and what they tap is theirs."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import shared
from tests.browser.hands import button, open_day, strip
from tests.browser.home import Home
from tests.browser.installed import wait_for_worker
from tests.browser.outbox import NOISE, expect_delivered, expect_kept, lies, may_keep
from tests.browser.outbox import count as badge
from tests.browser.tablets import PATIENCE
from tests.browser.watch import Watch
from tests.personas import ANNA, BO
from webapp.demo.people import DEMO_PIN


@pytest.fixture(autouse=True)
def _cut_lines_are_logged(watch: Watch) -> None:
    watch.expect(*NOISE)


@pytest.fixture
def kitchen(page: Page, home: Home) -> Page:
    """A shared tablet of Søndermarken that Bo and then Anna opened; Anna has it."""
    shared.enrol(page, home)
    page.goto("/lock")
    for person in (BO, ANNA):
        shared.open_as(page, person)
        may_keep(page)
        if person is BO:
            wait_until_told(page)
            shared.switch(page)
    wait_until_ready(page, "Bo")
    wait_for_worker(page)
    return page


def wait_until_told(page: Page) -> None:
    """Wait until the server knows the keys under the PIN that was typed last."""
    wait_for(page, lambda people: any(each["told"] for each in people))


def wait_until_ready(page: Page, name: str) -> None:
    """Wait until the tablet has a grant for somebody."""
    wait_for(page, lambda people: any(each["firstName"] == name for each in people))


def wait_for(page: Page, holds: Callable[[list[dict[str, Any]]], bool]) -> None:
    """Wait until something holds of those who can open the tablet without net."""
    until = time.monotonic() + PATIENCE / 1000
    while not holds(lies(page, "standby")) and time.monotonic() < until:
        page.evaluate("new Promise(resolve => requestAnimationFrame(resolve))")
    assert holds(lies(page, "standby"))


def test_c9_bo_opens_annas_tablet_without_net_and_his_taps_are_his(
    kitchen: Page, home: Home
) -> None:
    sign, other = home.signs("Sofie")[1:3]
    open_day(kitchen, sign)
    may_keep(kitchen)
    kitchen.context.set_offline(True)
    button(kitchen, sign).click()
    expect_kept(kitchen, sign)
    kitchen.locator("[data-lock-now] button").click()
    kitchen.get_by_role("link", name="Lås op uden net").click()

    shared.face(kitchen, BO)
    shared.type_pin(kitchen, DEMO_PIN)
    expect(kitchen.locator("[data-who]")).to_have_text("Bo")
    kitchen.locator("summary", has_text="Sofie").click()
    button(kitchen, other).click()
    expect_kept(kitchen, other)
    expect(badge(kitchen)).to_contain_text("2")
    assert ["own" in entry for entry in lies(kitchen)] == [False, True], "what Anna wrote is sealed"

    kitchen.context.set_offline(False)

    expect_delivered(kitchen)
    expect(kitchen.locator("#net-is-back")).to_be_visible()
    expect(strip(kitchen)).to_be_hidden()
    stored = {(row.author.first_name, row.sign_id) for row in home.added()}
    assert stored == {("Anna", sign.id), ("Bo", other.id)}
    assert len(home.added()) == 2


def test_a_wrong_pin_opens_nothing_without_net(kitchen: Page) -> None:
    kitchen.context.set_offline(True)
    kitchen.goto("/lock/offline")
    shared.face(kitchen, BO)

    shared.type_pin(kitchen, "111222")

    expect(kitchen.locator(".lock-words")).to_contain_text("Den PIN passer ikke")
    expect(kitchen.get_by_text("Sofie")).to_have_count(0)


def test_skift_leaves_nothing_of_bo_to_read(kitchen: Page) -> None:
    kitchen.context.set_offline(True)
    kitchen.goto("/lock/offline")
    shared.face(kitchen, BO)
    shared.type_pin(kitchen, DEMO_PIN)
    expect(kitchen.locator("[data-who]")).to_have_text("Bo")

    kitchen.locator("[data-lock-now]").click()

    expect(kitchen.locator("#lock .faces")).to_be_visible()
    expect(kitchen.get_by_text("Sofie")).to_have_count(0)
    assert [grant for grant in lies(kitchen, "grants") if "key" in grant] == []


def test_when_the_net_is_back_a_pin_leads_to_everything_and_anna_is_out(
    kitchen: Page, home: Home
) -> None:
    open_day(kitchen, home.signs("Sofie")[1])
    kitchen.context.set_offline(True)
    kitchen.locator("[data-lock-now] button").click()
    kitchen.get_by_role("link", name="Lås op uden net").click()
    shared.face(kitchen, BO)
    shared.type_pin(kitchen, DEMO_PIN)
    expect(kitchen.locator("[data-who]")).to_have_text("Bo")
    kitchen.context.set_offline(False)
    kitchen.locator("#net-is-back a").click()

    shared.open_as(kitchen, BO)

    expect(kitchen.locator("h1, .brand").first).to_be_visible()
