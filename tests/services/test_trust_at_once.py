"""What holds up trust holds when many do it in the same moment."""

from datetime import timedelta
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.blueprints.tapping import actions, count
from tests.factories import NOW, World
from tests.services.test_observations_at_once import all_at_once
from webapp.domain.emergency import SEARCHES_AN_HOUR
from webapp.domain.errors import ProviderAccountTaken, TooManySearches
from webapp.models import AuditEvent, EmergencyAccess, LogCheck, ProviderAccount, Staff
from webapp.services import audit, audit_checks, emergency
from webapp.services.provider_accounts import link_account, unlink_account

WHY = "Sofie har kramper i haven, og der er ingen fra Søndermarken i huset"
ISSUER = "https://login.example"


def test_the_same_check_of_the_log_asked_for_at_once_is_drawn_once(
    app: Flask, session: Session, world: World
) -> None:
    for _ in range(5):
        audit.record(session, "citizen.read", actor=world.anna, at=NOW, citizen_id=world.sofie.id)
    session.commit()
    id = uuid4()

    def draw(session: Session, _: int) -> list[object]:
        ditte = session.get_one(Staff, world.ditte.id)
        check = audit_checks.draw(session, 3, id=id, actor=ditte, now=NOW)
        return [item.event_id for item in check.items]

    answers = all_at_once(app, draw)

    assert all(answer == answers[0] for answer in answers)
    assert len(answers[0]) == 3
    assert count(session, LogCheck) == 1


def test_an_access_in_an_emergency_read_by_several_at_once_was_read_by_the_first(
    app: Flask, session: Session, world: World
) -> None:
    carl, id = world.carl, uuid4()
    emergency.begin(session, world.sofie, WHY, id=id, actor=carl, now=NOW)
    session.commit()

    def read(session: Session, number: int) -> None:
        reader = world.ditte if number % 2 else world.frida
        emergency.mark_read(
            session,
            session.get_one(EmergencyAccess, id),
            actor=session.get_one(Staff, reader.id),
            now=NOW + timedelta(seconds=number),
        )

    all_at_once(app, read)

    told = session.scalars(
        select(AuditEvent).where(AuditEvent.action == "emergency_access.mark_read")
    ).one()
    access = session.get_one(EmergencyAccess, id, populate_existing=True)
    assert (access.seen_by_id, access.seen_at) == (told.actor_id, told.at)


def test_an_access_in_an_emergency_that_is_ended_several_times_at_once_ended_once(
    app: Flask, session: Session, world: World
) -> None:
    id = uuid4()
    emergency.begin(session, world.sofie, WHY, id=id, actor=world.carl, now=NOW)
    session.commit()

    def end(session: Session, number: int) -> None:
        access = session.get_one(EmergencyAccess, id)
        carl = session.get_one(Staff, world.carl.id)
        emergency.end(session, access, actor=carl, now=NOW + timedelta(seconds=number))

    all_at_once(app, end)

    told = session.scalars(
        select(AuditEvent).where(AuditEvent.action == "emergency_access.end")
    ).one()
    assert session.get_one(EmergencyAccess, id, populate_existing=True).ends_at == told.at


def test_searches_at_once_are_no_way_past_how_many_there_may_be_in_an_hour(
    app: Flask, session: Session, world: World
) -> None:
    carl = session.get_one(Staff, world.carl.id)
    for _ in range(SEARCHES_AN_HOUR - 1):
        emergency.search(session, "Sofie", "Holm", actor=carl, now=NOW)
    session.commit()

    def look(session: Session, _: int) -> bool:
        try:
            carl = session.get_one(Staff, world.carl.id)
            emergency.search(session, "Sofie", "Holm", actor=carl, now=NOW)
        except TooManySearches:
            return False
        return True

    assert all_at_once(app, look).count(True) == 1
    assert count(session, AuditEvent) == SEARCHES_AN_HOUR


def test_an_account_that_several_link_at_once_opens_the_door_for_one(
    app: Flask, session: Session, world: World
) -> None:
    staff = [world.anna.id, world.bo.id]

    def link(session: Session, number: int) -> UUID | None:
        someone = session.get_one(Staff, staff[number % 2])
        try:
            link_account(session, someone, ISSUER, "subject-1", now=NOW)
        except ProviderAccountTaken:
            return None
        return someone.id

    linked = set(all_at_once(app, link)) - {None}

    assert linked == {session.scalars(select(ProviderAccount.staff_id)).one()}
    assert actions(session).count("provider_account.link") == 1


def test_an_account_that_is_unlinked_several_times_at_once_is_told_of_once(
    app: Flask, session: Session, world: World
) -> None:
    link_account(session, session.get_one(Staff, world.anna.id), ISSUER, "subject-1", now=NOW)
    session.commit()

    all_at_once(
        app,
        lambda session, _: unlink_account(session, session.get_one(Staff, world.anna.id), now=NOW),
    )

    assert count(session, ProviderAccount) == 0
    assert actions(session).count("provider_account.unlink") == 1
