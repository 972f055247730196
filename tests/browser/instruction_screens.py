"""The screens on which an instruction is made, and those the citizen follows."""

from collections.abc import Callable
from typing import Final

from playwright.sync_api import Page, expect

from tests.browser.instructions import (
    added_for,
    done,
    give,
    hold_rail,
    make,
    mark,
    measured_for,
    of_sofie,
    shown,
)
from tests.browser.photos import photo, picture
from tests.browser.stage import Stage
from tests.personas import ANNA, DITTE
from webapp.models import InstructionForm, Intervention


def instruction(stage: Stage) -> Page:
    """Give the first step of an instruction a picture, and begin with the second."""
    page, made = stage.open(ANNA), of_sofie(stage.home)
    make(page, made, pictures=1)
    page.locator(f"#step-{made.steps[1].id} summary").first.click()
    return page


def camera_open(stage: Stage) -> Page:
    """See through the camera what is photographed."""
    page, made = stage.open(ANNA), of_sofie(stage.home)
    page.goto(f"/interventions/{made.id}/instruction")
    page.get_by_role("button", name="Tag dem ét ad gangen").click()
    expect(page.locator("[data-shoot]")).to_be_enabled()
    return page


def camera_refused(stage: Stage) -> Page:
    """Be told that the tablet gives no camera."""
    page, made = stage.open(ANNA), of_sofie(stage.home)
    page.goto(f"/interventions/{made.id}/instruction")
    page.evaluate("() => { navigator.mediaDevices.getUserMedia = async () => { throw 0; }; }")
    page.get_by_role("button", name="Tag dem ét ad gangen").click()
    expect(page.locator("[data-no-camera]")).to_be_visible()
    return page


def desk(stage: Stage) -> Page:
    """Make a photograph ready."""
    page = camera_open(stage)
    page.locator("[data-shoot]").click()
    expect(page.locator("#desk")).to_be_visible()
    return page


def instruction_refused(stage: Stage) -> Page:
    """Take a picture of Karen, who has not said yes."""
    stage.watch.expect("status of 409")
    page, made = stage.open(DITTE), added_for(stage.home, "Karen")
    page.goto(f"/interventions/{made.id}/instruction")
    give(page, made.steps[0], answer="Ja")
    expect(page.locator(".field-error:visible")).to_have_count(1)
    return page


def instruction_without_steps(stage: Stage) -> Page:
    """Open the instruction of an intervention that has no steps yet."""
    page, made = stage.open(DITTE), added_for(stage.home, "Karen")
    with stage.home.change() as session:
        for step in made.steps:
            session.delete(session.merge(step))
    page.goto(f"/interventions/{made.id}/instruction")
    return page


def pictogram_to_choose(stage: Stage) -> Page:
    """Choose a pictogram for a step: what its sentence suggests, and the categories."""
    page, made = stage.open(ANNA), of_sofie(stage.home)
    page.goto(f"/steps/{made.steps[0].id}/pictogram")
    expect(page.locator("button.pictogram").first).to_be_visible()
    return page


def pictograms_found(stage: Stage) -> Page:
    """Find pictograms by a word."""
    page, made = stage.open(ANNA), of_sofie(stage.home)
    page.goto(f"/steps/{made.steps[0].id}/pictogram?q=bad")
    expect(page.locator("button.pictogram").first).to_be_visible()
    return page


def pictogram_not_found(stage: Stage) -> Page:
    """Look for something that nobody has drawn."""
    page, made = stage.open(ANNA), of_sofie(stage.home)
    page.goto(f"/steps/{made.steps[0].id}/pictogram?q=xyzzyq")
    expect(page.get_by_text("Vi fandt ikke noget")).to_be_visible()
    return page


