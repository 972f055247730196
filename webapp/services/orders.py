"""Write down what the municipality has ordered: its purpose, its goals, how long it runs."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypedDict
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from webapp.domain.errors import AlreadySaved, EditedMeanwhile, OrderArchived
from webapp.domain.ordering import GoalLine, active_goals, check_period
from webapp.domain.versions import version_of
from webapp.models import Citizen, Goal, Order, OrderGoal, OrderKind, Staff
from webapp.services import audit


class OrderContent(TypedDict):
    """What an order says beside its goals."""

    kind: OrderKind
    purpose: str
    caseworker: str
    starts_on: date
    ends_on: date | None


def orders_of(session: Session, citizen: Citizen) -> Sequence[Order]:
    """Return every order of a citizen with goals and papers, the newest first; may be empty."""
    return session.scalars(
        select(Order)
        .where(Order.citizen_id == citizen.id)
        .options(selectinload(Order.goals), selectinload(Order.files))
        .order_by(Order.starts_on.desc(), Order.id)
    ).all()


def create_order(
    session: Session,
    citizen: Citizen,
    content: OrderContent,
    goals: Sequence[GoalLine],
    *,
    id: UUID,
    actor: Staff,
    now: datetime,
) -> Order:
    """Add an order. Sending the same id again returns the stored one.

    Args:
        session: Not committed here.
        citizen: Whose.
        content: What it says.
        goals: Its goals in their order; may be empty.
        id: Made where the form was drawn.
        actor: Who writes it down.
        now: Aware.

    Raises:
        EndsBeforeStart, AlreadySaved.
    """
    if stored := session.get(Order, id):
        return _same_or_refuse(stored, citizen, content, goals)
    check_period(content["starts_on"], content["ends_on"])
    order = Order(id=id, citizen_id=citizen.id, **content)
    order.goals = [
        OrderGoal(id=line.id, text=line.text, rank=rank) for rank, line in enumerate(goals, start=1)
    ]
    try:
        # A resent form may arrive while the first is still being stored by another thread.
        with session.begin_nested():
            session.add(order)
    except IntegrityError:
        if stored := session.get(Order, id):
            return _same_or_refuse(stored, citizen, content, goals)
        raise AlreadySaved from None
    _record(session, "order.create", order, actor, now)
    return order


def update_order(
    session: Session,
    order: Order,
    content: OrderContent,
    goals: Sequence[GoalLine],
    *,
    drawn_from: str,
    actor: Staff,
    now: datetime,
) -> None:
    """Change an order and its goals. A goal that is left out goes, or is put away if it is used.

    Args:
        session: Not committed here.
        order: Held until the commit, so that two who write at once do not mix.
        content: What it says now.
        goals: All of its goals now, in their order.
        drawn_from: The version the form was drawn from, see `version`.
        actor: Who writes.
        now: Aware.

    Raises:
        EndsBeforeStart, EditedMeanwhile, OrderArchived, AlreadySaved.
    """
    session.refresh(order, [*OrderContent.__annotations__, "archived_at"], with_for_update=True)
    stands = version(order)
    if _version(content, goals) == stands:
        return
    if order.archived_at:
        raise OrderArchived
    if drawn_from != stands:
        raise EditedMeanwhile
    check_period(content["starts_on"], content["ends_on"])
    for name, value in content.items():
        setattr(order, name, value)
    _put_goals(session, order, goals, now)
    _record(session, "order.update", order, actor, now)


def archive_order(session: Session, order: Order, *, actor: Staff, now: datetime) -> None:
    """Put an order away. Its goals and papers are kept, and so is what links to them."""
    if order.archived_at is None:
        order.archived_at = now
        _record(session, "order.archive", order, actor, now)


def restore_order(session: Session, order: Order, *, actor: Staff, now: datetime) -> None:
    """Take an order out again that was put away."""
    if order.archived_at is not None:
        order.archived_at = None
        _record(session, "order.restore", order, actor, now)


def version(order: Order) -> str:
    """Return what a form drawn from this order carries, see `version_of`."""
    names = OrderContent.__annotations__
    lines = [GoalLine(goal.id, goal.text) for goal in active_goals(order)]
    return _version({name: getattr(order, name) for name in names}, lines)


def _version(content: Mapping[str, Any], goals: Sequence[GoalLine]) -> str:
    return version_of({**content, "goals": [(str(line.id), line.text) for line in goals]})


def _put_goals(session: Session, order: Order, lines: Sequence[GoalLine], now: datetime) -> None:
    here = {goal.id: goal for goal in order.goals}
    for rank, line in enumerate(lines, start=1):
        goal = here.pop(line.id, None)
        if goal is None:
            if session.get(OrderGoal, line.id):
                raise AlreadySaved
            goal = OrderGoal(id=line.id, order_id=order.id)
            session.add(goal)
        goal.text, goal.rank, goal.archived_at = line.text, rank, None
    left_out = [goal for goal in here.values() if goal.archived_at is None]
    used = set(
        session.scalars(
            select(Goal.order_goal_id).where(Goal.order_goal_id.in_([goal.id for goal in left_out]))
        )
    )
    for goal in left_out:
        if goal.id in used:
            goal.archived_at = now
        else:
            session.delete(goal)


def _same_or_refuse(
    stored: Order, citizen: Citizen, content: OrderContent, goals: Sequence[GoalLine]
) -> Order:
    if stored.citizen_id != citizen.id or version(stored) != _version(content, goals):
        raise AlreadySaved
    return stored


def _record(session: Session, action: str, order: Order, actor: Staff, now: datetime) -> None:
    audit.record(
        session, action, actor=actor, at=now, citizen_id=order.citizen_id, object_id=order.id
    )
