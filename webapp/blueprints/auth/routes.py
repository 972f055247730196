"""Sign in with e-mail and password; sign out everywhere the cookie was copied to."""

from urllib.parse import urlsplit

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp import login
from webapp.access import public, requires
from webapp.adapters import clock
from webapp.blueprints.auth.forms import SignInForm
from webapp.db import db
from webapp.domain.permissions import Permission
from webapp.services.sign_in import find_staff, sign_in

bp = Blueprint("auth", __name__)


@bp.get("/login")
@public
def new() -> ResponseReturnValue:
    """Show the form; someone already signed in goes to the board."""
    if login.is_signed_in():
        return redirect(url_for("board.index"))
    return render_template("auth/new.html", form=SignInForm(next=request.args.get("next", "")))


@bp.post("/login")
@public
def create() -> ResponseReturnValue:
    """Sign in. One answer for everything that is wrong, so that it tells nothing."""
    form = SignInForm()
    if not form.validate():
        return render_template("auth/new.html", form=form), 422
    email = str(form.email.data)
    secret = sign_in(
        db.session(),
        email,
        str(form.password.data),
        address=request.remote_addr or "",
        pepper=str(current_app.secret_key).encode(),
        now=clock.now(),
    )
    staff = find_staff(db.session(), email) if secret else None
    db.session.commit()
    if secret is None or staff is None:
        form.password.errors = [
            _("E-mail og adgangskode passer ikke sammen. Har du prøvet mange gange, så vent lidt.")
        ]
        return render_template("auth/new.html", form=form), 422
    login.begin(staff, secret)
    return redirect(_own_page(form.next.data) or url_for("board.index"), 303)


@bp.post("/logout")
@requires(Permission.USE_APP)
def destroy() -> ResponseReturnValue:
    """End the session for every copy of its cookie."""
    login.end()
    db.session.commit()
    response = redirect(url_for("auth.new"), 303)
    # Only the cache: "storage" would destroy what the tablet has not sent yet.
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def _own_page(path: str | None) -> str | None:
    """Return the path when it is a page of ours; an address elsewhere is no page of ours."""
    if not path or not path.startswith("/") or path.startswith(("//", "/\\")):
        return None
    parts = urlsplit(path)
    return path if not parts.netloc and not parts.scheme and path.isprintable() else None
