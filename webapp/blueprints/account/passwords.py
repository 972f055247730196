"""Choose a new password."""

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp import login
from webapp.access import requires
from webapp.adapters import clock
from webapp.adapters.passwords import TooManyAtOnce
from webapp.blueprints.account.forms import PasswordForm
from webapp.blueprints.account.proving import try_own_password
from webapp.blueprints.account.routes import bp
from webapp.db import db
from webapp.domain.errors import PasswordUnfit
from webapp.domain.permissions import Permission
from webapp.login import current_staff
from webapp.messages import words_for
from webapp.services.accounts import change_password
from webapp.services.staff import hash_fit, known_of


@bp.get("/password/edit")
@requires(Permission.USE_APP)
def edit_password() -> ResponseReturnValue:
    """Show the form."""
    return _show(PasswordForm())


@bp.post("/password")
@requires(Permission.USE_APP)
def update_password() -> ResponseReturnValue:
    """Keep the new one; every other session ends."""
    form = PasswordForm()
    if not form.validate():
        return _show(form), 422
    opened = login.open_secret() or ""
    try:
        tried = try_own_password(str(form.password.data))
        password_hash = hash_fit(str(form.new_password.data), known_of(current_staff()))
    except TooManyAtOnce:
        form.password.errors = [words_for("busy")]
        return _show(form), 503, {"Retry-After": "2"}
    except PasswordUnfit as unfit:
        form.new_password.errors = [words_for(unfit.code)]
        return _show(form), 422
    secret = change_password(
        db.session(),
        tried,
        password_hash,
        opened=opened,
        address=request.remote_addr or "",
        pepper=str(current_app.secret_key).encode(),
        now=clock.now(),
    )
    db.session.commit()
    if secret is None:
        form.password.errors = [_("Adgangskoden passer ikke. Har du prøvet mange gange, så vent.")]
        return _show(form), 422
    login.begin(secret)
    return redirect(url_for(".show"), 303)


def _show(form: PasswordForm) -> str:
    return render_template("account/edit_password.html", form=form)
