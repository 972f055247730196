"""Links by which somebody chooses a password. Only the hash of a link's secret is kept."""

import secrets
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from webapp.domain.errors import InvitationOver, StaffDeactivated
from webapp.domain.managing import check_manages, invitation_is_open
from webapp.models import Invitation, Staff
from webapp.services import audit
from webapp.services.sign_in import hash_secret


def create_invitation(session: Session, staff: Staff, *, actor: Staff, now: datetime) -> str:
    """Make a link for someone who is to choose a password, new or forgotten; return its secret.

    The password they have stays until the link is used. An older link ends.

    Raises:
        NotYoursToManage, StaffDeactivated.
    """
    check_manages(actor, staff)
    if staff.deactivated_at:
        raise StaffDeactivated
    secret = add_invitation(session, staff, actor=actor, now=now)
    audit.record(session, "invitation.create", actor=actor, at=now, object_id=staff.id)
    return secret


def add_invitation(session: Session, staff: Staff, *, actor: Staff, now: datetime) -> str:
    """Add a link in the place of older ones; whoever asks for it audits it."""
    end_invitations(session, staff)
    secret = secrets.token_urlsafe(32)
    session.add(
        Invitation(
            secret_hash=hash_secret(secret), staff_id=staff.id, made_by_id=actor.id, made_at=now
        )
    )
    session.flush()
    return secret


def end_invitations(session: Session, staff: Staff) -> None:
    """End the links that someone has not used; whoever asks for it audits it."""
    session.execute(
        delete(Invitation).where(Invitation.staff_id == staff.id, Invitation.used_at.is_(None))
    )


def find_invitation(session: Session, secret: str, *, now: datetime) -> Invitation | None:
    """Return the open invitation of a link, the person and home loaded; None when it is over."""
    found = session.scalar(
        select(Invitation)
        .where(Invitation.secret_hash == hash_secret(secret))
        .options(joinedload(Invitation.staff).joinedload(Staff.home))
    )
    if not found or not invitation_is_open(found.made_at, found.used_at, now):
        return None
    return None if found.staff.deactivated_at else found


def open_invitation_of(session: Session, staff: Staff, *, now: datetime) -> Invitation | None:
    """Return the link somebody was given and has not used; None when there is none."""
    query = select(Invitation).where(Invitation.staff_id == staff.id)
    return next(
        (
            each
            for each in session.scalars(query.where(Invitation.used_at.is_(None)))
            if invitation_is_open(each.made_at, each.used_at, now)
        ),
        None,
    )


def use_invitation(session: Session, secret: str, *, now: datetime) -> Staff:
    """Let a link be used, once, and return whose it is; whoever asks for it audits it.

    Raises:
        InvitationOver: Also when another answer to the same link was first.
    """
    found = find_invitation(session, secret, now=now)
    if found:
        session.refresh(found, ["used_at"], with_for_update=True)
    if not found or found.used_at:
        raise InvitationOver
    found.used_at = now
    return found.staff
