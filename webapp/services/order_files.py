"""Keep the papers that come with an order. The bytes first, then the row: never half a paper."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from obstore.store import ObjectStore
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from webapp.adapters.media_store import put_media
from webapp.adapters.papers import MEDIA_TYPES, PaperKind, PaperUnfit, look_into
from webapp.domain.errors import (
    AlreadySaved,
    FileBroken,
    FileEmpty,
    FileHasMacros,
    FileKindUnknown,
    FileNotWhatItSays,
    FileTooLarge,
    OrderArchived,
    Refused,
)
from webapp.domain.file_names import ending_of, kept_name
from webapp.models import Order, OrderFile, Staff
from webapp.services import audit

LARGEST_FILE: Final = 20 * 1024 * 1024
"""Bytes."""

ENDINGS: Final[dict[PaperKind, tuple[str, ...]]] = {
    PaperKind.PDF: ("pdf",),
    PaperKind.DOCX: ("docx",),
    PaperKind.JPEG: ("jpg", "jpeg", "jfif"),
    PaperKind.PNG: ("png",),
    PaperKind.WEBP: ("webp",),
}
"""How names of each kind end, the usual ending first."""

_REASONS: Final[dict[str, type[Refused]]] = {
    "unknown": FileKindUnknown,
    "broken": FileBroken,
    "macros": FileHasMacros,
}


@dataclass(frozen=True, slots=True)
class KeptPaper:
    """A file that lies in the media store, and what a row says of it."""

    name: str
    media_type: str
    size: int
    sha256: str


def keep_paper(store: ObjectStore, data: bytes, *, name: str) -> KeptPaper:
    """Look into a file and put it in the media store. Takes a while and touches no table.

    When no row follows, the bytes lie there and nobody finds them; that is harmless.

    Args:
        store: Where the bytes go.
        data: As sent.
        name: As sent; the kind it tells has to be the kind the file is.

    Raises:
        FileEmpty, FileTooLarge, FileKindUnknown, FileNotWhatItSays, FileBroken, FileHasMacros,
        PaperUnread.
    """
    if not data:
        raise FileEmpty
    if len(data) > LARGEST_FILE:
        raise FileTooLarge
    said = ending_of(name)
    try:
        paper = look_into(data)
    except PaperUnfit as unfit:
        reason = _REASONS[str(unfit)]
        if reason is FileKindUnknown and any(said in endings for endings in ENDINGS.values()):
            raise FileNotWhatItSays from None
        raise reason from None
    if said and said not in ENDINGS[paper.kind]:
        raise FileNotWhatItSays
    return KeptPaper(
        name=kept_name(name, ENDINGS[paper.kind], otherwise="bilag"),
        media_type=MEDIA_TYPES[paper.kind],
        size=len(paper.data),
        sha256=put_media(store, paper.data),
    )


def add_order_file(
    session: Session, order: Order, paper: KeptPaper, *, id: UUID, actor: Staff, now: datetime
) -> OrderFile:
    """Add a paper to an order. Sending the same id again returns the stored one.

    Args:
        session: Not committed here.
        order: Where it belongs.
        paper: Already in the media store.
        id: Made where the form was drawn.
        actor: Who adds it.
        now: Aware.

    Raises:
        OrderArchived, AlreadySaved.
    """
    if stored := session.get(OrderFile, id):
        return _same_or_refuse(stored, order, paper)
    if order.archived_at:
        raise OrderArchived
    file = OrderFile(
        id=id,
        order_id=order.id,
        name=paper.name,
        media_type=paper.media_type,
        size=paper.size,
        sha256=paper.sha256,
        added_at=now,
        added_by_id=actor.id,
    )
    try:
        # A resent form may arrive while the first is still being stored by another thread.
        with session.begin_nested():
            session.add(file)
    except IntegrityError:
        return _same_or_refuse(session.get_one(OrderFile, id), order, paper)
    audit.record(
        session,
        "order_file.create",
        actor=actor,
        at=now,
        citizen_id=order.citizen_id,
        object_id=id,
    )
    return file


def _same_or_refuse(stored: OrderFile, order: Order, paper: KeptPaper) -> OrderFile:
    if (stored.order_id, stored.sha256, stored.name) != (order.id, paper.sha256, paper.name):
        raise AlreadySaved
    return stored
