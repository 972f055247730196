"""An instruction on paper: cards or a strip, and a code that opens it on the tablet on the wall."""

from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser import shared
from tests.browser.conftest import SignedIn
from tests.browser.home import Home
from tests.browser.instructions import make, of_sofie, shown
from tests.browser.seeing import axe_violations, cut_off
from tests.personas import ANNA, BO
from webapp.models import Intervention


@pytest.fixture
def teeth(home: Home) -> Intervention:
    """How Sofie brushes her teeth, in six steps."""
    return of_sofie(home)


@pytest.mark.parametrize(("form", "sheets"), [("Kort", 2), ("Strimmel", 1)])
def test_six_steps_are_two_sheets_of_cards_or_one_strip_with_nothing_to_press(
    anna: Page, teeth: Intervention, form: str, sheets: int
) -> None:
    make(anna, teeth, pictures=1)
    anna.get_by_role("link", name="Udskriv").click()
    anna.get_by_role("link", name=form, exact=True).click()
    anna.locator(".instruction-sheet img").evaluate("img => img.decode()")

    paper = PdfReader(BytesIO(anna.pdf(format="A4")))

    said = " ".join(" ".join(sheet.extract_text() for sheet in paper.pages).split())
    assert len(paper.pages) == sheets
    assert all(step.text in said for step in teeth.steps)
    assert "Tilbage" not in said
    assert sum(len(sheet.images) for sheet in paper.pages) == 1
    assert cut_off(anna) == []


@pytest.mark.parametrize("size", [(820, 1180), (390, 844)])
@pytest.mark.parametrize("form", ["cards", "strip"])
def test_on_the_screen_it_is_paper_that_everyone_can_read(
    signed_in: SignedIn, teeth: Intervention, form: str, size: tuple[int, int]
) -> None:
    page = signed_in(ANNA)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"/interventions/{teeth.id}/instruction/print?form={form}")

    assert axe_violations(page) == []
    assert cut_off(page) == []


def test_the_code_on_the_wall_opens_it_on_a_locked_tablet_once_somebody_is_let_in(
    page: Page, home: Home, teeth: Intervention
) -> None:
    shared.enrol(page, home)
    page.goto(f"/interventions/{teeth.id}/show")

    shared.face(page, BO)
    shared.type_pin(page)

    expect(shown(page)).to_have_text(teeth.steps[0].text)
