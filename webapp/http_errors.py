"""Every error as words: a page for a page, a fragment for htmx, always with a short code."""

import secrets

import structlog
from flask import Flask, Response, current_app, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from webapp.db import db
from webapp.domain.errors import Refused
from webapp.htmx import wants_fragment
from webapp.messages import words_for

log = structlog.get_logger()

_CODES = {
    400: "bad_request",
    401: "unauthenticated",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    503: "busy",
}


class Unauthenticated(HTTPException):
    """A fragment was asked for without being signed in; a page would be sent to /login."""

    code = 401


class ForeignOrigin(HTTPException):
    """A write came from another site."""

    code = 403


def init_app(app: Flask) -> None:
    """Attach the handlers to the app."""
    app.register_error_handler(Refused, lambda error: problem(error.code, error.status))
    app.register_error_handler(CSRFError, lambda error: problem("csrf", 400))
    app.register_error_handler(ForeignOrigin, lambda error: problem("foreign_origin", 403))
    app.register_error_handler(HTTPException, _http_problem)
    app.register_error_handler(OperationalError, _database_problem)
    app.register_error_handler(Exception, _unexpected)


def problem(code: str, status: int, reference: str | None = None) -> Response:
    """Answer with the words for a code. Nothing the request began is kept.

    Args:
        code: A key of `messages.WORDS`.
        status: The HTTP status.
        reference: Tells one failure from another in the log; shown beside the code.
    """
    db.session.rollback()
    template = "problems/_problem.html" if wants_fragment() else "problems/show.html"
    body = render_template(
        template,
        words=words_for(code),
        code=code,
        reference=reference,
        # When the database may be what broke, the page must not ask it who is signed in.
        bare=status >= 500,
    )
    response = make_response(body, status)
    if wants_fragment():
        # What stands on the screen stays; the problem is told beside it.
        response.headers["HX-Retarget"] = "#messages"
        response.headers["HX-Reswap"] = "innerHTML"
    return response


def _http_problem(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:
        return make_response(error.get_response())
    response = problem(_CODES.get(error.code, "bad_request"), error.code)
    for name, value in error.get_headers():
        if name.lower() not in {"content-type", "content-length"}:
            response.headers[name] = value
    return response


def _database_problem(error: OperationalError) -> Response:
    """Tell apart a full disk and a busy database; neither has stored anything."""
    text = str(error.orig).lower()
    if "full" in text or "no space" in text or "readonly" in text:
        log.error("database.cannot_write", error=type(error.orig).__name__)
        return problem("storage_full", 507)
    if "locked" in text or "busy" in text:
        response = problem("busy", 503)
        response.headers["Retry-After"] = "2"
        return response
    return _unexpected(error)


def _unexpected(error: Exception) -> Response:
    if current_app.testing and current_app.config.get("PROPAGATE_EXCEPTIONS"):
        raise error
    reference = secrets.token_hex(4)
    # The trace may quote what people wrote, so the log gets the place, not the values.
    log.error(
        "request.failed",
        reference=reference,
        endpoint=request.endpoint,
        error=type(error).__name__,
        at=_place(error),
    )
    return problem("unexpected", 500, reference)


def _place(error: Exception) -> str:
    """Return file and line of each frame of ours, innermost last."""
    frames = []
    trace = error.__traceback__
    while trace:
        code = trace.tb_frame.f_code
        if "webapp" in code.co_filename:
            frames.append(f"{code.co_filename.rsplit('webapp', 1)[-1]}:{trace.tb_lineno}")
        trace = trace.tb_next
    return " ".join(frames)
