"""The camera in the page, and the desk where a picture is made ready on the tablet."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PIL import Image, ImageStat
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.browser import shared
from tests.browser.hands import press_log_out, sign_in
from tests.browser.home import Home
from tests.browser.instructions import added_for, pictures_of, row, stored_picture
from tests.browser.outbox import a_moment, lies, may_keep
from tests.browser.test_clips import MADE_WITHIN
from tests.browser.watch import Watch
from tests.personas import ANNA
from webapp.models import Intervention, Step

SENTENCES = ("Hent kluden", "Gør den våd", "Tør bordet af")


@pytest.fixture
def table(home: Home) -> Intervention:
    """How Sofie wipes the table."""
    return added_for(home, "Sofie", *SENTENCES)


def chequered(width: int = 800, height: int = 600) -> FilePayload:
    """Return a photograph of black and white squares, 20 pixels wide; its right third is red."""
    image = Image.new("RGB", (width, height), "white")
    for x in range(0, width, 20):
        for y in range((x // 20 % 2) * 20, height, 40):
            image.paste("black", (x, y, x + 20, y + 20))
    image.paste((200, 30, 20), (width * 2 // 3, 0, width, height))
    written = io.BytesIO()
    image.save(written, "JPEG", quality=95)
    return {"name": "trin.jpg", "mimeType": "image/jpeg", "buffer": written.getvalue()}


def form(page: Page, step: Step, kind: str = "picture") -> Locator:
    """Return a form of a step, unfolded."""
    found = row(page, step).locator(f"form[data-{kind}-form]")
    if not found.is_visible():
        fold = row(page, step).locator("details").filter(has=page.locator(f"[data-{kind}-form]"))
        fold.locator("summary").click()
    return found


def on_the_desk(page: Page, step: Step) -> None:
    """Choose a photograph for a step, and begin to make it ready."""
    place = form(page, step)
    place.locator("input[type=file]").set_input_files(chequered())
    place.get_by_role("button", name="Ret billedet").click()
    expect(page.locator("#desk")).to_be_visible()


@contextmanager
def drawing(
    page: Page, tool: str, begin: tuple[float, float], end: tuple[float, float]
) -> Iterator[None]:
    """Draw with a tool from one point to another, as shares of the picture, and let go."""
    page.locator("#desk").get_by_text(tool, exact=True).click()
    box = page.locator("#desk canvas").bounding_box()
    assert box
    page.mouse.move(box["x"] + begin[0] * box["width"], box["y"] + begin[1] * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + end[0] * box["width"], box["y"] + end[1] * box["height"], steps=3)
    yield
    page.mouse.up()


def draw(page: Page, tool: str, begin: tuple[float, float], end: tuple[float, float]) -> None:
    """Draw with a tool."""
    with drawing(page, tool, begin, end):
        pass


def use(page: Page) -> None:
    """Be done with the picture."""
    page.locator("#desk").get_by_role("button", name="Brug billedet").click()
    expect(page.locator("#desk")).to_be_hidden()


def save(page: Page, step: Step) -> None:
    """Save the picture, on which nobody is seen."""
    place = form(page, step)
    place.get_by_label("Nej, kun hænder og ting", exact=True).check()
    place.get_by_role("button", name="Gem billedet").click()
    expect(stored_picture(page, step)).to_be_visible()


def stored(page: Page, home: Home, table: Intervention) -> Image.Image:
    """Return the only picture that was stored, as it is handed out."""
    [picture] = pictures_of(home, table)
    answer = page.request.get(f"/step-pictures/{picture.id}?size=large")
    return Image.open(io.BytesIO(answer.body())).convert("RGB")


def reddest(image: Image.Image) -> str:
    """Return the side of a picture that is red."""
    width, height = image.size
    sides = {
        "left": (0, 0, width // 5, height),
        "right": (width * 4 // 5, 0, width, height),
        "top": (0, 0, width, height // 5),
        "bottom": (0, height * 4 // 5, width, height),
    }

    def redness(side: str) -> float:
        red, green, _ = ImageStat.Stat(image.crop(sides[side])).mean
        return red - green

    return max(sides, key=redness)


def test_what_is_blurred_is_gone_from_the_picture_that_leaves_the_tablet(
    anna: Page, home: Home, table: Intervention
) -> None:
    anna.goto(f"/interventions/{table.id}/instruction")
    on_the_desk(anna, table.steps[0])
    draw(anna, "Slør", (0.0, 0.0), (0.3, 0.5))
    use(anna)
    save(anna, table.steps[0])

    image = stored(anna, home, table)
    assert image.size == (800, 600)
    # Squares of black and white are grey where somebody could have been known, and nowhere else.
    [hidden] = ImageStat.Stat(image.crop((20, 20, 220, 280)).convert("L")).stddev
    [seen] = ImageStat.Stat(image.crop((20, 320, 220, 580)).convert("L")).stddev
    assert hidden < 25 < 100 < seen


def test_a_picture_is_turned_and_cut_and_what_was_done_can_be_undone(
    anna: Page, home: Home, table: Intervention
) -> None:
    anna.goto(f"/interventions/{table.id}/instruction")
    on_the_desk(anna, table.steps[0])
    undo = anna.locator("#desk").get_by_role("button", name="Fortryd")
    expect(undo).to_be_disabled()
    draw(anna, "Beskær", (0.0, 0.0), (0.4, 0.4))
    undo.click()
    expect(undo).to_be_disabled()
    anna.locator("#desk").get_by_role("button", name="Drej").click()
    # What was the right third lies below now, and half of it is cut away.
    with drawing(anna, "Beskær", (1.0, 5 / 6), (-0.2, -0.2)):
        expect(anna.locator("[data-box]")).to_be_visible()
    expect(anna.locator("[data-box]")).to_be_hidden()
    use(anna)
    save(anna, table.steps[0])

    image = stored(anna, home, table)
    assert image.width == 600
    assert abs(image.height - 667) <= 4
    assert reddest(image) == "bottom"


def tap_at(page: Page, tool: str, *corners: tuple[float, float]) -> None:
    """Tap on the picture with a tool, as shares of it."""
    page.locator("#desk").get_by_text(tool, exact=True).click()
    box = page.locator("#desk canvas").bounding_box()
    assert box
    for x, y in corners:
        page.mouse.click(box["x"] + x * box["width"], box["y"] + y * box["height"])


def is_ink(image: Image.Image, x: float, y: float) -> bool:
    """Tell whether something was drawn on a picture at this share of it."""
    pixel = image.getpixel((int(x * image.width), int(y * image.height)))
    assert isinstance(pixel, tuple)
    red, green, blue = pixel
    return red > 180 and 110 < green < 220 and blue < 90


def test_whoever_cannot_drag_taps_the_two_corners(
    anna: Page, home: Home, table: Intervention
) -> None:
    anna.goto(f"/interventions/{table.id}/instruction")
    on_the_desk(anna, table.steps[0])
    tap_at(anna, "Ring", (0.75, 0.2))
    expect(anna.locator("[data-mark]")).to_be_visible()
    # Whoever takes another tool has changed their mind.
    tap_at(anna, "Pil", (0.1, 0.5), (0.5, 0.5))
    expect(anna.locator("[data-mark]")).to_be_hidden()
    # So has whoever drags.
    tap_at(anna, "Ring", (0.1, 0.9))
    draw(anna, "Ring", (0.75, 0.2), (0.95, 0.6))
    use(anna)
    save(anna, table.steps[0])

    image = stored(anna, home, table)
    assert is_ink(image, 0.3, 0.5)
    assert is_ink(image, 0.75, 0.4)
    assert not is_ink(image, 0.1, 0.75)


def test_a_picture_is_made_ready_with_the_keys_alone(
    anna: Page, home: Home, table: Intervention
) -> None:
    anna.goto(f"/interventions/{table.id}/instruction")
    on_the_desk(anna, table.steps[0])
    press = anna.keyboard.press
    press("ArrowRight")
    expect(anna.get_by_label("Ring", exact=True)).to_be_checked()
    press("Shift+Tab")
    expect(anna.locator("[data-sheet]")).to_be_focused()
    press("Enter")
    # One that was begun is left without leaving the desk.
    press("Escape")
    for _ in range(2):
        press("Shift+ArrowUp")
    press("Enter")
    for _ in range(4):
        press("Shift+ArrowRight")
        press("Shift+ArrowDown")
    press("Enter")
    use(anna)
    save(anna, table.steps[0])

    image = stored(anna, home, table)
    assert is_ink(image, 0.5, 0.5)
    assert is_ink(image, 0.9, 0.5)
    assert not is_ink(image, 0.7, 0.5)


def test_a_ring_and_an_arrow_show_what_is_meant(
    anna: Page, home: Home, table: Intervention
) -> None:
    anna.goto(f"/interventions/{table.id}/instruction")
    on_the_desk(anna, table.steps[0])
    draw(anna, "Ring", (0.75, 0.2), (0.95, 0.6))
    draw(anna, "Pil", (0.1, 0.5), (0.5, 0.5))
    # One corner alone draws nothing.
    draw(anna, "Ring", (0.2, 0.2), (0.201, 0.201))
    use(anna)
    save(anna, table.steps[0])

    image = stored(anna, home, table)

    assert is_ink(image, 0.75, 0.4)
    assert is_ink(image, 0.95, 0.4)
    assert is_ink(image, 0.85, 0.2)
    assert not is_ink(image, 0.85, 0.4)
    assert is_ink(image, 0.3, 0.5)
    assert not is_ink(image, 0.2, 0.2)


def test_the_pictures_of_all_steps_are_taken_one_after_the_other(
    anna: Page, home: Home, table: Intervention
) -> None:
    anna.goto(f"/interventions/{table.id}/instruction")
    burst = anna.locator("form[data-burst]")
    burst.get_by_role("button", name="Tag dem ét ad gangen").click()
    for number, sentence in enumerate(SENTENCES, 1):
        expect(anna.locator("#camera h2")).to_have_text(f"Trin {number}: {sentence}")
        anna.get_by_role("button", name="Tag billedet").click()
        if number == 2:
            anna.get_by_role("button", name="Tag om").click()
            expect(anna.locator("#camera h2")).to_have_text(f"Trin {number}: {sentence}")
            anna.get_by_role("button", name="Tag billedet").click()
        use(anna)
    expect(burst.locator("[data-chosen] img")).to_have_count(3)
    burst.get_by_label("Nej, kun hænder og ting", exact=True).check()
    burst.get_by_role("button", name="Sæt dem på trinene").click()

    expect(anna.locator(".instruction > li > img")).to_have_count(3)
    assert len(pictures_of(home, table)) == 3


def test_who_stops_in_the_middle_keeps_what_was_taken(anna: Page, table: Intervention) -> None:
    anna.goto(f"/interventions/{table.id}/instruction")
    burst = anna.locator("form[data-burst]")
    burst.get_by_role("button", name="Tag dem ét ad gangen").click()
    anna.get_by_role("button", name="Tag billedet").click()
    use(anna)
    expect(anna.locator("#camera h2")).to_contain_text(SENTENCES[1])
    anna.locator("#camera").get_by_role("button", name="Luk").click()

    expect(burst.locator("[data-chosen] img")).to_have_count(1)
    assert anna.evaluate("document.querySelector('#camera video').srcObject") is None


def test_a_step_is_filmed_until_the_ring_is_full_and_looked_at_before_it_is_used(
    anna: Page, table: Intervention
) -> None:
    anna.goto(f"/interventions/{table.id}/instruction")
    step = table.steps[0]
    place = form(anna, step, "clip")
    place.get_by_role("button", name="Film trinet").click()
    anna.locator("[data-sound] input").check()
    camera = anna.locator("#camera")
    camera.get_by_role("button", name="Film", exact=True).click()
    anna.wait_for_function(
        """() => {
          const { currentTime } = document.querySelector("#camera video");
          window.begun ??= currentTime;
          return currentTime > window.begun + 0.7;
        }"""
    )
    camera.get_by_role("button", name="Stop").click()
    camera.get_by_role("button", name="Film om").click()
    anna.evaluate("document.querySelector('[data-shoot]').dataset.limit = 2.5")
    # Nobody stops it now; the ring does.
    camera.get_by_role("button", name="Film", exact=True).click()
    expect(camera.get_by_role("button", name="Brug klippet")).to_be_visible()
    camera.get_by_role("button", name="Brug klippet").click()

    expect(place.locator("[data-chosen] video")).to_be_visible()
    expect(place.get_by_label("Ja, med lyd", exact=True)).to_be_checked()
    place.get_by_label("Nej, kun hænder og ting", exact=True).check()
    place.get_by_role("button", name="Gem klippet").click()
    figure = row(anna, step).locator("figure")
    expect(figure).to_be_visible(timeout=MADE_WITHIN)
    expect(figure.locator("figcaption")).to_contain_text("0:02")
    expect(figure.locator("figcaption")).to_contain_text("med lyd")


def test_a_camera_that_is_not_given_is_told_and_a_file_can_be_chosen(
    anna: Page, table: Intervention
) -> None:
    anna.goto(f"/interventions/{table.id}/instruction")
    anna.evaluate(
        "() => { navigator.mediaDevices.getUserMedia = async () => { throw new Error(); }; }"
    )
    place = form(anna, table.steps[0])
    place.get_by_role("button", name="Tag billedet").click()

    expect(anna.locator("[data-no-camera]")).to_be_visible()
    expect(anna.locator("[data-shoot]")).to_be_disabled()
    anna.keyboard.press("Escape")
    expect(anna.locator("#camera")).to_be_hidden()
    expect(place.get_by_label("Eller vælg et billede")).to_be_visible()


def test_without_net_nothing_that_was_chosen_is_lost(
    anna: Page, home: Home, table: Intervention, watch: Watch
) -> None:
    watch.expect("ERR_INTERNET_DISCONNECTED", "Failed to fetch", "fetching the script")
    anna.goto(f"/interventions/{table.id}/instruction")
    place = form(anna, table.steps[0])
    place.locator("input[type=file]").set_input_files(chequered())
    place.get_by_label("Nej, kun hænder og ting", exact=True).check()
    anna.context.set_offline(True)
    place.get_by_role("button", name="Gem billedet").click()
    expect(place.locator("[data-sending]")).to_contain_text("sendes af sig selv")
    expect(place.locator("[data-sending]")).to_be_focused()
    # Nor is what has no file of its own: the page stays.
    fold = row(anna, table.steps[1]).locator(f"#time-{table.steps[1].id}")
    fold.locator("summary").click()
    fold.get_by_role("button", name="Gem tiden").click()
    expect(anna.locator("#messages")).to_contain_text("Det kræver net")
    anna.context.set_offline(False)

    # Nobody presses again.
    expect(stored_picture(anna, table.steps[0])).to_be_visible()
    assert len(pictures_of(home, table)) == 1


def test_what_is_chosen_for_another_step_or_in_another_form_stays_when_one_is_stored(
    anna: Page, home: Home, table: Intervention
) -> None:
    anna.goto(f"/interventions/{table.id}/instruction")
    waiting = form(anna, table.steps[1]).locator("input[type=file]")
    film = form(anna, table.steps[0], "clip").locator("input[type=file]")
    for field in (waiting, film):
        field.set_input_files(chequered())
    form(anna, table.steps[0]).locator("input[type=file]").set_input_files(chequered())

    save(anna, table.steps[0])

    for field in (waiting, film):
        assert field.evaluate("field => field.files.length") == 1
    expect(form(anna, table.steps[0], "clip")).to_be_visible()
    # Drawn anew, the row offers the camera again.
    expect(form(anna, table.steps[0]).get_by_role("button", name="Tag billedet")).to_be_visible()
    save(anna, table.steps[1])
    assert len(pictures_of(home, table)) == 2


def test_what_is_saved_after_a_refusal_without_scripts_is_seen_to_be_saved(
    anna: Page, table: Intervention, watch: Watch
) -> None:
    watch.expect("status of 422")
    anna.goto(f"/interventions/{table.id}/instruction")
    # As a page does whose scripts are not there yet: it stands at the form's own address then.
    form(anna, table.steps[0]).evaluate("form => form.submit()")
    expect(anna).to_have_url(re.compile(r"/picture$"))

    form(anna, table.steps[0]).locator("input[type=file]").set_input_files(chequered())
    save(anna, table.steps[0])


def test_what_was_chosen_and_not_saved_outlives_the_page_with_the_answers(
    anna: Page, home: Home, table: Intervention
) -> None:
    anna.goto(f"/interventions/{table.id}/instruction")
    place = form(anna, table.steps[1])
    place.locator("input[type=file]").set_input_files(chequered())
    place.get_by_label("Nej, kun hænder og ting", exact=True).check()
    expect_drafts(anna, 1)

    anna.reload()

    expect(place.locator("[data-chosen] img")).to_be_visible()
    expect(place.get_by_label("Nej, kun hænder og ting", exact=True)).to_be_checked()
    expect(place.locator("[data-sending]")).to_contain_text("lå på tabletten")
    place.get_by_role("button", name="Gem billedet").click()
    expect(stored_picture(anna, table.steps[1])).to_be_visible()
    assert len(pictures_of(home, table)) == 1
    # It is not offered once more.
    expect_drafts(anna, 0)


def test_what_was_chosen_and_not_saved_goes_with_whoever_logs_off(
    page: Page, table: Intervention
) -> None:
    address = f"/interventions/{table.id}/instruction"
    page.goto(address)
    sign_in(page, ANNA)
    may_keep(page)
    form(page, table.steps[1]).locator("input[type=file]").set_input_files(chequered())
    expect_drafts(page, 1)

    press_log_out(page)
    expect(page).to_have_url(re.compile("/login"))

    expect_drafts(page, 0)
    page.goto(address)
    sign_in(page, ANNA)
    expect(form(page, table.steps[1]).locator("[data-chosen] img")).to_have_count(0)


def expect_drafts(page: Page, count: int) -> None:
    """Wait until so many things that nobody saved lie on the tablet."""
    for _ in range(200):
        if len(lies(page, "drafts")) == count:
            return
        a_moment(page)
    raise AssertionError(lies(page, "drafts"))


def test_a_question_that_was_forgotten_costs_no_picture(anna: Page, table: Intervention) -> None:
    anna.goto(f"/interventions/{table.id}/instruction")
    place = form(anna, table.steps[0])
    place.locator("input[type=file]").set_input_files(chequered())

    place.get_by_role("button", name="Gem billedet").click()

    expect(place.locator("[data-sending]")).to_contain_text("Svar på spørgsmålene først")
    save(anna, table.steps[0])


def test_what_the_server_refuses_is_told_at_the_button_and_stays_chosen(
    anna: Page, table: Intervention, watch: Watch
) -> None:
    watch.expect("status of 422")
    anna.goto(f"/interventions/{table.id}/instruction")
    place = form(anna, table.steps[0])
    no_picture: FilePayload = {"name": "trin.jpg", "mimeType": "image/jpeg", "buffer": b"<html>"}
    place.locator("input[type=file]").set_input_files(no_picture)
    place.get_by_label("Nej, kun hænder og ting", exact=True).check()

    place.get_by_role("button", name="Gem billedet").click()

    expect(place.locator("[data-sending].field-error")).to_be_focused()
    assert place.locator("input[type=file]").evaluate("field => field.files.length") == 1


def test_a_picture_that_only_the_server_can_read_is_sent_as_it_is(
    anna: Page, table: Intervention
) -> None:
    anna.goto(f"/interventions/{table.id}/instruction")
    place = form(anna, table.steps[0])
    unreadable: FilePayload = {"name": "trin.heic", "mimeType": "image/heic", "buffer": b"heic"}
    place.locator("input[type=file]").set_input_files(unreadable)

    expect(place.locator("[data-chosen] img")).to_have_count(0)
    expect(place.get_by_role("button", name="Ret billedet")).to_be_hidden()
    assert place.locator("input[type=file]").evaluate("field => field.files[0].size") == 4


def test_a_tablet_that_locks_closes_the_camera_and_keeps_what_was_drawn(
    page: Page, home: Home, table: Intervention
) -> None:
    shared.enrol(page, home)
    page.goto("/lock")
    shared.open_as(page, ANNA)
    page.goto(f"/interventions/{table.id}/instruction")
    on_the_desk(page, table.steps[0])
    draw(page, "Slør", (0.0, 0.0), (1.0, 1.0))
    page.evaluate("dispatchEvent(new Event('tablet-locked'))")
    shared.face(page, ANNA)
    shared.type_pin(page)
    expect(page.locator("#lock-cover")).to_have_count(0)

    place = form(page, table.steps[0])
    expect(place.locator("[data-chosen] img")).to_be_visible()
    place.get_by_role("button", name="Tag billedet").click()
    expect(page.locator("[data-shoot]")).to_be_enabled()
    page.evaluate("window.seen = document.querySelector('#camera video').srcObject")
    page.evaluate("dispatchEvent(new Event('tablet-locked'))")

    expect(page.locator("#lock .faces")).to_be_visible()
    assert page.evaluate("window.seen.getTracks().map((each) => each.readyState)") == ["ended"]
