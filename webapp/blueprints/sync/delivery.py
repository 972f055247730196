"""Take a batch in: whose each entry is, and what became of it. Nothing is committed here."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from webapp.adapters import envelopes
from webapp.adapters.envelopes import EnvelopeUnfit
from webapp.blueprints.sync import doing
from webapp.blueprints.sync.reading import Came, Known, entries, known_grants
from webapp.domain import syncing
from webapp.models import ReceiptStatus, SyncReceipt
from webapp.services import devices, sync_grants, sync_receipts
from webapp.services.sync_keys import Keys
from webapp.sync.wire import Batch, Entry, Result

_TAKEN = frozenset({*sync_receipts.DONE, ReceiptStatus.HELD})
"""An entry with one of these has its id for good."""

_STAYS = frozenset({"conflict", "rejected", "retry"})
"""What the tablet keeps."""


class Desk:
    """Where one batch is taken in."""

    def __init__(self, session: Session, batch: Batch, keys: Keys, *, now: datetime) -> None:
        """Read the grants. The caller commits."""
        self._session, self._batch, self._keys, self._now = session, batch, keys, now
        known = {one.grant.id: one for one in known_grants(batch, keys)}
        grants = [one.grant for one in known.values()]
        self._authors = sync_grants.authors_of(session, grants)
        self._tablets = sync_grants.tablets_of(session, grants)
        self._grants = {id: one for id, one in known.items() if one.grant.staff_id in self._authors}
        self._done: set[UUID] = set()

    @property
    def is_ours(self) -> bool:
        """Whether a grant shows that a tablet of ours sent it, or there was nothing to show."""
        return bool(self._grants) or not (self._batch.grants or self._batch.entries)

    def take_all(self) -> list[Result]:
        """Take every entry in, in their order, and note what the tablet tells of itself."""
        sync_grants.note_grants(
            self._session,
            [
                sync_grants.Told(one.grant, one.thumbprint, one.told.next_seq, one.told.settled)
                for one in self._grants.values()
            ],
        )
        came = entries(self._batch)
        said = [one.said for one in came if one.said]
        self._receipts = sync_receipts.receipts_of(self._session, {one.id for one in said})
        self._numbers = sync_receipts.used_numbers(
            self._session, self._grants.keys(), {one.seq for one in said}
        )
        results = [self._take(index, one) for index, one in enumerate(came)]
        # Together, because one by one is slow; nothing asks the database for them before.
        self._session.add_all(one for rows in self._receipts.values() for one in rows)
        self._do_what_waited()
        self._note_tablet(sum(one.status not in _STAYS for one in results))
        return results

    def _take(self, index: int, came: Came) -> Result:
        said = came.said
        if said is None:
            return Result(index=index, id=None, status="rejected", reason="malformed")
        known = self._grants.get(said.grant)
        try:
            if known is None:
                raise EnvelopeUnfit("unknown_grant")
            envelopes.check_signature(came.text, known.key)
        except EnvelopeUnfit as unfit:
            return Result(index=index, id=said.id, status="rejected", reason=unfit.reason)
        receipt = self._find(said.id, came.sha256)
        if receipt and receipt.status in sync_receipts.DONE:
            return Result(index=index, id=said.id, status="already", received_at=self._now)
        return self._do(index, receipt or self._receipt(came, said, known))

    def _find(self, id: UUID, sha256: str) -> SyncReceipt | None:
        return next((one for one in self._receipts.get(id, []) if one.sha256 == sha256), None)

    def _receipt(self, came: Came, said: Entry, known: Known) -> SyncReceipt:
        """Return the receipt of an entry that nobody has brought before."""
        grant = known.grant
        return sync_receipts.new_receipt(
            came.text,
            id=said.id,
            sha256=came.sha256,
            seq=said.seq,
            captured_at=said.captured_at,
            clock_offset=said.clock_offset,
            grant=grant,
            author=self._authors[grant.staff_id],
            tablet=self._tablets.get(grant.device_id) if grant.device_id else None,
            seq_repeated=self._numbers.setdefault((grant.id, said.seq), said.id) != said.id,
            now=self._now,
        )

    def _do(self, index: int, receipt: SyncReceipt) -> Result:
        others = [one for one in self._receipts.setdefault(receipt.id, []) if one is not receipt]
        if any(one.status in _TAKEN for one in others):
            outcome = doing.conflict(receipt)
        else:
            author = self._authors[receipt.staff_id]
            outcome = doing.do(self._session, self._keys, receipt, author, now=self._now)
        if outcome.status is None:
            seconds = int(syncing.RETRY_AFTER.total_seconds())
            return Result(index=index, id=receipt.id, status="retry", retry_after=seconds)
        self._receipts[receipt.id] = [*others, receipt]
        if outcome.status in sync_receipts.DONE:
            self._done.add(receipt.id)
        return Result(
            index=index,
            id=receipt.id,
            status=outcome.status.value if outcome.is_new else "already",
            reason=receipt.reason or next(iter(receipt.doubts), None),
            received_at=receipt.received_at,
        )

    def _do_what_waited(self) -> None:
        """Do what was held until one of these entries came, and what was held until that."""
        while self._done:
            held = sync_receipts.waiting_for(self._session, self._done)
            self._done = set()
            for one in held:
                outcome = doing.do(self._session, self._keys, one, one.staff, now=self._now)
                if outcome.status in sync_receipts.DONE:
                    self._done.add(one.id)

    def _note_tablet(self, delivered: int) -> None:
        newest = max(self._grants.values(), key=lambda one: one.grant.issued_at, default=None)
        if newest and newest.grant.device_id:
            waiting = max(0, self._batch.depth - delivered)
            devices.note_batch(
                self._session,
                newest.grant.device_id,
                waiting=waiting,
                waiting_since=self._batch.oldest if waiting else None,
                release=self._batch.app,
                now=self._now,
            )
