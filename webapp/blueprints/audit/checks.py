"""Check the log: draw looks at random, say what each was, finish."""

from collections.abc import Mapping
from uuid import UUID

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp import access
from webapp.access import requires
from webapp.adapters import clock
from webapp.blueprints.audit.forms import CheckForm, DrawForm
from webapp.blueprints.audit.routes import bp
from webapp.db import db
from webapp.domain.errors import Refused
from webapp.domain.permissions import Permission
from webapp.login import current_staff, home_zone
from webapp.messages import words_for
from webapp.models import LogCheck
from webapp.services import audit_checks
from webapp.services.audit_checks import Verdict
from webapp.services.audit_log import entries_of

_MOST = 20


@bp.get("/log/checks")
@requires(Permission.READ_LOG)
def checks() -> ResponseReturnValue:
    """Show the checks that were made, and let a new one be drawn."""
    return _show_checks(DrawForm())


@bp.post("/log/checks")
@requires(Permission.READ_LOG)
def create_check() -> ResponseReturnValue:
    """Draw a new check and go to it."""
    form = DrawForm()
    if not form.validate():
        return _show_checks(form), 422
    try:
        check = audit_checks.draw(
            db.session(),
            form.count.data or 0,
            id=form.new_id.data,
            actor=current_staff(),
            now=clock.now(),
        )
    except Refused as refused:
        db.session.rollback()
        form.count.errors = [words_for(refused.code)]
        return _show_checks(form), refused.status
    access.keep_or_log_read("log_check.read", object_id=check.id)
    return redirect(url_for(".show_check", check_id=check.id), 303)


@bp.get("/log/checks/<uuid:check_id>")
@requires(Permission.READ_LOG)
def show_check(check_id: UUID) -> ResponseReturnValue:
    """Show the looks of a check, with what was concluded of each."""
    check = _found(check_id)
    return _show(check, CheckForm(words=check.words))


@bp.post("/log/checks/<uuid:check_id>")
@requires(Permission.READ_LOG)
def update_check(check_id: UUID) -> ResponseReturnValue:
    """Keep what was concluded; finish the check when that button was pressed."""
    check, form = _found(check_id), CheckForm()
    if not form.validate():
        return _show(check, form, form.verdicts(check.items)), 422
    verdicts = form.verdicts(check.items)
    try:
        audit_checks.save(
            db.session(),
            check,
            verdicts,
            form.words.data,
            finish=form.finishes,
            actor=current_staff(),
            now=clock.now(),
        )
    except Refused as refused:
        db.session.rollback()
        form.words.errors = [words_for(refused.code)]
        return _show(_found(check_id), form, verdicts), refused.status
    db.session.commit()
    return redirect(url_for(".checks" if form.finishes else ".show_check", check_id=check_id), 303)


def _found(check_id: UUID) -> LogCheck:
    found = audit_checks.find_check(db.session(), current_staff(), check_id)
    return found if found is not None else abort(404)


def _show(check: LogCheck, form: CheckForm, typed: Mapping[UUID, Verdict] | None = None) -> str:
    """Draw a check with what is kept of it, or with what was typed and is not kept yet."""
    kept = {item.event_id: Verdict(item.outcome, item.words) for item in check.items}
    shown = kept if check.finished_at or typed is None else typed
    events = [item.event for item in check.items]
    access.log_read("log_check.read", object_id=check.id)
    entries = entries_of(db.session(), events, home_zone(), viewer=current_staff())
    rows = [(entry, shown[entry.event.id]) for entry in entries]
    return render_template("audit/check.html", check=check, form=form, rows=rows)


def _show_checks(form: DrawForm) -> str:
    viewer, now = current_staff(), clock.now()
    access.log_read("log_check.read")
    return render_template(
        "audit/checks.html",
        form=form,
        checks=audit_checks.checks_of(db.session(), viewer, most=_MOST),
        is_due=audit_checks.check_is_due(db.session(), viewer, now=now, zone=home_zone()),
    )
