"""What is tapped is stored, once, under the right name: tapped = stored, per author, once."""

import json
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from tests.browser import shared
from tests.browser.conftest import OpenContext, SignedIn
from tests.browser.hands import (
    SEEN,
    button,
    let_the_finger_rest,
    open_day,
    press_log_out,
    sign_in,
    strip,
    tap,
)
from tests.browser.home import Home
from tests.browser.network import intercept, portal
from tests.browser.outbox import (
    NOISE,
    a_moment,
    cut,
    drawer,
    expect_delivered,
    expect_kept,
    lies,
    lose_answers,
    may_keep,
    net_is_back,
    rows,
    unavailable,
)
from tests.browser.outbox import count as badge
from tests.browser.tablets import Tablets
from tests.browser.watch import Watch
from tests.personas import ANNA, BO
from webapp.adapters import clock
from webapp.models import Outcome, Sign, SyncGrant

_IN_A_TENTH = """() => {
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  AbortSignal.timeout = (milliseconds) => timeout(milliseconds / 10);
}"""


@pytest.fixture(autouse=True)
def _cut_lines_are_logged(watch: Watch) -> None:
    watch.expect(*NOISE)


@pytest.fixture
def sofie(day: Page) -> Page:
    """Anna's tablet, open on Sofie's day, with a grant."""
    may_keep(day)
    return day


@pytest.fixture
def kitchen(page: Page, home: Home) -> Page:
    """A shared tablet of Søndermarken, locked."""
    shared.enrol(page, home)
    page.goto("/lock")
    return page


@pytest.fixture
def strange(open_context: OpenContext, tablets: Tablets) -> Page:
    """A tablet Anna is signed in on that nobody uses after this test."""
    context = open_context()
    tablets.sign_in(context, ANNA)
    return context.new_page()


def test_c1_anna_taps_three_and_bo_two_without_net_and_each_is_stored_once_under_the_right_name(
    kitchen: Page, home: Home
) -> None:
    signs = home.signs("Sofie")
    annas, bos = signs[1:4], signs[1:3]
    shared.open_as(kitchen, ANNA)
    open_day(kitchen, annas[0])
    may_keep(kitchen)
    kitchen.context.set_offline(True)
    for sign in annas:
        button(kitchen, sign).click()
        expect_kept(kitchen, sign)
    expect(strip(kitchen)).to_contain_text("bliver sendt senere")
    expect(badge(kitchen)).to_contain_text("3")
    with cut(kitchen, portal):
        kitchen.context.set_offline(False)
        shared.switch(kitchen)
        shared.open_as(kitchen, BO)
        expect(badge(kitchen)).to_contain_text("3")
        open_day(kitchen, bos[0])
        may_keep(kitchen)
        opened = drawer(kitchen)
        expect(opened).to_contain_text("3 fra en kollega venter")
        expect(opened).not_to_contain_text("tandbørsten")
        opened.get_by_role("button", name="Luk").click()
        kitchen.context.set_offline(True)
        for sign in bos:
            button(kitchen, sign).click()
            expect_kept(kitchen, sign)
        expect(badge(kitchen)).to_contain_text("5")
        assert home.added() == []

    kitchen.context.set_offline(False)

    expect_delivered(kitchen)
    stored = sorted((row.author.first_name, str(row.sign_id)) for row in home.added())
    assert stored == sorted(
        [("Anna", str(sign.id)) for sign in annas] + [("Bo", str(sign.id)) for sign in bos]
    )


def test_a1_a_tab_that_is_killed_right_after_the_tap_loses_nothing(
    sofie: Page, sign: Sign, home: Home
) -> None:
    context = sofie.context
    context.set_offline(True)
    button(sofie, sign).click()
    expect_kept(sofie, sign)
    sofie.close()
    context.set_offline(False)

    page = context.new_page()
    page.goto("/")

    may_keep(page)
    expect_delivered(page)
    assert [row.author.first_name for row in home.added()] == ["Anna"]


def test_a_page_read_again_shows_what_waits_in_its_place(
    sofie: Page, sign: Sign, home: Home
) -> None:
    with cut(sofie):
        button(sofie, sign).click()
        expect_kept(sofie, sign)
        expect(rows(sofie, sign)).to_contain_text("Set kl.")

        sofie.reload()

        expect_kept(sofie, sign)
        expect(rows(sofie, sign)).to_contain_text("Set kl.")
        expect(badge(sofie)).to_contain_text("1")
        expect(drawer(sofie)).to_contain_text("tandbørsten")
    sofie.locator("#outbox").get_by_role("button", name="Prøv igen").click()
    expect(sofie.locator("#outbox")).to_contain_text("Alt, hvad der er registreret")
    sofie.locator("#outbox").get_by_role("button", name="Luk").click()
    expect_delivered(sofie)
    expect(button(sofie, sign)).to_have_class(SEEN)
    expect(rows(sofie, sign)).to_have_count(0)
    assert len(home.added()) == 1


