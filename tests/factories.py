"""A small home to test in: Sofie brushes her teeth, Karen lives in the other department."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from tests import personas
from tests.papers import a_pdf, a_picture
from webapp.adapters import passwords
from webapp.demo.people import DEMO_PASSWORD
from webapp.models import (
    Citizen,
    CitizenKind,
    ClipState,
    Consent,
    ConsentGiver,
    ConsentPurpose,
    Contact,
    ContactKind,
    ContactTeam,
    Department,
    Device,
    Goal,
    GoalTemplate,
    Home,
    HomePictogram,
    Intervention,
    InterventionDone,
    Measure,
    MediaUpload,
    Observation,
    Order,
    OrderFile,
    OrderGoal,
    OrderKind,
    Outcome,
    Picture,
    PictureClip,
    PictureState,
    Plan,
    Role,
    Sense,
    Shift,
    Sign,
    Staff,
    Step,
    StepClip,
    StepPicture,
    StepVoice,
)
from webapp.services.sign_in import hash_secret

NOW = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)
"""A Saturday evening shift: 19.30 in the home."""


STEPS = ("Finder børsten", "Kommer tandpasta på", "Børster", "Skyller munden", "Hænger op")
GAS_LEVELS = (
    "Bliver i stuen",
    "Går med til døren",
    "Går med ud, når vi følger",
    "Går med ud på første billede",
    "Går selv ud",
)
MEASURED = {
    Measure.SEEN: "ser på billedet",
    Measure.SUPPORT: "selv skruer låget af",
    Measure.COUNT: "dypper børsten",
    Measure.DURATION: "bliver ved vasken",
    Measure.SCALE: "holder fast om børsten",
    Measure.SMILEY: "viser, hvordan det gik",
    Measure.STEPS: "selv går trinene igennem",
    Measure.GAS: "går ud på badeværelset",
}
"""One sign of every measure, for a goal about brushing teeth; what comes after the name."""


PAPER = a_pdf()
PICTURE = a_picture()
"""The same bytes every time."""


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


def add_staff(
    session: Session, department: Department, first_name: str, last_name: str, role: Role
) -> Staff:
    """Add someone who works in one department."""
    staff = Staff(
        home_id=department.home_id,
        first_name=first_name,
        last_name=last_name,
        email=f"{first_name.lower()}@work.example",
        role=role,
        departments=[department],
    )
    session.add(staff)
    session.flush()
    return staff


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
    measure: Measure = Measure.SEEN,
) -> Sign:
    """Add a sign to a goal; with the steps or levels that its measure asks for."""
    sign = Sign(
        goal=goal,
        text=text,
        rank=rank,
        sense=sense,
        archived_at=archived_at,
        measure=measure,
        steps=list(STEPS) if measure is Measure.STEPS else [],
        gas_levels=list(GAS_LEVELS) if measure is Measure.GAS else [],
    )
    session.add(sign)
    session.flush()
    return sign


def add_measured_signs(
    session: Session, goal: Goal, first_name: str = "Sofie"
) -> dict[Measure, Sign]:
    """Add a sign of every measure, after the signs the goal has."""
    texts = {measure: f"{first_name} {rest}" for measure, rest in MEASURED.items()}
    return {
        measure: add_sign(session, goal, text, rank=10 + place, measure=measure)
        for place, (measure, text) in enumerate(texts.items())
    }


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


def add_done(
    session: Session, intervention: Intervention, author: Staff, *, ago: timedelta = timedelta(0)
) -> InterventionDone:
    """Add that someone carried an intervention out."""
    done = InterventionDone(
        id=uuid4(),
        intervention_id=intervention.id,
        author_id=author.id,
        happened_at=NOW - ago,
        received_at=NOW - ago,
    )
    session.add(done)
    session.flush()
    return done


def add_order(session: Session, citizen: Citizen, *goals: str) -> Order:
    """Add an order with these goals, from the first of May."""
    order = Order(
        citizen_id=citizen.id,
        kind=OrderKind.ACTION_PLAN,
        purpose=f"{citizen.first_name} skal blive mere selvstændig i sin hverdag.",
        caseworker="Lone Friis",
        starts_on=date(2026, 5, 1),
        goals=[OrderGoal(text=text, rank=rank) for rank, text in enumerate(goals, start=1)],
    )
    session.add(order)
    session.flush()
    return order


def add_order_file(session: Session, order: Order, added_by: Staff) -> OrderFile:
    """Add a row for `PAPER`; whoever reads it puts the bytes in the media store too."""
    file = OrderFile(
        order_id=order.id,
        name="Handleplan.pdf",
        media_type="application/pdf",
        size=len(PAPER),
        sha256=hashlib.sha256(PAPER).hexdigest(),
        added_at=NOW,
        added_by_id=added_by.id,
    )
    session.add(file)
    session.flush()
    return file


def add_picture(session: Session, seen: Observation, citizen: Citizen) -> Picture:
    """Add a picture that has come, with the same bytes large and small."""
    sealed, kept = hashlib.sha256(seen.id.bytes), hashlib.sha256(PICTURE)
    upload = MediaUpload(sha256=sealed.hexdigest(), size=60, offset=60)
    picture = Picture(
        id=uuid4(),
        entry_id=seen.id,
        place=0,
        named_at=seen.received_at,
        author_id=seen.author_id,
        citizen_id=citizen.id,
        sealed_sha256=upload.sha256,
        sealed_size=upload.size,
        state=PictureState.READY,
        sha256=kept.hexdigest(),
        size=len(PICTURE),
        thumbnail_sha256=kept.hexdigest(),
        thumbnail_size=len(PICTURE),
        width=60,
        height=40,
    )
    session.add_all([upload, picture])
    session.flush()
    return picture


def add_picture_clip(session: Session, picture: Picture) -> PictureClip:
    """Let a picture be the poster of a clip that is ready; its bytes are those of a picture."""
    clip = PictureClip(
        id=picture.id,
        added_at=NOW,
        state=ClipState.READY,
        percent=100,
        sha256=hashlib.sha256(PICTURE).hexdigest(),
        size=len(PICTURE),
        milliseconds=4000,
        has_sound=True,
    )
    session.add(clip)
    session.flush()
    return clip


def add_step_picture(
    session: Session, intervention: Intervention, added_by: Staff, *, shows_citizen: bool = False
) -> StepPicture:
    """Add a step with a picture, the same bytes large and small."""
    step = Step(
        intervention_id=intervention.id, text="Tag tandbørsten", rank=len(intervention.steps) + 1
    )
    kept = hashlib.sha256(PICTURE).hexdigest()
    picture = StepPicture(
        id=uuid4(),
        step=step,
        shows_citizen=shows_citizen,
        sha256=kept,
        size=len(PICTURE),
        thumbnail_sha256=kept,
        thumbnail_size=len(PICTURE),
        width=60,
        height=40,
        added_at=NOW,
        added_by_id=added_by.id,
    )
    session.add_all([step, picture])
    session.flush()
    return picture


def add_step_voice(session: Session, step: Step, added_by: Staff) -> StepVoice:
    """Add somebody's voice to a step; its bytes are those of a picture."""
    voice = StepVoice(
        id=uuid4(),
        step=step,
        says=step.text,
        sha256=hashlib.sha256(PICTURE).hexdigest(),
        size=len(PICTURE),
        milliseconds=1500,
        added_at=NOW,
        added_by_id=added_by.id,
    )
    session.add(voice)
    session.flush()
    return voice


