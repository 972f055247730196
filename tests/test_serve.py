"""The server as an operator runs it: a process of its own that starts, answers and stops."""

import http.client
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import flask_migrate
import pytest
from argon2 import PasswordHasher
from flask import Flask, request
from waitress import wasyncore

from tests.databases import settings_for
from tests.factories import build_world
from tests.test_config import NAMES
from webapp import create_app, serve
from webapp.config import Settings
from webapp.db import db
from webapp.proxies import TrustedProxies
from webapp.services.sign_in import DEMO_PASSWORD

PATIENCE = 60
"""Seconds after which something hangs, also on a busy machine."""


@dataclass(frozen=True)
class Server:
    """A running `smaategn serve`."""

    process: subprocess.Popen[str]
    port: int
    folder: Path
    said: list[str]

    def ask(self) -> http.client.HTTPConnection:
        """Open a connection."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)

    def get(self, path: str, **headers: str) -> tuple[http.client.HTTPResponse, str]:
        """Ask for a page over a connection of its own."""
        connection = self.ask()
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        text = response.read().decode()
        connection.close()
        return response, text

    def sign_in_form(self) -> tuple[dict[str, str], str]:
        """Return the headers and body with which Anna signs in."""
        # Nobody lives here yet, so that is where the sign-in page leads.
        response, page = self.get("/setup")
        [token] = set(re.findall(r'name="csrf_token" value="([^"]+)"', page))
        cookie = (response.headers["Set-Cookie"] or "").partition(";")[0]
        fields = {
            "csrf_token": token,
            "email": "anna@solsikken.example",
            "password": DEMO_PASSWORD,
        }
        form = "application/x-www-form-urlencoded"
        return {"Cookie": cookie, "Content-Type": form}, urlencode(fields)

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text("utf-8")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port


@contextmanager
def served(folder: Path, **settings: str) -> Iterator[Server]:
    """Start the program, wait until it says that it serves, and have it gone afterwards."""
    port = free_port()
    own = {name: value for name, value in os.environ.items() if name not in NAMES}
    own |= {"PORT": str(port), "SMAATEGN_INSTANCE": str(folder / "instance"), **settings}
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [Path(sys.executable).with_name("smaategn"), "serve", "--migrate"],
            env=own,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
    assert process.stdout
    said: list[str] = []
    try:
        for line in process.stdout:
            said.append(line.strip())
            if "is serving on" in line:
                break
        server = Server(process, port, folder, said)
        assert process.poll() is None, server.log
        yield server
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server in the tests' own small home, which is a demo home too."""
    folder = tmp_path_factory.mktemp("served")
    url = f"sqlite:///{folder}/instance/smaategn.sqlite3"
    app = create_app(settings_for(url, folder / "instance"))
    with app.app_context():
        flask_migrate.upgrade()
        quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        build_world(db.session(), password_hash=quick.hash(DEMO_PASSWORD))
        db.session.commit()
        db.engine.dispose()
    with served(folder, SMAATEGN_DEMO="1") as server:
        yield server


# Starting


def test_it_says_where_it_serves_and_who_can_sign_in(server: Server) -> None:
    assert server.said[-1] == f"Småtegn is serving on http://127.0.0.1:{server.port}"
    assert any("anna@solsikken.example" in line for line in server.said)


def test_it_is_ready(server: Server) -> None:
    response, text = server.get("/readyz")

    assert response.status == 200, text
    assert set(json.loads(text).values()) == {"ok"}


def test_anna_signs_in_and_sees_her_department(server: Server) -> None:
    headers, body = server.sign_in_form()
    connection = server.ask()
    connection.request("POST", "/login", body, headers)
    response = connection.getresponse()
    response.read()

    assert (response.status, response.headers["Location"]) == (303, "/")
    cookie = response.headers["Set-Cookie"].partition(";")[0]
    board, page = server.get("/", Cookie=cookie)
    assert board.status == 200
    assert "Søndermarken" in page
    connection.close()


def test_what_it_keeps_is_for_its_owner_only(server: Server) -> None:
    instance = server.folder / "instance"

    assert instance.stat().st_mode & 0o777 == 0o700
    assert (instance / "secret_key").stat().st_mode & 0o777 == 0o600


# Answering


def test_answers_tell_neither_the_server_nor_its_version(server: Server) -> None:
    response, _ = server.get("/login")

    assert not {"server", "via", "x-powered-by"} & {name.lower() for name in response.headers}


def test_five_megabytes_are_refused_in_our_words_with_our_headers(server: Server) -> None:
    connection = server.ask()
    connection.request("POST", "/login", b"note=" + b"x" * 5_000_000)
    response = connection.getresponse()
    text = response.read().decode()

    assert response.status == 413
    assert "too_large" in text
    assert "Content-Security-Policy" in response.headers
    connection.close()


@pytest.mark.parametrize(
    ("path", "size"),
    [
        ("/login", serve.LARGEST_BODY + 1),
        ("/steps/7/clip/removal", serve.LARGEST_BODY + 1),
        ("/steps/7/clip", serve.largest_body(Settings()) + 1),
    ],
)
def test_what_is_far_too_much_is_refused_without_being_read(
    server: Server, path: str, size: int
) -> None:
    connection = server.ask()
    connection.putrequest("POST", path)
    connection.putheader("Content-Length", str(size))
    connection.endheaders()

    assert connection.getresponse().status == 413
    connection.close()


