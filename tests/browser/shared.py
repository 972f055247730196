"""A shared tablet in hand: let in, opened with a face and a PIN, locked."""

import re

from playwright.sync_api import Page, expect

from tests.browser.home import Home
from tests.factories import add_device
from tests.personas import Person
from webapp.demo.people import DEMO_PIN
from webapp.models import Department, Staff

COOKIE = "smaategn-tablet"


def enrol(page: Page, home: Home, name: str = "Stuen") -> None:
    """Let the tablet be one of Søndermarken's, without typing a code each time."""
    with home.change() as session:
        place = session.query(Department).filter_by(name="Søndermarken").one()
        ditte = session.query(Staff).filter_by(first_name="Ditte").one()
        _, secret = add_device(session, place, ditte, name)
    address = re.match(r"https?://[^/]+", page.context.request.get("/healthz").url)
    assert address
    page.context.add_cookies([{"name": COOKIE, "value": secret, "url": address[0]}])


def face(page: Page, person: Person) -> None:
    """Tap somebody's face."""
    page.locator("#lock .face-button").filter(has_text=person.first_name).click()


def type_pin(page: Page, pin: str = DEMO_PIN) -> None:
    """Tap six keys on the pad."""
    for digit in pin:
        page.locator(f"[data-key='{digit}']").click()


def open_as(page: Page, person: Person) -> None:
    """Open the locked tablet as somebody, and wait for Vagten."""
    face(page, person)
    type_pin(page)
    expect(page.locator(".who")).to_contain_text(person.first_name)


def switch(page: Page) -> None:
    """Tap Skift."""
    page.locator("[data-lock-now] button").click()
    expect(page.locator("#lock .faces")).to_be_visible()
