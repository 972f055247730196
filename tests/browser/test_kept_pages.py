"""The pages a shift needs, kept on the tablet: read without network, by their owner alone."""

import re

from playwright.sync_api import Page, expect

from tests.browser import shared
from tests.browser.conftest import OpenContext
from tests.browser.hands import SEEN, button, open_day, press_log_out, sign_in, strip, tap
from tests.browser.home import Home
from tests.browser.installed import (
    bytes_on,
    open_board_and_keep_it,
    pages_on,
    wait_for_pages,
)
from tests.browser.network import intercept, portal
from tests.browser.outbox import (
    NOISE,
    cut,
    expect_delivered,
    expect_kept,
    lies,
    may_keep,
    net_is_back,
    rows,
    wait_for_words,
)
from tests.browser.watch import Watch
from tests.personas import ANNA, BO
from webapp.models import Sign

_IS_WRITING = """async (count) => {
  window.quiet ??= document.querySelector('[href*="/js/quiet.js"]').href;
  (await import(window.quiet)).busy.writing = count;
}"""

OFFLINE_IS_LOGGED = ("ERR_INTERNET_DISCONNECTED", "Failed to fetch")


def test_a_citizen_never_opened_before_opens_without_net_and_a_tap_there_is_delivered_once(
    anna: Page, sign: Sign, home: Home, watch: Watch
) -> None:
    watch.expect(*OFFLINE_IS_LOGGED)
    open_board_and_keep_it(anna)
    may_keep(anna)
    anna.context.set_offline(True)

    anna.get_by_role("link", name="Sofie").click()

    expect(anna.locator("#shown-from")).to_contain_text(re.compile(r"Vist fra kl\.\s+\d\d\.\d\d"))
    button(anna, sign).click()
    expect_kept(anna, sign)
    anna.reload()
    expect(rows(anna, sign)).to_have_count(1)
    expect(strip(anna)).to_be_visible()
    assert home.added() == []
    expect(anna.locator("#shown-from")).to_be_visible()
    anna.context.set_offline(False)
    # The page reads itself anew; until then nothing can be asked of it.
    expect(anna.locator("#shown-from")).to_be_hidden()
    expect(button(anna, sign)).to_have_class(SEEN)
    expect_delivered(anna)
    assert len(home.added()) == 1


def test_without_net_the_way_back_works_and_what_is_not_kept_says_which_pages_are(
    anna: Page, sign: Sign, watch: Watch
) -> None:
    watch.expect(*OFFLINE_IS_LOGGED)
    open_board_and_keep_it(anna)
    anna.context.set_offline(True)
    anna.get_by_role("link", name="Sofie").click()
    expect(button(anna, sign)).to_be_visible()

    anna.get_by_role("link", name="Plan").click()

    expect(anna.get_by_role("heading", level=1)).to_have_text("Tabletten er uden net")
    expect(anna.get_by_role("main")).to_contain_text("Vagten og borgernes dag ligger på tabletten")
    anna.go_back()
    expect(button(anna, sign)).to_be_visible()
    anna.get_by_role("link", name="Tilbage til Vagten").click()
    expect(anna.get_by_role("heading", level=1)).to_contain_text("Vagten")
    anna.go_back()
    anna.go_forward()
    expect(anna.get_by_role("link", name="Sofie")).to_be_visible()


def test_e6_a_kept_page_has_no_token_and_every_time_it_is_shown_its_taps_are_new(
    anna: Page, sign: Sign, home: Home, watch: Watch
) -> None:
    watch.expect(*OFFLINE_IS_LOGGED)
    open_board_and_keep_it(anna)
    open_day(anna, sign)
    may_keep(anna)
    anna.context.set_offline(True)
    anna.reload()
    expect(anna.locator("#shown-from")).to_be_visible()
    assert set(
        anna.locator("[name=csrf_token]").evaluate_all("all => all.map(one => one.value)")
    ) == {""}

    for count in (1, 2):
        anna.reload()
        button(anna, sign).click()
        expect(rows(anna, sign)).to_have_count(count)

    assert len({entry["id"] for entry in lies(anna)}) == 2
    anna.context.set_offline(False)
    expect_delivered(anna)
    assert len(home.added()) == 2


def test_e6_e10_nothing_readable_is_left_for_the_next_person_and_what_waits_is_still_there(
    page: Page, sign: Sign, home: Home, watch: Watch
) -> None:
    watch.expect(*OFFLINE_IS_LOGGED, "status of (400|401|403)")
    page.goto("/login")
    sign_in(page, ANNA)
    open_board_and_keep_it(page)
    open_day(page, sign)
    may_keep(page)
    assert "Sofie" not in bytes_on(page)
    page.context.set_offline(True)
    button(page, sign).click()
    expect_kept(page, sign)

    press_log_out(page)

    expect(page.get_by_role("heading", level=1)).to_have_text("Tabletten er uden net")
    assert pages_on(page) == []
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tabletten er uden net")
    expect(page.get_by_text("Sofie")).to_have_count(0)
    assert len(lies(page)) == 1
    page.context.set_offline(False)
    page.goto("/")
    expect(page).to_have_url(re.compile("/login"))
    sign_in(page, BO)
    expect(page.locator(".who")).to_contain_text("Bo")
    expect_delivered(page)
    [tap] = home.added()
    assert tap.author.first_name == "Anna"


