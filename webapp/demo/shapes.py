"""What the demo home is made of before it becomes rows: people, plans and their rhythm.

Times are told as "weeks ago" or "months ahead", so that the home is as fresh on any day.
"""

from dataclasses import dataclass
from datetime import time

from webapp.models import (
    CitizenKind,
    ClosureVerdict,
    ContactKind,
    GoalType,
    InstructionForm,
    InterventionStatus,
    Measure,
    OrderKind,
    Outcome,
    Participation,
    Role,
    Sense,
)

SOENDERMARKEN = "Søndermarken"
LAERKEREDEN = "Lærkereden"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One member of staff.

    `rota` is a fortnight from a Monday, one letter a day: D(ay), A (aften), N(ight), - off.
    """

    first_name: str
    last_name: str
    email: str
    departments: tuple[str, ...]
    role: Role = Role.STAFF
    rota: str = "-" * 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What a text said until somebody changed it in the afternoon `days_ago`, and why."""

    text: str
    days_ago: int
    why: str
    by: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoSign:
    """One sign. `helped` is false where a support level says nothing.

    `level` is the level at which it is seen every other day; without it, half below its place.
    `from_to` is the value of a tap when the goal began and now, in the unit of the measure, and so
    are `baseline` and `target`: of a sign that is only seen, days a week.
    """

    text: str
    baseline: int
    target: int
    sense: Sense = Sense.SEE
    helped: bool = True
    level: float | None = None
    archived_weeks_ago: int | None = None
    archived_why: str = ""
    before: Before | None = None
    measure: Measure = Measure.SEEN
    from_to: tuple[float, float] = (0, 0)
    gas_levels: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """An intervention was put on pause in the afternoon `weeks_ago`, and why."""

    weeks_ago: int
    why: str
    by: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoIntervention:
    """What staff do: the method, and how it is done with this person.

    `steps` are said to the one who does them; they measure the goal's sign of the number
    `measures`, and the citizen is asked about that of the number `asks`, both from 1; `form` is as
    in `Intervention`. One that is planned was added `added_weeks_ago`; the others were there before
    the goal began.
    """

    title: str
    approach: str
    practice: str
    who: str
    when_and_where: str
    materials: str
    steps: tuple[str, ...] = ()
    measures: int | None = None
    asks: int | None = None
    form: InstructionForm | None = None
    status: InterventionStatus = InterventionStatus.RUNNING
    added_weeks_ago: int | None = None
    paused: Pause | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Words a colleague added to the first fitting tap after `weeks_ago`. `sign` counts from 1."""

    weeks_ago: float
    text: str
    sign: int | None = None
    outcome: Outcome = Outcome.SEEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Days without opportunity; `from_monday` moves the first day back to the week's Monday."""

    days_ago: int
    days: int
    note: str
    from_monday: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The local time of day when a goal is worked with; never past midnight."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """When a goal is logged and how it goes.

    `curve` holds (weeks ago, level) from old to new; at level 2.5 sign 3 is seen every other day.
    `help_at_first` is the support level, from 0 to 5, on the day a sign is seen for the first time.
    """

    windows: tuple[Window, ...]
    curve: tuple[tuple[float, float], ...]
    weekday: float = 0.88
    weekend: float = 0.68
    no_opportunity: float = 0.03
    help_at_first: float = 3.4
    quiet_days: int = 0
    only_first_sign_today: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """How a goal ended, and why."""

    verdict: ClosureVerdict
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoComment:
    """What somebody wrote in a sparring, `days_ago` at a local time."""

    days_ago: int
    at: time
    by: Person
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoTemplate:
    """A goal was kept as a template in the afternoon `weeks_ago`."""

    name: str
    weeks_ago: int
    by: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoGoal:
    """One goal. `parent` is the key of the goal above a sub-goal.

    The first of the contact team is responsible. It is revised `revise_in_weeks`; below zero it
    has been. `partner_involved` is None where nobody has considered it. `sparring` is open, its
    comments oldest first.
    """

    key: str
    text: str
    short_text: str
    starts_weeks_ago: int
    ends_in_months: int
    signs: tuple[DemoSign, ...]
    interventions: tuple[DemoIntervention, ...]
    rhythm: Rhythm
    notes: tuple[Note, ...]
    theme: str
    participation: Participation
    participation_words: str
    others_took_part: str
    partner_involved: bool | None = None
    partner_words: str = ""
    revise_in_weeks: int
    type: GoalType = GoalType.DEVELOP
    second_goal_reason: str = ""
    parent: str | None = None
    closed_weeks_ago: int | None = None
    closing: Closing | None = None
    sparring: tuple[DemoComment, ...] = ()
    template: DemoTemplate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoProfile:
    """Who a citizen is. `age` is today's, `birthday` month and day."""

    age: int
    birthday: tuple[int, int]
    months_here: int
    legal_ground: str
    municipality: str
    languages: str
    what_to_avoid: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoContact:
    """Someone around a citizen; invented, and so are number and address."""

    kind: ContactKind
    name: str
    phone: str
    how_reached: str
    may_share: str
    organisation: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoOrderGoal:
    """One goal as the municipality wrote it; `goals` are the keys of ours that come from it."""

    text: str
    goals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoOrder:
    """The municipality's order; it runs for a year and a half from the first of a month."""

    kind: OrderKind
    purpose: str
    caseworker: str
    starts_months_ago: int
    goals: tuple[DemoOrderGoal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPlan:
    """Why this, why now: what stands beside the background. And how it is evaluated.

    `context_before` is what the background said earlier.
    """

    resources: str
    challenge: str
    needs: str
    frame: str
    earlier_experience: str
    theme: str
    evaluator: Person | None
    evaluation_months: int
    evaluated_weeks_ago: int
    evaluated_in_weeks: int
    context_before: Before | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoCitizen:
    """One citizen with the whole plan. `home_weekends` are notes for every other weekend away."""

    first_name: str
    last_name: str
    kind: CitizenKind
    department: str
    contact_team: tuple[Person, ...]
    what_helps: str
    context: str
    plan: DemoPlan
    profile: DemoProfile
    contacts: tuple[DemoContact, ...]
    order: DemoOrder
    goals: tuple[DemoGoal, ...]
    absences: tuple[Absence, ...] = ()
    home_weekends: tuple[str, ...] = ()
