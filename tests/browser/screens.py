"""Every screen there is, and how one gets there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from playwright.sync_api import Page, expect

from tests.browser.hands import (
    box,
    button,
    card,
    choose,
    level,
    messages,
    open_day,
    row,
    sign_in,
    tap,
    told,
    total,
    write_note,
)
from tests.browser.home import Home
from tests.browser.watch import Watch
from tests.personas import ANNA, BO, CARL, DITTE, ERIK, FRIDA, Person
from webapp.models import Measure, Sign, SupportLevel


@dataclass(frozen=True)
class Stage:
    """What a screen needs to be drawn.

    Attributes:
        open: Opens a page on the tablet of a person, or on one nobody is signed in on.
        home: What is stored.
        sign: A sign nobody has logged today.
        watch: Told what the console may say on the way.
    """

    open: Callable[[Person | None], Page]
    home: Home
    sign: Sign
    watch: Watch

    def day(self, person: Person = ANNA) -> Page:
        """Open Sofie's day."""
        page = self.open(person)
        open_day(page, self.sign)
        return page

    def observation(self) -> str:
        """Return the address of what was added last."""
        return f"/observations/{self.home.added()[-1].id}"


def login(stage: Stage) -> Page:
    """Open the sign-in page."""
    page = stage.open(None)
    page.goto("/login")
    return page


def login_with_error(stage: Stage) -> Page:
    """Type a wrong password."""
    stage.watch.expect("status of 422")
    page = login(stage)
    sign_in(page, ANNA, "forkert")
    expect(page.locator(".field-error")).to_be_visible()
    return page


def board(stage: Stage) -> Page:
    """Open Vagten."""
    page = stage.open(ANNA)
    page.goto("/")
    return page


def board_of_two_departments(stage: Stage) -> Page:
    """Open the leader's Vagten."""
    page = stage.open(DITTE)
    page.goto("/")
    return page


def board_without_own_citizens(stage: Stage) -> Page:
    """Open Mine as someone in no contact team."""
    page = stage.open(ERIK)
    page.goto("/?show=mine")
    expect(page.locator(".empty")).to_be_visible()
    return page


def board_without_citizens(stage: Stage) -> Page:
    """Open the administrator's page."""
    page = stage.open(FRIDA)
    page.goto("/")
    return page


def board_of_newcomers(stage: Stage) -> Page:
    """Open Vagten with someone who has no goal, and someone nobody has logged anything for."""
    stage.home.let_move_in()
    return board(stage)


def menu(stage: Stage) -> Page:
    """Open the menu."""
    page = board(stage)
    page.locator(".who").click()
    expect(page.locator("#menu")).to_be_visible()
    return page


def day(stage: Stage) -> Page:
    """Open Sofie's day."""
    return stage.day()


def day_without_goals(stage: Stage) -> Page:
    """Open the day of someone who has no goal yet."""
    page = board_of_newcomers(stage)
    page.get_by_role("link", name="Nora").click()
    expect(page.locator(".empty")).to_be_visible()
    return page


def day_of_a_goal_without_signs(stage: Stage) -> Page:
    """Open the day of someone whose second goal has no signs yet."""
    page = board_of_newcomers(stage)
    page.get_by_role("link", name="Theo").click()
    expect(page.locator(".goal")).to_have_count(2)
    return page


def day_after_a_tap(stage: Stage) -> Page:
    """Tap a sign: the row is open, and help is chosen."""
    page = stage.day()
    tap(page, stage.sign)
    level(page, stage.sign, SupportLevel.GESTURE).click()
    chosen = level(page, stage.sign, SupportLevel.GESTURE)
    expect(chosen).to_have_attribute("aria-pressed", "true")
    return page


def day_with_a_note_open(stage: Stage) -> Page:
    """Open the field for a note, and how we help."""
    page = stage.day()
    tap(page, stage.sign)
    page.locator(f"#after-{stage.sign.id}-note > summary").click()
    card(page, stage.sign.goal).locator(".intervention summary").first.click()
    # What lies just below the header because the page was scrolled is no neighbour of it.
    page.evaluate("scrollTo(0, 0)")
    return page


def day_of_measures(stage: Stage) -> Page:
    """Open the day of someone whose signs are counted, timed and chosen."""
    page = stage.open(ANNA)
    open_day(page, stage.home.let_be_measured()[Measure.COUNT])
    return page


def day_of_measures_logged(stage: Stage) -> Page:
    """Log one of each there; the stopwatch runs, and an intervention was carried out."""
    signs = stage.home.let_be_measured()
    page = stage.open(ANNA)
    open_day(page, signs[Measure.COUNT])
    button(page, signs[Measure.DURATION]).click()
    choose(page, signs[Measure.SUPPORT], SupportLevel.GESTURE.value)
    button(page, signs[Measure.COUNT]).click()
    expect(total(page, signs[Measure.COUNT])).to_have_text("1")
    for measure, value in ((Measure.SCALE, 4), (Measure.SMILEY, 2), (Measure.GAS, -1)):
        choose(page, signs[measure], value)
    box(page, signs[Measure.STEPS], 2).check()
    button(page, signs[Measure.STEPS]).click()
    expect(told(page, signs[Measure.STEPS])).to_be_visible()
    page.locator(".checklist > summary").click()
    page.locator(".intervention").get_by_role("button", name="Udført").click()
    expect(page.locator(".intervention .done")).to_be_visible()
    return page


