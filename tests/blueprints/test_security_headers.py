"""What every answer tells the browser, whatever became of the request."""

import functools
import re
from pathlib import Path

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.blueprints.tapping import HTMX
from tests.databases import settings_for
from tests.factories import World
from webapp import assets, create_app
from webapp.db import db
from webapp.headers import CONTENT_SECURITY_POLICY

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Smaategn-Answer": "1",
}

DIRECTIVES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' blob:",
    "media-src": "'self' blob:",
    "connect-src": "'self'",
    "font-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "object-src": "'none'",
    "frame-ancestors": "'none'",
    "report-uri": "/csp-reports",
    "report-to": "csp-reports",
}


@pytest.fixture
def answers(
    app: Flask,
    anna: FlaskClient,
    client: FlaskClient,
    world: World,
    monkeypatch: pytest.MonkeyPatch,
) -> dict[str, TestResponse]:
    """One answer of each kind there is."""
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    sofie = f"/citizens/{world.sofie.id}"
    tap = f"/signs/{world.takes_brush.id}/observations"
    found = {
        "a page": anna.get(sofie),
        "a page's head": anna.head(sofie),
        "what may be asked": anna.options(sofie),
        "the board": anna.get("/"),
        "signing in": client.get("/login"),
        "a refusal": client.post("/login", data={"email": "a@b.dk", "password": "forkert"}),
        "sent to sign in": client.get(sofie),
        "sent on": anna.get("/login"),
        "not signed in": client.get(sofie, headers=HTMX),
        "a form with mistakes": anna.post(tap),
        "a fragment with mistakes": anna.post(tap, headers=HTMX),
        "nothing there": anna.get("/findes/ikke"),
        "nothing there for a stranger": client.get("/findes/ikke"),
        "no fragment there": anna.get("/findes/ikke", headers=HTMX),
        "not that way": anna.delete("/"),
        "from elsewhere": anna.post(tap, headers={"Origin": "null"}),
        "too large": anna.post(tap, data={"note": "x" * 5_000_000}),
        "a file": client.get(f"/static/{assets.release()}/icons/icon-192.png"),
        "styles": client.get(f"/static/{assets.release()}/app.css"),
        "no file": client.get(f"/static/{assets.release()}/findes/ikke.js"),
        "the worker": client.get("/sw.js"),
        "the manifest": client.get("/manifest.webmanifest"),
        "without network": client.get("/offline"),
        "alive": client.get("/healthz"),
        "ready": client.get("/readyz"),
    }
    monkeypatch.setitem(app.view_functions, "citizens.show", app.view_functions["board.index"])
    found["our mistake"] = anna.get(sofie)
    return found


def test_every_answer_carries_the_policy_and_its_friends(answers: dict[str, TestResponse]) -> None:
    assert answers["our mistake"].status_code == 500
    assert answers["too large"].status_code == 413
    for what, answer in answers.items():
        policy = dict(
            directive.split(" ", 1)
            for directive in answer.headers["Content-Security-Policy"].split("; ")
        )
        assert policy == DIRECTIVES, what
        assert {name: answer.headers[name] for name in ALWAYS} == ALWAYS, what
        assert "geolocation=()" in answer.headers["Permissions-Policy"], what


KEPT = {
    "static",
    "styles",
    "pwa.worker",
    "pwa.manifest",
    "pwa.offline",
    "pwa.favicon",
    "lock.offline",
}
"""The routes that say the same to everyone, so that a browser may keep their answers."""


def test_every_route_carries_them_whatever_it_answers(
    app: Flask,
    anna: FlaskClient,
    client: FlaskClient,
    world: World,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)

    def broken(**_ids: object) -> str:
        raise RuntimeError("Sofie Holm")

    seen: set[int] = set()
    for rule in app.url_map.iter_rules():
        url = re.sub("<uuid:[a-z_]+>", str(world.sofie.id), rule.rule)
        url = url.replace("<release>", assets.release()).replace("<path:name>", "icons/icon.svg")
        view = app.view_functions[rule.endpoint]
        for answers in (view, functools.wraps(view)(broken)):
            monkeypatch.setitem(app.view_functions, rule.endpoint, answers)
            for method in sorted((rule.methods or set()) - {"OPTIONS"}):
                for browser in (client, anna):
                    answer = browser.open(url, method=method)
                    seen.add(answer.status_code)
                    where = f"{answer.status_code} {method} {url}"
                    policy = answer.headers["Content-Security-Policy"]
                    assert policy == CONTENT_SECURITY_POLICY, where
                    assert {name: answer.headers[name] for name in ALWAYS} == ALWAYS, where
                    is_kept = answer.headers["Cache-Control"] != "no-store"
                    assert not is_kept or rule.endpoint in KEPT, where
                    assert b"Holm" not in answer.data or answer.status_code == 200, where

    assert {200, 204, 303, 404, 500} <= seen


