"""A second client of the sync protocol, written from docs/sync-protocol.md: what a tablet sends."""

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask.testing import FlaskClient
from joserfc import jwe, jws
from joserfc.jwe import JWERegistry
from joserfc.jwk import ECKey
from werkzeug.test import TestResponse

from tests.factories import NOW

NONCE = "AAAAAAAAAAAAAAAAAAAAAA"
GRANT = {"Content-Type": "application/json"}
Fields = Sequence[tuple[str, str]]


def time_text(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def public(key: ECKey) -> dict[str, Any]:
    """Return the public half as a JWK, and nothing more."""
    told = key.as_dict(private=False)
    return {name: told[name] for name in ("kty", "crv", "x", "y")}


def sign(payload: object, key: ECKey, typ: str = "smaategn-entry+jws", **header: Any) -> str:
    """Return a compact JWS; a payload that is text is signed as it is."""
    text = payload if isinstance(payload, str) else json.dumps(payload, ensure_ascii=False)
    registry = jws.JWSRegistry(algorithms=["ES256"], strict_check_header=False)
    registry.max_payload_length = 10_000_000
    return jws.serialize_compact(
        {"alg": "ES256", "typ": typ} | header, text, key, registry=registry
    )


def seal(body: object, to: Mapping[str, Any], id: UUID | str, **header: Any) -> str:
    """Return a compact JWE of a body, for one entry."""
    text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
    told = {"alg": "ECDH-ES", "enc": "A256GCM", "typ": "smaategn-body+jwe"}
    registry = JWERegistry(algorithms=["ECDH-ES", "A256GCM", "DEF"], strict_check_header=False)
    registry.max_ciphertext_length = 10_000_000
    key = ECKey.import_key({name: to[name] for name in ("kty", "crv", "x", "y")})
    return jwe.encrypt_compact(
        told | {"kid": to["kid"], "entry": str(id)} | header, text, key, registry=registry
    )


@dataclass(frozen=True)
class SealedFile:
    """A picture as a tablet carries it: `data` is sealed with `key`."""

    data: bytes
    key: bytes
    type: str = "image/jpeg"

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def named(self) -> dict[str, Any]:
        """What an entry says of it in clear."""
        return {"sha256": self.sha256, "size": len(self.data), "type": self.type}

    @property
    def told(self) -> dict[str, str]:
        """What the sealed body says of it."""
        key = base64.urlsafe_b64encode(self.key).decode().rstrip("=")
        return {"sha256": self.sha256, "key": key}


def seal_file(whole: bytes, key: bytes | None = None, *, type: str = "image/jpeg") -> SealedFile:
    """Seal a file in parts of 1 MiB, under a key of its own."""
    key = key or secrets.token_bytes(32)
    parts = [whole[at : at + 1024 * 1024] for at in range(0, len(whole), 1024 * 1024)]
    sealed = [
        AESGCM(key).encrypt(number.to_bytes(12, "big"), part, None)
        for number, part in enumerate(parts)
    ]
    return SealedFile(b"".join(sealed), key, type)


@dataclass
class Pen:
    """One person's grant on a tablet, with its key.

    Attributes:
        key: The private key.
        grant: The JWT.
        seal_to: The server's public key.
        next_seq: The number that the next entry gets.
    """

    key: ECKey
    grant: str
    seal_to: Mapping[str, Any]
    next_seq: int = 1
    claims: Mapping[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self.claims = json.loads(jws.extract_compact(self.grant.encode()).payload)

    @property
    def told(self) -> dict[str, Any]:
        """What a batch says of the grant."""
        return {"grant": self.grant, "account": self.account()}

    def account(self, **more: Any) -> str:
        """Return what its author signs of its numbers; further fields win."""
        told = {"grant": self.claims["jti"], "next_seq": self.next_seq, "settled": []}
        return sign(told | more, self.key, typ="smaategn-account+jws")

    def entry(
        self,
        kind: str,
        target: UUID | str,
        fields: Fields = (),
        *,
        id: UUID | None = None,
        at: datetime = NOW,
        body: object = None,
        sealed: str | None = None,
        files: Sequence[SealedFile] = (),
        **more: Any,
    ) -> str:
        """Return an entry, signed; further fields win."""
        id = id or uuid4()
        told: dict[str, Any] = {"kind": kind, "target": str(target)}
        told["fields"] = [list(pair) for pair in fields]
        if files:
            told["media"] = [file.told for file in files]
        payload = {
            "id": str(id),
            "grant": self.claims["jti"],
            "seq": self.next_seq,
            "schema": 1,
            "app": "0123456789ab",
            "captured_at": time_text(at),
            "clock_offset": 0,
            "media": [file.named for file in files],
            "sealed": sealed or seal(told if body is None else body, self.seal_to, id),
        }
        self.next_seq += 1
        return sign(payload | more, self.key)

    def ends(self, file: SealedFile) -> str:
        """Return the proof that a file does not come after all."""
        return sign(file.sha256, self.key, "smaategn-end+jws", jwk=public(self.key))

    def tap(
        self,
        sign_id: UUID,
        *,
        id: UUID,
        at: datetime = NOW,
        files: Sequence[SealedFile] = (),
        **fields: str,
    ) -> str:
        """Return a tap on a sign."""
        sent = {"new_id": str(id), "outcome": "seen", "support_level": "", "note": ""} | fields
        kind = "observation.create_for_sign"
        return self.entry(kind, sign_id, list(sent.items()), id=id, at=at, files=files)


def ask_for_grant(client: FlaskClient, key: ECKey | None = None) -> Pen:
    """Return a grant for whoever is signed in."""
    key = key or ECKey.generate_key("P-256")
    answer = client.post("/sync/grants", json={"key": public(key)})
    assert answer.status_code == 201, answer.text
    return Pen(key, said(answer)["grant"], said(answer)["seal_to"])


def batch(*entries: str, pens: Sequence[Pen] = (), **more: Any) -> dict[str, Any]:
    """Return a batch with these entries; further fields win."""
    return {
        "protocol": 1,
        "nonce": NONCE,
        "app": "0123456789ab",
        "depth": len(entries),
        "oldest": time_text(NOW) if entries else None,
        "grants": [pen.told for pen in pens],
        "entries": list(entries),
    } | more


def deliver(client: FlaskClient, *entries: str, pens: Sequence[Pen], **more: Any) -> TestResponse:
    """Send a batch, as a tablet does: without anyone being signed in."""
    return client.post("/sync/batch", json=batch(*entries, pens=pens, **more))


def said(answer: TestResponse) -> dict[str, Any]:
    """Return what a batch was answered."""
    told: dict[str, Any] = answer.get_json()
    return told


def statuses(answer: TestResponse) -> list[str]:
    """Return what became of each entry: its status, with the reason when there is one."""
    assert answer.status_code == 200, answer.text
    assert answer.headers["Smaategn-Sync"] == "1"
    return [
        " ".join(filter(None, (each["status"], each.get("reason"))))
        for each in said(answer)["results"]
    ]
