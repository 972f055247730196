"""When something breaks: words, a code, nothing of the exception, nothing half stored."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NoReturn

import pytest
from flask import Flask
from flask.testing import FlaskClient
from psycopg import errors as postgresql
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, IntegrityError, InternalError, OperationalError
from sqlalchemy.orm import Session

from tests.blueprints.answers import tokens
from tests.blueprints.tapping import HTMX, count, tap, words
from tests.databases import settings_for
from tests.factories import World
from webapp import create_app
from webapp.blueprints.board import routes as board
from webapp.blueprints.observations import acts
from webapp.db import db
from webapp.http_errors import CODES
from webapp.messages import WORDS, words_for
from webapp.models import AuditEvent, Observation
from webapp.services.observations import log_observation

SECRET = "Sofie Holm, 010190-1234"


@pytest.fixture(autouse=True)
def as_in_service(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Errors are answered, not handed on to the test."""
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)


Break = Callable[[BaseException], None]


@pytest.fixture
def break_board(monkeypatch: pytest.MonkeyPatch) -> Break:
    """Let the board meet an error."""

    def broken(error: BaseException) -> None:
        def raise_it(*_args: Any, **_kwargs: Any) -> NoReturn:
            raise error

        monkeypatch.setattr(board, "board_of", raise_it)

    return broken


def said_by(kind: type[DBAPIError], original: BaseException) -> DBAPIError:
    """Return an error as SQLAlchemy wraps what a database said."""
    return kind(f"INSERT INTO observations ({SECRET})", {"note": SECRET}, original)


# The unexpected


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
def test_the_unexpected_is_told_with_a_reference_and_nothing_else(
    anna: FlaskClient, break_board: Break, headers: dict[str, str]
) -> None:
    break_board(ValueError(SECRET))

    response = anna.get("/", headers=headers)

    assert response.status_code == 500
    assert "Noget gik galt hos os" in words(response)
    assert re.search(r"unexpected [0-9a-f]{8}\b", words(response))
    for inner in (SECRET, "Sofie", "ValueError", "Traceback", "webapp/", "Anna"):
        assert inner not in response.text


def test_two_failures_have_two_references(anna: FlaskClient, break_board: Break) -> None:
    break_board(ValueError())

    found = {re.findall(r"unexpected ([0-9a-f]{8})", words(anna.get("/")))[0] for _ in range(2)}

    assert len(found) == 2


