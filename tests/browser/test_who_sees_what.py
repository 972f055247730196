"""Each sees the citizens of their own departments, and is told kindly when there are none."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import SignedIn
from tests.browser.hands import button, sign_in
from tests.browser.home import Home
from tests.browser.watch import Watch
from tests.personas import ANNA, CARL, DITTE, ERIK, FRIDA
from webapp.models import Sign

SOENDERMARKEN = ["Amina", "Jens Ole", "Karen", "Mikkel", "Poul", "Sofie"]
LAERKEREDEN = ["Freja", "Malik", "Villads"]


def test_the_manager_switches_between_her_departments(signed_in: SignedIn) -> None:
    ditte = signed_in(DITTE)
    ditte.goto("/")
    assert _names(ditte) == LAERKEREDEN

    ditte.get_by_role("link", name="Søndermarken").click()

    expect(ditte.get_by_role("heading", level=1)).to_have_text("Vagten · Søndermarken")
    assert _names(ditte) == SOENDERMARKEN
    current = ditte.get_by_role("link", name="Søndermarken")
    expect(current).to_have_attribute("aria-current", "page")
    ditte.get_by_role("link", name="Sofie").click()
    ditte.get_by_role("link", name="Tilbage").click()
    expect(ditte.get_by_role("heading", level=1)).to_have_text("Vagten · Søndermarken")


def test_mine_shows_the_contact_teams_own_and_keeps_the_department(signed_in: SignedIn) -> None:
    anna = signed_in(ANNA)
    anna.goto("/")

    anna.get_by_role("link", name="Mine").click()

    expect(anna.get_by_role("link", name="Mine")).to_have_attribute("aria-current", "true")
    assert _names(anna) == ["Amina", "Karen", "Poul", "Sofie"]


def test_mine_without_a_contact_team_explains_itself_and_leads_to_all(signed_in: SignedIn) -> None:
    erik = signed_in(ERIK)
    erik.goto("/")
    erik.get_by_role("link", name="Søndermarken").click()
    erik.get_by_role("link", name="Mine").click()
    expect(erik.locator(".empty")).to_be_visible()
    assert _names(erik) == []

    erik.locator(".empty").get_by_role("link").click()

    expect(erik.get_by_role("heading", level=1)).to_have_text("Vagten · Søndermarken")
    assert _names(erik) == SOENDERMARKEN


def test_the_administrator_sees_no_citizen_anywhere(
    signed_in: SignedIn, sign: Sign, watch: Watch
) -> None:
    watch.expect("status of 404")
    frida = signed_in(FRIDA)
    frida.goto("/")
    expect(frida.get_by_role("heading", level=1)).to_have_text("Hej Frida")
    assert _names(frida) == []

    frida.goto(f"/citizens/{sign.goal.plan.citizen_id}")

    expect(frida.locator("main")).to_contain_text("Kode: not_found")
    expect(frida.get_by_text("Sofie")).to_have_count(0)


def test_a_citizen_of_another_department_is_not_there_but_there_is_a_way_back(
    signed_in: SignedIn, sign: Sign, home: Home, watch: Watch
) -> None:
    watch.expect("status of 404")
    carl = signed_in(CARL)
    for address in (
        f"/citizens/{sign.goal.plan.citizen_id}",
        f"/goals/{sign.goal_id}/observations/new",
        f"/citizens/{sign.id}",
    ):
        answer = carl.goto(address)

        assert answer
        assert answer.status == 404
        expect(carl.locator("main")).to_contain_text("Kode: not_found")
        expect(carl.get_by_text("Sofie")).to_have_count(0)
    carl.locator("main").get_by_role("link").click()
    expect(carl.get_by_role("heading", level=1)).to_have_text("Vagten · Lærkereden")
    assert _names(carl) == LAERKEREDEN


def test_someone_on_the_way_to_a_page_comes_there_after_signing_in(page: Page, sign: Sign) -> None:
    page.goto(f"/citizens/{sign.goal.plan.citizen_id}")
    expect(page).to_have_url(re.compile(r"/login\?next="))

    sign_in(page, ANNA)

    expect(button(page, sign)).to_be_visible()


def _names(page: Page) -> list[str]:
    """Return the names on the board's cards."""
    expect(page.locator("main")).to_be_visible()
    return page.locator(".person .name").all_inner_texts()
