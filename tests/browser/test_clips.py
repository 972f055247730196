"""Clips of steps: filmed, made ready while one looks on, and played on the citizen's own screen."""

from collections.abc import Collection

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import shared
from tests.browser.home import Home
from tests.browser.installed import open_board_and_keep_it, wait_for_pages
from tests.browser.instructions import done, give_clip, make, of_sofie, row, shown
from tests.browser.network import drop, intercept
from tests.browser.watch import Watch
from tests.clips import a_clip
from tests.personas import BO
from webapp.models import Intervention

MADE_WITHIN = 150_000
"""Milliseconds a short clip takes on a machine that has much else to do."""


@pytest.fixture
def instruction(home: Home) -> Intervention:
    """How Sofie brushes her teeth."""
    return of_sofie(home)


def film(page: Page, instruction: Intervention, *, sound: bool = False) -> None:
    """Give the first step a clip, and wait until it is ready."""
    page.goto(f"/interventions/{instruction.id}/instruction")
    step = instruction.steps[0]
    give_clip(page, step, a_clip(sound="aac"), sound="Ja, med lyd" if sound else "Nej, uden lyd")
    expect(row(page, step).locator("figure")).to_be_visible(timeout=MADE_WITHIN)


def video(page: Page) -> Locator:
    """Return the clip of the step that is shown."""
    return page.locator(".citizen-step.now video")


def wait_until_it_plays(page: Page) -> None:
    """Wait until the clip of the step that is shown moves."""
    page.wait_for_function(
        "() => { const it = document.querySelector('.citizen-step.now video');"
        " return it && !it.hidden && !it.paused && it.currentTime > 0; }"
    )


def test_anna_films_a_step_and_sofie_sees_it_move_over_and_over(
    anna: Page, instruction: Intervention
) -> None:
    anna.goto(f"/interventions/{instruction.id}/instruction")
    place = row(anna, instruction.steps[0])
    give_clip(anna, instruction.steps[0], a_clip(size=(1280, 720), seconds=4))

    expect(place.locator(".clip-tile").get_by_text("Gøres klar")).to_be_visible()
    expect(place.locator("figure")).to_be_visible(timeout=MADE_WITHIN)
    expect(place.locator("figcaption")).to_contain_text("0:04")
    assert place.locator("img").evaluate("img => img.decode().then(() => img.naturalWidth)") == 320

    anna.goto(f"/interventions/{instruction.id}/show")
    wait_until_it_plays(anna)
    playing = video(anna).evaluate(
        "({ muted, loop, controls, videoWidth }) => ({ muted, loop, controls, videoWidth })"
    )
    assert playing == {"muted": True, "loop": True, "controls": False, "videoWidth": 1280}
    first = video(anna).element_handle()
    done(anna).click()
    expect(shown(anna)).to_have_text(instruction.steps[1].text)
    assert first.evaluate("video => video.paused")
    anna.locator("[data-back]").click()
    wait_until_it_plays(anna)


def test_a_tap_on_a_clip_with_sound_plays_it_once_with_it(
    anna: Page, instruction: Intervention
) -> None:
    film(anna, instruction, sound=True)
    anna.goto(f"/interventions/{instruction.id}/show")
    wait_until_it_plays(anna)

    anna.get_by_role("button", name="Afspil klippet").click()

    assert video(anna).evaluate("({ muted, loop }) => [muted, loop]") == [False, False]
    anna.wait_for_function(
        "() => { const { muted, loop, paused } ="
        " document.querySelector('.citizen-step.now video'); return muted && loop && !paused; }"
    )


def test_a_tap_lets_a_clip_stand_still_until_it_is_set_going_again(
    anna: Page, instruction: Intervention
) -> None:
    film(anna, instruction)
    anna.goto(f"/interventions/{instruction.id}/show")
    wait_until_it_plays(anna)

    anna.locator(".citizen-step.now .step-clip").click()

    play = anna.get_by_role("button", name="Afspil klippet")
    expect(play).to_be_visible()
    expect(video(anna)).to_be_hidden()
    # Whoever comes back to it finds it as it was left.
    done(anna).click()
    anna.locator("[data-back]").click()
    expect(video(anna)).to_be_hidden()
    play.click()
    wait_until_it_plays(anna)
    expect(play).to_be_hidden()


