"""What becomes of an entry, as its receipt keeps it."""

from dataclasses import dataclass
from uuid import UUID

from webapp.domain.doubting import Kept
from webapp.domain.errors import SameIdOtherContent
from webapp.log import log
from webapp.models import ReceiptStatus, SyncReceipt


@dataclass(slots=True)
class Outcome:
    """What became of an entry.

    Attributes:
        status: As the receipt keeps it; None when it went wrong on our side.
        is_new: Whether anything was stored; the page may have stored the same before.
    """

    status: ReceiptStatus | None
    is_new: bool = True


def settle(receipt: SyncReceipt, kept: Kept, object_id: UUID | None, *, is_new: bool) -> Outcome:
    """Keep that an entry was done, with its doubts; `object_id` is the row it is about, if any."""
    receipt.status = ReceiptStatus.REVIEW if kept.doubts else ReceiptStatus.STORED
    receipt.doubts, receipt.reason = list(kept.doubts), ""
    receipt.object_id = object_id
    if object_id or not kept.doubts:
        receipt.envelope = None
    return Outcome(receipt.status, is_new=is_new or object_id is None)


def conflict(receipt: SyncReceipt, code: str = SameIdOtherContent.code) -> Outcome:
    """Keep an entry whose id is taken by another content; both stay."""
    log.warning("sync.conflict", entry=str(receipt.id), staff=str(receipt.staff_id))
    return refuse(receipt, ReceiptStatus.CONFLICT, code)


def refuse(receipt: SyncReceipt, status: ReceiptStatus, reason: str) -> Outcome:
    """Keep why an entry was not done."""
    receipt.status, receipt.reason, receipt.waits_for = status, reason, None
    return Outcome(status)
