"""Hand out who has seen what about one citizen, as a spreadsheet or on paper."""

from collections.abc import Iterator
from itertools import islice
from typing import Final
from uuid import UUID

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp import access
from webapp.access import fresh, requires
from webapp.adapters import clock
from webapp.adapters.pdf import make_pdf
from webapp.audit_words import action_words
from webapp.blueprints.audit.forms import ExportForm, Format
from webapp.blueprints.audit.routes import bp
from webapp.db import db, read_only
from webapp.domain.audit_export import Numbers, as_csv
from webapp.domain.errors import LogTooLong
from webapp.domain.permissions import Permission
from webapp.i18n import language, long_day
from webapp.login import current_staff, home_zone
from webapp.messages import words_for
from webapp.models import Citizen
from webapp.pages import as_attachment
from webapp.presentation import ROLES
from webapp.services import audit
from webapp.services.audit_log import everything_about, names_of

MOST_ON_PAPER: Final = 5_000
"""Rows; about a hundred pages."""


@bp.get("/citizens/<uuid:citizen_id>/log/exports/new")
@requires(Permission.READ_LOG)
@fresh
def new_export(citizen_id: UUID) -> ResponseReturnValue:
    """Show what may be chosen."""
    citizen = access.citizen(citizen_id)
    return _show_form(citizen, ExportForm())


@bp.post("/citizens/<uuid:citizen_id>/log/exports")
@requires(Permission.READ_LOG)
@fresh
def export(citizen_id: UUID) -> ResponseReturnValue:
    """Hand out the list as a file. That it was, and why, is logged before."""
    citizen, form = access.citizen(citizen_id), ExportForm()
    if not form.validate():
        return _show_form(citizen, form), 422
    audit.record(
        db.session(),
        "log.export",
        actor=current_staff(),
        at=clock.now(),
        citizen_id=citizen.id,
        reason=form.reason.data.strip(),
    )
    db.session.commit()
    read_only()
    rows = list(islice(_rows(citizen, form), MOST_ON_PAPER + 1)) if _on_paper(form) else None
    if rows and len(rows) > MOST_ON_PAPER:
        form.format.errors = [words_for(LogTooLong.code)]
        return _draw_form(citizen, form), LogTooLong.status
    if rows is not None:
        return _as_file(make_pdf("audit_export", _document(citizen, rows)), "pdf")
    # Read to the end here: an answer that is sent bit by bit has no database any more.
    return _as_file(b"".join(as_csv([_header(), *_rows(citizen, form)])), "csv")


def _on_paper(form: ExportForm) -> bool:
    return form.format.data is Format.PAPER


def _rows(citizen: Citizen, form: ExportForm) -> Iterator[list[str]]:
    """Yield when, who, in which role, what, on which tablet."""
    staff, devices = names_of(db.session(), current_staff().home_id)
    numbers, zone = Numbers(), home_zone()
    for row in everything_about(db.session(), citizen, since=form.since, until=form.until):
        actor = staff.get(row.actor_id) if row.actor_id else None
        device = devices.get(row.device_id) if row.device_id else None
        who = f"{actor.first_name} {actor.last_name}" if actor else _("Nogen")
        if actor and not form.names.data:
            who = _("Person %(number)s", number=numbers.of(actor.id))
        yield [
            row.at.astimezone(zone).strftime("%Y-%m-%d %H:%M"),
            who,
            str(ROLES[actor.role]) if actor else "",
            str(action_words(row.action)),
            device.name if device else "",
        ]


def _header() -> list[str]:
    return [_("Tidspunkt"), _("Hvem"), _("Rolle"), _("Hvad"), _("Tablet")]


def _document(citizen: Citizen, rows: list[list[str]]) -> dict[str, object]:
    day = long_day(clock.now().astimezone(home_zone()).date())
    name = f"{citizen.first_name} {citizen.last_name}"
    return {
        "language": language(),
        "title": _("Hvem har set hvad"),
        "about": _("Om %(name)s. Hentet %(day)s.", name=name, day=day),
        "page": _("side"),
        "header": _header(),
        "rows": rows,
    }


def _as_file(content: bytes, ending: str) -> Response:
    kind = "text/csv" if ending == "csv" else "application/pdf"
    return as_attachment(Response(content, mimetype=kind), f"{_('hvem-har-set-hvad')}.{ending}")


def _show_form(citizen: Citizen, form: ExportForm) -> str:
    access.log_read("log.read", citizen_id=citizen.id)
    return _draw_form(citizen, form)


def _draw_form(citizen: Citizen, form: ExportForm) -> str:
    return render_template("audit/export.html", citizen=citizen, form=form, formats=list(Format))
