"""Everything recorded is sealed when it is committed, and whatever is done to it later is found."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.blueprints.tapping import count
from tests.databases import let_tamper
from tests.factories import NOW, World
from tests.services.test_observations_at_once import TOGETHER, all_at_once
from webapp.db import db
from webapp.domain.audit_chain import START, Break, BreakKind, as_sealed, digest_after
from webapp.models import AuditEvent, AuditLink, Staff
from webapp.services import audit
from webapp.services.audit_chain import breaks, last_link


def look(session: Session, staff: Staff, minutes: int = 0) -> AuditEvent:
    """Record that somebody looked at something."""
    at = NOW + timedelta(minutes=minutes, microseconds=minutes)
    return audit.record(
        session, "citizen.read", actor=staff, at=at, citizen_id=uuid4(), reason="Æble, “ja”\n\\"
    )


@pytest.fixture
def looks(session: Session, world: World) -> list[UUID]:
    """Five looks, each in a commit of its own; their ids in order."""
    ids = []
    for minute in range(5):
        event = look(session, world.anna, minute)
        session.commit()
        ids.append(event.id)
    return ids


def found(session: Session, anchors: dict[int, str] | None = None) -> list[Break]:
    session.expire_all()
    return list(breaks(session, anchors or {}))


# Sealing


def test_every_look_has_its_link_in_the_order_of_the_commits(
    session: Session, looks: list[UUID]
) -> None:
    assert session.scalars(select(AuditLink.number).order_by(AuditLink.number)).all() == [
        *range(1, 6)
    ]
    assert session.scalars(select(AuditLink.event_id).order_by(AuditLink.number)).all() == looks
    assert found(session) == []


def test_what_is_rolled_back_has_no_link(session: Session, world: World) -> None:
    look(session, world.anna)
    session.rollback()
    session.add(world.home)
    session.commit()

    look(session, world.anna)
    session.commit()

    assert count(session, AuditEvent) == count(session, AuditLink) == 1
    assert found(session) == []


def test_what_is_rolled_back_with_a_savepoint_has_no_link(session: Session, world: World) -> None:
    look(session, world.anna, 1)
    with session.begin_nested():
        look(session, world.anna, 2)
    undone = session.begin_nested()
    look(session, world.anna, 3)
    session.flush()
    undone.rollback()
    assert count(session, AuditLink) == 0, "the chain is only held at the very end"
    session.commit()

    assert count(session, AuditEvent) == count(session, AuditLink) == 2
    assert found(session) == []


def test_a_chain_that_was_thrown_away_is_never_made_whole_by_the_next_event(
    session: Session, world: World, looks: list[UUID]
) -> None:
    with let_tamper(session):
        session.execute(delete(AuditEvent).where(AuditEvent.id == looks[1]))
        session.execute(delete(AuditLink))
    session.commit()

    look(session, world.anna, 9)
    session.commit()

    told = found(session)
    assert {each.kind for each in told} == {BreakKind.NOT_SEALED}
    assert len(told) == 4


def test_nothing_is_put_in_the_place_of_what_was_logged(
    session: Session, looks: list[UUID]
) -> None:
    if session.get_bind().dialect.name == "sqlite":
        again = "INSERT OR REPLACE INTO audit_events (id, at, action) VALUES (:id, :at, 'x.y')"
        with pytest.raises(DBAPIError, match="only added to"):
            session.execute(text(again), {"id": looks[0].hex, "at": "2026-11-21 18:30:00.000000"})
        session.rollback()
    assert found(session) == []


def test_what_is_recorded_on_a_tablet_says_so(session: Session, world: World) -> None:
    tablet = uuid4()
    audit.act_on(session, tablet)

    event = look(session, world.anna)
    session.commit()

    assert event.device_id == tablet
    assert found(session) == []


def test_sixteen_writers_at_once_make_one_chain_without_gaps(app: Flask, world: World) -> None:
    with app.app_context():
        anna = world.anna

    def write(session: Session, number: int) -> None:
        staff = session.get_one(Staff, anna.id)
        look(session, staff, number)
        session.commit()
        look(session, staff, number)

    all_at_once(app, write, together=2 * TOGETHER)

    with app.app_context():
        assert count(db.session(), AuditLink) == 4 * TOGETHER
        assert last_link(db.session()) is not None
        assert found(db.session()) == []


# The database refuses


@pytest.mark.parametrize("model", [AuditEvent, AuditLink])
def test_the_database_refuses_to_change_and_to_remove_what_was_logged(
    session: Session, looks: list[UUID], model: type[AuditEvent | AuditLink]
) -> None:
    column = "action" if model is AuditEvent else "digest"
    for act in (delete(model), update(model).values({column: "x"})):
        with pytest.raises(DBAPIError, match="only added to"):
            session.execute(act)
        session.rollback()

    assert found(session) == []


# Somebody with the database's own password


def tamper(session: Session, *statements: str, **values: object) -> None:
    """Do what the triggers forbid, as somebody can who owns the database."""
    with let_tamper(session):
        for statement in statements:
            session.execute(text(statement), values)
    session.commit()


def stored(session: Session, id: UUID) -> object:
    """Return an id as this database keeps it."""
    return id if session.get_bind().dialect.name == "postgresql" else id.hex


@pytest.mark.parametrize(
    "change",
    [
        "action = 'plan.read'",
        "reason = NULL",
        "actor_id = home_id",
        "citizen_id = NULL",
        "home_id = NULL",
        "object_id = id",
        "device_id = id",
    ],
)
def test_a_changed_event_is_found_where_it_stands(
    session: Session, looks: list[UUID], change: str
) -> None:
    tamper(
        session,
        f"UPDATE audit_events SET {change} WHERE id = :id",  # noqa: S608
        id=stored(session, looks[2]),
    )

    assert found(session) == [Break(BreakKind.EVENT_CHANGED, 3, looks[2].hex)]


def test_a_time_moved_by_a_microsecond_is_found(session: Session, looks: list[UUID]) -> None:
    with let_tamper(session):
        later = NOW + timedelta(minutes=2, microseconds=3)
        session.execute(update(AuditEvent).where(AuditEvent.id == looks[2]).values(at=later))
    session.commit()

    assert found(session) == [Break(BreakKind.EVENT_CHANGED, 3, looks[2].hex)]


def test_a_removed_event_is_found(session: Session, looks: list[UUID]) -> None:
    tamper(session, "DELETE FROM audit_events WHERE id = :id", id=stored(session, looks[4]))

    assert found(session) == [Break(BreakKind.EVENT_GONE, 5, looks[4].hex)]


def test_an_event_removed_with_its_link_is_found(session: Session, looks: list[UUID]) -> None:
    tamper(
        session,
        "DELETE FROM audit_links WHERE event_id = :id",
        "DELETE FROM audit_events WHERE id = :id",
        id=stored(session, looks[1]),
    )

    assert found(session) == [
        Break(BreakKind.LINK_GONE, 2),
        Break(BreakKind.EVENT_CHANGED, 3, looks[2].hex),
    ]


def test_an_event_put_in_from_outside_is_found(session: Session, looks: list[UUID]) -> None:
    smuggled = uuid4()
    session.execute(insert(AuditEvent).values(id=smuggled, at=NOW, action="citizen.read"))
    session.commit()

    assert found(session) == [Break(BreakKind.NOT_SEALED, None, smuggled.hex)]


def test_an_event_put_in_with_a_link_of_its_own_is_found(
    session: Session, looks: list[UUID]
) -> None:
    smuggled = uuid4()
    session.execute(insert(AuditEvent).values(id=smuggled, at=NOW, action="citizen.read"))
    session.execute(insert(AuditLink).values(number=6, event_id=smuggled, digest="0" * 64))
    session.commit()

    assert found(session) == [Break(BreakKind.EVENT_CHANGED, 6, smuggled.hex)]


def test_two_swapped_links_are_found(session: Session, looks: list[UUID]) -> None:
    with let_tamper(session):
        for number in (2, 4):
            away = update(AuditLink).where(AuditLink.number == number)
            session.execute(away.values(event_id=uuid4()))
        for number, id in ((2, looks[3]), (4, looks[1])):
            there = update(AuditLink).where(AuditLink.number == number)
            session.execute(there.values(event_id=id))
    session.commit()

    assert found(session) == [
        Break(BreakKind.EVENT_CHANGED, 2, looks[3].hex),
        Break(BreakKind.EVENT_CHANGED, 4, looks[1].hex),
    ]


def test_an_end_that_was_cut_off_is_found_against_an_anchor(
    session: Session, looks: list[UUID]
) -> None:
    last = last_link(session)
    assert last
    with let_tamper(session):
        session.execute(delete(AuditEvent).where(AuditEvent.id.in_(looks[3:])))
        session.execute(delete(AuditLink).where(AuditLink.number > 3))
    session.commit()

    assert found(session) == []
    assert found(session, dict([last])) == [Break(BreakKind.END_GONE, 4)]


def test_a_log_that_was_rebuilt_is_found_against_an_anchor(
    session: Session, world: World, looks: list[UUID]
) -> None:
    last = last_link(session)
    assert last
    tamper(session, "UPDATE audit_events SET action = 'plan.read'", "DELETE FROM audit_links")
    digest = START
    for number, id in enumerate(looks, 1):
        event = session.get_one(AuditEvent, id)
        said = [as_sealed(getattr(event, column.key)) for column in AuditEvent.__table__.columns]
        digest = digest_after(digest, said)
        session.add(AuditLink(number=number, event_id=id, digest=digest))
    session.commit()
    assert found(session) == []
    assert found(session, dict([last])) == [Break(BreakKind.NOT_AS_ANCHORED, 5, looks[4].hex)]
