"""Two questions for the machine that watches over us: is it alive, and is it ready?"""

from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, text

from tests.blueprints.conftest import Ledger
from webapp import assets, readiness
from webapp.db import db

PARTS = ("database", "migrations", "media", "disk", "assets")


def fail(*_args: object) -> NoReturn:
    raise RuntimeError("hemmelig sti /srv/solgaarden")


def test_alive_asks_nobody_but_the_process(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readiness, "checks", fail)
    monkeypatch.setattr(type(db), "engine", property(fail))

    response = client.get("/healthz")

    assert (response.status_code, response.json) == (200, {"status": "ok"})


def test_ready_names_every_part(client: FlaskClient) -> None:
    response = client.get("/readyz")

    assert (response.status_code, response.json) == (
        200,
        {"status": "ok"} | dict.fromkeys(PARTS, "ok"),
    )


BREAKS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "database": lambda patch: patch.setattr(readiness, "_database", fail),
    "migrations": lambda patch: patch.setattr(readiness, "newest_migration", lambda: "0099"),
    "media": lambda patch: patch.setattr(readiness, "check_media_store", fail),
    "disk": lambda patch: patch.setattr(readiness, "LEAST_FREE", 1 << 60),
    "assets": lambda patch: patch.setattr(assets, "FOLDER", Path("/dev")),
}


@pytest.mark.parametrize("part", BREAKS)
def test_one_unfit_part_makes_it_unready_and_tells_only_which(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    BREAKS[part](monkeypatch)

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json == {"status": "unfit"} | dict.fromkeys(PARTS, "ok") | {part: "unfit"}
    assert "solgaarden" not in response.text


def test_being_ready_waits_for_no_writer(app: Flask, client: FlaskClient) -> None:
    """On SQLite asking must not take the write lock: the answer would wait for every save."""
    writer = create_engine(app.config["SQLALCHEMY_DATABASE_URI"])
    with writer.connect() as writing:
        if writer.dialect.name == "sqlite":
            writing.execute(text("BEGIN IMMEDIATE"))
        writing.execute(text("DELETE FROM observations"))

        response = client.get("/readyz")

        writing.rollback()
    writer.dispose()
    assert response.status_code == 200


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_machines_leave_no_trace_and_get_no_cookie(
    client: FlaskClient, ledger: Ledger, path: str
) -> None:
    response = client.get(path)

    assert ledger.last.kept == []
    assert "Set-Cookie" not in response.headers
    assert response.headers["Cache-Control"] == "no-store"
    assert response.mimetype == "application/json"


def test_a_database_without_tables_is_not_ready(empty_database: str, app: Flask) -> None:
    from tests.databases import settings_for
    from webapp import create_app

    settings = app.extensions["smaategn_settings"]
    fresh = create_app(settings_for(empty_database, settings.instance))

    answer = fresh.test_client().get("/readyz")

    assert answer.status_code == 503
    assert answer.json
    assert answer.json["database"] == "ok"
    assert answer.json["migrations"] == "unfit"
    with fresh.app_context():
        db.engine.dispose()
