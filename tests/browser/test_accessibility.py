"""Every screen is for everyone: by day and by night, on tablet and phone, with thumb or glasses."""

from typing import Literal

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.hands import SEEN, button, let_the_finger_rest, level, tap
from tests.browser.home import Home
from tests.browser.network import one_slow_answer
from tests.browser.outbox import expect_kept, may_keep
from tests.browser.screens import SCREENS
from tests.browser.seeing import (
    axe_violations,
    cut_off,
    enlarge_text,
    focus_problems,
    unfit_targets,
)
from tests.browser.stage import Stage
from tests.browser.tablets import InHand
from tests.browser.watch import Watch
from webapp.models import Sign, SupportLevel

TABLET, LAPTOP, PHONE = (820, 1180), (1280, 800), (390, 844)
SIZES = (TABLET, LAPTOP, PHONE)
"""The phone last: large text has to fit there too."""


@pytest.fixture
def stage(in_hand: InHand, home: Home, sign: Sign, watch: Watch) -> Stage:
    """Everything a screen needs."""
    return Stage(in_hand.open, home, sign, watch)


@pytest.mark.parametrize("name", SCREENS)
def test_axe_thumbs_and_large_text_find_nothing_wrong_by_day_or_by_night_in_any_size(
    name: str, stage: Stage
) -> None:
    page = SCREENS[name](stage)
    # A colour on its way from one to the next has the contrast of neither.
    page.emulate_media(reduced_motion="reduce")

    found = []
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme)
            found += [f"{width} {scheme}: {violation}" for violation in axe_violations(page)]
        found += [f"{width}: {problem}" for problem in unfit_targets(page) + cut_off(page)]
    enlarge_text(page, "32px")
    found += [f"large text: {problem}" for problem in cut_off(page)]

    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", ["day_after_a_tap", "board", "observation", "long_form"])
def test_whatever_has_the_focus_has_a_ring_and_lies_under_nothing(name: str, stage: Stage) -> None:
    page = SCREENS[name](stage)
    page.set_viewport_size({"width": 820, "height": 600})
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")

    assert focus_problems(page) == []


def test_nothing_moves_when_less_motion_is_asked_for(day: Page, sign: Sign) -> None:
    day.emulate_media(reduced_motion="reduce")
    with one_slow_answer(day) as slow:
        button(day, sign).click()
        expect(day.locator(f"#tap-{sign.id}")).to_contain_class("htmx-request")

        assert day.evaluate("document.getAnimations().length") == 0

        slow.let_through()
        expect(button(day, sign)).to_have_class(SEEN)
        assert day.evaluate("document.getAnimations().length") == 0


def test_a_tap_under_way_turns_and_the_rest_stands_still(day: Page, sign: Sign) -> None:
    with one_slow_answer(day) as slow:
        button(day, sign).click()
        expect(day.locator(f"#tap-{sign.id}")).to_contain_class("htmx-request")

        turning = day.evaluate("document.getAnimations().map(({ animationName }) => animationName)")

        assert turning.count("turn") == 1
        slow.let_through()
        expect(button(day, sign)).to_have_class(SEEN)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_chosen_can_be_told_when_people_choose_the_colours_themselves(
    scheme: Literal["light", "dark"], stage: Stage
) -> None:
    page = SCREENS["day_after_a_tap"](stage)
    page.emulate_media(forced_colors="active", color_scheme=scheme)

    def paper(place: Locator) -> str:
        return str(place.evaluate("element => getComputedStyle(element).backgroundColor"))

    chosen, other = SupportLevel.GESTURE, SupportLevel.VERBAL
    assert paper(level(page, stage.sign, chosen)) != paper(level(page, stage.sign, other))
    week = page.locator(".week").first.locator("i")
    assert len({paper(day) for day in week.all()}) > 1
    tick, no_tick = button(page, stage.sign), page.locator(".sign:not(.seen)").last
    assert paper(tick.locator(".dot")) != paper(no_tick.locator(".dot"))
    expect(tick.locator(".dot .i")).to_be_visible()
    expect(no_tick.locator(".dot .i")).to_be_hidden()


def test_more_contrast_is_given_when_it_is_asked_for(day: Page) -> None:
    muted = day.locator(".goal .muted").first
    usual = muted.evaluate("element => getComputedStyle(element).color")

    day.emulate_media(contrast="more")

    ink = day.evaluate("getComputedStyle(document.body).color")
    assert muted.evaluate("element => getComputedStyle(element).color") == ink != usual


def test_a_reader_hears_that_the_tap_was_sent_and_that_it_was_not(
    day: Page, sign: Sign, watch: Watch
) -> None:
    watch.expect("ERR_INTERNET_DISCONNECTED", "Failed to fetch")
    expect(day.get_by_role("status").filter(has_text="Sendt kl.")).to_have_count(0)

    tap(day, sign)

    expect(day.get_by_role("status").filter(has_text="Sendt kl.")).to_have_count(1)
    expect(day.get_by_role("alert")).to_be_empty()
    let_the_finger_rest(day)
    may_keep(day)
    day.context.set_offline(True)
    button(day, sign).click()
    expect_kept(day, sign)
    expect(day.get_by_role("alert")).to_be_empty()
    expect(day.get_by_role("status").filter(has_text="Uden net")).to_be_visible()
