"""Whoever used a shared tablet lately opens it without network, and what they tap is theirs."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import shared, standby
from tests.browser.hands import button, form, let_the_finger_rest, open_day, press_log_out, strip
from tests.browser.home import Home
from tests.browser.outbox import NOISE, expect_delivered, expect_kept, fill_disk, lies, may_keep
from tests.browser.outbox import count as badge
from tests.browser.watch import Watch
from tests.personas import BO


@pytest.fixture(autouse=True)
def _cut_lines_are_logged(watch: Watch) -> None:
    watch.expect(*NOISE)


@pytest.fixture
def kitchen(page: Page, home: Home) -> Page:
    """A shared tablet of Søndermarken that Bo and then Anna opened; Anna has it."""
    shared.enrol(page, home)
    standby.make_ready(page)
    return page


def test_c9_bo_opens_annas_tablet_without_net_and_his_taps_are_his(
    kitchen: Page, home: Home
) -> None:
    sign, other = home.signs("Sofie")[1:3]
    open_day(kitchen, sign)
    may_keep(kitchen)
    kitchen.context.set_offline(True)
    button(kitchen, sign).click()
    expect_kept(kitchen, sign)
    standby.lock(kitchen)

    standby.open_as(kitchen, BO)
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


def test_a_tap_that_finds_no_room_on_the_tablet_says_so(kitchen: Page, home: Home) -> None:
    sign = home.signs("Sofie")[1]
    kitchen.context.set_offline(True)
    kitchen.goto("/lock/offline")
    standby.open_as(kitchen, BO)
    kitchen.locator("summary", has_text="Sofie").click()
    fill_disk(kitchen)

    button(kitchen, sign).click()

    expect(form(kitchen, sign).locator(".unsent-words")).to_be_visible()
    kitchen.evaluate("makeRoom()")
    let_the_finger_rest(kitchen)
    button(kitchen, sign).click()
    expect_kept(kitchen, sign)
    expect(form(kitchen, sign).locator(".unsent-words")).to_be_hidden()


def test_skift_leaves_nothing_of_bo_to_read(kitchen: Page) -> None:
    kitchen.context.set_offline(True)
    kitchen.goto("/lock/offline")
    standby.open_as(kitchen, BO)

    kitchen.locator("[data-lock-now]").click()

    expect(kitchen.locator("#lock .faces")).to_be_visible()
    expect(kitchen.get_by_text("Sofie")).to_have_count(0)
    assert [grant for grant in lies(kitchen, "grants") if "key" in grant] == []


def test_after_anna_logged_off_without_net_and_bo_logged_his_the_tablet_is_nobodys(
    kitchen: Page, home: Home
) -> None:
    open_day(kitchen, home.signs("Sofie")[1])
    kitchen.context.set_offline(True)
    press_log_out(kitchen)
    expect(kitchen.locator(".who")).to_have_count(0)
    kitchen.goto("/lock/offline")
    standby.open_as(kitchen, BO)
    kitchen.context.set_offline(False)

    kitchen.goto("/")

    expect(kitchen.locator("#lock .faces")).to_be_visible()
    expect(kitchen.get_by_text("Sofie")).to_have_count(0)


def test_when_the_net_is_back_a_pin_leads_to_everything_and_anna_is_out(
    kitchen: Page, home: Home
) -> None:
    open_day(kitchen, home.signs("Sofie")[1])
    kitchen.context.set_offline(True)
    standby.lock(kitchen)
    standby.open_as(kitchen, BO)
    kitchen.context.set_offline(False)
    kitchen.locator("#net-is-back a").click()

    shared.open_as(kitchen, BO)

    expect(kitchen.locator("h1, .brand").first).to_be_visible()
