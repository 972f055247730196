"""Accounts at the municipality's identity provider: linked by the person, and signed in with."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from webapp.domain.errors import ProviderAccountTaken, ProviderAccountUnknown
from webapp.models import Device, ProviderAccount, SignInMethod, Staff
from webapp.services import audit
from webapp.services.sign_in import end_session, open_session


def sign_in_with_provider(
    session: Session,
    issuer: str,
    subject: str,
    *,
    proved_at: datetime,
    now: datetime,
    instead_of: str | None = None,
    device: Device | None = None,
) -> str:
    """Open a session for whoever linked this account; return the cookie's secret.

    The provider answers for the second factor; roles are ours alone.

    Args:
        session: Not committed here.
        issuer: Who vouches.
        subject: For which account there.
        proved_at: Aware; when they proved it there, which is how fresh the session is.
        now: Aware.
        instead_of: The secret of the session this browser had so far, if any; it ends.
        device: The shared tablet, if it is one.

    Raises:
        ProviderAccountUnknown: Nobody linked it, or they are deactivated.
    """
    found = session.get(
        ProviderAccount,
        (issuer, subject),
        options=[joinedload(ProviderAccount.staff).joinedload(Staff.home)],
    )
    if not found or found.staff.deactivated_at:
        raise ProviderAccountUnknown
    if instead_of:
        end_session(session, instead_of, now)
    staff = found.staff
    audit.record(session, "sign_in.create", actor=staff, at=now, object_id=staff.id)
    return open_session(
        session,
        staff,
        now=now,
        method=SignInMethod.IDENTITY_PROVIDER,
        device=device,
        proved_at=proved_at,
    )


def link_account(
    session: Session, staff: Staff, issuer: str, subject: str, *, now: datetime
) -> None:
    """Let an account open the door for somebody. The same again changes nothing.

    Raises:
        ProviderAccountTaken: It is somebody else's here.
    """
    _hold(session, staff)
    found = session.get(ProviderAccount, (issuer, subject))
    if found and found.staff_id != staff.id:
        raise ProviderAccountTaken
    if found:
        return
    _unlink(session, staff)
    linked = ProviderAccount(issuer=issuer, subject=subject, staff_id=staff.id, linked_at=now)
    try:
        with session.begin_nested():
            session.add(linked)
    except IntegrityError:
        raise ProviderAccountTaken from None
    audit.record(session, "provider_account.link", actor=staff, at=now, object_id=staff.id)


def unlink_account(session: Session, staff: Staff, *, now: datetime) -> None:
    """Let no account at the provider open the door for somebody any more."""
    _hold(session, staff)
    if account_of(session, staff):
        _unlink(session, staff)
        audit.record(session, "provider_account.unlink", actor=staff, at=now, object_id=staff.id)


def account_of(session: Session, staff: Staff) -> ProviderAccount | None:
    """Return the account somebody linked; None when they have none."""
    query = select(ProviderAccount).where(ProviderAccount.staff_id == staff.id)
    return session.scalars(query).first()


def _hold(session: Session, staff: Staff) -> None:
    """Let nobody else change whose account it is until the transaction ends."""
    session.refresh(staff, ["deactivated_at"], with_for_update=True)


def _unlink(session: Session, staff: Staff) -> None:
    session.execute(delete(ProviderAccount).where(ProviderAccount.staff_id == staff.id))
