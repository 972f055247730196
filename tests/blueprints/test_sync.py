"""What tablets deliver later: tapped = stored, per author, once. Whoever brings it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.blueprints.conftest import Ledger
from tests.blueprints.tapping import actions, count, tap
from tests.factories import NOW, World, add_device, add_done, add_observation
from tests.sync.tablet import NONCE, Pen, ask_for_grant, deliver, said, statuses, time_text
from webapp.models import (
    AuditEvent,
    Department,
    Device,
    Goal,
    GoalAcknowledgement,
    Intervention,
    InterventionDone,
    InterventionStatus,
    Observation,
    Outcome,
    ReceiptStatus,
    Sign,
    Staff,
    SyncReceipt,
    Withdrawal,
)

LATER = NOW + timedelta(hours=5)
"""When the network is back."""


@pytest.fixture
def annas(anna: FlaskClient) -> Pen:
    """Anna's grant on a tablet."""
    return ask_for_grant(anna)


@pytest.fixture
def bos(bo: FlaskClient) -> Pen:
    """Bo's grant on the same tablet."""
    return ask_for_grant(bo)


def observations(session: Session) -> list[Observation]:
    return list(session.scalars(select(Observation).order_by(Observation.happened_at)))


def receipt_of(session: Session) -> SyncReceipt:
    return session.scalars(select(SyncReceipt)).one()


