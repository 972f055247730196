"""A shaking finger logs once; two signs at once are two."""

from playwright.sync_api import Page, expect

from tests.browser.hands import SEEN, button, form, let_the_finger_rest, tap
from tests.browser.home import Home
from tests.browser.network import TIMEOUT, server_that_hangs
from tests.browser.outbox import (
    expect_delivered,
    expect_kept,
    fill_disk,
    lies,
    may_keep,
    rows,
)
from tests.browser.watch import Watch
from webapp.models import Outcome, Sign


def test_a_double_tap_is_stored_once(day: Page, sign: Sign, home: Home) -> None:
    button(day, sign).dblclick()

    expect(button(day, sign)).to_have_class(SEEN)
    assert len(home.added()) == 1
    expect(button(day, sign)).not_to_contain_text("gange i dag")


def test_a_second_tap_right_after_the_answer_is_the_same_tap(
    day: Page, sign: Sign, home: Home, watch: Watch
) -> None:
    may_keep(day)
    day.evaluate(
        """(id) => addEventListener("htmx:finally:request", () => {
          document.getElementById(id).click();
          document.body.dataset.again = "tapped";
        }, { once: true })""",
        f"sign-{sign.id}-button",
    )

    tap(day, sign)

    expect(day.locator("body[data-again=tapped]")).to_be_attached()
    let_the_finger_rest(day)
    expect(button(day, sign)).not_to_contain_text("gange i dag")
    assert len(home.added()) == 1
    assert sum(asked.startswith("POST /signs/") for asked in watch.requests) == 1


def test_a_tap_after_a_rest_is_another_observation(day: Page, sign: Sign, home: Home) -> None:
    tap(day, sign)
    let_the_finger_rest(day)

    button(day, sign).click()

    expect(button(day, sign)).to_contain_text("2 gange i dag")
    first, second = home.added()
    assert first.id != second.id


def test_every_tap_is_stored_although_the_server_takes_its_time_to_answer_the_first(
    day: Page, sign: Sign, home: Home, watch: Watch
) -> None:
    watch.expect(TIMEOUT)
    may_keep(day)
    with server_that_hangs(day):
        for _ in range(3):
            _tap_and_rest(day, sign)
        assert len(lies(day)) == 3

    expect(button(day, sign)).to_contain_text("3 gange i dag")
    assert len({stored.id for stored in home.added()}) == 3
    expect_delivered(day)


def test_a_double_tap_is_one_also_while_the_server_takes_its_time(
    day: Page, sign: Sign, home: Home, watch: Watch
) -> None:
    watch.expect(TIMEOUT)
    may_keep(day)
    with server_that_hangs(day):
        button(day, sign).dblclick()
        expect_kept(day, sign)
        button(day, sign).click()
        assert len(lies(day)) == 1

    expect(button(day, sign)).to_have_class(SEEN)
    assert len(home.added()) == 1


def test_a_tap_that_finds_no_room_behind_one_that_is_under_way_says_so_until_it_is_kept(
    day: Page, sign: Sign, home: Home, watch: Watch
) -> None:
    watch.expect(TIMEOUT)
    may_keep(day)
    with server_that_hangs(day):
        _tap_and_rest(day, sign)
        fill_disk(day)
        button(day, sign).click()
        expect(form(day, sign).locator(".unsent-words")).to_be_visible()

    expect(button(day, sign)).to_have_class(SEEN)
    expect(form(day, sign).locator(".unsent-words")).to_be_visible()
    day.evaluate("makeRoom()")
    let_the_finger_rest(day)
    button(day, sign).click()
    expect(button(day, sign)).to_contain_text("2 gange i dag")
    assert len(home.added()) == 2


def test_words_in_a_waiting_row_outlive_the_answer_to_the_tap_before(
    day: Page, sign: Sign, watch: Watch
) -> None:
    watch.expect(TIMEOUT)
    may_keep(day)
    with server_that_hangs(day):
        for _ in range(2):
            _tap_and_rest(day, sign)
        rows(day, sign).locator("summary").click()
        rows(day, sign).locator("textarea").fill("Hun rakte selv ud efter den.")

    expect(button(day, sign)).to_have_class(SEEN)
    expect(rows(day, sign).locator("textarea").first).to_have_value("Hun rakte selv ud efter den.")


def test_two_signs_tapped_at_the_same_moment_are_both_stored_and_both_ticked(
    day: Page, sign: Sign, next_sign: Sign, home: Home
) -> None:
    day.evaluate(
        "ids => ids.forEach((id) => document.getElementById(id).click())",
        [f"sign-{tapped.id}-button" for tapped in (sign, next_sign)],
    )

    for tapped in (sign, next_sign):
        expect(button(day, tapped)).to_have_class(SEEN)
    assert {stored.sign_id for stored in home.added()} == {sign.id, next_sign.id}
    assert len(home.added()) == 2


def test_two_answers_for_the_whole_goal_at_once_are_both_kept(
    day: Page, sign: Sign, home: Home
) -> None:
    day.evaluate(
        "ids => ids.forEach((id) => document.getElementById(id).click())",
        [f"{said}-{sign.goal_id}-button" for said in ("not_seen", "no_opportunity")],
    )

    expect(day.locator("#status")).to_contain_text("Sendt")
    expect(day.locator(".whole-form.htmx-request")).to_have_count(0)
    stored = {row.outcome for row in home.added()}
    assert stored == {Outcome.NOT_SEEN, Outcome.NO_OPPORTUNITY}


def test_a_tap_on_a_sign_beside_a_note_being_written_does_not_lose_the_words(
    day: Page, sign: Sign, next_sign: Sign
) -> None:
    tap(day, sign)
    day.locator(f"#after-{sign.id}-note > summary").click()
    words = day.locator(f"#after-{sign.id}-words")
    words.fill("Hun rakte ud efter børsten, og så")

    tap(day, next_sign)

    expect(words).to_be_visible()
    expect(words).to_have_value("Hun rakte ud efter børsten, og så")


def _tap_and_rest(day: Page, sign: Sign) -> None:
    """Tap a sign, see that the tap lies on the tablet, and lift the finger."""
    button(day, sign).click()
    expect_kept(day, sign)
    let_the_finger_rest(day)
