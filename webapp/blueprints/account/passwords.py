"""Choose a new password."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp import login
from webapp.access import requires
from webapp.adapters import clock
from webapp.adapters.passwords import TooManyAtOnce
from webapp.blueprints.account.forms import PasswordForm
from webapp.blueprints.account.proving import go_on_with, try_own_password
from webapp.blueprints.account.routes import bp
from webapp.current import pepper
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
    # Read before the slow work, which holds nothing up.
    opened, about = login.open_secret() or "", known_of(current_staff())
    try:
        tried = try_own_password(str(form.password.data))
        password_hash = hash_fit(str(form.new_password.data), about)
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
        pepper=pepper(),
        now=clock.now(),
    )
    if not go_on_with(form, secret):
        return _show(form), 422
    return redirect(url_for(".show"), 303)


def _show(form: PasswordForm) -> str:
    return render_template("account/edit_password.html", form=form)
