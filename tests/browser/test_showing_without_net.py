"""The citizen's screen without network: instructions and their pictures lie on the tablet."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import shared
from tests.browser.home import Home
from tests.browser.installed import open_board_and_keep_it, wait_for_pages
from tests.browser.instructions import (
    done,
    give,
    hold_rail,
    hold_way_out,
    mark,
    measured_for,
    pictures_of,
    row,
    shown,
    stored_picture,
)
from tests.browser.outbox import a_moment, expect_delivered, lies
from tests.browser.watch import Watch
from tests.personas import BO
from webapp.models import Intervention

OFFLINE_IS_LOGGED = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "Failed to fetch")
SENTENCES = ("Hent kluden", "Tør bordet af")


@pytest.fixture
def table(anna: Page, home: Home) -> Intervention:
    """How Sofie wipes the table, with a picture of the first step."""
    intervention, _ = measured_for(home, "Sofie", *SENTENCES)
    anna.goto(f"/interventions/{intervention.id}/instruction")
    give(anna, intervention.steps[0])
    expect(stored_picture(anna, intervention.steps[0])).to_be_visible()
    return intervention


def keep_it(page: Page, home: Home, intervention: Intervention) -> None:
    """Open the board, and wait until the instruction lies on the tablet, its picture too."""
    open_board_and_keep_it(page)
    [picture] = pictures_of(home, intervention)
    needed = {f"/interventions/{intervention.id}/show", f"/step-pictures/{picture.id}"}
    wait_for_pages(page, needed.issubset)


def show_without_net(page: Page, intervention: Intervention) -> None:
    """Go by the day to the citizen's screen, and see the picture."""
    page.context.set_offline(True)
    page.get_by_role("link", name="Sofie").click()
    page.locator(f"#intervention-{intervention.id} .show-citizen").click()
    expect(shown(page)).to_have_text(SENTENCES[0])
    image = page.locator(".citizen-step.now img")
    expect(image).to_be_visible()
    assert image.evaluate("img => img.decode().then(() => img.naturalWidth)")


def test_an_instruction_nobody_opened_today_is_shown_without_net_and_its_marks_arrive_once(
    page: Page, home: Home, table: Intervention, watch: Watch
) -> None:
    watch.expect(*OFFLINE_IS_LOGGED, "status of 401")
    shared.enrol(page, home)
    page.goto("/lock")
    shared.open_as(page, BO)
    keep_it(page, home, table)

    show_without_net(page, table)
    hold_rail(page)
    for _ in SENTENCES:
        mark(page, "Selv")
        done(page).click()
    page.locator("[data-save]").click()
    expect(page.locator("[data-told=kept]")).to_be_visible()
    # That it was shown, how it went, and that it was carried out.
    assert len(lies(page)) == 3

    page.context.set_offline(False)
    # It asks for a token of its own, and locks.
    expect(page.locator("body[data-locked]")).to_be_attached(timeout=20_000)
    hold_way_out(page)
    expect(page.locator("#lock .faces")).to_be_visible()
    page.mouse.up()
    shared.face(page, BO)
    shared.type_pin(page)
    expect(page.locator(".who")).to_be_visible()
    expect_delivered(page)
    assert [each.steps_alone for each in home.added()] == [[1, 2]]
    assert len(home.done()) == 1
    assert [each.author.first_name for each in home.showings()] == ["Bo"]


def test_without_net_too_nothing_leads_back_from_a_shared_tablet_without_a_pin(
    page: Page, home: Home, table: Intervention, watch: Watch
) -> None:
    watch.expect(*OFFLINE_IS_LOGGED)
    shared.enrol(page, home)
    page.goto("/lock")
    shared.open_as(page, BO)
    keep_it(page, home, table)
    show_without_net(page, table)

    page.go_back()

    # Covered, or not shown at all: it depends on whether the worker has heard of the lock yet.
    expect(page.locator("#lock-cover").or_(page.locator("a.if-pages-shut"))).to_be_visible()
    expect(page.locator(f"#intervention-{table.id}")).to_be_hidden()


def test_on_ones_own_telephone_it_is_shown_without_net_and_leads_back_to_the_day(
    anna: Page, home: Home, table: Intervention, watch: Watch
) -> None:
    watch.expect(*OFFLINE_IS_LOGGED)
    keep_it(anna, home, table)
    show_without_net(anna, table)

    hold_way_out(anna)

    expect(anna.locator(f"#intervention-{table.id}")).to_be_visible()
    anna.mouse.up()


def test_a_picture_that_was_taken_away_leaves_the_tablet_with_the_next_look(
    anna: Page, home: Home, table: Intervention, watch: Watch
) -> None:
    watch.expect("status of 404")
    keep_it(anna, home, table)
    [picture] = pictures_of(home, table)
    anna.goto(f"/interventions/{table.id}/instruction")
    row(anna, table.steps[0]).get_by_text("Fjern billedet").click()
    row(anna, table.steps[0]).get_by_role("button", name="Ja, fjern").click()
    expect(stored_picture(anna, table.steps[0])).to_have_count(0)

    assert (
        anna.evaluate(
            "address => fetch(address).then(({ status }) => status)", f"/step-pictures/{picture.id}"
        )
        == 404
    )

    wait_for_pages(anna, lambda kept: f"/step-pictures/{picture.id}" not in kept)


def test_a_tablet_that_was_let_go_and_taken_in_again_is_ready_to_be_without_net(
    page: Page, home: Home, table: Intervention, watch: Watch
) -> None:
    watch.expect(*OFFLINE_IS_LOGGED, "status of 401")
    shared.enrol(page, home)
    page.goto("/lock")
    shared.open_as(page, BO)
    open_board_and_keep_it(page)
    home.let_tablets_go()
    page.goto("/lock")
    expect(page.locator("[data-let-go]")).to_be_visible()
    for _ in range(200):
        if page.evaluate("caches.keys().then((names) => names.length === 0)"):
            break
        a_moment(page)

    shared.enrol(page, home, "Stuen igen")
    page.goto("/lock")
    shared.open_as(page, BO)
    keep_it(page, home, table)
    show_without_net(page, table)

    # Only a script shows it, and scripts are of the shell.
    hold_rail(page)
