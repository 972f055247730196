"""A note carries pictures: chosen, kept on the tablet, sealed, and sent after its words."""

import base64
import hashlib
import json
from pathlib import Path
from typing import Any, cast

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from playwright.sync_api import Page, expect

from tests.browser import shared
from tests.browser.conftest import OpenContext
from tests.browser.hands import button, let_the_finger_rest, open_day, row, tap
from tests.browser.home import Home
from tests.browser.outbox import (
    NOISE,
    cut,
    drawer,
    expect_delivered,
    expect_kept,
    lies,
    may_keep,
    net_is_back,
    rows,
)
from tests.browser.outbox import count as badge
from tests.browser.photos import field, opened, photo, picture, save, take, thumbs
from tests.browser.tablets import Tablets
from tests.browser.uploads import Uploads
from tests.browser.watch import Watch
from tests.personas import ANNA, BO
from webapp.models import Sign

PART = 1024 * 1024
TAG = 16


@pytest.fixture(autouse=True)
def _cut_lines_are_logged(watch: Watch) -> None:
    watch.expect(*NOISE)


@pytest.fixture
def uploads(day: Page) -> Uploads:
    """What Anna's tablet sends of its pictures."""
    return Uploads(day.context)


@pytest.fixture
def sofie(day: Page, uploads: Uploads, sign: Sign) -> Page:
    """Anna's tablet, open on Sofie's day, with a tap of hers."""
    may_keep(day)
    tap(day, sign)
    return day


@pytest.fixture
def on_mobile_data(open_context: OpenContext, tablets: Tablets, sign: Sign) -> Page:
    """Anna's tablet on mobile data, open on Sofie's day, with a tap of hers."""
    context = open_context()
    tablets.sign_in(context, ANNA)
    context.add_init_script(
        """const line = Object.assign(new EventTarget(), { type: "cellular", saveData: false });
        Object.defineProperty(navigator, "connection", { value: line });"""
    )
    page = context.new_page()
    open_day(page, sign)
    may_keep(page)
    tap(page, sign)
    return page


def open_sealed(page: Page, file: bytes) -> bytes:
    """Open a sealed file with the key its author's page had."""
    key = AESGCM(base64.urlsafe_b64decode(cast(str, page.evaluate("globalThis.lastKey")) + "="))
    return b"".join(
        key.decrypt(number.to_bytes(12, "big"), file[at : at + PART + TAG], None)
        for number, at in enumerate(range(0, len(file), PART + TAG))
    )


def remember_key(page: Page) -> None:
    """Note the key of the note's first picture before its note is saved: then it is sealed."""
    [draft] = lies(page, "drafts")
    page.evaluate("key => { globalThis.lastKey = key; }", draft["chosen"][0]["key"])


def claims(entry: dict[str, Any]) -> dict[str, Any]:
    """Return what an entry says in clear."""
    payload = cast(str, entry["jws"]).split(".")[1]
    return cast(
        dict[str, Any], json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    )


def expect_no_pictures_left(page: Page) -> None:
    """Wait until no picture lies on the tablet, and no part of one."""
    page.wait_for_function(
        """() => new Promise((resolve, reject) => {
          const opening = indexedDB.open("outbox");
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => {
            const asked = opening.result.transaction("media").objectStore("media").count();
            asked.onsuccess = () => { opening.result.close(); resolve(asked.result === 0); };
          };
        })"""
    )
    assert lies(page, "pictures") == []