def at(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


# The first paragraph of it all


def test_c1_what_anna_and_bo_tapped_is_stored_as_theirs_at_its_time_with_nobody_signed_in(
    client: FlaskClient,
    annas: Pen,
    bos: Pen,
    session: Session,
    world: World,
    set_clock: Callable[[datetime], None],
    ledger: Ledger,
) -> None:
    ids = [uuid4() for _ in range(16)]
    taps = [
        (annas if place < 11 else bos).tap(world.takes_brush.id, id=id, at=at(60 * place))
        for place, id in enumerate(ids)
    ]
    set_clock(LATER)

    answer = deliver(client, *taps, pens=[annas, bos])

    assert statuses(answer) == ["stored"] * 16
    assert [each["id"] for each in said(answer)["results"]] == [str(id) for id in ids]
    assert (said(answer)["nonce"], said(answer)["server_time"]) == (
        NONCE,
        "2026-11-21T23:30:00.000Z",
    )
    assert "Set-Cookie" not in answer.headers
    stored = observations(session)
    assert [row.id for row in stored] == ids
    assert [row.author_id for row in stored] == [world.anna.id] * 11 + [world.bo.id] * 5
    assert [row.happened_at for row in stored] == [at(60 * place) for place in range(16)]
    assert {row.received_at for row in stored} == {LATER}
    assert (ledger.last.commits, ledger.last.events) == (1, 16)
    told = session.scalars(select(AuditEvent).where(AuditEvent.action == "observation.create"))
    assert {(event.object_id, event.actor_id, event.at) for event in told} == {
        (row.id, row.author_id, LATER) for row in stored
    }


def test_b6_a_batch_that_is_sent_again_is_already_there(
    client: FlaskClient, annas: Pen, session: Session, world: World, ledger: Ledger
) -> None:
    taps = [annas.tap(world.takes_brush.id, id=uuid4()) for _ in range(3)]
    deliver(client, *taps[:2], pens=[annas])

    again = deliver(client, *taps, pens=[annas])

    assert statuses(again) == ["already", "already", "stored"]
    assert ledger.last.events == 1
    assert count(session, Observation) == 3


def test_the_same_entry_twice_in_one_batch_is_stored_once(
    client: FlaskClient, annas: Pen, session: Session, world: World
) -> None:
    once = annas.tap(world.takes_brush.id, id=uuid4())

    assert statuses(deliver(client, once, once, pens=[annas])) == ["stored", "already"]
    assert count(session, Observation) == 1


def test_what_the_page_stored_already_is_not_stored_again(
    client: FlaskClient, anna: FlaskClient, annas: Pen, session: Session, world: World
) -> None:
    """The page's answer was lost, so the tablet kept the tap and sends it again."""
    id = uuid4()
    tap(anna, world.takes_brush, id=id)

    answer = deliver(client, annas.tap(world.takes_brush.id, id=id), pens=[annas])

    assert statuses(answer) == ["already"]
    assert count(session, Observation) == 1
    assert actions(session).count("observation.create") == 1


def test_the_tablet_is_told_in_the_log(
    app: Flask, client: FlaskClient, anna: FlaskClient, session: Session, world: World
) -> None:
    device, secret = add_device(session, world.soendermarken, world.ditte)
    session.commit()
    anna.set_cookie("smaategn-tablet", secret)
    pen = ask_for_grant(anna)

    deliver(client, pen.tap(world.takes_brush.id, id=uuid4()), pens=[pen])

    told = session.scalars(
        select(AuditEvent).where(AuditEvent.action == "observation.create")
    ).one()
    assert told.device_id == device.id
    assert pen.claims["dev"] == str(device.id)
    assert receipt_of(session).device_id == device.id


# All kinds


def test_every_kind_is_stored_like_the_page_stores_it(
    client: FlaskClient, annas: Pen, session: Session, world: World
) -> None:
    intervention = session.scalars(select(Intervention)).one()
    tapped, whole, corrected, done, seen = (uuid4() for _ in range(5))

    answer = deliver(
        client,
        annas.tap(world.takes_brush.id, id=tapped, note="Uden hjælp ☀️\r\n"),
        annas.entry(
            "observation.create_for_goal",
            world.teeth.id,
            [("new_id", str(whole)), ("outcome", "no_opportunity"), ("at", "2026-11-21T15:00")],
            id=whole,
        ),
        annas.entry(
            "observation.correct",
            tapped,
            [("new_id", str(corrected)), ("support_level", "verbal")],
            id=corrected,
            at=at(30),
        ),
        annas.entry("intervention.carry_out", intervention.id, [("new_id", str(done))], id=done),
        annas.entry("goal.acknowledge", world.teeth.id, [("new_id", str(seen))], id=seen),
        annas.entry("intervention.withdraw", done, at=at(9)),
        annas.entry("observation.withdraw", whole, at=at(9)),
        pens=[annas],
    )

    assert statuses(answer) == ["stored"] * 7
    said = session.get_one(Observation, corrected)
    assert (said.supersedes_id, said.support_level, said.note) == (
        *(tapped, "verbal", "Uden hjælp ☀️\r\n"),
    )
    assert session.get(Observation, whole) is None
    assert count(session, InterventionDone) == 0
    assert session.get(GoalAcknowledgement, seen) is not None
    assert {row.observation_id for row in session.scalars(select(Withdrawal))} == {whole, done}
    assert actions(session).count("intervention.withdraw") == 1


# Time


def test_an_undo_within_seconds_counts_however_late_it_comes(
    client: FlaskClient,
    annas: Pen,
    session: Session,
    world: World,
    set_clock: Callable[[datetime], None],
) -> None:
    id = uuid4()
    tapped = annas.tap(world.takes_brush.id, id=id)
    undone = annas.entry("observation.withdraw", id, at=at(9))
    set_clock(LATER)

    assert statuses(deliver(client, tapped, undone, pens=[annas])) == ["stored", "stored"]
    assert count(session, Observation) == 0


def test_an_undo_after_the_seconds_takes_the_tap_back_in_a_row_that_stays(
    client: FlaskClient,
    annas: Pen,
    session: Session,
    world: World,
    set_clock: Callable[[datetime], None],
) -> None:
    id = uuid4()
    tapped = annas.tap(world.takes_brush.id, id=id)
    undone = annas.entry("observation.withdraw", id, at=at(3600))
    set_clock(LATER)

    answer = deliver(client, tapped, undone, pens=[annas])

    assert statuses(answer) == ["stored", "review too_late_to_undo"]
    assert [row.outcome for row in observations(session)] == [Outcome.SEEN, Outcome.RETRACTED]


def test_taking_back_an_intervention_too_late_leaves_it_and_is_looked_at(
    client: FlaskClient, annas: Pen, session: Session, world: World
) -> None:
    intervention = session.scalars(select(Intervention)).one()
    done = add_done(session, intervention, world.anna, ago=timedelta(minutes=5))
    session.commit()

    answer = deliver(client, annas.entry("intervention.withdraw", done.id), pens=[annas])

    assert statuses(answer) == ["review too_late_to_undo"]
    assert count(session, InterventionDone) == 1
    assert receipt_of(session).envelope, "the wish itself is kept"


@pytest.mark.parametrize(
    ("captured", "offset", "happened", "status"),
    [
        (NOW, 0, NOW, "stored"),
        (NOW - timedelta(minutes=5), 300_000, NOW, "stored"),
        (NOW, None, NOW, "stored"),
        (NOW - timedelta(days=8), 8 * 86_400_000, NOW, "review clock_skew"),
        (NOW + timedelta(days=8), 0, LATER, "review clock_skew"),
        (NOW - timedelta(days=8), 0, NOW, "review clock_skew"),
        (datetime.fromisoformat("1970-01-01T00:00:00Z"), None, NOW, "review clock_skew"),
        (datetime.fromisoformat("2999-12-31T23:59:59Z"), None, LATER, "review clock_skew"),
        (datetime.fromisoformat("0001-01-01T00:00:00Z"), -(10**15), NOW, "review clock_skew"),
        (datetime.fromisoformat("9999-12-31T23:59:59Z"), 10**15, LATER, "review clock_skew"),
    ],
)
def test_a12_a_wrong_clock_loses_nothing(
    client: FlaskClient,
    annas: Pen,
    session: Session,
    world: World,
    set_clock: Callable[[datetime], None],
    captured: datetime,
    offset: int | None,
    happened: datetime,
    status: str,
) -> None:
    id = uuid4()
    fields = [("new_id", str(id)), ("outcome", "seen")]
    entry = annas.entry(
        *("observation.create_for_sign", world.takes_brush.id, fields),
        id=id,
        at=captured,
        clock_offset=offset,
    )
    set_clock(LATER)

    assert statuses(deliver(client, entry, pens=[annas])) == [status]
    [stored] = observations(session)
    assert (stored.happened_at, stored.received_at) == (happened, LATER)
    receipt = receipt_of(session)
    assert (receipt.captured_at, receipt.happened_at) == (captured, happened)


@pytest.mark.parametrize(
    ("told", "status"),
    [
        (LATER, "stored"),
        (LATER - timedelta(minutes=1), "stored"),
        (LATER + timedelta(hours=2), "review clock_skew"),
        (datetime.fromisoformat("1970-01-01T00:00:00Z"), "review clock_skew"),
        (datetime.fromisoformat("9999-12-31T23:59:59Z"), "review clock_skew"),
        (None, "stored"),
    ],
)
def test_a12_a_clock_that_was_set_without_network_is_looked_at(
    client: FlaskClient,
    annas: Pen,
    session: Session,
    world: World,
    set_clock: Callable[[datetime], None],
    told: datetime | None,
    status: str,
) -> None:
    """Tapped at 20.30 on a tablet whose clock was set two hours ahead after its last answer."""
    claimed = at(3 * 3600)
    entry = annas.tap(world.takes_brush.id, id=uuid4(), at=claimed)
    set_clock(LATER)

    answer = deliver(client, entry, pens=[annas], now=time_text(told) if told else None)

    assert statuses(answer) == [status]
    [stored] = observations(session)
    assert (stored.happened_at, stored.received_at) == (claimed, LATER)


def test_f1_what_is_there_already_tells_when_it_came(
    client: FlaskClient, annas: Pen, world: World, set_clock: Callable[[datetime], None]
) -> None:
    """The answer was lost, and the tablet shows the time of the next one."""
    entry = annas.tap(world.takes_brush.id, id=uuid4())
    deliver(client, entry, pens=[annas])
    set_clock(LATER)

    [again] = said(deliver(client, entry, pens=[annas]))["results"]

    assert (again["status"], again["received_at"]) == ("already", time_text(NOW))


def test_a_grant_that_is_over_gives_doubt_and_no_refusal(
    client: FlaskClient,
    annas: Pen,
    session: Session,
    world: World,
    set_clock: Callable[[datetime], None],
) -> None:
    late = annas.tap(world.takes_brush.id, id=uuid4(), at=NOW + timedelta(hours=17))
    old = annas.tap(world.takes_brush.id, id=uuid4())
    set_clock(NOW + timedelta(hours=18))
    assert statuses(deliver(client, late, pens=[annas])) == ["review captured_late"]

    set_clock(NOW + timedelta(days=91))

    assert statuses(deliver(client, old, pens=[annas])) == ["review delivered_late"]
    assert count(session, Observation) == 2


# What has changed meanwhile


def close_goal(session: Session, world: World) -> None:
    session.get_one(Goal, world.teeth.id).closed_at = NOW


def archive_sign(session: Session, world: World) -> None:
    session.get_one(Sign, world.takes_brush.id).archived_at = NOW


def move_anna(session: Session, world: World) -> None:
    laerkereden = session.get_one(Department, world.laerkereden.id)
    session.get_one(Staff, world.anna.id).departments = [laerkereden]


def make_anna_admin(session: Session, world: World) -> None:
    session.get_one(Staff, world.anna.id).role = world.frida.role


def deactivate_anna(session: Session, world: World) -> None:
    session.get_one(Staff, world.anna.id).deactivated_at = NOW


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (close_goal, "goal_closed"),
        (archive_sign, "sign_archived"),
        (move_anna, "not_in_reach"),
        (make_anna_admin, "not_in_reach"),
        (deactivate_anna, "staff_deactivated"),
    ],
)
def test_a13_c5_c6_what_held_when_it_was_tapped_is_stored_and_looked_at(
    client: FlaskClient,
    annas: Pen,
    session: Session,
    world: World,
    change: Callable[[Session, World], None],
    reason: str,
) -> None:
    change(session, world)
    session.commit()

    answer = deliver(client, annas.tap(world.takes_brush.id, id=uuid4()), pens=[annas])

    assert statuses(answer) == [f"review {reason}"]
    assert [row.author_id for row in observations(session)] == [world.anna.id]
    receipt = receipt_of(session)
    assert (receipt.status, receipt.doubts) == (ReceiptStatus.REVIEW, [reason])
    assert (receipt.citizen_id, receipt.envelope) == (world.sofie.id, None)


