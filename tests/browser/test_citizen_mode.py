"""The citizen's own screen: one picture at a time, and nothing else within reach."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import shared
from tests.browser.conftest import OpenContext, SignedIn
from tests.browser.hands import sign_in
from tests.browser.home import Home
from tests.browser.instructions import (
    added_for,
    choose_several,
    done,
    give,
    hold_way_out,
    make,
    of_sofie,
    pictures_of,
    row,
    shown,
    stored_picture,
)
from tests.browser.network import drop, intercept
from tests.browser.photos import photo, picture
from tests.browser.watch import Watch
from tests.personas import ANNA, BO, DITTE
from webapp.models import Intervention, Sign, Step

DANISH_VOICE = """(() => {
  window.said = [];
  const voices = [{ lang: "en-US", localService: true }, { lang: "da-DK", localService: LOCAL }];
  class Words { constructor(text) { this.text = text; } }
  Object.defineProperty(window, "SpeechSynthesisUtterance", { value: Words });
  Object.defineProperty(window, "speechSynthesis", { value: Object.assign(new EventTarget(), {
    getVoices: () => voices, cancel() {}, speak({ text, lang }) { window.said.push([text, lang]); },
  }) });
})()"""


@pytest.fixture
def instruction(home: Home) -> Intervention:
    """How Sofie brushes her teeth."""
    return of_sofie(home)


@pytest.fixture
def kitchen(page: Page, home: Home, instruction: Intervention) -> Page:
    """A shared tablet on which Bo opened Sofie's day."""
    shared.enrol(page, home)
    page.goto("/lock")
    shared.open_as(page, BO)
    page.get_by_role("link", name="Sofie").click()
    expect(page.locator(f"#intervention-{instruction.id}")).to_be_visible()
    return page


def show(page: Page, instruction: Intervention) -> None:
    """Tap Vis for borgeren on the day."""
    page.locator(f"#intervention-{instruction.id} .show-citizen").click()
    expect(done(page)).to_be_visible()


def wait_until_locked(page: Page) -> None:
    """Wait until whoever showed it is locked out."""
    expect(page.locator("body.citizen-mode[data-locked]")).to_be_visible()


def words_are_clear(page: Page) -> bool:
    """Tell whether the words end above the button, or beside it on a telephone on its side."""
    words, button = shown(page).bounding_box(), done(page).bounding_box()
    assert words
    assert button
    return words["y"] + words["height"] <= button["y"] or words["x"] + words["width"] <= button["x"]


def test_anna_gives_the_steps_pictures_and_sofie_follows_them_one_at_a_time(
    anna: Page, sign: Sign, instruction: Intervention
) -> None:
    make(anna, instruction, pictures=2)
    anna.goto(f"/citizens/{sign.goal.plan.citizen_id}")

    show(anna, instruction)

    texts = [step.text for step in instruction.steps]
    for number, text in enumerate(texts):
        expect(shown(anna)).to_have_text(text)
        expect(anna.locator(".citizen-step.now img")).to_have_count(1 if number < 2 else 0)
        expect(anna.locator(".citizen-step.now .dots .before")).to_have_count(number)
        done(anna).click()
    expect(shown(anna)).to_have_text("Færdig")
    expect(done(anna)).to_be_hidden()
    anna.locator("[data-back]").click()
    expect(shown(anna)).to_have_text(texts[-1])


def test_every_picture_is_there_before_the_first_step_is_done(
    anna: Page, instruction: Intervention, watch: Watch
) -> None:
    make(anna, instruction, pictures=2)
    anna.goto(f"/interventions/{instruction.id}/show")
    anna.wait_for_load_state("load")
    asked = len(watch.requests)

    done(anna).click()

    expect(anna.locator(".citizen-step.now img")).to_be_visible()
    assert anna.locator(".citizen-step.now img").evaluate("img => img.complete && img.naturalWidth")
    assert [each for each in watch.requests[asked:] if "step-pictures" in each] == []