def test_b3_a_captive_portal_is_not_delivery(sofie: Page, sign: Sign, home: Home) -> None:
    with cut(sofie, portal):
        button(sofie, sign).click()
        expect_kept(sofie, sign)
        expect(strip(sofie)).to_be_visible()
        expect(badge(sofie)).to_contain_text("1")
        assert len(lies(sofie)) == 1
    net_is_back(sofie)

    expect_delivered(sofie)
    expect(strip(sofie)).to_be_hidden()
    assert len(home.added()) == 1


def test_b4_a_server_being_started_again_keeps_nobody_from_tapping(
    sofie: Page, sign: Sign, next_sign: Sign, home: Home
) -> None:
    with cut(sofie, unavailable):
        for tapped in (sign, next_sign):
            button(sofie, tapped).click()
            expect_kept(sofie, tapped)
    net_is_back(sofie)

    expect_delivered(sofie)
    assert len(home.added()) == 2


def test_b8_b9_a_line_that_hangs_is_given_up_and_tried_again_by_itself(
    sofie: Page, sign: Sign, home: Home
) -> None:
    with cut(sofie):
        button(sofie, sign).click()
        expect_kept(sofie, sign)
        # Ten seconds are a long time in a test.
        sofie.evaluate(_IN_A_TENTH)
        # Nothing comes back, and nothing ends either.
        intercept(sofie, lambda _: None, "**/sync/batch")
    with sofie.expect_request("**/sync/batch"):
        net_is_back(sofie)
    with sofie.expect_request("**/sync/batch"):
        expect(badge(sofie)).to_contain_text("1")
    assert len(lies(sofie)) == 1

    sofie.unroute("**/sync/batch")

    expect_delivered(sofie)
    assert len(home.added()) == 1


def test_who_finds_another_page_at_work_sends_soon_after_it_is_done_or_gone(
    sofie: Page, sign: Sign, home: Home
) -> None:
    # A page that was left in the middle may have the lock a moment longer than it lives.
    hold = "() => { navigator.locks.request('outbox', () => new Promise(end => { over = end; })); }"
    sofie.evaluate("globalThis.over = undefined")
    sofie.evaluate(hold)
    with cut(sofie):
        button(sofie, sign).click()
        expect_kept(sofie, sign)
    net_is_back(sofie)
    a_moment(sofie)
    assert len(lies(sofie)) == 1

    sofie.evaluate("over()")

    # Much sooner than the beat of 30 seconds.
    expect(badge(sofie)).to_be_hidden()
    assert len(home.added()) == 1


def test_b6_an_answer_lost_on_both_ways_is_stored_once(sofie: Page, sign: Sign, home: Home) -> None:
    with cut(sofie, lose_answers):
        button(sofie, sign).click()
        expect_kept(sofie, sign)
        expect(badge(sofie)).to_contain_text("1")
    net_is_back(sofie)

    expect_delivered(sofie)
    assert len(home.added()) == 1
    expect(button(sofie, sign)).to_have_class(SEEN)


def test_b5_a_tap_of_a_session_that_is_over_is_delivered_all_the_same(
    sofie: Page, sign: Sign, home: Home, watch: Watch
) -> None:
    watch.expect("status of 40[01]")
    sofie.context.clear_cookies()

    button(sofie, sign).click()

    expect_delivered(sofie)
    assert [row.author.first_name for row in home.added()] == ["Anna"]


def test_a4_two_tabs_tap_without_net_and_each_tap_is_stored_once_in_a_row_without_holes(
    sofie: Page, sign: Sign, next_sign: Sign, home: Home
) -> None:
    other = sofie.context.new_page()
    open_day(other, sign)
    may_keep(other)
    sofie.context.set_offline(True)
    button(sofie, sign).click()
    button(other, next_sign).click()
    expect_kept(sofie, sign)
    expect_kept(other, next_sign)
    assert sorted(entry["seq"] for entry in lies(sofie)) == [1, 2]

    sofie.context.set_offline(False)

    for page in (sofie, other):
        expect_delivered(page)
    assert {row.sign_id for row in home.added()} == {sign.id, next_sign.id}
    assert len(home.added()) == 2


def test_the_server_takes_what_the_tablet_signs_of_its_numbers(
    sofie: Page, sign: Sign, next_sign: Sign, home: Home
) -> None:
    tap(sofie, sign)
    expect_delivered(sofie)
    with cut(sofie):
        button(sofie, next_sign).click()
        expect_kept(sofie, next_sign)
    net_is_back(sofie)
    expect_delivered(sofie)

    ids = [UUID(grant["id"]) for grant in lies(sofie, "grants") if "key" in grant]
    with home.read() as session:
        told = [session.get_one(SyncGrant, id) for id in ids]
    assert [(grant.next_seq, grant.settled) for grant in told] == [(3, [1, 1])]


def test_a12_a_clock_that_is_a_day_wrong_stores_the_true_time(
    strange: Page, sign: Sign, home: Home
) -> None:
    strange.add_init_script(
        """const Real = Date;
        globalThis.Date = class extends Real {
          constructor(...given) { given.length ? super(...given) : super(Date.now()); }
          static now() { return Real.now() - 24 * 3600 * 1000; }
        };"""
    )
    open_day(strange, sign)
    may_keep(strange)
    strange.context.set_offline(True)
    button(strange, sign).click()
    expect_kept(strange, sign)

    strange.context.set_offline(False)

    expect_delivered(strange)
    [stored] = home.added()
    assert abs(stored.happened_at - clock.now()) < timedelta(minutes=2)


