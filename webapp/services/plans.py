"""Write a citizen's plan. Every change is kept beside what it replaced; nobody overwrites unseen.

Source: docs/decisions/0017-plan-revisions.md
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, TypeVar
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from webapp.domain import planning
from webapp.domain.errors import (
    EditedMeanwhile,
    GoalClosed,
    SameIdOtherContent,
    SignInUse,
    SubGoalTooDeep,
)
from webapp.domain.instructing import carried_over, order_of, sign_of_steps
from webapp.domain.measuring import check_measure
from webapp.domain.revising import changed_fields
from webapp.models import (
    Base,
    Citizen,
    Goal,
    Intervention,
    Observation,
    Plan,
    PlanPart,
    PlanRevision,
    Sign,
    Staff,
    Step,
)
from webapp.services import audit

FIELDS: Final[Mapping[PlanPart, tuple[str, ...]]] = {
    PlanPart.CONTEXT: (
        *("resources", "challenge", "needs", "frame", "earlier_experience", "context", "theme"),
    ),
    PlanPart.EVALUATION: ("evaluation_months", "next_evaluation_on", "evaluator_id"),
    PlanPart.GOAL: (
        *("text", "short_text", "type", "theme", "parent_id", "starts_on", "ends_on", "revise_on"),
        *("responsible_id", "participation", "participation_words", "others_took_part"),
        *("partner_involved", "partner_words", "order_goal_id", "no_order_goal_reason"),
        *("second_goal_reason", "smorte_reasons"),
    ),
    PlanPart.SIGN: (
        *("sense", "text", "measure", "direction", "baseline", "target", "gas_levels", "steps"),
        "archived_at",
    ),
    PlanPart.INTERVENTION: (
        *("title", "approach", "practice", "who", "when_and_where", "materials", "status", "steps"),
    ),
}
"""What a revision keeps of each part, in the order to show it."""

_PARTS: Final[Mapping[type[Base], PlanPart]] = {
    Goal: PlanPart.GOAL,
    Sign: PlanPart.SIGN,
    Intervention: PlanPart.INTERVENTION,
}

_AUDITED: Final = {PlanPart.CONTEXT: "plan", PlanPart.EVALUATION: "evaluation_plan"}
"""What the audit log calls the parts whose name alone would not do."""

_BLANK: Final = {"evaluation_months": 6}
"""What a plan says before anybody wrote in it."""

_MEASURED: Final = ("measure", "gas_levels", "steps")
"""What decides how a value on a sign is read."""

Written = TypeVar("Written", Goal, Sign, Intervention)


def find_plan(session: Session, citizen: Citizen) -> Plan | None:
    """Return the citizen's plan; None when nobody has written in it yet."""
    return session.scalar(select(Plan).where(Plan.citizen_id == citizen.id))


def plan_of(session: Session, citizen: Citizen) -> Plan:
    """Return the citizen's plan, made now when there is none yet."""
    if plan := find_plan(session, citizen):
        return plan
    with suppress(IntegrityError), session.begin_nested():
        session.add(Plan(citizen_id=citizen.id))
    # Ours, or the one that a colleague made in the same moment.
    return session.scalars(select(Plan).where(Plan.citizen_id == citizen.id)).one()


def update_plan(
    session: Session,
    plan: Plan,
    part: PlanPart,
    values: Mapping[str, Any],
    *,
    based_on: int,
    actor: Staff,
    now: datetime,
    why: str = "",
) -> None:
    """Change the context, or the plan for evaluating.

    Args:
        session: Not committed here.
        plan: Whose.
        part: `CONTEXT` or `EVALUATION`.
        values: New values by field; fields left out stay.
        based_on: The number of the revision the form was drawn from; 0 when there was none.
        actor: Who writes.
        now: Aware.
        why: May be empty.

    Raises:
        EditedMeanwhile.
    """
    hold(session, plan)
    _change(session, plan, part, values, based_on, actor, now, why)