@pytest.mark.parametrize(("density", "is_large"), [(1, False), (2, True)])
def test_a_tablet_gets_the_picture_that_its_screen_can_show(
    anna: Page, open_context: OpenContext, instruction: Intervention, density: int, is_large: bool
) -> None:
    anna.goto(f"/interventions/{instruction.id}/instruction")
    give(anna, instruction.steps[0], size=(2400, 1800))
    expect(stored_picture(anna, instruction.steps[0])).to_be_visible()

    tablet = open_context(
        viewport={"width": 820, "height": 1180}, device_scale_factor=density
    ).new_page()
    tablet.goto("/login")
    sign_in(tablet, ANNA)
    expect(tablet.locator(".who")).to_be_visible()
    tablet.goto(f"/interventions/{instruction.id}/show")

    image = tablet.locator(".citizen-step.now img")
    chosen = image.evaluate("img => img.decode().then(() => img.currentSrc)")
    assert chosen.endswith("?size=large") is is_large


@pytest.mark.parametrize(("width", "height"), [(390, 844), (844, 390), (820, 1180), (1280, 800)])
def test_nothing_scrolls_and_what_sofie_touches_is_large(
    anna: Page, instruction: Intervention, width: int, height: int
) -> None:
    make(anna, instruction, pictures=1)
    anna.set_viewport_size({"width": width, "height": height})
    anna.goto(f"/interventions/{instruction.id}/show")

    for step in range(2):
        root = anna.evaluate("[document.scrollingElement.scrollHeight, innerHeight]")
        assert root[0] <= root[1]
        words = shown(anna).bounding_box()
        button = done(anna).bounding_box()
        assert words
        assert button
        assert min(button["width"], button["height"]) >= 96
        assert words["y"] >= 0
        assert words_are_clear(anna)
        assert button["y"] + button["height"] <= height
        if step == 0:
            done(anna).click()


@pytest.mark.parametrize("pictured", [False, True], ids=["words alone", "with a picture"])
@pytest.mark.parametrize(("width", "height"), [(320, 568), (390, 844), (844, 390), (820, 1180)])
def test_a_sentence_of_two_hundred_letters_and_thirty_steps_fit_the_screen(
    anna: Page, home: Home, width: int, height: int, *, pictured: bool
) -> None:
    long = (
        "Tag tandbørsten op af kruset ved vasken, hold den under den kolde hane, til den er våd. "
    )
    sentences = [long * 2 + "Læg den på håndklædet."] + [f"Trin {each}" for each in range(29)]
    made = added_for(home, "Sofie", *sentences)
    if pictured:
        make(anna, made, pictures=1)
    anna.set_viewport_size({"width": width, "height": height})
    anna.goto(f"/interventions/{made.id}/show")

    button = done(anna).bounding_box()
    assert button
    assert words_are_clear(anna)
    assert button["y"] + button["height"] <= height
    if pictured:
        box = anna.locator(".citizen-step.now .step-picture").bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 80
    else:
        assert shown(anna).evaluate("words => words.scrollHeight <= words.clientHeight")


def test_a_step_with_a_time_shows_how_it_goes_and_begins_anew_when_one_comes_back(
    anna: Page, instruction: Intervention, home: Home
) -> None:
    first = instruction.steps[0]
    with home.changed(Step, first.id, seconds=120):
        anna.goto(f"/interventions/{instruction.id}/show")
        timer = anna.locator(".citizen-step.now [role=timer]")
        expect(timer).to_have_accessible_name("2 min.")
        left = timer.locator(".time-left")
        length = "disc => disc.getAnimations()[0].effect.getTiming().duration"
        assert left.evaluate(length) == 120_000

        left.evaluate("disc => disc.getAnimations()[0].finish()")
        expect(timer).to_contain_class("over")
        done(anna).click()
        expect(timer).to_have_count(0)
        anna.locator("[data-back]").click()

        expect(timer).not_to_contain_class("over")
        assert left.evaluate("disc => disc.getAnimations()[0].playState") == "running"


def test_the_second_tap_of_wet_hands_passes_no_step_over(
    anna: Page, instruction: Intervention
) -> None:
    anna.goto(f"/interventions/{instruction.id}/show")

    done(anna).dblclick()

    expect(shown(anna)).to_have_text(instruction.steps[1].text)


def test_two_hands_that_tap_at_once_pass_no_step_over(
    anna: Page, instruction: Intervention
) -> None:
    anna.goto(f"/interventions/{instruction.id}/show")
    box = done(anna).bounding_box()
    assert box
    for share in (0.2, 0.8):
        anna.mouse.click(box["x"] + share * box["width"], box["y"] + box["height"] / 2)

    expect(shown(anna)).to_have_text(instruction.steps[1].text)
    # And a moment later the button is there again.
    done(anna).click()
    expect(shown(anna)).to_have_text(instruction.steps[2].text)


