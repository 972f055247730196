"""Pictograms: which one a step has.

Source: docs/decisions/0034-pictograms.md
"""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import Base
from webapp.models.home import Home
from webapp.models.plan import Step


class HomePictogram(Base):
    """A pictogram that a home brought itself; nobody can be seen on it.

    `source` says whose it is and under which licence. What is kept is written anew, large and
    small, as a `Picture` is.
    """

    __tablename__ = "home_pictograms"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    home_id: Mapped[UUID] = mapped_column(ForeignKey("homes.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    synonyms: Mapped[list[str]]
    source: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int]
    thumbnail_sha256: Mapped[str]
    thumbnail_size: Mapped[int]
    added_at: Mapped[datetime]
    added_by_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))

    home: Mapped[Home] = relationship()


class StepPictogram(Base):
    """The pictogram of a step, in the place of a picture: one of OpenMoji's, or of the home's own.

    The same step has at most one, and none while it has a `StepPicture`.
    """

    __tablename__ = "step_pictograms"
    __table_args__ = (
        CheckConstraint("(hexcode IS NULL) <> (home_pictogram_id IS NULL)", name="one_of_two"),
    )

    step_id: Mapped[UUID] = mapped_column(
        ForeignKey("steps.id", ondelete="CASCADE"), primary_key=True
    )
    hexcode: Mapped[str | None]
    home_pictogram_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("home_pictograms.id"), index=True
    )
    chosen_at: Mapped[datetime]
    chosen_by_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))

    step: Mapped[Step] = relationship()

    @property
    def key(self) -> str:
        """What names the pictogram: a hexcode, or the id of one of the home's own."""
        return self.hexcode or str(self.home_pictogram_id)
