"""A plan is written in its own cards: nobody leaves the page to put one word right."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from tests.browser.conftest import SignedIn
from tests.browser.home import Home
from tests.browser.watch import Watch
from tests.personas import DITTE
from webapp.models import Citizen


@pytest.fixture(autouse=True)
def asta(home: Home) -> None:
    """Somebody with a sign of every measure, whose plan no other test reads."""
    home.let_be_measured()


def plan_of_asta(page: Page, home: Home) -> None:
    # The others make room at once, so that a dragged sign lands where it is let go.
    page.emulate_media(reduced_motion="reduce")
    with home.read() as session:
        asta = session.scalars(select(Citizen.id).where(Citizen.first_name == "Asta")).one()
    page.goto(f"/citizens/{asta}/plan")


def drag_below(page: Page, text: str, other: str) -> None:
    """Take a sign by its handle and lay it just below another one, as a finger does."""
    # Both in sight: this finger does not scroll.
    row_of(page, text).evaluate("row => row.scrollIntoView({ block: 'center' })")
    row_of(page, text).locator("[data-handle]").hover()
    page.mouse.down()
    box = row_of(page, other).bounding_box()
    assert box
    page.mouse.move(box["x"] + 40, box["y"] + box["height"] - 4, steps=12)
    expect(page.locator(".plan-sign:not(.sortable-drag)").nth(2)).to_contain_text(text)
    page.mouse.up()


def signs_in_order(home: Home) -> list[str]:
    return [sign.text for sign in home.signs("Asta")]


def row_of(page: Page, text: str) -> Locator:
    return page.locator(".plan-sign").filter(has_text=text)


def test_a_card_is_written_where_it_stands(signed_in: SignedIn, home: Home) -> None:
    page = signed_in(DITTE)
    plan_of_asta(page, home)
    address = page.url
    page.locator("#sammenhaeng").get_by_role("link", name="Ret").click()
    editor = page.locator(".editor")
    expect(editor).to_be_focused()
    expect(editor.get_by_role("heading", name="Sammenhæng")).to_be_visible()
    # Nothing else opens meanwhile, so that no two fields have one name.
    expect(page.locator("[data-opens]:visible")).to_have_count(0)
    editor.get_by_label("Ressourcer", exact=True).fill("Asta elsker vand og musik")
    editor.get_by_role("button", name="Gem", exact=True).click()
    expect(page.locator("#sammenhaeng")).to_contain_text("Asta elsker vand og musik")
    expect(page.locator(".editor")).to_have_count(0)
    assert page.url == address


def test_a_card_that_is_left_unsaved_is_as_it_was(signed_in: SignedIn, home: Home) -> None:
    page = signed_in(DITTE)
    plan_of_asta(page, home)
    said = page.locator("#evaluering").inner_text()
    page.locator("#evaluering").get_by_role("link", name="Ret").click()
    page.locator(".editor").get_by_role("link", name="Tilbage uden at gemme").click()
    expect(page.locator(".editor")).to_have_count(0)
    assert page.locator("#evaluering").inner_text() == said


def test_what_has_to_be_put_right_is_told_in_the_card_with_every_word_kept(
    signed_in: SignedIn, home: Home, watch: Watch
) -> None:
    watch.expect("status of 422")
    page = signed_in(DITTE)
    plan_of_asta(page, home)
    page.locator("#evaluering").get_by_role("link", name="Ret").click()
    months = page.get_by_label("Hvor mange måneder mellem hver evaluering?")
    months.fill("7")
    page.locator(".editor").get_by_role("button", name="Gem", exact=True).click()
    expect(page.locator(".editor .field-error")).to_contain_text("1 til 6 måneder")
    expect(months).to_have_value("7")
    expect(months).to_be_focused()
    months.fill("3")
    page.locator(".editor").get_by_role("button", name="Gem", exact=True).click()
    expect(page.locator("#evaluering")).to_contain_text("3")
    expect(page.locator(".editor")).to_have_count(0)


def test_two_who_write_one_card_in_place_see_both_texts(
    signed_in: SignedIn, home: Home, watch: Watch
) -> None:
    watch.expect("status of 409")
    mine, other = signed_in(DITTE), signed_in(DITTE)
    for page in (mine, other):
        plan_of_asta(page, home)
        page.locator("#sammenhaeng").get_by_role("link", name="Ret").click()
    other.get_by_label("Behov", exact=True).fill("Ro og god tid")
    other.locator(".editor").get_by_role("button", name="Gem", exact=True).click()
    expect(other.locator("#sammenhaeng")).to_contain_text("Ro og god tid")
    mine.get_by_label("Behov", exact=True).fill("Faste vaner")
    mine.locator(".editor").get_by_role("button", name="Gem", exact=True).click()
    expect(mine.locator(".theirs")).to_contain_text("Ro og god tid")
    expect(mine.get_by_label("Behov", exact=True)).to_have_value("Faste vaner")


def test_a_new_sign_is_written_below_the_others_heading(signed_in: SignedIn, home: Home) -> None:
    page = signed_in(DITTE)
    plan_of_asta(page, home)
    goal = page.locator(".plan-goal").filter(has=row_of(page, signs_in_order(home)[0])).first
    goal.get_by_role("link", name="Nyt tegn").click()
    editor = page.locator(".editor")
    editor.locator("[name=text]").fill("Asta peger på håndklædet")
    save = editor.get_by_role("button", name="Gem", exact=True)
    save.dblclick()
    expect(row_of(page, "peger på håndklædet")).to_have_count(1)
    assert signs_in_order(home).count("Asta peger på håndklædet") == 1


def test_signs_are_put_in_order_by_dragging_and_by_buttons(signed_in: SignedIn, home: Home) -> None:
    page = signed_in(DITTE)
    plan_of_asta(page, home)
    first, second, third = signs_in_order(home)[:3]
    drag_below(page, first, third)
    shown = page.locator(".plan-goal").filter(has=row_of(page, first)).first
    expect(shown.locator(".plan-sign strong").nth(2)).to_have_text(first)
    expect(row_of(page, first).locator("form [name=by][value='-1']")).to_be_enabled()
    with page.expect_response(re.compile(r"/plan$")):
        row_of(page, third).get_by_role("button", name="Mindre end det før").click()
    assert signs_in_order(home)[:3] == [third, second, first]


def test_what_was_dragged_goes_back_when_it_cannot_be_stored(
    signed_in: SignedIn, home: Home, watch: Watch
) -> None:
    page = signed_in(DITTE)
    plan_of_asta(page, home)
    before = signs_in_order(home)
    # The page is whole before the line goes: what it drags with, and its worker.
    expect(row_of(page, before[0]).locator("[data-handle]")).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
    # A browser that looks for a new worker just then says so.
    watch.expect("ERR_INTERNET_DISCONNECTED", "Failed to fetch", "fetching the script")
    page.context.set_offline(True)
    drag_below(page, before[0], before[2])
    goal = page.locator(".plan-goal").filter(has=row_of(page, before[0])).first
    expect(goal.locator(".plan-sign strong").first).to_have_text(before[0])
    page.context.set_offline(False)
    assert signs_in_order(home) == before
