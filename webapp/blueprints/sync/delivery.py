"""Take a batch in: whose each entry is, and what became of it. Nothing is committed here."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from webapp.blueprints.sync.doing import Doer
from webapp.blueprints.sync.outcomes import conflict
from webapp.blueprints.sync.reading import Came, Content, open_envelope
from webapp.blueprints.sync.telling import note_grants, note_tablet
from webapp.blueprints.sync.unpacking import Parcel
from webapp.domain import syncing
from webapp.log import log, place
from webapp.models import ReceiptStatus, Staff, SyncReceipt
from webapp.services import once, sync_grants, sync_receipts
from webapp.sync.wire import Body, Entry, Result

_TAKEN = frozenset({*sync_receipts.DONE, ReceiptStatus.HELD})
"""An entry with one of these has its id for good."""

_STAYS = frozenset({"conflict", "rejected", "retry"})
"""What the tablet keeps."""


class Desk:
    """Where one batch is taken in."""

    def __init__(self, session: Session, parcel: Parcel, *, now: datetime) -> None:
        """Look whose grants these are. The caller commits."""
        self._session, self._parcel, self._now = session, parcel, now
        grants = [one.grant for one in parcel.grants.values()]
        self._authors = sync_grants.authors_of(session, grants)
        self._tablets = sync_grants.tablets_of(session, grants)
        self._grants = {
            id: one for id, one in parcel.grants.items() if one.grant.staff_id in self._authors
        }

    @property
    def is_ours(self) -> bool:
        """Whether a grant shows that a tablet of ours sent it, or there was nothing to show."""
        batch = self._parcel.batch
        return bool(self._grants) or not (batch.grants or batch.entries)

    def take_all(self) -> list[Result]:
        """Take every entry in, in their order, and note what the tablet tells of itself.

        All are stored together. When any of them goes wrong, nothing of it was, and they are
        stored one by one, so that the others come through.
        """
        note_grants(self._session, self._grants.values())
        new = {one.said.id for one in self._parcel.entries if one.said and one.opened}
        try:
            with once.together(self._session, new):
                results = self._take_each()
        except Exception as error:
            log.warning("sync.one_by_one", error=type(error).__name__, at=place(error))
            results = self._take_each()
        delivered, batch = sum(one.status not in _STAYS for one in results), self._parcel.batch
        note_tablet(self._session, batch, self._grants.values(), delivered, now=self._now)
        return results

    def _take_each(self) -> list[Result]:
        came = self._parcel.entries
        said = [one.said for one in came if one.said]
        self._receipts = sync_receipts.receipts_of(self._session, {one.id for one in said})
        self._numbers = sync_receipts.used_numbers(
            self._session, self._grants.keys(), {one.seq for one in said}
        )
        self._doer = Doer(self._session, self._opened(), now=self._now)
        self._done: set[UUID] = set()
        results = [self._take(index, one) for index, one in enumerate(came)]
        self._session.add_all(one for rows in self._receipts.values() for one in rows)
        self._do_what_waited()
        return results

    def _opened(self) -> list[tuple[Body, Staff]]:
        """Return what was opened while the batch was unpacked, and whose it is."""
        return [
            (one.opened.body, self._authors[self._grants[one.said.grant].grant.staff_id])
            for one in self._parcel.entries
            if one.said and one.said.grant in self._grants and isinstance(one.opened, Content)
        ]

    def _take(self, index: int, came: Came) -> Result:
        said = came.said
        if said is None:
            return Result(index=index, id=None, status="rejected", reason="malformed")
        known = self._grants.get(said.grant)
        if known is None or not came.is_signed:
            reason = "bad_signature" if known else "unknown_grant"
            return Result(index=index, id=said.id, status="rejected", reason=reason)
        found = self._find(said.id, came.sha256)
        if found and found.status in sync_receipts.DONE:
            return Result(index=index, id=found.id, status="already", received_at=found.received_at)
        return self._do(index, came, said, found or self._receipt(came, said, known.grant))

    def _find(self, id: UUID, sha256: str) -> SyncReceipt | None:
        return next((one for one in self._receipts.get(id, []) if one.sha256 == sha256), None)

    def _receipt(self, came: Came, said: Entry, grant: syncing.Grant) -> SyncReceipt:
        """Return the receipt of an entry that nobody has brought before."""
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
            tablet_now=self._parcel.batch.now,
        )

    def _do(self, index: int, came: Came, said: Entry, receipt: SyncReceipt) -> Result:
        others = [one for one in self._receipts.setdefault(receipt.id, []) if one is not receipt]
        if any(one.status in _TAKEN for one in others):
            outcome = conflict(receipt)
        else:
            opened = self._parcel.opened(came, said)
            outcome = self._doer.do(receipt, self._authors[receipt.staff_id], opened)
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
                opened = open_envelope(one.envelope or "", self._parcel.keys)
                outcome = self._doer.do(one, one.staff, opened)
                if outcome.status in sync_receipts.DONE:
                    self._done.add(one.id)
