"""Read the board and a citizen's day, in a number of queries that never grows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from webapp.domain.carrying_out import offers_to_take_back
from webapp.domain.days import day_starts, last_days, local_day, shift_at
from webapp.domain.documentation import (
    CitizenToday,
    DayState,
    GoalToday,
    SignDay,
    active_signs,
    goal_state,
    goals_of_day,
    goals_to_log,
    silent_days,
    week_of,
)
from webapp.domain.measuring import DayValue, day_value
from webapp.models import (
    Citizen,
    ContactTeam,
    Department,
    Goal,
    Intervention,
    InterventionDone,
    InterventionStatus,
    Observation,
    Plan,
    PlanRevision,
    Shift,
    Sign,
    Staff,
)
from webapp.services.interventions import done_since
from webapp.services.logbook import latest_taps, observations_since, of_goals
from webapp.services.pictures import NotePictures, pictures_of
from webapp.services.plan_history import news_for
from webapp.services.showings import Shown, showings_of

WEEK = 7
"""Days in a sign's strip, today included."""


def shift_now(session: Session, home_id: UUID, *, now: datetime, zone: ZoneInfo) -> Shift | None:
    """Return the home's shift at this time; None when it has none."""
    return shift_at(now, session.scalars(select(Shift).where(Shift.home_id == home_id)), zone)


def board_of(
    session: Session, department: Department, *, viewer: Staff, now: datetime, zone: ZoneInfo
) -> list[CitizenToday]:
    """Return the department's citizens with today's state, by first name; may be empty.

    Args:
        session: Only read.
        department: One of the viewer's.
        viewer: Decides which cards are "mine".
        now: Aware.
        zone: The home's.
    """
    citizens = session.scalars(
        select(Citizen)
        .where(Citizen.department_id == department.id)
        .order_by(Citizen.first_name, Citizen.last_name, Citizen.id)
    ).all()
    today = local_day(now, zone)
    goals: dict[UUID, list[Goal]] = defaultdict(list)
    for goal in _open_goals(session, Citizen.department_id == department.id, today):
        goals[goal.plan.citizen_id].append(goal)
    mine = set(
        session.scalars(select(ContactTeam.citizen_id).where(ContactTeam.staff_id == viewer.id))
    )
    goal_ids = [goal.id for of_citizen in goals.values() for goal in of_citizen]
    todays = observations_since(session, goal_ids, day_starts(today, zone))
    latest = latest_taps(session, goal_ids)
    news = news_for(session, viewer, goal_ids, now=now)

    def card(citizen: Citizen) -> CitizenToday:
        to_log = goals_to_log(goals[citizen.id])
        taps = [latest[goal.id] for goal in to_log if goal.id in latest]
        return CitizenToday(
            citizen=citizen,
            goals=[GoalToday(goal, goal_state(todays[goal.id])) for goal in to_log],
            latest=max(of_goals(todays, to_log), key=lambda seen: seen.happened_at, default=None),
            silent_days=silent_days(max(taps, default=None), today, zone),
            mine=citizen.id in mine,
            changed=any(goal.id in news for goal in to_log),
        )

    return [card(citizen) for citizen in citizens]


@dataclass(frozen=True, slots=True)
class SignToday:
    """A sign to tap: what was logged on it today (oldest first) and its last seven days."""

    sign: Sign
    today: Sequence[Observation]
    week: Sequence[SignDay]

    @property
    def latest(self) -> Observation | None:
        """Today's newest observation on the sign; None when there is none."""
        return self.today[-1] if self.today else None

    @property
    def value(self) -> DayValue | None:
        """What today's taps come to; None when none carries a value."""
        return day_value(self.sign.measure, self.today)


@dataclass(frozen=True, slots=True)
class InterventionToday:
    """An intervention on the day.

    Attributes:
        intervention: Planned, running or paused.
        today: When it was carried out today, oldest first; authors loaded.
        offers_undo: Whether the viewer carried it out so lately that it can be taken back.
        shown: When its steps were shown to the citizen lately; None when they were not.
    """

    intervention: Intervention
    today: Sequence[InterventionDone]
    offers_undo: bool
    shown: Shown | None

    @property
    def is_offered(self) -> bool:
        """Whether it can be carried out now."""
        return self.intervention.status is InterventionStatus.RUNNING