def test_a_picture_is_kept_read_again_and_sent_upright_without_saying_where_it_was_taken(
    sofie: Page, sign: Sign, home: Home, uploads: Uploads
) -> None:
    with cut(sofie):
        form = field(sofie, sign)
        form.locator("textarea").fill("Hun pegede selv på børsten.")
        take(form, picture())
        expect(thumbs(form)).to_have_count(1)
        remember_key(sofie)
        save(form)
        expect(rows(sofie, sign)).to_contain_text("På tabletten")
        expect(rows(sofie, sign)).to_contain_text("1 billede venter")
        expect(rows(sofie, sign).locator("img")).to_have_count(1)
        expect(badge(sofie)).to_contain_text("2")
        key = sofie.evaluate("globalThis.lastKey")

        sofie.reload()

        expect(rows(sofie, sign)).to_contain_text("1 billede venter")
        [entry] = lies(sofie)
        [kept] = lies(sofie, "pictures")
        named = {name: kept[name] for name in ("sha256", "size", "type")}
        assert claims(entry)["media"] == [named]
        assert uploads.files == {}, "the words come first"
    net_is_back(sofie)

    expect_delivered(sofie)
    expect_no_pictures_left(sofie)
    assert [stored.note for stored in home.added()][-1] == "Hun pegede selv på børsten."
    [sent] = uploads.whole()
    sofie.evaluate("key => { globalThis.lastKey = key; }", key)
    shown = opened(open_sealed(sofie, sent))
    assert (shown.format, shown.size) == ("JPEG", (1200, 1600))
    assert dict(shown.getexif()) == {}
    up, down = shown.convert("RGB").getpixel((600, 100)), shown.convert("RGB").getpixel((600, 1500))
    assert isinstance(up, tuple)
    assert isinstance(down, tuple)
    assert up[0] > 150 > up[2]
    assert down[2] > 150 > down[0]


def test_a9_a_note_is_on_the_disk_before_the_camera_opens_and_is_found_again_with_its_pictures(
    sofie: Page, sign: Sign
) -> None:
    form = field(sofie, sign)
    form.locator("textarea").fill("Hun lo, da vandet løb.")
    take(form, picture())
    expect(thumbs(form)).to_have_count(1)
    with sofie.expect_file_chooser():
        form.locator(".picture-field label.btn").click()
    # The camera took all the memory there was.
    page = sofie.context.new_page()
    sofie.close()

    open_day(page, sign)

    found = page.locator(f"#after-{sign.id}-note form")
    expect(found.locator("textarea")).to_have_value("Hun lo, da vandet løb.")
    expect(thumbs(found)).to_be_visible()


def test_a_picture_is_taken_away_before_the_note_is_saved_and_leaves_nothing(
    sofie: Page, sign: Sign, home: Home, uploads: Uploads
) -> None:
    form = field(sofie, sign)
    form.locator("textarea").fill("Uden billede alligevel.")
    take(form, picture())
    expect(thumbs(form)).to_have_count(1)

    form.get_by_role("button", name="Fjern billedet").click()

    expect(thumbs(form)).to_have_count(0)
    expect(form.locator("input[type=file]")).to_be_focused()
    save(form)
    expect(row(sofie, sign)).to_contain_text("Uden billede alligevel.")
    expect_delivered(sofie)
    expect_no_pictures_left(sofie)
    assert lies(sofie, "drafts") == []
    assert uploads.files == {}
    assert home.added()[-1].note == "Uden billede alligevel."


def test_five_pictures_go_with_a_note_and_the_sixth_is_told_of(
    sofie: Page, sign: Sign, uploads: Uploads
) -> None:
    form = field(sofie, sign)

    take(form, *(picture(f"{number}.jpg", photo(320, 240)) for number in range(6)))

    expect(thumbs(form)).to_have_count(5)
    expect(form).to_contain_text("Der kan være 5 billeder og klip til en note.")
    save(form)
    expect(thumbs(form)).to_have_count(0)
    expect_delivered(sofie)
    expect_no_pictures_left(sofie)
    assert len(uploads.whole()) == 5


def test_what_is_no_picture_is_refused_in_plain_words_and_the_note_stays(
    sofie: Page, sign: Sign
) -> None:
    form = field(sofie, sign)
    form.locator("textarea").fill("Hun pegede.")

    take(form, picture(content=b"%PDF-1.7 ikke et billede"))

    expect(form).to_contain_text("Billedet kan ikke læses på denne tablet.")
    expect(thumbs(form)).to_have_count(0)
    expect(form.locator("textarea")).to_have_value("Hun pegede.")


def test_a7_a_full_tablet_refuses_the_picture_and_never_the_words(
    sofie: Page, sign: Sign, home: Home
) -> None:
    sofie.evaluate(
        "navigator.storage.estimate = async () => ({ quota: 100e6, usage: 90e6 })",
    )
    form = field(sofie, sign)
    form.locator("textarea").fill("Hun pegede.")

    form.locator(".picture-field label.btn").click()

    expect(form).to_contain_text("Der er ikke plads til flere billeder")
    save(form)
    expect(row(sofie, sign)).to_contain_text("Hun pegede.")
    assert home.added()[-1].note == "Hun pegede."


