"""Who is signed in: Flask-Login on top of sessions that live in the database."""

from typing import Final, cast
from zoneinfo import ZoneInfo

import flask_login
from flask import Flask, Response, session
from flask_login import LoginManager, UserMixin

from webapp.adapters import clock
from webapp.db import db
from webapp.models import Staff
from webapp.services import sign_in


class _Sessions(LoginManager):
    """Flask-Login without its "remember me": that would read the cookie for every file too.

    And what is answered by cookie is fetched again whenever the cookie changes.
    """

    def _update_remember_cookie(self, response: Response) -> Response:
        return response


login_manager = _Sessions()  # type: ignore[no-untyped-call]
# The session row is the protection; an address that changes with the network is no theft.
login_manager.session_protection = None  # type: ignore[assignment]

KEPT_AT_SIGN_IN: Final = ("language",)


class SignedIn(UserMixin):
    """What Flask-Login carries: the person and the secret that opened the session."""

    def __init__(self, staff: Staff, secret: str) -> None:
        """Remember both for the length of the request."""
        self.staff = staff
        self.secret = secret

    def get_id(self) -> str:
        """Return what the cookie holds: the session's secret, never the person's id."""
        return self.secret


@login_manager.user_loader  # type: ignore[untyped-decorator]
def _load(secret: str) -> SignedIn | None:
    found = sign_in.find_session(db.session(), secret, now=clock.now())
    return SignedIn(found.staff, secret) if found else None


def init_app(app: Flask) -> None:
    """Attach Flask-Login to the app."""
    # Templates ask `signed_in()`. Flask-Login would look the person up for every one of them, also
    # for the page that tells that the database is gone.
    login_manager.init_app(app, add_context_processor=False)  # type: ignore[no-untyped-call]


def is_signed_in() -> bool:
    """Tell whether the request comes from someone signed in."""
    return open_secret() is not None


def open_secret() -> str | None:
    """Return the secret of the session this browser has; None when nobody is signed in."""
    user = flask_login.current_user._get_current_object()
    return user.secret if isinstance(user, SignedIn) else None


def current_staff() -> Staff:
    """Return who acts. Only behind a permission; see `access.requires`."""
    return cast(SignedIn, flask_login.current_user).staff


def home_zone() -> ZoneInfo:
    """Return the time zone of the acting person's home."""
    return ZoneInfo(current_staff().home.timezone)


def begin(staff: Staff, secret: str) -> None:
    """Put the session's secret in a fresh cookie: nothing set before sign-in survives it."""
    kept = {name: session[name] for name in KEPT_AT_SIGN_IN if name in session}
    session.clear()
    session.update(kept)
    flask_login.login_user(SignedIn(staff, secret))


def end() -> None:
    """End the session in the database and empty the cookie. The caller commits."""
    user = cast(SignedIn, flask_login.current_user)
    sign_in.sign_out(db.session(), user.secret, actor=user.staff, now=clock.now())
    kept = {name: session[name] for name in KEPT_AT_SIGN_IN if name in session}
    flask_login.logout_user()
    session.clear()
    session.update(kept)
