"""The server's own keys, and which life of the database this is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.adapters import envelopes
from webapp.adapters.envelopes import ServerKey
from webapp.adapters.sealing import SealBroken, Sealer
from webapp.models import SyncEpoch, SyncKey, SyncKeyUse
from webapp.services import audit

LABEL: Final = "sync key"
"""What the keys are sealed for; see `Sealer`."""

KEY_LIFE: Final = timedelta(days=90)
"""A key is followed by a new one after this; it still opens and checks what was made with it."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The server's keys by their `kid`, the newest of each use first; either may be empty."""

    signing: Mapping[str, ServerKey]
    sealing: Mapping[str, ServerKey]


def keys_of(session: Session, sealer: Sealer) -> Keys:
    """Return every key that opens; one whose secret counts no more is left out."""
    found: dict[SyncKeyUse, dict[str, ServerKey]] = {use: {} for use in SyncKeyUse}
    for row in _rows(session):
        try:
            found[row.use][row.kid] = _opened(sealer, row.sealed_pem)
        except SealBroken:
            continue
    return Keys(found[SyncKeyUse.SIGN], found[SyncKeyUse.SEAL])


def newest_key(session: Session, sealer: Sealer, use: SyncKeyUse, *, now: datetime) -> ServerKey:
    """Return the key that is used now; a new one when there is none, or none that is young."""
    for row in _rows(session):
        if row.use is use and now - row.made_at < KEY_LIFE:
            try:
                return _opened(sealer, row.sealed_pem)
            except SealBroken:
                continue
    pem = envelopes.make_pem()
    made = envelopes.server_key(pem)
    session.add(SyncKey(kid=made.kid, use=use, sealed_pem=sealer.seal(pem), made_at=now))
    return made


def epoch_of(session: Session, *, now: datetime) -> UUID:
    """Return which life of the database this is; the first time, one begins."""
    newest = select(SyncEpoch.id).order_by(SyncEpoch.begun_at.desc(), SyncEpoch.id).limit(1)
    return session.scalar(newest) or _begin(session, now)


def begin_epoch(session: Session, *, now: datetime) -> None:
    """Say that the database was restored: tablets send again what they delivered lately."""
    _begin(session, now)
    audit.record(session, "sync_epoch.begin", actor=None, at=now)


def _begin(session: Session, now: datetime) -> UUID:
    epoch = SyncEpoch(begun_at=now)
    session.add(epoch)
    session.flush()
    return epoch.id


@lru_cache(maxsize=64)
def _opened(sealer: Sealer, sealed_pem: str) -> ServerKey:
    """Open a key once for each text it is sealed in: what is sealed anew is opened anew."""
    return envelopes.server_key(sealer.open(sealed_pem))


def _rows(session: Session) -> Sequence[SyncKey]:
    return session.scalars(select(SyncKey).order_by(SyncKey.made_at.desc(), SyncKey.kid)).all()
