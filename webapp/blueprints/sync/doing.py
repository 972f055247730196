"""Do what an entry says, with the form and the verb that its page uses."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from webapp.adapters.envelopes import EnvelopeUnfit
from webapp.blueprints.sync.answers import media_sealer
from webapp.blueprints.sync.filling import Forms, read_form
from webapp.blueprints.sync.outcomes import Outcome, conflict, refuse, settle
from webapp.blueprints.sync.reading import Opened
from webapp.blueprints.sync.targets import Targets
from webapp.domain.doubting import Kept
from webapp.domain.errors import NotTheAuthor, Refused, SameIdOtherContent
from webapp.log import log, place
from webapp.models import Observation, ReceiptStatus, Staff, SyncReceipt, Withdrawal
from webapp.outbox import KINDS, Act, Kind
from webapp.services import audit, once
from webapp.services.emergency import excuses
from webapp.services.pictures import name_pictures
from webapp.services.reach import reaches
from webapp.services.records import citizen_of
from webapp.sync.wire import Body


class Doer:
    """Does the entries of one batch."""

    def __init__(
        self, session: Session, opened: Sequence[tuple[Body, Staff]], *, now: datetime
    ) -> None:
        """Find what the entries are about, by what they say and whose they are."""
        self._session, self._now, self._forms = session, now, Forms()
        named = (
            (KINDS[body.kind], body.target, author) for body, author in opened if body.kind in KINDS
        )
        self._targets = Targets(session, named)

    def do(self, receipt: SyncReceipt, author: Staff, opened: Opened) -> Outcome:
        """Do what an entry says, and write into its receipt what became of it.

        Args:
            receipt: With its envelope; the author's grant signed it.
            author: Whose it is.
            opened: What is sealed in it.
        """
        audit.act_as_usual(self._session)
        audit.act_on(self._session, receipt.device_id)
        audit.has_told(self._session)
        kept = Kept(receipt.id, receipt.happened_at, list(receipt.doubts))
        try:
            if isinstance(opened, EnvelopeUnfit):
                raise opened
            body, act = opened.body, Act(self._session, author, self._now, kept)
            receipt.kind = body.kind
            outcome = self._do(body, receipt, act, kept)
            if KINDS[body.kind].takes_pictures:
                name_pictures(
                    self._session,
                    receipt,
                    opened.files,
                    media_sealer(),
                    shows_citizen=opened.shows_citizen,
                )
            return outcome
        except EnvelopeUnfit as unfit:
            return refuse(receipt, ReceiptStatus.REJECTED, unfit.reason)
        except Exception as error:
            if once.is_together(self._session):
                raise  # Nothing of the batch is stored then; all of it comes again, one by one.
            return _went_wrong(receipt, error)
        finally:
            audit.act_as_usual(self._session)

    def _do(self, body: Body, receipt: SyncReceipt, act: Act, kept: Kept) -> Outcome:
        kind = KINDS.get(body.kind)
        if kind is None:
            raise EnvelopeUnfit("unknown_kind")
        target = self._targets.find(kind, body.target, act.actor)
        if target is None:
            return _without_target(kind, body, receipt, act)
        citizen = citizen_of(target)
        receipt.citizen_id, receipt.waits_for = citizen.id, None
        if not reaches(act.actor, kind.permission, citizen):
            needed, at = kind.permission, kept.tapped_at
            if excuse := excuses(act.session, act.actor, needed, citizen.id, now=at):
                audit.act_in_emergency(act.session, citizen.id, excuse.reason)
            else:
                kept.doubt("not_in_reach")
        form = read_form(kind, body, receipt.id, self._forms)
        with once.alone(act.session):
            row = kind.act(target, form, act)
        is_new = audit.has_told(act.session)
        return settle(receipt, kept, row.id if row is not None else None, is_new=is_new)


def _went_wrong(receipt: SyncReceipt, error: Exception) -> Outcome:
    """Note why an entry was not stored.

    Raises:
        DBAPIError: The database itself does not answer.
    """
    if isinstance(error, SameIdOtherContent):
        return conflict(receipt, error.code)
    if isinstance(error, Refused):
        return refuse(receipt, ReceiptStatus.REJECTED, error.code)
    if isinstance(error, DBAPIError) and not isinstance(error, IntegrityError | DataError):
        raise error
    # One entry that we stumble over must not keep all others waiting.
    log.error("sync.failed", entry=str(receipt.id), error=type(error).__name__, at=place(error))
    return Outcome(None)


def _without_target(kind: Kind, body: Body, receipt: SyncReceipt, act: Act) -> Outcome:
    """Wait for what it builds on; where that was taken back, there is nothing more to do."""
    if not kind.target_may_come:
        raise EnvelopeUnfit("not_found")
    withdrawn = act.session.get(Withdrawal, body.target)
    if withdrawn is None:
        if kind.takes_pictures and act.session.get(Observation, receipt.id) is not None:
            # It would carry its pictures into what somebody else logged.
            raise SameIdOtherContent
        receipt.status, receipt.waits_for = ReceiptStatus.HELD, body.target
        return Outcome(ReceiptStatus.HELD)
    if withdrawn.author_id != act.actor.id:
        raise NotTheAuthor
    receipt.status, receipt.waits_for, receipt.envelope = ReceiptStatus.STORED, None, None
    return Outcome(ReceiptStatus.STORED)
