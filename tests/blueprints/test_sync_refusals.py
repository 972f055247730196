"""Bad input to the batches: a named result or 4xx, nothing half-stored, all others unharmed."""

import base64
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from joserfc.jwk import ECKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.bench.queries import recorded
from tests.blueprints.answers import token
from tests.blueprints.tapping import actions, count, tap
from tests.factories import NOW, World
from tests.sync.tablet import (
    Pen,
    ask_for_grant,
    batch,
    deliver,
    public,
    said,
    seal,
    sign,
    statuses,
)
from webapp.blueprints.sync import doing, routes
from webapp.blueprints.sync.admission import Admission
from webapp.blueprints.sync.filling import read_form
from webapp.db import db
from webapp.models import (
    AuditEvent,
    Goal,
    Observation,
    ReceiptStatus,
    SignInThrottle,
    Staff,
    SyncGrant,
    SyncReceipt,
)
from webapp.services import once


@pytest.fixture
def annas(anna: FlaskClient) -> Pen:
    """Anna's grant on a tablet."""
    return ask_for_grant(anna)


def between_two_good(
    client: FlaskClient, pen: Pen, world: World, *bad: str, pens: list[Pen] | None = None
) -> list[str]:
    """Send bad entries between two good ones; return what became of the bad ones."""
    good = [pen.tap(world.takes_brush.id, id=uuid4()) for _ in range(2)]
    found = statuses(deliver(client, good[0], *bad, good[1], pens=pens or [pen]))
    assert (found[0], found[-1]) == ("stored", "stored")
    return found[1:-1]


def forged(token: str, **changed: Any) -> str:
    """Return a compact token with another payload and the signature it had."""
    head, payload, signature = token.split(".")
    said = json.loads(base64.urlsafe_b64decode(payload + "=="))
    text = json.dumps(said | changed).encode()
    return ".".join((head, base64.urlsafe_b64encode(text).rstrip(b"=").decode(), signature))


# Grants


def test_a_grant_says_whose_it_is_and_for_how_long(
    annas: Pen, session: Session, world: World
) -> None:
    claims = annas.claims

    assert (claims["sub"], claims["dev"]) == (str(world.anna.id), None)
    assert claims["cnf"] == {"jwk": public(annas.key)}
    assert claims["iat"] == int(NOW.timestamp())
    assert claims["cap"] - claims["iat"] == 16 * 3600
    assert claims["exp"] - claims["iat"] == 90 * 86_400
    assert str(session.scalars(select(SyncGrant.id)).one()) == claims["jti"]
    told = session.scalars(select(AuditEvent)).one()
    assert (told.action, told.actor_id) == ("sync_grant.create", world.anna.id)


@pytest.mark.parametrize(
    "sent",
    [
        *(b"", b"{", b"[]", b"null", b"[" * 10_000, b'{"key": null}'),
        *(b'{"key": {"kty": "EC", "crv": "P-384", "x": "a", "y": "b"}}', b"\xff"),
        json.dumps({"key": {"kty": "EC", "crv": "P-256", "x": "A" * 43, "y": "A" * 43}}).encode(),
    ],
    ids=lambda sent: str(sent)[:30],
)
def test_a_key_that_is_none_gets_no_grant(anna: FlaskClient, session: Session, sent: bytes) -> None:
    answer = anna.post("/sync/grants", data=sent, content_type="application/json")

    assert (answer.status_code, answer.json) == (400, {"error": "malformed"})
    assert count(session, SyncGrant) == 0


def test_a_grant_needs_a_session_a_right_and_the_pages_token(
    app: Flask,
    client: FlaskClient,
    anna: FlaskClient,
    as_staff: Callable[[Staff], FlaskClient],
    world: World,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = {"key": public(ECKey.generate_key("P-256"))}
    assert client.post("/sync/grants", json=asked).status_code == 303
    assert as_staff(world.frida).post("/sync/grants", json=asked).status_code == 403
    drawn = token(anna, "/account")
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)

    assert anna.post("/sync/grants", json=asked).status_code == 400
    headers = {"X-CSRFToken": drawn}
    assert anna.post("/sync/grants", json=asked, headers=headers).status_code in {201, 400}


# Whole batches


