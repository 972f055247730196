"""Every test that touches the database runs on SQLite and on PostgreSQL."""

import os
import pickle
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from contextvars import Context
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask, has_app_context
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests import databases
from tests.factories import NOW, World, build_world, demo_password_hash
from webapp import create_app
from webapp.adapters import clock, passwords
from webapp.db import db
from webapp.models import Staff, StaffSession
from webapp.services.sign_in import open_session

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what a second database would only say again."""
    again = [item for item in items if item.get_closest_marker("one_database") and _is_second(item)]
    config.hook.pytest_deselected(items=again)
    items[:] = [item for item in items if item not in again]


def _is_second(item: pytest.Item) -> bool:
    return isinstance(item, pytest.Function) and "postgresql" in item.name


@pytest.fixture(autouse=True)
def _leaves_the_machine_to_others() -> Iterator[None]:
    """Fail a test whose process has become a real-time one: whatever it starts inherits that.

    A worker that nothing may interrupt starves the servers, browsers and databases of all
    later tests, and those fail, not the test that did it.
    """
    yield
    if hasattr(os, "sched_getscheduler"):
        assert os.sched_getscheduler(0) == os.SCHED_OTHER


class Browser(FlaskClient):
    """A client whose requests share nothing with the test: no context, no database session."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send the request as if from outside; the test's session reads afresh afterwards."""
        if has_app_context():
            db.session.commit()
            db.session.expire_all()
        # Read to the end, so that a file which was sent is closed too.
        return Context().run(super().open, *args, **{"buffered": True} | kwargs)


@pytest.fixture(scope="session", params=databases.NAMES)
def database_url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    folder = tmp_path_factory.mktemp(request.param)
    with databases.empty_database(request.param, folder) as url:
        databases.migrate(url, folder)
        yield url


@pytest.fixture
def empty_database(database_url: str, tmp_path: Path) -> Iterator[str]:
    """Give a database of the test's own, without tables."""
    with databases.another_database(database_url, tmp_path) as url:
        yield url


@pytest.fixture(scope="session")
def _shared_app(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    app = create_app(databases.settings_for(database_url, tmp_path_factory.mktemp("instance")))
    app.test_client_class = Browser
    app.config.update(TESTING=True, PROPAGATE_EXCEPTIONS=True, WTF_CSRF_ENABLED=False)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(_shared_app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """The app on an empty database, at half past seven on a Saturday evening."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    # Comparing is slow on purpose; tests/adapters/test_passwords.py holds the real cost.
    monkeypatch.setattr(passwords, "_hasher", CHEAP)
    yield _shared_app
    with _shared_app.app_context():
        databases.clear(db.session())
        db.session.commit()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A session of the test's own. What it commits, requests can see."""
    with app.app_context():
        yield db.session()


@pytest.fixture(scope="session")
def _worlds() -> dict[str, tuple[bytes, databases.Rows]]:
    """What the small home is on each database, and what it leaves there."""
    return {}


@pytest.fixture
def world(app: Flask, database_url: str, _worlds: dict[str, tuple[bytes, databases.Rows]]) -> World:
    """A small home, already stored. Built once, for most tests begin with it."""
    with app.app_context():
        session = db.session()
        if database_url in _worlds:
            pickled, rows = _worlds[database_url]
            databases.put(session, rows)
        else:
            built = build_world(session, password_hash=demo_password_hash())
            pickled, rows = pickle.dumps(built), databases.rows_in(session)
            _worlds[database_url] = pickled, rows
        session.commit()
    found: World = pickle.loads(pickled)  # noqa: S301  We made it ourselves, a moment ago.
    return found


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Someone who is not signed in."""
    return app.test_client()


@pytest.fixture
def as_staff(app: Flask) -> Callable[[Staff], FlaskClient]:
    """Give a browser that someone is signed in on."""

    def sign_in(staff: Staff) -> FlaskClient:
        client = app.test_client()
        with app.app_context():
            secret = open_session(db.session(), db.session.merge(staff), now=clock.now())
            db.session.commit()
        with client.session_transaction() as cookie:
            cookie["_user_id"] = secret
            cookie["_fresh"] = True
        return client

    return sign_in


@pytest.fixture
def anna(as_staff: Callable[[Staff], FlaskClient], world: World) -> FlaskClient:
    """Anna's browser; she is in Sofie's contact team."""
    return as_staff(world.anna)


@pytest.fixture
def bo(as_staff: Callable[[Staff], FlaskClient], world: World) -> FlaskClient:
    """Bo's browser; he works with Anna."""
    return as_staff(world.bo)


@pytest.fixture
def ditte(as_staff: Callable[[Staff], FlaskClient], world: World) -> FlaskClient:
    """Ditte's browser; he works with Anna."""
    return as_staff(world.ditte)


@pytest.fixture
def stay_until(app: Flask, set_clock: Callable[[datetime], None]) -> Callable[[datetime], None]:
    """Let time pass while everyone who is signed in goes on using the app."""

    def stay(at: datetime) -> None:
        set_clock(at)
        with nullcontext() if has_app_context() else app.app_context():
            db.session.execute(update(StaffSession).values(seen_at=at))
            db.session.commit()

    return stay


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Let a test decide what time it is."""
    return lambda at: monkeypatch.setattr(clock, "now", lambda: at)
