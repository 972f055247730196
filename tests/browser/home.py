"""The demo home as the server keeps it: read, and changed where a test needs another past."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import time, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, NullPool, create_engine, delete, func, select, text, update
from sqlalchemy.orm import Session, joinedload

from tests.factories import add_citizen_with_goal, add_consent, add_measured_signs, add_sign
from webapp.adapters import clock
from webapp.models import (
    Base,
    Citizen,
    CitizenKind,
    Consent,
    ConsentPurpose,
    Department,
    DepartmentStaff,
    Device,
    Draft,
    EmergencyAccess,
    Goal,
    GoalAcknowledgement,
    GoalClosure,
    HomePictogram,
    InstructionShowing,
    Intervention,
    InterventionDone,
    InterventionStatus,
    Invitation,
    LogCheck,
    LogCheckItem,
    Measure,
    MediaPart,
    MediaUpload,
    Observation,
    Order,
    OrderGoal,
    Picture,
    PinLock,
    Plan,
    PlanRevision,
    RecoveryCode,
    Sign,
    SignInThrottle,
    Staff,
    StaffSession,
    Step,
    StepClip,
    StepPictogram,
    StepPicture,
    StepVoice,
    Withdrawal,
)
from webapp.models import Home as Institution

_ADDED_BY_TESTS: Final = (
    *(LogCheckItem, LogCheck),
    *(StepPictogram, HomePictogram),
    *(MediaPart, MediaUpload, Picture, StepClip, StepPicture, StepVoice),
    *(Draft, GoalAcknowledgement, PlanRevision, GoalClosure),
    *(
        Observation,
        Withdrawal,
        Sign,
        InterventionDone,
        InstructionShowing,
        Step,
        Intervention,
        Goal,
        Plan,
    ),
    *(OrderGoal, Order, Consent, EmergencyAccess, Citizen),
    *(Invitation, DepartmentStaff, Staff),
)

EARLY: Final = time(0, 30)
LATE: Final = time(23, 15)
"""Before and after, a few minutes back or on might lie in another day."""


class Home:
    """One server's database, from the moment a test begins."""

    def __init__(self, instance: Path) -> None:
        """Remember where the tables end now."""
        file = instance / "smaategn.sqlite3"
        self._reading = _engine(f"{file}?mode=ro&uri=true")
        self._writing = _engine(f"{file}?mode=rw&uri=true")
        self._ends = {model: self._end_of(model) for model in _ADDED_BY_TESTS}

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Open a session that cannot change anything."""
        with Session(self._reading, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def change(self) -> Iterator[Session]:
        """Open a session that is committed at the end of the block."""
        with Session(self._writing) as session, session.begin():
            yield session

    def put_back(self) -> None:
        """Take away what was added since, so that the next test finds the home as it was."""
        with self.change() as session:
            for model, end in self._ends.items():
                session.execute(delete(model).where(text("rowid > :end")), {"end": end})
            session.execute(delete(SignInThrottle))
            added = Device.token_hash.startswith("no secret").is_(False)
            # What is signed in on a tablet, or locked out of it, goes with it.
            gone = select(Device.id).where(added)
            session.execute(delete(PinLock).where(PinLock.device_id.in_(gone)))
            session.execute(delete(StaffSession).where(StaffSession.device_id.in_(gone)))
            session.execute(delete(Device).where(added))
            session.execute(update(Device).values(revoked_at=None))
            session.execute(delete(RecoveryCode))
            session.execute(update(Staff).values(totp_secret=None, totp_confirmed_at=None))

    def zone(self) -> ZoneInfo:
        """Return the home's time zone."""
        with self.read() as session:
            return ZoneInfo(session.scalars(select(Institution.timezone)).one())

    def keep_clear_of_midnight(self) -> None:
        """Let the home lie further east or west around midnight: no test may see two days."""
        now = clock.now().astimezone(self.zone()).time()
        if EARLY < now < LATE:
            return
        elsewhere = "Asia/Karachi" if now <= EARLY else "Atlantic/Azores"
        with self.change() as session:
            session.execute(update(Institution).values(timezone=elsewhere))

    def let_move_in(self) -> None:
        """Let two people move in whom nobody has logged anything for.

        Nora has no goal. Theo has one with a sign, and one whose signs are still to be written.
        """
        with self.change() as session:
            department = session.scalars(
                select(Department).where(Department.name == "Søndermarken")
            ).one()
            session.add(
                Citizen(
                    department=department,
                    kind=CitizenKind.ADULT,
                    first_name="Nora",
                    last_name="Lind",
                )
            )
            _, goal = add_citizen_with_goal(
                session, department, "Theo", "Theo vælger selv mellem to slags pålæg"
            )
            add_sign(session, goal, "Theo peger på den ene")
            session.add(
                Goal(
                    plan=goal.plan,
                    text="Theo siger til, når musikken er for høj",
                    short_text="Siger til om musikken",
                    rank=2,
                    starts_on=goal.starts_on,
                    ends_on=goal.ends_on,
                    activated_at=goal.activated_at,
                )
            )

    def let_consent(self, citizen_id: UUID) -> None:
        """Let there be a yes that runs out soon, and one that was taken back this morning."""
        with self.change() as session:
            citizen = session.get_one(Citizen, citizen_id)
            anna = session.scalars(select(Staff).where(Staff.first_name == "Anna")).one()
            today = clock.now().astimezone(self.zone()).date()
            for purpose in (ConsentPurpose.INSTRUCTION, ConsentPurpose.RELATIVES):
                consent = add_consent(session, citizen, anna, purpose)
                consent.given_on = today - timedelta(days=340)
                consent.until = today + timedelta(days=25)
            consent.withdrawn_at, consent.withdrawn_by = clock.now(), anna
            consent.withdrawer_name = "Sofie"
            consent.withdrawal_words = "Sofie rystede på hovedet ad billederne."

    def let_be_measured(self) -> dict[Measure, Sign]:
        """Let Asta move in, with a sign of every measure and two interventions, one on pause."""
        with self.change() as session:
            department = session.scalars(
                select(Department).where(Department.name == "Søndermarken")
            ).one()
            _, goal = add_citizen_with_goal(
                session, department, "Asta", "Asta børster selv sine tænder om morgenen"
            )
            add_measured_signs(session, goal, "Asta")
            for rank, (title, status) in enumerate(
                {
                    "Billederne ved spejlet": InterventionStatus.RUNNING,
                    "Sangen om tænder": InterventionStatus.PAUSED,
                }.items(),
                start=1,
            ):
                approach = "Vis ét billede ad gangen, og vent."
                session.add(
                    Intervention(
                        goal_id=goal.id, title=title, approach=approach, status=status, rank=rank
                    )
                )
        return {sign.measure: sign for sign in self.signs("Asta")}

    def interventions(self, goal: Goal) -> list[Intervention]:
        """Return the interventions of a goal, in order."""
        with self.read() as session:
            query = select(Intervention).where(Intervention.goal_id == goal.id)
            return list(session.scalars(query.order_by(Intervention.rank)))

    def done(self) -> list[InterventionDone]:
        """Return what was carried out since the test began."""
        with self.read() as session:
            return list(
                session.scalars(
                    select(InterventionDone)
                    .where(text("interventions_done.rowid > :end"))
                    .options(joinedload(InterventionDone.author)),
                    {"end": self._ends[InterventionDone]},
                )
            )

    def showings(self) -> list[InstructionShowing]:
        """Return the times an instruction was shown since the test began."""
        with self.read() as session:
            return list(
                session.scalars(
                    select(InstructionShowing)
                    .where(text("instruction_showings.rowid > :end"))
                    .options(joinedload(InstructionShowing.author)),
                    {"end": self._ends[InstructionShowing]},
                )
            )

    def signs(self, first_name: str) -> list[Sign]:
        """Return the signs of a citizen's first goal, up to the plan loaded, smallest first."""
        with self.read() as session:
            return list(
                session.scalars(
                    select(Sign)
                    .join(Sign.goal)
                    .join(Goal.plan)
                    .join(Plan.citizen)
                    .where(Citizen.first_name == first_name, Goal.rank == 1)
                    .where(Sign.archived_at.is_(None), Goal.closed_at.is_(None))
                    .options(joinedload(Sign.goal).joinedload(Goal.plan))
                    .order_by(Sign.rank)
                )
            )

    def added(self) -> list[Observation]:
        """Return the rows added since the test began, with author and sign, oldest first."""
        with self.read() as session:
            return list(
                session.scalars(
                    select(Observation)
                    .where(text("observations.rowid > :end"))
                    .options(joinedload(Observation.author), joinedload(Observation.sign))
                    .order_by(text("observations.rowid")),
                    {"end": self._ends[Observation]},
                )
            )

    def withdrawn(self) -> list[UUID]:
        """Return the ids that were undone since the test began."""
        with self.read() as session:
            return list(
                session.scalars(
                    select(Withdrawal.observation_id).where(text("rowid > :end")),
                    {"end": self._ends[Withdrawal]},
                )
            )

    def let_pass(self, span: timedelta) -> None:
        """Make everything added since the test began that much older."""
        for row in self.added():
            with self.change() as session:
                session.execute(
                    update(Observation)
                    .where(Observation.id == row.id)
                    .values(received_at=row.received_at - span)
                )

    @contextmanager
    def changed(self, model: type[Base], id: UUID, **values: object) -> Iterator[None]:
        """Let one row have other values while the block runs."""
        with self.read() as session:
            row = session.get_one(model, id)
            before = {name: getattr(row, name) for name in values}
        self._set(model, id, values)
        try:
            yield
        finally:
            self._set(model, id, before)

    @contextmanager
    def broken(self) -> Iterator[None]:
        """Let every write fail while the block runs: the table of audit events is gone."""
        with self.change() as session:
            session.execute(text("ALTER TABLE audit_events RENAME TO audit_events_elsewhere"))
        try:
            yield
        finally:
            with self.change() as session:
                session.execute(text("ALTER TABLE audit_events_elsewhere RENAME TO audit_events"))

    def let_tablets_go(self) -> None:
        """Let every shared tablet go, as if a manager had."""
        with self.change() as session:
            session.execute(update(Device).values(revoked_at=clock.now()))

    def end_newest_session(self) -> None:
        """End the sign-in made last, as if it had been ended on another tablet."""
        with self.change() as session:
            newest = session.scalars(
                select(StaffSession).order_by(StaffSession.started_at.desc()).limit(1)
            ).one()
            newest.ended_at = clock.now()

    def _set(self, model: type[Base], id: UUID, values: Mapping[str, object]) -> None:
        with self.change() as session:
            row = session.get_one(model, id)
            for name, value in values.items():
                setattr(row, name, value)

    def _end_of(self, model: type[Base]) -> int:
        with self.read() as session:
            last = select(func.max(text("rowid"))).select_from(model)
            return session.scalar(last) or 0


def _engine(file: str) -> Engine:
    # Without a pool no connection outlives its session, so none is left open at the end.
    return create_engine(f"sqlite:///file:{file}", poolclass=NullPool)
