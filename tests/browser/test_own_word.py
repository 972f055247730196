"""The citizen's own word at the end of an instruction: one of five faces, stored once."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import shared
from tests.browser.home import Home
from tests.browser.instructions import added_for, done, shown
from tests.browser.outbox import expect_all_sent, lies, net_is_back
from tests.browser.watch import Watch
from tests.factories import add_sign
from tests.personas import BO
from webapp.models import Goal, Intervention, Measure, Sign


@pytest.fixture
def table(home: Home) -> Intervention:
    """How Sofie wipes the table; at the end she is asked how it went."""
    intervention = added_for(home, "Sofie")
    with home.change() as session:
        goal = session.get_one(Goal, intervention.goal_id)
        text = "Sofie viser på ansigterne, hvordan det gik"
        faces = add_sign(session, goal, text, rank=21, measure=Measure.SMILEY)
        session.get_one(Intervention, intervention.id).asked_sign_id = faces.id
    return intervention


@pytest.fixture
def tablet(page: Page, home: Home, table: Intervention) -> Page:
    """A shared tablet, locked behind the instruction; Sofie has come to its end."""
    shared.enrol(page, home)
    page.goto("/lock")
    shared.open_as(page, BO)
    page.get_by_role("link", name="Sofie").click()
    page.locator(f"#intervention-{table.id} .show-citizen").click()
    expect(page.locator("body.citizen-mode[data-locked]")).to_be_visible()
    for _ in table.steps:
        done(page).click()
    expect(shown(page)).to_have_text("Færdig")
    return page


def face(page: Page, name: str) -> Locator:
    return page.locator(".own-word").get_by_role("button", name=name, exact=True)


def test_the_face_sofie_touches_is_her_word_and_stored_once(
    tablet: Page, home: Home, table: Intervention
) -> None:
    face(tablet, "Godt").dblclick()
    face(tablet, "Meget dårligt").click()
    expect(face(tablet, "Godt")).to_have_attribute("aria-pressed", "true")
    expect_all_sent(tablet)

    [word] = home.added()
    assert (word.value, word.author.first_name) == (4, "Bo")
    with home.read() as session:
        assert session.get_one(Sign, word.sign_id).measure is Measure.SMILEY


def test_a_page_that_is_read_again_asks_no_second_time(
    anna: Page, home: Home, table: Intervention
) -> None:
    anna.goto(f"/interventions/{table.id}/show")
    expect(anna.locator("body[data-keeps]")).to_be_attached()
    for _ in table.steps:
        done(anna).click()
    # Sent, before the page is read again: one that is left in the middle of it lets others wait.
    with anna.expect_response("**/sync/batch"):
        face(anna, "Godt").click()
    expect_all_sent(anna)
    anna.reload()
    expect(face(anna, "Godt")).to_have_attribute("aria-pressed", "true")

    face(anna, "Meget dårligt").click()

    expect(face(anna, "Meget dårligt")).to_have_attribute("aria-pressed", "false")
    expect_all_sent(anna)
    assert [each.value for each in home.added()] == [4]


def test_without_network_the_word_lies_on_the_tablet_and_arrives(
    tablet: Page, home: Home, watch: Watch
) -> None:
    watch.expect("ERR_INTERNET_DISCONNECTED", "Failed to fetch")
    tablet.context.set_offline(True)

    face(tablet, "Meget godt").click()

    expect(face(tablet, "Meget godt")).to_have_attribute("aria-pressed", "true")
    assert home.added() == []
    assert len(lies(tablet)) == 1
    tablet.context.set_offline(False)
    net_is_back(tablet)
    expect_all_sent(tablet)
    assert [each.value for each in home.added()] == [5]


@pytest.mark.parametrize(("width", "height"), [(390, 844), (844, 390), (820, 1180), (1280, 800)])
def test_every_face_is_large_and_none_is_outside_the_screen(
    tablet: Page, width: int, height: int
) -> None:
    tablet.set_viewport_size({"width": width, "height": height})

    boxes = [each.bounding_box() for each in tablet.locator(".face").all()]
    assert len(boxes) == 5
    for box in boxes:
        assert box
        assert min(box["width"], box["height"]) >= 96
        assert box["x"] >= 0
        assert box["y"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= height
    acts = tablet.locator(".acts").bounding_box()
    assert acts
    assert all(box and box["y"] + box["height"] <= acts["y"] + acts["height"] for box in boxes)
