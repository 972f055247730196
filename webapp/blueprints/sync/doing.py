"""Do what an entry says, with the form and the verb that its page uses."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from webapp.adapters.envelopes import EnvelopeUnfit
from webapp.blueprints.sync.answers import media_sealer
from webapp.blueprints.sync.reading import named_media, read_entry, read_form
from webapp.domain.doubting import Kept
from webapp.domain.errors import NotTheAuthor, Refused, SameIdOtherContent
from webapp.log import log, place
from webapp.models import ReceiptStatus, Staff, SyncReceipt, Withdrawal
from webapp.outbox import KINDS, Act, Kind
from webapp.services import audit
from webapp.services.emergency import excuses
from webapp.services.pictures import name_pictures
from webapp.services.reach import of_home, reaches
from webapp.services.records import citizen_of, find_record
from webapp.services.sync_keys import Keys
from webapp.sync.wire import Body


@dataclass(slots=True)
class Outcome:
    """What became of an entry.

    Attributes:
        status: As the receipt keeps it; None when it went wrong on our side.
        is_new: Whether anything was stored; the page may have stored the same before.
    """

    status: ReceiptStatus | None
    is_new: bool = True


def do(
    session: Session, keys: Keys, receipt: SyncReceipt, author: Staff, *, now: datetime
) -> Outcome:
    """Do what an entry says, and write into its receipt what became of it.

    Args:
        session: Not committed here.
        keys: The server's.
        receipt: With its envelope, whose signature is good.
        author: Whose grant signed it.
        now: When we do it.
    """
    audit.act_as_usual(session)
    audit.act_on(session, receipt.device_id)
    audit.has_told(session)
    kept = Kept(receipt.id, receipt.happened_at, list(receipt.doubts))
    act = Act(session, author, now, kept)
    try:
        said, body = read_entry(receipt.envelope or "", keys)
        receipt.kind, kind = body.kind, KINDS.get(body.kind)
        outcome = _do(kind, body, receipt, act, kept)
        if kind and kind.takes_pictures:
            name_pictures(session, receipt, named_media(said, body), media_sealer())
        return outcome
    except EnvelopeUnfit as unfit:
        return _refused(receipt, ReceiptStatus.REJECTED, unfit.reason)
    except SameIdOtherContent as refused:
        return conflict(receipt, refused.code)
    except Refused as refused:
        return _refused(receipt, ReceiptStatus.REJECTED, refused.code)
    except Exception as error:
        if isinstance(error, DBAPIError) and not isinstance(error, IntegrityError | DataError):
            raise
        # One entry that we stumble over must not keep all others waiting.
        log.error("sync.failed", entry=str(receipt.id), error=type(error).__name__, at=place(error))
        return Outcome(None)
    finally:
        audit.act_as_usual(session)


def conflict(receipt: SyncReceipt, code: str = SameIdOtherContent.code) -> Outcome:
    """Keep an entry whose id is taken by another content; both stay."""
    log.warning("sync.conflict", entry=str(receipt.id), staff=str(receipt.staff_id))
    return _refused(receipt, ReceiptStatus.CONFLICT, code)


def _do(kind: Kind | None, body: Body, receipt: SyncReceipt, act: Act, kept: Kept) -> Outcome:
    if kind is None:
        raise EnvelopeUnfit("unknown_kind")
    target = find_record(act.session, kind.target, body.target, of_home(act.actor))
    if target is None:
        return _without_target(kind, body, receipt, act)
    citizen = citizen_of(target)
    receipt.citizen_id, receipt.waits_for = citizen.id, None
    if not reaches(act.actor, kind.permission, citizen):
        opened = excuses(act.session, act.actor, kind.permission, citizen.id, now=kept.tapped_at)
        if opened:
            audit.act_in_emergency(act.session, citizen.id, opened.reason)
        else:
            kept.doubt("not_in_reach")
    form = read_form(kind, body, receipt.id)
    with act.session.begin_nested():
        row = kind.act(target, form, act)
    is_new = audit.has_told(act.session)
    return _settle(receipt, kept, row.id if row is not None else None, is_new=is_new)


def _settle(receipt: SyncReceipt, kept: Kept, object_id: UUID | None, *, is_new: bool) -> Outcome:
    receipt.status = ReceiptStatus.REVIEW if kept.doubts else ReceiptStatus.STORED
    receipt.doubts, receipt.reason = list(kept.doubts), ""
    receipt.object_id = object_id
    if object_id or not kept.doubts:
        receipt.envelope = None
    return Outcome(receipt.status, is_new=is_new or object_id is None)


def _without_target(kind: Kind, body: Body, receipt: SyncReceipt, act: Act) -> Outcome:
    """Wait for what it builds on; where that was taken back, there is nothing more to do."""
    if not kind.target_may_come:
        raise EnvelopeUnfit("not_found")
    withdrawn = act.session.get(Withdrawal, body.target)
    if withdrawn is None:
        receipt.status, receipt.waits_for = ReceiptStatus.HELD, body.target
        return Outcome(ReceiptStatus.HELD)
    if withdrawn.author_id != act.actor.id:
        raise NotTheAuthor
    receipt.status, receipt.waits_for, receipt.envelope = ReceiptStatus.STORED, None, None
    return Outcome(ReceiptStatus.STORED)


def _refused(receipt: SyncReceipt, status: ReceiptStatus, reason: str) -> Outcome:
    receipt.status, receipt.reason, receipt.waits_for = status, reason, None
    return Outcome(status)
