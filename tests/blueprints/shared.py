"""A shared tablet in a test: a browser with the tablet's cookie, opened with a PIN."""

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.factories import World, add_device
from webapp.adapters import passwords
from webapp.models import Device, Staff

COOKIE = "smaategn-tablet"
ANNAS, BOS = "483716", "640298"


def put_up(app: Flask, session: Session, world: World) -> tuple[Device, FlaskClient]:
    """Put a tablet up in the kitchen at Søndermarken; Anna and Bo have a PIN."""
    for staff, pin in ((world.anna, ANNAS), (world.bo, BOS)):
        session.get_one(Staff, staff.id).pin_hash = passwords.hash_password(pin)
    device, secret = add_device(session, world.soendermarken, world.ditte)
    session.commit()
    browser = app.test_client()
    browser.set_cookie(COOKIE, secret)
    return device, browser


def unlock(
    browser: FlaskClient, staff: Staff, pin: str, *, htmx: bool = False, **more: str
) -> TestResponse:
    """Type a PIN under somebody's face."""
    headers = {"HX-Request": "true"} if htmx else {}
    sent = {"person": str(staff.id), "pin": pin, **more}
    return browser.post("/lock/pin", data=sent, headers=headers)
