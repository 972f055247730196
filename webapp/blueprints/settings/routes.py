"""The list of what can be set, and what is set for the home itself."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp.access import fresh, requires
from webapp.adapters import clock
from webapp.blueprints.settings.forms import HomeForm
from webapp.blueprints.settings.sections import sections_for
from webapp.db import db
from webapp.domain.permissions import Permission, allows
from webapp.login import current_staff, home_zone
from webapp.services import homes
from webapp.services.audit_checks import check_is_due

bp = Blueprint("settings", __name__)


@bp.get("/settings")
@requires(Permission.OPEN_SETTINGS)
def index() -> ResponseReturnValue:
    """Show the sections the acting person may open, and whether a check of the log is due."""
    viewer = current_staff()
    is_due = allows(viewer.role, Permission.READ_LOG) and check_is_due(
        db.session(), viewer, now=clock.now(), zone=home_zone()
    )
    return render_template("settings/index.html", sections=sections_for(viewer.role), is_due=is_due)


@bp.get("/settings/home")
@requires(Permission.MANAGE_HOME)
@fresh
def edit_home() -> ResponseReturnValue:
    """Show what is set for the home to write in."""
    form = HomeForm(**homes.settings_of(current_staff().home))
    return render_template("settings/home.html", form=form)


@bp.post("/settings/home")
@requires(Permission.MANAGE_HOME)
@fresh
def update_home() -> ResponseReturnValue:
    """Save what is set for the home."""
    form = HomeForm()
    if not form.validate():
        return render_template("settings/home.html", form=form), 422
    actor = current_staff()
    homes.update_home(db.session(), actor.home, form.content, actor=actor, now=clock.now())
    db.session.commit()
    return redirect(url_for(".index"), 303)
