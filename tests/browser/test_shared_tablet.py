"""A tablet in the kitchen: Anna, then Bo, then Anna again; what is typed stays with its writer."""

import re
from time import perf_counter

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import shared
from tests.browser.conftest import OpenContext
from tests.browser.hands import SEEN, button, open_day, row, sign_in, tap
from tests.browser.home import Home
from tests.browser.network import drop, intercept, one_slow_answer, portal
from tests.browser.outbox import expect_delivered, expect_kept, may_keep
from tests.browser.watch import Watch
from tests.personas import ANNA, BO, DITTE
from webapp.adapters import clock
from webapp.demo.people import DEMO_PIN
from webapp.models import Sign

IDLE = 3 * 60 + 1
"""Seconds after which a tablet of the demo home has locked."""

LOCKED = re.compile(r"/lock")


@pytest.fixture
def kitchen(page: Page, home: Home) -> Page:
    """A shared tablet of Søndermarken, locked, with a clock of the test's own."""
    shared.enrol(page, home)
    page.clock.install()
    page.goto("/lock")
    return page


def test_a_tablet_is_let_in_by_a_code_read_off_the_managers_screen(
    page: Page, open_context: OpenContext, home: Home
) -> None:
    ditte = open_context().new_page()
    ditte.goto("/login")
    # Now: whoever logged in long ago is asked for the password once more.
    sign_in(ditte, DITTE)
    expect(ditte.locator(".who")).to_be_visible()
    ditte.goto("/tablets/new")
    ditte.locator("#name").fill("Stuen")
    ditte.get_by_label("Søndermarken").check()
    ditte.locator("main .btn.wide").click()
    code = ditte.locator(".code-words").inner_text().replace("Koden er", "").replace(" ", "")

    page.goto(f"/tablet#code={code.strip()}")

    assert page.url.endswith("/tablet"), "the code is taken out of the address"
    page.locator("main .btn.wide").click()
    expect(page.get_by_role("heading", name="Hvem er du?")).to_be_visible()
    expect(page.locator("#lock .face-button").filter(has_text="Anna")).to_be_visible()
    ditte.goto("/tablets")
    expect(ditte.get_by_role("heading", name="Stuen")).to_be_visible()


def test_anna_taps_the_tablet_locks_bo_taps_and_each_has_their_own(
    kitchen: Page, home: Home, sign: Sign, next_sign: Sign
) -> None:
    taps: list[str] = []

    def tapped(what: str) -> None:
        taps.append(what)

    kitchen.expose_function("tapped", tapped)
    kitchen.add_init_script("addEventListener('click', () => tapped('x'), true)")
    kitchen.goto("/lock")
    begun = perf_counter()
    shared.open_as(kitchen, ANNA)
    kitchen.get_by_role("link", name="Sofie").click()
    tap(kitchen, sign)
    took, annas_taps = perf_counter() - begun, len(taps)
    kitchen.clock.fast_forward(IDLE * 1000)
    expect(kitchen.locator("#lock .faces")).to_be_visible()
    expect(kitchen.locator("#main")).to_be_hidden()
    taps.clear()

    shared.open_as(kitchen, BO)
    kitchen.get_by_role("link", name="Sofie").click()
    tap(kitchen, next_sign)

    print(f"locked to logged: {annas_taps} and {len(taps)} taps, {took:.1f} s")
    assert annas_taps == len(taps) == 9
    stored = [(row.author.first_name, row.sign_id) for row in home.added()]
    assert stored == [("Anna", sign.id), ("Bo", next_sign.id)]


def open_note_after_tap(kitchen: Page, sign: Sign) -> Locator:
    """Tap a sign and open the note after it; its field is returned."""
    open_day(kitchen, sign)
    tap(kitchen, sign)
    kitchen.locator(f"#after-{sign.id}-note > summary").click()
    return kitchen.locator(f"#after-{sign.id}-words")


def test_the_same_person_is_back_at_the_very_words_they_were_writing(
    kitchen: Page, sign: Sign
) -> None:
    shared.open_as(kitchen, ANNA)
    words = open_note_after_tap(kitchen, sign)
    words.fill("Hun nynnede, mens hun")
    shared.switch(kitchen)
    expect(words).to_be_hidden()

    shared.type_pin(kitchen)

    expect(words).to_be_visible()
    expect(words).to_have_value("Hun nynnede, mens hun")
    expect(button(kitchen, sign)).to_have_class(SEEN)
    words.fill("Hun nynnede, mens hun børstede.")
    kitchen.locator(f"#after-{sign.id}-note-button").click()
    expect(row(kitchen, sign)).to_contain_text("børstede")