@pytest.mark.parametrize(
    "sent",
    [
        *(b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b"[" * 100_000, b'{"a":' * 50_000),
        b'{"protocol": 1}',
    ],
    ids=lambda sent: str(sent)[:20],
)
def test_what_is_no_batch_is_refused_whole(
    client: FlaskClient, session: Session, world: World, sent: bytes
) -> None:
    answer = client.post("/sync/batch", data=sent, content_type="application/json")

    assert (answer.status_code, answer.json) == (400, {"error": "malformed"})
    assert "Smaategn-Sync" not in answer.headers


@pytest.mark.parametrize(
    "more",
    [
        {"protocol": 2},
        {"protocol": True},
        {"nonce": "kort"},
        {"nonce": "æ" * 22},
        {"depth": -1},
        {"depth": 10**12},
        {"depth": "3"},
        {"oldest": "i går"},
        {"oldest": 0},
        {"entries": ["x"] * 51},
        {"entries": [7]},
        {"entries": None},
        {"grants": [{"account": "x"}]},
        {"grants": [{"grant": "x", "account": 0}]},
        {"app": "x" * 65},
        {"persisted": "ja"},
    ],
    ids=str,
)
def test_a_batch_that_says_something_unfit_is_refused_whole(
    client: FlaskClient, annas: Pen, session: Session, world: World, more: dict[str, Any]
) -> None:
    good = annas.tap(world.takes_brush.id, id=uuid4())

    answer = client.post("/sync/batch", json=batch(good, pens=[annas]) | more)

    assert answer.status_code == 400
    assert count(session, Observation) == 0


def test_a_batch_has_to_say_that_it_is_json(client: FlaskClient, annas: Pen) -> None:
    told = json.dumps(batch(pens=[annas]))

    assert client.post("/sync/batch", data=told, content_type="text/plain").status_code == 400


def test_a_batch_may_take_256_kb_and_one_entry_alone_a_long_note(
    client: FlaskClient, annas: Pen, session: Session, world: World
) -> None:
    long = annas.tap(world.takes_brush.id, id=uuid4(), note="☀" * 100_000)

    alone = deliver(client, long, pens=[annas])
    with_others = deliver(
        client,
        *[annas.tap(world.takes_brush.id, id=uuid4(), note="x" * 90_000) for _ in range(3)],
        pens=[annas],
    )
    ten_megabytes = client.post(
        "/sync/batch", data=b"x" * 10_000_000, content_type="application/json"
    )

    assert statuses(alone) == ["stored"]
    assert (with_others.status_code, with_others.json) == (413, {"error": "too_large"})
    assert (ten_megabytes.status_code, ten_megabytes.json) == (413, {"error": "too_large"})
    assert count(session, Observation) == 1


def test_without_entries_a_batch_only_tells_how_the_tablet_is(
    client: FlaskClient, session: Session, world: World
) -> None:
    answer = deliver(client, pens=[])

    assert statuses(answer) == []
    assert said(answer)["epoch"] == said(deliver(client, pens=[]))["epoch"]


