"""Who is signed in: Flask-Login on top of sessions that live in the database."""

from typing import Final, cast
from zoneinfo import ZoneInfo

import flask_login
import structlog
from flask import Flask, Response, g, redirect, request, session, url_for
from flask_login import LoginManager, UserMixin
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response as WerkzeugResponse

from webapp.adapters import clock
from webapp.adapters.sealing import Sealer
from webapp.current import pepper, settings
from webapp.db import db, read_only
from webapp.domain import second_factor
from webapp.domain.idling import SEEN_EVERY
from webapp.domain.second_factor import Standing
from webapp.models import Staff, StaffSession
from webapp.services import audit, sign_in
from webapp.services.second_factor import LABEL, Knock
from webapp.tablets import current_device, tablet_secret, was_let_go


class _Sessions(LoginManager):
    """Flask-Login without its "remember me": that would read the cookie for every file too.

    And what is answered by cookie is fetched again whenever the cookie changes.
    """

    def _update_remember_cookie(self, response: Response) -> Response:
        return response


log = structlog.get_logger()

login_manager = _Sessions()  # type: ignore[no-untyped-call]
# The session row is the protection; an address that changes with the network is no theft.
login_manager.session_protection = None  # type: ignore[assignment]

KEPT_AT_SIGN_IN: Final = ("language",)


class SignedIn(UserMixin):
    """What Flask-Login carries: the session with its person, and the secret that opened it."""

    def __init__(self, opened: StaffSession, secret: str) -> None:
        """Remember both for the length of the request."""
        self.opened = opened
        self.staff = opened.staff
        self.secret = secret
        self.standing = sign_in.standing_of(opened)

    def get_id(self) -> str:
        """Return what the cookie holds: the session's secret, never the person's id."""
        return self.secret


@login_manager.user_loader  # type: ignore[untyped-decorator]
def _load(secret: str) -> SignedIn | None:
    now = clock.now()
    found = sign_in.find_session(db.session(), secret, now=now, tablet=tablet_secret())
    if found is None:
        log.info("session.refused")
        return None
    g.acting = str(found.id)
    if found.device_id:
        audit.act_on(db.session(), found.device_id)
    if now - found.seen_at >= SEEN_EVERY:
        # Written down with whatever this request commits; see `presence`.
        g.seen = found
    return SignedIn(found, secret)


def init_app(app: Flask) -> None:
    """Attach Flask-Login to the app."""
    # Templates ask `signed_in()`. Flask-Login would look the person up for every one of them, also
    # for the page that tells that the database is gone.
    login_manager.init_app(app, add_context_processor=False)  # type: ignore[no-untyped-call]


def is_signed_in() -> bool:
    """Tell whether the request comes from someone signed in, all the way."""
    return standing() is Standing.SIGNED_IN


def standing() -> Standing | None:
    """Return how far somebody has come in; None when they have not begun."""
    user = _user()
    return user.standing if user else None


def open_secret() -> str | None:
    """Return the secret of the session this browser has, half open or open; else None."""
    user = _user()
    return user.secret if user else None


def cookie_secret() -> str | None:
    """Return the secret in the session's cookie, also of one that is locked or over."""
    secret = session.get("_user_id")
    return secret if isinstance(secret, str) else None


def way_in(next: str | None = None) -> str:
    """Return where this browser signs in: a tablet is unlocked, or told that it was let go."""
    if was_let_go():
        return url_for("devices.new_tablet")
    return url_for("lock.show" if current_device() else "auth.new", next=next)


def current_session() -> StaffSession:
    """Return the session this browser has. Only behind a permission."""
    return cast(SignedIn, flask_login.current_user).opened


def is_fresh() -> bool:
    """Tell whether somebody proved who they are just now. Only behind a permission."""
    opened = current_session()
    return second_factor.is_fresh(opened.method, opened.started_at, clock.now())


def current_staff() -> Staff:
    """Return who acts. Only behind a permission; see `access.requires`."""
    return cast(SignedIn, flask_login.current_user).staff


def knock() -> Knock:
    """Return where a code is typed, and what tries are counted under."""
    sealer = Sealer(settings().secret_keys, LABEL)
    return Knock(request.remote_addr or "", pepper(), sealer, clock.now())


def home_zone() -> ZoneInfo:
    """Return the time zone of the acting person's home."""
    return ZoneInfo(current_staff().home.timezone)


def begin(secret: str) -> None:
    """Put the session's secret in a fresh cookie: nothing set before sign-in survives it.

    The session is committed already; what follows only reads.
    """
    _empty_cookie()
    read_only()
    flask_login.login_user(_load(secret))
    # Drawn now, not by the first page: pages read side by side would each draw another one.
    generate_csrf()


def end() -> None:
    """End the session in the database and empty the cookie. The caller commits."""
    user = cast(SignedIn, flask_login.current_user)
    sign_in.sign_out(db.session(), user.secret, actor=user.staff, now=clock.now())
    forget()


def shared_session() -> StaffSession | None:
    """Return the session of whoever is signed in on a shared tablet; None anywhere else."""
    opened = current_session() if is_signed_in() else None
    return opened if opened and opened.device_id else None


def forget() -> None:
    """Empty the cookie of a session that has ended."""
    flask_login.logout_user()
    _empty_cookie()


def logged_out() -> WerkzeugResponse:
    """Return the answer to whoever has logged out: the browser forgets what it kept to read."""
    response = redirect(url_for("auth.new"), 303)
    # Only the cache: "storage" would destroy what the tablet has not sent yet.
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def _user() -> SignedIn | None:
    user = flask_login.current_user._get_current_object()
    return user if isinstance(user, SignedIn) else None


def _empty_cookie() -> None:
    kept = {name: session[name] for name in KEPT_AT_SIGN_IN if name in session}
    session.clear()
    session.update(kept)
    # Flask-WTF keeps the token of the request here, and what it belonged to is gone.
    g.pop("csrf_token", None)
