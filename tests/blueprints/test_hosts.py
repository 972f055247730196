"""The name a request was sent to: ours, this machine's, or refused in plain words."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.databases import settings_for
from tests.factories import World
from webapp import create_app
from webapp.db import db

PUBLIC = "https://tegn.solgaarden.dk"


@pytest.fixture(autouse=True)
def home(world: World) -> None:
    """There is a home already: nobody is sent to set one up."""


@pytest.fixture
def behind(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The app as it stands behind a proxy on the same machine."""
    app = create_app(settings_for(database_url, tmp_path, SMAATEGN_PUBLIC_URL=PUBLIC))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.mark.parametrize(
    "host",
    [
        *("tegn.solgaarden.dk", "tegn.solgaarden.dk:443", "TEGN.solgaarden.dk."),
        *("127.0.0.1:8000", "localhost", "[::1]:8000"),
    ],
)
def test_our_name_and_this_machine_are_answered(behind: Flask, host: str) -> None:
    assert behind.test_client().get("/login", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["ond.example", "tegn.solgaarden.dk.ond.example", "ond.example:443", "[::1", "10.0.0.7", "a@b"],
)
def test_any_other_name_is_refused_in_words(behind: Flask, host: str) -> None:
    for path in ("/", "/login", "/static/x/y.js", "/findes/ikke"):
        answer = behind.test_client().get(path, headers={"Host": host})

        assert answer.status_code == 400, path
        assert "ond.example" not in answer.text + str(answer.headers)
        assert "Content-Security-Policy" in answer.headers
    assert "kender ikke den adresse" in answer.text


def test_a_forged_name_from_a_proxy_is_refused_too(behind: Flask) -> None:
    forged = {"Host": "tegn.solgaarden.dk", "X-Forwarded-Host": "ond.example"}

    here = behind.test_client().get("/login", headers=forged)
    elsewhere = behind.test_client().get(
        "/login", headers=forged, environ_base={"REMOTE_ADDR": "203.0.113.9"}
    )

    assert (here.status_code, elsewhere.status_code) == (400, 200)


def test_who_watches_the_program_asks_by_any_name(behind: Flask) -> None:
    assert behind.test_client().get("/healthz", headers={"Host": "10.0.0.7"}).status_code == 200


def test_without_a_public_address_only_this_machine_is_answered(client: FlaskClient) -> None:
    assert client.get("/login", headers={"Host": "127.0.0.1:5000"}).status_code == 200
    assert client.get("/login", headers={"Host": "tegn.solgaarden.dk"}).status_code == 400
