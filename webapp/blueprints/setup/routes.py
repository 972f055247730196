"""Set up an empty installation. Nothing is stored before the last step; then the wizard is gone."""

from typing import Final

import structlog
from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp import login
from webapp.access import public, requires
from webapp.adapters import clock
from webapp.adapters.setup_code import fits_setup_code, forget_setup_code
from webapp.blueprints.setup.forms import DANISH_ZONES, FIELDS_OF, STEPS, SetupForm
from webapp.current import settings
from webapp.db import db
from webapp.domain.errors import Refused, SetupCodeWrong
from webapp.domain.permissions import Permission
from webapp.messages import words_for
from webapp.services.homes import home_exists, set_up_home
from webapp.services.sign_in import open_session

bp = Blueprint("setup", __name__)
log = structlog.get_logger()

LAST: Final = len(STEPS)


@bp.get("/setup")
@public
def new() -> ResponseReturnValue:
    """Welcome whoever comes first, and ask for the code."""
    _check_is_empty()
    form = SetupForm()
    form.open_step(1)
    return _show(form, 1)


@bp.post("/setup")
@public
def create() -> ResponseReturnValue:
    """Take a step, forth or back; the last one stores everything and signs the admin in."""
    _check_is_empty()
    form, step = SetupForm(), _step()
    if "back" in request.form:
        form.open_step(max(1, step - 1))
        return _show(form, max(1, step - 1))
    if not fits_setup_code(settings().instance, form.code.data or ""):
        log.warning("setup.code_refused")
        form.code.errors = [words_for(SetupCodeWrong.code)]
        return _show(form, 1), 422
    if wrong := form.wrong_step(step):
        return _show(form, wrong), 422
    if step < LAST:
        form.open_step(step + 1)
        return _show(form, step + 1)
    return _finish(form)


@bp.get("/setup/done")
@requires(Permission.MANAGE_HOME)
def done() -> ResponseReturnValue:
    """Say what comes next."""
    return render_template("setup/done.html")


def _finish(form: SetupForm) -> ResponseReturnValue:
    session, now = db.session(), clock.now()
    try:
        admin = set_up_home(
            session,
            form.name.data.strip(),
            timezone=form.timezone.data,
            departments=form.departments.lines,
            shifts=form.shift.shifts,
            admin=form.admin,
            now=now,
        )
    except Refused as refused:
        if refused.code not in FIELDS_OF:
            raise
        session.rollback()
        name = FIELDS_OF[refused.code]
        form[name].errors = [words_for(refused.code)]
        step = next(number for number, names in enumerate(STEPS, 1) if name in names)
        return _show(form, step), refused.status
    secret = open_session(session, admin, now=now)
    session.commit()
    forget_setup_code(settings().instance)
    login.begin(secret)
    return redirect(url_for(".done"), 303)


def _show(form: SetupForm, step: int) -> str:
    others = [name for number, names in enumerate(STEPS, 1) if number != step for name in names]
    return render_template(
        "setup/show.html", form=form, step=step, carried=others, zones=DANISH_ZONES
    )


def _step() -> int:
    sent = request.form.get("step", "")
    return int(sent) if sent in {str(number) for number in range(1, LAST + 1)} else 1


def _check_is_empty() -> None:
    """There is no wizard where somebody lives already."""
    if home_exists(db.session()):
        abort(404)
