"""People who sign in: add, invite, change, let go, let in again, and give a password."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final, TypedDict
from uuid import UUID

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from webapp.adapters import passwords
from webapp.domain.errors import (
    AlreadySaved,
    EmailTaken,
    EmailUnfit,
    LastAdmin,
    PasswordTooEasy,
    PasswordUnfit,
)
from webapp.domain.managing import check_manages, check_on_another, check_placed
from webapp.models import Department, Home, Role, Staff, StaffSession
from webapp.services import audit, invitations
from webapp.services.sign_in import DEMO_PASSWORD, find_staff, normalise_email

SHORTEST_PASSWORD: Final = 12
LONGEST_PASSWORD: Final = 200


class StaffContent(TypedDict):
    """What is kept of someone who works here."""

    first_name: str
    last_name: str
    email: str
    role: Role
    departments: list[Department]


def add_staff(
    session: Session,
    home: Home,
    *,
    first_name: str,
    last_name: str,
    email: str,
    role: Role,
    departments: Sequence[Department],
    password: str,
    actor: Staff | None,
    now: datetime,
) -> Staff:
    """Add someone who can sign in.

    Args:
        session: Not committed here.
        home: Where they work.
        first_name: As colleagues say it.
        last_name: Family name.
        email: Kept in lower case.
        role: Decides their rights.
        departments: Of the home; may be empty for an admin.
        password: 12 to 200 characters.
        actor: Who adds; None from the command line.
        now: Aware.

    Raises:
        EmailUnfit, EmailTaken, PasswordUnfit.
    """
    staff = unstored_staff(
        home,
        first_name=first_name,
        last_name=last_name,
        email=email,
        role=role,
        departments=departments,
        password=password,
    )
    _store(session, staff)
    audit.record(session, "staff.create", actor=actor, at=now, object_id=staff.id)
    return staff


def unstored_staff(
    home: Home,
    *,
    first_name: str,
    last_name: str,
    email: str,
    role: Role,
    departments: Sequence[Department],
    password: str,
) -> Staff:
    """Return someone who can sign in once they are stored; whoever stores them audits it.

    Raises:
        EmailUnfit, PasswordUnfit.
    """
    return Staff(
        home=home,
        first_name=first_name,
        last_name=last_name,
        email=_valid_email(email),
        role=role,
        departments=list(departments),
        password_hash=hash_fit(password, (first_name, last_name, email, home.name)),
    )


def invite_staff(
    session: Session, content: StaffContent, *, id: UUID, actor: Staff, now: datetime
) -> tuple[Staff, str | None]:
    """Add someone without a password, and make the link by which they choose one.

    Args:
        session: Not committed here.
        content: All of it.
        id: Made where the form was drawn. Sending it again returns the stored one.
        actor: Who invites; the home is theirs.
        now: Aware.

    Returns:
        Who it is, and the link's secret; None when they were invited before: nobody knows it now.

    Raises:
        RoleNotYours, DepartmentMissing, EmailUnfit, EmailTaken, AlreadySaved.
    """
    check_placed(actor, content["role"], content["departments"])
    content["email"] = _valid_email(content["email"])
    if stored := session.get(Staff, id):
        if stored.home_id != actor.home_id or content_of(stored) != content:
            raise AlreadySaved
        return stored, None
    staff = Staff(id=id, home_id=actor.home_id, **content)
    _store(session, staff)
    secret = invitations.add_invitation(session, staff, actor=actor, now=now)
    audit.record(session, "staff.invite", actor=actor, at=now, object_id=id)
    return staff, secret


def content_of(staff: Staff) -> StaffContent:
    """Return what is stored of someone."""
    return StaffContent(
        first_name=staff.first_name,
        last_name=staff.last_name,
        email=staff.email,
        role=staff.role,
        departments=list(staff.departments),
    )


def update_staff(
    session: Session, staff: Staff, content: StaffContent, *, actor: Staff, now: datetime
) -> None:
    """Change what is kept of someone. What already stands there is no change.

    Raises:
        NotYoursToManage, RoleNotYours, DepartmentMissing, NotOnYourself, LastAdmin, EmailUnfit,
        EmailTaken.
    """
    check_manages(actor, staff)
    check_placed(actor, content["role"], content["departments"])
    content["email"] = _valid_email(content["email"])
    if content == content_of(staff):
        return
    if content["role"] is not staff.role:
        check_on_another(actor, staff)
        _check_admin_remains(session, staff)
    try:
        with session.begin_nested():
            for name, value in content.items():
                setattr(staff, name, value)
    except IntegrityError:
        raise EmailTaken from None
    audit.record(session, "staff.update", actor=actor, at=now, object_id=staff.id)


def deactivate_staff(session: Session, staff: Staff, *, actor: Staff, now: datetime) -> None:
    """Let someone go: their sessions and links end now, and all that they wrote is kept.

    Raises:
        NotYoursToManage, NotOnYourself, LastAdmin.
    """
    check_manages(actor, staff)
    check_on_another(actor, staff)
    if staff.deactivated_at:
        return
    _check_admin_remains(session, staff)
    staff.deactivated_at = now
    end_sessions(session, staff, now=now)
    invitations.end_invitations(session, staff)
    audit.record(session, "staff.deactivate", actor=actor, at=now, object_id=staff.id)


def reactivate_staff(session: Session, staff: Staff, *, actor: Staff, now: datetime) -> None:
    """Let someone in again, with the password they had.

    Raises:
        NotYoursToManage.
    """
    check_manages(actor, staff)
    if staff.deactivated_at:
        staff.deactivated_at = None
        audit.record(session, "staff.reactivate", actor=actor, at=now, object_id=staff.id)


def set_password(
    session: Session, staff: Staff, password: str, *, actor: Staff | None, now: datetime
) -> None:
    """Give someone a new password and end every session opened with the old one.

    Raises:
        PasswordUnfit.
    """
    staff.password_hash = hash_fit(password, known_of(staff))
    end_sessions(session, staff, now=now)
    audit.record(session, "staff.set_password", actor=actor, at=now, object_id=staff.id)


def choose_password(session: Session, secret: str, password_hash: str, *, now: datetime) -> Staff:
    """Give somebody the password they chose by their link; all of their sessions end.

    Args:
        session: Not committed here.
        secret: Of the link.
        password_hash: From `hash_fit`: that is slow, so it is made before anything is locked.
        now: Aware.

    Raises:
        InvitationOver.
    """
    staff = invitations.use_invitation(session, secret, now=now)
    staff.password_hash = password_hash
    end_sessions(session, staff, now=now)
    audit.record(session, "invitation.use", actor=staff, at=now, object_id=staff.id)
    return staff


def end_sessions(session: Session, staff: Staff, *, now: datetime) -> None:
    """End every session somebody has; whoever asks for it audits it."""
    session.execute(
        update(StaffSession)
        .where(StaffSession.staff_id == staff.id, StaffSession.ended_at.is_(None))
        .values(ended_at=now)
    )


def known_of(staff: Staff) -> tuple[str, ...]:
    """Return what others know of somebody, and would try first."""
    return staff.first_name, staff.last_name, staff.email, staff.home.name


def hash_fit(password: str, about: Iterable[str]) -> str:
    """Return the hash of a password; slow on purpose.

    Args:
        password: As typed.
        about: From `known_of`.

    Raises:
        PasswordUnfit, PasswordTooEasy.
    """
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD or password == DEMO_PASSWORD:
        raise PasswordUnfit
    if passwords.is_easy(password, about):
        raise PasswordTooEasy
    return passwords.hash_password(password)


def _store(session: Session, staff: Staff) -> None:
    if find_staff(session, staff.email):
        raise EmailTaken
    try:
        with session.begin_nested():
            session.add(staff)
    except IntegrityError:
        raise EmailTaken from None


def _check_admin_remains(session: Session, staff: Staff) -> None:
    """Refuse to take the last admin away; held, so that two do not take each other's role."""
    if staff.role is not Role.ADMIN or staff.deactivated_at:
        return
    admins = session.scalars(
        select(Staff)
        .where(Staff.home_id == staff.home_id, Staff.role == Role.ADMIN)
        .where(Staff.deactivated_at.is_(None))
        .order_by(Staff.id)
        .with_for_update()
    ).all()
    if len(admins) < 2:
        raise LastAdmin


def _valid_email(email: str) -> str:
    try:
        # Whether mail arrives there is not asked: a home may have no network while it is set up.
        return normalise_email(validate_email(email.strip(), check_deliverability=False).normalized)
    except EmailNotValidError:
        raise EmailUnfit from None