def create_goal(
    session: Session,
    plan: Plan,
    values: Mapping[str, Any],
    *,
    id: UUID,
    actor: Staff,
    now: datetime,
    signs: Iterable[Mapping[str, Any]] = (),
    interventions: Iterable[Mapping[str, Any]] = (),
    action: str = "goal.create",
) -> Goal:
    """Add a goal as a draft: nobody logs on it before `activate_goal`.

    Args:
        session: Not committed here.
        plan: Where it belongs.
        values: By field; `text`, `short_text`, `starts_on` and `ends_on` at least.
        id: Made where the form was drawn; the same again gives the stored goal.
        actor: Who writes.
        now: Aware.
        signs: Stored with it, by field, the smallest first.
        interventions: Stored with it, by field, in their order.
        action: What the audit log calls it all, once.

    Raises:
        EndsBeforeStart, RevisedOutsideGoal, SubGoalTooDeep, GoalClosed, SameIdOtherContent;
        for its signs as `create_sign`.
    """
    hold(session, plan)
    if stored := session.get(Goal, id):
        return _same_or_refuse(session, stored, stored.plan_id == plan.id, values)
    goals = goals_of(session, plan)
    goal = Goal(id=id, plan_id=plan.id, rank=_next_rank(goals), **values)
    _check_goal(goal, goals)
    for rank, each in enumerate(signs, start=1):
        goal.signs.append(Sign(rank=rank, **each))
    for rank, each in enumerate(interventions, start=1):
        goal.interventions.append(Intervention(rank=rank))
        _put(goal.interventions[-1], each)
    parts: list[Sign | Intervention] = [*goal.signs, *goal.interventions]
    return _add(session, goal, actor, now, parts=parts, action=action)


def update_goal(
    session: Session,
    goal: Goal,
    values: Mapping[str, Any],
    *,
    based_on: int,
    actor: Staff,
    now: datetime,
    why: str = "",
) -> None:
    """Change a goal. One that is running stays as whole as it had to be to be started.

    Raises:
        EditedMeanwhile, GoalClosed, EndsBeforeStart, RevisedOutsideGoal, SubGoalTooDeep,
        OrderGoalMissing, SecondGoalNeedsReason.
    """
    hold(session, goal.plan)
    _check_open(goal)
    if _change(session, goal, PlanPart.GOAL, values, based_on, actor, now, why):
        goals = goals_of(session, goal.plan)
        _check_goal(goal, goals)
        if planning.is_running(goal):
            planning.check_can_run(goal, goals)


def activate_goal(session: Session, goal: Goal, *, actor: Staff, now: datetime) -> None:
    """Start a goal: from now on staff log on it. Starting it twice changes nothing.

    Raises:
        GoalClosed, OrderGoalMissing, SecondGoalNeedsReason.
    """
    hold(session, goal.plan)
    _check_open(goal)
    if goal.activated_at:
        return
    planning.check_can_run(goal, goals_of(session, goal.plan))
    goal.activated_at = now
    _record(session, "goal.activate", goal, actor, now)


def create_sign(
    session: Session,
    goal: Goal,
    values: Mapping[str, Any],
    *,
    id: UUID,
    actor: Staff,
    now: datetime,
) -> Sign:
    """Add a sign, last in rank. The same id again gives the stored sign.

    Raises:
        GoalClosed, SameIdOtherContent, TargetUnfit, TargetAgainstDirection, GasLevelsMissing,
        StepsMissing.
    """
    hold(session, goal.plan)
    if stored := session.get(Sign, id):
        return _same_or_refuse(session, stored, stored.goal_id == goal.id, values)
    _check_open(goal)
    sign = Sign(id=id, goal_id=goal.id, rank=_next_rank(goal.signs), **values)
    return _add(session, sign, actor, now)


def update_sign(
    session: Session,
    sign: Sign,
    values: Mapping[str, Any],
    *,
    based_on: int,
    actor: Staff,
    now: datetime,
    why: str = "",
) -> None:
    """Change a sign; `archived_at` puts it away and takes it out again. Its taps stay.

    How it is measured only changes until it is tapped: else old values would be read anew.

    Raises:
        EditedMeanwhile, GoalClosed, SignInUse; for how it is measured as `create_sign`.
    """
    hold(session, sign.goal.plan)
    _check_open(sign.goal)
    measured = {name for name in _MEASURED if name in values}
    if any(plain(values[name]) != plain(getattr(sign, name)) for name in measured):
        _check_untapped(session, sign)
    if _change(session, sign, PlanPart.SIGN, values, based_on, actor, now, why):
        _check_sign(sign)


