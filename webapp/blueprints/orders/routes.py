"""See what the municipality has ordered, write it down, put it away."""

from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from webapp import access
from webapp.access import requires
from webapp.adapters import clock
from webapp.blueprints.orders.answers import keep_and_go, refuse, show_form
from webapp.blueprints.orders.forms import OrderForm, empty_line
from webapp.db import db
from webapp.domain.days import local_day
from webapp.domain.errors import Refused
from webapp.domain.ordering import GoalLine, active_goals, standing
from webapp.domain.permissions import Permission
from webapp.login import current_staff, home_zone
from webapp.models import Citizen, CitizenKind, Order, OrderKind
from webapp.services import orders

bp = Blueprint("orders", __name__)

_USUAL = {
    CitizenKind.ADULT: OrderKind.ACTION_PLAN,
    CitizenKind.CHILD: OrderKind.CHILDS_PLAN,
    CitizenKind.YOUNG: OrderKind.YOUTH_PLAN,
}


@bp.get("/citizens/<uuid:citizen_id>/orders")
@requires(Permission.READ_CITIZEN)
def index(citizen_id: UUID) -> ResponseReturnValue:
    """Show the orders, the newest first; those put away are folded."""
    citizen = access.citizen(citizen_id)
    access.log_read("order.read", citizen_id=citizen.id)
    today = local_day(clock.now(), home_zone())
    return render_template(
        "orders/index.html",
        citizen=citizen,
        orders=orders.orders_of(db.session(), citizen),
        standing=lambda order: standing(order, today),
        may_edit=access.reaches_plan_of(citizen, Permission.EDIT_PLAN),
    )


@bp.get("/citizens/<uuid:citizen_id>/orders/new")
@requires(Permission.EDIT_PLAN)
def new(citizen_id: UUID) -> ResponseReturnValue:
    """Show an empty form with a line for the first goal."""
    citizen = access.citizen(citizen_id)
    access.check_plan_of(citizen, Permission.EDIT_PLAN)
    return show_form(citizen, None, OrderForm(kind=_USUAL[citizen.kind], goal=[empty_line()]))


@bp.post("/citizens/<uuid:citizen_id>/orders")
@requires(Permission.EDIT_PLAN)
def create(citizen_id: UUID) -> ResponseReturnValue:
    """Write down a new order."""
    citizen = access.citizen(citizen_id)
    access.check_plan_of(citizen, Permission.EDIT_PLAN)
    return _save(citizen, None, OrderForm())


@bp.get("/orders/<uuid:order_id>/edit")
@requires(Permission.EDIT_PLAN)
def edit(order_id: UUID) -> ResponseReturnValue:
    """Show an order to write in."""
    order = access.order(order_id)
    access.check_plan_of(order.citizen, Permission.EDIT_PLAN)
    lines = [GoalLine(goal.id, goal.text) for goal in active_goals(order)]
    names = ("kind", "purpose", "caseworker", "starts_on", "ends_on")
    stored = {name: getattr(order, name) for name in names}
    form = OrderForm(**stored, goal=lines or [empty_line()], drawn_from=orders.version(order))
    return show_form(order.citizen, order, form)


@bp.post("/orders/<uuid:order_id>")
@requires(Permission.EDIT_PLAN)
def update(order_id: UUID) -> ResponseReturnValue:
    """Save what was written in an order."""
    order = access.order(order_id)
    access.check_plan_of(order.citizen, Permission.EDIT_PLAN)
    return _save(order.citizen, order, OrderForm())


@bp.post("/orders/<uuid:order_id>/archival")
@requires(Permission.EDIT_PLAN)
def archive(order_id: UUID) -> ResponseReturnValue:
    """Put an order away; it is kept."""
    order = access.order(order_id)
    access.check_plan_of(order.citizen, Permission.EDIT_PLAN)
    orders.archive_order(db.session(), order, actor=current_staff(), now=clock.now())
    return keep_and_go(order)


@bp.post("/orders/<uuid:order_id>/restoration")
@requires(Permission.EDIT_PLAN)
def restore(order_id: UUID) -> ResponseReturnValue:
    """Take an order out again."""
    order = access.order(order_id)
    access.check_plan_of(order.citizen, Permission.EDIT_PLAN)
    orders.restore_order(db.session(), order, actor=current_staff(), now=clock.now())
    return keep_and_go(order)


def _save(citizen: Citizen, order: Order | None, form: OrderForm) -> ResponseReturnValue:
    if form.only_arranges:
        form.goal.data = form.arranged()
        return show_form(citizen, order, form)
    if not form.validate():
        return show_form(citizen, order, form), 422
    session, lines = db.session(), form.goal.written
    actor, now = current_staff(), clock.now()
    try:
        if order:
            orders.update_order(
                *(session, order, form.content, lines),
                drawn_from=str(form.drawn_from.data),
                actor=actor,
                now=now,
            )
        else:
            order = orders.create_order(
                *(session, citizen, form.content, lines),
                id=form.new_id.data,
                actor=actor,
                now=now,
            )
    except Refused as refused:
        return refuse(citizen, order, form, refused)
    return keep_and_go(order)