def test_16_hours_later_nothing_is_shown(open_context: OpenContext, watch: Watch) -> None:
    # Not a tablet from the shelf: its worker would stay in the future.
    anna = _bought(open_context)
    watch.expect(*OFFLINE_IS_LOGGED)
    open_board_and_keep_it(anna)
    worker = anna.context.service_workers[-1]
    anna.context.set_offline(True)
    worker.evaluate("const then = Date.now() + 16 * 3600 * 1000; Date.now = () => then")

    anna.reload()

    expect(anna.get_by_role("heading", level=1)).to_have_text("Tabletten er uden net")
    expect(anna.get_by_text("Vagten og borgernes dag")).to_be_hidden()
    assert pages_on(anna) == []


def test_a_locked_tablet_without_net_shows_nothing_until_its_owner_has_opened_it(
    page: Page, home: Home, sign: Sign, watch: Watch
) -> None:
    watch.expect(*OFFLINE_IS_LOGGED)
    shared.enrol(page, home)
    page.goto("/lock")
    shared.open_as(page, ANNA)
    open_board_and_keep_it(page)
    shared.switch(page)
    page.context.set_offline(True)

    for address in ("/", f"/citizens/{sign.goal.plan.citizen_id}", "/"):
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_have_text("Tabletten er uden net")
        expect(page.get_by_role("main")).to_contain_text("Lås en delt tablet op uden net")
        expect(page.get_by_text("Sofie")).to_have_count(0)

    page.context.set_offline(False)
    page.goto("/")
    shared.open_as(page, ANNA)
    page.context.set_offline(True)
    page.get_by_role("link", name="Sofie").click()
    expect(button(page, sign)).to_be_visible()


def test_a_colleague_who_opens_the_tablet_finds_nothing_of_whoever_had_it(
    page: Page, home: Home, watch: Watch
) -> None:
    watch.expect(*OFFLINE_IS_LOGGED)
    shared.enrol(page, home)
    page.goto("/lock")
    shared.open_as(page, ANNA)
    open_board_and_keep_it(page)
    before = bytes_on(page, "pages-").split("\n")
    shared.switch(page)

    shared.open_as(page, BO)

    open_board_and_keep_it(page)
    sealed = [one for one in bytes_on(page, "pages-").split("\n") if len(one) > 1000]
    assert len(sealed) > 1
    assert set(sealed).isdisjoint(before)
    page.context.set_offline(True)
    page.reload()
    expect(page.locator(".who")).to_contain_text("Bo")


def test_e9_after_log_off_the_way_back_shows_nothing_with_net_and_without(
    page: Page, sign: Sign, watch: Watch
) -> None:
    watch.expect(*OFFLINE_IS_LOGGED)
    page.goto("/login")
    sign_in(page, ANNA)
    open_board_and_keep_it(page)
    open_day(page, sign)
    press_log_out(page)
    expect(page).to_have_url(re.compile(r"/login"))
    wait_for_pages(page, lambda kept: kept == [])

    page.go_back()
    expect(page).to_have_url(re.compile(r"/login"))
    page.context.set_offline(True)
    page.go_back()

    expect(page.get_by_role("heading", level=1)).to_have_text("Tabletten er uden net")
    expect(page.get_by_text("Sofie")).to_have_count(0)


def test_what_only_the_server_can_do_says_so_on_a_kept_page(anna: Page, watch: Watch) -> None:
    watch.expect(*OFFLINE_IS_LOGGED)
    open_board_and_keep_it(anna)
    anna.context.set_offline(True)
    anna.reload()
    expect(anna.locator("#shown-from")).to_be_visible()
    anna.locator(".who").click()

    anna.locator("#menu").get_by_role("button", name="English").click()

    expect(anna.locator("#messages")).to_contain_text("Det kræver net.")


def test_what_was_delivered_after_a_page_was_kept_stands_on_it_too(
    anna: Page, sign: Sign, watch: Watch
) -> None:
    watch.expect(*OFFLINE_IS_LOGGED)
    open_board_and_keep_it(anna)
    open_day(anna, sign)
    may_keep(anna)
    tap(anna, sign)
    expect_delivered(anna)
    anna.context.set_offline(True)

    anna.reload()

    expect(rows(anna, sign)).to_have_attribute("data-state", "sent")