def test_it_needs_no_session_and_no_token_but_comes_from_our_own_pages(
    app: Flask, client: FlaskClient, annas: Pen, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    told = batch(annas.tap(world.takes_brush.id, id=uuid4()), pens=[annas])

    elsewhere = client.post("/sync/batch", json=told, headers={"Sec-Fetch-Site": "cross-site"})

    assert elsewhere.status_code == 403
    assert statuses(client.post("/sync/batch", json=told)) == ["stored"]


# Single entries


def test_b11_what_nobody_can_read_harms_nothing_else(
    client: FlaskClient, annas: Pen, world: World
) -> None:
    good = annas.tap(world.takes_brush.id, id=uuid4())
    bad = [
        *("", ".", "..", "a.b.c", "ø.ø.ø", "x" * 5000, good[:-20] + "." + good[-20:], good + "."),
        sign([1], annas.key),
        sign("[" * 5000, annas.key),
        sign({"id": str(uuid4())}, annas.key),
        sign({"id": str(uuid4())}, annas.key, typ="JWT"),
        annas.entry("x", uuid4(), seq=0),
        annas.entry("x", uuid4(), seq=2**31),
        annas.entry("x", uuid4(), captured_at="i går"),
        annas.entry("x", uuid4(), captured_at="2026-02-30T12:00:00.000Z"),
        annas.entry("x", uuid4(), clock_offset=1.5),
        annas.entry("x", uuid4(), media=[{"sha256": "x"}]),
    ]

    assert between_two_good(client, annas, world, *bad) == ["rejected malformed"] * len(bad)


def test_c13_a_grant_that_is_forged_edited_or_missing_is_unknown(
    client: FlaskClient, bo: FlaskClient, annas: Pen, session: Session, world: World
) -> None:
    bos, stolen, own = ask_for_grant(bo), ask_for_grant(bo), ask_for_grant(bo)
    missing = ask_for_grant(bo)
    stolen.grant = forged(stolen.grant, sub=str(world.anna.id))
    own.grant = sign(own.claims, own.key, typ="smaategn-grant+jwt", kid=own.seal_to["kid"])
    taps = [pen.tap(world.takes_brush.id, id=uuid4()) for pen in (stolen, own, missing)]

    found = between_two_good(client, annas, world, *taps, pens=[annas, bos, stolen, own])

    assert found == ["rejected unknown_grant"] * 3
    assert count(session, Observation) == 2


def test_c13_an_entry_signed_with_another_key_or_changed_on_its_way_is_refused(
    client: FlaskClient, bo: FlaskClient, annas: Pen, session: Session, world: World
) -> None:
    bos = ask_for_grant(bo)
    as_anna = bos.tap(world.takes_brush.id, id=uuid4())
    as_anna = sign(json.loads(as_text(as_anna)) | {"grant": annas.claims["jti"]}, bos.key)
    good = annas.tap(world.takes_brush.id, id=uuid4())
    changed = forged(good, captured_at="2026-11-20T12:00:00.000Z")
    unsigned = good.rpartition(".")[0] + "."

    found = between_two_good(client, annas, world, as_anna, changed, unsigned, pens=[annas, bos])

    assert found == ["rejected bad_signature"] * 3
    assert count(session, SyncReceipt) == 2, "nothing is written down in anybody's name"


def as_text(entry: str) -> str:
    payload = entry.split(".")[1]
    return base64.urlsafe_b64decode(payload + "==").decode()


def test_a_body_that_cannot_be_opened_is_refused_and_kept(
    client: FlaskClient, annas: Pen, session: Session, world: World
) -> None:
    told = {
        "kind": "observation.create_for_sign",
        "target": str(world.takes_brush.id),
        "fields": [],
    }
    other = Pen(annas.key, annas.grant, public(ECKey.generate_key("P-256")) | {"kid": "x"})
    one, two, three = uuid4(), uuid4(), uuid4()
    bad = [
        annas.entry("x", uuid4(), sealed="x.y.z.æ.å"),
        annas.entry("x", uuid4(), sealed=seal(told, annas.seal_to, uuid4())),
        annas.entry("x", uuid4(), id=one, sealed=seal(told, annas.seal_to, one, zip="DEF")),
        annas.entry("x", uuid4(), id=two, sealed=seal(told, annas.seal_to, two, typ="JWT")),
        other.entry("x", uuid4(), id=three),
    ]

    assert between_two_good(client, annas, world, *bad) == ["rejected bad_seal"] * 5
    kept = session.scalars(
        select(SyncReceipt).where(SyncReceipt.status == ReceiptStatus.REJECTED)
    ).all()
    assert {row.envelope for row in kept} == set(bad)
    assert {row.staff_id for row in kept} == {world.anna.id}


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ([], "malformed"),
        ("[" * 5000, "malformed"),
        ({"kind": "goal.acknowledge"}, "malformed"),
        ({"kind": "goal.acknowledge", "target": "x", "fields": []}, "malformed"),
        ({"kind": "x", "target": str(UUID(int=1)), "fields": [["a"]]}, "malformed"),
        ({"kind": "staff.delete", "target": str(UUID(int=1)), "fields": []}, "unknown_kind"),
        ({"kind": "__class__", "target": str(UUID(int=1)), "fields": []}, "unknown_kind"),
        ({"kind": "goal.acknowledge", "target": str(UUID(int=1)), "fields": []}, "not_found"),
    ],
    ids=str,
)
def test_a_body_that_says_nothing_known_is_refused(
    client: FlaskClient, annas: Pen, world: World, body: object, reason: str
) -> None:
    entry = annas.entry("x", uuid4(), body=body)

    assert between_two_good(client, annas, world, entry) == [f"rejected {reason}"]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ([], "bad_request"),
        ([("outcome", "seen")], "bad_request"),
        ([("new_id", str(UUID(int=7))), ("outcome", "seen")], "malformed"),
        ([("new_id", "{id}"), ("outcome", "måske")], "bad_request"),
        ([("new_id", "{id}"), ("outcome", "retracted")], "outcome_only_corrects"),
        ([("new_id", "{id}"), ("outcome", "seen"), ("note", "a\x00b")], "bad_request"),
        ([("new_id", "{id}"), ("outcome", "seen"), ("value", "99")], "value_unfit"),
        ([("new_id", "{id}"), ("outcome", "seen"), ("at", "2026-11-30T12:00")], "time_in_future"),
        ([("new_id", "{id}"), ("outcome", "seen"), ("at", "2026-11-01T12:00")], "time_too_old"),
    ],
    ids=str,
)
def test_the_forms_refuse_what_they_refuse_on_the_page(
    client: FlaskClient,
    annas: Pen,
    world: World,
    fields: list[tuple[str, str]],
    reason: str,
) -> None:
    id = uuid4()
    sent = [(name, value.format(id=id)) for name, value in fields]
    entry = annas.entry("observation.create_for_sign", world.takes_brush.id, sent, id=id)

    assert between_two_good(client, annas, world, entry) == [f"rejected {reason}"]


