"""Every error as words: a page for a page, a fragment for htmx, always with a short code."""

import secrets
from collections.abc import Iterator
from typing import Final

import structlog
from flask import Flask, Response, current_app, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException, InternalServerError

from webapp.db import db
from webapp.domain.errors import Refused
from webapp.htmx import wants_fragment
from webapp.log import place
from webapp.messages import words_for

log = structlog.get_logger()

CODES: Final = {
    400: "bad_request",
    401: "unauthenticated",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    429: "too_many",
    503: "busy",
}

# What SQLite says, and what PostgreSQL's states begin with.
_CANNOT_WRITE: Final = ("is full", "no space", "readonly", "disk i/o", "unable to open")
_CANNOT_WRITE_STATES: Final = ("53100", "25006", "58030")
_BUSY: Final = ("locked", "busy")
_BUSY_STATES: Final = ("08", "40", "53300", "55P03", "57P")


class Unauthenticated(HTTPException):
    """A fragment was asked for without being signed in; a page would be sent to /login."""

    code = 401


class ProviderSilent(HTTPException):
    """The municipality's identity provider does not answer."""

    code = 503


class ForeignOrigin(HTTPException):
    """A write came from another site."""

    code = 403


class UnknownHost(HTTPException):
    """The request was sent to a name that is not ours."""

    code = 400


def init_app(app: Flask) -> None:
    """Attach the handlers to the app."""
    app.register_error_handler(Refused, lambda error: problem(error.code, error.status))
    app.register_error_handler(CSRFError, lambda error: problem("csrf", 400))
    app.register_error_handler(ProviderSilent, lambda error: problem("provider_down", 503))
    app.register_error_handler(ForeignOrigin, lambda error: problem("foreign_origin", 403))
    app.register_error_handler(UnknownHost, lambda error: problem("unknown_host", 400))
    app.register_error_handler(HTTPException, _http_problem)
    app.register_error_handler(DBAPIError, _database_problem)
    app.register_error_handler(Exception, _unexpected)


def problem(
    code: str, status: int, reference: str | None = None, *, words: str | None = None
) -> Response:
    """Answer with the words for a code. Nothing the request began is kept.

    Args:
        code: A key of `messages.WORDS`.
        status: The HTTP status.
        words: More fitting ones than the code's, such as a field's own.
        reference: Tells one failure from another in the log; shown beside the code.
    """
    _let_go()
    told = {"words": words or words_for(code), "code": code, "reference": reference}
    template = "problems/_problem.html" if wants_fragment() else "problems/show.html"
    try:
        # When the database may be what broke, the page must not ask it who is signed in.
        body = render_template(template, **told, bare=status >= 500)
    except DBAPIError:
        _let_go()
        body = render_template(template, **told, bare=True)
    response = make_response(body, status)
    if wants_fragment():
        # What stands on the screen stays; the problem is told beside it.
        response.headers["HX-Retarget"] = "#messages"
        response.headers["HX-Reswap"] = "innerHTML"
    return response


def _let_go() -> None:
    """Roll back. Where even that fails, drop the connection: the database forgets by itself."""
    try:
        db.session.rollback()
    except Exception as error:
        log.warning("rollback.failed", error=type(error).__name__)
        db.session().invalidate()


def _http_problem(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:
        return make_response(error.get_response())
    if isinstance(error, InternalServerError):
        # Flask wraps what went wrong while an answer was being finished.
        return _failed(error.original_exception or error)
    response = problem(CODES.get(error.code, "bad_request"), error.code)
    for name, value in error.get_headers():
        if name.lower() not in {"content-type", "content-length"}:
            response.headers[name] = value
    return response


def _failed(error: BaseException) -> Response:
    return _database_problem(error) if isinstance(error, DBAPIError) else _unexpected(error)


def _database_problem(error: DBAPIError) -> Response:
    """Tell apart a database that cannot write and a busy one; neither has stored anything."""
    said, state = " ".join(_words_of(error)), getattr(error.orig, "sqlstate", None) or ""
    if any(words in said for words in _CANNOT_WRITE) or state in _CANNOT_WRITE_STATES:
        log.error("database.cannot_write", error=type(error.orig).__name__, at=place(error))
        return problem("storage_full", 507)
    if any(words in said for words in _BUSY) or state.startswith(_BUSY_STATES) or _is_gone(error):
        log.warning("database.busy", error=type(error.orig).__name__, at=place(error))
        response = problem("busy", 503)
        response.headers["Retry-After"] = "2"
        return response
    return _unexpected(error)


def _words_of(error: BaseException | None) -> Iterator[str]:
    """Yield what the database said, and what it said before: undoing may have failed after it."""
    while error:
        if isinstance(error, DBAPIError):
            yield str(error.orig).lower()
        error = error.__cause__ or error.__context__


def _is_gone(error: DBAPIError) -> bool:
    """Tell whether a PostgreSQL server could not be reached; then there is no state to tell."""
    is_postgresql = type(error.orig).__module__.startswith("psycopg")
    lost = error.connection_invalidated or type(error.orig).__name__ == "OperationalError"
    return is_postgresql and lost


def _unexpected(error: BaseException) -> Response:
    if current_app.testing and current_app.config.get("PROPAGATE_EXCEPTIONS"):
        raise error
    reference = secrets.token_hex(4)
    # The trace may quote what people wrote, so the log gets the place, not the values.
    log.error(
        "request.failed",
        reference=reference,
        endpoint=request.endpoint,
        error=type(error).__name__,
        at=place(error),
    )
    return problem("unexpected", 500, reference)
