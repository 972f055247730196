"""On the tablet itself: the code is typed or scanned, and the browser becomes a shared tablet."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp import assets, login, tablets
from webapp.access import public
from webapp.adapters import clock
from webapp.blueprints.devices.forms import CodeForm
from webapp.blueprints.devices.routes import bp
from webapp.current import pepper
from webapp.db import db
from webapp.services.devices import enrol


@bp.get("/tablet")
@public
def new_tablet() -> ResponseReturnValue:
    """Ask for the code. A tablet that was let go is told so here, and loses its cookie."""
    let_go = tablets.was_let_go()
    if let_go:
        tablets.drop()
        login.forget()
    return render_template(
        "devices/enrol.html", form=CodeForm(), let_go=let_go, device=tablets.current_device()
    )


@bp.post("/tablet")
@public
def create_tablet() -> ResponseReturnValue:
    """Let this browser be a shared tablet from now on. One answer for all that is wrong."""
    form = CodeForm()
    enrolled = None
    if form.validate():
        enrolled = enrol(
            db.session(),
            str(form.code.data),
            address=request.remote_addr or "",
            pepper=pepper(),
            release=assets.release(),
            now=clock.now(),
            instead_of=(tablets.tablet_secret(), login.cookie_secret()),
        )
        db.session.commit()
        if enrolled is None:
            form.code.errors = [
                _("Koden virker ikke. Den gælder i ti minutter og kun én gang. Bed om en ny.")
            ]
    if enrolled is None:
        page = render_template(
            "devices/enrol.html", form=form, let_go=False, device=tablets.current_device()
        )
        return page, 422
    login.forget()
    tablets.keep(enrolled[1])
    return redirect(url_for("lock.show"), 303)