def test_digits_in_a_note_after_unlocking_are_no_pin(
    kitchen: Page, sign: Sign, watch: Watch
) -> None:
    shared.open_as(kitchen, ANNA)
    words = open_note_after_tap(kitchen, sign)
    shared.switch(kitchen)
    shared.type_pin(kitchen)
    expect(words).to_be_visible()

    words.press_sequentially("Ring til 12345678 i morgen")

    expect(words).to_have_value("Ring til 12345678 i morgen")
    kitchen.evaluate("fetch('/healthz')")
    assert watch.requests.count("POST /lock/pin") == 2


def test_a_tablet_that_comes_back_from_the_background_is_locked(kitchen: Page, sign: Sign) -> None:
    shared.open_as(kitchen, ANNA)
    open_day(kitchen, sign)
    turned = """([state, seconds]) => {
      const now = Date.now();
      Date.now = () => now + seconds * 1000;
      Object.defineProperty(document, "visibilityState", { configurable: true, get: () => state });
      document.dispatchEvent(new Event("visibilitychange"));
    }"""
    kitchen.evaluate(turned, ["hidden", 0])
    kitchen.evaluate(turned, ["visible", 2])
    expect(button(kitchen, sign)).to_be_visible()

    kitchen.evaluate(turned, ["hidden", 0])
    kitchen.evaluate(turned, ["visible", 11])

    expect(kitchen.locator("#lock .faces")).to_be_visible()
    expect(button(kitchen, sign)).to_be_hidden()


def test_what_is_locked_is_out_of_sight_and_out_of_reach(kitchen: Page, sign: Sign) -> None:
    shared.open_as(kitchen, ANNA)
    open_day(kitchen, sign)

    shared.switch(kitchen)

    for part in ("header", "#main", ".tabs"):
        for place in kitchen.locator(f"body > {part}").all():
            expect(place).to_be_hidden()
            assert place.evaluate("place => place.inert")
    assert "Sofie" not in kitchen.title()
    assert "Sofie" not in kitchen.locator("body").aria_snapshot()


def test_back_after_skift_shows_the_lock(kitchen: Page, sign: Sign) -> None:
    shared.open_as(kitchen, ANNA)
    open_day(kitchen, sign)
    shared.switch(kitchen)

    kitchen.go_back()

    expect(kitchen).to_have_url(LOCKED)
    expect(kitchen.get_by_text("Sofie")).to_have_count(0)


def test_another_person_finds_nothing_of_the_one_before(kitchen: Page, sign: Sign) -> None:
    shared.open_as(kitchen, ANNA)
    open_day(kitchen, sign)
    kitchen.evaluate("localStorage.setItem('stopwatch:1', '{}'); sessionStorage.setItem('a', 'b')")
    shared.switch(kitchen)

    shared.open_as(kitchen, BO)

    expect(kitchen.get_by_role("heading", name="Vagten")).to_be_visible()
    kept = kitchen.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
    assert set(kept) <= {"session", "active-at"}


def test_without_network_the_tablet_locks_all_the_same(
    kitchen: Page, sign: Sign, watch: Watch
) -> None:
    watch.expect("ERR_INTERNET_DISCONNECTED", "Failed to fetch")
    shared.open_as(kitchen, ANNA)
    open_day(kitchen, sign)
    kitchen.context.set_offline(True)

    kitchen.clock.fast_forward(IDLE * 1000)

    expect(kitchen.get_by_role("heading", name="Tabletten er låst")).to_be_visible()
    expect(kitchen.locator("#main")).to_be_hidden()
    kitchen.context.set_offline(False)
    kitchen.get_by_role("button", name="Prøv igen").or_(
        kitchen.locator("#lock .faces")
    ).first.wait_for()
    shared.type_pin(kitchen)
    expect(button(kitchen, sign)).to_be_visible()


def test_b3_an_open_networks_login_page_costs_nobody_what_they_were_writing(
    kitchen: Page, sign: Sign
) -> None:
    shared.open_as(kitchen, ANNA)
    words = open_note_after_tap(kitchen, sign)
    words.fill("Hun pegede på tandbørsten.")
    intercept(kitchen, portal, "**/lock")

    kitchen.locator("[data-lock-now] button").click()

    again = kitchen.get_by_role("button", name="Prøv igen")
    expect(again).to_be_visible()
    kitchen.unroute("**/lock")
    again.click()
    shared.type_pin(kitchen)
    expect(words).to_be_visible()
    expect(words).to_have_value("Hun pegede på tandbørsten.")


def test_a_page_read_again_while_locked_stays_locked(kitchen: Page, sign: Sign) -> None:
    shared.open_as(kitchen, ANNA)
    open_day(kitchen, sign)
    shared.switch(kitchen)

    kitchen.reload()

    expect(kitchen).to_have_url(LOCKED)
    shared.type_pin(kitchen)
    expect(button(kitchen, sign)).to_be_visible()


