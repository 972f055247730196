"""Find a record with all that lies on the way to its citizen."""

from collections.abc import Collection, Mapping, Sequence
from functools import reduce
from typing import Any, Final, TypeVar, cast
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, contains_eager, joinedload
from sqlalchemy.sql.base import ExecutableOption

from webapp.models import (
    Citizen,
    Consent,
    Contact,
    EmergencyAccess,
    Goal,
    Intervention,
    InterventionDone,
    Observation,
    Order,
    OrderFile,
    Picture,
    Plan,
    Sign,
    Sparring,
    Step,
    StepClip,
    StepPicture,
    StepVoice,
)

Record = TypeVar("Record")

_GOAL: Final = (Goal.plan, Plan.citizen)

_WAYS: Final[Mapping[type, Sequence[Any]]] = {
    Citizen: (),
    Consent: (Consent.citizen,),
    Contact: (Contact.citizen,),
    EmergencyAccess: (EmergencyAccess.citizen,),
    Goal: _GOAL,
    Intervention: (Intervention.goal, *_GOAL),
    InterventionDone: (InterventionDone.intervention, Intervention.goal, *_GOAL),
    Observation: (Observation.goal, *_GOAL),
    Order: (Order.citizen,),
    OrderFile: (OrderFile.order, Order.citizen),
    Picture: (Picture.citizen,),
    Sign: (Sign.goal, *_GOAL),
    Sparring: (Sparring.goal, *_GOAL),
    Step: (Step.intervention, Intervention.goal, *_GOAL),
    StepClip: (StepClip.step, Step.intervention, Intervention.goal, *_GOAL),
    StepPicture: (StepPicture.step, Step.intervention, Intervention.goal, *_GOAL),
    StepVoice: (StepVoice.step, Step.intervention, Intervention.goal, *_GOAL),
}
"""The way from each kind of record to its citizen."""

_BESIDE: Final[Mapping[type, Sequence[ExecutableOption]]] = {
    Citizen: (joinedload(Citizen.department),),
    Observation: (joinedload(Observation.sign), joinedload(Observation.author)),
}
"""What is loaded with a record, because whoever finds it asks for it."""


def find_record(
    session: Session, model: type[Record], id: UUID, within: ColumnElement[bool]
) -> Record | None:
    """Return a record, up to its citizen loaded; None when its citizen is not within."""
    return find_records(session, model, [id], within).get(id)


def find_records(
    session: Session, model: type[Record], ids: Collection[UUID], within: ColumnElement[bool]
) -> dict[UUID, Record]:
    """Return records by their ids, in one query; see `find_record`."""
    query: Any = select(model).where(cast(Any, model).id.in_(ids)).options(*_BESIDE.get(model, ()))
    loaded: Any = None
    for step in _WAYS[model]:
        query = query.join(step)
        loaded = loaded.contains_eager(step) if loaded else contains_eager(step)
    if loaded:
        query = query.options(loaded)
    return {row.id: row for row in session.scalars(query.where(within))}


def citizen_of(record: object) -> Citizen:
    """Return whose record it is; `record` is of a kind that `find_record` finds."""
    return cast(
        Citizen, reduce(lambda row, step: getattr(row, step.key), _WAYS[type(record)], record)
    )
