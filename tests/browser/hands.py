"""What hands do on the tablet: sign in, open a day, tap. And where things are on the screen."""

import re
from typing import Final

from playwright.sync_api import Error, Locator, Page, expect

from tests.personas import DEMO_PASSWORD, Person
from webapp.models import Goal, Sign, SupportLevel

SEEN: Final = re.compile(r"(^| )seen( |$)")
"""The class of a sign's button once its tick is there."""


def ask(page: Page, script: str, arg: object = None) -> object:
    """Ask a page that may be reading itself anew, as a kept one does when the net is back."""
    while True:
        try:
            return page.evaluate(script, arg)
        except Error as error:
            if "context was destroyed" not in error.message:
                raise


def sign_in(page: Page, person: Person, password: str = DEMO_PASSWORD) -> None:
    """Type who one is and press the button."""
    page.locator("input[name=email]").fill(person.email)
    page.locator("input[name=password]").fill(password)
    page.locator("main form button").click()


def press_log_out(page: Page) -> None:
    """Open the menu under one's name and log off, wherever that ends."""
    page.locator(".who").click()
    page.locator("#menu").get_by_role("button", name="Log ud").click()


def open_day(page: Page, sign: Sign) -> None:
    """Open the day of the citizen whose sign it is."""
    page.goto(f"/citizens/{sign.goal.plan.citizen_id}")
    expect(button(page, sign)).to_be_visible()


def button(page: Page, sign: Sign) -> Locator:
    """Return a sign's button."""
    return page.locator(f"#sign-{sign.id}-button")


def tap(page: Page, sign: Sign) -> None:
    """Tap a sign and wait until the tick is there."""
    button(page, sign).click()
    expect(button(page, sign)).to_have_class(SEEN)


def choose(page: Page, sign: Sign, value: object) -> None:
    """Tap one of a measured sign's answers, and wait until it is marked as chosen."""
    answer = page.locator(f"#sign-{sign.id}-{value}")
    answer.click()
    expect(answer).to_contain_class("chosen")


def told(page: Page, sign: Sign) -> Locator:
    """Return the line on a measured sign that tells what was logged last."""
    return page.locator(f"#sign-{sign.id} .when")


def total(page: Page, sign: Sign) -> Locator:
    """Return the sum of the day on a sign that is counted."""
    return page.locator(f"#sign-{sign.id} .sum strong")


def less(page: Page, sign: Sign) -> Locator:
    """Return the button that takes the last count back."""
    return page.locator(f"#sign-{sign.id}-less")


def stopwatch(page: Page, sign: Sign) -> Locator:
    """Return the stopwatch of a sign that lasts."""
    return page.locator(f"[data-stopwatch='{sign.id}']")


def box(page: Page, sign: Sign, step: int) -> Locator:
    """Return the box of a step, of the list that is ticked next."""
    return page.locator(f"#sign-{sign.id} input[type=checkbox][value='{step}']")


def form(page: Page, sign: Sign) -> Locator:
    """Return the form around a sign's button, which shows how its tap is doing."""
    return page.locator(f"#tap-{sign.id}")


def row(page: Page, sign: Sign) -> Locator:
    """Return the row that opens under a sign after one's own tap."""
    return page.locator(f"#after-{sign.id}")


def level(page: Page, sign: Sign, of: SupportLevel) -> Locator:
    """Return the button for one support level in the row."""
    return page.locator(f"#after-{sign.id}-{of.value}")


def partly(page: Page, sign: Sign) -> Locator:
    """Return the button Delvist in the row."""
    return page.locator(f"#after-{sign.id}-partly-button")


def undo(page: Page, sign: Sign) -> Locator:
    """Return the button Fortryd in the row."""
    return page.locator(f"#after-{sign.id}-undo-button")


def write_note(page: Page, sign: Sign, words: str) -> None:
    """Open the note in the row, write it and save it."""
    page.locator(f"#after-{sign.id}-note > summary").click()
    page.locator(f"#after-{sign.id}-words").fill(words)
    page.locator(f"#after-{sign.id}-note-button").click()


def card(page: Page, goal: Goal) -> Locator:
    """Return a goal's card."""
    return page.locator(f"#goal-{goal.id}")


def messages(page: Page) -> Locator:
    """Return where problems are told."""
    return page.locator("#messages")


def strip(page: Page) -> Locator:
    """Return the strip that says that there is no network."""
    return page.locator("#offline-strip")


def let_the_finger_rest(page: Page, ms: int = 750) -> None:
    """Wait until a tap on the same button counts as a new one; see QUIET in sent.js."""
    now = page.evaluate("performance.now()")
    page.wait_for_function("until => performance.now() > until", arg=now + ms)
