"""Every measure is logged with its own one tap; a stopwatch survives whatever a tablet does."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenContext
from tests.browser.hands import (
    box,
    button,
    card,
    choose,
    less,
    let_the_finger_rest,
    level,
    messages,
    open_day,
    partly,
    row,
    sign_in,
    stopwatch,
    told,
    total,
    undo,
    write_note,
)
from tests.browser.home import Home
from tests.browser.network import TIMEOUT, server_that_hangs
from tests.browser.outbox import expect_kept, lies, may_keep, rows
from tests.browser.watch import Watch
from tests.personas import ANNA
from webapp.models import Measure, Outcome, Sign, SupportLevel

Signs = dict[Measure, Sign]


@pytest.fixture
def signs(home: Home) -> Signs:
    """A sign of every measure: Asta's."""
    return home.let_be_measured()


@pytest.fixture
def asta(anna: Page, signs: Signs) -> Page:
    """Anna's tablet, open on Asta's day."""
    open_day(anna, signs[Measure.COUNT])
    return anna


def kept(page: Page) -> list[str]:
    """Return what the tablet keeps of stopwatches."""
    keys = "Object.keys(localStorage).filter((key) => key.startsWith('stopwatch:'))"
    found: list[str] = page.evaluate(keys)
    return found


def start(page: Page, sign: Sign) -> None:
    """Start the stopwatch, and let it show a second."""
    button(page, sign).click()
    expect(stopwatch(page, sign)).to_have_attribute("data-run", "running")
    expect(stopwatch(page, sign).locator("[data-time]")).not_to_have_text("00:00")


def test_help_is_one_tap_and_is_not_asked_for_twice(asta: Page, signs: Signs, home: Home) -> None:
    sign = signs[Measure.SUPPORT]

    choose(asta, sign, SupportLevel.GESTURE.value)

    expect(told(asta, sign)).to_contain_text(re.compile(r"Pegede kl\. \d\d\.\d\d · Anna"))
    expect(level(asta, sign, SupportLevel.GESTURE)).to_have_count(0)
    partly(asta, sign).click()
    expect(told(asta, sign)).to_contain_text("Delvist · Pegede kl.")
    tapped, corrected = home.added()
    assert (tapped.outcome, tapped.support_level) == (Outcome.SEEN, SupportLevel.GESTURE)
    assert (corrected.outcome, corrected.support_level) == (Outcome.PARTLY, SupportLevel.GESTURE)


def test_plus_counts_one_more_and_minus_takes_the_last_one_back(
    asta: Page, signs: Signs, home: Home
) -> None:
    sign = signs[Measure.COUNT]
    expect(less(asta, sign)).to_be_disabled()

    for times in ("1", "2", "3"):
        button(asta, sign).click()
        expect(total(asta, sign)).to_have_text(times)
        let_the_finger_rest(asta)
    less(asta, sign).click()

    expect(total(asta, sign)).to_have_text("2")
    assert [seen.value for seen in home.added()] == [1, 1]
    assert len(home.withdrawn()) == 1
    asta.reload()
    expect(total(asta, sign)).to_have_text("2")


def test_a_double_tap_on_plus_counts_once(asta: Page, signs: Signs, home: Home) -> None:
    button(asta, signs[Measure.COUNT]).dblclick()

    expect(total(asta, signs[Measure.COUNT])).to_have_text("1")
    let_the_finger_rest(asta)
    assert len(home.added()) == 1


def test_quick_counting_counts_every_tap_also_while_the_server_takes_its_time(
    asta: Page, signs: Signs, home: Home, watch: Watch
) -> None:
    watch.expect(TIMEOUT)
    sign = signs[Measure.COUNT]
    may_keep(asta)
    with server_that_hangs(asta):
        for times in range(9):
            button(asta, sign).click()
            # The page's own is told on its button, the others in rows.
            expect(rows(asta, sign)).to_have_count(times)
            let_the_finger_rest(asta, 260)
        assert len(lies(asta)) == 9

    expect(total(asta, sign)).to_have_text("9")
    assert len(home.added()) == 9


