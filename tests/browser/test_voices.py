"""Sentences that somebody says: recorded at the tablet, heard by the citizen, also when locked."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import shared
from tests.browser.home import Home
from tests.browser.instructions import added_for, done, row, say, shown
from tests.browser.tablets import PATIENCE
from tests.browser.test_citizen_mode import DANISH_VOICE
from tests.personas import BO
from webapp.models import Intervention, StepVoice

HEARD = """() => {
  window.heard = [];
  HTMLAudioElement.prototype.play = async function () { window.heard.push(this.src); };
}"""

SOUNDING = """
window.heard = [];
const sounding = new WeakSet();
const { prototype } = HTMLAudioElement;
prototype.play = async function () { window.heard.push(this.src); sounding.add(this); };
prototype.pause = function () { sounding.delete(this); };
Object.defineProperty(prototype, "paused", { get() { return !sounding.has(this); } });
"""
"""Sentences that are heard until they are hushed."""

HUSHED = """
window.hushed = 0;
const began = new WeakMap();
HTMLAudioElement.prototype.play = function () {
  return new Promise((_, reject) => began.set(this, reject));
};
HTMLAudioElement.prototype.pause = function () {
  if (began.has(this)) window.hushed += 1;
  began.get(this)?.(new DOMException("", "AbortError"));
};
"""
"""Sentences that take so long to begin that they are hushed before."""

SENTENCES = ("Hent kluden", "Tør bordet af")


@pytest.fixture
def table(home: Home) -> Intervention:
    """How Sofie wipes the table."""
    return added_for(home, "Sofie", *SENTENCES)


def voices(home: Home) -> list[StepVoice]:
    """Return what was recorded."""
    with home.read() as session:
        return session.query(StepVoice).all()


def test_anna_says_a_sentence_and_sofie_hears_it_on_a_tablet_that_is_locked(
    anna: Page, page: Page, home: Home, table: Intervention
) -> None:
    anna.goto(f"/interventions/{table.id}/instruction")
    say(anna, table.steps[0])
    [voice] = voices(home)
    assert voice.says == SENTENCES[0]
    assert voice.milliseconds >= 900

    shared.enrol(page, home)
    page.goto("/lock")
    shared.open_as(page, BO)
    page.get_by_role("link", name="Sofie").click()
    page.locator(f"#intervention-{table.id} .show-citizen").click()
    expect(page.locator("body[data-locked]")).to_be_attached(timeout=2 * PATIENCE)
    page.evaluate(HEARD)
    ear = page.get_by_role("button", name="Hør teksten")
    ear.click()

    page.wait_for_function("() => window.heard.length === 1 && window.heard[0].startsWith('blob:')")
    length = """() => new Promise((resolve) => {
      const audio = new Audio(window.heard[0]);
      audio.onloadedmetadata = () => resolve(audio.duration);
    })"""
    # As long as it was said, not stretched.
    assert 0.9 <= page.evaluate(length) <= 30
    done(page).click()
    expect(shown(page)).to_have_text(SENTENCES[1])
    # Nobody said it, and this tablet has no Danish voice.
    expect(ear).to_be_hidden()


def test_once_it_was_touched_the_sentences_after_are_heard_until_it_is_touched_again(
    anna: Page, table: Intervention
) -> None:
    anna.goto(f"/interventions/{table.id}/instruction")
    for step in table.steps:
        say(anna, step)
    ear = anna.get_by_role("button", name="Hør teksten")

    def opened() -> None:
        anna.goto(f"/interventions/{table.id}/show")
        expect(ear).to_be_visible()

    anna.add_init_script(SOUNDING)
    opened()
    assert count_heard(anna) == 0
    ear.click()
    done(anna).click()
    assert count_heard(anna) == 2
    expect(ear).to_have_attribute("aria-pressed", "true")

    # The next time too, until somebody wants it to be quiet.
    opened()
    anna.wait_for_function("() => window.heard.length === 1")
    ear.click()
    expect(ear).to_have_attribute("aria-pressed", "false")
    done(anna).click()
    assert count_heard(anna) == 1
    opened()
    assert count_heard(anna) == 0


def test_a_sentence_that_is_hushed_before_it_begins_is_not_said_by_the_tablet_instead(
    anna: Page, table: Intervention
) -> None:
    anna.goto(f"/interventions/{table.id}/instruction")
    for step in table.steps:
        say(anna, step)
    anna.add_init_script(DANISH_VOICE.replace("LOCAL", "true"))
    anna.add_init_script(HUSHED)
    anna.goto(f"/interventions/{table.id}/show")

    anna.get_by_role("button", name="Hør teksten").click()
    done(anna).click()
    expect(shown(anna)).to_have_text(SENTENCES[1])

    anna.wait_for_function("() => window.hushed === 1")
    assert anna.evaluate("window.said") == []


def count_heard(page: Page) -> int:
    """Return how many sentences were said since the page was opened."""
    return int(page.evaluate("window.heard.length"))


def test_a_microphone_that_is_not_given_is_told_and_a_file_can_be_chosen(
    anna: Page, table: Intervention
) -> None:
    anna.goto(f"/interventions/{table.id}/instruction")
    anna.evaluate(
        "() => { navigator.mediaDevices.getUserMedia = async () => { throw new Error(); }; }"
    )
    place = row(anna, table.steps[0])
    place.get_by_text("Lyd til trin").click()

    place.get_by_role("button", name="Optag", exact=True).click()

    expect(place.locator("[data-no-microphone]")).to_be_visible()
    expect(place.get_by_role("button", name="Optag", exact=True)).to_be_visible()
    expect(place.get_by_label("Eller vælg en optagelse")).to_be_visible()