def test_c11_a_tablet_that_was_let_go_still_delivers_and_is_looked_at(
    client: FlaskClient, anna: FlaskClient, session: Session, world: World
) -> None:
    device, secret = add_device(session, world.soendermarken, world.ditte)
    session.commit()
    anna.set_cookie("smaategn-tablet", secret)
    pen = ask_for_grant(anna)
    session.get_one(Device, device.id).revoked_at = NOW
    session.commit()

    answer = deliver(client, pen.tap(world.takes_brush.id, id=uuid4()), pens=[pen])

    assert statuses(answer) == ["review device_revoked"]


def test_a_paused_intervention_was_still_carried_out(
    client: FlaskClient, annas: Pen, session: Session, world: World
) -> None:
    intervention = session.scalars(select(Intervention)).one()
    intervention.status = InterventionStatus.PAUSED
    session.commit()
    id = uuid4()

    entry = annas.entry("intervention.carry_out", intervention.id, [("new_id", str(id))], id=id)

    assert statuses(deliver(client, entry, pens=[annas])) == ["review intervention_not_running"]
    assert session.get_one(InterventionDone, id).happened_at == NOW


def test_a_correction_of_another_day_without_a_reason_is_stored_and_looked_at(
    client: FlaskClient, annas: Pen, session: Session, world: World
) -> None:
    old = add_observation(
        session, world.teeth, world.takes_brush, world.anna, ago=timedelta(days=2)
    )
    session.commit()
    id = uuid4()
    fields = [("new_id", str(id)), ("note", "Med tandpasta")]

    answer = deliver(
        client, annas.entry("observation.correct", old.id, fields, id=id), pens=[annas]
    )

    assert statuses(answer) == ["review too_late_to_correct"]
    assert receipt_of(session).doubts == ["too_late_to_correct", "reason_missing"]
    assert session.get_one(Observation, id).supersedes_id == old.id


