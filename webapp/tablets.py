"""Which shared tablet this browser is: a cookie of its own, and the row that stands for it."""

from datetime import timedelta
from typing import Final

import structlog
from flask import Flask, Response, current_app, g, request

from webapp.db import db
from webapp.models import Device
from webapp.services import audit
from webapp.services.devices import find_device

log = structlog.get_logger()

COOKIE_LIFE: Final = timedelta(days=400)
"""The longest that browsers keep a cookie; every exchange of the secret begins it anew."""


def init_app(app: Flask) -> None:
    """Send a tablet its new secret with the answer that made it."""
    app.after_request(_send)


def tablet_secret() -> str | None:
    """Return the secret of the tablet's cookie, if this browser has one. It may be worthless."""
    return request.cookies.get(_name()) or None


def current_device() -> Device | None:
    """Return the tablet this browser is, with its department and home; None for any other.

    What is audited in this request is from then on told with the tablet.
    """
    if "tablet" not in g:
        secret = tablet_secret()
        g.tablet = find_device(db.session(), secret) if secret else None
        if g.tablet:
            audit.act_on(db.session(), g.tablet.id)
        elif secret:
            log.info("tablet.refused")
    device: Device | None = g.tablet
    return device


def was_let_go() -> bool:
    """Tell whether this browser still holds the cookie of a tablet that is none any more."""
    return tablet_secret() is not None and current_device() is None


def keep(secret: str | None) -> None:
    """Send the tablet a new secret with this answer; None changes nothing."""
    if secret:
        g.tablet_cookie = secret


def drop() -> None:
    """Take the tablet's cookie away with this answer."""
    g.tablet_cookie = ""


def _send(response: Response) -> Response:
    secret = g.pop("tablet_cookie", None)
    if secret is None:
        return response
    response.set_cookie(
        _name(),
        secret,
        max_age=COOKIE_LIFE if secret else 0,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return response


def _name() -> str:
    return f"{current_app.config['SESSION_COOKIE_NAME']}-tablet"
