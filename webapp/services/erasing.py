"""Throws away what nobody may see any more: pictures without a yes, and bytes without a name.

Source: docs/decisions/0037-what-is-thrown-away.md
"""

from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from obstore.store import ObjectStore
from sqlalchemy import Select, select, union
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from webapp.adapters.media_store import delete_media, media_before
from webapp.domain.days import local_day
from webapp.domain.erasing import is_to_be_erased
from webapp.models import (
    Citizen,
    Department,
    Goal,
    HomePictogram,
    Intervention,
    OrderFile,
    Picture,
    PictureClip,
    Plan,
    Step,
    StepClip,
    StepPicture,
    StepVoice,
)
from webapp.services import audit
from webapp.services.consents import consents_to

NAMES: Final[tuple[InstrumentedAttribute[str] | InstrumentedAttribute[str | None], ...]] = (
    HomePictogram.sha256,
    HomePictogram.thumbnail_sha256,
    OrderFile.sha256,
    Picture.sha256,
    Picture.thumbnail_sha256,
    PictureClip.sha256,
    StepClip.sha256,
    StepClip.poster_sha256,
    StepClip.thumbnail_sha256,
    StepPicture.sha256,
    StepPicture.medium_sha256,
    StepPicture.thumbnail_sha256,
    StepVoice.sha256,
)
"""All that names bytes of the media store. What is missing here would be thrown away."""

_HIDDEN: Final[tuple[tuple[Any, str], ...]] = (
    (StepPicture, "step_picture.erase"),
    (StepClip, "step_clip.erase"),
    (Picture, "picture.erase"),
)

UNNAMED_FOR: Final = timedelta(days=1)
"""Bytes come before the row that names them, and somebody may be slow."""


def erase_hidden(session: Session, *, now: datetime) -> int:
    """Delete pictures and clips that have been hidden for long; return how many. Not committed."""
    erased = 0
    for model, action in _HIDDEN:
        shown = session.execute(_showing(model)).all()
        consents = consents_to(session, model.purpose, {citizen.id for _, citizen in shown})
        for picture, citizen in shown:
            home = citizen.department.home
            zone = ZoneInfo(home.timezone)
            if not is_to_be_erased(picture, consents[citizen.id], local_day(now, zone), zone):
                continue
            session.delete(picture)
            audit.record(
                session,
                action,
                actor=None,
                at=now,
                citizen_id=citizen.id,
                object_id=picture.id,
                home_id=home.id,
            )
            erased += 1
    return erased


def _showing(model: Any) -> Select[Any]:
    """Find all of a kind on which a citizen can be recognised, with the citizen."""
    found = select(model, Citizen).where(model.shows_citizen)
    if model is Picture:
        found = found.join(Picture.citizen)
    else:
        found = (
            found.join(Step, Step.id == model.step_id)
            .join(Intervention, Intervention.id == Step.intervention_id)
            .join(Goal, Goal.id == Intervention.goal_id)
            .join(Plan, Plan.id == Goal.plan_id)
            .join(Citizen, Citizen.id == Plan.citizen_id)
        )
    return found.options(joinedload(Citizen.department).joinedload(Department.home))


def sweep(session: Session, store: ObjectStore, *, now: datetime) -> int:
    """Throw away the bytes that lie there since yesterday and no row names; return how many.

    The same bytes put there again, as a picture sent a second time, count as new.

    Args:
        session: Only read.
        store: Where they lie.
        now: Aware.
    """
    before, swept = now - UNNAMED_FOR, 0
    for digits, names in media_before(store, before):
        needed = union(*(select(each).where(each.startswith(digits)) for each in NAMES))
        for name in names - set(session.scalars(needed)):
            swept += delete_media(store, name, before)
    return swept