def test_whoever_asked_for_less_movement_sees_the_poster_and_a_large_button(
    anna: Page, instruction: Intervention
) -> None:
    film(anna, instruction)
    anna.emulate_media(reduced_motion="reduce")
    anna.goto(f"/interventions/{instruction.id}/show")
    play = anna.get_by_role("button", name="Afspil klippet")
    expect(play).to_be_visible()
    expect(anna.locator(".citizen-step.now .step-clip img")).to_be_visible()
    expect(video(anna)).to_be_hidden()
    sign = play.locator("svg").bounding_box()
    assert sign
    assert min(sign["width"], sign["height"]) >= 96

    play.click()

    wait_until_it_plays(anna)
    # Once, and then it stands still again.
    expect(video(anna)).to_be_hidden()
    expect(anna.locator(".citizen-step.now .step-clip img")).to_be_visible()


def test_a_clip_goes_on_when_the_tablet_is_locked_behind_it(
    anna: Page, page: Page, home: Home, instruction: Intervention
) -> None:
    film(anna, instruction)
    shared.enrol(page, home)
    page.goto("/lock")
    shared.open_as(page, BO)
    page.get_by_role("link", name="Sofie").click()
    page.locator(f"#intervention-{instruction.id} .show-citizen").click()
    expect(page.locator("body.citizen-mode[data-locked]")).to_be_visible()

    wait_until_it_plays(page)
    done(page).click()
    page.locator("[data-back]").click()

    wait_until_it_plays(page)


def test_without_net_a_clip_that_lies_on_the_tablet_moves(
    anna: Page, instruction: Intervention, watch: Watch
) -> None:
    watch.expect("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "Failed to fetch")
    film(anna, instruction)
    open_board_and_keep_it(anna)
    wait_for_pages(anna, lambda kept: bool(clips_among(kept)))
    anna.context.set_offline(True)

    anna.goto(f"/interventions/{instruction.id}/show")

    expect(anna.locator(".citizen-step.now .step-clip")).to_be_visible()
    wait_until_it_plays(anna)


def test_without_net_all_clips_move_on_a_shared_tablet_that_is_locked_behind_them(
    anna: Page, page: Page, home: Home, instruction: Intervention, watch: Watch
) -> None:
    watch.expect("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "Failed to fetch", "status of 401")
    steps = instruction.steps[:3]
    anna.goto(f"/interventions/{instruction.id}/instruction")
    for step in steps:
        give_clip(anna, step, a_clip())
        expect(row(anna, step).locator("figure")).to_be_visible(timeout=MADE_WITHIN)
    shared.enrol(page, home)
    page.goto("/lock")
    shared.open_as(page, BO)
    open_board_and_keep_it(page)
    wait_for_pages(page, lambda kept: len(clips_among(kept)) == len(steps))
    page.context.set_offline(True)

    page.get_by_role("link", name="Sofie").click()
    page.locator(f"#intervention-{instruction.id} .show-citizen").click()

    for _ in steps:
        wait_until_it_plays(page)
        done(page).click()


def clips_among(kept: Collection[str]) -> list[str]:
    """Return the addresses of whole clips."""
    return [each for each in kept if each.startswith("/step-clips/") and each.count("/") == 2]


def test_where_a_clip_does_not_come_its_poster_stays(
    anna: Page, instruction: Intervention, watch: Watch
) -> None:
    watch.expect("ERR_FAILED")
    film(anna, instruction)
    # The clips alone: what belongs to one lies below its address. It is the worker that asks.
    intercept(anna.context, drop, "**/step-clips/*")

    with anna.context.expect_event("requestfailed"):
        anna.goto(f"/interventions/{instruction.id}/show")

    expect(anna.locator(".citizen-step.now .step-clip img")).to_be_visible()
    expect(video(anna)).to_be_hidden()


def test_what_is_no_clip_is_told_where_it_was_chosen_and_the_answers_stand(
    anna: Page, instruction: Intervention, watch: Watch
) -> None:
    watch.expect("status of 422")
    make(anna, instruction, pictures=1)
    step = instruction.steps[1]

    give_clip(anna, step, b"<html>Film</html>", sound="Ja, med lyd")

    place = row(anna, step)
    expect(place.locator(".field-error").filter(has_text="ikke et klip")).to_be_visible()
    expect(place.get_by_label("Ja, med lyd", exact=True)).to_be_checked()
