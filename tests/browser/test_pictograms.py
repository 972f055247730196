"""A pictogram for a step: found while one types, chosen by one tap, shown large to the citizen."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenContext
from tests.browser.hands import sign_in
from tests.browser.home import Home
from tests.browser.instructions import make, of_sofie, row, stored_picture
from tests.personas import ANNA
from webapp.models import Intervention


@pytest.fixture
def instruction(home: Home) -> Intervention:
    """How Sofie brushes her teeth."""
    return of_sofie(home)


def go_to_choose(page: Page, instruction: Intervention, step: int = 0) -> None:
    """Ask for pictograms where the instruction is made."""
    page.goto(f"/interventions/{instruction.id}/instruction")
    place = row(page, instruction.steps[step])
    place.get_by_role("link", name="piktogram").click()
    expect(page.get_by_role("heading", name="Vælg piktogram")).to_be_visible()


def tile(page: Page, name: str) -> Locator:
    return page.locator("button.pictogram").filter(has_text=name).first


def is_drawn(picture: Locator) -> bool:
    return bool(picture.evaluate("img => img.complete && img.naturalWidth > 0"))


def test_anna_types_a_word_taps_the_toothbrush_and_sofie_sees_it_large(
    anna: Page, instruction: Intervention
) -> None:
    go_to_choose(anna, instruction, step=1)
    anna.get_by_label("Søg på dansk").press_sequentially("tænder")
    expect(anna.get_by_role("heading", name="piktogrammer")).to_be_visible()
    expect(tile(anna, "Tandbørste")).to_be_visible()
    expect(anna.get_by_label("Søg på dansk")).to_be_focused()

    tile(anna, "Tandbørste").click()

    image = stored_picture(anna, instruction.steps[1])
    expect(image).to_have_attribute("alt", "Piktogrammet til trin 2: Tandbørste")
    anna.goto(f"/interventions/{instruction.id}/show")
    anna.locator("[data-done]").click()
    shown = anna.locator(".citizen-step.now img")
    expect(shown).to_be_visible()
    assert is_drawn(shown)
    box = anna.locator(".citizen-step.now .step-picture").bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 300
    # From our own origin, under the release's address, as every file that a browser keeps.
    ours = re.compile(r"^/static/\w+/vendor/pictograms/1FAA5\.svg$")
    expect(shown).to_have_attribute("src", ours)


def test_tiles_are_large_and_drawn_dark_on_light_by_night_too(
    anna: Page, instruction: Intervention
) -> None:
    anna.emulate_media(color_scheme="dark")
    go_to_choose(anna, instruction)
    expect(tile(anna, "Tandbørste")).to_be_visible()

    for each in anna.locator(".pictogram").all()[:8]:
        box = each.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 96
    ground = tile(anna, "Tandbørste").locator("img")
    assert ground.evaluate("img => getComputedStyle(img).backgroundColor") == "rgb(250, 246, 239)"


def test_a_pictogram_takes_the_place_of_a_photograph_and_can_be_taken_away(
    anna: Page, instruction: Intervention
) -> None:
    make(anna, instruction, pictures=1)
    go_to_choose(anna, instruction)
    tile(anna, "Tandbørste").click()

    place = row(anna, instruction.steps[0])
    expect(place.locator(":scope > img")).to_have_count(1)
    place.get_by_text("Fjern piktogrammet").click()
    place.get_by_role("button", name="Ja, fjern").click()
    expect(stored_picture(anna, instruction.steps[0])).to_have_count(0)


def test_without_javascript_the_search_is_a_form_and_the_categories_are_links(
    open_context: OpenContext, instruction: Intervention
) -> None:
    plain = open_context(java_script_enabled=False).new_page()
    plain.goto("/")
    sign_in(plain, ANNA)
    go_to_choose(plain, instruction)
    plain.get_by_role("link", name="Drikke").click()
    expect(tile(plain, "Kaffe")).to_be_visible()

    plain.get_by_label("Søg på dansk").fill("tandboerste")
    plain.get_by_role("button", name="Søg", exact=True).click()
    expect(plain.get_by_label("Søg på dansk")).to_have_value("tandboerste")
    tile(plain, "Tandbørste").click()

    expect(stored_picture(plain, instruction.steps[0])).to_have_count(1)