def test_nothing_half_done_is_stored(
    anna: FlaskClient, world: World, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def log_and_break(*args: Any, **kwargs: Any) -> NoReturn:
        log_observation(*args, **kwargs)
        raise ValueError(SECRET)

    monkeypatch.setattr(acts, "log_observation", log_and_break)

    assert tap(anna, world.takes_brush).status_code == 500
    assert count(session, Observation) == count(session, AuditEvent) == 0


def test_an_error_while_the_answer_is_finished_is_told_too(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: Any) -> NoReturn:
        raise ValueError(SECRET)

    fine, answered = app.process_response, []

    def break_once(response: Any) -> Any:
        answered.append(response)
        return broken() if len(answered) == 1 else fine(response)

    monkeypatch.setattr(app, "process_response", break_once)

    response = client.get("/login")

    assert response.status_code == 500
    assert re.search(r"unexpected [0-9a-f]{8}", words(response))
    assert SECRET not in response.text


def test_while_testing_errors_come_through(
    app: Flask, anna: FlaskClient, break_board: Break, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", True)
    break_board(ValueError("til udvikleren"))

    with pytest.raises(ValueError, match="til udvikleren"):
        anna.get("/")


# The database


CANNOT_WRITE = [
    said_by(OperationalError, sqlite3.OperationalError("database or disk is full")),
    said_by(OperationalError, sqlite3.OperationalError("attempt to write a readonly database")),
    said_by(OperationalError, sqlite3.OperationalError("disk I/O error")),
    said_by(OperationalError, sqlite3.OperationalError("unable to open database file")),
    said_by(OperationalError, postgresql.DiskFull("could not extend file: No space left")),
    said_by(OperationalError, postgresql.DiskFull("kunne ikke udvide filen")),
    said_by(InternalError, postgresql.ReadOnlySqlTransaction("cannot execute INSERT")),
]
BUSY = [
    said_by(OperationalError, sqlite3.OperationalError("database is locked")),
    said_by(OperationalError, sqlite3.OperationalError("database table is locked: signs")),
    said_by(OperationalError, postgresql.DeadlockDetected("deadlock detected")),
    said_by(OperationalError, postgresql.SerializationFailure("could not serialize access")),
    said_by(OperationalError, postgresql.LockNotAvailable("canceling statement")),
    said_by(OperationalError, postgresql.AdminShutdown("terminating connection")),
    said_by(OperationalError, postgresql.CannotConnectNow("the database system is starting up")),
    said_by(OperationalError, postgresql.TooManyConnections("sorry, too many clients already")),
    said_by(OperationalError, postgresql.OperationalError("connection refused")),
    said_by(OperationalError, postgresql.OperationalError("server closed the connection")),
]
UNEXPECTED = [
    said_by(OperationalError, sqlite3.OperationalError("no such table: signs")),
    said_by(IntegrityError, sqlite3.IntegrityError("FOREIGN KEY constraint failed")),
    said_by(IntegrityError, postgresql.UniqueViolation("duplicate key")),
    said_by(DBAPIError, postgresql.UndefinedTable("relation does not exist")),
]


def original(error: DBAPIError) -> str:
    return str(error.orig)


@pytest.mark.parametrize("error", CANNOT_WRITE, ids=original)
def test_a_database_that_cannot_write_is_told_as_507(
    anna: FlaskClient, break_board: Break, error: DBAPIError
) -> None:
    break_board(error)

    response = anna.get("/")

    assert response.status_code == 507
    assert "storage_full" in response.text
    assert SECRET not in response.text


@pytest.mark.parametrize("error", BUSY, ids=original)
def test_a_busy_database_is_told_as_503_with_when_to_come_back(
    anna: FlaskClient, break_board: Break, error: DBAPIError
) -> None:
    break_board(error)

    response = anna.get("/")

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "2"
    assert "busy" in response.text
    assert SECRET not in response.text


@pytest.mark.parametrize("error", UNEXPECTED, ids=original)
def test_what_else_a_database_says_is_unexpected(
    anna: FlaskClient, break_board: Break, error: DBAPIError
) -> None:
    break_board(error)

    response = anna.get("/")

    assert response.status_code == 500
    assert SECRET not in response.text


def test_a_full_disk_is_told_though_undoing_failed_after_it(
    anna: FlaskClient, break_board: Break
) -> None:
    try:
        try:
            raise CANNOT_WRITE[0]
        finally:
            raise said_by(OperationalError, sqlite3.OperationalError("no such savepoint"))
    except OperationalError as error:
        break_board(error)

    assert anna.get("/").status_code == 507


def test_a_rollback_that_fails_does_not_break_the_answer(
    app: Flask, anna: FlaskClient, break_board: Break, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_board(CANNOT_WRITE[0])

    def fail(_self: Session) -> NoReturn:
        raise said_by(OperationalError, sqlite3.OperationalError("cannot rollback"))

    with monkeypatch.context() as broken:
        broken.setattr(Session, "rollback", fail)
        response = anna.get("/")

    assert response.status_code == 507
    assert anna.get("/login").location == "/"


def test_a_page_about_a_problem_never_becomes_another(
    anna: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from webapp.services import sign_in

    def gone(*_args: Any, **_kwargs: Any) -> NoReturn:
        raise said_by(OperationalError, postgresql.OperationalError("connection refused"))

    monkeypatch.setattr(sign_in, "find_session", gone)

    response = anna.get("/findes/ikke")

    assert response.status_code == 404
    assert "not_found" in response.text


@contextmanager
def on_new_connections(app: Flask, *statements: str) -> Iterator[None]:
    """Run statements on every connection opened meanwhile."""

    def prepare(connection: Any, _record: Any) -> None:
        for statement in statements:
            connection.execute(statement)
        if not isinstance(connection, sqlite3.Connection):
            connection.commit()

    with app.app_context():
        engine: Engine = db.engine
    engine.dispose()
    event.listen(engine, "connect", prepare)
    try:
        yield
    finally:
        event.remove(engine, "connect", prepare)
        engine.dispose()


def test_a_database_that_someone_holds_is_busy_and_recovers_by_itself(
    app: Flask, anna: FlaskClient, world: World, session: Session, database_url: str
) -> None:
    session.rollback()
    is_sqlite = database_url.startswith("sqlite")
    hold, impatient = (
        ("BEGIN IMMEDIATE", "PRAGMA busy_timeout=1")
        if is_sqlite
        else ("LOCK TABLE observations IN ACCESS EXCLUSIVE MODE", "SET lock_timeout='1ms'")
    )
    other = create_engine(app.config["SQLALCHEMY_DATABASE_URI"])
    with on_new_connections(app, impatient):
        with other.connect() as holder:
            holder.execute(text(hold))
            response = tap(anna, world.takes_brush)
            holder.rollback()
        again = tap(anna, world.takes_brush)
    other.dispose()

    assert (response.status_code, response.headers["Retry-After"]) == (503, "2")
    assert "busy" in words(response)
    assert "Intet er gemt" in words(response)
    assert again.status_code == 200
    assert count(session, Observation) == 1


def test_a_full_disk_or_a_read_only_server_stores_nothing_and_recovers_by_itself(
    app: Flask, anna: FlaskClient, world: World, session: Session, database_url: str
) -> None:
    session.rollback()
    limit = "SET default_transaction_read_only=on"
    if database_url.startswith("sqlite"):
        # Pages that earlier rows left empty would hold the note.
        with closing(sqlite3.connect(database_url.removeprefix("sqlite:///"))) as connection:
            connection.execute("VACUUM")
        limit = f"PRAGMA max_page_count={session.scalar(text('PRAGMA page_count'))}"
        session.rollback()
    long_note = "Sofie børstede selv tænder. " * 3000
    with on_new_connections(app, limit):
        response = tap(anna, world.takes_brush, note=long_note)
        reading = anna.get("/healthz")
    again = tap(anna, world.takes_brush, note=long_note)

    assert response.status_code == 507
    assert "storage_full" in words(response)
    assert reading.status_code == 200
    assert again.status_code == 200
    assert count(session, Observation) == count(session, AuditEvent) == 1


@pytest.mark.parametrize(
    ("url", "status"),
    [("postgresql://tegn@127.0.0.1:1/tegn", 503), ("sqlite:////dev/null/tegn.sqlite3", 507)],
)
def test_a_database_that_is_gone_is_told_without_asking_it_who_is_there(
    tmp_path: Path, url: str, status: int
) -> None:
    gone = create_app(settings_for(url, tmp_path))
    client = gone.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = "en hemmelighed"
    page = client.get("/offline")

    assert page.status_code == 200
    for headers in ({}, HTMX):
        assert client.get("/", headers=headers).status_code == status
    assert client.get("/findes/ikke").status_code == 404
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200


# Too much


def test_five_megabytes_are_too_much_and_are_told_so(
    anna: FlaskClient, world: World, session: Session
) -> None:
    for htmx in (True, False):
        response = tap(anna, world.takes_brush, htmx=htmx, note="x" * 5_000_000)

        assert response.status_code == 413
        assert "too_large" in words(response)
        assert "Intet er gemt" in words(response)
    assert count(session, Observation) == 0


def test_a_form_of_a_thousand_parts_is_too_much(anna: FlaskClient, world: World) -> None:
    response = anna.post(
        f"/signs/{world.takes_brush.id}/observations",
        data={f"felt{number}": "x" for number in range(1000)},
        content_type="multipart/form-data",
    )

    assert response.status_code == 413


# The words


def test_every_code_an_error_is_answered_with_has_words() -> None:
    for code in (*CODES.values(), "csrf", "foreign_origin", "storage_full", "busy", "unexpected"):
        assert code in WORDS


def test_a_code_without_words_gets_the_general_ones(app: Flask) -> None:
    with app.test_request_context():
        assert str(words_for("findes_ikke")) == str(WORDS["unexpected"])


def test_a_problem_page_still_lets_one_log_out(anna: FlaskClient) -> None:
    response = anna.get("/findes/ikke")

    assert 'action="/logout"' in response.text
    assert tokens(response)


@pytest.mark.parametrize(
    ("url", "limit"),
    [("postgresql://ingen@127.0.0.1:9/tegn", {"connect_timeout": 5}), ("sqlite:///{folder}/a", {})],
)
def test_a_server_that_never_answers_is_given_up_after_five_seconds(
    tmp_path: Path, url: str, limit: dict[str, int]
) -> None:
    settings = settings_for(url.format(folder=tmp_path), tmp_path)

    options = create_app(settings).config["SQLALCHEMY_ENGINE_OPTIONS"]

    assert options["connect_args"] == limit
