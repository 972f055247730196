"""Ask for the password once more, before what is hard to undo; see `access.fresh`."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp import login
from webapp.access import requires
from webapp.adapters import clock
from webapp.adapters.passwords import TooManyAtOnce
from webapp.blueprints.account.forms import ConfirmationForm
from webapp.blueprints.account.proving import go_on_with, try_own_password
from webapp.blueprints.account.routes import bp
from webapp.current import pepper
from webapp.db import db
from webapp.domain.permissions import Permission
from webapp.messages import words_for
from webapp.pages import own_page
from webapp.services.accounts import confirm_password


@bp.get("/confirmation/new")
@requires(Permission.USE_APP)
def new_confirmation() -> ResponseReturnValue:
    """Show the form."""
    return _show(ConfirmationForm(next=request.args.get("next", "")))


@bp.post("/confirmation")
@requires(Permission.USE_APP)
def create_confirmation() -> ResponseReturnValue:
    """Go on where somebody was, with a session that is fresh."""
    form = ConfirmationForm()
    if not form.validate():
        return _show(form), 422
    opened, method = login.open_secret() or "", login.current_session().method
    try:
        tried = try_own_password(str(form.password.data))
    except TooManyAtOnce:
        form.password.errors = [words_for("busy")]
        return _show(form), 503, {"Retry-After": "2"}
    secret = confirm_password(
        db.session(),
        tried,
        opened=opened,
        method=method,
        address=request.remote_addr or "",
        pepper=pepper(),
        now=clock.now(),
    )
    if not go_on_with(form, secret):
        return _show(form), 422
    return redirect(own_page(form.next.data) or url_for(".show"), 303)


def _show(form: ConfirmationForm) -> str:
    return render_template("account/new_confirmation.html", form=form)