def test_an_undo_without_net_takes_the_waiting_tap_back(
    sofie: Page, sign: Sign, home: Home
) -> None:
    sofie.context.set_offline(True)
    button(sofie, sign).click()
    rows(sofie, sign).get_by_role("button", name="Fortryd").click()
    expect(rows(sofie, sign)).to_contain_text("Taget tilbage")

    sofie.context.set_offline(False)

    expect_delivered(sofie)
    assert home.added() == []
    expect(button(sofie, sign)).not_to_have_class(SEEN)


def test_a_note_without_net_follows_the_waiting_tap(sofie: Page, sign: Sign, home: Home) -> None:
    sofie.context.set_offline(True)
    button(sofie, sign).click()
    row = rows(sofie, sign)
    row.locator("summary").click()
    row.locator("textarea").fill("Hun rakte selv ud efter den.")
    row.get_by_role("button", name="Gem note").click()
    expect(rows(sofie, sign)).to_have_count(2)

    sofie.context.set_offline(False)

    expect_delivered(sofie)
    assert [stored.note for stored in home.added()] == ["", "Hun rakte selv ud efter den."]


def test_two_taps_on_a_sign_without_net_are_two(sofie: Page, sign: Sign, home: Home) -> None:
    sofie.context.set_offline(True)
    button(sofie, sign).dblclick()
    expect_kept(sofie, sign)
    expect(rows(sofie, sign)).to_have_count(1)
    let_the_finger_rest(sofie)
    button(sofie, sign).click()
    expect(rows(sofie, sign)).to_have_count(2)

    sofie.context.set_offline(False)

    expect_delivered(sofie)
    assert len({stored.id for stored in home.added()}) == 2


def test_c2_logging_off_drops_what_can_be_read_and_keeps_what_is_sealed(
    page: Page, sign: Sign, home: Home
) -> None:
    page.goto("/login")
    sign_in(page, ANNA)
    expect(page.locator(".who")).to_be_visible()
    open_day(page, sign)
    may_keep(page)
    with cut(page):
        button(page, sign).click()
        expect_kept(page, sign)
        press_log_out(page)
        expect(page.locator("input[name=email]")).to_be_visible()
        [entry] = lies(page)
        assert "own" not in entry
        assert "tandbørsten" not in json.dumps(entry, ensure_ascii=False)
        assert [grant for grant in lies(page, "grants") if "key" in grant] == []

    page.reload()

    expect(page.locator("input[name=email]")).to_be_visible()
    expect_delivered(page)
    assert [row.author.first_name for row in home.added()] == ["Anna"]


def test_a5_a_tablet_that_can_keep_nothing_says_so_and_works_while_there_is_net(
    strange: Page, sign: Sign, home: Home
) -> None:
    strange.add_init_script(
        "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); }"
    )
    open_day(strange, sign)

    expect(strange.locator("#outbox-broken")).to_be_visible()
    tap(strange, sign)
    assert len(home.added()) == 1


@pytest.mark.parametrize("persisted", [True, False])
def test_a8_udbakke_says_so_while_the_browser_may_delete_what_waits(
    sofie: Page, sign: Sign, persisted: bool
) -> None:
    sofie.evaluate("told => { navigator.storage.persisted = async () => told; }", persisted)
    with cut(sofie):
        button(sofie, sign).click()
        expect_kept(sofie, sign)

        told = drawer(sofie).get_by_text("Browseren må slette, hvad der venter.")

        expect(told).to_be_visible(visible=not persisted)


def test_what_cannot_be_sent_at_all_leaves_as_a_sealed_file(
    sofie: Page, sign: Sign, tmp_path: Path
) -> None:
    with cut(sofie):
        button(sofie, sign).click()
        expect_kept(sofie, sign)
        opened = drawer(sofie)
        opened.locator("summary").click()

        with sofie.expect_download() as download:
            opened.get_by_role("button", name="Gem som fil").click()

        file = tmp_path / "udbakke.json"
        download.value.save_as(file)
        kept = json.loads(file.read_text())
        assert (kept["protocol"], len(kept["entries"]), len(kept["grants"])) == (1, 1, 1)
        assert "tandb" not in file.read_text()
        assert len(lies(sofie)) == 1, "it stays"


def test_a_tap_that_got_through_leaves_nothing_waiting(
    sofie: Page, sign: Sign, home: Home, signed_in: SignedIn
) -> None:
    tap(sofie, sign)

    expect(rows(sofie, sign)).to_have_count(0)
    expect_delivered(sofie)
    [receipt] = [row for row in lies(sofie, "receipts") if row["id"] == str(home.added()[0].id)]
    assert receipt["delivered"]
    assert home.added()[0].outcome is Outcome.SEEN
