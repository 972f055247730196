"""Serve with waitress, tuned for many tablets that come back at once."""

import re
import signal
import time
from collections.abc import Callable
from copy import copy
from types import FrameType
from typing import Final, cast

import structlog
import waitress
from flask import Flask
from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import BaseWSGIServer
from waitress.task import ThreadedTaskDispatcher

from webapp.adapters.jobs import Jobs
from webapp.clip_making import make_clips
from webapp.config import Settings
from webapp.tidying import tidy

log = structlog.get_logger()

THREADS = 8
"""More only wait for each other: Python runs one at a time, and SQLite writes one at a time."""

CONNECTIONS = 1000
"""200 tablets open six connections each at the worst; the default of 100 turns some away."""

BACKLOG = 2048

LARGEST_BODY = 26 * 1024 * 1024
"""Bytes read before waitress refuses in its own words. Up to here the app refuses in ours."""

PATIENCE = 8
"""Seconds that requests under way get to finish once we are asked to stop."""

_TAKES_CLIP: Final = re.compile(r"POST /steps/[^/]+/clip")

Sockets = dict[int, wasyncore.dispatcher]


class CannotServe(Exception):
    """The address is taken or is not ours. The message says which and what to do."""


class _Parser(HTTPRequestParser):
    """Reads as much as a clip takes only where one is taken: who sends it is asked afterwards."""

    def parse_header(self, header_plus: bytes) -> None:
        """Read what comes before a body, and say how long that may be."""
        super().parse_header(header_plus)  # type: ignore[no-untyped-call]  # waitress has none.
        if not _TAKES_CLIP.fullmatch(f"{self.command} {self.path}"):
            self.adj = copy(self.adj)
            self.adj.max_request_body_size = LARGEST_BODY


class _Channel(HTTPChannel):
    """A connection whose requests are read by `_Parser`."""

    parser_class = _Parser


def serve(app: Flask, settings: Settings, *, listening: Callable[[], object]) -> None:
    """Serve until asked to stop by SIGTERM or SIGINT; requests under way are finished.

    Args:
        app: What answers.
        settings: Where to listen.
        listening: Called once nobody else can have the address.

    Raises:
        CannotServe: Nothing can listen at this host and port.
    """
    sockets: Sockets = {}
    dispatcher = _open(app, settings, sockets)
    asked: list[int] = []
    jobs: Jobs = app.extensions["jobs"]

    def stop(signal_number: int, _frame: FrameType | None) -> None:
        asked.append(signal_number)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    listening()
    jobs.start(lambda: make_clips(app), nightly=lambda: tidy(app))
    print(f"Småtegn is serving on {settings.address}", flush=True)
    while not asked:
        # A signal does not wake a poll that is waiting, so none waits long.
        wasyncore.loop(timeout=0.2, use_poll=True, map=sockets, count=1)
    _finish(sockets)
    jobs.stop()
    dispatcher.shutdown(timeout=1)
    wasyncore.close_all(sockets, ignore_all=True)
    log.info("serve.stopped")


def largest_body(settings: Settings) -> int:
    """Return how many bytes are read of any request: those of a clip are the most."""
    return max(LARGEST_BODY, settings.largest_clip + 1024 * 1024)


def _open(app: Flask, settings: Settings, sockets: Sockets) -> ThreadedTaskDispatcher:
    """Listen, with the sockets among those to watch, and return who hands out the requests."""
    try:
        server = waitress.create_server(
            app,
            map=sockets,
            host=settings.host,
            port=settings.port,
            threads=THREADS,
            connection_limit=CONNECTIONS,
            backlog=BACKLOG,
            # select() cannot watch more than 1024 sockets; poll() can.
            asyncore_use_poll=True,
            channel_timeout=60,
            ident=None,
            max_request_body_size=largest_body(settings),
            # Who may be believed about the visitor is decided in `proxies`.
            clear_untrusted_proxy_headers=False,
        )
    except (OSError, ValueError) as error:
        wasyncore.close_all(sockets, ignore_all=True)
        why = getattr(error, "strerror", None) or error
        raise CannotServe(
            f"Nothing can listen on HOST {settings.host} and PORT {settings.port} ({why}): "
            "stop the program that uses it, or choose another PORT"
        ) from None
    for one in sockets.values():
        if isinstance(one, BaseWSGIServer):
            one.channel_class = _Channel
    return cast(ThreadedTaskDispatcher, server.task_dispatcher)


def _finish(sockets: Sockets) -> None:
    """Take no new connections, and go on until every request under way is answered."""
    for server in [one for one in sockets.values() if isinstance(one, BaseWSGIServer)]:
        server.accepting = False
        wasyncore.dispatcher.close(server)
    until = time.monotonic() + PATIENCE
    while any(map(_is_busy, list(sockets.values()))) and time.monotonic() < until:
        wasyncore.loop(timeout=0.05, use_poll=True, map=sockets, count=1)


def _is_busy(one: wasyncore.dispatcher) -> bool:
    return isinstance(one, HTTPChannel) and bool(one.requests or one.total_outbufs_len)
