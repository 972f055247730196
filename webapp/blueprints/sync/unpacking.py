"""Unpack a batch before anything is written: whose entries these are, and what is sealed in them.

Signatures and seals take most of the time that an entry needs. Nobody waits for a lock meanwhile.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from webapp.adapters.sealing import Sealer
from webapp.blueprints.sync.known import Known, known_grants
from webapp.blueprints.sync.reading import (
    Came,
    Opened,
    entries,
    is_signed,
    open_entry,
)
from webapp.db import reading
from webapp.services import sync_keys, sync_receipts
from webapp.services.sync_keys import Keys
from webapp.sync.wire import Batch, Entry


@dataclass(frozen=True, slots=True)
class Parcel:
    """A batch as it was found.

    Attributes:
        batch: What the tablet sent.
        keys: The server's.
        grants: Those that we signed, by their ids.
        entries: Every entry, in their order.
    """

    batch: Batch
    keys: Keys
    grants: Mapping[UUID, Known]
    entries: Sequence[Came]

    def opened(self, came: Came, said: Entry) -> Opened:
        """Return what is sealed in one of the entries."""
        if came.opened is None:
            came.opened = open_entry(said, self.keys)
        return came.opened


def unpack(batch: Batch, sealer: Sealer) -> Parcel:
    """Check what is signed, and open what is not done yet. Writes nothing."""
    came = entries(batch)
    with reading() as session:
        keys = sync_keys.keys_of(session, sealer)
        done = sync_receipts.done_among(session, {one.said.id for one in came if one.said})
    parcel = Parcel(batch, keys, {one.grant.id: one for one in known_grants(batch, keys)}, came)
    for one in came:
        one.is_signed = is_signed(one, parcel.grants)
        if one.said and one.is_signed and (one.said.id, one.sha256) not in done:
            parcel.opened(one, one.said)
    return parcel
