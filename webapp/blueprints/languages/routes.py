"""Choose the language on this tablet. Open to everyone: the sign-in page has two languages too."""

from flask import Blueprint, abort, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from webapp.access import public
from webapp.i18n import LANGUAGES
from webapp.pages import own_page

bp = Blueprint("languages", __name__)


@bp.post("/language")
@public
def update() -> ResponseReturnValue:
    """Remember the language and go back to the page it was chosen on."""
    chosen = request.form.get("language")
    if chosen not in LANGUAGES:
        abort(422)
    session["language"] = chosen
    return redirect(own_page(request.form.get("next")) or url_for("board.index"), 303)