# Held


def test_b19_what_builds_on_an_entry_that_is_on_its_way_waits_for_it(
    client: FlaskClient,
    annas: Pen,
    session: Session,
    world: World,
    ledger: Ledger,
    set_clock: Callable[[datetime], None],
) -> None:
    tapped, corrected = uuid4(), uuid4()
    tap_entry = annas.tap(world.takes_brush.id, id=tapped)
    fields = [("new_id", str(corrected)), ("support_level", "gesture")]
    correction = annas.entry("observation.correct", tapped, fields, id=corrected, at=at(5))
    undo = annas.entry("observation.withdraw", corrected, at=at(8))
    assert statuses(deliver(client, undo, pens=[annas])) == ["held"]
    assert statuses(deliver(client, correction, undo, pens=[annas])) == ["held", "held"]
    assert ledger.last.events == 0
    set_clock(LATER)

    answer = deliver(client, tap_entry, pens=[annas])

    assert statuses(answer) == ["stored"]
    assert ledger.last.events == 3
    assert count(session, Observation) == 0
    assert statuses(deliver(client, correction, undo, pens=[annas])) == ["already", "already"]
    rows = session.scalars(select(SyncReceipt)).all()
    assert {(row.status, row.envelope, row.waits_for) for row in rows} == {
        (ReceiptStatus.STORED, None, None)
    }