@pytest.mark.parametrize("width", [390, 360])
@pytest.mark.parametrize("letters", ["16px", "32px"])
def test_the_word_on_the_button_is_whole_beside_an_ear_on_a_telephone(
    anna: Page, instruction: Intervention, letters: str, width: int
) -> None:
    anna.add_init_script(DANISH_VOICE.replace("LOCAL", "true"))
    anna.set_viewport_size({"width": width, "height": 844})
    anna.goto(f"/interventions/{instruction.id}/show")
    expect(anna.get_by_role("button", name="Hør teksten")).to_be_visible()
    anna.evaluate("size => document.documentElement.style.fontSize = size", letters)

    assert done(anna).evaluate("button => button.scrollWidth <= button.clientWidth")
    box = done(anna).bounding_box()
    assert box
    assert box["height"] < 140
    ear = anna.get_by_role("button", name="Hør teksten").bounding_box()
    assert ear
    assert ear["width"] >= 96
    # As far from the one edge as the first button is from the other.
    assert ear["x"] + ear["width"] <= width - 15


def test_where_a_picture_does_not_come_the_words_stand_alone(
    anna: Page, instruction: Intervention, watch: Watch
) -> None:
    watch.expect("ERR_FAILED")
    make(anna, instruction, pictures=1)
    # Asked for by the worker.
    intercept(anna.context, drop, "**/step-pictures/*")

    anna.goto(f"/interventions/{instruction.id}/show")

    expect(shown(anna)).to_contain_class("alone")
    expect(anna.locator(".step-picture")).to_have_count(0)


def test_a_server_that_did_not_lock_is_asked_again(
    kitchen: Page, instruction: Intervention, watch: Watch
) -> None:
    watch.expect("status of 503")
    asked: list[str] = []

    def broken_once(route: Route) -> None:
        asked.append(route.request.method)
        route.fulfill(status=503) if len(asked) == 1 else route.continue_()

    intercept(kitchen, broken_once, "**/lock")
    show(kitchen, instruction)

    wait_until_locked(kitchen)
    assert asked == ["POST", "POST"]


def test_a_shared_tablet_is_locked_behind_the_instruction(
    kitchen: Page, instruction: Intervention, watch: Watch
) -> None:
    watch.expect("status of 401")
    show(kitchen, instruction)
    wait_until_locked(kitchen)
    done(kitchen).click()
    expect(shown(kitchen)).to_have_text(instruction.steps[1].text)

    # A swipe from the edge is one step back; and whoever finds a longer way meets the lock.
    kitchen.go_back()
    expect(shown(kitchen)).to_have_text(instruction.steps[0].text)
    kitchen.evaluate("history.go(-2)")

    expect(kitchen.locator("#lock .faces")).to_be_visible()
    expect(kitchen.get_by_text("Sofie")).to_have_count(0)


def test_staff_leave_by_two_seconds_and_their_pin_and_are_back_on_the_day(
    kitchen: Page, instruction: Intervention
) -> None:
    day = kitchen.url
    show(kitchen, instruction)
    wait_until_locked(kitchen)

    kitchen.locator("[data-hold]").click()
    expect(shown(kitchen)).to_have_text(instruction.steps[0].text)
    hold_way_out(kitchen)
    expect(kitchen.locator("#lock .faces")).to_be_visible()
    kitchen.mouse.up()
    shared.face(kitchen, BO)
    shared.type_pin(kitchen)

    expect(kitchen).to_have_url(day)
    expect(kitchen.locator(f"#intervention-{instruction.id}")).to_be_visible()


def test_on_ones_own_phone_holding_leads_back_to_the_day(
    anna: Page, sign: Sign, instruction: Intervention
) -> None:
    anna.goto(f"/citizens/{sign.goal.plan.citizen_id}")
    show(anna, instruction)

    hold_way_out(anna)

    expect(anna).to_have_url(re.compile(f"/citizens/{sign.goal.plan.citizen_id}$"))


def test_read_again_it_goes_on_where_it_was_and_shown_anew_it_begins_anew(
    anna: Page, sign: Sign, instruction: Intervention
) -> None:
    anna.goto(f"/citizens/{sign.goal.plan.citizen_id}")
    show(anna, instruction)
    done(anna).click()
    anna.reload()
    expect(shown(anna)).to_have_text(instruction.steps[1].text)

    anna.goto(f"/citizens/{sign.goal.plan.citizen_id}")
    show(anna, instruction)

    expect(shown(anna)).to_have_text(instruction.steps[0].text)