def test_a_page_read_again_before_the_server_knows_of_skift_is_locked_and_works_afterwards(
    kitchen: Page, sign: Sign, watch: Watch
) -> None:
    watch.expect("ERR_FAILED", "Failed to fetch")
    shared.open_as(kitchen, ANNA)
    open_day(kitchen, sign)
    intercept(kitchen, drop, "**/lock")
    kitchen.locator("[data-lock-now] button").click()
    expect(kitchen.get_by_role("button", name="Prøv igen")).to_be_visible()

    kitchen.reload()
    expect(button(kitchen, sign)).to_be_hidden()
    kitchen.unroute("**/lock")
    kitchen.get_by_role("button", name="Prøv igen").click()
    shared.type_pin(kitchen)

    tap(kitchen, sign)


def test_whoever_goes_on_tapping_is_not_locked_out(kitchen: Page, sign: Sign) -> None:
    shared.open_as(kitchen, ANNA)
    open_day(kitchen, sign)

    for _ in range(4):
        kitchen.clock.fast_forward(100_000)
        kitchen.mouse.click(5, 400)

    expect(button(kitchen, sign)).to_be_visible()


def test_a_refusal_that_comes_behind_the_lock_loses_nothing(
    kitchen: Page, sign: Sign, home: Home, watch: Watch
) -> None:
    # The card cannot be read again while it is locked.
    watch.expect("status of 4(01|09)", "status: 409")
    shared.open_as(kitchen, ANNA)
    open_day(kitchen, sign)
    may_keep(kitchen)
    with home.changed(Sign, sign.id, archived_at=clock.now()), one_slow_answer(kitchen) as slow:
        button(kitchen, sign).click()
        expect_kept(kitchen, sign)
        shared.switch(kitchen)
        slow.let_through()

        # What came too late for its author's eyes is stored, for somebody to look at.
        expect_delivered(kitchen)

    assert [(row.author.first_name, row.sign_id) for row in home.added()] == [("Anna", sign.id)]


def test_a_tap_the_lock_refused_is_kept_and_delivered_under_the_right_name(
    kitchen: Page, home: Home, sign: Sign, watch: Watch
) -> None:
    watch.expect("status of 401")
    shared.open_as(kitchen, ANNA)
    open_day(kitchen, sign)
    may_keep(kitchen)
    other = kitchen.context.new_page()
    other.goto("/")
    token = other.locator("input[name=csrf_token]").first.input_value()
    other.request.post("/lock", form={"csrf_token": token})
    other.close()

    button(kitchen, sign).click()

    expect(kitchen.locator("#lock .faces")).to_be_visible()
    expect_delivered(kitchen)
    assert [row.author.first_name for row in home.added()] == ["Anna"]
    shared.type_pin(kitchen)
    expect(button(kitchen, sign)).to_be_visible()
    expect(kitchen.locator(f"#tap-{sign.id}")).not_to_have_attribute("data-state", "unsent")


def test_the_pad_takes_the_keyboard_too(kitchen: Page, watch: Watch) -> None:
    watch.expect("status of 422")
    shared.face(kitchen, ANNA)
    kitchen.keyboard.type("11111")
    kitchen.keyboard.press("Backspace")
    kitchen.keyboard.type("11")
    expect(kitchen.get_by_role("alert").filter(has_text="passer ikke")).to_be_visible()

    kitchen.keyboard.type(DEMO_PIN)

    expect(kitchen.locator(".who")).to_contain_text("Anna")


def test_a_tablet_that_was_let_go_clears_what_it_keeps_to_read(kitchen: Page, home: Home) -> None:
    shared.open_as(kitchen, ANNA)
    kitchen.evaluate("caches.open('plans')")
    home.let_tablets_go()

    kitchen.goto("/")

    expect(kitchen.get_by_role("heading", name="Tabletten er fjernet")).to_be_visible()
    kitchen.wait_for_function("async () => !(await caches.has('plans'))")
    kitchen.goto("/")
    expect(kitchen).to_have_url(re.compile("/login"))


def test_without_javascript_a_face_a_field_and_a_button_do(
    open_context: OpenContext, home: Home
) -> None:
    page = open_context(java_script_enabled=False).new_page()
    shared.enrol(page, home)
    page.goto("/")
    shared.face(page, ANNA)

    page.locator("#lock-digits").fill(DEMO_PIN)
    page.get_by_role("button", name="Lås op").click()

    expect(page.get_by_role("heading", name="Vagten")).to_be_visible()
    page.get_by_role("button", name="Skift").click()
    expect(page.get_by_role("heading", name="Hej Anna")).to_be_visible()


def test_the_password_is_the_other_way_in(kitchen: Page) -> None:
    kitchen.get_by_role("link", name="Brug adgangskode").click()
    sign_in(kitchen, BO)

    expect(kitchen.locator(".who")).to_contain_text("Bo")
    expect(kitchen.locator("[data-lock-now]")).to_be_visible()
