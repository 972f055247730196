"""Batches full of whatever JSON, signatures and seals can be made to say, between good entries.

A few examples here, the same ones each time; `make fuzz` draws thousands.
"""

import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, Final
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tests.factories import World
from tests.sync.shapes import JSON, NUMBERS, TEXTS, TIMES, shape
from tests.sync.tablet import Pen, ask_for_grant, batch, seal, sign
from webapp.models import AuditEvent, Observation, SignInThrottle, SyncReceipt, Withdrawal
from webapp.outbox import KINDS
from webapp.services import audit_chain, sync_receipts

STATUSES: Final = {"stored", "already", "held", "review", "conflict", "rejected", "retry"}

FIELDS: Final = st.lists(
    st.tuples(
        st.sampled_from(
            [
                *("outcome", "value", "note", "support_level", "steps"),
                *("at", "reason", "new_id", "seconds", "csrf_token"),
            ]
        )
        | TEXTS,
        st.sampled_from(["seen", "not_seen", "partly", "retracted", "{id}", "3", "independent"])
        | TEXTS,
    ),
    max_size=8,
)

Make = Callable[[Pen, World], str]
"""Makes one entry once there is a grant."""

EXAMPLES: Final = int(os.environ.get("FUZZ", "0"))
"""How many batches `make fuzz` asked for."""

