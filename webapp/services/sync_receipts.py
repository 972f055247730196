"""Receipts of entries: what became of each, and what a manager should look at."""

from collections.abc import Collection, Sequence, Set
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from webapp.domain.permissions import Permission
from webapp.domain.syncing import Grant, doubts_about, when_tapped
from webapp.models import Device, ReceiptStatus, Staff, SyncReceipt
from webapp.services import audit
from webapp.services.reach import colleague_in_reach, in_reach

SHOWN: Final = 100
"""Receipts on the manager's list; those nobody has seen come first."""

DONE: Final = frozenset({ReceiptStatus.STORED, ReceiptStatus.REVIEW})

_LONG_HELD: Final = timedelta(days=1)
"""What an entry builds on comes soon after it, or not at all."""


def new_receipt(
    envelope: str,
    *,
    id: UUID,
    sha256: str,
    seq: int,
    captured_at: datetime,
    clock_offset: int | None,
    grant: Grant,
    author: Staff,
    tablet: Device | None,
    seq_repeated: bool,
    now: datetime,
    tablet_now: datetime | None,
) -> SyncReceipt:
    """Return the receipt of an entry that has just come, before it is done; not added yet.

    Args:
        envelope: The entry; its signature is good.
        id: The entry's.
        sha256: Of what is signed, in hex.
        seq: Its number.
        captured_at: By the tablet's clock.
        clock_offset: Milliseconds that our clock was ahead; None when the tablet did not know.
        grant: Of its author.
        author: Who made it.
        tablet: Where; None for a browser that is no shared tablet.
        seq_repeated: Whether another entry has its number.
        now: Aware.
        tablet_now: What the clock of the tablet that brings it says; None where it does not say.
    """
    tapped = when_tapped(captured_at, clock_offset, grant, now, tablet_now)
    doubts = doubts_about(
        tapped,
        grant,
        now,
        works_here=author.deactivated_at is None,
        tablet_revoked=tablet is not None and tablet.revoked_at is not None,
        seq_repeated=seq_repeated,
    )
    return SyncReceipt(
        id=id,
        sha256=sha256,
        grant_id=grant.id,
        staff_id=author.id,
        device_id=tablet.id if tablet else None,
        seq=seq,
        captured_at=captured_at,
        happened_at=tapped.at,
        received_at=now,
        status=ReceiptStatus.HELD,
        doubts=list(doubts),
        envelope=envelope,
    )


def done_among(session: Session, ids: Collection[UUID]) -> Set[tuple[UUID, str]]:
    """Return which of these entries are done for good: their ids and digests; may be empty."""
    # The status is looked at here: asked for it too, SQLite would read every receipt there is.
    rows = session.execute(
        select(SyncReceipt.id, SyncReceipt.sha256, SyncReceipt.status).where(
            SyncReceipt.id.in_(ids)
        )
    )
    return {(id, sha256) for id, sha256, status in rows if status in DONE}


def receipts_of(session: Session, ids: Collection[UUID]) -> dict[UUID, list[SyncReceipt]]:
    """Return the receipts of entries by their ids; what was never received is missing."""
    found: dict[UUID, list[SyncReceipt]] = {}
    if ids:
        for row in session.scalars(select(SyncReceipt).where(SyncReceipt.id.in_(ids))):
            found.setdefault(row.id, []).append(row)
    return found


def used_numbers(
    session: Session, grant_ids: Collection[UUID], numbers: Collection[int]
) -> dict[tuple[UUID, int], UUID]:
    """Return which entry has each of these numbers of a grant; a free number is missing."""
    if not grant_ids:
        return {}
    rows = session.execute(
        select(SyncReceipt.grant_id, SyncReceipt.seq, SyncReceipt.id).where(
            SyncReceipt.grant_id.in_(grant_ids), SyncReceipt.seq.in_(numbers)
        )
    )
    return {(grant_id, seq): id for grant_id, seq, id in rows}


def waiting_for(session: Session, ids: Collection[UUID]) -> Sequence[SyncReceipt]:
    """Return what is held until these entries come, in the order it was tapped; may be empty."""
    return session.scalars(
        select(SyncReceipt)
        .where(SyncReceipt.waits_for.in_(ids), SyncReceipt.status == ReceiptStatus.HELD)
        .options(joinedload(SyncReceipt.staff))
        .order_by(SyncReceipt.happened_at, SyncReceipt.seq)
    ).all()


def reviews_of(session: Session, manager: Staff, *, now: datetime) -> Sequence[SyncReceipt]:
    """Return what a manager should look at: unseen first, then newest.

    That is what was stored with a doubt, what could not be stored, and what has long been held; of
    citizens of one's own departments, and of colleagues there when the citizen is not known.
    """
    return session.scalars(
        _of(manager, now)
        .options(
            joinedload(SyncReceipt.staff),
            joinedload(SyncReceipt.device),
            joinedload(SyncReceipt.citizen),
            joinedload(SyncReceipt.seen_by),
        )
        .order_by(SyncReceipt.seen_at.is_not(None), SyncReceipt.received_at.desc(), SyncReceipt.id)
        .limit(SHOWN)
    ).all()


def unseen_by(session: Session, manager: Staff, *, now: datetime) -> int:
    """Return how many of them nobody has seen."""
    unseen = _of(manager, now).where(SyncReceipt.seen_at.is_(None)).subquery()
    return session.scalar(select(func.count()).select_from(unseen)) or 0


def find_reviews(
    session: Session, manager: Staff, id: UUID, *, now: datetime
) -> Sequence[SyncReceipt]:
    """Return the receipts of one entry that a manager may look at; two in a conflict."""
    return session.scalars(_of(manager, now).where(SyncReceipt.id == id)).all()


def mark_seen(
    session: Session, receipts: Sequence[SyncReceipt], *, actor: Staff, now: datetime
) -> None:
    """Say that a manager has seen an entry; who was first is kept."""
    unseen = [receipt for receipt in receipts if receipt.seen_at is None]
    for receipt in unseen:
        receipt.seen_at, receipt.seen_by = now, actor
    if unseen:
        audit.record(
            session,
            "sync_receipt.mark_seen",
            actor=actor,
            at=now,
            citizen_id=unseen[0].citizen_id,
            object_id=unseen[0].id,
        )


def _of(manager: Staff, now: datetime) -> Select[SyncReceipt]:
    return (
        select(SyncReceipt)
        .outerjoin(SyncReceipt.citizen)
        .join(SyncReceipt.staff)
        .where(_to_look_at(now), _within(manager))
    )


def _to_look_at(now: datetime) -> ColumnElement[bool]:
    asked = (ReceiptStatus.REVIEW, ReceiptStatus.REJECTED, ReceiptStatus.CONFLICT)
    long_held = (SyncReceipt.status == ReceiptStatus.HELD) & (
        SyncReceipt.received_at < now - _LONG_HELD
    )
    return or_(SyncReceipt.status.in_(asked), long_held)


def _within(manager: Staff) -> ColumnElement[bool]:
    needed = Permission.REVIEW_ENTRIES
    return or_(
        SyncReceipt.citizen_id.is_not(None) & in_reach(manager, needed),
        SyncReceipt.citizen_id.is_(None) & colleague_in_reach(manager, needed),
    )