def move_sign(session: Session, sign: Sign, *, by: int, actor: Staff, now: datetime) -> None:
    """Move a sign so many places among those in use: below zero towards the smallest.

    It stops at the ends. The order says how large a sign is, so it is written down anew for all.
    """
    hold(session, sign.goal.plan)
    signs = [each for each in sign.goal.signs if not each.archived_at]
    if sign not in signs:
        return
    place = signs.index(sign)
    other = min(max(place + by, 0), len(signs) - 1)
    if other == place:
        return
    signs.insert(other, signs.pop(place))
    for rank, each in enumerate([*signs, *(s for s in sign.goal.signs if s.archived_at)], start=1):
        each.rank = rank
    _record(session, "sign.move", sign, actor, now)


def create_intervention(
    session: Session,
    goal: Goal,
    values: Mapping[str, Any],
    *,
    id: UUID,
    actor: Staff,
    now: datetime,
) -> Intervention:
    """Add an intervention with its steps. The same id again gives the stored one.

    Raises:
        GoalClosed, SameIdOtherContent.
    """
    hold(session, goal.plan)
    if stored := session.get(Intervention, id):
        return _same_or_refuse(session, stored, stored.goal_id == goal.id, values)
    _check_open(goal)
    intervention = Intervention(id=id, goal_id=goal.id, rank=_next_rank(goal.interventions))
    _put(intervention, values)
    return _add(session, intervention, actor, now)


def update_intervention(
    session: Session,
    intervention: Intervention,
    values: Mapping[str, Any],
    *,
    based_on: int,
    actor: Staff,
    now: datetime,
    why: str = "",
) -> None:
    """Change an intervention, its steps (sentences) as a whole.

    Raises:
        EditedMeanwhile, GoalClosed.
    """
    hold(session, intervention.goal.plan)
    _check_open(intervention.goal)
    _change(session, intervention, PlanPart.INTERVENTION, values, based_on, actor, now, why)


def newest_revision(session: Session, part: PlanPart, object_id: UUID) -> PlanRevision | None:
    """Return the newest revision of a part; None when it has not changed since there are any."""
    return session.scalar(
        select(PlanRevision)
        .where(PlanRevision.part == part, PlanRevision.object_id == object_id)
        .order_by(PlanRevision.number.desc())
        .limit(1)
    )


def content_of(part: PlanPart, written: Plan | Goal | Sign | Intervention) -> dict[str, Any]:
    """Return what a revision keeps of a part, in a form that JSON holds."""
    return {name: plain(getattr(written, name)) for name in FIELDS[part]}


def hold(session: Session, plan: Plan) -> None:
    """Let others who write in the same plan wait until the commit, and forget what was read before.

    What a colleague stored while we waited is then seen. Call it before anything is checked.
    """
    session.execute(select(Plan.id).where(Plan.id == plan.id).with_for_update())
    session.expire_all()


def goals_of(session: Session, plan: Plan | None) -> Sequence[Goal]:
    """Return all goals of a plan by rank; may be empty, and is without a plan."""
    if plan is None:
        return []
    return session.scalars(select(Goal).where(Goal.plan_id == plan.id).order_by(Goal.rank)).all()


def _add(
    session: Session,
    written: Written,
    actor: Staff,
    now: datetime,
    *,
    parts: Iterable[Sign | Intervention] = (),
    action: str = "",
) -> Written:
    """Store something new, and parts that come with it, with their first revisions."""
    session.add(written)
    session.flush()
    for each in (written, *parts):
        if isinstance(each, Sign):
            _check_sign(each)
        _add_revision(session, _PARTS[type(each)], each, 1, actor, now)
    _record(session, action or f"{_PARTS[type(written)].value}.create", written, actor, now)
    return written


def _change(
    session: Session,
    written: Plan | Goal | Sign | Intervention,
    part: PlanPart,
    values: Mapping[str, Any],
    based_on: int,
    actor: Staff,
    now: datetime,
    why: str,
) -> bool:
    """Put new values in place, keep the revision and tell it; False when nothing is different."""
    newest = newest_revision(session, part, written.id)
    number = newest.number if newest else 0
    before = content_of(part, written)
    wanted = before | {name: plain(value) for name, value in values.items()}
    if wanted == before:
        return False
    if number != based_on:
        raise EditedMeanwhile
    if newest is None and changed_fields({n: _BLANK.get(n) for n in before}, before):
        # What stood there before revisions were kept; nobody knows who wrote it.
        number = 1
        _add_revision(session, part, written, number, None, now)
    _put(written, values)
    _add_revision(session, part, written, number + 1, actor, now, why)
    _record(session, f"{_AUDITED.get(part, part.value)}.update", written, actor, now)
    return True