def test_a_correction_of_what_was_taken_back_has_nothing_more_to_do(
    client: FlaskClient, annas: Pen, session: Session, world: World
) -> None:
    tapped, corrected = uuid4(), uuid4()
    fields = [("new_id", str(corrected)), ("note", "Selv")]

    answer = deliver(
        client,
        annas.tap(world.takes_brush.id, id=tapped),
        annas.entry("observation.withdraw", tapped, at=at(3)),
        annas.entry("observation.correct", tapped, fields, id=corrected, at=at(2)),
        annas.entry("observation.withdraw", tapped, at=at(4)),
        pens=[annas],
    )

    assert statuses(answer) == ["stored"] * 4
    assert count(session, Observation) == 0


# Refused, one by one


def test_b22_the_same_id_with_another_content_is_a_conflict_and_both_are_kept(
    client: FlaskClient, annas: Pen, bos: Pen, session: Session, world: World
) -> None:
    id = uuid4()
    first = annas.tap(world.takes_brush.id, id=id)
    second = bos.tap(world.says_done.id, id=id)

    answer = deliver(client, first, second, pens=[annas, bos])

    assert statuses(answer) == ["stored", "conflict same_id_other_content"]
    assert statuses(deliver(client, second, first, pens=[annas, bos])) == [
        "conflict same_id_other_content",
        "already",
    ]
    [stored] = observations(session)
    assert stored.author_id == world.anna.id
    kept = session.scalars(
        select(SyncReceipt).where(SyncReceipt.status == ReceiptStatus.CONFLICT)
    ).one()
    assert (kept.envelope, kept.staff_id) == (second, world.bo.id)


def test_another_content_than_the_page_stored_is_a_conflict(
    client: FlaskClient, anna: FlaskClient, annas: Pen, world: World
) -> None:
    id = uuid4()
    tap(anna, world.takes_brush, id=id)

    entry = annas.tap(world.takes_brush.id, id=id, note="Noget andet")

    assert statuses(deliver(client, entry, pens=[annas])) == ["conflict same_id_other_content"]


def test_nobody_undoes_or_corrects_what_a_colleague_tapped(
    client: FlaskClient, annas: Pen, bos: Pen, session: Session, world: World
) -> None:
    id, other = uuid4(), uuid4()
    fields = [("new_id", str(other)), ("note", "Nej")]

    answer = deliver(
        client,
        annas.tap(world.takes_brush.id, id=id),
        bos.entry("observation.withdraw", id, at=at(1)),
        bos.entry("observation.correct", id, fields, id=other, at=at(1)),
        pens=[annas, bos],
    )

    assert statuses(answer) == ["stored", *["rejected not_the_author"] * 2]
    assert count(session, Observation) == 1


def test_what_is_not_in_ones_own_home_is_not_found(
    client: FlaskClient, annas: Pen, session: Session, world: World
) -> None:
    strange = session.scalars(
        select(Sign).join(Sign.goal).where(Sign.text == "Vera tager telefonen")
    ).one()

    answer = deliver(
        client,
        annas.tap(strange.id, id=uuid4()),
        annas.tap(uuid4(), id=uuid4()),
        annas.tap(world.takes_brush.id, id=uuid4()),
        pens=[annas],
    )

    assert statuses(answer) == ["rejected not_found"] * 2 + ["stored"]


def test_a_citizen_opened_in_an_emergency_was_in_reach_then(
    client: FlaskClient,
    as_staff: Callable[[Staff], FlaskClient],
    session: Session,
    world: World,
    set_clock: Callable[[datetime], None],
) -> None:
    carl = as_staff(world.carl)
    pen = ask_for_grant(carl)
    why = "Sofie har kramper i haven, og der er ingen fra Søndermarken i huset"
    opened = {"new_id": str(uuid4()), "citizen_id": str(world.sofie.id), "reason": why}
    carl.post("/emergency-accesses", data=opened)
    within = pen.tap(world.takes_brush.id, id=uuid4(), at=NOW + timedelta(minutes=20))
    after = pen.tap(world.takes_brush.id, id=uuid4(), at=NOW + timedelta(minutes=61))
    set_clock(LATER)

    answer = deliver(client, within, after, pens=[pen])

    assert statuses(answer) == ["stored", "review not_in_reach"]
    told = session.scalars(
        select(AuditEvent.reason)
        .where(AuditEvent.action == "observation.create")
        .order_by(AuditEvent.reason.is_(None))
    ).all()
    assert told == [why, None]
