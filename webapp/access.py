"""The one door to records: found and allowed, or 404. Every route names its permission here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeVar, cast
from urllib.parse import urlsplit
from uuid import UUID

from flask import Flask, Response, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from webapp import login
from webapp.adapters import clock
from webapp.db import db, read_only
from webapp.domain.emergency import OPENED, minutes_left
from webapp.domain.errors import NotInContactTeam, NotInSparring
from webapp.domain.permissions import Permission, allows, reach, reaches_plan
from webapp.domain.second_factor import Standing
from webapp.htmx import wants_fragment
from webapp.http_errors import Unauthenticated
from webapp.login import current_staff, is_fresh, is_signed_in
from webapp.models import (
    Citizen,
    Consent,
    Contact,
    ContactTeam,
    Department,
    Device,
    EmergencyAccess,
    Goal,
    GoalTemplate,
    HomePictogram,
    Intervention,
    InterventionDone,
    Observation,
    Order,
    OrderFile,
    Picture,
    PictureState,
    Sign,
    Sparring,
    Staff,
    Step,
    StepClip,
    StepPicture,
    StepVoice,
    SyncReceipt,
)
from webapp.pages import own_page, this_page
from webapp.services import audit
from webapp.services.emergency import find_open
from webapp.services.reach import (
    colleague_in_reach,
    departments_in_reach,
    in_emergency,
    in_reach,
    reaches,
)
from webapp.services.records import Record, citizen_of, find_record
from webapp.services.sync_receipts import find_reviews

PUBLIC: Final = "public"
_MARK: Final = "smaategn_permission"
_MARK_HALF: Final = "smaategn_standings"
_MARK_FRESH: Final = "smaategn_fresh"

_STEPS: Final = {
    Standing.CODE_ASKED: "auth.new_code",
    Standing.SET_UP_ASKED: "account.new_second_factor",
}
"""Where somebody goes who is half way in."""


@dataclass(frozen=True, slots=True)
class OpenEmergency:
    """What a page says of an emergency access: its row, whom it opened, until when (aware)."""

    id: UUID
    first_name: str
    ends_at: datetime

    @property
    def minutes_left(self) -> int:
        """How long it is still open, a begun minute counted."""
        return minutes_left(self.ends_at, clock.now())


View = TypeVar("View", bound=Callable[..., Any])


def requires(permission: Permission) -> Callable[[View], View]:
    """Mark a route with the permission it asks for; checked before the route runs."""
    return _mark(permission)


def public(view: View) -> View:
    """Mark a route as open to everyone, signed in or not."""
    return _mark(PUBLIC)(view)


def also_while(*standings: Standing) -> Callable[[View], View]:
    """Let a route be reached half way in too: the password was right, the second factor is due."""
    return _mark(frozenset(standings), _MARK_HALF)


def fresh(view: View) -> View:
    """Mark a route as one that is hard to undo: whoever proved long ago who they are does it anew.

    They are asked for their password and sent back to the page they came from.
    """
    return _mark(True, _MARK_FRESH)(view)


def permission_of(endpoint: str) -> Permission | str | None:
    """Return what a route was marked with: a permission, `PUBLIC`, or None when forgotten."""
    mark: Permission | str | None = getattr(current_app.view_functions[endpoint], _MARK, None)
    return mark


def init_app(app: Flask) -> None:
    """Check the permission of every request; a route that names none is never run."""
    app.before_request(_check)
    app.jinja_env.globals.update(may_open=may_open, emergency=emergency)


def departments() -> list[Department]:
    """Return the departments the acting person belongs to, by name; may be empty."""
    return current_staff().departments


def department(id: UUID | None) -> Department:
    """Return one of the acting person's departments, the first when none is named; else 404."""
    for own in departments():
        if id in (None, own.id):
            return own
    abort(404)


def home_department(id: UUID) -> Department:
    """Return a department of the acting person's home; else 404. For those who set up the home."""
    found = db.session.get(Department, id)
    return found if found and found.home_id == current_staff().home_id else abort(404)


def colleague(id: UUID) -> Staff:
    """Return a colleague within the reach of the route's permission; else 404."""
    within = colleague_in_reach(current_staff(), _needed(request.endpoint))
    found = db.session.scalar(select(Staff).where(Staff.id == id, within))
    return found if found is not None else abort(404)


def citizen(id: UUID) -> Citizen:
    """Return a citizen within the reach of the route's permission; else 404."""
    return _find(Citizen, id)


