"""Add people who sign in, and give them a password."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from webapp.adapters import passwords
from webapp.models import Department, Home, Role, Staff, StaffSession
from webapp.services import audit
from webapp.services.sign_in import DEMO_PASSWORD, find_staff, normalise_email

SHORTEST_PASSWORD: Final = 12
LONGEST_PASSWORD: Final = 200


class EmailUnfit(Exception):
    """It is no e-mail address."""


class EmailTaken(Exception):
    """Someone has this e-mail address already."""


class PasswordUnfit(Exception):
    """The password is too short, too long, or known to everyone."""


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
    email = _valid_email(email)
    if find_staff(session, email):
        raise EmailTaken
    staff = Staff(
        home=home,
        first_name=first_name,
        last_name=last_name,
        email=email,
        role=role,
        departments=list(departments),
    )
    _give_password(staff, password)
    try:
        with session.begin_nested():
            session.add(staff)
    except IntegrityError:
        raise EmailTaken from None
    audit.record(session, "staff.create", actor=actor, at=now, object_id=staff.id)
    return staff


def set_password(
    session: Session, staff: Staff, password: str, *, actor: Staff | None, now: datetime
) -> None:
    """Give someone a new password and end every session opened with the old one.

    Raises:
        PasswordUnfit.
    """
    _give_password(staff, password)
    session.execute(
        update(StaffSession)
        .where(StaffSession.staff_id == staff.id, StaffSession.ended_at.is_(None))
        .values(ended_at=now)
    )
    audit.record(session, "staff.set_password", actor=actor, at=now, object_id=staff.id)


def _valid_email(email: str) -> str:
    try:
        # Whether mail arrives there is not asked: a home may have no network while it is set up.
        return normalise_email(validate_email(email.strip(), check_deliverability=False).normalized)
    except EmailNotValidError:
        raise EmailUnfit from None


def _give_password(staff: Staff, password: str) -> None:
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD or password == DEMO_PASSWORD:
        raise PasswordUnfit
    staff.password_hash = passwords.hash_password(password)
