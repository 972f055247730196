"""Everything is reached and done with the keyboard alone."""

from playwright.sync_api import Page, expect

from tests.browser.hands import SEEN, button, card, level, row, undo
from tests.browser.home import Home
from webapp.models import Outcome, Sign, SupportLevel


def test_the_first_tab_offers_to_skip_to_the_content(day: Page) -> None:
    day.keyboard.press("Tab")

    skip = day.get_by_role("link", name="Gå til indholdet")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    day.keyboard.press("Enter")
    expect(day.locator("main")).to_be_focused()
    day.keyboard.press("Tab")
    expect(day.locator("main .sign").first).to_be_focused()


def test_tab_goes_through_the_day_in_the_order_it_is_read(
    day: Page, sign: Sign, home: Home
) -> None:
    signs = home.signs("Sofie")
    name = "({ id, className }) => id || className"
    stops = day.evaluate(
        f"""() => {{
          const stops = "a[href], button, summary, input:not([type=hidden]), textarea";
          return [...document.querySelectorAll(stops)]
            .filter((element) => element.checkVisibility())
            .map({name});
        }}"""
    )

    reached = []
    for _ in stops:
        day.keyboard.press("Tab")
        reached.append(day.evaluate(f"({name})(document.activeElement)"))

    assert reached == stops
    buttons = [f"sign-{sign.id}-button" for sign in signs]
    assert [stop for stop in stops if stop in buttons] == buttons


def test_enter_logs_a_sign_and_the_focus_stays_on_it(day: Page, sign: Sign, home: Home) -> None:
    button(day, sign).focus()

    day.keyboard.press("Enter")

    expect(button(day, sign)).to_have_class(SEEN)
    expect(button(day, sign)).to_be_focused()
    assert len(home.added()) == 1


def test_help_and_fortryd_are_reached_with_tab_and_focus_goes_back_to_the_sign(
    day: Page, sign: Sign, home: Home
) -> None:
    button(day, sign).focus()
    day.keyboard.press("Enter")
    expect(row(day, sign)).to_be_visible()
    day.keyboard.press("Tab")
    expect(row(day, sign).locator("> summary")).to_be_focused()
    day.keyboard.press("Tab")
    expect(level(day, sign, SupportLevel.INDEPENDENT)).to_be_focused()

    day.keyboard.press("Enter")

    independent = level(day, sign, SupportLevel.INDEPENDENT)
    expect(independent).to_have_attribute("aria-pressed", "true")
    expect(independent).to_be_focused()
    assert home.added()[-1].support_level == SupportLevel.INDEPENDENT
    for _ in range(8):
        day.keyboard.press("Tab")
    expect(undo(day, sign)).to_be_focused()
    day.keyboard.press("Enter")
    expect(row(day, sign)).to_have_count(0)
    expect(button(day, sign)).to_be_focused()
    assert home.added() == []


def test_a_note_is_written_and_saved_with_the_keyboard_alone(
    day: Page, sign: Sign, home: Home
) -> None:
    button(day, sign).focus()
    day.keyboard.press("Enter")
    expect(row(day, sign)).to_be_visible()
    note = day.locator(f"#after-{sign.id}-note > summary")
    note.focus()
    day.keyboard.press("Enter")
    day.keyboard.press("Tab")

    day.keyboard.type("Smilede til mig.")
    # Past Billede and Klip.
    for _ in range(3):
        day.keyboard.press("Tab")
    day.keyboard.press("Enter")

    expect(row(day, sign).locator(".note")).to_contain_text("Smilede til mig.")
    assert home.added()[-1].note == "Smilede til mig."
    # The field is folded away again; the focus is where it can be seen, in the same row.
    assert day.evaluate(
        "id => document.activeElement.closest('details.after')?.id === id"
        " && document.activeElement.checkVisibility()",
        f"after-{sign.id}",
    )


def test_the_goal_as_a_whole_is_answered_with_the_keyboard(
    day: Page, sign: Sign, home: Home
) -> None:
    not_seen = day.locator(f"#not_seen-{sign.goal_id}-button")
    not_seen.focus()

    day.keyboard.press("Space")

    expect(card(day, sign.goal).locator(".said")).to_be_visible()
    expect(not_seen).to_be_focused()
    assert [stored.outcome for stored in home.added()] == [Outcome.NOT_SEEN]


def test_the_menu_opens_with_enter_and_closes_with_escape(day: Page) -> None:
    who = day.locator(".who")
    who.focus()

    day.keyboard.press("Enter")

    expect(day.locator("#menu")).to_be_visible()
    day.keyboard.press("Tab")
    expect(day.locator("#menu :is(a, button)").first).to_be_focused()
    day.keyboard.press("Escape")
    expect(day.locator("#menu")).to_be_hidden()
    expect(who).to_be_focused()
