"""An empty installation: from the code on the terminal to the first admin, in a real browser."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.seeing import axe_violations, cut_off, unfit_targets
from tests.browser.server import Server, serving

SIZES = ((820, 1180), (1280, 800), (390, 844))


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Server]:
    """A server that nobody has set up."""
    with serving(tmp_path, demo=False) as running:
        yield running


def look(page: Page) -> None:
    """Find nothing wrong with a step, in any size, by day and by night."""
    page.emulate_media(reduced_motion="reduce")
    found = []
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme)
            found += axe_violations(page)
        found += unfit_targets(page) + cut_off(page)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("with_javascript", [True, False], ids=["script", "no script"])
def test_whoever_has_the_code_sets_the_home_up_in_five_steps(
    chromium: Browser, empty: Server, with_javascript: bool
) -> None:
    code = re.search(r"with the code (\S+)", empty.log.read_text())
    assert code
    context = chromium.new_context(base_url=empty.address, java_script_enabled=with_javascript)
    page = context.new_page()
    seen = look if with_javascript else expect

    page.goto("/")
    seen(page)
    page.get_by_label("Koden", exact=True).fill(code[1])
    page.get_by_role("button", name="Videre").click()
    page.get_by_label("Hvad hedder tilbuddet?").fill("Solgården")
    seen(page)
    page.get_by_role("button", name="Videre").click()
    page.get_by_label("Afdelinger, én på hver linje").fill("Stuen\nLoftet")
    seen(page)
    page.get_by_role("button", name="Videre").click()
    page.get_by_role("button", name="Tilbage").click()
    expect(page.get_by_label("Afdelinger, én på hver linje")).to_have_value("Stuen\nLoftet")
    page.get_by_role("button", name="Videre").click()
    page.get_by_label("Dit fornavn").fill("Gry")
    page.get_by_label("Dit efternavn").fill("Dam")
    page.get_by_label("Din e-mail").fill("gry@solgaarden.dk")
    page.get_by_label("Din adgangskode").fill("regnvejr i Skagen")
    seen(page)
    page.get_by_role("button", name="Sæt op, og log ind").click()

    # An admin sets up the second factor before anything else.
    expect(page).not_to_have_url(re.compile("/setup$"))
    assert empty.failures() == []
    page.goto("/setup")
    expect(page.get_by_text("Siden findes ikke")).to_be_visible()
    context.close()
