"""The second step: the code from the app, after the password was right."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp import login
from webapp.access import also_while, requires
from webapp.blueprints.auth.forms import CodeForm
from webapp.blueprints.auth.routes import bp
from webapp.db import db
from webapp.domain.errors import WrongCode
from webapp.domain.permissions import Permission
from webapp.domain.second_factor import Standing
from webapp.login import current_staff
from webapp.messages import words_for
from webapp.pages import own_page
from webapp.services.second_factor import sign_in_with_code


@bp.get("/login/code")
@requires(Permission.USE_APP)
@also_while(Standing.CODE_ASKED)
def new_code() -> ResponseReturnValue:
    """Show the form; someone who is in all the way goes to the board."""
    if login.is_signed_in():
        return redirect(url_for("board.index"), 303)
    return _show(CodeForm(next=request.args.get("next", "")))


@bp.post("/login/code")
@requires(Permission.USE_APP)
@also_while(Standing.CODE_ASKED)
def create_code() -> ResponseReturnValue:
    """Let somebody in. One answer for everything that is wrong."""
    if login.is_signed_in():
        return redirect(url_for("board.index"), 303)
    form = CodeForm()
    if not form.validate():
        return _show(form), 422
    secret = sign_in_with_code(
        db.session(),
        current_staff(),
        str(form.code.data),
        opened=login.open_secret() or "",
        knock=login.knock(),
    )
    db.session.commit()
    if secret is None:
        form.code.errors = [words_for(WrongCode.code)]
        return _show(form), 422
    login.begin(secret)
    return redirect(own_page(form.next.data) or url_for("board.index"), 303)


def _show(form: CodeForm) -> str:
    return render_template("auth/new_code.html", form=form)