def test_after_the_seconds_minus_asks_why(asta: Page, signs: Signs, home: Home) -> None:
    button(asta, signs[Measure.COUNT]).click()
    expect(total(asta, signs[Measure.COUNT])).to_have_text("1")
    home.let_pass(timedelta(seconds=20))

    less(asta, signs[Measure.COUNT]).click()

    expect(asta.locator("main .notice")).to_contain_text("Der er gået mere end 10 sekunder.")


def test_the_stopwatch_runs_on_over_a_reload_and_is_stored_once_it_is_stopped(
    asta: Page, signs: Signs, home: Home
) -> None:
    sign = signs[Measure.DURATION]
    start(asta, sign)
    asta.evaluate(
        "key => localStorage.setItem(key, JSON.stringify({ startedAt: Date.now() - 754_000 }))",
        f"stopwatch:{sign.id}",
    )
    assert home.added() == []

    asta.reload()
    expect(stopwatch(asta, sign).locator("[data-time]")).to_contain_text("12:3")
    assert kept(asta) == [f"stopwatch:{sign.id}"]
    button(asta, sign).click()

    expect(told(asta, sign)).to_contain_text(re.compile(r"12 min\. 3\d sek\. kl\. .* · Anna"))
    expect(stopwatch(asta, sign)).to_have_attribute("data-run", "idle")
    [stored] = home.added()
    assert stored.value in range(754, 800)
    assert kept(asta) == []


def test_a_stopped_run_that_lies_on_the_tablet_is_over_although_the_server_takes_its_time(
    asta: Page, signs: Signs, home: Home, watch: Watch
) -> None:
    watch.expect(TIMEOUT)
    sign = signs[Measure.DURATION]
    may_keep(asta)
    start(asta, sign)
    with server_that_hangs(asta):
        button(asta, sign).click()
        expect_kept(asta, sign)
        expect(stopwatch(asta, sign)).to_have_attribute("data-run", "idle")
        let_the_finger_rest(asta)

        button(asta, sign).click()

        expect(stopwatch(asta, sign)).to_have_attribute("data-run", "running")
        assert len(lies(asta)) == 1

    expect(told(asta, sign)).to_contain_text("· Anna")
    expect(stopwatch(asta, sign)).to_have_attribute("data-run", "running")
    assert len(home.added()) == 1


def test_a_running_stopwatch_runs_on_when_its_card_is_drawn_again(
    asta: Page, signs: Signs, home: Home
) -> None:
    start(asta, signs[Measure.DURATION])

    choose(asta, signs[Measure.SCALE], 3)

    expect(stopwatch(asta, signs[Measure.DURATION])).to_have_attribute("data-run", "running")
    expect(stopwatch(asta, signs[Measure.DURATION])).to_contain_text("Stop og gem")


def test_a_double_tap_on_start_does_not_stop_it(asta: Page, signs: Signs, home: Home) -> None:
    button(asta, signs[Measure.DURATION]).dblclick()

    expect(stopwatch(asta, signs[Measure.DURATION])).to_have_attribute("data-run", "running")
    assert home.added() == []


def test_a_stopwatch_started_by_mistake_is_reset_and_nothing_is_stored(
    asta: Page, signs: Signs, home: Home
) -> None:
    sign = signs[Measure.DURATION]
    start(asta, sign)

    stopwatch(asta, sign).get_by_role("button", name="Nulstil").click()

    expect(stopwatch(asta, sign)).to_have_attribute("data-run", "idle")
    expect(button(asta, sign)).to_be_focused()
    assert (kept(asta), home.added()) == ([], [])


def test_a_stopwatch_everyone_forgot_is_dropped(asta: Page, signs: Signs) -> None:
    sign = signs[Measure.DURATION]
    asta.evaluate(
        "key => localStorage.setItem(key, JSON.stringify({ startedAt: Date.now() - 43_201_000 }))",
        f"stopwatch:{sign.id}",
    )

    asta.reload()

    expect(stopwatch(asta, sign)).to_have_attribute("data-run", "idle")
    assert kept(asta) == []