def pictograms_of_the_home(stage: Stage) -> Page:
    """Bring a pictogram, and another one without saying what it is."""
    stage.watch.expect("status of 422")
    page = stage.open(DITTE)
    page.goto("/settings/pictograms")
    for name in ("Vores bus", ""):
        page.locator("#own-picture").set_input_files(picture("bus.jpg", photo(60, 40)))
        page.locator("#own-name").fill(name)
        page.locator("#own-synonyms").fill("minibus, husets bil")
        page.locator("#own-source").fill("Tegnet af huset")
        page.get_by_role("button", name="Gem piktogrammet").click()
    expect(page.locator(".field-error")).to_have_count(1)
    expect(page.get_by_role("heading", name="Vores bus")).to_be_visible()
    return page


def instruction_with_a_pictogram(stage: Stage) -> Page:
    """Give the first step of an instruction a pictogram."""
    page = pictogram_to_choose(stage)
    page.locator("button.pictogram").first.click()
    expect(page.locator(".instruction .pictogram-image")).to_have_count(1)
    return page


def citizens_screen_with_a_pictogram(stage: Stage) -> Page:
    """Show Sofie a pictogram."""
    page = instruction_with_a_pictogram(stage)
    page.get_by_role("link", name="Vis for borgeren").click()
    expect(page.locator(".citizen-step.now img")).to_be_visible()
    return page


def citizens_screen(stage: Stage) -> Page:
    """Show Sofie an instruction."""
    page, made = stage.open(ANNA), of_sofie(stage.home)
    make(page, made, pictures=1)
    page.goto(f"/interventions/{made.id}/show")
    expect(page.locator(".citizen-step.now img")).to_be_visible()
    return page


def citizens_screen_without_a_picture(stage: Stage) -> Page:
    """Go on to a step that has only words."""
    page = citizens_screen(stage)
    done(page).click()
    expect(page.locator(".citizen-step.now img")).to_have_count(0)
    return page


def citizens_screen_at_the_end(stage: Stage) -> Page:
    """Do every step."""
    page, made = stage.open(ANNA), of_sofie(stage.home)
    page.goto(f"/interventions/{made.id}/show")
    for _ in made.steps:
        done(page).click()
    expect(shown(page)).to_have_text("Færdig")
    return page


def citizens_screen_with_the_rail(stage: Stage) -> Page:
    """Note how a step went."""
    page, (made, _) = stage.open(ANNA), measured_for(stage.home, "Sofie")
    page.goto(f"/interventions/{made.id}/show")
    expect(page.locator("body[data-keeps]")).to_be_attached()
    hold_rail(page)
    mark(page, "Med hjælp", "Pegede")
    return page


def citizens_screen_with_every_step(stage: Stage) -> Page:
    """Look over all steps at the end."""
    page = citizens_screen_with_the_rail(stage)
    done(page).click()
    done(page).click()
    page.get_by_role("button", name="Se alle trin").click()
    expect(page.locator(".mark").nth(1)).to_be_visible()
    return page


def _in_form(form: InstructionForm) -> Callable[[Stage], Page]:
    def opened(stage: Stage) -> Page:
        page, made = stage.open(ANNA), added_for(stage.home, "Sofie", *(["Tør bordet af"] * 5))
        make(page, made, pictures=2)
        with stage.home.change() as session:
            session.get_one(Intervention, made.id).form = form
        page.goto(f"/interventions/{made.id}/show")
        done(page).click()
        expect(page.locator(".citizen-step.now img")).to_be_visible()
        return page

    return opened


SCREENS: Final[dict[str, Callable[[Stage], Page]]] = {
    screen.__name__: screen
    for screen in (
        instruction,
        camera_open,
        camera_refused,
        desk,
        instruction_refused,
        instruction_without_steps,
        pictogram_to_choose,
        pictograms_found,
        pictogram_not_found,
        pictograms_of_the_home,
        instruction_with_a_pictogram,
        citizens_screen_with_a_pictogram,
        citizens_screen,
        citizens_screen_without_a_picture,
        citizens_screen_at_the_end,
        citizens_screen_with_the_rail,
        citizens_screen_with_every_step,
    )
} | {
    "citizens_screen_first_then": _in_form(InstructionForm.FIRST_THEN),
    "citizens_checklist": _in_form(InstructionForm.CHECKLIST),
}
