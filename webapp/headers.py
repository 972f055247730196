"""What every answer tells the browser, and the check that a write came from our own pages."""

from contextlib import suppress
from typing import Final
from urllib.parse import urlsplit

from flask import Flask, Response, request

from webapp.config import LOOPBACK
from webapp.current import settings
from webapp.http_errors import ForeignOrigin, UnknownHost

CONTENT_SECURITY_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob:",
        "media-src 'self' blob:",
        "connect-src 'self'",
        "font-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "object-src 'none'",
        "frame-ancestors 'none'",
        "report-uri /csp-reports",
        "report-to csp-reports",
    )
)

_ALWAYS: Final = {
    # Tells an answer of ours from one that an open wireless network gives; see exchanges.js.
    "Smaategn-Answer": "1",
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Reporting-Endpoints": 'csp-reports="/csp-reports"',
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(self), geolocation=(), payment=()",
}

_SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})

_ASKED_BY_ANY_NAME: Final = frozenset({"health.alive", "health.ready"})
"""Whoever watches over the program asks the machine, not the name people use."""

_FROM_ANYWHERE: Final = frozenset({"csp_reports.create"})
"""Browsers send it by themselves, some without saying from where; it changes nothing."""


def init_app(app: Flask, *, is_https: bool) -> None:
    """Set the headers on every answer, errors included; refuse foreign writes and names."""

    @app.before_request
    def refuse_unknown_hosts() -> None:
        if request.endpoint not in _ASKED_BY_ANY_NAME and not _is_our_name(request.host):
            raise UnknownHost

    @app.before_request
    def refuse_foreign_writes() -> None:
        if request.method in _SAFE_METHODS or request.endpoint in _FROM_ANYWHERE:
            return
        if not _is_ours():
            raise ForeignOrigin

    @app.after_request
    def set_headers(response: Response) -> Response:
        for name, value in _ALWAYS.items():
            response.headers.setdefault(name, value)
        if is_https:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        # Personal unless a route said otherwise.
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store"
        return response


def _is_our_name(host: str) -> bool:
    """Tell whether a request was sent to the name people use, or to this machine itself.

    The port is not compared: behind a proxy it is another than the one people see.
    """
    with suppress(ValueError):
        asked = (urlsplit(f"//{host}").hostname or "").removesuffix(".")
        return asked in {*LOOPBACK, urlsplit(settings().address).hostname}
    return False


def _is_ours() -> bool:
    """Tell whether a write comes from our own pages, by what the browser itself says.

    Beside the form's token, not instead of it: a page cannot forge these headers.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    if settings().is_https:
        # The proxy in front may ask us by another name; browsers know only this one.
        return origin == settings().address
    return origin == f"{request.scheme}://{request.host}"