def may_open(endpoint: str, citizen: Citizen) -> bool:
    """Tell whether another page about the citizen of this one is there for the acting person."""
    staff, needed, here = current_staff(), _needed(endpoint), _needed(request.endpoint)
    if emergency():
        return allows(staff.role, needed) and (needed in OPENED or reaches(staff, needed, citizen))
    # The citizen was found with this route's permission, so one that leads as far finds them too.
    is_as_far = reach(staff.role, needed) is reach(staff.role, here)
    return (is_as_far and allows(staff.role, needed)) or reaches(staff, needed, citizen)


def reaches_plan_of(citizen: Citizen, permission: Permission) -> bool:
    """Tell whether the acting person holds a permission on the plan of a citizen of theirs."""
    staff = current_staff()
    if emergency() and not reaches(staff, permission, citizen):
        # An emergency opens a citizen to be read and logged on, not to be planned for.
        return False
    membership = db.session.get(ContactTeam, (citizen.id, staff.id))
    return reaches_plan(staff.role, permission, in_contact_team=membership is not None)


def check_plan_of(citizen: Citizen, permission: Permission) -> None:
    """Refuse unless the acting person holds the permission on this citizen's plan.

    Raises:
        NotInSparring, NotInContactTeam.
    """
    if not reaches_plan_of(citizen, permission):
        log_read("access.refuse", citizen_id=citizen.id)
        raise NotInSparring if permission is Permission.SPAR else NotInContactTeam


def goal(id: UUID) -> Goal:
    """Return a goal of such a citizen, its plan and citizen loaded; else 404."""
    return _find(Goal, id)


def sign(id: UUID) -> Sign:
    """Return a sign of such a citizen's goal, all the way up to the citizen loaded; else 404."""
    return _find(Sign, id)


def intervention(id: UUID) -> Intervention:
    """Return an intervention of such a citizen's goal, up to the citizen loaded; else 404."""
    return _find(Intervention, id)


def intervention_done(id: UUID) -> InterventionDone:
    """Return one time such an intervention was carried out, up to the citizen; else 404."""
    return _find(InterventionDone, id)


def observation(id: UUID) -> Observation:
    """Return an observation of such a citizen, up to the citizen loaded; else 404."""
    return _find(Observation, id)


def picture(id: UUID) -> Picture:
    """Return a picture of such a citizen that can be shown, the citizen loaded; else 404."""
    found = _find(Picture, id)
    return found if found.state is PictureState.READY else abort(404)


def step(id: UUID) -> Step:
    """Return a step of such a citizen's intervention, up to the citizen loaded; else 404."""
    return _find(Step, id)


def step_picture(id: UUID) -> StepPicture:
    """Return the picture of such a step, up to the citizen loaded; else 404."""
    return _find(StepPicture, id)


def step_clip(id: UUID) -> StepClip:
    """Return the clip of such a step, up to the citizen loaded; else 404."""
    return _find(StepClip, id)


def step_voice(id: UUID) -> StepVoice:
    """Return the voice of such a step, up to the citizen loaded; else 404."""
    return _find(StepVoice, id)


def sparring(id: UUID) -> Sparring:
    """Return a sparring about such a citizen's goal, up to the citizen loaded; else 404."""
    return _find(Sparring, id)


def goal_template(id: UUID) -> GoalTemplate:
    """Return a template of the acting person's home; else 404."""
    found = db.session.get(GoalTemplate, id)
    return found if found and found.home_id == current_staff().home_id else abort(404)


def home_pictogram(id: UUID) -> HomePictogram:
    """Return a pictogram of the acting person's home; else 404."""
    found = db.session.get(HomePictogram, id)
    return found if found and found.home_id == current_staff().home_id else abort(404)


def consent(id: UUID) -> Consent:
    """Return a consent of such a citizen, the citizen loaded; else 404."""
    return _find(Consent, id)


def contact(id: UUID) -> Contact:
    """Return a contact of such a citizen, the citizen loaded; else 404."""
    return _find(Contact, id)


def order(id: UUID) -> Order:
    """Return an order for such a citizen, the citizen loaded; else 404."""
    return _find(Order, id)


def order_file(id: UUID) -> OrderFile:
    """Return a paper of such an order, up to the citizen loaded; else 404."""
    return _find(OrderFile, id)


def emergency() -> OpenEmergency | None:
    """Return what the citizen of this request was opened with in an emergency; else None."""
    return cast("OpenEmergency | None", g.get("emergency"))


def citizen_in_emergency(id: UUID | None) -> Citizen:
    """Return a citizen of the home's other departments, for someone who says why; else 404."""
    staff = current_staff()
    own = {department.id for department in staff.departments}
    found = db.session.scalar(
        select(Citizen)
        .join(Citizen.department)
        .where(Citizen.id == id, Department.home_id == staff.home_id, Department.id.not_in(own))
        .options(contains_eager(Citizen.department))
    )
    return found if found is not None else abort(404)


