"""Danish and English, on the sign-in page and in the menu."""

from playwright.sync_api import Page, expect

from tests.browser.hands import button, sign_in
from tests.personas import ANNA
from webapp.models import Sign


def test_the_sign_in_page_speaks_english_and_danish_again(page: Page) -> None:
    page.goto("/login")
    expect(page.locator("html")).to_have_attribute("lang", "da")

    page.get_by_role("button", name="English").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Log in")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("button", name="English")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Dansk").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Log ind")
    expect(page.locator("html")).to_have_attribute("lang", "da")


def test_the_language_chosen_before_sign_in_holds_after_it_and_is_changed_in_the_menu(
    page: Page, sign: Sign
) -> None:
    page.goto("/login")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    sign_in(page, ANNA)
    expect(page.get_by_role("link", name="Mine")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto(f"/citizens/{sign.goal.plan.citizen_id}")
    # What people wrote stays Danish, and a voice is told so.
    words = button(page, sign).locator("bdi")
    expect(words).to_have_text(sign.text)
    expect(words).to_have_attribute("lang", "da")

    page.locator(".who").click()
    page.get_by_role("button", name="Dansk").click()

    expect(page.locator("html")).to_have_attribute("lang", "da")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sofie")
