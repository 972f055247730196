"""A home where the rules hold, and people who log in there in two steps."""

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.factories import NOW
from webapp.adapters import passwords, totp
from webapp.adapters.sealing import Sealer
from webapp.config import Settings
from webapp.models import Home, Staff
from webapp.services.second_factor import LABEL

PASSWORD = "solskin i Skagen"
TABLET = "192.168.1.20"


@dataclass
class App:
    """The app on somebody's telephone."""

    secret: str

    def code(self, at: datetime = NOW, *, step: int = 0) -> str:
        """Return the code it shows, or showed so many steps before or after."""
        return totp.code_at(self.secret, int(at.timestamp()) // 30 + step)


def open_for_real(session: Session, home_id: UUID) -> None:
    """Let the home be a real one: the demo home asks nobody for a second factor."""
    session.get_one(Home, home_id).is_demo = False
    for person in session.query(Staff).filter_by(home_id=home_id):
        person.password_hash = passwords.hash_password(PASSWORD)
    session.commit()


def give_app(app: Flask, session: Session, staff_id: UUID) -> App:
    """Let somebody have an app whose codes count."""
    settings: Settings = app.extensions["smaategn_settings"]
    staff = session.get_one(Staff, staff_id)
    telephone = App(totp.new_secret())
    staff.totp_secret = Sealer(settings.secret_keys, LABEL).seal(telephone.secret)
    staff.totp_confirmed_at = NOW
    session.commit()
    return telephone


def give_password(
    client: FlaskClient, email: str, password: str = PASSWORD, **more: str
) -> TestResponse:
    """Take the first step."""
    return client.post(
        "/login",
        data={"email": email, "password": password, **more},
        environ_overrides={"REMOTE_ADDR": TABLET},
    )


def give_code(
    client: FlaskClient, code: str, *, address: str = TABLET, **more: str
) -> TestResponse:
    """Take the second step."""
    return client.post(
        "/login/code",
        data={"code": code, **more},
        environ_overrides={"REMOTE_ADDR": address},
    )


def is_in(client: FlaskClient) -> bool:
    """Tell whether the browser reaches the board."""
    return client.get("/").status_code == 200


def sealed_in(page: TestResponse) -> str:
    """Return the sealed secret that the page of the set-up carries."""
    found = re.search(r'name="sealed" type="hidden" value="([^"]+)"', page.text)
    assert found
    return found[1]


def key_in(page: TestResponse) -> App:
    """Return an app that read the key as text from the page of the set-up."""
    found = re.search(r'<code class="key">([^<]+)</code>', page.text)
    assert found
    return App(found[1].replace(" ", ""))


def codes_in(page: TestResponse) -> list[str]:
    """Return the recovery codes that a page shows."""
    return re.findall(r"<code>([^<]+)</code>", page.text)
