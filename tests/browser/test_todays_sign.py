"""The journey the house was built for: today's sign, logged with one tap."""

import re
from datetime import timedelta
from typing import Final

from playwright.sync_api import Page, expect

from tests.browser.conftest import SignedIn
from tests.browser.hands import (
    button,
    card,
    let_the_finger_rest,
    level,
    open_day,
    partly,
    row,
    sign_in,
    tap,
    undo,
    write_note,
)
from tests.browser.home import Home
from tests.browser.outbox import may_keep
from tests.browser.server import Server
from tests.browser.watch import Watch
from tests.personas import ANNA, BO
from webapp.adapters import clock
from webapp.models import Outcome, Sign, SupportLevel

SEEN_BY_ANNA: Final = re.compile(r"Set kl\. \d\d\.\d\d · Anna")


def test_anna_opens_the_printed_address_and_logs_what_she_saw_with_one_tap(
    page: Page, server: Server, home: Home, sign: Sign
) -> None:
    page.goto(server.address)
    sign_in(page, ANNA)
    expect(page.get_by_role("heading", level=1)).to_have_text("Vagten · Søndermarken")
    expect(page.get_by_role("main").get_by_role("listitem")).to_have_count(6)
    page.get_by_role("link", name="Sofie").click()
    # Before its scripts are there a tap is an ordinary form, whose answer is the page itself.
    may_keep(page)

    button(page, sign).click()

    expect(button(page, sign)).to_contain_text(SEEN_BY_ANNA)
    expect(page.locator("#status")).to_contain_text("Sendt kl.")
    [stored] = home.added()
    assert (stored.sign_id, stored.outcome) == (sign.id, Outcome.SEEN)
    assert stored.author.first_name == "Anna"
    assert timedelta(0) <= clock.now() - stored.happened_at < timedelta(minutes=1)
    page.reload()
    expect(button(page, sign)).to_contain_text(SEEN_BY_ANNA)
    page.get_by_role("link", name="Tilbage til Vagten").click()
    expect(page.get_by_role("link", name="Sofie")).to_contain_text("· Anna")


def test_help_note_and_partly_are_added_in_place_and_fortryd_takes_all_away(
    day: Page, sign: Sign, home: Home
) -> None:
    tap(day, sign)

    level(day, sign, SupportLevel.GESTURE).click()
    expect(level(day, sign, SupportLevel.GESTURE)).to_have_attribute("aria-pressed", "true")
    write_note(day, sign, "Tog børsten selv.\nSmilede.")
    expect(row(day, sign).locator(".note")).to_contain_text("Tog børsten selv.")
    partly(day, sign).click()
    expect(button(day, sign)).to_contain_text("Delvist kl.")

    newest = home.added()[-1]
    assert (newest.outcome, newest.support_level) == (Outcome.PARTLY, SupportLevel.GESTURE)
    assert newest.note.splitlines() == ["Tog børsten selv.", "Smilede."]
    undo(day, sign).click()
    expect(row(day, sign)).to_have_count(0)
    expect(button(day, sign)).not_to_contain_text("kl.")
    assert home.added() == []
    assert len(home.withdrawn()) == 4


def test_help_chosen_by_mistake_is_taken_back_by_choosing_it_again(
    day: Page, sign: Sign, home: Home
) -> None:
    tap(day, sign)

    for pressed in ("true", "false"):
        level(day, sign, SupportLevel.GESTURE).click()
        expect(level(day, sign, SupportLevel.GESTURE)).to_have_attribute("aria-pressed", pressed)
        let_the_finger_rest(day)

    assert [stored.support_level for stored in home.added()] == [None, SupportLevel.GESTURE, None]


def test_what_could_not_be_seen_is_said_of_the_goal_with_one_tap(
    day: Page, sign: Sign, home: Home
) -> None:
    card(day, sign.goal).get_by_role("button", name="Ingen mulighed i dag").click()

    expect(card(day, sign.goal).locator(".said")).to_contain_text("Ingen mulighed kl.")
    [stored] = home.added()
    assert (stored.goal_id, stored.sign_id) == (sign.goal_id, None)
    assert stored.outcome == Outcome.NO_OPPORTUNITY


