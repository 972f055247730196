"""Every screen there is, and how one gets there."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from playwright.sync_api import Page, expect

from tests.browser import instruction_screens, shared, standby
from tests.browser.hands import (
    box,
    button,
    card,
    choose,
    level,
    open_day,
    press_log_out,
    row,
    sign_in,
    tap,
    told,
    total,
    write_note,
)
from tests.browser.installed import open_board_and_keep_it
from tests.browser.outbox import NOISE, drawer, may_keep, rows
from tests.browser.outbox import count as badge
from tests.browser.photos import field, photo, picture, save, take, thumbs
from tests.browser.stage import Stage
from tests.personas import ANNA, BO, CARL, DITTE, ERIK, FRIDA, Person
from webapp.adapters import totp
from webapp.models import Measure, SupportLevel


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


def day_with_a_tap_on_the_tablet(stage: Stage) -> Page:
    """Tap without network."""
    stage.watch.expect("ERR_INTERNET_DISCONNECTED", "Failed to fetch")
    page = stage.day()
    may_keep(page)
    page.context.set_offline(True)
    button(page, stage.sign).click()
    expect(rows(page, stage.sign)).to_be_visible()
    return page


def note_with_pictures(stage: Stage) -> Page:
    """Take two pictures for a note, and try a third that cannot be read."""
    page = stage.day()
    may_keep(page)
    tap(page, stage.sign)
    form = field(page, stage.sign)
    form.locator("textarea").fill("Hun pegede selv på børsten.")
    take(form, picture(), picture(content=photo(300, 500)), picture(content=b"intet billede"))
    expect(thumbs(form)).to_have_count(2)
    expect(form).to_contain_text("kan ikke læses")
    page.evaluate("scrollTo(0, 0)")
    return page


def note_with_pictures_on_the_tablet(stage: Stage) -> Page:
    """Save a note with two pictures without net, and open Udbakke."""
    stage.watch.expect(*NOISE)
    page = stage.day()
    may_keep(page)
    tap(page, stage.sign)
    page.context.set_offline(True)
    form = field(page, stage.sign)
    form.locator("textarea").fill("Hun pegede selv på børsten.")
    take(form, picture(), picture(content=photo(300, 500)))
    save(form)
    expect(rows(page, stage.sign)).to_contain_text("2 billeder venter")
    return page


def outbox(stage: Stage) -> Page:
    """Open Udbakke, with something that waits."""
    page = day_with_a_tap_on_the_tablet(stage)
    opened = drawer(page)
    opened.locator("summary").click()
    expect(opened.get_by_role("button", name="Gem som fil")).to_be_visible()
    return page


def outbox_on_mobile_data(stage: Stage) -> Page:
    """Open Udbakke with two pictures that wait for wifi."""
    page = stage.day()
    page.evaluate("Object.defineProperty(navigator, 'connection', { value: { saveData: true } })")
    may_keep(page)
    tap(page, stage.sign)
    form = field(page, stage.sign)
    form.locator("textarea").fill("Hun pegede selv på børsten.")
    take(form, picture(), picture(content=photo(300, 500)))
    expect(thumbs(form)).to_have_count(2)
    save(form)
    expect(badge(page)).to_contain_text("2")
    expect(drawer(page)).to_contain_text("2 billeder venter på wifi.")
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


def consents(stage: Stage) -> Page:
    """See what there is a yes to: one that runs out soon, one taken back, and none."""
    stage.home.let_consent(stage.sign.goal.plan.citizen_id)
    page = stage.open(ANNA)
    page.goto(f"/citizens/{stage.sign.goal.plan.citizen_id}/consents")
    expect(page.locator(".tag")).to_have_count(4)
    return page


def consent_with_errors(stage: Stage) -> Page:
    """Send the form of a yes with no words in it."""
    stage.watch.expect("status of 422")
    page = stage.open(ANNA)
    page.goto(f"/citizens/{stage.sign.goal.plan.citizen_id}/consents/new")
    page.locator("main form .btn.wide").click()
    expect(page.locator(".field-error").first).to_be_visible()
    return page


def consent_taken_back(stage: Stage) -> Page:
    """Open the form that takes a yes back."""
    page = consents(stage)
    page.get_by_role("link", name="Træk tilbage").first.click()
    expect(page.locator("input[name=said_by]")).to_be_visible()
    return page


def emergency_search(stage: Stage) -> Page:
    """Look for Sofie as someone of the other department."""
    page = stage.open(CARL)
    page.goto("/emergency-accesses/new")
    page.get_by_label("Fornavn").fill("sofie")
    page.get_by_label("Efternavn").fill("br")
    page.get_by_role("button", name="Søg").click()
    expect(page.locator("textarea")).to_be_visible()
    return page


def emergency_without_a_reason(stage: Stage) -> Page:
    """Say too little."""
    stage.watch.expect("status of 422")
    page = emergency_search(stage)
    page.locator("textarea").fill("akut")
    page.get_by_role("button", name="Ja, åbn i 60 minutter").click()
    expect(page.locator(".field-error")).to_be_visible()
    return page


def emergency(stage: Stage) -> Page:
    """Be with Sofie in an emergency: the banner says how long."""
    page = emergency_search(stage)
    page.locator("textarea").fill("Sofie har kramper i haven, og her er ingen fra Søndermarken")
    page.get_by_role("button", name="Ja, åbn i 60 minutter").click()
    expect(page.locator(".strip.emergency")).to_be_visible()
    return page


def board_with_an_emergency(stage: Stage) -> Page:
    """Open the leader's Vagten when a colleague opened somebody in an emergency."""
    emergency(stage)
    page = board_of_two_departments(stage)
    expect(page.locator(".card.alert")).to_be_visible()
    return page