@pytest.mark.parametrize("is_local", [True, False], ids=["on the tablet", "fetched"])
def test_words_are_read_aloud_only_by_a_danish_voice_that_lies_on_the_tablet(
    anna: Page, instruction: Intervention, *, is_local: bool
) -> None:
    anna.add_init_script(DANISH_VOICE.replace("LOCAL", "true" if is_local else "false"))
    anna.goto(f"/interventions/{instruction.id}/show")
    ear = anna.get_by_role("button", name="Hør teksten")
    if not is_local:
        expect(done(anna)).to_be_visible()
        expect(ear).to_be_hidden()
        return

    ear.click()

    assert anna.evaluate("window.said") == [[instruction.steps[0].text, "da-DK"]]


def test_a_picture_of_karen_without_her_yes_is_refused_and_the_answer_stands(
    signed_in: SignedIn, home: Home, watch: Watch
) -> None:
    watch.expect("status of 409")
    ditte, instruction = signed_in(DITTE), added_for(home, "Karen")
    ditte.goto(f"/interventions/{instruction.id}/instruction")

    give(ditte, instruction.steps[0], answer="Ja")

    place = row(ditte, instruction.steps[0])
    expect(place.locator(".field-error").filter(has_text="samtykke")).to_be_visible()
    form = place.locator("form[data-picture-form]")
    expect(form.get_by_label("Ja", exact=True)).to_be_checked()
    expect(place.locator(":scope > img")).to_have_count(0)


def test_several_pictures_at_once_go_to_the_steps_in_the_order_they_were_taken(
    anna: Page, instruction: Intervention, home: Home
) -> None:
    make(anna, instruction, pictures=1)
    files = [picture(f"IMG_{number}.jpg", photo(40 + number, 30)) for number in range(3)]

    choose_several(anna, files)

    for step in instruction.steps[:4]:
        expect(stored_picture(anna, step)).to_be_visible()
    expect(stored_picture(anna, instruction.steps[4])).to_have_count(0)
    # Held upright: what was the width is the height.
    heights = [each.height for each in pictures_of(home, instruction)]
    assert heights[1:] == [40, 41, 42]


def test_when_the_net_goes_in_between_what_was_sent_stays_and_the_rest_is_told(
    anna: Page, instruction: Intervention, home: Home, watch: Watch
) -> None:
    watch.expect("ERR_FAILED", "Failed to fetch")
    anna.goto(f"/interventions/{instruction.id}/instruction")
    second = instruction.steps[1]
    intercept(anna, drop, f"**/steps/{second.id}/picture")

    choose_several(anna, [picture(f"{number}.jpg", photo(40 + number, 30)) for number in range(3)])

    expect(anna.get_by_text("Billederne før nummer 2 er gemt")).to_be_visible()
    assert len(pictures_of(home, instruction)) == 1
    anna.unroute_all()
    # The rest is still chosen, and goes on where it stopped.
    anna.get_by_role("button", name="Sæt dem på trinene").click()
    expect(stored_picture(anna, instruction.steps[2])).to_be_visible()
    assert [each.height for each in pictures_of(home, instruction)] == [40, 41, 42]


def test_whoever_was_logged_out_meanwhile_is_told_and_nothing_passes_for_stored(
    open_context: OpenContext, instruction: Intervention, home: Home
) -> None:
    page = open_context().new_page()
    page.goto("/login")
    sign_in(page, ANNA)
    expect(page.locator(".who")).to_be_visible()
    page.goto(f"/interventions/{instruction.id}/instruction")
    home.end_newest_session()

    choose_several(page, [picture(f"{number}.jpg", photo(40, 30)) for number in range(2)])

    expect(page.get_by_text("Du er logget ud")).to_be_visible()
    assert pictures_of(home, instruction) == []


def test_more_pictures_than_steps_are_refused_before_any_is_sent(
    anna: Page, instruction: Intervention, home: Home
) -> None:
    anna.goto(f"/interventions/{instruction.id}/instruction")
    many = len(instruction.steps) + 1

    choose_several(anna, [picture(f"{number}.jpg", photo(40, 30)) for number in range(many)])

    expect(anna.get_by_text(f"Der er {many - 1} trin uden billede")).to_be_visible()
    assert pictures_of(home, instruction) == []
