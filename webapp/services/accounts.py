"""One's own account: a new password, a password typed again, and where one is signed in."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from webapp.domain.idling import is_gone
from webapp.models import SignInMethod, Staff, StaffSession
from webapp.services import audit
from webapp.services.sign_in import Try, exchange_session, let_count
from webapp.services.staff import end_sessions


def confirm_password(
    session: Session,
    tried: Try,
    *,
    opened: str,
    method: SignInMethod,
    address: str,
    pepper: bytes,
    now: datetime,
) -> str | None:
    """Let somebody who is signed in prove again who they are; None when the password is wrong.

    Args:
        session: Committed by the caller whatever the answer: wrong tries are counted here.
        tried: From `try_password`, with the person's own e-mail address.
        opened: The secret of the session; another one takes its place.
        method: How the session was opened. One that a PIN opened is now one of a password.
        address: The network address the try came from.
        pepper: Keys the hashes under which tries are counted.
        now: Aware.

    Returns:
        The secret for the cookie.
    """
    staff = let_count(session, tried, address=address, pepper=pepper, now=now)
    if staff is None:
        return None
    audit.record(session, "sign_in.confirm", actor=staff, at=now, object_id=staff.id)
    proved = SignInMethod.PASSWORD if method is SignInMethod.PIN else method
    return exchange_session(session, opened, now=now, method=proved)


def change_password(
    session: Session,
    tried: Try,
    password_hash: str,
    *,
    opened: str,
    address: str,
    pepper: bytes,
    now: datetime,
) -> str | None:
    """Give somebody the password they chose; they stay signed in here and nowhere else.

    Args:
        session: Committed by the caller whatever the answer: wrong tries are counted here.
        tried: The old password, from `try_password`.
        password_hash: Of the new one, from `hash_fit`.
        opened: The secret of the session it is done in; another one takes its place.
        address: The network address the try came from.
        pepper: Keys the hashes under which tries are counted.
        now: Aware.

    Returns:
        The secret for the cookie; None when the old password is wrong.
    """
    staff = let_count(session, tried, address=address, pepper=pepper, now=now)
    if staff is None:
        return None
    staff.password_hash = password_hash
    # First all of them, also this one: the new one takes its place.
    end_sessions(session, staff, now=now)
    secret = exchange_session(session, opened, now=now)
    audit.record(session, "staff.set_password", actor=staff, at=now, object_id=staff.id)
    return secret


def live_sessions(session: Session, staff: Staff, *, now: datetime) -> list[StaffSession]:
    """Return where somebody is signed in, the last used first, each with its tablet."""
    found = session.scalars(
        select(StaffSession)
        .where(StaffSession.staff_id == staff.id)
        .where(StaffSession.ended_at.is_(None), StaffSession.ends_at > now)
        .options(joinedload(StaffSession.device))
        .order_by(StaffSession.seen_at.desc(), StaffSession.started_at.desc())
    )
    return [each for each in found if each.device or not is_gone(each.seen_at, now)]


def end_one_session(session: Session, staff: Staff, id: UUID, *, now: datetime) -> bool:
    """End one of somebody's own sessions; False when they have none of that id."""
    theirs = (StaffSession.id == id, StaffSession.staff_id == staff.id)
    found = session.scalar(select(StaffSession).where(*theirs))
    if not found:
        return False
    if not found.ended_at:
        found.ended_at = now
        audit.record(session, "sign_in.end", actor=staff, at=now, object_id=staff.id)
    return True


def end_all_sessions(session: Session, staff: Staff, *, now: datetime) -> None:
    """End every session somebody has, this one too."""
    end_sessions(session, staff, now=now)
    audit.record(session, "sign_in.end_all", actor=staff, at=now, object_id=staff.id)