def test_after_the_seconds_fortryd_asks_why_and_both_versions_stay(
    day: Page, sign: Sign, home: Home
) -> None:
    tap(day, sign)
    home.let_pass(timedelta(seconds=20))

    undo(day, sign).click()

    expect(day.locator("main .notice")).to_contain_text("Der er gået mere end 10 sekunder.")
    expect(day.locator("input[value=retracted]")).to_be_checked()
    day.locator("textarea[name=reason]").fill("Jeg ramte det forkerte tegn.")
    day.locator("main form .btn.wide").click()
    expect(card(day, sign.goal)).to_be_visible()
    expect(button(day, sign)).not_to_contain_text("kl.")
    first, second = home.added()
    assert (first.outcome, second.outcome) == (Outcome.SEEN, Outcome.RETRACTED)
    assert second.supersedes_id == first.id
    day.goto(f"/observations/{first.id}")
    versions = day.locator(".version")
    expect(versions).to_have_count(2)
    expect(versions.nth(0)).to_contain_text("Jeg ramte det forkerte tegn.")
    expect(versions.nth(1)).to_contain_text("Set")


def test_a_late_correction_needs_a_reason_and_loses_nothing_typed_meanwhile(
    day: Page, sign: Sign, home: Home, watch: Watch
) -> None:
    watch.expect("status of 422")
    tap(day, sign)
    home.let_pass(timedelta(minutes=11))
    day.goto(f"/observations/{home.added()[0].id}")
    day.locator("input[value=partly]").check()
    day.locator("textarea[name=note]").fill("Rakte ud efter børsten.")
    save = day.locator("main form .btn.wide")

    save.click()

    why = day.locator("textarea[name=reason]")
    expect(why).to_have_accessible_description(re.compile("Skriv kort, hvorfor du retter"))
    expect(day.locator("input[value=partly]")).to_be_checked()
    expect(day.locator("textarea[name=note]")).to_have_value("Rakte ud efter børsten.")
    why.fill("Hun tog den ikke helt.")
    save.click()
    expect(button(day, sign)).to_contain_text("Delvist kl.")
    assert [stored.reason for stored in home.added()] == ["", "Hun tog den ikke helt."]


def test_what_was_seen_yesterday_is_logged_at_its_own_time_from_the_long_form(
    day: Page, sign: Sign, home: Home
) -> None:
    yesterday = (clock.now() - timedelta(days=1)).strftime("%Y-%m-%dT20:15")
    card(day, sign.goal).locator(".other-time a").click()

    day.get_by_role("radio", name=sign.text).check()
    day.locator("input[name=outcome][value=seen]").check()
    day.locator("input[name=at]").fill(yesterday)
    day.locator("main form .btn.wide").click()

    expect(card(day, sign.goal)).to_be_visible()
    [stored] = home.added()
    assert stored.sign_id == sign.id
    local = stored.happened_at.astimezone(home.zone())
    assert local.strftime("%Y-%m-%dT%H:%M") == yesterday


def test_a_sign_logged_by_a_colleague_is_there_for_the_next_one(
    day: Page, sign: Sign, home: Home, signed_in: SignedIn
) -> None:
    tap(day, sign)
    write_note(day, sign, "Lige efter maden.")
    expect(row(day, sign).locator(".note")).to_be_visible()

    bo = signed_in(BO)
    open_day(bo, sign)

    expect(button(bo, sign)).to_contain_text(SEEN_BY_ANNA)
    expect(row(bo, sign)).to_have_count(0)
    entry = bo.locator(f"#sign-{sign.id} .entry")
    expect(entry).to_contain_text("Lige efter maden.")
    entry.get_by_role("link", name="Se").click()
    expect(bo.locator(".version")).to_have_count(2)
    expect(bo.locator("main form")).to_have_count(0)
