"""The server refuses, breaks or is gone: words near the thumb, nothing lost, and it recovers."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SignedIn
from tests.browser.hands import (
    SEEN,
    button,
    card,
    form,
    level,
    messages,
    open_day,
    row,
    sign_in,
    tap,
    write_note,
)
from tests.browser.home import Home
from tests.browser.network import answered_by
from tests.browser.outbox import expect_delivered, expect_kept, may_keep, net_is_back, rows
from tests.browser.watch import Watch
from tests.personas import ANNA
from webapp.adapters import clock
from webapp.models import Goal, Sign, SupportLevel


def test_a_server_that_breaks_takes_the_tap_afterwards(
    day: Page, sign: Sign, home: Home, watch: Watch
) -> None:
    watch.expect("status of 500", "status: 500")
    watch.server_may_fail = True
    may_keep(day)
    with home.broken():
        button(day, sign).click()
        expect_kept(day, sign)
        expect(rows(day, sign)).to_have_count(1)
        assert home.added() == []
    net_is_back(day)

    expect(button(day, sign)).to_have_class(SEEN)
    assert len(home.added()) == 1
    expect(messages(day)).to_be_empty()


def test_a_page_of_someone_else_with_503_is_not_shown_and_the_tap_is_stored(
    day: Page, sign: Sign, home: Home, watch: Watch
) -> None:
    watch.expect("status of 503", "status: 503")
    may_keep(day)
    with answered_by(day, 503, "<html><h1>Bad gateway of the neighbour</h1></html>"):
        button(day, sign).click()
        expect(button(day, sign)).to_have_class(SEEN)

    expect(day.get_by_text("Bad gateway")).to_have_count(0)
    assert len(home.added()) == 1


def test_a_503_of_our_own_needs_no_words_when_the_tap_is_kept(
    day: Page, sign: Sign, home: Home, watch: Watch
) -> None:
    watch.expect("status of 503", "status: 503")
    may_keep(day)
    shown = {"HX-Retarget": "#messages", "HX-Reswap": "innerHTML", "Retry-After": "2"}
    ours = shown | {"Smaategn-Answer": "1"}
    with answered_by(day, 503, '<div class="problem"><p>Der er travlt lige nu.</p></div>', ours):
        button(day, sign).click()
        expect(button(day, sign)).to_have_class(SEEN)

    expect(messages(day)).to_be_empty()
    assert len(home.added()) == 1


def test_the_login_page_of_an_open_wireless_network_is_not_taken_for_an_answer(
    day: Page, sign: Sign, home: Home
) -> None:
    may_keep(day)
    with answered_by(day, 200, "<!doctype html><title>Velkommen til Gæstenet</title>"):
        button(day, sign).click()
        expect(button(day, sign)).to_have_class(SEEN)

    expect(card(day, sign.goal)).to_be_visible()
    assert len(home.added()) == 1


@pytest.mark.parametrize(
    ("status", "words"), [(200, "<script>location.replace('/login')</script>"), (204, "")], ids=str
)
def test_b3_an_open_wireless_network_that_says_next_to_nothing_has_stored_nothing(
    day: Page, sign: Sign, home: Home, status: int, words: str
) -> None:
    may_keep(day)
    with answered_by(day, status, words):
        button(day, sign).click()
        expect(button(day, sign)).to_have_class(SEEN)

    expect(card(day, sign.goal)).to_be_visible()
    assert len(home.added()) == 1


def test_a_sign_archived_meanwhile_is_refused_with_words_and_the_rest_still_works(
    day: Page, sign: Sign, next_sign: Sign, home: Home, watch: Watch
) -> None:
    watch.expect("status of 409")
    with home.changed(Sign, sign.id, archived_at=clock.now()):
        button(day, sign).click()

        expect(messages(day)).to_contain_text("Kode: sign_archived")
        expect(card(day, sign.goal)).to_be_visible()
        # A refusal is final: tapping again would be refused again.
        expect(form(day, sign)).not_to_have_attribute("data-state", "unsent")
        assert home.added() == []
        tap(day, next_sign)
        expect(messages(day)).to_be_empty()
    assert len(home.added()) == 1


def test_a_goal_closed_meanwhile_is_refused_with_words(
    day: Page, sign: Sign, home: Home, watch: Watch
) -> None:
    watch.expect("status of 409")
    with home.changed(Goal, sign.goal_id, closed_at=clock.now()):
        button(day, sign).click()
        expect(messages(day)).to_contain_text("Kode: goal_closed")
    assert home.added() == []


def test_what_was_corrected_on_another_tablet_is_not_corrected_over(
    day: Page, sign: Sign, home: Home, signed_in: SignedIn, watch: Watch
) -> None:
    watch.expect("status of 409")
    tap(day, sign)
    other = signed_in(ANNA)
    open_day(other, sign)
    row(other, sign).locator("> summary").click()
    level(other, sign, SupportLevel.VERBAL).click()
    expect(level(other, sign, SupportLevel.VERBAL)).to_have_attribute("aria-pressed", "true")
    home.let_pass(timedelta(minutes=11))

    level(day, sign, SupportLevel.PHYSICAL).click()

    expect(messages(day)).to_contain_text("Kode: already_corrected")
    assert [stored.support_level for stored in home.added()] == [None, SupportLevel.VERBAL]
    day.reload()
    row(day, sign).locator("> summary").click()
    expect(level(day, sign, SupportLevel.VERBAL)).to_have_attribute("aria-pressed", "true")


def test_help_from_one_tablet_and_a_note_from_another_both_count(
    day: Page, sign: Sign, home: Home, signed_in: SignedIn
) -> None:
    tap(day, sign)
    other = signed_in(ANNA)
    open_day(other, sign)
    row(other, sign).locator("> summary").click()
    level(other, sign, SupportLevel.VERBAL).click()
    expect(level(other, sign, SupportLevel.VERBAL)).to_have_attribute("aria-pressed", "true")

    write_note(day, sign, "Hun smilede.")

    expect(row(day, sign).locator(".note")).to_contain_text("Hun smilede.")
    expect(level(day, sign, SupportLevel.VERBAL)).to_have_attribute("aria-pressed", "true")
    newest = home.added()[-1]
    assert (newest.support_level, newest.note) == (SupportLevel.VERBAL, "Hun smilede.")


def test_a_form_the_server_cannot_read_is_told_beside_the_card(
    day: Page, sign: Sign, home: Home, watch: Watch
) -> None:
    watch.expect("status of 422")
    button(day, sign).evaluate("button => button.value = 'maybe'")

    button(day, sign).click()

    expect(messages(day)).to_contain_text("Kode: bad_request")
    expect(card(day, sign.goal)).to_be_visible()
    assert home.added() == []


def test_a_session_ended_elsewhere_says_so_and_what_was_tapped_is_there_after_sign_in(
    page: Page, sign: Sign, home: Home, watch: Watch
) -> None:
    watch.expect("status of 401")
    page.goto(f"/citizens/{sign.goal.plan.citizen_id}")
    sign_in(page, ANNA)
    expect(button(page, sign)).to_be_visible()
    may_keep(page)
    home.end_newest_session()

    button(page, sign).click()

    expect(messages(page)).to_contain_text("Kode: unauthenticated")
    expect(card(page, sign.goal)).to_be_visible()
    expect_delivered(page)
    page.reload()
    sign_in(page, ANNA)
    expect(button(page, sign)).to_have_class(SEEN)
    assert len(home.added()) == 1
