"""Log out elsewhere: from one place, or from all of them."""

from uuid import UUID

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp import login
from webapp.access import fresh, requires
from webapp.adapters import clock
from webapp.blueprints.account.routes import bp
from webapp.db import db
from webapp.domain.permissions import Permission
from webapp.login import current_session, current_staff
from webapp.services.accounts import end_all_sessions, end_one_session


@bp.post("/sessions/<uuid:session_id>/ending")
@requires(Permission.USE_APP)
def end_session(session_id: UUID) -> ResponseReturnValue:
    """End one of one's own sessions; one that is somebody else's is not there."""
    is_here = session_id == current_session().id
    if not end_one_session(db.session(), current_staff(), session_id, now=clock.now()):
        abort(404)
    db.session.commit()
    if is_here:
        login.forget()
        return login.logged_out()
    return redirect(url_for(".show", _anchor="sessions"), 303)


@bp.get("/sessions/ending/new")
@requires(Permission.USE_APP)
@fresh
def ask_to_end_sessions() -> ResponseReturnValue:
    """Ask once more."""
    return render_template("account/end_sessions.html")


@bp.post("/sessions/ending")
@requires(Permission.USE_APP)
@fresh
def end_sessions() -> ResponseReturnValue:
    """End all of them, this one too."""
    end_all_sessions(db.session(), current_staff(), now=clock.now())
    db.session.commit()
    login.forget()
    return login.logged_out()
