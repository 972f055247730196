"""A small home to test in: Sofie brushes her teeth, Karen lives in the other department."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from tests import personas
from webapp.adapters import passwords
from webapp.demo.people import DEMO_PASSWORD
from webapp.models import (
    Citizen,
    CitizenKind,
    ContactTeam,
    Department,
    Goal,
    Home,
    Intervention,
    Observation,
    Outcome,
    Plan,
    Sense,
    Shift,
    Sign,
    Staff,
)

NOW = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)
"""A Saturday evening shift: 19.30 in the home."""


@dataclass(frozen=True)
class World:
    """Who and what the tests speak of."""

    home: Home
    soendermarken: Department
    laerkereden: Department
    anna: Staff
    bo: Staff
    carl: Staff
    ditte: Staff
    erik: Staff
    frida: Staff
    sofie: Citizen
    mads: Citizen
    teeth: Goal
    walks_along: Sign
    takes_brush: Sign
    says_done: Sign
    puzzle: Goal
    lays_piece: Sign
    stranger: Citizen

    def staff(self, name: str) -> Staff:
        """Return a persona by first name in lower case."""
        person: Staff = getattr(self, name)
        return person


@cache
def demo_password_hash() -> str:
    """Return one hash of the demo password; making it is slow on purpose."""
    return passwords.hash_password(DEMO_PASSWORD)


def build_world(session: Session, *, password_hash: str | None = None) -> World:
    """Add a home with two departments, and another home that nobody here may see."""
    home = Home(name="Solsikken", is_demo=True)
    soendermarken = Department(home=home, name="Søndermarken")
    laerkereden = Department(home=home, name="Lærkereden")
    session.add_all([home, soendermarken, laerkereden])
    session.flush()
    session.add(Shift(home_id=home.id, name="Aftenvagt", starts_at=time(15), ends_at=time(23)))
    both = [soendermarken, laerkereden]
    placed = {
        personas.ANNA: [soendermarken],
        personas.BO: [soendermarken],
        personas.CARL: [laerkereden],
        personas.DITTE: both,
        personas.ERIK: both,
        personas.FRIDA: [],
    }
    staff = {
        person.first_name.lower(): Staff(
            home=home,
            first_name=person.first_name,
            last_name=person.last_name,
            email=person.email,
            role=person.role,
            departments=departments,
            password_hash=password_hash,
        )
        for person, departments in placed.items()
    }
    session.add_all(staff.values())
    sofie, teeth = add_citizen_with_goal(
        session, soendermarken, "Sofie", "Sofie børster selv sine tænder om aftenen"
    )
    mads, puzzle = add_citizen_with_goal(
        session, laerkereden, "Mads", "Mads lægger et puslespil sammen med en kammerat"
    )
    session.add(ContactTeam(citizen_id=sofie.id, staff_id=staff["anna"].id))
    signs = [
        add_sign(session, teeth, "Sofie går med ud på badeværelset", rank=1),
        add_sign(session, teeth, "Sofie selv tager tandbørsten, når hun ser billede 1", rank=2),
        add_sign(session, teeth, "Sofie siger “færdig”", rank=3, sense=Sense.HEAR),
        add_sign(session, puzzle, "Mads lægger den første brik", rank=1),
    ]
    session.add(
        Intervention(
            goal_id=teeth.id,
            title="Tandbørstning om aftenen",
            approach="Vis billede 1, og vent 10 sekunder.",
        )
    )
    stranger = _another_home(session)
    session.flush()
    return World(
        home, soendermarken, laerkereden, **staff, sofie=sofie, mads=mads, teeth=teeth,
        walks_along=signs[0], takes_brush=signs[1], says_done=signs[2],
        puzzle=puzzle, lays_piece=signs[3], stranger=stranger,
    )  # fmt: skip


def add_citizen_with_goal(
    session: Session, department: Department, first_name: str, text: str
) -> tuple[Citizen, Goal]:
    """Add a citizen with a plan and one open goal."""
    citizen = Citizen(
        department=department, kind=CitizenKind.ADULT, first_name=first_name, last_name="Holm"
    )
    plan = Plan(citizen=citizen, context=f"{first_name} vil gerne selv.")
    goal = Goal(
        plan=plan,
        text=text,
        short_text=text[:40],
        starts_on=date(2026, 6, 1),
        ends_on=date(2027, 3, 31),
        activated_at=NOW - timedelta(weeks=20),
    )
    session.add_all([citizen, plan, goal])
    session.flush()
    return citizen, goal


def add_sign(
    session: Session,
    goal: Goal,
    text: str,
    *,
    rank: int = 1,
    sense: Sense = Sense.SEE,
    archived_at: datetime | None = None,
) -> Sign:
    """Add a sign to a goal."""
    sign = Sign(goal=goal, text=text, rank=rank, sense=sense, archived_at=archived_at)
    session.add(sign)
    session.flush()
    return sign


def add_observation(
    session: Session,
    goal: Goal,
    sign: Sign | None,
    author: Staff,
    *,
    outcome: Outcome = Outcome.SEEN,
    at: datetime = NOW,
    id: UUID | None = None,
    ago: timedelta = timedelta(0),
) -> Observation:
    """Add an observation as if it had been tapped and received at the same moment."""
    observation = Observation(
        id=id or uuid4(),
        goal_id=goal.id,
        sign_id=sign.id if sign else None,
        author_id=author.id,
        outcome=outcome,
        happened_at=at - ago,
        received_at=at - ago,
    )
    session.add(observation)
    session.flush()
    return observation


def _another_home(session: Session) -> Citizen:
    home = Home(name="Egely")
    department = Department(home=home, name="Søndermarken")
    session.add_all([home, department])
    citizen, goal = add_citizen_with_goal(session, department, "Vera", "Vera ringer selv til Per")
    add_sign(session, goal, "Vera tager telefonen")
    return citizen
