"""The outcome of instructions, whole: Anna films and speaks six steps, Sofie follows, it is told.

Every clip is a film made for this test and written anew by the server, every voice is recorded with
the tablet's microphone, and what staff mark goes by the outbox on a tablet that is locked.
"""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import shared
from tests.browser.home import Home
from tests.browser.instructions import (
    done,
    give_clip,
    hold_rail,
    hold_way_out,
    mark,
    row,
    say,
    shown,
)
from tests.browser.outbox import expect_all_sent, expect_delivered
from tests.browser.tablets import PATIENCE
from tests.clips import a_clip
from tests.factories import add_sign
from tests.personas import BO
from webapp.models import Citizen, Goal, Intervention, Measure, Plan, Sign, SupportLevel

TITLE = "Børste tænder efter billeder"
SENTENCES = (
    "Tag tandbørsten",
    "Kom en ært tandpasta på",
    "Børst foroven",
    "Børst forneden",
    "Skyl munden",
    "Sæt børsten på plads",
)
HOW = (
    ("Selv", ""),
    ("Med hjælp", "Pegede"),
    ("Selv", ""),
    ("Selv", ""),
    ("Ikke", ""),
    ("Selv", ""),
)
MADE_WITHIN = 150_000
"""Milliseconds that six short clips take on a machine that has much else to do."""

HEARD = """() => {
  window.heard = [];
  HTMLAudioElement.prototype.play = async function () { window.heard.push(this.src); };
}"""


@pytest.fixture
def goal(home: Home) -> Goal:
    """Sofie's first goal, with a sign that she answers herself."""
    with home.change() as session:
        goal = (
            session.query(Goal)
            .join(Goal.plan)
            .join(Plan.citizen)
            .filter(Citizen.first_name == "Sofie")
            .order_by(Goal.rank)
            .first()
        )
        assert goal is not None
        text = "Sofie viser på ansigterne, hvordan det gik"
        add_sign(session, goal, text, rank=30, measure=Measure.SMILEY)
        id = goal.id
    with home.read() as session:
        return session.get_one(Goal, id)


def write_instruction(page: Page, home: Home, goal: Goal) -> Intervention:
    """Write the tiltag with its six sentences, as the form does, and return it."""
    page.goto(f"/goals/{goal.id}/interventions/new")
    page.locator("[name=title]").fill(TITLE)
    page.locator("#steps").fill("\n".join(SENTENCES))
    page.locator("main form button.btn").first.click()
    page.wait_for_url("**/plan**")
    with home.read() as session:
        made = session.query(Intervention).filter_by(title=TITLE).one()
        assert [step.text for step in made.steps] == list(SENTENCES)
        return made


def choose_signs(page: Page, made: Intervention) -> None:
    """Let the steps measure a sign made of them, and let the screen ask at the end."""
    page.get_by_role("link", name="Lav et tegn af trinene").click()
    page.locator("[name=text]").fill("Sofie børster selv sine tænder i seks trin")
    page.locator(".plan-form").get_by_role("button", name="Gem", exact=True).click()
    expect(page.locator(".pentagon")).to_be_visible()
    page.goto(f"/interventions/{made.id}/instruction")
    page.get_by_label("Sofie børster selv sine tænder i seks trin", exact=True).check()
    page.get_by_label("Sofie viser på ansigterne, hvordan det gik", exact=True).check()
    page.locator("#measured").get_by_role("button", name="Gem").click()
    page.wait_for_url("**#measured")


def test_anna_films_and_speaks_six_steps_and_sofie_follows_them_and_it_is_documented(
    anna: Page, page: Page, home: Home, goal: Goal
) -> None:
    made = write_instruction(anna, home, goal)
    anna.goto(f"/interventions/{made.id}/instruction")
    for number, step in enumerate(made.steps):
        give_clip(anna, step, a_clip(size=(640, 360), seconds=1 + number / 4, sound="aac"))
        expect(row(anna, step).locator(".clip-tile, figure").first).to_be_visible()
        say(anna, step)
    for step in made.steps:
        expect(row(anna, step).locator("figure")).to_be_visible(timeout=MADE_WITHIN)
    choose_signs(anna, made)

    # In the evening Bo shows it on the shared tablet, which is locked behind it.
    shared.enrol(page, home)
    page.goto("/lock")
    shared.open_as(page, BO)
    page.get_by_role("link", name="Sofie").click()
    page.locator(f"#intervention-{made.id} .show-citizen").click()
    expect(page.locator("body[data-locked]")).to_be_attached(timeout=3 * PATIENCE)
    hold_rail(page)
    page.evaluate(HEARD)
    for number, (sentence, (how, level)) in enumerate(zip(SENTENCES, HOW, strict=True), 1):
        expect(shown(page)).to_have_text(sentence)
        page.wait_for_function(
            "() => { const it = document.querySelector('.citizen-step.now video');"
            " return it && !it.hidden && !it.paused && it.currentTime > 0; }"
        )
        page.get_by_role("button", name="Hør teksten").click()
        page.wait_for_function("(count) => window.heard.length >= count", arg=number)
        mark(page, how, level)
        done(page).click()
    expect(page.locator(".rail-count")).to_have_text("4 af 6 selvstændigt")
    assert all(each.startswith("blob:") for each in page.evaluate("window.heard"))
    assert len(set(page.evaluate("window.heard"))) == len(SENTENCES)
    page.get_by_role("button", name="Godt", exact=True).click()
    page.locator("[data-save]").click()
    expect(page.locator("[data-told=kept]")).to_be_visible()
    expect_all_sent(page)

    # Bo takes the tablet back, and the day says what she did.
    hold_way_out(page)
    expect(page.locator("#lock .faces")).to_be_visible()
    page.mouse.up()
    shared.face(page, BO)
    shared.type_pin(page)
    expect(page.locator(f"#intervention-{made.id}")).to_be_visible()
    expect_delivered(page)
    page.get_by_role("button", name="Jeg har set det").click()
    expect(page.locator("main")).to_contain_text("4 af 6 trin selv")
    with home.read() as session:
        stored = {session.get_one(Sign, each.sign_id).measure: each for each in home.added()}
        assert stored.keys() == {Measure.STEPS, Measure.SMILEY}
        steps, word = stored[Measure.STEPS], stored[Measure.SMILEY]
    assert (steps.value, steps.steps_alone) == (4, [1, 3, 4, 6])
    assert steps.support_level is SupportLevel.GESTURE
    assert steps.note == "Trin 2: med hjælp (Pegede). Trin 5: ikke."
    assert word.value == 4
    assert {each.author.first_name for each in home.added()} == {"Bo"}
    [carried_out] = home.done()
    assert carried_out.intervention_id == made.id
