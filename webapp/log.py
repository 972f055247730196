"""One line per event, without anything about anyone: ids and places, never names or text."""

import logging
import sys
from time import perf_counter
from typing import Final

import structlog
from flask import Flask, Response, g, request

_SILENT: Final = frozenset({"static", "styles", "health.alive", "health.ready"})

log = structlog.get_logger()


def set_up() -> None:
    """Write lines for people on a terminal, and JSON to anything else."""
    on_terminal = sys.stderr.isatty()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.dev.ConsoleRenderer() if on_terminal else structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=True,
    )


def init_app(app: Flask) -> None:
    """Log every request but the ones that only fetch files."""

    @app.before_request
    def start() -> None:
        g.started = perf_counter()

    @app.after_request
    def finish(response: Response) -> Response:
        if request.endpoint not in _SILENT:
            log.info(
                "request",
                # The route's pattern, not the address: an address may carry what someone typed.
                route=str(request.url_rule) if request.url_rule else None,
                method=request.method,
                status=response.status_code,
                ms=round((perf_counter() - g.get("started", perf_counter())) * 1000, 1),
            )
        return response