def test_the_cookie_is_as_small_as_browsers_keep(anna: FlaskClient, world: World) -> None:
    anna.get(f"/citizens/{world.sofie.id}")
    anna.post("/language", data={"language": "en", "next": "/" + "x" * 1900})

    cookie = anna.get_cookie("smaategn")

    assert cookie is not None
    assert len(f"smaategn={cookie.value}") <= 4096


@pytest.mark.parametrize("parts", [101, 20_000])
def test_a_form_of_very_many_parts_is_refused(anna: FlaskClient, world: World, parts: int) -> None:
    part = '--x\r\nContent-Disposition: form-data; name="note"\r\n\r\nSet\r\n'
    response = anna.post(
        f"/signs/{world.takes_brush.id}/observations",
        data=part * parts + "--x--\r\n",
        content_type="multipart/form-data; boundary=x",
    )

    assert response.status_code == 413


def test_nothing_unsafe_is_allowed_anywhere(answers: dict[str, TestResponse]) -> None:
    for what, answer in answers.items():
        assert "unsafe" not in str(answer.headers), what


def test_nothing_personal_may_be_kept(answers: dict[str, TestResponse]) -> None:
    kept = {
        what for what, answer in answers.items() if answer.headers["Cache-Control"] != "no-store"
    }

    assert kept == {"a file", "styles", "the worker", "the manifest", "without network"}


def test_a_page_carries_nothing_by_which_it_is_known_again(
    answers: dict[str, TestResponse],
) -> None:
    for what, answer in answers.items():
        if answer.headers["Cache-Control"] == "no-store":
            assert "ETag" not in answer.headers, what
            assert "Last-Modified" not in answer.headers, what


def test_what_everyone_may_keep_carries_no_cookie(answers: dict[str, TestResponse]) -> None:
    for what in ("a file", "styles", "the worker", "the manifest", "without network", "alive"):
        assert "Set-Cookie" not in answers[what].headers, what


def test_caches_learn_that_page_and_fragment_differ(answers: dict[str, TestResponse]) -> None:
    for what, answer in answers.items():
        assert "HX-Request" in answer.headers["Vary"], what


def test_no_answer_says_what_it_was_made_with(answers: dict[str, TestResponse]) -> None:
    for what, answer in answers.items():
        assert not {"Server", "X-Powered-By"} & set(answer.headers.keys()), what


def test_on_plain_http_nobody_is_told_to_use_https(answers: dict[str, TestResponse]) -> None:
    for answer in answers.values():
        assert "Strict-Transport-Security" not in answer.headers


def test_behind_https_browsers_are_told_to_stay_there(database_url: str, tmp_path: Path) -> None:
    public = "https://tegn.solgaarden.dk"
    behind = create_app(settings_for(database_url, tmp_path, SMAATEGN_PUBLIC_URL=public))

    for path in ("/login", "/findes/ikke", "/healthz"):
        answer = behind.test_client().get(path, base_url=public)
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    with behind.app_context():
        db.engine.dispose()


def test_a_fragment_is_the_part_and_a_page_is_whole(anna: FlaskClient) -> None:
    page, part = anna.get("/findes/ikke"), anna.get("/findes/ikke", headers=HTMX)

    assert page.text.startswith("<!doctype html>")
    assert part.text.lstrip().startswith("<div")
    assert part.headers["HX-Retarget"] == "#messages"
    assert part.headers["HX-Reswap"] == "innerHTML"


def test_heads_and_questions_about_methods_are_answered(
    anna: FlaskClient, client: FlaskClient, world: World
) -> None:
    sofie = f"/citizens/{world.sofie.id}"
    head, options = anna.head(sofie), anna.options(sofie)

    assert (head.status_code, head.data) == (200, b"")
    assert (options.status_code, options.data) == (200, b"")
    assert set(options.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    assert client.head("/login").status_code == 200
    assert client.options("/login").status_code == 200
    assert client.head(sofie).status_code == 303


def test_a_page_that_may_not_be_asked_that_way_says_which_ways_there_are(
    anna: FlaskClient,
) -> None:
    response = anna.delete("/login")

    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 410, 415, 422, 429, 431, 451, 501])
def test_every_refusal_is_a_page_of_ours_with_its_headers(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    view = app.view_functions["auth.new"]
    refuse = functools.wraps(view)(lambda: abort(status))
    monkeypatch.setitem(app.view_functions, "auth.new", refuse)

    response = client.get("/login")

    assert response.status_code == status
    assert response.text.startswith("<!doctype html>")
    assert response.headers["Cache-Control"] == "no-store"
    assert "Content-Security-Policy" in response.headers
