"""Note what a tablet tells of its grants and of itself."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from webapp.blueprints.sync.known import Known
from webapp.services import devices, sync_grants
from webapp.sync.wire import Batch


def note_grants(session: Session, grants: Collection[Known]) -> None:
    """Remember what is told of grants; see `sync_grants.note_grants`."""
    sync_grants.note_grants(session, [_told(one) for one in grants])


def _told(one: Known) -> sync_grants.Told:
    if one.account is None:
        return sync_grants.Told(one.grant, one.thumbprint)
    settled = [number for run in one.account.settled for number in run]
    return sync_grants.Told(one.grant, one.thumbprint, one.account.next_seq, settled)


def note_tablet(
    session: Session, batch: Batch, grants: Collection[Known], delivered: int, *, now: datetime
) -> None:
    """Remember how many entries the tablet of the newest grant still has."""
    newest = max(grants, key=lambda one: one.grant.issued_at, default=None)
    if newest and newest.grant.device_id:
        waiting = max(0, batch.depth - delivered)
        devices.note_batch(
            session,
            newest.grant.device_id,
            waiting=waiting,
            waiting_since=batch.oldest if waiting else None,
            persisted=batch.persisted,
            release=batch.app,
            now=now,
        )