@dataclass(frozen=True, slots=True)
class GoalCard:
    """A goal to log on.

    Attributes:
        goal: Open, interventions loaded.
        signs: Its active signs, smallest first.
        whole: What was said today of the goal as a whole, oldest first.
        state: The best that anything said today.
        read_at: When it was read; a card read earlier never replaces one read later.
        news: What colleagues changed and the viewer has not seen, oldest first.
        interventions: What is done to help it along, but for what has ended; in order.
        pictures: Of today's observations.
    """

    goal: Goal
    signs: Sequence[SignToday]
    whole: Sequence[Observation]
    state: DayState
    read_at: datetime
    news: Sequence[PlanRevision] = ()
    interventions: Sequence[InterventionToday] = ()
    pictures: NotePictures = field(default_factory=NotePictures)


def day_of(
    session: Session, citizen: Citizen, *, viewer: Staff, now: datetime, zone: ZoneInfo
) -> list[GoalCard]:
    """Return a citizen's open goals with today's signs, in the order to log them; may be empty."""
    with_details = selectinload(Goal.interventions), joinedload(Goal.parent)
    today = local_day(now, zone)
    goals = _open_goals(session, Citizen.id == citizen.id, today, *with_details)
    return _cards(session, goals_of_day(goals), viewer=viewer, now=now, zone=zone)


def card_of(
    session: Session, goal: Goal, *, viewer: Staff, now: datetime, zone: ZoneInfo
) -> GoalCard:
    """Return one goal's card, whether or not it may still be logged on."""
    [card] = _cards(session, [goal], viewer=viewer, now=now, zone=zone)
    return card


def logged_on_earlier_day(
    session: Session, citizen: Citizen, id: str, *, now: datetime, zone: ZoneInfo
) -> Observation | None:
    """Return an observation just logged for a day before today, which no card shows.

    None when the text is no id, or the observation is of today or of someone else's goal.
    """
    try:
        observation = session.get(Observation, UUID(id)) if id else None
    except ValueError:
        return None
    if observation is None or observation.goal.plan.citizen_id != citizen.id:
        return None
    is_earlier = local_day(observation.happened_at, zone) < local_day(now, zone)
    return observation if is_earlier else None


def _cards(
    session: Session, goals: Sequence[Goal], *, viewer: Staff, now: datetime, zone: ZoneInfo
) -> list[GoalCard]:
    today = local_day(now, zone)
    days = last_days(today, WEEK)
    week = observations_since(session, [goal.id for goal in goals], day_starts(days[0], zone))

    news = news_for(session, viewer, [goal.id for goal in goals], now=now)

    interventions = [intervention for goal in goals for intervention in goal.interventions]
    done = done_since(session, [each.id for each in interventions], day_starts(today, zone))
    shown = showings_of(session, [each.id for each in interventions if each.has_steps], now=now)

    todays = {
        goal.id: [seen for seen in week[goal.id] if local_day(seen.happened_at, zone) == today]
        for goal in goals
    }
    seen_today = [seen.id for seen in of_goals(todays, goals)]
    pictures = pictures_of(session, seen_today, now=now, zone=zone)

    def with_done(intervention: Intervention) -> InterventionToday:
        times = done[intervention.id]
        offers_undo = bool(times) and offers_to_take_back(times[-1], viewer, now)
        return InterventionToday(intervention, times, offers_undo, shown.get(intervention.id))

    def card(goal: Goal) -> GoalCard:
        seen_today = todays[goal.id]
        return GoalCard(
            goal=goal,
            signs=[
                SignToday(
                    sign=sign,
                    today=[seen for seen in seen_today if seen.sign_id == sign.id],
                    week=week_of(sign, week[goal.id], days, zone),
                )
                for sign in active_signs(goal)
            ],
            whole=[seen for seen in seen_today if seen.sign_id is None],
            state=goal_state(seen_today),
            read_at=now,
            news=news.get(goal.id, ()),
            interventions=[
                with_done(intervention)
                for intervention in goal.interventions
                if intervention.status is not InterventionStatus.ENDED
            ],
            pictures=pictures,
        )

    return [card(goal) for goal in goals]


def _open_goals(
    session: Session, whose: ColumnElement[bool], today: date, *options: ExecutableOption
) -> Sequence[Goal]:
    """Return the active goals that have begun, by rank."""
    return session.scalars(
        select(Goal)
        .join(Goal.plan)
        .join(Plan.citizen)
        .where(whose, Goal.activated_at.is_not(None), Goal.closed_at.is_(None))
        .where(Goal.starts_on <= today)
        .options(
            contains_eager(Goal.plan).contains_eager(Plan.citizen),
            selectinload(Goal.signs),
            *options,
        )
        .order_by(Goal.rank, Goal.id)
    ).all()
