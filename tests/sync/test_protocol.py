"""The protocol can be read: schema, test vectors and what was released all fit the server."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from joserfc import jws
from joserfc.jwk import ECKey
from sqlalchemy.orm import Session

from tests.factories import NOW, World, add_sign
from tests.sync.make import FIXTURE, GOAL, INTERVENTION, SCHEMA, SIGN, STAFF, VECTORS, as_text
from tests.sync.tablet import statuses
from webapp.access import permission_of
from webapp.adapters import envelopes
from webapp.adapters.sealing import Sealer
from webapp.domain.permissions import Permission
from webapp.models import (
    Department,
    Goal,
    Intervention,
    Plan,
    Role,
    Staff,
    SyncKey,
    SyncKeyUse,
)
from webapp.outbox import KINDS
from webapp.services.sync_keys import LABEL
from webapp.sync import wire
from webapp.sync.wire import json_schema

PROTOCOL = (SCHEMA.parents[2] / "docs/sync-protocol.md").read_text("utf-8")


@pytest.fixture(scope="module")
def vectors() -> Mapping[str, Any]:
    told: Mapping[str, Any] = json.loads(VECTORS.read_text("utf-8"))
    return told


def server_key(jwk: Mapping[str, str]) -> envelopes.ServerKey:
    return envelopes.server_key(ECKey.import_key(dict(jwk)).as_pem(private=True).decode())


@pytest.fixture
def settled(app: Flask, session: Session, world: World) -> Callable[[Mapping[str, Any]], None]:
    """Let the server have these keys, and the people and goals that vectors speak of."""

    def settle(keys: Mapping[str, Any]) -> None:
        sealer = Sealer([str(app.secret_key)], LABEL)
        for name, use in (("server_signs", SyncKeyUse.SIGN), ("server_opens", SyncKeyUse.SEAL)):
            key = ECKey.import_key(keys[name])
            pem = sealer.seal(key.as_pem(private=True).decode())
            session.add(SyncKey(kid=key.thumbprint(), use=use, sealed_pem=pem, made_at=NOW))
        session.add(
            Staff(
                id=STAFF,
                home_id=world.home.id,
                first_name="Anna",
                last_name="Vektor",
                email="vektor@work.example",
                role=Role.STAFF,
                departments=[session.get_one(Department, world.soendermarken.id)],
            )
        )
        goal = Goal(
            id=GOAL,
            plan=session.get_one(Plan, world.teeth.plan_id),
            text="Sofie tager tøj på",
            short_text="Tøj",
            starts_on=world.teeth.starts_on,
            ends_on=world.teeth.ends_on,
            activated_at=NOW,
        )
        session.add(goal)
        add_sign(session, goal, "Sofie finder sin trøje").id = SIGN
        session.add(Intervention(id=INTERVENTION, goal=goal, title="Tøjet ligger klar"))
        session.commit()

    return settle


def test_the_schema_is_the_one_of_the_models() -> None:
    assert SCHEMA.read_text("utf-8") == as_text(json_schema()), "python -m tests.sync.make"


def test_every_kind_stands_in_the_protocol_and_asks_for_its_pages_permission(app: Flask) -> None:
    assert [kind for kind in KINDS if f"| `{kind}` |" not in PROTOCOL] == []
    with app.app_context():
        assert {kind.permission for kind in KINDS.values()} == {Permission.LOG_OBSERVATIONS}
        assert all(permission_of(kind.endpoint) for kind in KINDS.values())


def test_the_grant_of_the_vectors_is_signed_and_says_what_it_says(
    vectors: Mapping[str, Any],
) -> None:
    key = server_key(vectors["keys"]["server_signs"])

    read = envelopes.read_grant(vectors["grant"]["jwt"], {key.kid: key})

    assert key.kid == vectors["keys"]["server_signs"]["kid"]
    assert json.loads(read) == vectors["grant"]["claims"]
    assert wire.read(wire.GrantClaims, read) is not None


def test_the_entry_of_the_vectors_is_signed_and_its_body_opens(vectors: Mapping[str, Any]) -> None:
    entry, body = vectors["entry"], vectors["body"]
    opener = server_key(vectors["keys"]["server_opens"])
    author = envelopes.public_key(vectors["grant"]["claims"]["cnf"]["jwk"])

    envelopes.check_signature(entry["jws"], author)

    assert json.loads(envelopes.payload_of(entry["jws"])) == entry["payload"]
    assert envelopes.digest_of(entry["jws"]) == entry["sha256"]
    assert entry["payload"]["sealed"] == body["jwe"]
    opened = envelopes.open_body(body["jwe"], {opener.kid: opener}, body["entry"])
    assert json.loads(opened) == body["text"]


def test_the_account_of_the_vectors_is_signed_by_its_author(vectors: Mapping[str, Any]) -> None:
    account = vectors["account"]
    author = envelopes.public_key(vectors["grant"]["claims"]["cnf"]["jwk"])

    read = envelopes.read_account(account["jws"], author)

    assert json.loads(read) == account["payload"]
    assert wire.read(wire.Account, read) is not None
    assert vectors["batch"]["grants"][0]["account"] == account["jws"]


def test_the_server_answers_the_vectors_as_they_say(
    client: FlaskClient,
    vectors: Mapping[str, Any],
    settled: Callable[[Mapping[str, Any]], None],
    set_clock: Callable[[datetime], None],
) -> None:
    settled(vectors["keys"])
    set_clock(datetime.fromisoformat(vectors["received_at"]))

    answer = client.post("/sync/batch", json=vectors["batch"])

    assert answer.status_code == 200
    assert answer.json
    assert answer.json["results"] == vectors["results"]
    assert answer.json["nonce"] == vectors["batch"]["nonce"]
    assert wire.read(wire.Answer, answer.data) is not None


def test_e3_what_the_first_released_client_sends_is_taken(
    client: FlaskClient, settled: Callable[[Mapping[str, Any]], None]
) -> None:
    fixture = json.loads(FIXTURE.read_text("utf-8"))
    settled(fixture["keys"])

    answer = client.post("/sync/batch", json=fixture["batch"])

    assert statuses(answer) == ["stored"] * 7
    sent = [
        json.loads(jws.extract_compact(one.encode()).payload) for one in fixture["batch"]["entries"]
    ]
    assert {one["schema"] for one in sent} == {1}