def test_a_time_that_could_not_be_sent_is_kept_and_sent_the_same_later(
    asta: Page, signs: Signs, home: Home, watch: Watch
) -> None:
    watch.expect("ERR_INTERNET_DISCONNECTED", "Failed to fetch")
    sign = signs[Measure.DURATION]
    may_keep(asta)
    start(asta, sign)
    let_the_finger_rest(asta)
    asta.context.set_offline(True)

    button(asta, sign).click()

    expect_kept(asta, sign)
    stopped = rows(asta, sign).locator("[data-fill=said]").inner_text()
    expect(stopwatch(asta, sign)).to_have_attribute("data-run", "idle")
    asta.context.set_offline(False)
    expect(told(asta, sign)).to_be_visible()
    [stored] = home.added()
    assert f"00:{stored.value:02}" == stopped
    assert kept(asta) == []


def test_minutes_can_be_typed_instead_and_what_is_no_number_is_told(
    asta: Page, signs: Signs, home: Home, watch: Watch
) -> None:
    watch.expect("status of 422")
    sign = signs[Measure.DURATION]
    minutes = asta.get_by_label("Eller skriv minutter")
    minutes.fill("lidt")
    minutes.press("Enter")
    expect(messages(asta).locator(".problem")).to_be_visible()
    expect(minutes).to_have_value("lidt")

    minutes.fill("25")
    let_the_finger_rest(asta)
    minutes.press("Enter")

    expect(told(asta, sign)).to_contain_text("25 min. kl.")
    expect(minutes).to_have_value("")
    assert [seen.value for seen in home.added()] == [1500]


@pytest.mark.parametrize(
    ("measure", "name", "value", "words"),
    [
        (Measure.SCALE, "4 af 5", 4, "4 af 5 kl."),
        (Measure.SMILEY, "Godt", 4, "Godt kl."),
        (Measure.GAS, "−1 Går med til døren", -1, "−1 kl."),
    ],
)
def test_one_of_five_is_one_tap_and_has_a_name_for_those_who_listen(
    asta: Page, signs: Signs, home: Home, measure: Measure, name: str, value: int, words: str
) -> None:
    block = asta.locator(f"#sign-{signs[measure].id}")

    block.get_by_role("button", name=name, exact=True).click()

    expect(told(asta, signs[measure])).to_contain_text(words)
    expect(block.get_by_role("button", name="valgt sidst")).to_have_count(1)
    [stored] = home.added()
    assert (stored.sign_id, stored.value, stored.outcome) == (signs[measure].id, value, "seen")


def test_steps_are_ticked_and_saved_once_and_ticks_survive_another_tap(
    asta: Page, signs: Signs, home: Home
) -> None:
    sign = signs[Measure.STEPS]
    for step in (1, 2, 4):
        box(asta, sign, step).check()
    choose(asta, signs[Measure.SCALE], 3)
    expect(box(asta, sign, 4)).to_be_checked()

    button(asta, sign).click()

    expect(told(asta, sign)).to_contain_text("3 af 5 trin selv kl.")
    stored = home.added()[-1]
    assert (stored.value, stored.steps_alone) == (3, [1, 2, 4])
    again = asta.locator(f"#sign-{sign.id} .checklist > summary")
    again.click()
    expect(asta.locator(f"#sign-{sign.id} input:checked")).to_have_count(0)
    box(asta, sign, 5).check()
    choose(asta, signs[Measure.SCALE], 5)
    expect(box(asta, sign, 5)).to_be_visible()
    expect(box(asta, sign, 5)).to_be_checked()


def test_the_optional_row_works_on_what_is_measured(asta: Page, signs: Signs, home: Home) -> None:
    sign = signs[Measure.SMILEY]
    choose(asta, sign, 5)

    level(asta, sign, SupportLevel.VERBAL).click()
    expect(level(asta, sign, SupportLevel.VERBAL)).to_have_attribute("aria-pressed", "true")
    write_note(asta, sign, "Grinede og pegede selv.")
    expect(row(asta, sign).locator(".note")).to_contain_text("Grinede")

    newest = home.added()[-1]
    assert (newest.value, newest.support_level) == (5, SupportLevel.VERBAL)
    undo(asta, sign).click()
    expect(told(asta, sign)).to_have_count(0)
    assert home.added() == []


