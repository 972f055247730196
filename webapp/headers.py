"""What every answer tells the browser, and the check that a write came from our own pages."""

from typing import Final

from flask import Flask, Response, current_app, request

from webapp.config import Settings
from webapp.http_errors import ForeignOrigin

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
    )
)

_ALWAYS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(self), geolocation=(), payment=()",
}

_SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})


def init_app(app: Flask, *, is_https: bool) -> None:
    """Set the headers on every answer, errors included, and refuse foreign writes."""

    @app.before_request
    def refuse_foreign_writes() -> None:
        if request.method not in _SAFE_METHODS and not _is_ours():
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
    settings: Settings = current_app.extensions["smaategn_settings"]
    if settings.is_https:
        # The proxy in front may ask us by another name; browsers know only this one.
        return origin == settings.address
    return origin == f"{request.scheme}://{request.host}"
