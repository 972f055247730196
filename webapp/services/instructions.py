"""Instructions: the pictures and times of steps, and the sign they measure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from obstore.store import ObjectStore
from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.adapters.papers import PaperUnfit
from webapp.domain.consenting import may_be_shown
from webapp.domain.days import local_day
from webapp.domain.errors import (
    PictureTooLarge,
    PictureUnfit,
    SameIdOtherContent,
    StepShowsNothing,
)
from webapp.domain.instructing import (
    check_may_be_taken,
    check_measured_by,
    check_time,
    may_be_meant_anew,
    order_of,
)
from webapp.models import (
    Citizen,
    Consent,
    ConsentPurpose,
    InstructionForm,
    Intervention,
    PlanPart,
    Sign,
    Staff,
    Step,
    StepClip,
    StepPicture,
)
from webapp.services import audit, once
from webapp.services.consents import consents_to
from webapp.services.pictograms import Choice, forget_pictogram, pictograms_of_steps
from webapp.services.pictures import Kept, put_picture
from webapp.services.plans import hold, newest_revision, update_intervention

LARGEST_PICTURE: Final = 25 * 1024 * 1024
"""Bytes, as it is sent."""


def keep_step_picture(store: ObjectStore, data: bytes) -> Kept:
    """Write a picture anew and put it in the media store. Takes a while and touches no table.

    When no row follows, the bytes lie there and nobody finds them; that is harmless.

    Args:
        store: Where the bytes go.
        data: As sent.

    Raises:
        PictureTooLarge, PictureUnfit, PaperUnread.
    """
    if len(data) > LARGEST_PICTURE:
        raise PictureTooLarge
    try:
        return put_picture(store, data, has_medium=True)
    except PaperUnfit:
        raise PictureUnfit from None


def add_step_picture(
    session: Session,
    step: Step,
    kept: Kept,
    *,
    id: UUID,
    shows_citizen: bool,
    actor: Staff,
    now: datetime,
) -> StepPicture:
    """Give a step its picture, in the place of what it had. The same id again changes nothing.

    Args:
        session: Not committed here.
        step: Up to the citizen loaded.
        kept: Already in the media store.
        id: Made where the form was drawn.
        shows_citizen: Whether the citizen can be recognised on it.
        actor: Who adds it.
        now: Aware.

    Raises:
        PictureNeedsConsent, SameIdOtherContent.
    """
    plan = step.intervention.goal.plan
    hold(session, plan)
    if stored := session.get(StepPicture, id):
        if (stored.step_id, stored.sha256) != (step.id, kept.sha256):
            raise SameIdOtherContent
        return stored
    check_may_be_taken(
        shows_citizen=shows_citizen,
        consents=consents_for(session, plan.citizen),
        today=local_day(now, ZoneInfo(actor.home.timezone)),
    )
    make_room(session, step)
    picture = StepPicture(
        id=id,
        step_id=step.id,
        shows_citizen=shows_citizen,
        sha256=kept.sha256,
        size=kept.size,
        medium_sha256=kept.medium_sha256,
        medium_size=kept.medium_size,
        thumbnail_sha256=kept.thumbnail_sha256,
        thumbnail_size=kept.thumbnail_size,
        width=kept.width,
        height=kept.height,
        added_at=now,
        added_by_id=actor.id,
    )
    if once.add(session, picture) is not None:
        # The lock of one plan does not hold back the same id in another.
        raise SameIdOtherContent
    _record(session, "step_picture.create", picture.id, plan.citizen_id, actor, now)
    return picture


def choose_signs(
    session: Session,
    intervention: Intervention,
    sign: Sign | None,
    asked: Sign | None,
    *,
    actor: Staff,
    now: datetime,
) -> None:
    """Choose the signs that an instruction measures; None for no longer any.

    Args:
        session: Not committed here.
        intervention: Up to the citizen loaded.
        sign: Of the same goal, measured in as many steps.
        asked: Of the same goal, answered by the citizen with a face.
        actor: Who chooses.
        now: Aware.

    Raises:
        SignElsewhere, StepsDiffer, SignHasNoFaces.
    """
    plan = intervention.goal.plan
    hold(session, plan)
    wanted = sign.id if sign else None, asked.id if asked else None
    before = intervention.sign_id, intervention.asked_sign_id
    # One that stays may have stopped to fit meanwhile; the page says so, and nothing is measured.
    is_kept = before[0] == wanted[0] and not may_be_meant_anew(intervention)
    if before == wanted and is_kept:
        return
    check_measured_by(
        intervention,
        None if is_kept else sign,
        asked if wanted[1] != before[1] else None,
    )
    intervention.sign_id, intervention.asked_sign_id = wanted
    if not is_kept:
        intervention.measured_steps = order_of(intervention) if sign else None
    _record(session, "instruction.measure", intervention.id, plan.citizen_id, actor, now)


def choose_form(
    session: Session,
    intervention: Intervention,
    form: InstructionForm | None,
    *,
    actor: Staff,
    now: datetime,
) -> None:
    """Say how an instruction is shown; None for one step at a time. Not committed here."""
    plan = intervention.goal.plan
    hold(session, plan)
    if intervention.form is form:
        return
    intervention.form = form
    _record(session, "instruction.form", intervention.id, plan.citizen_id, actor, now)


def move_step(session: Session, step: Step, *, by: int, actor: Staff, now: datetime) -> None:
    """Move a step so many places, below zero towards the first; it stops at the ends.

    The order of the sentences is the plan's: what it was stays in its history.

    Raises:
        EditedMeanwhile, GoalClosed.
    """
    intervention = step.intervention
    newest = newest_revision(session, PlanPart.INTERVENTION, intervention.id)
    steps = list(intervention.steps)
    place = steps.index(step)
    steps.insert(min(max(place + by, 0), len(steps) - 1), steps.pop(place))
    update_intervention(
        session,
        intervention,
        {"steps": [each.text for each in steps]},
        based_on=newest.number if newest else 0,
        actor=actor,
        now=now,
    )


def give_time(
    session: Session, step: Step, seconds: int | None, *, actor: Staff, now: datetime
) -> None:
    """Say how long a step takes; None for no time. Not committed here.

    Raises:
        StepTimeUnfit.
    """
    check_time(seconds)
    plan = step.intervention.goal.plan
    hold(session, plan)
    if step.seconds == seconds:
        return
    step.seconds = seconds
    _record(session, "step.time", step.id, plan.citizen_id, actor, now)


def describe_step(session: Session, step: Step, words: str, *, actor: Staff, now: datetime) -> None:
    """Say what is seen on the picture or the clip of a step, on one line. Not committed here.

    The next picture shows something else: it is described anew. Empty words take it away.

    Raises:
        StepShowsNothing.
    """
    plan = step.intervention.goal.plan
    hold(session, plan)
    clip = select(StepClip).where(StepClip.step_id == step.id)
    shown = _picture_of(session, step) or session.scalar(clip)
    if shown is None:
        raise StepShowsNothing
    description = " ".join(words.split()) or None
    if shown.description == description:
        return
    shown.description = description
    _record(session, "step.describe", step.id, plan.citizen_id, actor, now)


def remove_step_picture(session: Session, step: Step, *, actor: Staff, now: datetime) -> None:
    """Take the picture or pictogram of a step away; without one it stays. Not committed here."""
    plan = step.intervention.goal.plan
    hold(session, plan)
    if picture := _picture_of(session, step):
        session.delete(picture)
        _record(session, "step_picture.remove", picture.id, plan.citizen_id, actor, now)
    elif forget_pictogram(session, step):
        _record(session, "step_pictogram.remove", step.id, plan.citizen_id, actor, now)


@dataclass(frozen=True, slots=True)
class StepPictures:
    """The pictures of steps.

    Attributes:
        shown: By the steps' ids; a step that has none to show is missing.
        hidden: The steps whose picture nobody says yes to any more.
        pictograms: By the steps' ids, of those that have one in the place of a picture.
    """

    shown: Mapping[UUID, StepPicture]
    hidden: Collection[UUID]
    pictograms: Mapping[UUID, Choice]


def pictures_of_steps(
    session: Session, citizen: Citizen, steps: Collection[Step], *, now: datetime, zone: ZoneInfo
) -> StepPictures:
    """Return the pictures of a citizen's steps; three queries at the most, whatever they are."""
    ids, today = [step.id for step in steps], local_day(now, zone)
    found = session.scalars(select(StepPicture).where(StepPicture.step_id.in_(ids))).all()
    consents = consents_needed(session, citizen, found)
    shown = {each.step_id: each for each in found if may_be_shown(each, consents, today)}
    hidden = {each.step_id for each in found} - shown.keys()
    return StepPictures(shown, hidden, pictograms_of_steps(session, steps))