def test_a_note_to_a_tap_that_waits_itself_carries_pictures_too(
    day: Page, sign: Sign, home: Home, uploads: Uploads
) -> None:
    may_keep(day)
    day.context.set_offline(True)
    button(day, sign).click()
    expect_kept(day, sign)
    waiting = rows(day, sign)
    waiting.locator("summary").click()
    take(waiting.locator("details form"), picture(content=photo(320, 240)))
    expect(thumbs(waiting)).to_have_count(1)
    save(waiting)
    expect(rows(day, sign)).to_have_count(2)
    expect(badge(day)).to_contain_text("3")

    day.context.set_offline(False)

    expect_delivered(day)
    expect_no_pictures_left(day)
    assert len(home.added()) == 2
    assert len(uploads.whole()) == 1


def test_what_cannot_be_sent_leaves_as_a_sealed_file_with_its_pictures(
    sofie: Page, sign: Sign, tmp_path: Path
) -> None:
    with cut(sofie):
        form = field(sofie, sign)
        take(form, picture(content=photo(320, 240)))
        expect(thumbs(form)).to_have_count(1)
        remember_key(sofie)
        save(form)
        expect(rows(sofie, sign)).to_contain_text("1 billede venter")
        opened_drawer = drawer(sofie)
        opened_drawer.locator("summary").click()

        with sofie.expect_download() as download:
            opened_drawer.get_by_role("button", name="Gem som fil").click()

        download.value.save_as(tmp_path / "udbakke.json")
        [file] = json.loads((tmp_path / "udbakke.json").read_text())["media"]
        sealed = b"".join(base64.urlsafe_b64decode(part + "==") for part in file["parts"])
        assert hashlib.sha256(sealed).hexdigest() == file["sha256"]
        assert opened(open_sealed(sofie, sealed)).size == (240, 320)
        assert len(lies(sofie, "pictures")) == 1, "it stays"


def test_c1_a_colleagues_page_sends_the_pictures_and_cannot_see_them(
    page: Page, sign: Sign, home: Home
) -> None:
    shared.enrol(page, home)
    page.goto("/lock")
    uploads = Uploads(page.context)
    shared.open_as(page, ANNA)
    open_day(page, sign)
    may_keep(page)
    tap(page, sign)
    with cut(page):
        form = field(page, sign)
        form.locator("textarea").fill("Til aften.")
        take(form, picture(content=photo(320, 240)))
        save(form)
        expect(badge(page)).to_contain_text("2")
        let_the_finger_rest(page)
        shared.switch(page)
        shared.open_as(page, BO)
        expect(drawer(page)).to_contain_text("2 fra en kollega venter")
        assert "own" not in lies(page)[0]
        assert lies(page, "drafts") == []
    net_is_back(page)

    expect_delivered(page)
    expect_no_pictures_left(page)
    assert len(uploads.whole()) == 1


def test_d9_pictures_wait_for_wifi_and_words_do_not_until_somebody_says_so(
    on_mobile_data: Page, sign: Sign, home: Home
) -> None:
    page, uploads = on_mobile_data, Uploads(on_mobile_data.context)
    form = field(page, sign)
    form.locator("textarea").fill("Hun pegede selv på børsten.")
    take(form, *(picture(f"{number}.jpg", photo(320, 240)) for number in range(2)))
    expect(thumbs(form)).to_have_count(2)

    save(form)

    expect(badge(page)).to_contain_text("2")
    opened_drawer = drawer(page)
    expect(opened_drawer).to_contain_text("2 billeder venter på wifi.")
    assert lies(page) == []
    assert home.added()[-1].note == "Hun pegede selv på børsten."
    assert uploads.files == {}

    opened_drawer.get_by_role("button", name="Send også uden wifi").click()

    expect_delivered(page)
    expect_no_pictures_left(page)
    assert len(uploads.whole()) == 2
    expect(opened_drawer.get_by_text("venter på wifi")).to_be_hidden()
