"""A note's pictures arrive on the real server, and are shown on the day."""

import io

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect
from sqlalchemy import select

from tests.browser.hands import tap
from tests.browser.home import Home
from tests.browser.network import intercept
from tests.browser.outbox import NOISE, cut, expect_delivered, may_keep, net_is_back, rows
from tests.browser.photos import answer, field, photo, picture, save, take, thumbs
from tests.browser.test_pictures import expect_no_pictures_left
from tests.browser.watch import Watch
from webapp.models import Picture, PictureState, Sign


@pytest.fixture(autouse=True)
def _cut_lines_are_logged(watch: Watch) -> None:
    watch.expect(*NOISE)


def grainy() -> bytes:
    """Return a photograph that is more than one part also when it is written anew."""
    written = io.BytesIO()
    Image.effect_noise((2400, 1800), 120).convert("RGB").save(written, "JPEG", quality=95)
    return written.getvalue()


def test_two_pictures_of_a_note_that_waited_arrive_although_the_line_is_cut_between_their_parts(
    day: Page, sign: Sign, home: Home
) -> None:
    parts: list[str] = []

    def cut_the_second(route: Route) -> None:
        if route.request.method == "PATCH":
            parts.append(route.request.headers["upload-offset"])
            if parts[-1] != "0" and parts.count(parts[-1]) == 1:
                route.abort("connectionreset")
                return
        route.continue_()

    may_keep(day)
    tap(day, sign)
    with cut(day):
        form = field(day, sign)
        form.locator("textarea").fill("Hun pegede.")
        take(form, picture(content=photo(320, 240)), picture(content=grainy()))
        expect(thumbs(form)).to_have_count(2)
        save(form)
        expect(rows(day, sign)).to_contain_text("2 billeder venter")
    intercept(day, cut_the_second, "**/sync/media/**")

    net_is_back(day)

    expect_delivered(day)
    expect_no_pictures_left(day)
    assert sorted(parts) == ["0", "0", "1048592", "1048592"]
    with home.read() as session:
        stored = session.scalars(select(Picture).order_by(Picture.place)).all()
    assert [one.state for one in stored] == [PictureState.READY] * 2
    assert [(one.width, one.height) for one in stored] == [(240, 320), (1600, 1200)]
    expect(day.locator(f"#sign-{sign.id} .pictures img")).to_have_count(2)


def test_a_picture_of_sofie_is_asked_about_and_seen_by_nobody_without_a_yes(
    day: Page, sign: Sign, home: Home
) -> None:
    may_keep(day)
    tap(day, sign)
    form = field(day, sign)
    question = form.get_by_text("Kan man se, hvem borgeren er?")
    expect(question).to_be_hidden()
    form.locator("textarea").fill("Hun smilede til spejlet.")
    take(form, picture(content=photo(320, 240)))
    expect(thumbs(form)).to_have_count(1)
    expect(question).to_be_visible()
    # Whoever takes it away again is asked nothing.
    form.get_by_role("button", name="Fjern").click()
    expect(question).to_be_hidden()
    take(form, picture(content=photo(320, 240)))
    expect(thumbs(form)).to_have_count(1)

    form.get_by_role("button", name="Gem note").click()

    # Not before somebody has answered.
    expect(form.get_by_label("Nej, kun hænder og ting")).to_be_focused()
    answer(form, shows_citizen=True)
    expect(form.get_by_text("Det ses kun, når der er sagt ja til dokumentation.")).to_be_visible()
    form.get_by_role("button", name="Gem note").click()
    expect(thumbs(form)).to_have_count(0)
    expect_delivered(day)
    expect_no_pictures_left(day)
    day.reload()
    row = day.locator(f"#sign-{sign.id}")
    expect(
        row.get_by_text("Billedet er skjult: Ingen har sagt ja til dokumentation")
    ).to_be_visible()
    expect(row.locator(".pictures img")).to_have_count(0)
    with home.read() as session:
        assert session.scalars(select(Picture)).one().shows_citizen
