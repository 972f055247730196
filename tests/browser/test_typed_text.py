"""Whatever is typed comes back as the same text, and does nothing."""

import re
from typing import Final

from playwright.sync_api import Page, expect

from tests.browser.hands import (
    button,
    card,
    let_the_finger_rest,
    row,
    tap,
    write_note,
)
from tests.browser.home import Home
from tests.browser.watch import Watch
from webapp.models import Sign

TRAPS: Final = [
    '<div hx-get="/trap" hx-trigger="load">x</div>',
    '<b data-hx-get="/trap" data-hx-trigger="load">x</b>',
    '<form hx-post="/trap" hx-trigger="load"><input name="a"></form>',
    '<i hx-delete="/trap" hx-trigger="intersect, revealed">x</i>',
    '<button hx-on:click="fetch(`/trap`)" hx-on::load="fetch(`/trap`)">x</button>',
    """<a hx-get="/trap" hx-vals='js:{a: fetch("/trap")}'>x</a>""",
    '<hx-partial hx-target="#main" hx-swap="innerHTML">trap</hx-partial>',
    '<div hx-boost="true"><a href="/trap">x</a></div>',
    "<script>fetch('/trap'); alert(1)</script>",
    '<img src="/trap" onerror="alert(1)">',
    "abc \u202e<b>fdc</b>\u2066 \u202d def",
    "{{ 7*7 }} {% raw %} ${7*7} #{7*7} %(count)s",
    '</textarea></bdi><svg onload="fetch(`/trap`)"></svg>',
]

NOTES: Final = ["\n".join(TRAPS[first : first + 3]) for first in range(0, len(TRAPS), 3)]
"""The last one also tries to get out of the field it is corrected in."""


def test_markup_in_notes_is_shown_as_text_everywhere_and_asks_for_nothing(
    day: Page, sign: Sign, next_sign: Sign, home: Home, watch: Watch
) -> None:
    shown = row(day, sign).locator(".note bdi")
    tap(day, sign)
    for note in NOTES:
        write_note(day, sign, note)
        expect(shown).to_have_text(note)
        shown.hover()
        shown.click()
        let_the_finger_rest(day)
    # The whole card is drawn again, and htmx reads all of it.
    tap(day, next_sign)
    expect(shown).to_have_text(NOTES[-1])
    _expect_nothing_alive(day)

    day.goto(f"/observations/{home.added()[-2].id}")

    versions = day.locator(".version .note bdi")
    expect(versions).to_have_text(NOTES[::-1])
    for version in versions.all():
        version.click()
    expect(day.locator("textarea[name=note]")).to_have_value(NOTES[-1])
    _expect_nothing_alive(day)
    stored = [added.note.replace("\r\n", "\n") for added in home.added()]
    assert stored == ["", *NOTES, ""]
    assert _unexpected(watch, sign) == []


def test_a_hundred_thousand_characters_without_a_space_break_no_page(
    day: Page, sign: Sign, home: Home
) -> None:
    long = "Sofie" * 20_000
    tap(day, sign)
    write_note(day, sign, long)
    expect(row(day, sign).locator(".note")).to_be_visible()
    stored = home.added()[-1]
    assert stored.note == long

    for address in (f"/citizens/{sign.goal.plan.citizen_id}", f"/observations/{stored.id}"):
        day.goto(address)
        for width in (390, 820):
            day.set_viewport_size({"width": width, "height": 844})
            assert day.evaluate("document.documentElement.scrollWidth") <= width
    expect(day.locator("textarea[name=note]")).to_have_value(long)


def test_text_that_begins_with_an_empty_line_keeps_it_when_it_is_corrected(
    day: Page, sign: Sign, home: Home
) -> None:
    words = "\n\n  Først stille. \tSå “færdig” 🙂\n"
    tap(day, sign)
    write_note(day, sign, words)
    expect(row(day, sign).locator(".note")).to_be_visible()
    expect(day.locator(f"#after-{sign.id}-words")).to_have_value(words)
    day.goto(f"/observations/{home.added()[-1].id}")
    expect(day.locator("textarea[name=note]")).to_have_value(words)

    day.locator("main form .btn.wide").click()

    expect(card(day, sign.goal)).to_be_visible()
    notes = {stored.note.replace("\r\n", "\n") for stored in home.added()[1:]}
    assert notes == {words}


def test_a_reason_with_markup_is_shown_as_text_in_the_history(
    day: Page, sign: Sign, home: Home, watch: Watch
) -> None:
    tap(day, sign)
    trap = TRAPS[0]
    day.goto(f"/observations/{home.added()[0].id}")
    day.locator("input[value=not_seen]").check()
    day.locator("textarea[name=reason]").fill(trap)
    day.locator("main form .btn.wide").click()
    expect(card(day, sign.goal)).to_be_visible()

    day.goto(f"/observations/{home.added()[0].id}")

    expect(day.locator(".version bdi").filter(has_text="hx-get")).to_have_text(trap)
    assert _unexpected(watch, sign) == []


def test_text_that_cannot_be_kept_is_refused_and_stays_in_the_field(
    day: Page, sign: Sign, home: Home, watch: Watch
) -> None:
    watch.expect("status of 422")
    tap(day, sign)
    day.goto(f"/observations/{home.added()[0].id}")
    words = day.locator("textarea[name=note]")
    words.fill("a" * 100_001)

    day.locator("main form .btn.wide").click()

    expect(words).to_have_accessible_description(re.compile("for lang"))
    assert words.input_value() == "a" * 100_001
    assert len(home.added()) == 1
    expect(button(day, sign)).to_have_count(0)


def _expect_nothing_alive(page: Page) -> None:
    """Nothing that was typed has become an element."""
    expect(page.locator("main bdi *")).to_have_count(0)
    alive = "[hx-get], [data-hx-get], [hx-boost], [onerror], [onload], img, script"
    expect(page.locator(f"main :is({alive})")).to_have_count(0)


def _unexpected(watch: Watch, sign: Sign) -> list[str]:
    """Return what was asked for beyond our own pages, files and forms."""
    ours = re.compile(
        r"GET /(static/.*|sw\.js|offline|manifest\.webmanifest)?$"
        rf"|GET /citizens/{sign.goal.plan.citizen_id}(\?.*)?$"
        r"|GET /interventions/[0-9a-f-]{36}/show$"
        r"|GET /observations/[0-9a-f-]{36}$"
        r"|POST /signs/[0-9a-f-]{36}/observations$"
        r"|POST /observations/[0-9a-f-]{36}/corrections$"
        r"|POST /sync/(grants|batch)$"
    )
    return [asked for asked in watch.requests if not ours.match(asked)]
