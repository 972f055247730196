"""Pictograms: found by words, chosen for a step, taken along when a goal is copied."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Final
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webapp.adapters.pictograms import PictogramGroup, load_pictograms
from webapp.domain.errors import PictogramMissing
from webapp.domain.pictograms import search
from webapp.models import Goal, HomePictogram, Staff, Step, StepClip, StepPictogram, StepPicture
from webapp.services import audit
from webapp.services.plans import hold

OPENMOJI: Final = "17.0.0"
"""Whose drawings set-up installs."""

OWN: Final = "own"
"""The code of the group of a home's own."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A pictogram as it is offered and shown.

    Attributes:
        key: What is kept: OpenMoji's hexcode, or the id of one of the home's own.
        name: What it is called.
        synonyms: Other words; may be none.
        is_own: Whether the home brought it itself.
    """

    key: str
    name: str
    synonyms: tuple[str, ...] = ()
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class ChoiceGroup:
    """Pictograms that belong together, one at least. That of the home's own has no title."""

    code: str
    title: str
    choices: tuple[Choice, ...]


@cache
def openmoji_groups() -> tuple[ChoiceGroup, ...]:
    """Return the pictograms that come with the program, by group."""
    return tuple(map(_as_group, load_pictograms()))


@cache
def _openmoji() -> Mapping[str, Choice]:
    return {each.key: each for group in openmoji_groups() for each in group.choices}


def groups_of(session: Session, home_id: UUID) -> list[ChoiceGroup]:
    """Return all that a home can choose from, by group, the home's own first if it has any."""
    own = own_choices(session, home_id)
    return [*([ChoiceGroup(OWN, "", own)] if own else []), *openmoji_groups()]


def own_choices(session: Session, home_id: UUID) -> tuple[Choice, ...]:
    """Return the home's own, by name; may be empty."""
    rows = session.scalars(
        select(HomePictogram)
        .where(HomePictogram.home_id == home_id)
        .order_by(HomePictogram.name, HomePictogram.id)
    )
    return tuple(map(_as_choice, rows))


def find_pictograms(session: Session, home_id: UUID, query: str) -> list[Choice]:
    """Return what a query finds among the home's own and OpenMoji's, the best first."""
    return search(query, [*own_choices(session, home_id), *_openmoji().values()])


def choose_pictogram(
    session: Session, step: Step, key: str, *, actor: Staff, now: datetime
) -> StepPictogram:
    """Give a step a pictogram, in the place of what it had. The same again changes nothing.

    Args:
        session: Not committed here.
        step: Up to the citizen loaded.
        key: Of a `Choice`.
        actor: Who chooses; one of the home's own is of their home.
        now: Aware.

    Raises:
        PictogramMissing.
    """
    plan = step.intervention.goal.plan
    hold(session, plan)
    chosen = _row(session, step.id, key, actor, now)
    if chosen is None:
        raise PictogramMissing
    if (stored := session.get(StepPictogram, step.id)) and stored.key == chosen.key:
        return stored
    for model in (StepPicture, StepClip):
        session.execute(delete(model).where(model.step_id == step.id))
    forget_pictogram(session, step)
    session.add(chosen)
    audit.record(
        session,
        "step_pictogram.create",
        actor=actor,
        at=now,
        citizen_id=plan.citizen_id,
        object_id=step.id,
    )
    return chosen


def forget_pictogram(session: Session, step: Step) -> bool:
    """Take the pictogram of a step away, and tell whether it had one. Neither logged nor kept."""
    stored = session.get(StepPictogram, step.id)
    if stored:
        session.delete(stored)
        session.flush()
    return stored is not None


def pictograms_of_steps(session: Session, steps: Collection[Step]) -> Mapping[UUID, Choice]:
    """Return the pictograms of steps by the steps' ids; those without one are missing. One query.

    Missing, too, is one that does not come with the program any more: the words stand alone.
    """
    ids = [step.id for step in steps]
    rows = session.execute(
        select(StepPictogram, HomePictogram)
        .outerjoin(HomePictogram, HomePictogram.id == StepPictogram.home_pictogram_id)
        .where(StepPictogram.step_id.in_(ids))
    )
    shown = {
        row.step_id: _openmoji().get(row.hexcode) if row.hexcode else _as_choice(own)
        for row, own in rows
    }
    return {step_id: choice for step_id, choice in shown.items() if choice}


def keys_of_steps(session: Session, goal: Goal) -> Mapping[UUID, str]:
    """Return what to take along when a goal is copied: the keys by the steps' ids."""
    ids = [step.id for each in goal.interventions for step in each.steps]
    rows = session.scalars(select(StepPictogram).where(StepPictogram.step_id.in_(ids)))
    return {row.step_id: row.key for row in rows}


def put_pictograms(
    session: Session, steps: Iterable[tuple[Step, str]], *, actor: Staff, now: datetime
) -> None:
    """Give new steps, already stored, pictograms by their keys; "" and what is gone give none.

    Logged with the goal they belong to. Not committed here.
    """
    rows = (_row(session, step.id, key, actor, now) for step, key in steps if key)
    session.add_all([row for row in rows if row])


def _row(
    session: Session, step_id: UUID, key: str, actor: Staff, now: datetime
) -> StepPictogram | None:
    """Return the row that says so; None for a key that names no pictogram of this home."""
    row = StepPictogram(step_id=step_id, chosen_at=now, chosen_by_id=actor.id)
    if key in _openmoji():
        row.hexcode = key
        return row
    own = _own(session, key, actor.home_id)
    if own is None:
        return None
    row.home_pictogram_id = own.id
    return row


def _own(session: Session, key: str, home_id: UUID) -> HomePictogram | None:
    try:
        found = session.get(HomePictogram, UUID(key))
    except ValueError:
        return None
    return found if found and found.home_id == home_id else None


def _as_group(group: PictogramGroup) -> ChoiceGroup:
    choices = (Choice(each.hexcode, each.name, each.synonyms) for each in group.pictograms)
    return ChoiceGroup(group.code, group.title, tuple(choices))


def _as_choice(own: HomePictogram) -> Choice:
    return Choice(str(own.id), own.name, tuple(own.synonyms), is_own=True)