def add_home_pictogram(session: Session, added_by: Staff) -> HomePictogram:
    """Add a pictogram of somebody's home, the same bytes large and small."""
    kept = hashlib.sha256(PICTURE).hexdigest()
    own = HomePictogram(
        id=uuid4(),
        home_id=added_by.home_id,
        name="Vores bus",
        synonyms=["minibus"],
        source="Tegnet af huset",
        sha256=kept,
        size=len(PICTURE),
        thumbnail_sha256=kept,
        thumbnail_size=len(PICTURE),
        added_at=NOW,
        added_by_id=added_by.id,
    )
    session.add(own)
    session.flush()
    return own


def add_step_clip(
    session: Session, intervention: Intervention, added_by: Staff, *, shows_citizen: bool = False
) -> StepClip:
    """Add a step with a clip that is ready; its bytes are those of a picture everywhere."""
    step = Step(
        intervention_id=intervention.id, text="Kom tandpasta på", rank=len(intervention.steps) + 1
    )
    kept = hashlib.sha256(PICTURE).hexdigest()
    clip = StepClip(
        id=uuid4(),
        step=step,
        shows_citizen=shows_citizen,
        keeps_sound=False,
        added_at=NOW,
        added_by_id=added_by.id,
        state=ClipState.READY,
        percent=100,
        original_sha256=kept,
        sha256=kept,
        size=len(PICTURE),
        poster_sha256=kept,
        poster_size=len(PICTURE),
        thumbnail_sha256=kept,
        thumbnail_size=len(PICTURE),
        width=60,
        height=40,
        milliseconds=4000,
        has_sound=False,
    )
    session.add_all([step, clip])
    session.flush()
    return clip


