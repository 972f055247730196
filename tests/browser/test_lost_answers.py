"""The server has it, but its answer never came, or came late: nothing is stored twice or lost."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hands import (
    SEEN,
    button,
    card,
    form,
    level,
    messages,
    row,
    tap,
    write_note,
)
from tests.browser.home import Home
from tests.browser.network import answers_lost, one_slow_answer
from tests.browser.outbox import (
    NOISE,
    cut,
    expect_delivered,
    expect_kept,
    lose_answers,
    may_keep,
    net_is_back,
    rows,
)
from tests.browser.watch import Watch
from webapp.models import Sign, SupportLevel

_SLOW_DISK = """() => {
  // Nothing is written before this; and who waits five seconds for the disk waits for a moment.
  const sign = crypto.subtle.sign.bind(crypto.subtle);
  const disk = new Promise((resolve) => { window.landed = resolve; });
  crypto.subtle.sign = async (...given) => { await disk; return sign(...given); };
  const wait = window.setTimeout;
  window.setTimeout = (done, ms, ...more) => wait(done, ms === 5000 ? 50 : ms, ...more);
}"""


@pytest.fixture(autouse=True)
def _cut_lines_are_logged(watch: Watch) -> None:
    watch.expect(*NOISE)


def test_a_tap_whose_answer_is_lost_is_ticked_by_itself_and_stored_once(
    day: Page, sign: Sign, home: Home
) -> None:
    may_keep(day)
    with answers_lost(day):
        button(day, sign).click()

        expect(button(day, sign)).to_have_class(SEEN)

    assert len(home.added()) == 1
    expect(form(day, sign)).not_to_have_attribute("data-state", "unsent")
    expect(messages(day)).to_be_empty()
    expect(button(day, sign)).not_to_contain_text("gange i dag")


def test_a_lost_tap_is_recognised_when_another_answer_shows_that_it_was_stored(
    day: Page, sign: Sign, next_sign: Sign, home: Home
) -> None:
    may_keep(day)
    with answers_lost(day), cut(day, lose_answers):
        button(day, sign).click()
        expect_kept(day, sign)
        expect(rows(day, sign)).to_have_count(1)

    tap(day, next_sign)

    expect(rows(day, sign)).to_have_count(0)
    expect(button(day, sign)).to_have_class(SEEN)
    expect(form(day, sign)).not_to_have_attribute("data-state", "unsent")
    assert len(home.added()) == 2


def test_help_and_note_whose_answer_is_lost_are_stored_once(
    day: Page, sign: Sign, home: Home
) -> None:
    may_keep(day)
    tap(day, sign)
    with answers_lost(day, "**/corrections"):
        level(day, sign, SupportLevel.GESTURE).click()
        expect_delivered(day)

    expect(level(day, sign, SupportLevel.GESTURE)).to_have_attribute("aria-pressed", "true")
    row(day, sign).evaluate("row => { row.open = true; }")
    expect(messages(day)).to_be_empty()
    assert len(home.added()) == 2
    write_note(day, sign, "Kiggede på billedet først.")
    expect(row(day, sign).locator(".note")).to_contain_text("Kiggede på billedet først.")
    assert len(home.added()) == 3


def test_a_note_whose_answer_is_lost_is_not_lost(day: Page, sign: Sign, home: Home) -> None:
    may_keep(day)
    tap(day, sign)
    with answers_lost(day, "**/corrections"):
        write_note(day, sign, "Hun tog den selv.")

    expect(row(day, sign).locator(".note")).to_contain_text("Hun tog den selv.")
    assert len(home.added()) == 2


@pytest.mark.parametrize("lands", ["before", "after"])
def test_a_note_that_is_changed_while_a_slow_disk_still_writes_is_stored_too(
    day: Page, sign: Sign, home: Home, lands: str
) -> None:
    may_keep(day)
    tap(day, sign)
    note = day.locator("form").filter(has=day.locator(f"#after-{sign.id}-words"))
    day.evaluate(_SLOW_DISK)
    with cut(day):
        write_note(day, sign, "Sofie græd.")
        expect(note).to_have_attribute("data-state", "unsent")
        if lands == "before":
            day.evaluate("landed()")
            expect(note).not_to_have_attribute("data-state", "unsent")
        day.locator(f"#after-{sign.id}-words").fill("Sofie græd ikke.")
        day.locator(f"#after-{sign.id}-note-button").click()
        day.evaluate("landed()")
        expect(rows(day, sign)).to_have_count(2)

    net_is_back(day)
    expect_delivered(day)

    notes = [row.note for row in home.added() if row.note]
    assert sorted(notes) == ["Sofie græd ikke.", "Sofie græd."]


def test_an_older_answer_that_comes_late_does_not_hide_what_came_after(
    day: Page, sign: Sign, next_sign: Sign, home: Home
) -> None:
    with one_slow_answer(day) as slow:
        button(day, sign).click()
        expect(form(day, sign)).to_contain_class("htmx-request")
        tap(day, next_sign)
        expect(button(day, sign)).to_have_class(SEEN)

        slow.let_through()

        expect(form(day, sign)).not_to_contain_class("htmx-request")
    for tapped in (sign, next_sign):
        expect(button(day, tapped)).to_have_class(SEEN)
    expect(card(day, sign.goal).locator(".sign-form[data-state]")).to_have_count(0)
    assert len(home.added()) == 2