def emergencies(stage: Stage) -> Page:
    """Read who opened whom, and why."""
    page = board_with_an_emergency(stage)
    page.get_by_role("link", name="Læs hvorfor").click()
    expect(page.get_by_role("button", name="Markér som læst")).to_be_visible()
    return page


def log(stage: Stage) -> Page:
    """Search the log for Sofie, a day after Anna was there."""
    stage.day()
    page = stage.open(DITTE)
    page.goto("/log")
    page.get_by_label("Borger").select_option(str(stage.sign.goal.plan.citizen_id))
    page.get_by_role("button", name="Søg").click()
    expect(page.locator(".log-words").first).to_be_visible()
    return page


def log_without_rows(stage: Stage) -> Page:
    """Search the log for days on which there was nothing."""
    page = stage.open(DITTE)
    page.goto("/log?from_day=2001-01-01&to_day=2001-01-02&flagged=yes")
    expect(page.locator(".empty")).to_be_visible()
    return page


def log_check(stage: Stage) -> Page:
    """Draw a few looks, and finish without saying what they were."""
    stage.watch.expect("status of 422")
    stage.day()
    page = stage.open(DITTE)
    page.goto("/log/checks")
    page.get_by_label("Hvor mange opslag?").fill("3")
    page.get_by_role("button", name="Træk en stikprøve").click()
    page.get_by_role("button", name="Afslut kontrollen").click()
    expect(page.locator(".field-error")).to_be_visible()
    return page


def log_checks(stage: Stage) -> Page:
    """See the checks that were made."""
    page = log_check(stage)
    page.goto("/log/checks")
    expect(page.locator(".log-check")).to_be_visible()
    return page


def log_to_hand_out(stage: Stage) -> Page:
    """Open the form for a list of who has seen what about Sofie."""
    page = log(stage)
    page.get_by_role("link", name="Hent som fil").click()
    expect(page.get_by_role("button", name="Hent listen")).to_be_visible()
    return page