def own_emergency_access(id: UUID) -> EmergencyAccess:
    """Return an emergency access of the acting person's own; else 404."""
    found = db.session.get(EmergencyAccess, id)
    return found if found and found.staff_id == current_staff().id else abort(404)


def emergency_access(id: UUID) -> EmergencyAccess:
    """Return an emergency access to such a citizen, the citizen loaded; else 404."""
    return _find(EmergencyAccess, id)


def entry_in_review(id: UUID) -> Sequence[SyncReceipt]:
    """Return the receipts of an entry that the acting person looks at, at least one; else 404."""
    return find_reviews(db.session(), current_staff(), id, now=clock.now()) or abort(404)


def device(id: UUID) -> Device:
    """Return a tablet, not yet let go, within the reach of the route's permission; else 404."""
    places = departments_in_reach(current_staff(), _needed(request.endpoint))
    found = db.session.scalar(
        select(Device)
        .where(Device.id == id, Device.department_id.in_(places), Device.revoked_at.is_(None))
        .options(joinedload(Device.department))
    )
    return found if found is not None else abort(404)


def log_read(action: str, *, citizen_id: UUID | None = None, object_id: UUID | None = None) -> None:
    """Log that someone looks, and keep it, before anything is shown. The rest only reads."""
    audit.record(
        db.session(),
        action,
        actor=current_staff(),
        at=clock.now(),
        citizen_id=citizen_id,
        object_id=object_id,
    )
    db.session.commit()
    read_only()


def keep_or_log_read(action: str, *, citizen_id: UUID | None = None, object_id: UUID) -> None:
    """Commit what was done. When nothing was, as for a form sent twice, log that someone looks."""
    # Whatever a service does, it tells the audit log; so nothing told means that nothing was done.
    if audit.has_told(db.session()):
        db.session.commit()
        read_only()
    else:
        log_read(action, citizen_id=citizen_id, object_id=object_id)


def _find(model: type[Record], id: UUID) -> Record:
    """Return a row by its id, with all that lies on the way to its citizen; else 404.

    Found are those whose citizen the route's permission leads to, or an emergency does.
    """
    staff, needed = current_staff(), _needed(request.endpoint)
    within = in_reach(staff, needed) | in_emergency(staff, needed, clock.now())
    found = find_record(db.session(), model, id, within)
    if found is None:
        abort(404)
    _note_emergency(citizen_of(found))
    return found


def _note_emergency(citizen: Citizen) -> None:
    """Remember for this request that its citizen was opened in an emergency, if that is so."""
    staff = current_staff()
    if citizen.department_id in {own.id for own in staff.departments}:
        return
    if opened := find_open(db.session(), staff, citizen.id, now=clock.now()):
        g.emergency = OpenEmergency(opened.id, citizen.first_name, opened.ends_at)
        audit.act_in_emergency(db.session(), citizen.id, opened.reason)


def _needed(endpoint: str | None) -> Permission:
    """Return the permission of a route about citizens; none of these is public."""
    return cast(Permission, permission_of(cast(str, endpoint)))


def _mark(mark: object, name: str = _MARK) -> Callable[[View], View]:
    def marked(view: View) -> View:
        setattr(view, name, mark)
        return view

    return marked


def _check() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None
    permission = permission_of(request.endpoint)
    if permission == PUBLIC:
        return None
    if not isinstance(permission, Permission):
        raise LookupError(f"The route {request.endpoint} names no permission")
    if not is_signed_in():
        return _lead_in()
    if not allows(current_staff().role, permission):
        abort(404 if request.view_args else 403)
    if _marked(_MARK_FRESH) and not is_fresh():
        return _ask_again()
    return None


def _lead_in() -> ResponseReturnValue | None:
    """Send somebody to the next step of signing in, unless this is it."""
    reached = login.standing()
    if reached and reached in (_marked(_MARK_HALF) or ()):
        return None
    if wants_fragment():
        raise Unauthenticated
    if reached is None:
        return redirect(login.way_in(this_page() or None), 303)
    return redirect(url_for(_STEPS[reached], next=this_page() or None), 303)


def _ask_again() -> ResponseReturnValue:
    """Ask for the password again; afterwards somebody is where they were."""
    came_from = this_page() if request.method == "GET" else urlsplit(request.referrer or "").path
    again = url_for("account.new_confirmation", next=own_page(came_from))
    if wants_fragment():
        return Response(headers={"HX-Redirect": again})
    return redirect(again, 303)


def _marked(name: str) -> Any:
    return getattr(current_app.view_functions[cast(str, request.endpoint)], name, None)
