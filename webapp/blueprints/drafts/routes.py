"""Autosave: the page sends a form's fields while somebody writes. Only the writer sees them."""

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp.access import requires
from webapp.adapters import clock
from webapp.db import db
from webapp.domain.permissions import Permission
from webapp.domain.typed_text import has_nul
from webapp.htmx import wants_fragment
from webapp.login import current_staff
from webapp.pages import own_page
from webapp.services.drafts import drop_draft, keep_draft

LONGEST_DRAFT = 100_000
"""Characters of all fields together."""

NOT_KEPT = frozenset({"csrf_token", "draft_of"})

bp = Blueprint("drafts", __name__, url_prefix="/drafts")


@bp.post("")
@requires(Permission.EDIT_PLAN)
def update() -> ResponseReturnValue:
    """Keep the fields as they stand. Nothing is answered: the writer goes on writing."""
    form = _form()
    fields = {name: values for name, values in request.form.lists() if name not in NOT_KEPT}
    texts = [*fields, *(value for values in fields.values() for value in values)]
    if sum(map(len, texts)) > LONGEST_DRAFT or any(has_nul(text) for text in texts):
        abort(422)
    keep_draft(db.session(), form, fields, actor=current_staff(), now=clock.now())
    db.session.commit()
    return "", 204


@bp.post("/removal")
@requires(Permission.EDIT_PLAN)
def destroy() -> ResponseReturnValue:
    """Throw a draft away and show the form as it is stored."""
    drop_draft(db.session(), _form(), actor=current_staff())
    db.session.commit()
    page = own_page(request.form.get("next")) or url_for("board.index")
    return ("", 204, {"HX-Redirect": page}) if wants_fragment() else redirect(page, 303)


def _form() -> str:
    """Return which form the draft is of: one of our paths, of a length that fits a key."""
    path = own_page(request.form.get("draft_of"))
    if path is None or len(path) > 200 or has_nul(path):
        abort(422)
    return path
