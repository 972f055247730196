"""The plan on paper: one A4 for an ordinary plan, never too small to read, nothing but the plan."""

from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from sqlalchemy import select

from tests.browser.conftest import OpenContext, SignedIn
from tests.browser.hands import sign_in
from tests.browser.home import Home
from tests.browser.seeing import axe_violations, cut_off
from tests.personas import ANNA, BO
from webapp.models import Citizen, Plan

A4 = (210, 297)
"""Millimetres."""

SMALLEST = 9
"""Points."""

SMALLEST_TYPE = """() => {
  const sizes = [];
  for (const element of document.querySelectorAll("main, main *")) {
    const says = [...element.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (says) sizes.push(parseFloat(getComputedStyle(element).fontSize) * 72 / 96);
  }
  return Math.min(...sizes);
}"""


def plan_of(home: Home, first_name: str) -> str:
    """Return the address of a citizen's plan on paper."""
    with home.read() as session:
        id = session.scalars(select(Citizen.id).where(Citizen.first_name == first_name)).one()
    return f"/citizens/{id}/plan/print"


def printed(page: Page) -> PdfReader:
    """Print the page on A4, as a printer would."""
    return PdfReader(BytesIO(page.pdf(format="A4")))


def smallest_type(page: Page) -> float:
    """Return the size of the smallest type on the paper, in points."""
    page.emulate_media(media="print")
    smallest: float = page.evaluate(SMALLEST_TYPE)
    page.emulate_media(media="null")
    return smallest


def test_sofies_plan_is_one_a4_with_the_five_parts_in_order(anna: Page, home: Home) -> None:
    anna.goto(plan_of(home, "Sofie"))

    paper = printed(anna)

    [sheet] = paper.pages
    size = [
        round(float(side) / 72 * 25.4) for side in (sheet.mediabox.width, sheet.mediabox.height)
    ]
    assert size == list(A4)
    said = " ".join(sheet.extract_text().split())
    parts = ("Sammenhæng", "Mål", "Tegn", "Tiltag", "Evaluering")
    places = [said.index(part) for part in parts]
    assert places == sorted(places)
    for words in ("Sofie Bruun", "Søndermarken", "Udskrevet", "Anna Madsen"):
        assert words in said
    assert "Tilbage til planen" not in said, "nothing to press on paper"
    assert smallest_type(anna) >= SMALLEST


@pytest.mark.parametrize("first_name", ["Karen", "Jens Ole", "Amina"])
def test_other_plans_with_one_goal_are_one_page_too(
    anna: Page, home: Home, first_name: str
) -> None:
    anna.goto(plan_of(home, first_name))

    assert len(printed(anna).pages) == 1
    assert smallest_type(anna) >= SMALLEST


def test_a_long_plan_gets_smaller_type_and_stays_readable(anna: Page, home: Home) -> None:
    with home.read() as session:
        plan = session.scalars(
            select(Plan).join(Plan.citizen).where(Citizen.first_name == "Sofie")
        ).one()
    said = "Sofie ser på billedet, før hun rækker ud efter børsten, og hun vil gerne selv. "
    nothing = dict.fromkeys(("resources", "challenge", "needs", "frame", "earlier_experience"), "")
    anna.goto(plan_of(home, "Sofie"))

    with home.changed(Plan, plan.id, **nothing):
        anna.reload()
        largest = smallest_type(anna)

    with home.changed(Plan, plan.id, **nothing | {"resources": said * 20}):
        anna.reload()
        assert SMALLEST <= smallest_type(anna) < largest
        assert len(printed(anna).pages) == 1

    with home.changed(Plan, plan.id, resources=said * 60, frame="x" * 2000):
        anna.reload()
        assert smallest_type(anna) == SMALLEST
        assert cut_off(anna) == []
        paper = printed(anna)
        assert len(paper.pages) > 1
        assert "Evaluering" in paper.pages[-1].extract_text()


def test_the_button_prints_and_is_only_there_when_it_can(anna: Page, home: Home) -> None:
    anna.goto(plan_of(home, "Sofie"))
    anna.evaluate("() => { window.print = () => { window.printed = (window.printed ?? 0) + 1; }; }")

    anna.get_by_role("button", name="Udskriv").click()

    assert anna.evaluate("window.printed") == 1


def test_without_javascript_the_page_still_prints(open_context: OpenContext, home: Home) -> None:
    page = open_context(java_script_enabled=False).new_page()
    page.goto("/login")
    sign_in(page, BO)

    page.goto(plan_of(home, "Sofie"))

    expect(page.locator("button[data-print]")).to_be_hidden()
    assert len(printed(page).pages) == 1


@pytest.mark.parametrize("size", [(820, 1180), (390, 844)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_the_screen_it_is_paper_that_everyone_can_read(
    signed_in: SignedIn, home: Home, size: tuple[int, int], scheme: str
) -> None:
    page = signed_in(ANNA)
    page.goto(plan_of(home, "Sofie"))
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]

    assert axe_violations(page) == []
    assert cut_off(page) == []
