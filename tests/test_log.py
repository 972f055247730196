"""The log: one line per event, and nothing in it about anyone."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any, NoReturn
from uuid import uuid4

import pytest
import structlog
from flask import Flask
from flask.testing import FlaskClient

from tests.blueprints.tapping import tap
from tests.factories import World
from webapp import log
from webapp.services import sign_in

CPR = "010190-1234"
WORDS = f"Sofie Holm {CPR}\r\n2026-11-21 [info] forfalsket linje \x1b[31m"
PERSONAL = ("Sofie", "Holm", "Anna", "Madsen", "anna@", "010190", "solsikken", "forfalsket", "\x1b")


@pytest.fixture(autouse=True)
def configuration() -> Iterator[None]:
    """Leave logging as it was."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    yield
    structlog.reset_defaults()
    root.handlers[:] = before
    root.setLevel(level)


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What stands in the log of a server that writes to a file."""
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    log.set_up()
    # Loggers keep what they were first given, which in tests was something else.
    for module in ("webapp.log", "webapp.http_errors"):
        monkeypatch.setattr(f"{module}.log", structlog.get_logger())
    return stream


def lines(written: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def raiser(error: BaseException) -> Callable[..., NoReturn]:
    def raise_it(*_args: Any, **_kwargs: Any) -> NoReturn:
        raise error

    return raise_it


def test_a_request_is_one_line_with_the_routes_pattern_and_no_address(
    anna: FlaskClient, world: World, written: io.StringIO
) -> None:
    anna.get(f"/citizens/{world.sofie.id}?opened={CPR}")

    [line] = lines(written)
    assert line.pop("ms") >= 0
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "request",
        "level": "info",
        "route": "/citizens/<uuid:citizen_id>",
        "method": "GET",
        "status": 200,
    }


def test_nothing_anyone_typed_or_is_called_stands_in_the_log(
    app: Flask,
    anna: FlaskClient,
    client: FlaskClient,
    world: World,
    written: io.StringIO,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    headers = {"User-Agent": CPR, "Referer": f"http://localhost/?q={CPR}", "HX-Target": CPR}

    tap(anna, world.takes_brush, note=WORDS, reason=WORDS, id=WORDS)
    tap(anna, world.takes_brush, note=WORDS)
    client.post("/login", data={"email": "anna@solsikken.example", "password": WORDS})
    client.post("/login", data={"email": WORDS, "password": WORDS, "next": WORDS})
    for path in (f"/{CPR}", f"/citizens/{CPR}", "/%0d%0aforfalsket", "/sofie%20holm"):
        anna.get(path, query_string={"q": WORDS}, headers=headers)
    anna.get("/", query_string={"department": WORDS})
    anna.open("/", method=f"{CPR}")
    anna.post(f"/goals/{uuid4()}/observations", data={WORDS: WORDS})
    monkeypatch.setattr(sign_in, "find_session", raiser(ValueError(WORDS)))
    anna.get("/", query_string={"q": WORDS})

    found = written.getvalue()
    for personal in PERSONAL:
        assert personal not in found, personal
    assert str(world.sofie.id) not in found
    assert str(world.anna.id) not in found
    assert [line["status"] for line in lines(written) if line["event"] == "request"] == [
        422, 200, 422, 422, 404, 404, 404, 404, 404, 405, 404, 500,
    ]  # fmt: skip


def test_a_failure_is_found_again_by_its_reference_and_tells_only_the_place(
    app: Flask, anna: FlaskClient, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setattr(sign_in, "find_session", raiser(ValueError(WORDS)))

    shown = anna.get("/").text

    failure = next(line for line in lines(written) if line["event"] == "request.failed")
    assert failure["reference"] in shown
    assert (failure["level"], failure["error"], failure["endpoint"]) == (
        "error",
        "ValueError",
        "board.index",
    )
    assert failure["at"].split()[-1].startswith("/login.py:")


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/static/abc/findes-ikke.js"])
def test_files_and_the_questions_of_machines_leave_no_line(
    client: FlaskClient, written: io.StringIO, path: str
) -> None:
    client.get(path)

    assert written.getvalue() == ""


def test_a_library_that_complains_is_told_with_its_place_and_without_its_words(
    written: io.StringIO,
) -> None:
    try:
        raise ValueError(WORDS)
    except ValueError:
        logging.getLogger("waitress").exception(f"Exception while serving /citizens/{CPR}")
    logging.getLogger("sqlalchemy.pool").error("Could not keep %s", WORDS)

    first, second = lines(written)
    assert (first["event"], first["logger"], first["error"]) == (
        "library",
        "waitress",
        "ValueError",
    )
    assert first["at"].startswith("test_log.test_a_library_that_complains")
    assert (second["level"], second["logger"]) == ("error", "sqlalchemy.pool")
    for personal in PERSONAL:
        assert personal not in written.getvalue()


def test_what_a_library_only_mentions_is_left_out(written: io.StringIO) -> None:
    logging.getLogger("waitress").info("Client disconnected while serving /citizens/%s", CPR)

    assert written.getvalue() == ""


def test_migrations_may_speak_because_someone_is_waiting_for_their_words(
    capsys: pytest.CaptureFixture[str],
) -> None:
    log.set_up()

    logging.getLogger("flask_migrate").error("Error: Can't locate revision identified by '9999'")

    assert capsys.readouterr().err == "Error: Can't locate revision identified by '9999'\n"


def test_flask_itself_writes_no_trace(
    app: Flask, client: FlaskClient, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    finish, calls = app.process_response, []

    def break_once(response: Any) -> Any:
        calls.append(response)
        if len(calls) == 1:
            raise ValueError(WORDS)
        return finish(response)

    monkeypatch.setattr(app, "process_response", break_once)

    assert client.get("/login").status_code == 500

    assert "Traceback" not in written.getvalue()
    assert "forfalsket" not in written.getvalue()
    assert [line["event"] for line in lines(written)] == ["request.failed", "request"]


def test_on_a_terminal_lines_are_for_people(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    monkeypatch.setattr("sys.stderr", stream)
    log.set_up()

    structlog.get_logger().info("serve.stopped")

    assert "serve.stopped" in stream.getvalue()
    assert not stream.getvalue().startswith("{")
