"""What staff note while a citizen follows an instruction: stored once, with or without network."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import shared
from tests.browser.home import Home
from tests.browser.instructions import done, hold_rail, hold_way_out, mark, measured_for, shown
from tests.browser.outbox import expect_all_sent, expect_delivered, lies, may_keep, net_is_back
from tests.browser.watch import Watch
from tests.personas import ANNA, BO
from webapp.models import Intervention, Sign, SupportLevel

SENTENCES = ("Hent kluden", "Tør bordet af", "Vrid kluden")


@pytest.fixture
def table(home: Home) -> tuple[Intervention, Sign]:
    """How Sofie wipes the table, and the sign that is measured by it."""
    return measured_for(home, "Sofie", *SENTENCES)


@pytest.fixture
def tablet(page: Page, home: Home, table: tuple[Intervention, Sign]) -> Page:
    """A shared tablet on which Bo shows Sofie the instruction, locked behind it."""
    shared.enrol(page, home)
    page.goto("/lock")
    shared.open_as(page, BO)
    page.get_by_role("link", name="Sofie").click()
    page.locator(f"#intervention-{table[0].id} .show-citizen").click()
    expect(page.locator("body.citizen-mode[data-locked]")).to_be_visible()
    return page


def follow(page: Page, *marks: tuple[str, str]) -> None:
    """Do each step, and say how it went."""
    for how, level in marks:
        mark(page, how, level)
        done(page).click()
    expect(shown(page)).to_have_text("Færdig")


def save(page: Page) -> None:
    """Press Gem, and wait until it lies on the tablet."""
    page.locator("[data-save]").click()
    expect(page.locator("[data-told=kept]")).to_be_visible()


def test_what_bo_marks_becomes_one_observation_and_one_carried_out(
    tablet: Page, table: tuple[Intervention, Sign], home: Home
) -> None:
    intervention, sign = table
    hold_rail(tablet)

    follow(tablet, ("Selv", ""), ("Med hjælp", "Pegede"), ("Selv", ""))
    expect(tablet.locator(".rail-count")).to_have_text("2 af 3 selvstændigt")
    save(tablet)
    expect_all_sent(tablet)

    [observation] = home.added()
    assert (observation.sign_id, observation.author.first_name) == (sign.id, "Bo")
    assert (observation.value, observation.steps_alone) == (2, [1, 3])
    assert observation.support_level is SupportLevel.GESTURE
    assert observation.note == "Trin 2: med hjælp (Pegede)."
    [carried_out] = home.done()
    assert (carried_out.intervention_id, carried_out.author.first_name) == (intervention.id, "Bo")


def test_it_was_shown_when_a_step_was_passed_and_once_although_it_is_read_again(
    anna: Page, table: tuple[Intervention, Sign], home: Home
) -> None:
    address = f"/interventions/{table[0].id}/show"
    anna.goto(address)
    may_keep(anna)
    anna.goto(address)
    may_keep(anna)

    done(anna).click()
    expect_all_sent(anna)
    anna.reload()
    may_keep(anna)
    done(anna).click()
    done(anna).click()
    expect(shown(anna)).to_have_text("Færdig")

    assert lies(anna) == []
    assert [each.author.first_name for each in home.showings()] == ["Anna"]


def test_without_network_it_is_kept_and_delivered_once(
    tablet: Page, home: Home, watch: Watch
) -> None:
    watch.expect("ERR_INTERNET_DISCONNECTED", "Failed to fetch")
    hold_rail(tablet)
    tablet.context.set_offline(True)
    follow(tablet, ("Selv", ""), ("Ikke", ""), ("Selv", ""))

    save(tablet)
    # That it was shown, how it went, and that it was carried out.
    assert len(lies(tablet)) == 3
    assert home.added() == []
    tablet.context.set_offline(False)
    net_is_back(tablet)

    expect_all_sent(tablet)
    [observation] = home.added()
    assert (observation.steps_alone, observation.note) == ([1, 3], "Trin 2: ikke.")
    assert observation.support_level is None
    assert len(home.done()) == 1


def test_whoever_leaves_without_saving_loses_nothing_of_what_was_marked(
    tablet: Page, home: Home
) -> None:
    hold_rail(tablet)
    mark(tablet, "Selv")

    # It is told once what is not noted.
    hold_way_out(tablet)
    expect(tablet.locator("[data-told=missing]")).to_be_visible()
    tablet.mouse.up()
    assert home.added() == []
    hold_way_out(tablet)
    expect(tablet.locator("#lock .faces")).to_be_visible()
    tablet.mouse.up()
    shared.face(tablet, ANNA)
    shared.type_pin(tablet)
    expect(tablet.locator(".who")).to_be_visible()
    expect_delivered(tablet)

    [observation] = home.added()
    assert (observation.author.first_name, observation.steps_alone) == ("Bo", [1])
    assert observation.note == "Trin 2: ikke noteret. Trin 3: ikke noteret."
    # Nobody said that she came to the end.
    assert home.done() == []


def test_saved_twice_in_a_row_is_twice_only_when_it_was_marked_twice(
    tablet: Page, home: Home
) -> None:
    hold_rail(tablet)
    follow(tablet, ("Selv", ""), ("Selv", ""), ("Selv", ""))
    tablet.locator("[data-save]").dblclick()
    expect(tablet.locator("[data-told=kept]")).to_be_visible()

    hold_way_out(tablet)
    expect(tablet.locator("#lock .faces")).to_be_visible()
    expect_all_sent(tablet)

    assert [each.support_level for each in home.added()] == [SupportLevel.INDEPENDENT]
    assert len(home.done()) == 1


def test_where_only_half_of_it_was_kept_the_other_half_is_sent_with_the_next_try(
    anna: Page, table: tuple[Intervention, Sign], home: Home
) -> None:
    anna.goto(f"/interventions/{table[0].id}/show")
    expect(anna.locator("body[data-keeps]")).to_be_attached()
    hold_rail(anna)
    follow(anna, ("Selv", ""), ("Selv", ""), ("Selv", ""))
    anna.evaluate(
        """() => {
          const sign = crypto.subtle.sign.bind(crypto.subtle);
          let left = 1;
          crypto.subtle.sign = async (...given) => {
            if (left-- !== 1) throw new Error();
            return sign(...given);
          };
          globalThis.mend = () => { crypto.subtle.sign = sign; };
        }"""
    )
    anna.locator("[data-save]").click()
    expect(anna.locator("[data-told=lost]")).to_be_visible()

    anna.evaluate("mend()")
    save(anna)

    expect_all_sent(anna)
    assert len(home.added()) == 1
    assert len(home.done()) == 1


def test_what_is_noted_is_not_noted_again_until_somebody_marks_anew(
    anna: Page, table: tuple[Intervention, Sign]
) -> None:
    anna.goto(f"/interventions/{table[0].id}/show")
    expect(anna.locator("body[data-keeps]")).to_be_attached()
    hold_rail(anna)
    follow(anna, ("Selv", ""), ("Selv", ""), ("Selv", ""))
    save(anna)
    expect(anna.locator("[data-save]")).to_be_disabled()

    anna.locator("[data-back]").click()
    mark(anna, "Ikke")
    done(anna).click()

    expect(anna.locator("[data-save]")).to_be_enabled()


def test_a_mark_that_comes_too_late_is_still_the_mark_of_the_step_that_was(
    tablet: Page, home: Home
) -> None:
    hold_rail(tablet)
    mark(tablet, "Med hjælp")
    expect(tablet.locator(".mark-levels:visible")).to_have_count(1)
    # Sofie goes on before Bo has said which help it was, and before he has marked the next.
    done(tablet).click()
    tablet.locator(".mark.now").get_by_text("Pegede", exact=True).click()
    done(tablet).click()
    expect(shown(tablet)).to_have_text(SENTENCES[2])
    expect(tablet.locator(".mark.now")).to_contain_text(SENTENCES[1])
    mark(tablet, "Selv")
    expect(tablet.locator(".mark.now")).to_contain_text(SENTENCES[2])
    # He corrects himself, and comes back by himself.
    tablet.get_by_role("button", name="Trinet før").click()
    mark(tablet, "Ikke")
    mark(tablet, "Selv")
    done(tablet).click()
    save(tablet)
    expect_all_sent(tablet)

    [observation] = home.added()
    assert observation.steps_alone == [3]
    assert observation.note == "Trin 1: med hjælp (Pegede). Trin 2: ikke."


def test_what_was_noted_stays_in_sight_and_is_not_noted_again_by_a_step_back_or_a_reload(
    anna: Page, table: tuple[Intervention, Sign], home: Home
) -> None:
    anna.goto(f"/interventions/{table[0].id}/show")
    expect(anna.locator("body[data-keeps]")).to_be_attached()
    hold_rail(anna)
    follow(anna, ("Selv", ""), ("Ikke", ""), ("Selv", ""))
    save(anna)
    expect(anna.locator(".rail-count")).to_contain_text("2 af 3 selvstændigt")

    anna.locator("[data-back]").click()
    done(anna).click()
    expect(anna.locator("[data-save]")).to_be_disabled()
    expect_all_sent(anna)
    anna.reload()

    expect(shown(anna)).to_have_text("Færdig")
    expect(anna.locator("[data-save]")).to_be_disabled()
    assert (len(home.added()), len(home.done())) == (1, 1)


def test_what_is_saved_in_the_middle_does_not_say_that_it_was_carried_out(
    tablet: Page, home: Home
) -> None:
    hold_rail(tablet)
    mark(tablet, "Selv")
    hold_way_out(tablet)
    expect(tablet.locator("[data-told=missing]")).to_be_visible()
    tablet.mouse.up()

    save(tablet)
    expect_all_sent(tablet)

    assert [each.steps_alone for each in home.added()] == [[1]]
    assert home.done() == []
    # Sofie goes on to the end, and there it can be said.
    tablet.get_by_role("button", name="Skjul").click()
    for _ in SENTENCES:
        done(tablet).click()
    hold_rail(tablet)
    save(tablet)
    expect_all_sent(tablet)
    assert len(home.added()) == len(home.done()) == 1


def test_whoever_leaves_at_the_end_is_asked_once_whether_it_was_carried_out(
    anna: Page, table: tuple[Intervention, Sign], home: Home
) -> None:
    anna.goto(f"/interventions/{table[0].id}/show")
    expect(anna.locator("body[data-keeps]")).to_be_attached()
    for _ in SENTENCES:
        done(anna).click()
    expect(shown(anna)).to_have_text("Færdig")

    hold_way_out(anna)
    expect(anna.locator("[data-told=undone]")).to_be_visible()
    anna.mouse.up()
    save(anna)
    hold_way_out(anna)

    expect(anna.locator(f"#intervention-{table[0].id}")).to_be_visible()
    anna.mouse.up()
    expect_delivered(anna)
    assert (len(home.added()), len(home.done())) == (0, 1)


def test_nothing_sofie_looks_at_moves_while_somebody_marks(tablet: Page) -> None:
    hold_rail(tablet)
    before = shown(tablet).bounding_box()
    mark(tablet, "Med hjælp")
    expect(tablet.locator(".mark-levels:visible")).to_have_count(1)

    assert shown(tablet).bounding_box() == before


def test_a_short_touch_opens_nothing_and_every_step_can_be_looked_over_at_the_end(
    tablet: Page,
) -> None:
    tablet.locator("[data-open-rail]").click()
    expect(tablet.locator("#rail")).to_be_hidden()
    hold_rail(tablet)
    follow(tablet, ("Selv", ""), ("Selv", ""), ("Ikke", ""))

    tablet.get_by_role("button", name="Se alle trin").click()
    last = tablet.locator(".mark").nth(2)
    expect(last).to_contain_text(SENTENCES[2])
    last.get_by_text("Selv", exact=True).click()
    tablet.get_by_role("button", name="Skjul").click()

    expect(tablet.locator(".rail-count")).to_have_text("3 af 3 selvstændigt")
    expect(shown(tablet)).to_be_visible()


def test_marks_outlive_a_reload_on_ones_own_telephone(
    anna: Page, table: tuple[Intervention, Sign], home: Home
) -> None:
    anna.goto(f"/interventions/{table[0].id}/show")
    hold_rail(anna)
    mark(anna, "Selv")
    done(anna).click()

    anna.reload()

    expect(anna.locator(".rail-count")).to_contain_text("1 af 3 selvstændigt")
    expect(shown(anna)).to_have_text(SENTENCES[1])
    assert home.added() == []


def test_without_a_sign_to_measure_it_is_noted_as_carried_out(
    anna: Page, table: tuple[Intervention, Sign], home: Home
) -> None:
    intervention, _ = table
    with home.changed(Intervention, intervention.id, sign_id=None):
        anna.goto(f"/interventions/{intervention.id}/show")
        expect(anna.locator("body[data-keeps]")).to_be_attached()
        hold_rail(anna)
        for _ in SENTENCES:
            done(anna).click()
        save(anna)
        expect_all_sent(anna)

        assert home.added() == []
        assert [each.intervention_id for each in home.done()] == [intervention.id]


def test_what_no_disk_takes_is_told_and_stays_marked(
    anna: Page, table: tuple[Intervention, Sign], home: Home
) -> None:
    anna.goto(f"/interventions/{table[0].id}/show")
    expect(anna.locator("body[data-keeps]")).to_be_attached()
    hold_rail(anna)
    follow(anna, ("Selv", ""), ("Selv", ""), ("Selv", ""))
    anna.evaluate("() => { crypto.subtle.sign = async () => { throw new Error(); }; }")

    hold_way_out(anna)

    expect(anna.locator("[data-told=lost]")).to_be_visible()
    anna.mouse.up()
    expect(anna.locator(".rail-count")).to_have_text("3 af 3 selvstændigt")
    assert home.added() == []
    hold_way_out(anna)
    expect(anna.locator(".who")).to_be_visible()