def test_as_much_as_a_clip_takes_is_read_where_a_clip_is_taken(server: Server) -> None:
    connection = server.ask()
    connection.request("POST", "/steps/7/clip", bytes(serve.LARGEST_BODY + 1))

    # Read to its end, and answered by us: there is no such step.
    response = connection.getresponse()
    response.read()
    assert "Content-Security-Policy" in response.headers
    connection.close()


@pytest.mark.parametrize(
    "sent",
    [
        b"SLET / HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /%00%ff HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: \xff\xfe\r\n\r\n",
        b"GET /\x00 HTTP/1.1\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\r\n\r\n",
        b"GET / HTTP/1.1\r\nCookie: smaategn=" + b"x" * 300_000 + b"\r\n\r\n",
        b"POST /login HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    ],
    ids=lambda sent: repr(sent[:20]),
)
def test_nonsense_is_answered_and_serving_goes_on(server: Server, sent: bytes) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as line:
        line.sendall(sent)
        line.shutdown(socket.SHUT_WR)
        answer = line.recv(100)

    assert not answer or answer.startswith(b"HTTP/1.")
    assert b" 500 " not in answer
    assert server.get("/healthz")[0].status == 200


def test_the_log_is_one_json_object_a_line_and_names_nobody(server: Server) -> None:
    headers, body = server.sign_in_form()
    connection = server.ask()
    connection.request("POST", "/login?navn=Sofie%20Holm", body, headers)
    connection.getresponse().read()
    connection.close()

    events = [json.loads(line) for line in server.log.splitlines()]
    assert {"route": "/login", "method": "POST", "status": 303}.items() <= events[-1].items()
    for personal in ("anna", "Anna", "Sofie", "Holm", "solsikken", "127.0.0.1"):
        assert personal not in server.log


# Stopping


def gone(port: int) -> bool:
    """Tell whether nobody listens any more."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=PATIENCE).close()
    except ConnectionError:
        return True
    return False


def test_asked_to_stop_it_finishes_what_is_under_way_and_ends_well(tmp_path: Path) -> None:
    with served(tmp_path) as server:
        headers, body = server.sign_in_form()
        idle, busy = server.ask(), server.ask()
        idle.request("GET", "/healthz")
        idle.getresponse().read()
        database = sqlite3.connect(server.folder / "instance/smaategn.sqlite3")
        database.isolation_level = None
        database.execute("BEGIN IMMEDIATE")

        busy.request("POST", "/login", body, headers)
        # Whoever asks later is answered later: by now the request above has its thread.
        assert server.get("/healthz")[0].status == 200
        server.process.send_signal(signal.SIGTERM)
        until = time.monotonic() + PATIENCE
        while not gone(server.port):
            assert time.monotonic() < until
        assert server.process.poll() is None, "it waits for the request under way"
        database.execute("ROLLBACK")
        database.close()

        response = busy.getresponse()
        assert response.status == 422
        assert 'name="password"' in response.read().decode()
        assert server.process.wait(timeout=PATIENCE) == 0
        assert "serve.stopped" in server.log
        assert "Traceback" not in server.log
        for connection in (idle, busy):
            connection.close()


# Behind a proxy


def address_seen(tmp_path: Path, *, public_url: str, forwarded: str) -> dict[str, str | None]:
    """Return what the app is told about who asks, by the server itself."""
    port = free_port()
    settings = settings_for(
        f"sqlite:///{tmp_path}/x.sqlite3",
        tmp_path,
        HOST="127.0.0.1",
        PORT=port,
        SMAATEGN_PUBLIC_URL=public_url,
    )
    app = Flask("spejl")
    app.wsgi_app = TrustedProxies(app.wsgi_app, settings.proxies)  # type: ignore[method-assign]

    @app.get("/")
    def mirror() -> dict[str, str | None]:
        return {
            "address": request.remote_addr,
            "header": request.headers.get("X-Forwarded-For"),
            "host": request.host,
            "scheme": request.scheme,
        }

    def ask() -> dict[str, str | None]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        connection.request(
            "GET",
            "/",
            headers={
                "Host": "tegn.solgaarden.dk",
                "X-Forwarded-For": forwarded,
                "X-Forwarded-Host": "ond.example",
                "X-Forwarded-Proto": "https",
            },
        )
        told: dict[str, str | None] = json.loads(connection.getresponse().read())
        connection.close()
        return told

    sockets: serve.Sockets = {}
    dispatcher = serve._open(app, settings, sockets)
    with ThreadPoolExecutor(1) as client:
        asked = client.submit(ask)
        while not asked.done():
            wasyncore.loop(timeout=0.05, use_poll=True, map=sockets, count=1)
    dispatcher.shutdown()
    wasyncore.close_all(sockets)
    return asked.result()


def test_what_the_proxy_on_this_machine_says_reaches_the_app(tmp_path: Path) -> None:
    told = address_seen(
        tmp_path, public_url="https://tegn.solgaarden.dk", forwarded="10.0.0.1, 203.0.113.9"
    )

    assert told["address"] == "203.0.113.9"
    assert (told["host"], told["scheme"]) == ("ond.example", "https")


def test_without_a_proxy_nobody_is_believed(tmp_path: Path) -> None:
    told = address_seen(tmp_path, public_url="", forwarded="203.0.113.9")

    assert told["address"] == "127.0.0.1"
    assert told["header"] is None
