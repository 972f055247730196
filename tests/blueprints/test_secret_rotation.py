"""A new secret: who is signed in stays so, and forms that are open are still taken."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.blueprints.answers import token
from tests.databases import settings_for
from tests.factories import World
from webapp import create_app
from webapp.adapters.sealing import Sealer
from webapp.current import settings_of
from webapp.db import db
from webapp.models import Staff
from webapp.secret_cli import seal_with_newest
from webapp.services.second_factor import LABEL
from webapp.services.secrets import seal_anew

NEW = "forglemmigej-" * 3


def rotated(database_url: str, folder: Path, *older: str) -> Flask:
    """Return the app as it starts after a rotation, with those older secrets still counting."""
    settings = settings_for(database_url, folder)
    return create_app(settings.model_copy(update={"secret_key": NEW, "older_secret_keys": older}))


@pytest.fixture
def old_secret(app: Flask) -> str:
    return str(app.config["SECRET_KEY"])


@pytest.fixture
def after(database_url: str, tmp_path: Path, old_secret: str) -> Iterator[Flask]:
    app = rotated(database_url, tmp_path, old_secret)
    yield app
    with app.app_context():
        db.engine.dispose()


def same_browser(client: FlaskClient, app: Flask) -> FlaskClient:
    """Return the browser as it comes back: with the cookie it has."""
    cookie = client.get_cookie("smaategn")
    assert cookie is not None
    back = app.test_client()
    back.set_cookie("smaategn", cookie.value)
    return back


def test_who_is_signed_in_stays_so_and_an_open_form_is_taken(
    app: Flask, anna: FlaskClient, after: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    drawn_before = token(anna, "/")

    back = same_browser(anna, after)

    assert back.get("/").status_code == 200
    sent = back.post("/language", data={"csrf_token": drawn_before, "language": "en"})
    assert sent.status_code == 303
    assert back.post("/language", data={"csrf_token": "x", "language": "en"}).status_code == 400


def test_the_new_secret_signs_what_is_drawn_from_now_on(
    anna: FlaskClient, after: Flask, database_url: str, tmp_path: Path, world: World
) -> None:
    back = same_browser(anna, after)
    back.post("/language", data={"csrf_token": token(back, "/"), "language": "en"})

    later = rotated(database_url, tmp_path)

    assert same_browser(back, later).get("/").status_code == 200
    with later.app_context():
        db.engine.dispose()


def test_once_the_window_is_over_the_old_secret_opens_nothing(
    anna: FlaskClient, database_url: str, tmp_path: Path, world: World
) -> None:
    later = rotated(database_url, tmp_path)

    answer = same_browser(anna, later).get("/")

    assert answer.status_code == 303
    assert answer.location.startswith("/login")
    with later.app_context():
        db.engine.dispose()


def test_second_factors_are_sealed_anew(session: Session, world: World, old_secret: str) -> None:
    anna, bo = session.get_one(Staff, world.anna.id), session.get_one(Staff, world.bo.id)
    anna.totp_secret = Sealer([old_secret], LABEL).seal("JBSWY3DPEHPK3PXP")
    bo.totp_secret = Sealer(["en-glemt-hemmelighed" * 2], LABEL).seal("JBSWY3DPEHPK3PXP")
    session.commit()

    lost = seal_anew(session, Sealer([NEW, old_secret], LABEL))

    assert lost == 1
    assert Sealer([NEW], LABEL).open(anna.totp_secret) == "JBSWY3DPEHPK3PXP"


def test_a_start_with_a_new_secret_seals_second_factors_anew_and_tells_which_are_lost(
    session: Session,
    world: World,
    after: Flask,
    old_secret: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    anna, bo = session.get_one(Staff, world.anna.id), session.get_one(Staff, world.bo.id)
    anna.totp_secret = Sealer([old_secret], LABEL).seal("JBSWY3DPEHPK3PXP")
    bo.totp_secret = Sealer(["en-glemt-hemmelighed" * 2], LABEL).seal("JBSWY3DPEHPK3PXP")
    session.commit()

    with after.app_context():
        seal_with_newest(settings_of(after))

    session.expire_all()
    assert Sealer([NEW], LABEL).open(anna.totp_secret) == "JBSWY3DPEHPK3PXP"
    assert "to be set up again: 1" in capsys.readouterr().err
