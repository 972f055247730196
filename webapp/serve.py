"""Serve with waitress, tuned for many tablets that come back at once."""

import signal
import sys
from types import FrameType

import structlog
import waitress
from flask import Flask

from webapp.config import Settings

log = structlog.get_logger()

THREADS = 8
"""More only wait for each other: Python runs one at a time, and SQLite writes one at a time."""

CONNECTIONS = 1000
"""200 tablets open six connections each at the worst; the default of 100 turns some away."""

BACKLOG = 2048


def serve(app: Flask, settings: Settings) -> None:
    """Serve until asked to stop by SIGTERM or SIGINT; requests under way are finished."""
    server = waitress.create_server(
        app,
        host=settings.host,
        port=settings.port,
        threads=THREADS,
        connection_limit=CONNECTIONS,
        backlog=BACKLOG,
        # select() cannot watch more than 1024 sockets; poll() can.
        asyncore_use_poll=True,
        channel_timeout=60,
        ident=None,
        max_request_body_size=app.config["MAX_CONTENT_LENGTH"] + 1024,
    )

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    print(f"Småtegn is serving on {settings.address}", flush=True)
    try:
        server.run()
    finally:
        server.close()
        log.info("serve.stopped")
        sys.stdout.flush()
