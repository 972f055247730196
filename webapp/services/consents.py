"""Write down a yes and a no, and read what they come to."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import TypedDict
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from webapp.domain import consenting
from webapp.domain.days import local_day
from webapp.domain.errors import AlreadySaved
from webapp.models import Citizen, Consent, ConsentGiver, ConsentPurpose, Staff
from webapp.services import audit


class ConsentContent(TypedDict):
    """What is written down of a yes."""

    purpose: ConsentPurpose
    given_by: ConsentGiver
    giver_name: str
    how: str
    given_on: date
    until: date | None


def consents_of(session: Session, citizen: Citizen) -> Sequence[Consent]:
    """Return every consent of a citizen, also those that no longer count; newest first."""
    return session.scalars(
        select(Consent)
        .where(Consent.citizen_id == citizen.id)
        .options(joinedload(Consent.recorded_by), joinedload(Consent.withdrawn_by))
        .order_by(Consent.recorded_at.desc(), Consent.id)
    ).all()


def consents_to(
    session: Session, purpose: ConsentPurpose, citizen_ids: Collection[UUID]
) -> Mapping[UUID, Sequence[Consent]]:
    """Return what was said about a purpose, by citizen, the citizen beside it. One query.

    Of a citizen about whom nothing was said it is empty; of no citizens nothing is asked.
    """
    found: dict[UUID, list[Consent]] = defaultdict(list)
    if citizen_ids:
        said = session.scalars(
            select(Consent)
            .where(Consent.citizen_id.in_(citizen_ids), Consent.purpose == purpose)
            .options(joinedload(Consent.citizen))
        )
        for consent in said:
            found[consent.citizen_id].append(consent)
    return found


def create_consent(
    session: Session,
    citizen: Citizen,
    content: ConsentContent,
    *,
    id: UUID,
    actor: Staff,
    now: datetime,
) -> Consent:
    """Write down that somebody said yes. Sending the same id again returns the stored one.

    Args:
        session: Not committed here.
        citizen: Held until the commit, so that a yes and a no at once do not pass each other.
        content: All of it.
        id: Drawn with the form.
        actor: Who writes it down.
        now: Aware.

    Raises:
        AlreadySaved, and what `consenting.check` raises.
    """
    session.refresh(citizen, ["born_on", "kind"], with_for_update=True)
    if stored := session.get(Consent, id):
        return _same_or_refuse(stored, citizen, content)
    consent = Consent(
        id=id, citizen_id=citizen.id, recorded_by_id=actor.id, recorded_at=now, **content
    )
    zone = ZoneInfo(actor.home.timezone)
    earlier = consents_of(session, citizen)
    consenting.check(consent, citizen, earlier, today=local_day(now, zone), zone=zone)
    try:
        with session.begin_nested():
            session.add(consent)
    except IntegrityError:
        return _same_or_refuse(session.get_one(Consent, id), citizen, content)
    _record(session, "consent.create", consent, actor, now)
    return consent


def withdraw_consent(
    session: Session, consent: Consent, *, said_by: str, words: str, actor: Staff, now: datetime
) -> None:
    """Take a yes back, at once, and every other that counts for the same purpose.

    One that was withdrawn already stays as it is: who was first is kept.

    Args:
        session: Not committed here.
        consent: One of those that somebody takes back.
        said_by: Who takes it back.
        words: How it was said.
        actor: Who writes it down.
        now: Aware.
    """
    session.refresh(consent.citizen, ["kind"], with_for_update=True)
    session.refresh(consent, ["withdrawn_at"])
    if consent.withdrawn_at:
        return
    for each in consents_of(session, consent.citizen):
        if each.purpose is consent.purpose and each.withdrawn_at is None:
            each.withdrawn_at, each.withdrawn_by = now, actor
            each.withdrawer_name, each.withdrawal_words = said_by, words
    _record(session, "consent.withdraw", consent, actor, now)


def _same_or_refuse(stored: Consent, citizen: Citizen, content: ConsentContent) -> Consent:
    is_same = all(getattr(stored, name) == value for name, value in content.items())
    if stored.citizen_id != citizen.id or not is_same:
        raise AlreadySaved
    return stored


def _record(session: Session, action: str, consent: Consent, actor: Staff, now: datetime) -> None:
    audit.record(
        session, action, actor=actor, at=now, citizen_id=consent.citizen_id, object_id=consent.id
    )
