"""Search the log, as far as one's reach goes; see one's own."""

from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from webapp import access
from webapp.access import requires
from webapp.adapters import clock
from webapp.blueprints.audit.forms import SearchForm
from webapp.db import db
from webapp.domain.permissions import Permission
from webapp.login import current_staff, home_zone
from webapp.services import audit_log
from webapp.services.audit_checks import check_is_due
from webapp.services.audit_log import Place, Search

bp = Blueprint("audit", __name__)

USUAL_SPAN: Final = timedelta(days=7)
"""How far back is looked when nobody and no day is named; else the whole home's log is read."""


@bp.get("/log")
@requires(Permission.READ_LOG)
def index() -> ResponseReturnValue:
    """Show who has seen and done what, newest first."""
    viewer, form = current_staff(), SearchForm()
    is_valid = form.validate()
    citizens, staff = audit_log.people_in_reach(db.session(), viewer)
    citizen_id = _one_of(form.citizen_id.data, [citizen.id for citizen in citizens])
    staff_id = _one_of(form.staff_id.data, [colleague.id for colleague in staff])
    wish = Search(
        citizen_id=citizen_id,
        staff_id=staff_id,
        since=form.since if is_valid else None,
        until=form.until if is_valid else None,
        flagged=bool(form.flagged.data),
        after=_place(request.args.get("after")),
    )
    is_usual = not (citizen_id or staff_id or wish.since or wish.until)
    if is_usual:
        wish = Search(
            since=clock.now() - USUAL_SPAN, flagged=bool(form.flagged.data), after=wish.after
        )
    access.log_read("log.read", citizen_id=citizen_id, object_id=staff_id)
    found = audit_log.search(db.session(), viewer, wish, zone=home_zone())
    page = render_template(
        "audit/index.html",
        form=form,
        citizens=citizens,
        staff=staff,
        found=found,
        is_usual=is_usual,
        next=_cursor(found.next),
        is_due=check_is_due(db.session(), viewer, now=clock.now(), zone=home_zone()),
    )
    return page if is_valid else (page, 422)


@bp.get("/log/own")
@requires(Permission.USE_APP)
def own() -> ResponseReturnValue:
    """Show what the acting person has seen and done themselves."""
    after = _place(request.args.get("after"))
    access.log_read("log.read_own")
    found = audit_log.own(db.session(), current_staff(), after, zone=home_zone())
    return render_template("audit/own.html", found=found, next=_cursor(found.next))


def _one_of(asked: UUID | None, reached: list[UUID]) -> UUID | None:
    """Return who is asked for; 404 for somebody outside one's reach, None for nobody."""
    return asked if asked is None or asked in reached else abort(404)


def _cursor(place: Place | None) -> str | None:
    return f"{place.at.isoformat()}_{place.id}" if place else None


def _place(cursor: str | None) -> Place | None:
    """Return where a page goes on; 404 when it is no such place."""
    if not cursor:
        return None
    at, _, id = cursor.partition("_")
    try:
        place = Place(datetime.fromisoformat(at).astimezone(UTC), UUID(id))
    except (ValueError, OverflowError):
        abort(404)
    return place
