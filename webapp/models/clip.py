"""Clips: what moves in the place of a picture, on its way and as it is kept.

Source: docs/decisions/0035-clips.md
"""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import Base, text_enum
from webapp.models.home import Staff
from webapp.models.picture import Picture
from webapp.models.plan import Step
from webapp.models.trust import ConsentPurpose


class ClipState(StrEnum):
    """How far a clip is on its way from what was sent to what is shown."""

    WAITING = "waiting"
    MAKING = "making"
    READY = "ready"
    REFUSED = "refused"


class ClipRefusal(StrEnum):
    """Why a clip could not be written anew."""

    UNKNOWN = "unknown"
    BROKEN = "broken"
    STILL = "still"
    LONG = "long"
    LARGE = "large"


class Clip(Base):
    """A clip that is written anew, and then kept as an MP4 under `sha256`.

    What was sent lies in the media store as `original` until it was written anew or refused.
    Whoever writes it anew has it until `taken_until`, and `tries` counts how often somebody began.
    """

    __abstract__ = True

    id: Mapped[UUID] = mapped_column(primary_key=True)
    added_at: Mapped[datetime]
    state: Mapped[ClipState] = mapped_column(text_enum(ClipState), index=True)
    refusal: Mapped[ClipRefusal | None] = mapped_column(text_enum(ClipRefusal))
    percent: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    taken_until: Mapped[datetime | None]
    original: Mapped[str | None]
    sha256: Mapped[str | None]
    size: Mapped[int | None]
    milliseconds: Mapped[int | None]
    has_sound: Mapped[bool | None]

    @property
    def is_on_its_way(self) -> bool:
        """Whether it will be ready or refused."""
        return self.state in {ClipState.WAITING, ClipState.MAKING}


class StepClip(Clip):
    """A clip in the place of a step's picture. The same step has one of them.

    `original_sha256` tells whether the same form came twice. Its poster is kept large and small.
    `shows_citizen` and `description` are as a picture's.
    """

    purpose: ClassVar = ConsentPurpose.INSTRUCTION
    __tablename__ = "step_clips"

    step_id: Mapped[UUID] = mapped_column(ForeignKey("steps.id", ondelete="CASCADE"), unique=True)
    shows_citizen: Mapped[bool]
    keeps_sound: Mapped[bool]
    added_by_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    original_sha256: Mapped[str]
    poster_sha256: Mapped[str | None]
    poster_size: Mapped[int | None]
    thumbnail_sha256: Mapped[str | None]
    thumbnail_size: Mapped[int | None]
    width: Mapped[int | None]
    height: Mapped[int | None]
    description: Mapped[str | None]

    step: Mapped[Step] = relationship()
    added_by: Mapped[Staff] = relationship()


class PictureClip(Clip):
    """What was filmed for a note, once its sealed file was opened. Its poster is the `Picture`."""

    __tablename__ = "picture_clips"

    id: Mapped[UUID] = mapped_column(
        ForeignKey("pictures.id", ondelete="CASCADE"), primary_key=True
    )

    picture: Mapped[Picture] = relationship(back_populates="clip")
