"""A note carries a clip: filmed in the page, kept on the tablet, sealed, sent, played."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.hands import open_day, tap
from tests.browser.outbox import NOISE, cut, expect_delivered, may_keep, net_is_back
from tests.browser.photos import field, picture, save, take, thumbs
from tests.browser.watch import Watch
from webapp.models import Sign

MADE_WITHIN = 150_000
"""Milliseconds a short clip takes on a machine that has much else to do."""

ASK_UNTIL_IT_PLAYS = """() => {
  const ask = async () => {
    const page = await (await fetch(location.href)).text();
    window.plays = page.includes('class="plays"');
    if (!window.plays) setTimeout(ask, 300);
  };
  void ask();
}"""


@pytest.fixture(autouse=True)
def _cut_lines_are_logged(watch: Watch) -> None:
    watch.expect(*NOISE)


@pytest.fixture
def sofie(day: Page, sign: Sign) -> Page:
    """Anna's tablet, open on Sofie's day, with a tap of hers."""
    may_keep(day)
    tap(day, sign)
    return day


def film(form: Locator) -> None:
    """Tap Klip, film for a moment, and use it."""
    page = form.page
    form.get_by_role("button", name="Klip").click()
    camera = page.locator("#camera")
    camera.get_by_role("button", name="Film").click()
    page.wait_for_function(
        """() => {
          const ring = document.querySelector("#camera .shutter-time").getAnimations()[0];
          return ring && ring.currentTime > 800;
        }"""
    )
    camera.get_by_role("button", name="Stop").click()
    # What was filmed is still being written when the machine is busy.
    camera.get_by_role("button", name="Brug klippet").click(timeout=30_000)


def wait_until_made(page: Page, sign: Sign) -> Locator:
    """Wait until the day shows the clip, and read it again; return its place."""
    open_day(page, sign)
    page.evaluate(ASK_UNTIL_IT_PLAYS)
    page.wait_for_function("() => window.plays", timeout=MADE_WITHIN)
    page.reload()
    return page.locator(f"#sign-{sign.id} .pictures a")


def test_a_clip_of_a_note_is_kept_without_net_sent_with_it_and_played(
    sofie: Page, sign: Sign
) -> None:
    form = field(sofie, sign)
    form.locator("textarea").fill("Hun holdt selv om børsten.")
    cut(sofie)
    film(form)
    expect(thumbs(form)).to_have_count(1)
    sofie.wait_for_function("() => document.querySelector('[data-picture-list] img').naturalWidth")
    save(form)
    expect(sofie.get_by_text("1 klip venter").first).to_be_attached()

    net_is_back(sofie)
    expect_delivered(sofie)
    place = wait_until_made(sofie, sign)

    expect(place.get_by_text("Klip", exact=True)).to_be_attached()
    place.click()
    video = sofie.locator("video.picture")
    expect(video).to_be_visible()
    video.evaluate("video => video.play()")
    sofie.wait_for_function("() => document.querySelector('video.picture').currentTime > 0")
    expect(sofie.get_by_text("Hun holdt selv om børsten.").first).to_be_visible()


def test_whoever_closes_the_camera_has_the_note_as_it_was(sofie: Page, sign: Sign) -> None:
    form = field(sofie, sign)
    form.locator("textarea").fill("Hun lo.")

    form.get_by_role("button", name="Klip").click()
    sofie.locator("#camera").get_by_role("button", name="Luk").first.click()

    expect(form.locator("textarea")).to_have_value("Hun lo.")
    expect(thumbs(form)).to_have_count(0)


def test_a_clip_and_a_picture_stand_side_by_side_and_outlive_a_reload(
    sofie: Page, sign: Sign
) -> None:
    form = field(sofie, sign)
    take(form, picture())
    expect(thumbs(form)).to_have_count(1)
    film(form)
    expect(thumbs(form)).to_have_count(2)

    sofie.reload()

    expect(thumbs(field(sofie, sign))).to_have_count(2)