def is_shown(
    session: Session, picture: StepPicture | StepClip, *, now: datetime, zone: ZoneInfo
) -> bool:
    """Tell whether a picture or a clip, up to the citizen loaded, may be shown now."""
    citizen = picture.step.intervention.goal.plan.citizen
    return may_be_shown(picture, consents_for(session, citizen), local_day(now, zone))


def make_room(session: Session, step: Step) -> None:
    """Take the picture, the clip or the pictogram of a step away. Not committed here."""
    for model in (StepPicture, StepClip):
        for earlier in session.scalars(select(model).where(model.step_id == step.id)).all():
            session.delete(earlier)
    session.flush()
    forget_pictogram(session, step)


def _picture_of(session: Session, step: Step) -> StepPicture | None:
    return session.scalar(select(StepPicture).where(StepPicture.step_id == step.id))


def consents_needed(
    session: Session, citizen: Citizen, shown: Iterable[StepPicture | StepClip]
) -> Collection[Consent]:
    """Return what `consents_for` does where somebody can be recognised; else nothing, unasked."""
    is_asked = any(each.shows_citizen for each in shown)
    return consents_for(session, citizen) if is_asked else ()


def consents_for(session: Session, citizen: Citizen) -> Collection[Consent]:
    """Return what was said about the citizen's instructions, the citizen beside it."""
    return consents_to(session, ConsentPurpose.INSTRUCTION, [citizen.id])[citizen.id]


def _record(
    session: Session, action: str, id: UUID, citizen_id: UUID, actor: Staff, now: datetime
) -> None:
    audit.record(session, action, actor=actor, at=now, citizen_id=citizen_id, object_id=id)
