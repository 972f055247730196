"""Sign in with e-mail and password; sign out everywhere the cookie was copied to."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp import login, tablets
from webapp.access import also_while, public, requires
from webapp.adapters import clock
from webapp.adapters.passwords import TooManyAtOnce
from webapp.blueprints.auth.forms import SignInForm
from webapp.current import pepper
from webapp.db import db, read_only
from webapp.domain.permissions import Permission
from webapp.domain.second_factor import Standing
from webapp.messages import words_for
from webapp.pages import own_page
from webapp.services.homes import home_exists
from webapp.services.sign_in import sign_in, try_password

bp = Blueprint("auth", __name__)


@bp.get("/login")
@public
def new() -> ResponseReturnValue:
    """Show the form; who is signed in goes to the board, who comes first sets the home up."""
    if login.is_signed_in():
        return redirect(url_for("board.index"))
    if tablets.current_device() and request.args.get("way") != "password":
        return redirect(url_for("lock.show", next=request.args.get("next")))
    if not home_exists(db.session()):
        return redirect(url_for("setup.new"))
    return render_template("auth/new.html", form=SignInForm(next=request.args.get("next", "")))


@bp.post("/login")
@public
def create() -> ResponseReturnValue:
    """Sign in. One answer for everything that is wrong, so that it tells nothing."""
    form = SignInForm()
    if not form.validate():
        return render_template("auth/new.html", form=form), 422
    read_only()
    try:
        tried = try_password(db.session(), str(form.email.data), str(form.password.data))
    except TooManyAtOnce:
        form.password.errors = [words_for("busy")]
        return render_template("auth/new.html", form=form), 503, {"Retry-After": "2"}
    replaced, device = login.cookie_secret(), tablets.current_device()
    # Comparing takes long and holds nothing up; from here on it is short and has the lock.
    db.session.rollback()
    opened = sign_in(
        db.session(),
        tried,
        address=request.remote_addr or "",
        pepper=pepper(),
        now=clock.now(),
        instead_of=replaced,
        device=device,
    )
    db.session.commit()
    if opened is None:
        form.password.errors = [
            _("E-mail og adgangskode passer ikke sammen. Har du prøvet mange gange, så vent lidt.")
        ]
        return render_template("auth/new.html", form=form), 422
    login.begin(opened[1])
    # Whoever is half way in is led on from there by the door.
    return redirect(own_page(form.next.data) or url_for("board.index"), 303)


@bp.post("/logout")
@requires(Permission.USE_APP)
@also_while(*Standing)
def destroy() -> ResponseReturnValue:
    """End the session for every copy of its cookie."""
    login.end()
    db.session.commit()
    return login.logged_out()