def _page_of(person: Person, path: str) -> Callable[[Stage], Page]:
    """Return what opens a page that needs nothing more than its address."""

    def opened(stage: Stage) -> Page:
        page = stage.open(person)
        page.goto(path)
        return page

    return opened


own_log = _page_of(ANNA, "/log/own")
pictogram_credits = _page_of(ANNA, "/pictograms/credits")
one_app = _page_of(ANNA, "/tablets/one-app")
settings_of_the_home = _page_of(FRIDA, "/settings/home")
settings_of_the_shifts = _page_of(FRIDA, "/settings/shifts")
departments = _page_of(FRIDA, "/departments")
department_to_write = _page_of(FRIDA, "/departments/new")
citizen_to_write = _page_of(DITTE, "/citizens/new")
next_steps = _page_of(FRIDA, "/setup/done")


def settings(stage: Stage) -> Page:
    """Open Indstillinger by the menu."""
    page = stage.open(FRIDA)
    page.goto("/")
    page.locator(".who").click()
    page.locator("#menu").get_by_role("link", name="Indstillinger").click()
    expect(page.locator(".sections")).to_be_visible()
    return page


def colleagues(stage: Stage) -> Page:
    """Search for a colleague."""
    page = stage.open(FRIDA)
    page.goto("/staff")
    page.get_by_label("Søg efter navn").fill("m")
    page.get_by_role("button", name="Søg").click()
    expect(page.get_by_role("link", name="Anna Madsen")).to_be_visible()
    return page


def colleague(stage: Stage) -> Page:
    """Open a colleague."""
    page = stage.open(DITTE)
    page.goto("/staff")
    page.get_by_role("link", name="Anna Madsen").click()
    expect(page.get_by_role("button", name="Lav et nyt link")).to_be_visible()
    return page


def colleague_with_errors(stage: Stage) -> Page:
    """Invite someone without saying who."""
    stage.watch.expect("status of 422")
    page = stage.open(DITTE)
    page.goto("/staff/new")
    page.locator("main form .btn.wide").click()
    expect(page.locator(".field-error").first).to_be_visible()
    return page


def invitation_link(stage: Stage) -> Page:
    """Invite Jonas: the link is shown."""
    page = stage.open(DITTE)
    page.goto("/staff/new")
    page.get_by_label("Fornavn").fill("Jonas")
    page.get_by_label("Efternavn").fill("Lund")
    page.get_by_label("E-mail").fill("jonas@solsikken.example")
    page.get_by_role("radio", name="Medarbejder").check()
    page.locator("main form .btn.wide").click()
    expect(page.locator(".qr")).to_be_visible()
    return page


def invitation(stage: Stage) -> Page:
    """Open that link, and choose a password that is too short."""
    stage.watch.expect("status of 422")
    link = invitation_link(stage).get_by_label("Linket").input_value()
    page = stage.open(None)
    page.goto(link)
    page.get_by_label("Din nye adgangskode").fill("kort")
    page.locator("main form .btn.wide").click()
    expect(page.locator(".field-error")).to_be_visible()
    return page


def contact_team(stage: Stage) -> Page:
    """Open Sofie's contact team."""
    page = stage.open(DITTE)
    page.goto(f"/citizens/{stage.sign.goal.plan.citizen_id}/contact-team")
    return page


def account(stage: Stage) -> Page:
    """Open Min konto."""
    page = stage.open(ANNA)
    page.goto("/account")
    return page


def account_pin(stage: Stage) -> Page:
    """Choose a PIN that is too easy."""
    stage.watch.expect("status of 422")
    page = stage.open(ANNA)
    page.goto("/account/pin")
    for label in ("Ny PIN, seks tal", "Den samme igen"):
        page.get_by_label(label).fill("123456")
    page.get_by_role("button", name="Gem PIN").click()
    expect(page.locator(".field-error").first).to_be_visible()
    return page


