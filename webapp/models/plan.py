"""The SMTTE plan: context, goals, signs, interventions and the plan for evaluating them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, UniqueConstraint, select
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from webapp.models.base import Base, text_enum
from webapp.models.citizen import Citizen
from webapp.models.home import Staff
from webapp.models.order import OrderGoal


class Sense(StrEnum):
    """How a sign reaches us: what we see, hear or feel."""

    SEE = "see"
    HEAR = "hear"
    FEEL = "feel"


class GoalType(StrEnum):
    """What success looks like: for `KEEP` a flat curve is success."""

    DEVELOP = "develop"
    KEEP = "keep"
    LIMIT_LOSS = "limit_loss"


class Participation(StrEnum):
    """How the citizen took part in writing the goal."""

    WROTE = "wrote"
    CHOSE = "chose"
    HEARD = "heard"
    SHOWED = "showed"
    GUARDIANS = "guardians"


class Measure(StrEnum):
    """What one tap on a sign says."""

    SEEN = "seen"
    SUPPORT = "support"
    COUNT = "count"
    DURATION = "duration"
    SCALE = "scale"
    SMILEY = "smiley"
    STEPS = "steps"
    GAS = "gas"


class Direction(StrEnum):
    """Whether we want to see more or less of a sign."""

    MORE = "more"
    LESS = "less"


class InterventionStatus(StrEnum):
    """Where an intervention stands."""

    PLANNED = "planned"
    RUNNING = "running"
    PAUSED = "paused"
    ENDED = "ended"


class InstructionForm(StrEnum):
    """How the steps of an instruction are shown, where it is not one at a time.

    The one that is now beside the one that comes after; or all of them, ticked off.
    """

    FIRST_THEN = "first_then"
    CHECKLIST = "checklist"


class Plan(Base):
    """One citizen's SMTTE plan; everything about goals hangs on it.

    `context` is the background. `theme` is a code of the citizen's taxonomy.
    """

    __tablename__ = "plans"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    citizen_id: Mapped[UUID] = mapped_column(
        ForeignKey("citizens.id", ondelete="CASCADE"), unique=True
    )
    resources: Mapped[str] = mapped_column(default="")
    challenge: Mapped[str] = mapped_column(default="")
    needs: Mapped[str] = mapped_column(default="")
    frame: Mapped[str] = mapped_column(default="")
    earlier_experience: Mapped[str] = mapped_column(default="")
    context: Mapped[str] = mapped_column(default="")
    theme: Mapped[str] = mapped_column(default="")
    evaluation_months: Mapped[int] = mapped_column(default=6)
    next_evaluation_on: Mapped[date | None]
    evaluator_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))

    citizen: Mapped[Citizen] = relationship()
    evaluator: Mapped[Staff | None] = relationship()


class Goal(Base):
    """What the citizen is on the way to. A goal with a parent is a sub-goal (delmål).

    `text` is the whole sentence; `short_text` is what fits on a card on the board. A goal is a
    draft until `activated_at`; who closed it and why is in `GoalClosure`. `partner_involved` is
    None until somebody has considered it. `smorte_reasons` keeps why a light was set aside, by
    its letter.
    """

    __tablename__ = "goals"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plans.id", ondelete="CASCADE"), index=True)
    parent_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("goals.id", ondelete="CASCADE"), index=True
    )
    text: Mapped[str]
    short_text: Mapped[str]
    rank: Mapped[int] = mapped_column(default=1)
    type: Mapped[GoalType] = mapped_column(text_enum(GoalType), default=GoalType.DEVELOP)
    theme: Mapped[str] = mapped_column(default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    revise_on: Mapped[date | None]
    responsible_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    participation: Mapped[Participation | None] = mapped_column(text_enum(Participation))
    participation_words: Mapped[str] = mapped_column(default="")
    others_took_part: Mapped[str] = mapped_column(default="")
    partner_involved: Mapped[bool | None]
    partner_words: Mapped[str] = mapped_column(default="")
    order_goal_id: Mapped[UUID | None] = mapped_column(ForeignKey("order_goals.id"), index=True)
    no_order_goal_reason: Mapped[str] = mapped_column(default="")
    second_goal_reason: Mapped[str] = mapped_column(default="")
    smorte_reasons: Mapped[dict[str, str]] = mapped_column(default=dict)
    activated_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    plan: Mapped[Plan] = relationship()
    parent: Mapped["Goal | None"] = relationship(remote_side=[id])
    responsible: Mapped[Staff | None] = relationship()
    order_goal: Mapped[OrderGoal | None] = relationship()
    signs: Mapped[list["Sign"]] = relationship(back_populates="goal", order_by="Sign.rank")
    interventions: Mapped[list["Intervention"]] = relationship(
        back_populates="goal", order_by="Intervention.rank"
    )


class Sign(Base):
    """Something staff can see, hear or feel that tells whether the goal is being reached.

    `text` goes on after "Vi vil se, at …"; `rank` runs from the smallest sign (1) to the largest.
    `baseline` and `target` are in the unit of the measure, see `domain/measuring.py`. `gas_levels`
    are five sentences from -2 to +2, `steps` the sentences of a task analysis; else empty.
    """

    __tablename__ = "signs"
    # Lets an observation prove, in the database itself, that its sign belongs to its goal.
    __table_args__ = (UniqueConstraint("id", "goal_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    goal_id: Mapped[UUID] = mapped_column(ForeignKey("goals.id", ondelete="CASCADE"), index=True)
    sense: Mapped[Sense] = mapped_column(text_enum(Sense), default=Sense.SEE)
    text: Mapped[str]
    rank: Mapped[int] = mapped_column(default=1)
    measure: Mapped[Measure] = mapped_column(text_enum(Measure), default=Measure.SEEN)
    direction: Mapped[Direction] = mapped_column(text_enum(Direction), default=Direction.MORE)
    baseline: Mapped[int | None]
    target: Mapped[int | None]
    gas_levels: Mapped[list[str]] = mapped_column(default=list)
    steps: Mapped[list[str]] = mapped_column(default=list)
    archived_at: Mapped[datetime | None]

    goal: Mapped[Goal] = relationship(back_populates="signs")


class Step(Base):
    """One step of an intervention: a sentence. Its picture is a `StepPicture`.

    `seconds` is how long it takes, for those it helps to see the time go; None for no time.
    """

    __tablename__ = "steps"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    intervention_id: Mapped[UUID] = mapped_column(
        ForeignKey("interventions.id", ondelete="CASCADE"), index=True
    )
    text: Mapped[str]
    rank: Mapped[int] = mapped_column(default=1)
    seconds: Mapped[int | None]

    intervention: Mapped["Intervention"] = relationship(back_populates="steps")


class Intervention(Base):
    """What we do to help the goal along; concrete.

    `approach` is the method, `practice` how it is done with this person. `sign_id` is of the sign
    that is measured by how many of its steps somebody does alone, `measured_steps` are the ids of
    the steps in the order they had when it was chosen (None: before that was kept), `asked_sign_id`
    is of the one whose faces the citizen is shown at the end. `form` is None for one step at a
    time. `has_steps` is read with the row, so that a page need not load the steps to know.
    """

    __tablename__ = "interventions"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    goal_id: Mapped[UUID] = mapped_column(ForeignKey("goals.id", ondelete="CASCADE"), index=True)
    title: Mapped[str]
    approach: Mapped[str] = mapped_column(default="")
    practice: Mapped[str] = mapped_column(default="")
    who: Mapped[str] = mapped_column(default="")
    when_and_where: Mapped[str] = mapped_column(default="")
    materials: Mapped[str] = mapped_column(default="")
    status: Mapped[InterventionStatus] = mapped_column(
        text_enum(InterventionStatus), default=InterventionStatus.RUNNING
    )
    rank: Mapped[int] = mapped_column(default=1)
    sign_id: Mapped[UUID | None] = mapped_column(ForeignKey("signs.id", ondelete="SET NULL"))
    measured_steps: Mapped[list[str] | None]
    asked_sign_id: Mapped[UUID | None] = mapped_column(ForeignKey("signs.id", ondelete="SET NULL"))
    form: Mapped[InstructionForm | None] = mapped_column(text_enum(InstructionForm))
    has_steps: Mapped[bool] = column_property(
        select(Step.id).where(Step.intervention_id == id).correlate_except(Step).exists()
    )

    goal: Mapped[Goal] = relationship(back_populates="interventions")
    sign: Mapped[Sign | None] = relationship(foreign_keys=[sign_id])
    asked_sign: Mapped[Sign | None] = relationship(foreign_keys=[asked_sign_id])
    steps: Mapped[list["Step"]] = relationship(
        back_populates="intervention", order_by="Step.rank", cascade="all, delete-orphan"
    )


class InterventionDone(Base):
    """One "Udført": somebody carried the intervention out. `tapped_at` as in `Observation`."""

    __tablename__ = "interventions_done"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    intervention_id: Mapped[UUID] = mapped_column(
        ForeignKey("interventions.id", ondelete="CASCADE"), index=True
    )
    author_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    happened_at: Mapped[datetime]
    received_at: Mapped[datetime]
    tapped_at: Mapped[datetime | None]

    intervention: Mapped[Intervention] = relationship()
    author: Mapped[Staff] = relationship()

    @property
    def made_at(self) -> datetime:
        """When its author tapped; it can be taken back for some seconds from here."""
        return self.tapped_at or self.received_at


class InstructionShowing(Base):
    """One time the citizen was shown the steps. `tapped_at` as in `Observation`."""

    __tablename__ = "instruction_showings"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    intervention_id: Mapped[UUID] = mapped_column(
        ForeignKey("interventions.id", ondelete="CASCADE")
    )
    author_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    happened_at: Mapped[datetime]
    received_at: Mapped[datetime]
    tapped_at: Mapped[datetime | None]

    intervention: Mapped[Intervention] = relationship()
    author: Mapped[Staff] = relationship()

    __table_args__ = (Index(None, "intervention_id", "happened_at"),)


class GoalTemplate(Base):
    """A goal with signs and interventions that the home keeps to start from; names nobody."""

    __tablename__ = "goal_templates"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    home_id: Mapped[UUID] = mapped_column(ForeignKey("homes.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    content: Mapped[dict[str, Any]]
    author_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]
