"""The pictograms of a home itself: brought one at a time or as a folder with a list, and let go.

A folder is taken as a whole or not at all: whoever mends the list sends the same folder again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID, uuid5

from obstore.store import ObjectStore
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.adapters.papers import PaperUnfit
from webapp.domain.errors import (
    PictogramInUse,
    PictogramIsSvg,
    PictogramNameTaken,
    PictureTooLarge,
    PictureUnfit,
    SameIdOtherContent,
)
from webapp.domain.pictogram_list import Row, RowProblem, is_svg
from webapp.models import Home, HomePictogram, Staff, StepPictogram
from webapp.services import audit
from webapp.services.pictures import Kept, put_picture

LARGEST_PICTOGRAM: Final = 5 * 1024 * 1024
"""Bytes of one file."""

LARGEST_FOLDER: Final = 25 * 1024 * 1024
"""Bytes of all files together."""


@dataclass(frozen=True, slots=True)
class OwnOnList:
    """One of the home's own, and on how many steps it stands, of whichever citizens."""

    pictogram: HomePictogram
    steps: int


def own_on_list(session: Session, home_id: UUID) -> list[OwnOnList]:
    """Return the home's own by name; may be empty. One query."""
    rows = session.execute(
        select(HomePictogram, func.count(StepPictogram.step_id))
        .outerjoin(StepPictogram, StepPictogram.home_pictogram_id == HomePictogram.id)
        .where(HomePictogram.home_id == home_id)
        .group_by(HomePictogram.id)
        .order_by(HomePictogram.name, HomePictogram.id)
    )
    return [OwnOnList(pictogram, steps) for pictogram, steps in rows]


def keep_pictogram(store: ObjectStore, data: bytes) -> Kept:
    """Write a pictogram anew and put it in the media store. Takes a while, touches no table.

    Raises:
        PictureTooLarge, PictogramIsSvg, PictureUnfit, PaperUnread.
    """
    if len(data) > LARGEST_PICTOGRAM:
        raise PictureTooLarge
    if is_svg(data):
        raise PictogramIsSvg
    try:
        return put_picture(store, data)
    except PaperUnfit:
        raise PictureUnfit from None


def keep_folder(
    store: ObjectStore, rows: Sequence[Row], files: Mapping[str, bytes]
) -> tuple[dict[int, Kept], list[tuple[int, RowProblem]]]:
    """Write the files of checked rows anew, as `keep_pictogram`.

    Returns:
        What was kept, and what is wrong, by line. When anything is wrong nothing is to be stored.

    Raises:
        PaperUnread.
    """
    kept, wrong = {}, []
    for row in rows:
        try:
            kept[row.line] = keep_pictogram(store, files[row.file])
        except PictogramIsSvg:
            wrong.append((row.line, RowProblem.FILE_IS_SVG))
        except (PictureTooLarge, PictureUnfit):
            wrong.append((row.line, RowProblem.FILE_UNFIT))
    return kept, wrong


def names_taken(session: Session, home_id: UUID, *, but: UUID) -> list[str]:
    """Return the names of the home's own, but for those a form with this id has stored."""
    rows = session.scalars(select(HomePictogram).where(HomePictogram.home_id == home_id))
    return [row.name for row in rows if row.id not in {uuid5(but, row.name.casefold()), but}]


def add_own(
    session: Session, row: Row, kept: Kept, *, id: UUID, actor: Staff, now: datetime
) -> HomePictogram:
    """Add a pictogram to the actor's home. The same id again changes nothing.

    Args:
        session: Not committed here.
        row: Checked: with a name and a source.
        kept: Already in the media store.
        id: Made where the form was drawn.
        actor: Who adds it.
        now: Aware.

    Raises:
        PictogramNameTaken, SameIdOtherContent.
    """
    _hold(session, actor)
    if stored := session.get(HomePictogram, id):
        said = (stored.home_id, stored.name, stored.sha256)
        if said != (actor.home_id, row.name, kept.sha256):
            raise SameIdOtherContent
        return stored
    _check_free(session, [row], actor, but=id)
    added = _add(session, row, kept, id, actor, now)
    audit.record(session, "home_pictogram.create", actor=actor, at=now, object_id=added.id)
    return added


def add_folder(
    session: Session,
    rows: Sequence[Row],
    kept: Mapping[int, Kept],
    *,
    id: UUID,
    actor: Staff,
    now: datetime,
) -> None:
    """Add all rows of a list, checked, with what was kept by line. The same id again adds none.

    Raises:
        PictogramNameTaken: Somebody else was faster. Nothing is added.
    """
    _hold(session, actor)
    _check_free(session, rows, actor, but=id)
    ids = {row.line: uuid5(id, row.name.casefold()) for row in rows}
    new = [row for row in rows if session.get(HomePictogram, ids[row.line]) is None]
    for row in new:
        _add(session, row, kept[row.line], ids[row.line], actor, now)
    if new:
        audit.record(session, "home_pictogram.import", actor=actor, at=now, object_id=id)


def remove_own(session: Session, pictogram: HomePictogram, *, actor: Staff, now: datetime) -> None:
    """Let a pictogram go. Not committed here.

    Raises:
        PictogramInUse: It stands on a step; the page says on how many.
    """
    _hold(session, actor)
    used = select(func.count()).where(StepPictogram.home_pictogram_id == pictogram.id)
    if session.scalar(used):
        raise PictogramInUse
    session.delete(pictogram)
    audit.record(session, "home_pictogram.remove", actor=actor, at=now, object_id=pictogram.id)


def _hold(session: Session, actor: Staff) -> None:
    """Let one at a time change the home's own: two may bring the same name at once."""
    session.execute(select(Home.id).where(Home.id == actor.home_id).with_for_update())


def _check_free(session: Session, rows: Sequence[Row], actor: Staff, *, but: UUID) -> None:
    taken = {name.casefold() for name in names_taken(session, actor.home_id, but=but)}
    if any(row.name.casefold() in taken for row in rows):
        raise PictogramNameTaken


def _add(
    session: Session, row: Row, kept: Kept, id: UUID, actor: Staff, now: datetime
) -> HomePictogram:
    added = HomePictogram(
        id=id,
        home_id=actor.home_id,
        name=row.name,
        synonyms=list(row.synonyms),
        source=row.source,
        sha256=kept.sha256,
        size=kept.size,
        thumbnail_sha256=kept.thumbnail_sha256,
        thumbnail_size=kept.thumbnail_size,
        added_at=now,
        added_by_id=actor.id,
    )
    session.add(added)
    return added