def add_goal_template(session: Session, author: Staff, name: str = "Børste tænder") -> GoalTemplate:
    """Add a template of the author's home: a goal with a sign and an intervention."""
    template = GoalTemplate(
        home_id=author.home_id,
        author_id=author.id,
        name=name,
        made_at=NOW,
        content={
            "version": 1,
            "text": "Borgeren børster selv sine tænder om aftenen",
            "short_text": "Børster tænder",
            "type": "develop",
            "theme": "egenomsorg",
            "signs": [
                {
                    "sense": "see",
                    "text": "borgeren går med ud på badeværelset",
                    "measure": "seen",
                    "direction": "more",
                    "target": None,
                    "gas_levels": [],
                    "steps": [],
                }
            ],
            "interventions": [
                {
                    "title": "Vis billederne i borgerens tempo",
                    "approach": "",
                    "practice": "",
                    "who": "",
                    "when_and_where": "",
                    "materials": "",
                    "steps": ["Vis billede 1", "Vent på borgeren"],
                }
            ],
        },
    )
    session.add(template)
    session.flush()
    return template


def add_consent(
    session: Session,
    citizen: Citizen,
    recorder: Staff,
    purpose: ConsentPurpose = ConsentPurpose.INSTRUCTION,
    *,
    given_by: ConsentGiver = ConsentGiver.CITIZEN,
    until: date | None = None,
) -> Consent:
    """Add a yes that was given three weeks ago."""
    consent = Consent(
        id=uuid4(),
        citizen=citizen,
        purpose=purpose,
        given_by=given_by,
        giver_name="" if given_by is ConsentGiver.CITIZEN else "Birgit Bruun",
        how=f"{citizen.first_name} pegede på ja-kortet, og en kollega var med.",
        given_on=date(2026, 11, 1),
        until=until,
        recorded_by=recorder,
        recorded_at=NOW - timedelta(days=20),
    )
    session.add(consent)
    session.flush()
    return consent


def add_device(
    session: Session, department: Department, enrolled_by: Staff, name: str = "Køkkenet"
) -> tuple[Device, str]:
    """Add a shared tablet; return it and the secret its cookie holds."""
    secret = f"tablet-{uuid4()}"
    device = Device(
        department_id=department.id,
        name=name,
        token_hash=hash_secret(secret),
        token_made_at=NOW,
        enrolled_by_id=enrolled_by.id,
        enrolled_at=NOW,
        seen_at=NOW,
    )
    session.add(device)
    session.flush()
    return device, secret


def add_contact(session: Session, citizen: Citizen, name: str = "Birgit Holm") -> Contact:
    """Add a relative of a citizen."""
    contact = Contact(
        citizen_id=citizen.id,
        kind=ContactKind.RELATIVE,
        name=name,
        phone="00 00 00 00",
        may_share="Alt om hverdagen.",
    )
    session.add(contact)
    session.flush()
    return contact


def _another_home(session: Session) -> Citizen:
    # There too a password is enough; who needs a second factor is asked in test_second_factor.
    home = Home(name="Egely", is_demo=True)
    department = Department(home=home, name="Søndermarken")
    session.add_all([home, department])
    citizen, goal = add_citizen_with_goal(session, department, "Vera", "Vera ringer selv til Per")
    add_sign(session, goal, "Vera tager telefonen")
    return citizen