fuzzed = settings(
    max_examples=EXAMPLES or 10,
    derandomize=not EXAMPLES,
    # The database goes on from example to example, as it does from batch to batch.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)


@pytest.fixture
def annas(anna: FlaskClient) -> Pen:
    """Anna's grant on a tablet."""
    return ask_for_grant(anna)


@pytest.fixture(autouse=True)
def _log_is_as_it_was_written(session: Session) -> Iterator[None]:
    yield
    session.expire_all()
    assert list(audit_chain.breaks(session, {})) == []


def as_json(said: object) -> str:
    """Return JSON in which lone surrogates, NaN and all the rest are as they are."""
    return json.dumps(said)


def by_the_schema() -> SearchStrategy[Make]:
    """Entries and bodies that the schema allows, signed and sealed as they should be."""

    def make(said: dict[str, Any], body: object, is_own: bool) -> Make:
        def entry(pen: Pen, _: World) -> str:
            own = {"grant": pen.claims["jti"]} if is_own else {}
            sealed = seal(as_json(body), pen.seal_to, said["id"])
            return sign(as_json(said | own | {"sealed": sealed}), pen.key)

        return entry

    return st.builds(make, shape("Entry"), shape("Body") | JSON, st.booleans())


def known_kinds() -> SearchStrategy[Make]:
    """Things that can be done, about records that are there, with odd fields at odd times."""

    def make(
        kind: str, place: int, fields: list[tuple[str, str]], at: str, offset: Any, more: Any
    ) -> Make:
        def entry(pen: Pen, world: World) -> str:
            records = (world.takes_brush, world.teeth, world.puzzle, world.sofie, world.anna)
            id = uuid4()
            filled = [(name, value.replace("{id}", str(id))) for name, value in fields]
            told = {
                "kind": kind,
                "target": str(records[place].id),
                "fields": [("new_id", str(id)), *filled],
            }
            # As text, for a lone surrogate can be said in JSON only.
            sealed = seal(as_json(told), pen.seal_to, id)
            said = {
                "id": str(id),
                "grant": pen.claims["jti"],
                "seq": pen.next_seq,
                "schema": 1,
                "app": "0123456789ab",
                "captured_at": at,
                "clock_offset": offset,
                "media": [],
                "sealed": sealed,
            }
            pen.next_seq += 1
            return sign(as_json(said | more), pen.key)

        return entry

    odd = st.dictionaries(
        st.sampled_from(["seq", "schema", "app", "media", "id", "grant", "captured_at"]),
        JSON,
        max_size=1,
    )
    offset = st.none() | NUMBERS | st.sampled_from([10**15, -(10**15)])
    kinds = st.sampled_from([*sorted(KINDS), "staff.delete"])
    return st.builds(
        make, kinds, st.integers(0, 4), FIELDS, TIMES | TEXTS, offset, st.just({}) | odd
    )


def bent() -> SearchStrategy[Make]:
    """Good entries of which one character is another, or gone; at times signed anew."""

    def make(place: float, letter: str, is_resealed: bool) -> Make:
        def bend(text: str) -> str:
            at = int(place * len(text))
            return text[:at] + letter + text[at + 1 :]

        def entry(pen: Pen, world: World) -> str:
            id = uuid4()
            if not is_resealed:
                return bend(pen.tap(world.takes_brush.id, id=id))
            told = {"kind": "observation.create_for_sign", "target": str(world.takes_brush.id)}
            fields = [("new_id", str(id)), ("outcome", "seen")]
            sealed = bend(seal(told | {"fields": fields}, pen.seal_to, id))
            return pen.entry("x", uuid4(), id=id, sealed=sealed or "x")

        return entry

    letters = st.sampled_from(["", "A", "_", ".", "=", " ", "\0", "æ", "AA"])
    return st.builds(make, st.floats(0, 0.9999), letters, st.booleans())


def raw() -> SearchStrategy[Make]:
    """Texts that are no entry, signed all the same."""
    texts = st.sampled_from(
        [
            *("[" * 20_000, '{"a":' * 20_000, "NaN", "Infinity", "-0", "1e999", '"\\ud800"', "{}"),
            *('{"id": 1, "id": 2}', "\ufeff{}", "{'id': 1}", '{"id": "\\u0000"}', "\0", "nul", ""),
        ]
    )
    return st.builds(lambda text: lambda pen, _: sign(text, pen.key), texts | JSON.map(as_json))


def twice() -> SearchStrategy[Make]:
    """One id, again and again, with other words; and the same word for word."""
    id = uuid4()

    def make(note: str, kept: dict[str, str]) -> Make:
        def entry(pen: Pen, world: World) -> str:
            if note not in kept:
                kept[note] = pen.tap(world.takes_brush.id, id=id, note=note)
            return kept[note]

        return entry

    return st.builds(make, st.sampled_from(["", "Uden hjælp.", "Med hjælp."]), st.just({}))


BAD: Final = st.one_of(by_the_schema(), known_kinds(), bent(), raw(), twice())


@fuzzed
@given(st.lists(BAD, min_size=1, max_size=6))
def test_every_entry_is_named_once_and_the_good_ones_are_stored_once(
    client: FlaskClient, annas: Pen, session: Session, world: World, bad: list[Make]
) -> None:
    let_garbage_be_forgotten(session)
    made = [make(annas, world) for make in bad]
    ids = [uuid4() for _ in range(len(made) + 1)]
    good = [annas.tap(world.takes_brush.id, id=id) for id in ids]
    # A good one before, between and after.
    entries = [one for pair in zip(good, made, strict=False) for one in pair] + good[-1:]

    answer = client.post(
        "/sync/batch",
        data=as_json(batch(*entries, pens=[annas])),
        content_type="application/json",
    )

    if answer.status_code == 200:
        results = answer.get_json()["results"]
        assert [each["index"] for each in results] == list(range(len(entries)))
        assert {each["status"] for each in results} <= STATUSES
        assert [each["status"] for each in results[::2]] == ["stored"] * len(good)
        assert [each["id"] for each in results[::2]] == [str(id) for id in ids]
    else:
        assert answer.status_code in {400, 413}, answer.text
    stored = set(session.scalars(select(Observation.id).where(Observation.id.in_(ids))))
    assert stored == (set(ids) if answer.status_code == 200 else set())
    nothing_is_half_stored(session)


@fuzzed
@given(shape("Batch"), st.dictionaries(st.sampled_from(["entries", "grants", "nonce", "x"]), JSON))
def test_a_batch_that_the_schema_allows_is_answered_and_any_other_refused(
    client: FlaskClient, session: Session, world: World, said: dict[str, Any], odd: dict[str, Any]
) -> None:
    let_garbage_be_forgotten(session)
    sent = said | odd

    answer = client.post("/sync/batch", data=as_json(sent), content_type="application/json")

    assert answer.status_code in {200, 400, 413}, answer.text
    if answer.status_code == 200:
        statuses = [each["status"] for each in answer.get_json()["results"]]
        assert statuses == ["rejected"] * len(sent["entries"])
    assert session.scalars(select(SyncReceipt)).all() == []


def let_garbage_be_forgotten(session: Session) -> None:
    """Whoever sends much of it is slowed down, which would hide all that comes after."""
    session.execute(delete(SignInThrottle))
    session.commit()


def nothing_is_half_stored(session: Session) -> None:
    """Refuse a row without its receipt or its line in the log, and the other way about."""
    done = session.scalars(
        select(SyncReceipt.object_id).where(SyncReceipt.status.in_(sync_receipts.DONE))
    )
    rows = set(session.scalars(select(Observation.id)))
    gone = set(session.scalars(select(Withdrawal.observation_id)))
    created = AuditEvent.action.in_(["observation.create", "observation.correct"])
    told = Counter[UUID | None](session.scalars(select(AuditEvent.object_id).where(created)))
    receipts = {id for id in done if id in told}
    assert rows <= receipts, "a row without its receipt"
    assert set(told) <= rows | gone, "the log tells of a row that is not there"
    assert set(told.values()) <= {1}, "told twice"
