"""Writes the demo citizens' plans through the screens' own services, at the times it was done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.demo.days import at_home, monday_of, month_end
from webapp.demo.ids import demo_id, ids_that_come_back
from webapp.demo.profiles import citizen_id, order_goal_of
from webapp.demo.shapes import DemoCitizen, DemoGoal, DemoIntervention, DemoSign, Person
from webapp.models import Goal, InterventionStatus, Plan, PlanPart, Sign, Staff
from webapp.services import plans
from webapp.services.closures import close_goal
from webapp.services.goal_templates import create_template
from webapp.services.instructions import choose_form, choose_signs
from webapp.services.sparring import add_comment

MEETING = time(13, 30)
"""When a contact team meets."""

DRAFTED = timedelta(days=4)
"""A goal that starts on Monday was written the Thursday before."""

WEDNESDAY = timedelta(days=2)


def write_plans(
    session: Session, citizens: tuple[DemoCitizen, ...], *, today: date, seed: int
) -> None:
    """Add the plans of citizens who are there, with every change since; flushed.

    Args:
        session: Holds citizens, contact teams and orders.
        citizens: Whose.
        today: The home's day; nothing is written later.
        seed: What ids are made from.
    """
    staff = {colleague.id: colleague for colleague in session.scalars(select(Staff))}
    with ids_that_come_back(session):
        for demo in citizens:
            _Writing(session, demo, staff, today, seed).write()
        session.flush()


def sign_id(seed: int, goal: DemoGoal, place: int) -> UUID:
    """Return the id of a sign by its place in the goal, from 1."""
    return demo_id(seed, "sign", goal.key, place)


@dataclass(frozen=True, slots=True)
class _Writing:
    """One contact team and the plan they write: one begins, the other adds the details."""

    session: Session
    demo: DemoCitizen
    staff: Mapping[UUID, Staff]
    today: date
    seed: int

    def write(self) -> None:
        plan = Plan(
            id=demo_id(self.seed, "plan", self.demo.first_name),
            citizen_id=citizen_id(self.seed, self.demo),
        )
        self.session.add(plan)
        self.session.flush()
        self._cards(plan)
        goals = {demo.key: self._goal(plan, demo) for demo in self.demo.goals}
        for demo in sorted(self.demo.goals, key=self._starts_on):
            started = at_home(self._starts_on(demo), time(9, 0))
            plans.activate_goal(self.session, goals[demo.key], actor=self._first, now=started)
        for demo in self.demo.goals:
            self._change(goals[demo.key], demo)
            if demo.closing and demo.closed_weeks_ago is not None:
                close_goal(
                    self.session,
                    goals[demo.key],
                    demo.closing.verdict,
                    why=demo.closing.why,
                    actor=self._first,
                    now=self._afternoon(demo.closed_weeks_ago),
                )
            self._share(goals[demo.key], demo)

    def _cards(self, plan: Plan) -> None:
        """Write the context and the plan for evaluating, and evaluate once."""
        demo, before = self.demo.plan, self.demo.plan.context_before
        begun = min(map(self._drafted_at, self.demo.goals))
        values = {
            "resources": demo.resources,
            "challenge": demo.challenge,
            "needs": demo.needs,
            "frame": demo.frame,
            "earlier_experience": demo.earlier_experience,
            "context": before.text if before else self.demo.context,
            "theme": demo.theme,
        }
        self._update_plan(plan, PlanPart.CONTEXT, values, self._first, begun)
        if before:
            values = {"context": self.demo.context}
            at, by = self._days_ago(before.days_ago), self._staff(before.by)
            self._update_plan(plan, PlanPart.CONTEXT, values, by, at, before.why)
        by = self._staff(demo.evaluator) if demo.evaluator else self._first
        first = self._afternoon(demo.evaluated_weeks_ago)
        evaluating = {
            "evaluation_months": demo.evaluation_months,
            "next_evaluation_on": self.today - timedelta(weeks=demo.evaluated_weeks_ago),
            "evaluator_id": by.id if demo.evaluator else None,
        }
        self._update_plan(plan, PlanPart.EVALUATION, evaluating, by, begun)
        evaluating = {"next_evaluation_on": self._wednesday(demo.evaluated_in_weeks)}
        why = "Vi har holdt evaluering i dag."
        self._update_plan(plan, PlanPart.EVALUATION, evaluating, by, first, why)

    def _update_plan(
        self,
        plan: Plan,
        part: PlanPart,
        values: Mapping[str, Any],
        by: Staff,
        at: datetime,
        why: str = "",
    ) -> None:
        number = self._number(part, plan.id)
        plans.update_plan(
            self.session, plan, part, values, based_on=number, actor=by, now=at, why=why
        )

    def _goal(self, plan: Plan, demo: DemoGoal) -> Goal:
        """Write a goal with signs and interventions, as they stood when it began."""
        at = self._drafted_at(demo)
        values = {
            "text": demo.text,
            "short_text": demo.short_text,
            "type": demo.type,
            "theme": demo.theme,
            "parent_id": demo_id(self.seed, "goal", demo.parent) if demo.parent else None,
            "starts_on": self._starts_on(demo),
            "ends_on": month_end(self.today, demo.ends_in_months),
            "revise_on": self._wednesday(demo.revise_in_weeks),
            "responsible_id": self._first.id,
            "participation": demo.participation,
            "participation_words": demo.participation_words,
            "others_took_part": demo.others_took_part,
            "partner_involved": demo.partner_involved,
            "partner_words": demo.partner_words,
            "order_goal_id": order_goal_of(self.demo, demo.key, self.seed),
            "second_goal_reason": demo.second_goal_reason,
        }
        id = demo_id(self.seed, "goal", demo.key)
        goal = plans.create_goal(self.session, plan, values, id=id, actor=self._first, now=at)
        for place, sign in enumerate(demo.signs, start=1):
            plans.create_sign(
                self.session,
                goal,
                _sign_values(sign),
                id=sign_id(self.seed, demo, place),
                actor=self._second,
                now=at,
            )
            # A screen adds one at a time; here the next one has to find it.
            self.session.expire(goal, ["signs"])
        for place, intervention in enumerate(demo.interventions, start=1):
            added = intervention.added_weeks_ago
            since = at if added is None else self._afternoon(added)
            stored = plans.create_intervention(
                self.session,
                goal,
                _intervention_values(intervention),
                id=demo_id(self.seed, "intervention", demo.key, place),
                actor=self._second,
                now=since,
            )
            measured, asked = (
                goal.signs[number - 1] if number else None
                for number in (intervention.measures, intervention.asks)
            )
            choose_signs(self.session, stored, measured, asked, actor=self._second, now=since)
            choose_form(self.session, stored, intervention.form, actor=self._second, now=since)
            self.session.expire(goal, ["interventions"])
        return goal

    def _change(self, goal: Goal, demo: DemoGoal) -> None:
        """Change what has changed since the goal began, through the same forms."""
        for sign, was in zip(goal.signs, demo.signs, strict=True):
            if before := was.before:
                at, by = self._days_ago(before.days_ago), self._staff(before.by)
                self._update_sign(sign, {"text": was.text}, by, at, before.why)
            if was.archived_weeks_ago is not None:
                at = self._afternoon(was.archived_weeks_ago)
                self._update_sign(sign, {"archived_at": at}, self._first, at, was.archived_why)
        for intervention, did in zip(goal.interventions, demo.interventions, strict=True):
            if pause := did.paused:
                plans.update_intervention(
                    self.session,
                    intervention,
                    {"status": InterventionStatus.PAUSED},
                    based_on=self._number(PlanPart.INTERVENTION, intervention.id),
                    actor=self._staff(pause.by),
                    now=self._afternoon(pause.weeks_ago),
                    why=pause.why,
                )

    def _share(self, goal: Goal, demo: DemoGoal) -> None:
        """Talk the goal over with the facilitator, and keep it for others to begin from."""
        for place, comment in enumerate(demo.sparring, start=1):
            add_comment(
                self.session,
                goal,
                comment.text,
                id=demo_id(self.seed, "comment", demo.key, place),
                actor=self._staff(comment.by),
                now=at_home(self.today - timedelta(days=comment.days_ago), comment.at),
            )
        if template := demo.template:
            create_template(
                self.session,
                goal,
                template.name,
                id=demo_id(self.seed, "goal_template", demo.key),
                actor=self._staff(template.by),
                now=self._afternoon(template.weeks_ago),
            )

    def _update_sign(
        self, sign: Sign, values: Mapping[str, Any], by: Staff, at: datetime, why: str
    ) -> None:
        number = self._number(PlanPart.SIGN, sign.id)
        plans.update_sign(self.session, sign, values, based_on=number, actor=by, now=at, why=why)

    def _number(self, part: PlanPart, object_id: UUID) -> int:
        """Return the number a form would be drawn from."""
        newest = plans.newest_revision(self.session, part, object_id)
        return newest.number if newest else 0

    @property
    def _first(self) -> Staff:
        return self._staff(self.demo.contact_team[0])

    @property
    def _second(self) -> Staff:
        return self._staff(self.demo.contact_team[-1])

    def _staff(self, person: Person) -> Staff:
        return self.staff[demo_id(self.seed, "staff", person.email)]

    def _starts_on(self, goal: DemoGoal) -> date:
        return monday_of(self.today - timedelta(weeks=goal.starts_weeks_ago))

    def _drafted_at(self, goal: DemoGoal) -> datetime:
        return at_home(self._starts_on(goal) - DRAFTED, MEETING)

    def _afternoon(self, weeks_ago: int) -> datetime:
        """Return when the contact team met that many weeks ago."""
        return self._days_ago(weeks_ago * 7)

    def _days_ago(self, days: int) -> datetime:
        return at_home(self.today - timedelta(days=days), MEETING)

    def _wednesday(self, weeks_ahead: int) -> date:
        return monday_of(self.today + timedelta(weeks=weeks_ahead)) + WEDNESDAY


def _sign_values(demo: DemoSign) -> dict[str, Any]:
    return {
        "sense": demo.sense,
        "text": demo.before.text if demo.before else demo.text,
        "measure": demo.measure,
        "baseline": demo.baseline,
        "target": demo.target,
        "gas_levels": list(demo.gas_levels),
        "steps": list(demo.steps),
    }


def _intervention_values(demo: DemoIntervention) -> dict[str, Any]:
    return {
        "title": demo.title,
        "approach": demo.approach,
        "practice": demo.practice,
        "who": demo.who,
        "when_and_where": demo.when_and_where,
        "materials": demo.materials,
        "status": demo.status,
        "steps": list(demo.steps),
    }
