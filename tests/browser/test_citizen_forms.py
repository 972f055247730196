"""The other forms of the citizen's screen: what comes after is seen too, or the whole list."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.home import Home
from tests.browser.instructions import added_for, done, give, row, shown, stored_picture
from webapp.models import InstructionForm, Intervention

SENTENCES = ("Hent kluden", "Gør den våd", "Tør bordet af", "Hæng kluden op")
SIZES = [(390, 844), (844, 390), (820, 1180), (1280, 800)]


@pytest.fixture
def table(home: Home) -> Intervention:
    """How Sofie wipes the table."""
    return added_for(home, "Sofie", *SENTENCES)


def show_as(page: Page, table: Intervention, words: str) -> None:
    """Choose the form where the instruction is made, and show it."""
    page.goto(f"/interventions/{table.id}/instruction")
    place = page.locator("#shown-as")
    place.get_by_label(words, exact=True).check()
    place.get_by_role("button", name="Gem").click()
    page.wait_for_url("**#shown-as")
    page.goto(f"/interventions/{table.id}/show")


def is_whole(page: Page) -> bool:
    """Tell whether nothing scrolls and the large button is large and on the screen."""
    box = done(page).bounding_box()
    size = page.viewport_size
    assert box
    assert size
    fits = box["y"] + box["height"] <= size["height"] and min(box["width"], box["height"]) >= 96
    return bool(fits and page.evaluate("document.scrollingElement.scrollHeight <= innerHeight"))


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_first_and_then_shows_what_comes_after_as_well(
    anna: Page, table: Intervention, width: int, height: int
) -> None:
    anna.goto(f"/interventions/{table.id}/instruction")
    give(anna, table.steps[1])
    expect(stored_picture(anna, table.steps[1])).to_be_visible()
    anna.set_viewport_size({"width": width, "height": height})
    show_as(anna, table, "Først – så")
    after = anna.locator(".citizen-step.next")

    expect(shown(anna)).to_have_text(SENTENCES[0])
    expect(after.locator("[data-say]")).to_have_text(SENTENCES[1])
    image = after.locator("img").bounding_box()
    assert image
    assert min(image["width"], image["height"]) >= 64
    assert is_whole(anna)

    for sentence in SENTENCES[1:]:
        done(anna).click()
        expect(shown(anna)).to_have_text(sentence)
    expect(after.locator("[data-say]")).to_have_text("Færdig")
    done(anna).click()
    expect(shown(anna)).to_have_text("Færdig")
    expect(after).to_have_count(0)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_checklist_shows_all_steps_and_ticks_those_that_are_done(
    anna: Page, table: Intervention, width: int, height: int
) -> None:
    anna.set_viewport_size({"width": width, "height": height})
    show_as(anna, table, "Tjekliste")
    ticked = anna.locator(".citizen-step.before .tick")
    expect(anna.locator(".citizen-step:visible")).to_have_count(len(SENTENCES))
    expect(ticked).to_have_count(0)
    assert is_whole(anna)

    for number, sentence in enumerate(SENTENCES):
        expect(shown(anna)).to_have_text(sentence)
        expect(shown(anna)).to_be_in_viewport()
        expect(ticked).to_have_count(number)
        done(anna).click()
    expect(shown(anna)).to_have_text("Færdig")
    expect(anna.locator(".citizen-step:visible")).to_have_count(1)


def test_a_list_that_is_longer_than_the_screen_shows_where_one_is(anna: Page, home: Home) -> None:
    long = added_for(home, "Sofie", *(f"Dæk plads nummer {each}" for each in range(1, 21)))
    with home.changed(Intervention, long.id, form=InstructionForm.CHECKLIST):
        anna.goto(f"/interventions/{long.id}/show")
        for number in range(1, 19):
            expect(shown(anna)).to_have_text(f"Dæk plads nummer {number}")
            expect(shown(anna)).to_be_in_viewport(ratio=1)
            done(anna).click()


def test_steps_are_put_in_order_by_dragging_and_by_buttons(
    anna: Page, home: Home, table: Intervention
) -> None:
    anna.goto(f"/interventions/{table.id}/instruction")
    row(anna, table.steps[3]).get_by_role("button", name="Flyt trin 4 op").click()
    anna.wait_for_url("**#step-*")
    expect(anna.locator(".step-words").nth(2)).to_contain_text(SENTENCES[3])

    handle = row(anna, table.steps[0]).locator("[data-handle]")
    handle.hover()
    box, target = handle.bounding_box(), row(anna, table.steps[1]).bounding_box()
    assert box
    assert target
    anna.mouse.down()
    below = target["y"] + target["height"] - 10
    anna.mouse.move(box["x"] + 5, below, steps=8)
    with anna.expect_navigation():
        anna.mouse.up()

    expect(anna.locator(".step-words").first).to_contain_text(SENTENCES[1])
    with home.read() as session:
        texts = [step.text for step in session.get_one(Intervention, table.id).steps]
    assert texts == [SENTENCES[each] for each in (1, 0, 3, 2)]
