"""The one door to records: found and allowed, or 404. Every route names its permission here."""

from collections.abc import Callable
from typing import Any, Final, TypeVar, cast
from uuid import UUID

from flask import Flask, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from webapp.adapters import clock
from webapp.db import db, read_only
from webapp.domain.errors import NotInContactTeam, NotInSparring
from webapp.domain.permissions import Permission, allows, reach, reaches_plan
from webapp.htmx import wants_fragment
from webapp.http_errors import Unauthenticated
from webapp.login import current_staff, is_signed_in
from webapp.models import (
    Citizen,
    Contact,
    ContactTeam,
    Department,
    Goal,
    GoalTemplate,
    Intervention,
    InterventionDone,
    Observation,
    Order,
    OrderFile,
    Plan,
    Sign,
    Sparring,
)
from webapp.pages import this_page
from webapp.services import audit
from webapp.services.reach import in_reach, reaches

PUBLIC: Final = "public"
_MARK: Final = "smaategn_permission"

_GOAL: Final = (Goal.plan, Plan.citizen)
"""The way from a goal to its citizen."""

View = TypeVar("View", bound=Callable[..., Any])


def requires(permission: Permission) -> Callable[[View], View]:
    """Mark a route with the permission it asks for; checked before the route runs."""
    return _mark(permission)


def public(view: View) -> View:
    """Mark a route as open to everyone, signed in or not."""
    return _mark(PUBLIC)(view)


def permission_of(endpoint: str) -> Permission | str | None:
    """Return what a route was marked with: a permission, `PUBLIC`, or None when forgotten."""
    mark: Permission | str | None = getattr(current_app.view_functions[endpoint], _MARK, None)
    return mark


def init_app(app: Flask) -> None:
    """Check the permission of every request; a route that names none is never run."""
    app.before_request(_check)
    app.jinja_env.globals.update(may_open=may_open)


def departments() -> list[Department]:
    """Return the departments the acting person belongs to, by name; may be empty."""
    return current_staff().departments


def department(id: UUID | None) -> Department:
    """Return one of the acting person's departments, the first when none is named; else 404."""
    for own in departments():
        if id in (None, own.id):
            return own
    abort(404)


def citizen(id: UUID) -> Citizen:
    """Return a citizen within the reach of the route's permission; else 404."""
    return _one(
        select(Citizen).where(Citizen.id == id).options(joinedload(Citizen.department)),
    )


def may_open(endpoint: str, citizen: Citizen) -> bool:
    """Tell whether another page about the citizen of this one is there for the acting person."""
    staff, needed, here = current_staff(), _needed(endpoint), _needed(request.endpoint)
    # The citizen was found with this route's permission, so one that leads as far finds them too.
    is_as_far = reach(staff.role, needed) is reach(staff.role, here)
    return (is_as_far and allows(staff.role, needed)) or reaches(staff, needed, citizen)


def reaches_plan_of(citizen: Citizen, permission: Permission) -> bool:
    """Tell whether the acting person holds a permission on the plan of a citizen of theirs."""
    staff = current_staff()
    membership = db.session.get(ContactTeam, (citizen.id, staff.id))
    return reaches_plan(staff.role, permission, in_contact_team=membership is not None)


def check_plan_of(citizen: Citizen, permission: Permission) -> None:
    """Refuse unless the acting person holds the permission on this citizen's plan.

    Raises:
        NotInSparring, NotInContactTeam.
    """
    if not reaches_plan_of(citizen, permission):
        raise NotInSparring if permission is Permission.SPAR else NotInContactTeam


def goal(id: UUID) -> Goal:
    """Return a goal of such a citizen, its plan and citizen loaded; else 404."""
    return _one(_up(Goal, id, *_GOAL))


def sign(id: UUID) -> Sign:
    """Return a sign of such a citizen's goal, all the way up to the citizen loaded; else 404."""
    return _one(_up(Sign, id, Sign.goal, *_GOAL))


def intervention(id: UUID) -> Intervention:
    """Return an intervention of such a citizen's goal, up to the citizen loaded; else 404."""
    return _one(_up(Intervention, id, Intervention.goal, *_GOAL))


def intervention_done(id: UUID) -> InterventionDone:
    """Return one time such an intervention was carried out, up to the citizen; else 404."""
    return _one(_up(InterventionDone, id, InterventionDone.intervention, Intervention.goal, *_GOAL))


def observation(id: UUID) -> Observation:
    """Return an observation of such a citizen, up to the citizen loaded; else 404."""
    beside = joinedload(Observation.sign), joinedload(Observation.author)
    return _one(_up(Observation, id, Observation.goal, *_GOAL).options(*beside))


def sparring(id: UUID) -> Sparring:
    """Return a sparring about such a citizen's goal, up to the citizen loaded; else 404."""
    return _one(_up(Sparring, id, Sparring.goal, *_GOAL))


def goal_template(id: UUID) -> GoalTemplate:
    """Return a template of the acting person's home; else 404."""
    found = db.session.get(GoalTemplate, id)
    return found if found and found.home_id == current_staff().home_id else abort(404)


def contact(id: UUID) -> Contact:
    """Return a contact of such a citizen, the citizen loaded; else 404."""
    return _one(_up(Contact, id, Contact.citizen))


def order(id: UUID) -> Order:
    """Return an order for such a citizen, the citizen loaded; else 404."""
    return _one(_up(Order, id, Order.citizen))


def order_file(id: UUID) -> OrderFile:
    """Return a paper of such an order, up to the citizen loaded; else 404."""
    return _one(_up(OrderFile, id, OrderFile.order, Order.citizen))


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


def keep_or_log_read(action: str, *, citizen_id: UUID, object_id: UUID) -> None:
    """Commit what was done. When nothing was, as for a form sent twice, log that someone looks."""
    # Whatever a service does, it tells the audit log; so nothing told means that nothing was done.
    if audit.has_told(db.session()):
        db.session.commit()
        read_only()
    else:
        log_read(action, citizen_id=citizen_id, object_id=object_id)


Record = TypeVar("Record")


def _up(model: type[Record], id: UUID, *way: Any) -> Select[Record]:
    """Select a row by its id with all that lies on the way to its citizen."""
    query: Any = select(model).where(cast(Any, model).id == id)
    loaded: Any = None
    for step in way:
        query = query.join(step)
        loaded = loaded.contains_eager(step) if loaded else contains_eager(step)
    return cast("Select[Record]", query.options(loaded))


def _one(query: Select[Record]) -> Record:
    """Return the one row whose citizen the route's permission leads to; else 404."""
    within = in_reach(current_staff(), _needed(request.endpoint))
    found = db.session.scalar(query.where(within))
    return found if found is not None else abort(404)


def _needed(endpoint: str | None) -> Permission:
    """Return the permission of a route about citizens; none of these is public."""
    return cast(Permission, permission_of(cast(str, endpoint)))


def _mark(mark: str) -> Callable[[View], View]:
    def marked(view: View) -> View:
        setattr(view, _MARK, mark)
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
        if wants_fragment():
            raise Unauthenticated
        return redirect(url_for("auth.new", next=this_page() or None), 303)
    if not allows(current_staff().role, permission):
        abort(404 if request.view_args else 403)
    return None
