"""Choose the PIN one opens shared tablets with; the password comes first."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp.access import fresh, requires
from webapp.adapters import clock
from webapp.blueprints.pins.forms import NewPinForm
from webapp.db import db
from webapp.domain.errors import Refused
from webapp.domain.permissions import Permission
from webapp.login import current_staff
from webapp.messages import words_for
from webapp.services.pins import set_pin

bp = Blueprint("pins", __name__)


@bp.get("/account/pin")
@requires(Permission.USE_APP)
@fresh
def edit() -> ResponseReturnValue:
    """Ask for a PIN."""
    return render_template("pins/edit.html", form=NewPinForm(), staff=current_staff())


@bp.post("/account/pin")
@requires(Permission.USE_APP)
@fresh
def update() -> ResponseReturnValue:
    """Keep the PIN, in the place of the one before."""
    form, staff = NewPinForm(), current_staff()
    if not form.validate():
        return render_template("pins/edit.html", form=form, staff=staff), 422
    try:
        set_pin(db.session(), staff, str(form.pin.data), now=clock.now())
    except Refused as refused:
        db.session.rollback()
        form.pin.errors = [words_for(refused.code)]
        return render_template("pins/edit.html", form=form, staff=staff), refused.status
    db.session.commit()
    return redirect(url_for("account.show"), 303)
