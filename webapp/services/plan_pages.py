"""Read a whole plan, in a number of queries that never grows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from webapp.domain.documentation import active_signs
from webapp.domain.planning import Card, Completeness, completeness
from webapp.models import (
    Citizen,
    Department,
    Goal,
    GoalClosure,
    Intervention,
    Order,
    OrderGoal,
    Plan,
    PlanPart,
    Sign,
    Sparring,
    Staff,
)
from webapp.services.plans import FIELDS


@dataclass(frozen=True, slots=True)
class GoalOnPlan:
    """A goal as the plan shows it: its own sub-goals below it.

    Attributes:
        goal: With order goal and responsible loaded.
        signs: Active ones, smallest first.
        archived: Signs that were put away.
        sub_goals: By rank; a sub-goal has none.
        closure: How it was closed; None while it is open.
        asks: Whether a sparring about it is open.
    """

    goal: Goal
    signs: Sequence[Sign]
    archived: Sequence[Sign]
    sub_goals: Sequence["GoalOnPlan"]
    closure: GoalClosure | None
    asks: bool


@dataclass(frozen=True, slots=True)
class PlanPage:
    """A citizen's plan as a page.

    Attributes:
        plan: Evaluator loaded.
        is_stored: Whether anybody has written in it yet; if not, it is empty and has no id.
        goals: Open main goals by rank, drafts among them.
        closed: Closed main goals, the last closed first.
        order_goals_left: Of the order in force; no open or closed goal of ours comes from them.
        cards: How much of each card is written.
    """

    plan: Plan
    is_stored: bool
    goals: Sequence[GoalOnPlan]
    closed: Sequence[GoalOnPlan]
    order_goals_left: Sequence[OrderGoal]
    cards: Mapping[Card, Completeness]


def plan_page(session: Session, citizen: Citizen, *, today: date) -> PlanPage:
    """Return the plan of a citizen; an empty one when nobody has written yet."""
    plan = session.scalar(
        select(Plan).where(Plan.citizen_id == citizen.id).options(joinedload(Plan.evaluator))
    )
    is_stored = plan is not None
    goals = _goals(session, plan) if plan else []
    # Not added to the session: looking makes no plan.
    plan = plan or Plan(
        citizen_id=citizen.id,
        **dict.fromkeys(FIELDS[PlanPart.CONTEXT], ""),
        evaluation_months=6,
    )
    closures = _closures(session, goals)
    asking = _asking(session, goals)
    linked = {goal.order_goal_id for goal in goals}

    def on_plan(goal: Goal) -> GoalOnPlan:
        return GoalOnPlan(
            goal=goal,
            signs=active_signs(goal),
            archived=[sign for sign in goal.signs if sign.archived_at],
            sub_goals=[on_plan(part) for part in goals if part.parent_id == goal.id],
            closure=closures.get(goal.id),
            asks=goal.id in asking,
        )

    main = [on_plan(goal) for goal in goals if not goal.parent_id]
    closed = [each for each in main if each.goal.closed_at]
    return PlanPage(
        plan=plan,
        is_stored=is_stored,
        goals=[each for each in main if not each.goal.closed_at],
        closed=sorted(closed, key=lambda each: str(each.goal.closed_at), reverse=True),
        order_goals_left=[each for each in order_goals(session, citizen) if each.id not in linked],
        cards=completeness(plan, goals, today=today),
    )


def order_goals(session: Session, citizen: Citizen) -> Sequence[OrderGoal]:
    """Return the goals of the order in force, the newest that was not put away; may be empty."""
    in_force = (
        select(Order.id)
        .where(Order.citizen_id == citizen.id, Order.archived_at.is_(None))
        .order_by(Order.starts_on.desc(), Order.id)
        .limit(1)
        .scalar_subquery()
    )
    return session.scalars(
        select(OrderGoal)
        .where(OrderGoal.order_id == in_force, OrderGoal.archived_at.is_(None))
        .order_by(OrderGoal.rank)
    ).all()


def colleagues_of(session: Session, citizen: Citizen) -> Sequence[Staff]:
    """Return who works in the citizen's department now, by first name; may be empty."""
    return session.scalars(
        select(Staff)
        .where(
            Staff.departments.any(Department.id == citizen.department_id),
            Staff.deactivated_at.is_(None),
        )
        .order_by(Staff.first_name, Staff.last_name)
    ).all()


def _goals(session: Session, plan: Plan) -> Sequence[Goal]:
    return session.scalars(
        select(Goal)
        .where(Goal.plan_id == plan.id)
        .options(
            joinedload(Goal.order_goal),
            joinedload(Goal.responsible),
            selectinload(Goal.signs),
            selectinload(Goal.interventions).joinedload(Intervention.steps),
        )
        .order_by(Goal.rank, Goal.id)
    ).all()


def _closures(session: Session, goals: Sequence[Goal]) -> dict[UUID, GoalClosure]:
    """Return the newest closure of each closed goal that has one."""
    ids = [goal.id for goal in goals if goal.closed_at]
    if not ids:
        return {}
    rows = session.scalars(
        select(GoalClosure)
        .where(GoalClosure.goal_id.in_(ids))
        .options(joinedload(GoalClosure.closed_by))
        .order_by(GoalClosure.closed_at)
    )
    return {row.goal_id: row for row in rows}


def _asking(session: Session, goals: Sequence[Goal]) -> set[UUID]:
    """Return which goals somebody asks for help with."""
    ids = [goal.id for goal in goals]
    if not ids:
        return set()
    return set(
        session.scalars(
            select(Sparring.goal_id).where(Sparring.goal_id.in_(ids), Sparring.settled_at.is_(None))
        )
    )