def test_e4_what_a_newer_client_adds_is_passed_over_and_what_it_means_anew_is_kept_there(
    client: FlaskClient, annas: Pen, session: Session, world: World
) -> None:
    id = uuid4()
    fields = [("new_id", str(id)), ("outcome", "seen"), ("weather", "rain")]
    told = {"kind": "observation.create_for_sign", "target": str(world.takes_brush.id)}
    added = annas.entry("x", id, id=id, body=told | {"fields": fields, "mood": "🌧"}, tilt=7)
    newer = annas.tap(world.takes_brush.id, id=uuid4())
    newer = sign(json.loads(as_text(newer)) | {"schema": 2}, annas.key)

    answer = deliver(client, added, newer, pens=[annas], battery=0.4)

    assert statuses(answer) == ["stored", "rejected unknown_schema"]


def test_b13_what_was_refused_by_mistake_is_stored_when_it_comes_again(
    client: FlaskClient, annas: Pen, session: Session, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = annas.tap(world.takes_brush.id, id=uuid4())
    with monkeypatch.context() as patch:
        patch.setattr(doing, "KINDS", {})
        assert statuses(deliver(client, entry, pens=[annas])) == ["rejected unknown_kind"]

    assert statuses(deliver(client, entry, pens=[annas])) == ["stored"]
    receipt = session.scalars(select(SyncReceipt)).one()
    assert (receipt.status, receipt.reason, receipt.envelope) == (ReceiptStatus.STORED, "", None)


def test_b13_what_was_not_to_be_logged_is_stored_as_tapped_when_it_comes_a_day_after_that_changed(
    client: FlaskClient,
    annas: Pen,
    session: Session,
    world: World,
    set_clock: Callable[[datetime], None],
) -> None:
    goal = session.get_one(Goal, world.teeth.id)
    begun, goal.activated_at = goal.activated_at, None
    session.commit()
    entry = annas.tap(world.takes_brush.id, id=uuid4())
    assert statuses(deliver(client, entry, pens=[annas])) == ["rejected goal_is_draft"]
    goal.activated_at = begun
    session.commit()
    set_clock(NOW + timedelta(hours=25))

    answer = deliver(client, entry, pens=[annas])

    assert statuses(answer) == ["stored"]
    stored = session.scalars(select(Observation)).one()
    assert (stored.author_id, stored.happened_at) == (world.anna.id, NOW)


def test_an_entry_we_stumble_over_is_asked_for_again_and_the_others_are_stored(
    client: FlaskClient, annas: Pen, session: Session, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    poison = annas.entry("goal.acknowledge", world.teeth.id)

    def stumble(*_: object) -> None:
        raise RuntimeError("gik i stykker")

    monkeypatch.setattr(doing, "read_form", _only_for("goal.acknowledge", stumble))

    assert between_two_good(client, annas, world, poison) == ["retry"]
    assert count(session, SyncReceipt) == 2


def test_what_somebody_else_stores_in_this_very_moment_harms_nothing_else(
    client: FlaskClient,
    anna: FlaskClient,
    annas: Pen,
    session: Session,
    world: World,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    id = uuid4()
    tap(anna, world.takes_brush, id=id)
    # Nobody finds it beforehand, as when the page's own POST is still under way.
    monkeypatch.setattr(once, "find", lambda *_: None)

    entry = annas.tap(world.takes_brush.id, id=id)

    assert between_two_good(client, annas, world, entry) == ["already"]
    assert count(session, Observation) == 3
    assert actions(session).count("observation.create") == 3


def test_a_large_batch_asks_as_few_queries_as_a_small_one(
    app: Flask, client: FlaskClient, annas: Pen, world: World
) -> None:
    def queries(entries: int) -> int:
        taps = [annas.tap(world.takes_brush.id, id=uuid4()) for _ in range(entries)]
        with app.app_context():
            engine = db.engine
        with recorded(engine) as asked:
            assert statuses(deliver(client, *taps, pens=[annas])) == ["stored"] * entries
        return len(asked)

    queries(2)

    assert queries(50) == queries(2)


def _only_for(name: str, instead: Callable[..., None]) -> Callable[..., Any]:
    usual = read_form

    def read(kind: Any, *rest: Any) -> Any:
        return instead() if kind.name == name else usual(kind, *rest)

    return read


def test_c12_a_number_that_comes_twice_is_looked_at(
    client: FlaskClient, annas: Pen, world: World
) -> None:
    first = annas.tap(world.takes_brush.id, id=uuid4())
    annas.next_seq = 1
    copied = annas.tap(world.takes_brush.id, id=uuid4())

    assert statuses(deliver(client, first, pens=[annas])) == ["stored"]
    assert statuses(deliver(client, copied, pens=[annas])) == ["review seq_repeated"]


def test_b20_after_a_restore_a_grant_is_still_known_and_nothing_is_stored_twice(
    client: FlaskClient, annas: Pen, session: Session, world: World
) -> None:
    for row in session.scalars(select(SyncGrant)):
        session.delete(row)
    session.commit()
    entry = annas.tap(world.takes_brush.id, id=uuid4())

    assert statuses(deliver(client, entry, pens=[annas])) == ["stored"]
    assert statuses(deliver(client, entry, pens=[annas])) == ["already"]
    assert session.scalars(select(SyncGrant.next_seq)).one() == 2


def test_a_grant_of_someone_who_is_not_here_is_unknown(
    client: FlaskClient, annas: Pen, session: Session, world: World
) -> None:
    told = {**annas.claims, "sub": str(uuid4())}

    assert annas.claims != told
    annas.grant = forged(annas.grant, sub=told["sub"])
    entry = annas.tap(world.takes_brush.id, id=uuid4())
    assert statuses(deliver(client, entry, pens=[annas])) == ["rejected unknown_grant"]


# Garbage


def test_b15_only_those_who_send_garbage_are_slowed_down(
    client: FlaskClient,
    annas: Pen,
    session: Session,
    world: World,
    set_clock: Callable[[Any], None],
) -> None:
    answers = [
        client.post("/sync/batch", data=b"{", content_type="application/json") for _ in range(51)
    ]
    assert [answer.status_code for answer in answers[-2:]] == [400, 429]
    assert (answers[-1].headers["Retry-After"], answers[-1].json) == ("60", {"error": "too_many"})
    stray = deliver(client, "x.y.z", pens=[])
    assert stray.status_code == 429

    entry = annas.tap(world.takes_brush.id, id=uuid4())
    assert statuses(deliver(client, entry, pens=[annas])) == ["stored"]
    assert count(session, SignInThrottle) == 1

    set_clock(NOW + timedelta(minutes=2))
    assert deliver(client, "x.y.z", pens=[]).status_code == 200


def test_b15_when_too_many_come_at_once_each_is_told_when_it_is_its_turn(
    client: FlaskClient,
    annas: Pen,
    session: Session,
    world: World,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    crowded = Admission(at_once=1, waiting=0)
    monkeypatch.setattr(routes, "_admission", crowded)
    entry = annas.tap(world.takes_brush.id, id=uuid4())

    with crowded.turn():
        answers = [deliver(client, entry, pens=[annas]) for _ in range(25)]

    assert {(answer.status_code, answer.text) for answer in answers} == {
        (503, '{"error":"busy"}\n')
    }
    waits = [int(answer.headers["Retry-After"]) for answer in answers]
    assert (waits[0], sorted(waits)) == (1, waits)
    assert waits[-1] > 1
    assert count(session, Observation) == 0
    assert statuses(deliver(client, entry, pens=[annas])) == ["stored"]
