"""The evening that the outbox is made for, in a real browser on a line that breaks.

The tablet loses its network at 14:05 and gets it back at 19:30. Anna logs eleven signs and a note
with two photos, and puts the tablet down; Bo, who has no session there, logs five more. Everything
arrives once, Anna's as Anna's, Bo's as Bo's, in true time, although a captive portal answers first,
and the server dies in the middle and comes back as the next release. Nobody notices but the strip.
"""

import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Page, expect, sync_playwright
from sqlalchemy import select

from tests.browser import shared, standby
from tests.browser.hands import button, let_the_finger_rest, open_day, strip
from tests.browser.home import Home
from tests.browser.installed import open_board_and_keep_it
from tests.browser.outbox import count as badge
from tests.browser.outbox import lies, may_keep, net_is_back, rows
from tests.browser.photos import picture, save, take, thumbs
from tests.chaos.apart import apart
from tests.chaos.house import House
from tests.chaos.line import Line, line_to
from tests.personas import BO
from webapp.adapters import clock
from webapp.models import Picture, PictureState, Sign, SyncReceipt
from webapp.services.audit_chain import breaks

NOTE = "Hun pegede selv på billedet."

PATIENCE = 30_000
"""Milliseconds until something must be there; the server is killed and started meanwhile."""

APART = timedelta(seconds=5)
"""How far two clocks may seem apart: they are compared by a request, which may take ten seconds,
and nobody knows in which half of them the other clock was read."""


@pytest.mark.browser
def test_an_evening_without_network_arrives_once_and_under_the_right_names(tmp_path: Path) -> None:
    apart(lambda: _evening(tmp_path))


def _evening(folder: Path) -> None:
    house = House(folder)
    try:
        with line_to(house.port, Random(1405)) as (line, address), _tablet(address) as page:
            _live_through(house, line, page)
    finally:
        house.stop()


def _live_through(house: House, line: Line, page: Page) -> None:
    home = Home(house.instance)
    home.keep_clear_of_midnight()
    sofies, karens = home.signs("Sofie"), home.signs("Karen")
    shared.enrol(page, home)
    standby.make_ready(page)
    open_board_and_keep_it(page)
    open_day(page, sofies[0])
    may_keep(page)

    # 14:05
    line.is_down = True
    begun = clock.now()
    _tap(page, [*sofies, *sofies[:3]])
    expect(strip(page)).to_contain_text("bliver sendt senere")
    _write_note_with_two_photos(page, sofies[0])
    open_day(page, karens[0])
    expect(page.locator("#shown-from")).to_contain_text("Vist fra kl.")
    _tap(page, karens[:4])
    expect(badge(page)).to_contain_text("14")
    put_down = clock.now()
    standby.lock(page)
    standby.open_as(page, BO)
    page.locator("summary", has_text="Sofie").click()
    _tap(page, [*sofies[1:4], *sofies[1:3]])
    expect(badge(page)).to_contain_text("19")
    assert home.added() == []

    # 19:30
    back = clock.now()
    line.share, line.faults, line.is_down = 1.0, ["portal"], False
    _try_until(page, lambda: line.met["portal"] >= 2)
    assert home.added() == []
    line.faults = ["lose answer"]
    _try_until(page, lambda: bool(home.added()))
    house.kill()
    house.change_release()
    line.share = 0.0
    _try_until(page, lambda: not lies(page) and not lies(page, "pictures"))
    expect(badge(page)).to_be_hidden()
    expect(strip(page)).to_be_hidden()
    expect(page.locator("#net-is-back")).to_be_visible()

    stored = home.added()
    annas = [row for row in stored if row.author.first_name == "Anna"]
    bos = [row for row in stored if row.author.first_name == "Bo"]
    assert (len(annas), len(bos), len(stored)) == (12, 5, 17)
    [noted] = [row for row in stored if row.note]
    assert (noted.note, noted.sign_id, noted in annas) == (NOTE, sofies[0].id, True)
    for rows_of, since, until in ((annas, begun, put_down), (bos, put_down, back)):
        assert all(since - APART <= row.made_at <= until + APART for row in rows_of)
    assert all(row.received_at >= back for row in stored)
    with home.read() as session:
        # By the tablet's own clock, which is the test's, to the millisecond.
        receipts = session.scalars(select(SyncReceipt)).all()
        tapped = {receipt.id: receipt.captured_at for receipt in receipts}
        in_whole_ms = begun.replace(microsecond=begun.microsecond // 1000 * 1000)
        assert all(in_whole_ms <= tapped[row.id] <= put_down for row in annas)
        assert all(put_down <= tapped[row.id] <= back for row in bos)
        pictures = session.scalars(select(Picture)).all()
        assert [one.state for one in pictures] == [PictureState.READY] * 2
        assert {one.entry_id for one in pictures} == {noted.id}
        assert list(breaks(session, {})) == []


@contextmanager
def _tablet(address: str) -> Iterator[Page]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        path = os.environ.get("SMAATEGN_CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path)
        context = browser.new_context(
            base_url=address,
            viewport={"width": 820, "height": 1180},
            has_touch=True,
            locale="da-DK",
            timezone_id="Europe/Copenhagen",
        )
        context.set_default_timeout(PATIENCE)
        yield context.new_page()
        browser.close()


def _tap(page: Page, signs: Sequence[Sign]) -> None:
    """Tap each, and wait until one more lies on the tablet."""
    for sign in signs:
        before = len(lies(page))
        let_the_finger_rest(page)
        button(page, sign).click()
        _wait_until(page, lambda before=before: len(lies(page)) == before + 1)  # type: ignore[misc]


def _write_note_with_two_photos(page: Page, sign: Sign) -> None:
    row = rows(page, sign).first
    row.locator("summary").click()
    form = row.locator("details form")
    form.locator("textarea").fill(NOTE)
    take(form, picture(), picture(name="foto-2.jpg"))
    expect(thumbs(form)).to_have_count(2)
    save(form)
    _wait_until(page, lambda: len(lies(page)) == 8)


def _try_until(page: Page, holds: Callable[[], bool]) -> None:
    """Let the page hear that there seems to be net again, until something holds."""

    def tried() -> bool:
        net_is_back(page)
        return holds()

    _wait_until(page, tried)


def _wait_until(page: Page, holds: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE / 1000
    while not holds():
        assert time.monotonic() < until, "it never was"
        page.evaluate("new Promise(resolve => requestAnimationFrame(resolve))")
