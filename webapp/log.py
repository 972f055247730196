"""One line per event, without anything about anyone: ids and places, never names or text."""

import logging
import sys
from pathlib import Path
from time import perf_counter
from typing import Final

import structlog
from flask import Flask, Response, g, request

_SILENT: Final = frozenset({"static", "styles", "health.alive", "health.ready"})
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_OURS: Final = str(Path(__file__).parent)

_SPEAKING: Final = ("alembic", "flask_migrate")
"""They only run on the command line, where their words are the answer."""

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
    logging.basicConfig(level=logging.WARNING, handlers=[LibraryHandler()], force=True)


class LibraryHandler(logging.Handler):
    """Tell that a library complained, and where, but not of what.

    Their messages and traces quote addresses and rows: `Exception while serving /citizens/…`.
    """

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        if record.name.split(".")[0] in _SPEAKING:
            print(record.getMessage(), file=sys.stderr)
            return
        error = record.exc_info[1] if record.exc_info else None
        log.log(
            record.levelno,
            "library",
            logger=record.name,
            at=f"{record.module}.{record.funcName}:{record.lineno}",
            error=type(error).__name__ if error else None,
            of_ours=place(error) if error else None,
        )


def init_app(app: Flask) -> None:
    """Log every request but the ones that only fetch files."""
    # Flask's own line holds the trace, and a trace may quote what people wrote.
    app.log_exception = lambda exc_info: None  # type: ignore[method-assign]

    @app.before_request
    def start() -> None:
        g.started = perf_counter()

    @app.after_request
    def finish(response: Response) -> Response:
        if request.endpoint not in _SILENT:
            # Who was refused: the session's id says it to whoever may read the database.
            who = {"session": g.get("acting")} if response.status_code >= 400 else {}
            log.info(
                "request",
                # The route's pattern, not the address: an address may carry what someone typed.
                route=str(request.url_rule) if request.url_rule else None,
                method=request.method if request.method in _METHODS else None,
                status=response.status_code,
                ms=round((perf_counter() - g.get("started", perf_counter())) * 1000, 1),
                **who,
            )
        return response


def place(error: BaseException) -> str:
    """Return file and line of each frame of ours that an error came through, innermost last."""
    frames = []
    trace = error.__traceback__
    while trace:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith(_OURS):
            frames.append(f"{file.removeprefix(_OURS)}:{trace.tb_lineno}")
        trace = trace.tb_next
    return " ".join(frames)