def test_everything_is_done_with_the_keyboard_alone(asta: Page, signs: Signs, home: Home) -> None:
    for measure, key in (
        (Measure.SUPPORT, "verbal"), (Measure.SCALE, "2"), (Measure.SMILEY, "1"),
        (Measure.GAS, "2"), (Measure.COUNT, "button"),
    ):  # fmt: skip
        control = asta.locator(f"#sign-{signs[measure].id}-{key}")
        control.focus()
        asta.keyboard.press("Enter")
        expect(told(asta, signs[measure])).to_be_visible()
        expect(control).to_be_focused()
    box(asta, signs[Measure.STEPS], 1).focus()
    asta.keyboard.press("Space")
    button(asta, signs[Measure.STEPS]).focus()
    asta.keyboard.press("Enter")
    expect(told(asta, signs[Measure.STEPS])).to_contain_text("1 af 5")
    assert len(home.added()) == 6


def test_the_long_form_asks_for_what_the_chosen_sign_is_measured_by(
    asta: Page, signs: Signs, home: Home
) -> None:
    sign = signs[Measure.COUNT]
    card(asta, sign.goal).locator(".other-time a").click()
    times = asta.get_by_label("Hvor mange gange?")
    expect(times).to_be_hidden()

    asta.get_by_role("radio", name=sign.text).check()
    times.fill("4")
    asta.locator("input[name=outcome][value=seen]").check()
    asta.locator("main form .btn.wide").click()

    expect(total(asta, sign)).to_have_text("4")
    assert [seen.value for seen in home.added()] == [4]


def test_an_intervention_is_carried_out_with_one_tap_and_taken_back(
    asta: Page, signs: Signs, home: Home
) -> None:
    running, paused = home.interventions(signs[Measure.COUNT].goal)
    expect(asta.locator(f"#intervention-{paused.id}")).to_contain_text("På pause")
    expect(asta.locator(f"#do-{paused.id}-button")).to_have_count(0)

    asta.locator(f"#do-{running.id}-button").dblclick()

    expect(asta.locator(f"#done-{running.id}")).to_contain_text(
        re.compile(r"Udført kl\. \d\d\.\d\d · Anna")
    )
    assert [done.intervention_id for done in home.done()] == [running.id]
    asta.locator(f"#undo-{running.id}-button").click()
    expect(asta.locator(f"#done-{running.id}")).to_have_count(0)
    assert home.done() == []
    assert len(home.withdrawn()) == 1


def test_every_measure_works_without_javascript(
    open_context: OpenContext, signs: Signs, home: Home, watch: Watch
) -> None:
    page = open_context(java_script_enabled=False).new_page()
    page.goto(f"/citizens/{signs[Measure.COUNT].goal.plan.citizen_id}")
    sign_in(page, ANNA)
    expect(stopwatch(page, signs[Measure.DURATION])).to_be_hidden()

    for measure, value in (
        (Measure.SUPPORT, "verbal"), (Measure.SCALE, "2"), (Measure.SMILEY, "1"),
        (Measure.GAS, "2"), (Measure.COUNT, "button"),
    ):  # fmt: skip
        page.locator(f"#sign-{signs[measure].id}-{value}").click()
        expect(told(page, signs[measure])).to_be_visible()
    page.get_by_label("Eller skriv minutter").fill("5")
    page.locator(f"#typed-{signs[Measure.DURATION].id}-button").click()
    expect(told(page, signs[Measure.DURATION])).to_contain_text("5 min.")
    box(page, signs[Measure.STEPS], 3).check()
    button(page, signs[Measure.STEPS]).click()
    expect(told(page, signs[Measure.STEPS])).to_contain_text("1 af 5 trin selv")
    page.get_by_role("button", name="Udført").click()
    expect(page.locator(".intervention .done")).to_be_visible()

    assert len(home.added()) == 7
    assert len(home.done()) == 1
    watch.expect("status of 422")
    page.get_by_label("Eller skriv minutter").fill("mange")
    page.locator(f"#typed-{signs[Measure.DURATION].id}-button").click()
    expect(page.get_by_label("Minutter")).to_have_value("mange")
    assert len(home.added()) == 7
