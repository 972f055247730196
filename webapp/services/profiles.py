"""Keep who a citizen is, and who is around the citizen."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypedDict, cast
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from webapp.domain.errors import AlreadySaved, EditedMeanwhile
from webapp.domain.versions import version_of
from webapp.models import Citizen, CitizenKind, Contact, ContactKind, Staff
from webapp.services import audit


class ProfileContent(TypedDict):
    """A citizen's master data."""

    first_name: str
    last_name: str
    born_on: date | None
    kind: CitizenKind
    department_id: UUID
    moved_in_on: date | None
    legal_ground: str
    municipality: str
    languages: str
    what_helps: str
    what_to_avoid: str


class ContactContent(TypedDict):
    """What is kept of someone around a citizen."""

    kind: ContactKind
    name: str
    organisation: str
    phone: str
    email: str
    how_reached: str
    may_share: str


def profile_of(citizen: Citizen) -> ProfileContent:
    """Return what is stored of a citizen."""
    return cast(
        ProfileContent, {name: getattr(citizen, name) for name in ProfileContent.__annotations__}
    )


def content_of(contact: Contact) -> ContactContent:
    """Return what is stored of a contact."""
    return cast(
        ContactContent, {name: getattr(contact, name) for name in ContactContent.__annotations__}
    )


def create_citizen(
    session: Session, content: ProfileContent, *, id: UUID, actor: Staff, now: datetime
) -> Citizen:
    """Let a citizen move in. Sending the same id again returns the stored one.

    Args:
        session: Not committed here.
        content: All of it; the department is one of the actor's, and the caller has seen to that.
        id: Made where the form was drawn.
        actor: Who writes.
        now: Aware.

    Raises:
        AlreadySaved.
    """
    if stored := session.get(Citizen, id):
        return _same_citizen_or_refuse(stored, content)
    citizen = Citizen(id=id, **content)
    try:
        with session.begin_nested():
            session.add(citizen)
    except IntegrityError:
        return _same_citizen_or_refuse(session.get_one(Citizen, id), content)
    audit.record(session, "citizen.create", actor=actor, at=now, citizen_id=id, object_id=id)
    return citizen


def update_profile(
    session: Session,
    citizen: Citizen,
    content: ProfileContent,
    *,
    drawn_from: str,
    actor: Staff,
    now: datetime,
) -> None:
    """Change a citizen's master data. What already stands there is no change.

    Args:
        session: Not committed here.
        citizen: Held until the commit, so that two who write at once do not mix.
        content: All of it.
        drawn_from: `version_of` what the form was drawn from.
        actor: Who writes.
        now: Aware.

    Raises:
        EditedMeanwhile.
    """
    session.refresh(citizen, list(ProfileContent.__annotations__), with_for_update=True)
    stands = profile_of(citizen)
    if content == stands:
        return
    if drawn_from != version_of(stands):
        raise EditedMeanwhile
    for name, value in content.items():
        setattr(citizen, name, value)
    audit.record(session, "profile.update", actor=actor, at=now, citizen_id=citizen.id)


def contacts_of(session: Session, citizen: Citizen) -> Sequence[Contact]:
    """Return everyone around a citizen, also those taken off the list; by name, may be empty."""
    return session.scalars(
        select(Contact).where(Contact.citizen_id == citizen.id).order_by(Contact.name, Contact.id)
    ).all()


def create_contact(
    session: Session,
    citizen: Citizen,
    content: ContactContent,
    *,
    id: UUID,
    actor: Staff,
    now: datetime,
) -> Contact:
    """Add someone to the list. Sending the same id again returns the stored one.

    Raises:
        AlreadySaved.
    """
    if stored := session.get(Contact, id):
        return _same_or_refuse(stored, citizen, content)
    contact = Contact(id=id, citizen_id=citizen.id, **content)
    try:
        # A resent form may arrive while the first is still being stored by another thread.
        with session.begin_nested():
            session.add(contact)
    except IntegrityError:
        return _same_or_refuse(session.get_one(Contact, id), citizen, content)
    _record(session, "contact.create", contact, actor, now)
    return contact


def update_contact(
    session: Session,
    contact: Contact,
    content: ContactContent,
    *,
    drawn_from: str,
    actor: Staff,
    now: datetime,
) -> None:
    """Change what is kept of someone. What already stands there is no change.

    Raises:
        EditedMeanwhile.
    """
    session.refresh(contact, list(ContactContent.__annotations__), with_for_update=True)
    stands = content_of(contact)
    if content == stands:
        return
    if drawn_from != version_of(stands):
        raise EditedMeanwhile
    for name, value in content.items():
        setattr(contact, name, value)
    _record(session, "contact.update", contact, actor, now)


def archive_contact(session: Session, contact: Contact, *, actor: Staff, now: datetime) -> None:
    """Take someone off the list; what is known of them is kept."""
    if contact.archived_at is None:
        contact.archived_at = now
        _record(session, "contact.archive", contact, actor, now)


def restore_contact(session: Session, contact: Contact, *, actor: Staff, now: datetime) -> None:
    """Put someone back on the list."""
    if contact.archived_at is not None:
        contact.archived_at = None
        _record(session, "contact.restore", contact, actor, now)


def _same_citizen_or_refuse(stored: Citizen, content: ProfileContent) -> Citizen:
    if profile_of(stored) != content:
        raise AlreadySaved
    return stored


def _same_or_refuse(stored: Contact, citizen: Citizen, content: ContactContent) -> Contact:
    if stored.citizen_id != citizen.id or content_of(stored) != content:
        raise AlreadySaved
    return stored


def _record(session: Session, action: str, contact: Contact, actor: Staff, now: datetime) -> None:
    audit.record(
        session, action, actor=actor, at=now, citizen_id=contact.citizen_id, object_id=contact.id
    )