def long_form_of_measures(stage: Stage) -> Page:
    """Send the long form for what is counted, without a number."""
    stage.watch.expect("status of 422")
    signs = stage.home.let_be_measured()
    page = stage.open(ANNA)
    page.goto(f"/goals/{signs[Measure.COUNT].goal_id}/observations/new")
    page.get_by_role("radio", name=signs[Measure.COUNT].text).check()
    page.locator("input[name=outcome][value=seen]").check()
    page.locator("main form .btn.wide").click()
    expect(page.locator(".field-error")).to_be_visible()
    return page


def observation_of_steps(stage: Stage) -> Page:
    """See which steps were done on one's own, with the form to correct them."""
    signs = stage.home.let_be_measured()
    page = stage.open(ANNA)
    open_day(page, signs[Measure.STEPS])
    box(page, signs[Measure.STEPS], 2).check()
    button(page, signs[Measure.STEPS]).click()
    expect(told(page, signs[Measure.STEPS])).to_be_visible()
    page.goto(stage.observation())
    return page


def day_of_colleagues(stage: Stage) -> Page:
    """See what Anna logged, as Bo: a sign with help and note, and the goal as a whole."""
    page = day_after_a_tap(stage)
    write_note(page, stage.sign, "Tog børsten, før jeg nåede at vise billedet.")
    expect(row(page, stage.sign).locator(".note")).to_be_visible()
    page.locator(f"#no_opportunity-{stage.sign.goal_id}-button").click()
    expect(page.locator(".said")).to_be_visible()
    return stage.day(BO)


def day_with_an_unsent_tap(stage: Stage) -> Page:
    """Tap without network."""
    stage.watch.expect("ERR_INTERNET_DISCONNECTED", "Failed to fetch")
    page = stage.day()
    page.context.set_offline(True)
    button(page, stage.sign).click()
    expect(messages(page).locator(".problem")).to_be_visible()
    return page


def long_form(stage: Stage) -> Page:
    """Open the form for what was seen earlier."""
    page = stage.day()
    card(page, stage.sign.goal).locator(".other-time a").click()
    expect(page.locator("input[name=at]")).to_be_visible()
    return page


def long_form_with_errors(stage: Stage) -> Page:
    """Send that form with nothing chosen."""
    stage.watch.expect("status of 422")
    page = long_form(stage)
    page.locator("main form .btn.wide").click()
    expect(page.locator(".field-error")).to_be_visible()
    return page


def observation(stage: Stage) -> Page:
    """See what was logged and what it was before, with the form to correct it."""
    page = day_after_a_tap(stage)
    page.goto(stage.observation())
    return page


def observation_of_a_colleague(stage: Stage) -> Page:
    """See what someone else logged."""
    day_after_a_tap(stage)
    page = stage.open(BO)
    page.goto(stage.observation())
    return page


def correction_after_the_seconds(stage: Stage) -> Page:
    """Undo too late, and give no reason."""
    stage.watch.expect("status of 422")
    page = stage.day()
    tap(page, stage.sign)
    stage.home.let_pass(timedelta(seconds=20))
    page.goto(f"{stage.observation()}?outcome=retracted")
    page.locator("main form .btn.wide").click()
    expect(page.locator(".field-error")).to_be_visible()
    return page


def not_found(stage: Stage) -> Page:
    """Open a citizen of another department."""
    stage.watch.expect("status of 404")
    page = stage.open(CARL)
    page.goto(f"/citizens/{stage.sign.goal.plan.citizen_id}")
    return page


def offline(stage: Stage) -> Page:
    """Open the page that is shown without network."""
    page = stage.open(None)
    page.goto("/offline")
    return page


SCREENS: Final[dict[str, Callable[[Stage], Page]]] = {
    screen.__name__: screen
    for screen in (
        login,
        login_with_error,
        board,
        board_of_two_departments,
        board_without_own_citizens,
        board_without_citizens,
        board_of_newcomers,
        menu,
        day,
        day_without_goals,
        day_of_a_goal_without_signs,
        day_after_a_tap,
        day_with_a_note_open,
        day_of_measures,
        day_of_measures_logged,
        long_form_of_measures,
        observation_of_steps,
        day_of_colleagues,
        day_with_an_unsent_tap,
        long_form,
        long_form_with_errors,
        observation,
        observation_of_a_colleague,
        correction_after_the_seconds,
        not_found,
        offline,
    )
}
