"""Reports of the browser: taken from anyone, kept small, and logged without anything of anyone."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import structlog
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.factories import NOW, World
from webapp.blueprints.csp_reports import routes
from webapp.blueprints.csp_reports.reports import EACH_MINUTE, LARGEST, Allowance


@pytest.fixture(autouse=True)
def allowance(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin with a fresh minute."""
    monkeypatch.setattr(routes, "_allowance", Allowance())


@pytest.fixture
def logged() -> Iterator[list[Any]]:
    with structlog.testing.capture_logs() as lines:
        yield lines


def send(client: FlaskClient, report: object, kind: str = "application/csp-report") -> TestResponse:
    body = report if isinstance(report, bytes) else json.dumps(report).encode()
    return client.post("/csp-reports", data=body, content_type=kind)


def violations(lines: list[Any]) -> list[tuple[str, str | None]]:
    return [
        (line["directive"], line["route"]) for line in lines if line["event"] == "csp.violation"
    ]


def by_uri(page: str, directive: str = "script-src-elem") -> dict[str, Any]:
    return {
        "csp-report": {
            "document-uri": page,
            "effective-directive": directive,
            "blocked-uri": "https://ond.example/Sofie",
            "script-sample": "Sofie Holm",
        }
    }


def test_the_log_gets_the_rule_and_the_pattern_and_nothing_else(
    client: FlaskClient, world: World, logged: list[Any]
) -> None:
    page = f"http://localhost/citizens/{world.sofie.id}?opened=Sofie"

    response = send(client, by_uri(page))

    assert response.status_code == 204
    assert violations(logged) == [("script-src", "/citizens/<uuid:citizen_id>")]
    assert "Sofie" not in str(logged)
    assert "ond.example" not in str(logged)
    assert str(world.sofie.id) not in str(logged)


def test_the_newer_form_says_the_same(client: FlaskClient, logged: list[Any]) -> None:
    body = {"documentURL": "http://localhost/login", "effectiveDirective": "style-src-attr"}
    sent = [{"type": "csp-violation", "body": body}] * 2

    assert send(client, sent, "application/reports+json").status_code == 204

    assert violations(logged) == [("style-src", "/login")] * 2


@pytest.mark.parametrize(
    "report",
    [
        *(b"", b"{", b"[" * 5000, b"\xff\xfe", b"null", b'"x"', b"[1, null, {}]"),
        {"csp-report": None},
        {"csp-report": "x"},
        [{"body": []}],
    ],
    ids=lambda report: str(report)[:20],
)
def test_what_is_no_report_changes_nothing(
    client: FlaskClient, logged: list[Any], report: object
) -> None:
    assert send(client, report).status_code == 204
    assert violations(logged) == []


@pytest.mark.parametrize("page", ["", "http://[", "//", "x" * 3000, "/findes/ikke\r\nlog: ok", "7"])
def test_a_page_and_a_rule_that_are_not_ours_are_not_repeated(
    client: FlaskClient, logged: list[Any], page: str
) -> None:
    send(client, by_uri(page, "ond\r\nlinje"))

    assert violations(logged) == [("other", None)]


def test_one_report_says_only_so_much(client: FlaskClient, logged: list[Any]) -> None:
    send(client, [{"body": {"documentURL": "/login"}}] * 50)

    assert len(violations(logged)) == 10


def test_a_large_report_is_refused(client: FlaskClient, logged: list[Any]) -> None:
    assert send(client, b"x" * (LARGEST + 1)).status_code == 413
    assert violations(logged) == []


def test_many_reports_are_refused_until_the_minute_is_over(
    client: FlaskClient, set_clock: Callable[[datetime], None]
) -> None:
    answers = [send(client, {}).status_code for _ in range(EACH_MINUTE + 1)]
    assert answers == [204] * EACH_MINUTE + [429]
    assert send(client, {}).headers["Retry-After"] == "60"

    set_clock(NOW + timedelta(minutes=1))

    assert send(client, {}).status_code == 204


def test_it_is_taken_without_a_token_and_from_wherever_a_browser_says(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)

    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}):
        assert client.post("/csp-reports", data=b"{}", headers=headers).status_code == 204
    assert client.post("/login", data={}, headers={"Origin": "null"}).status_code == 403


def test_every_page_says_where_reports_go(client: FlaskClient) -> None:
    headers = client.get("/login").headers

    assert "report-uri /csp-reports; report-to csp-reports" in headers["Content-Security-Policy"]
    assert headers["Reporting-Endpoints"] == 'csp-reports="/csp-reports"'