def account_password(stage: Stage) -> Page:
    """Choose a new password, and forget the old one."""
    stage.watch.expect("status of 422")
    page = stage.open(ANNA)
    page.goto("/account/password/edit")
    page.locator("main form .btn").click()
    expect(page.locator(".field-error")).to_have_count(2)
    return page


def account_confirmation(stage: Stage) -> Page:
    """Be asked for the password once more."""
    page = stage.open(ANNA)
    page.goto("/account/confirmation/new")
    return page


def freshly_in(stage: Stage, path: str) -> Page:
    """Log in now, and open a page that asks for that."""
    page = stage.open(None)
    page.goto("/login")
    sign_in(page, BO)
    expect(page.locator(".who")).to_be_visible()
    page.goto(path)
    return page


def account_log_out_everywhere(stage: Stage) -> Page:
    """Ask to be logged out everywhere."""
    return freshly_in(stage, "/account/sessions/ending/new")


def second_factor_set_up(stage: Stage) -> Page:
    """Be shown the code to scan."""
    page = freshly_in(stage, "/account/second-factor/new")
    expect(page.locator("svg.qr")).to_be_visible()
    return page


def recovery_codes(stage: Stage) -> Page:
    """Turn the second factor on."""
    page = second_factor_set_up(stage)
    secret = page.locator("code.key").inner_text().replace(" ", "")
    page.locator("input[name=code]").fill(totp.code_at(secret, int(time.time()) // 30))
    page.locator("main form .btn").click()
    expect(page.locator(".codes li")).to_have_count(10)
    return page


def account_in_two_steps(stage: Stage) -> Page:
    """See that it is on."""
    page = recovery_codes(stage)
    page.goto("/account")
    return page


def second_factor_turned_off(stage: Stage) -> Page:
    """Ask to turn it off."""
    page = recovery_codes(stage)
    page.goto("/account/second-factor/removal/new")
    return page


def login_code(stage: Stage) -> Page:
    """Type the password, and a wrong code."""
    stage.watch.expect("status of 422")
    page = recovery_codes(stage)
    press_log_out(page)
    sign_in(page, BO)
    page.locator("input[name=code]").fill("abc")
    page.get_by_role("button", name="Log ind", exact=True).click()
    expect(page.locator(".field-error")).to_be_visible()
    return page


def lock(stage: Stage) -> Page:
    """See the faces of a shared tablet."""
    page = stage.open(None)
    shared.enrol(page, stage.home)
    page.goto("/lock")
    return page


def lock_with_pad(stage: Stage) -> Page:
    """Type a wrong PIN under a face."""
    stage.watch.expect("status of 422")
    page = lock(stage)
    shared.face(page, ANNA)
    shared.type_pin(page, "111111")
    expect(page.locator(".lock-words")).not_to_be_empty()
    return page


def day_on_a_shared_tablet(stage: Stage) -> Page:
    """Open Sofie's day on a shared tablet."""
    page = lock(stage)
    shared.open_as(page, ANNA)
    open_day(page, stage.sign)
    return page


def locked_over_a_day(stage: Stage) -> Page:
    """Lock the tablet over Sofie's day."""
    page = day_on_a_shared_tablet(stage)
    shared.switch(page)
    return page


def locked_without_network(stage: Stage) -> Page:
    """Lock it without network."""
    stage.watch.expect("ERR_INTERNET_DISCONNECTED", "Failed to fetch")
    page = day_on_a_shared_tablet(stage)
    page.context.set_offline(True)
    page.locator("[data-lock-now] button").click()
    expect(page.get_by_role("button", name="Prøv igen")).to_be_visible()
    return page


def faces_without_network(stage: Stage) -> Page:
    """Be asked who one is where there is no network."""
    stage.watch.expect("ERR_INTERNET_DISCONNECTED", "Failed to fetch")
    page = lock(stage)
    standby.make_ready(page)
    page.context.set_offline(True)
    page.goto("/lock/offline")
    shared.face(page, BO)
    return page


def shift_without_network(stage: Stage) -> Page:
    """Tap there."""
    page = faces_without_network(stage)
    shared.type_pin(page)
    page.locator("summary", has_text="Sofie").click()
    button(page, stage.sign).click()
    expect(page.locator("[data-kept-row]")).to_be_visible()
    return page


def enrolment(stage: Stage) -> Page:
    """Type the code on a tablet."""
    page = stage.open(None)
    page.goto("/tablet")
    return page


def tablets_of_the_home(stage: Stage) -> Page:
    """See the list of tablets, with one to rename or let go."""
    page = stage.open(DITTE)
    page.goto("/tablets")
    page.locator(".tablet summary").first.click()
    return page


def code_for_a_tablet(stage: Stage) -> Page:
    """Have a code made."""
    page = stage.open(DITTE)
    page.goto("/tablets/new")
    page.locator("#name").fill("Stuen")
    page.get_by_label("Søndermarken").check()
    page.locator("main .btn.wide").click()
    expect(page.locator(".code-words")).to_be_visible()
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


def kept_page(stage: Stage) -> Page:
    """Open a day without network, as it was kept, with a tap that waits."""
    stage.watch.expect("ERR_INTERNET_DISCONNECTED", "Failed to fetch")
    page = stage.open(ANNA)
    open_board_and_keep_it(page)
    may_keep(page)
    page.context.set_offline(True)
    page.get_by_role("link", name="Sofie").click()
    button(page, stage.sign).click()
    expect(rows(page, stage.sign)).to_be_visible()
    return page


def page_that_is_not_kept(stage: Stage) -> Page:
    """Go on to a page that needs network."""
    page = kept_page(stage)
    page.get_by_role("link", name="Plan").click()
    expect(page.get_by_role("link", name="Til Vagten")).to_be_visible()
    return page


def begin_anew(stage: Stage) -> Page:
    """Open the way out of a broken worker."""
    page = stage.open(None)
    page.goto("/recover")
    expect(page.get_by_text("Færdig.")).to_be_visible()
    return page


SCREENS: Final[dict[str, Callable[[Stage], Page]]] = (
    {
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
            day_with_a_tap_on_the_tablet,
            note_with_pictures,
            note_with_pictures_on_the_tablet,
            outbox,
            outbox_on_mobile_data,
            long_form,
            long_form_with_errors,
            observation,
            observation_of_a_colleague,
            correction_after_the_seconds,
            log,
            log_without_rows,
            log_check,
            log_checks,
            log_to_hand_out,
            consents,
            consent_with_errors,
            consent_taken_back,
            emergency_search,
            emergency_without_a_reason,
            emergency,
            board_with_an_emergency,
            emergencies,
            settings,
            colleagues,
            colleague,
            colleague_with_errors,
            invitation_link,
            invitation,
            contact_team,
            account,
            account_pin,
            account_password,
            account_confirmation,
            account_log_out_everywhere,
            account_in_two_steps,
            second_factor_set_up,
            second_factor_turned_off,
            recovery_codes,
            login_code,
            lock,
            lock_with_pad,
            day_on_a_shared_tablet,
            locked_over_a_day,
            locked_without_network,
            faces_without_network,
            shift_without_network,
            enrolment,
            tablets_of_the_home,
            code_for_a_tablet,
            not_found,
            offline,
            kept_page,
            page_that_is_not_kept,
            begin_anew,
        )
    }
    | instruction_screens.SCREENS
    | {
        "own_log": own_log,
        "pictogram_credits": pictogram_credits,
        "one_app": one_app,
        "settings_of_the_home": settings_of_the_home,
        "settings_of_the_shifts": settings_of_the_shifts,
        "departments": departments,
        "department_to_write": department_to_write,
        "citizen_to_write": citizen_to_write,
        "next_steps": next_steps,
    }
)