def test_b3_an_open_networks_login_page_is_neither_a_kept_page_nor_the_server(
    open_context: OpenContext, watch: Watch
) -> None:
    # Not a tablet from the shelf: its worker would stay behind the portal.
    anna = _bought(open_context)
    watch.expect(*NOISE)
    open_board_and_keep_it(anna)
    worker = anna.context.service_workers[-1]
    worker.evaluate("registration.navigationPreload.disable()")
    worker.evaluate("fetch = async () => new Response('<h1>Velkommen til Gæstenet</h1>')")
    intercept(anna, portal, "**/healthz")

    anna.get_by_role("link", name="Sofie").click()

    expect(anna.locator("#shown-from")).to_be_visible()
    expect(anna.get_by_text("Gæstenet")).to_have_count(0)
    with anna.expect_response("**/healthz"):
        net_is_back(anna)
    with anna.expect_response("**/healthz"):
        net_is_back(anna)
    expect(anna.locator("[data-again]")).to_be_hidden()


def test_a_kept_page_is_not_read_anew_while_the_outbox_is_written(anna: Page, watch: Watch) -> None:
    watch.expect(*OFFLINE_IS_LOGGED)
    open_board_and_keep_it(anna)
    anna.context.set_offline(True)
    anna.reload()
    expect(anna.locator("#shown-from")).to_be_visible()
    anna.evaluate(_IS_WRITING, 1)
    anna.context.set_offline(False)
    expect(anna.locator("[data-again]")).to_be_visible()

    anna.evaluate(_IS_WRITING, 0)

    expect(anna.locator("#shown-from")).to_be_hidden()


def test_words_being_written_outlive_a_reload_without_net(
    anna: Page, sign: Sign, home: Home, watch: Watch
) -> None:
    watch.expect(*OFFLINE_IS_LOGGED)
    open_board_and_keep_it(anna)
    open_day(anna, sign)
    may_keep(anna)
    tap(anna, sign)
    anna.context.set_offline(True)
    anna.reload()
    rows(anna, sign).locator("summary").click()
    rows(anna, sign).locator("textarea").fill("Hun grinede ad billede 3.")
    wait_for_words(anna)

    anna.reload()

    expect(rows(anna, sign).locator("textarea")).to_have_value("Hun grinede ad billede 3.")
    rows(anna, sign).get_by_role("button", name="Gem note").click()
    expect(rows(anna, sign).locator("textarea").first).to_have_value("")
    anna.context.set_offline(False)
    expect_delivered(anna)
    assert [row.note for row in home.added()] == ["", "Hun grinede ad billede 3."]


def test_e1_a_new_version_takes_over_while_something_waits_and_nothing_is_lost(
    anna: Page, sign: Sign, home: Home, watch: Watch
) -> None:
    watch.expect(*NOISE)
    open_board_and_keep_it(anna)
    open_day(anna, sign)
    may_keep(anna)
    expect(anna.locator("#new-version")).to_be_hidden()
    with cut(anna):
        button(anna, sign).click()
        expect_kept(anna, sign)

        # Under another address it is another worker, as that of another release is.
        anna.evaluate("navigator.serviceWorker.register('/sw.js?next', { type: 'module' })")

        expect(anna.locator("#new-version")).to_contain_text("Ny version er klar.")
        anna.reload()
        expect(rows(anna, sign)).to_have_count(1)
    net_is_back(anna)
    expect_delivered(anna)
    assert len(home.added()) == 1


def test_e5_beginning_anew_takes_the_worker_and_the_pages_and_leaves_what_waits(
    anna: Page, sign: Sign, home: Home, watch: Watch
) -> None:
    watch.expect(*NOISE)
    open_board_and_keep_it(anna)
    open_day(anna, sign)
    may_keep(anna)
    with cut(anna):
        button(anna, sign).click()
        expect_kept(anna, sign)

        anna.goto("/recover")

        expect(anna.get_by_text("Færdig.")).to_be_visible()
        workers = "navigator.serviceWorker.getRegistrations().then(all => all.length)"
        assert anna.evaluate(workers) == 0
        assert anna.evaluate("caches.keys()") == []
        assert len(lies(anna)) == 1
    anna.goto("/")
    expect_delivered(anna)
    assert len(home.added()) == 1


def test_e5_after_beginning_anew_the_tablet_is_ready_to_be_without_net_again(
    anna: Page, sign: Sign, watch: Watch
) -> None:
    watch.expect(*NOISE)
    open_board_and_keep_it(anna)
    anna.goto("/recover")
    expect(anna.get_by_text("Færdig.")).to_be_visible()

    open_board_and_keep_it(anna)
    anna.context.set_offline(True)
    open_day(anna, sign)

    # What is shown as it was is told by a script, and scripts are of the shell.
    expect(anna.locator("#shown-from")).to_be_visible()


def _bought(open_context: OpenContext) -> Page:
    """Return a tablet straight from the shop, on which Anna has signed in."""
    page = open_context().new_page()
    page.goto("/login")
    sign_in(page, ANNA)
    return page
