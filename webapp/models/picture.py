"""Pictures that follow what was logged: on their way, and as they are kept.

Source: docs/sync-protocol.md
"""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Final
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import Base, text_enum
from webapp.models.citizen import Citizen
from webapp.models.home import Staff
from webapp.models.plan import Step
from webapp.models.trust import ConsentPurpose

if TYPE_CHECKING:
    from webapp.models.clip import PictureClip


class MediaUpload(Base):
    """A sealed file that an entry named, and how much of it has come.

    `sha256` (hex) and `size` are of the whole sealed file; the next part goes to `offset`. Where
    they are equal the upload is over, and its parts are gone. `expires_at` is until when the parts
    of an unfinished one are kept; None when nobody has begun.
    """

    __tablename__ = "media_uploads"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    offset: Mapped[int] = mapped_column(BigInteger, default=0)
    expires_at: Mapped[datetime | None] = mapped_column(index=True)

    @property
    def has_begun(self) -> bool:
        """Whether somebody said that it is coming, and it is not over."""
        return self.expires_at is not None

    @property
    def is_over(self) -> bool:
        """Whether nothing more is expected."""
        return self.offset == self.size


class MediaPart(Base):
    """A part of an unfinished upload. Its bytes lie in the media store under `name`."""

    __tablename__ = "media_parts"

    upload_sha256: Mapped[str] = mapped_column(
        ForeignKey("media_uploads.sha256", ondelete="CASCADE"), primary_key=True
    )
    start: Mapped[int] = mapped_column(primary_key=True)
    size: Mapped[int]
    name: Mapped[str]


class PictureState(StrEnum):
    """Whether a picture is on its way, here, or was no picture that can be shown."""

    EXPECTED = "expected"
    READY = "ready"
    REFUSED = "refused"


class Picture(Base):
    """A picture of an observation; the text came first, with the entry that named it.

    `entry_id` is the observation's, also when that waits for something or was undone; `place` says
    the order in it. `sealed_key` opens the file that is on its way, and is gone once it came. What
    is kept is a WebP written anew, older ones a JPEG, under `sha256`, and a small one, under
    `thumbnail_sha256`, with their bytes; `width` and `height` are the larger one's. Of a `clip` it
    is the poster, and on its way until that is ready. A citizen who is erased takes it along.
    `shows_citizen` says that the citizen can be recognised on it; None where nobody was asked, as
    tablets of the first release did not.
    """

    purpose: ClassVar = ConsentPurpose.DOCUMENTATION
    __tablename__ = "pictures"
    __table_args__ = (UniqueConstraint("entry_id", "sealed_sha256"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    entry_id: Mapped[UUID]
    place: Mapped[int]
    named_at: Mapped[datetime]
    author_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    citizen_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("citizens.id", ondelete="CASCADE"), index=True
    )
    shows_citizen: Mapped[bool | None]
    sealed_sha256: Mapped[str] = mapped_column(ForeignKey("media_uploads.sha256"), index=True)
    sealed_size: Mapped[int] = mapped_column(BigInteger)
    sealed_key: Mapped[str | None]
    state: Mapped[PictureState] = mapped_column(text_enum(PictureState))
    sha256: Mapped[str | None]
    size: Mapped[int | None]
    thumbnail_sha256: Mapped[str | None]
    thumbnail_size: Mapped[int | None]
    width: Mapped[int | None]
    height: Mapped[int | None]

    author: Mapped[Staff] = relationship()
    citizen: Mapped[Citizen | None] = relationship()
    clip: Mapped["PictureClip | None"] = relationship(back_populates="picture", cascade="all")


MEDIUM: Final = 800
"""Pixels of the longer side of a picture in the size of a screen; see adapters/paper_reader.py."""


class StepPicture(Base):
    """The picture of a step, as it is kept: see `Picture`.

    Between the two it is kept in the size of a screen, under `medium_sha256`; older ones are not.
    `shows_citizen` says that the citizen can be recognised on it, and `description` what is seen,
    for those who do not see it. The same step has at most one.
    """

    purpose: ClassVar = ConsentPurpose.INSTRUCTION
    __tablename__ = "step_pictures"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    step_id: Mapped[UUID] = mapped_column(ForeignKey("steps.id", ondelete="CASCADE"), unique=True)
    shows_citizen: Mapped[bool]
    sha256: Mapped[str]
    size: Mapped[int]
    medium_sha256: Mapped[str | None]
    medium_size: Mapped[int | None]
    thumbnail_sha256: Mapped[str]
    thumbnail_size: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    description: Mapped[str | None]
    added_at: Mapped[datetime]
    added_by_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))

    step: Mapped[Step] = relationship()

    @property
    def medium_width(self) -> int | None:
        """Pixels; None where there is no medium one that is smaller than the largest."""
        longer = max(self.width, self.height)
        if self.medium_sha256 is None or longer <= MEDIUM:
            return None
        return round(self.width * MEDIUM / longer)


class StepVoice(Base):
    """A step's sentence as somebody said it: sound alone. The same step has at most one.

    `says` is the sentence that was said; when the step's is another one now, nobody hears it.
    """

    __tablename__ = "step_voices"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    step_id: Mapped[UUID] = mapped_column(ForeignKey("steps.id", ondelete="CASCADE"), unique=True)
    says: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int]
    milliseconds: Mapped[int]
    added_at: Mapped[datetime]
    added_by_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))

    step: Mapped[Step] = relationship()
