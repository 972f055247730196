"""Give grants, and remember what tablets say of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from webapp.domain.syncing import TAKEN_FOR, Grant, absent_numbers, missing_of, reach_of
from webapp.models import Device, ReceiptStatus, Staff, SyncGrant, SyncReceipt
from webapp.services import audit


def give_grant(
    session: Session, grant: Grant, thumbprint: str, *, actor: Staff, now: datetime
) -> None:
    """Remember a grant.

    Args:
        session: Not committed here.
        grant: What it says.
        thumbprint: Of the tablet's key.
        actor: Who is signed in: its author, or a colleague for whom the tablet is made ready too.
        now: Aware.
    """
    session.add(_row(grant, thumbprint))
    if grant.staff_id == actor.id:
        audit.record(session, "sync_grant.create", actor=actor, at=now, object_id=grant.id)
    else:
        audit.record(session, "standby_grant.create", actor=actor, at=now, object_id=grant.staff_id)


@dataclass(frozen=True, slots=True)
class Told:
    """What a tablet tells of a grant.

    Attributes:
        grant: Its signature checked.
        thumbprint: Of its key.
        next_seq: The number that the next entry would get, as the author signed it; 1 when nothing
            is told.
        settled: Runs of numbers that need not come, as the author signed them: from, to, from, to.
    """

    grant: Grant
    thumbprint: str
    next_seq: int = 1
    settled: Sequence[int] = ()


def note_grants(session: Session, told: Sequence[Told]) -> None:
    """Remember what tablets tell of their grants.

    The rows are held until the commit: whoever brings an entry of the same grant in this very
    moment waits, and then finds it stored.

    A grant without a row was given in a life of the database that a restore has undone: its
    signature is good, so it gets its row back.
    """
    ids = [one.grant.id for one in told]
    # In one order, so that two batches never wait for each other crosswise.
    held = select(SyncGrant).where(SyncGrant.id.in_(ids)).order_by(SyncGrant.id).with_for_update()
    rows = {row.id: row for row in session.scalars(held)}
    for one in told:
        row = rows.get(one.grant.id) or _row(one.grant, one.thumbprint)
        session.add(row)
        # One that was overtaken by a later one, or is sent again, tells nothing new.
        if reach_of(one.next_seq, one.settled) > reach_of(row.next_seq, row.settled):
            row.next_seq, row.settled = one.next_seq, list(one.settled)
    session.flush()


def authors_of(session: Session, grants: Sequence[Grant]) -> Mapping[UUID, Staff]:
    """Return the authors of grants by their ids, with their home; unknown ones are missing."""
    ids = {grant.staff_id for grant in grants}
    rows = session.scalars(
        select(Staff).where(Staff.id.in_(ids)).options(joinedload(Staff.home))
    ).unique()
    return {row.id: row for row in rows}


def tablets_of(session: Session, grants: Sequence[Grant]) -> Mapping[UUID, Device]:
    """Return the tablets of grants by their ids; may be empty."""
    ids = {grant.device_id for grant in grants if grant.device_id}
    if not ids:
        return {}
    return {row.id: row for row in session.scalars(select(Device).where(Device.id.in_(ids)))}


def missing_from(
    session: Session, devices: Sequence[Device], *, now: datetime
) -> dict[UUID, dict[str, int]]:
    """Return for each tablet whose entries are missing, by first name, and how many.

    Two queries, over the grants that are still taken. A tablet that misses none has an empty
    answer; see `missing_of`.
    """
    grants = session.scalars(
        select(SyncGrant)
        .where(
            SyncGrant.device_id.in_([device.id for device in devices]),
            SyncGrant.made_at > now - TAKEN_FOR,
            SyncGrant.next_seq > 1,
        )
        .options(joinedload(SyncGrant.staff))
        .order_by(SyncGrant.made_at)
    ).all()
    arrived: dict[UUID, set[int]] = {grant.id: set() for grant in grants}
    came = select(SyncReceipt.grant_id, SyncReceipt.seq).where(
        SyncReceipt.grant_id.in_(arrived), SyncReceipt.status != ReceiptStatus.CONFLICT
    )
    for grant_id, seq in session.execute(came):
        arrived[grant_id].add(seq)
    numbers: dict[UUID | None, dict[str, int]] = {device.id: {} for device in devices}
    for grant in grants:
        absent = absent_numbers(grant.next_seq, grant.settled, arrived[grant.id])
        own, name = numbers[grant.device_id], grant.staff.first_name
        own[name] = own.get(name, 0) + absent
    return {device.id: missing_of(numbers[device.id], device.waiting) for device in devices}


def _row(grant: Grant, thumbprint: str) -> SyncGrant:
    return SyncGrant(
        id=grant.id,
        staff_id=grant.staff_id,
        device_id=grant.device_id,
        thumbprint=thumbprint,
        made_at=grant.issued_at,
        next_seq=1,
        settled=[],
    )