def _add_revision(
    session: Session,
    part: PlanPart,
    written: Plan | Goal | Sign | Intervention,
    number: int,
    author: Staff | None,
    now: datetime,
    why: str = "",
) -> None:
    goal = _goal_of(written)
    session.add(
        PlanRevision(
            # As unique as the part and the number, which the database lets only one have.
            id=uuid5(written.id, f"{part}:{number}"),
            plan_id=goal.plan_id if goal else written.id,
            goal_id=goal.id if goal else None,
            part=part,
            object_id=written.id,
            number=number,
            content=content_of(part, written),
            why=why,
            author_id=author.id if author else None,
            changed_at=now,
        )
    )


def _goal_of(written: Plan | Goal | Sign | Intervention) -> Goal | None:
    """Return the goal a part is of; None for the plan itself."""
    if isinstance(written, Plan):
        return None
    return written if isinstance(written, Goal) else written.goal


def _put(written: Plan | Goal | Sign | Intervention, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if name == "steps" and isinstance(written, Intervention):
            _put_steps(written, value)
        else:
            setattr(written, name, value)


def _put_steps(intervention: Intervention, texts: Sequence[str]) -> None:
    """Give the intervention these steps; one that goes on keeps its id and its picture."""
    old = list(intervention.steps)
    # A sign from before that was kept measures the steps as they were until now.
    if intervention.measured_steps is None and sign_of_steps(intervention):
        intervention.measured_steps = order_of(intervention)
    places = carried_over([step.text for step in old], texts)
    steps = [Step() if place is None else old[place] for place in places]
    for rank, (step, text) in enumerate(zip(steps, texts, strict=True), start=1):
        step.text, step.rank = text, rank
    intervention.steps = steps


def _check_goal(goal: Goal, goals: Iterable[Goal]) -> None:
    planning.check_dates(goal.starts_on, goal.ends_on, goal.revise_on)
    by_id = {each.id: each for each in goals}
    parent = by_id.get(goal.parent_id) if goal.parent_id else None
    if goal.parent_id and parent is None:
        raise SubGoalTooDeep
    planning.check_parent(goal, parent, (g for g in by_id.values() if g.parent_id == goal.id))


def _check_sign(sign: Sign) -> None:
    check_measure(
        sign.measure,
        sign.direction,
        baseline=sign.baseline,
        target=sign.target,
        gas_levels=sign.gas_levels,
        steps=sign.steps,
    )


def _check_untapped(session: Session, sign: Sign) -> None:
    if session.scalar(select(Observation.id).where(Observation.sign_id == sign.id).limit(1)):
        raise SignInUse


def _check_open(goal: Goal) -> None:
    if goal.closed_at:
        raise GoalClosed


def _same_or_refuse(
    session: Session, stored: Written, is_here: bool, values: Mapping[str, Any]
) -> Written:
    """Return what is stored when what was sent began as the same, in the same place."""
    first = session.scalar(
        select(PlanRevision.content).where(
            PlanRevision.object_id == stored.id,
            PlanRevision.part == _PARTS[type(stored)],
            PlanRevision.number == 1,
        )
    )
    said = {name: plain(value) for name, value in values.items()}
    if not is_here or not first or any(first.get(name) != value for name, value in said.items()):
        raise SameIdOtherContent
    return stored


def _next_rank(rows: Iterable[Goal] | Iterable[Sign] | Iterable[Intervention]) -> int:
    return max((row.rank for row in rows), default=0) + 1


def plain(value: Any) -> Any:
    """Return a value as JSON keeps it."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, list):
        return [step.text if isinstance(step, Step) else step for step in value]
    return value


def _record(
    session: Session,
    action: str,
    written: Plan | Goal | Sign | Intervention,
    actor: Staff,
    now: datetime,
) -> None:
    goal = _goal_of(written)
    plan = goal.plan if goal else written
    citizen_id = plan.citizen_id  # type: ignore[union-attr]
    audit.record(session, action, actor=actor, at=now, citizen_id=citizen_id, object_id=written.id)
