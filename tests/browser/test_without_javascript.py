"""The same journey in a browser that runs no scripts: forms are sent and pages come back."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenContext
from tests.browser.hands import button, card, level, row, sign_in, undo, write_note
from tests.browser.home import Home
from tests.browser.watch import Watch
from tests.personas import ANNA
from webapp.models import Outcome, Sign, SupportLevel


@pytest.fixture
def plain(open_context: OpenContext) -> Page:
    """A tablet whose browser runs no scripts."""
    return open_context(java_script_enabled=False).new_page()


def test_the_whole_journey_works_without_javascript(plain: Page, sign: Sign, home: Home) -> None:
    plain.goto("/")
    sign_in(plain, ANNA)
    plain.get_by_role("link", name="Sofie").click()

    button(plain, sign).click()
    expect(button(plain, sign)).to_contain_text(re.compile(r"Set kl\. \d\d\.\d\d · Anna"))
    assert plain.url.endswith(f"#goal-{sign.goal_id}")
    level(plain, sign, SupportLevel.VERBAL).click()
    expect(level(plain, sign, SupportLevel.VERBAL)).to_have_attribute("aria-pressed", "true")
    write_note(plain, sign, "Sagde det to gange.")
    expect(row(plain, sign).locator(".note")).to_contain_text("Sagde det to gange.")

    newest = home.added()[-1]
    assert (newest.support_level, newest.note) == (SupportLevel.VERBAL, "Sagde det to gange.")
    undo(plain, sign).click()
    expect(button(plain, sign)).not_to_contain_text("kl.")
    assert home.added() == []


def test_a_double_tap_without_javascript_is_stored_once(
    plain: Page, sign: Sign, home: Home
) -> None:
    plain.goto(f"/citizens/{sign.goal.plan.citizen_id}")
    sign_in(plain, ANNA)

    button(plain, sign).dblclick()

    expect(row(plain, sign)).to_be_visible()
    assert len(home.added()) == 1


def test_without_javascript_fortryd_after_the_seconds_asks_why(
    plain: Page, sign: Sign, home: Home
) -> None:
    plain.goto(f"/citizens/{sign.goal.plan.citizen_id}")
    sign_in(plain, ANNA)
    button(plain, sign).click()
    expect(row(plain, sign)).to_be_visible()
    home.let_pass(timedelta(seconds=20))

    undo(plain, sign).click()
    plain.locator("textarea[name=reason]").fill("Det var Karen.")
    plain.locator("main form .btn.wide").click()

    expect(card(plain, sign.goal)).to_be_visible()
    assert [stored.outcome for stored in home.added()] == [Outcome.SEEN, Outcome.RETRACTED]


def test_what_is_unfit_comes_back_in_the_long_form_with_everything_chosen(
    plain: Page, sign: Sign, home: Home, watch: Watch
) -> None:
    watch.expect("status of 422")
    plain.goto(f"/goals/{sign.goal_id}/observations/new")
    sign_in(plain, ANNA)
    plain.locator("textarea[name=note]").fill("Stod ved vasken.")

    plain.locator("main form .btn.wide").click()

    expect(plain.locator(".field-error")).to_have_count(1)
    expect(plain.locator("textarea[name=note]")).to_have_value("Stod ved vasken.")
    expect(plain.locator("input[name=sign_id]:checked")).to_have_count(0)
    assert home.added() == []
