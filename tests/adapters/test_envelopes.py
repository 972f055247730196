"""Envelopes: what was signed and sealed here opens here, and nothing else does."""

import base64
import hmac
import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwe, jws
from joserfc.jwk import ECKey, OctKey, RSAKey

from tests.sync.tablet import public, seal, sign
from webapp.adapters import envelopes
from webapp.adapters.envelopes import EnvelopeUnfit, ServerKey

SERVER = envelopes.server_key(envelopes.make_pem())
KEYS = {SERVER.kid: SERVER}
AUTHOR = ECKey.generate_key("P-256")
ENTRY = str(uuid4())
SIGNED = sign({"id": ENTRY}, AUTHOR)
GRANT = envelopes.sign_grant(b'{"jti": "x"}', SERVER)
SEALED = seal({"kind": "x"}, SERVER.public, ENTRY)


def read_grant(text: str) -> bytes:
    return envelopes.read_grant(text, KEYS)


def read_entry(text: str) -> bytes:
    payload = envelopes.payload_of(text)
    envelopes.check_signature(text, AUTHOR)
    return payload


def open_body(text: str) -> bytes:
    return envelopes.open_body(text, KEYS, ENTRY)


READERS: list[tuple[Callable[[str], bytes], str]] = [
    (read_grant, GRANT),
    (read_entry, SIGNED),
    (open_body, SEALED),
]


@pytest.mark.parametrize(("read", "text"), READERS, ids=["grant", "entry", "body"])
def test_what_was_made_here_opens_here(read: Callable[[str], bytes], text: str) -> None:
    assert json.loads(read(text)) in ({"jti": "x"}, {"id": ENTRY}, {"kind": "x"})


@pytest.mark.parametrize(("read", "text"), READERS, ids=["grant", "entry", "body"])
@given(data=st.data())
def test_a_changed_byte_anywhere_is_one_named_refusal(
    read: Callable[[str], bytes], text: str, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(text) - 1))
    changed = data.draw(st.characters(codec="utf-8").filter(lambda one: one != text[place]))

    with pytest.raises(EnvelopeUnfit) as refused:
        read(text[:place] + changed + text[place + 1 :])

    assert refused.value.reason in {"malformed", "unknown_grant", "bad_signature", "bad_seal"}


@pytest.mark.parametrize(("read", "text"), READERS, ids=["grant", "entry", "body"])
@given(junk=st.one_of(st.text(), st.lists(st.text(alphabet="abAB09-_=", max_size=9)).map(".".join)))
def test_junk_is_one_named_refusal(read: Callable[[str], bytes], text: str, junk: str) -> None:
    with pytest.raises(EnvelopeUnfit):
        read(junk)


@pytest.mark.parametrize(("read", "text"), READERS, ids=["grant", "entry", "body"])
@given(data=st.data())
def test_what_is_cut_off_or_longer_is_refused(
    read: Callable[[str], bytes], text: str, data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(text) - 1))

    for changed in (text[:cut], text[cut:] if cut else "", text + ".", text + "A", "." + text):
        with pytest.raises(EnvelopeUnfit):
            read(changed)


@given(
    header=st.dictionaries(
        st.sampled_from(["alg", "typ", "kid", "crit", "b64", "zip", "epk", "enc", "entry", "jwk"]),
        st.one_of(st.none(), st.integers(), st.text(), st.just({}), st.just([])),
    )
)
def test_a_header_of_any_kind_is_one_named_refusal(header: dict[str, Any]) -> None:
    told = base64.urlsafe_b64encode(json.dumps(header).encode()).rstrip(b"=").decode()

    for read, text in READERS:
        with pytest.raises(EnvelopeUnfit):
            read(told + text[text.index(".") :])


# Other algorithms


def unsigned(alg: str, typ: str) -> str:
    told = json.dumps({"alg": alg, "typ": typ, "kid": SERVER.kid}).encode()
    parts = (told, b'{"jti": "x"}', b"")
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)


def test_nothing_but_es256_signs() -> None:
    others: list[tuple[str, Any]] = [
        ("RS256", RSAKey.generate_key(2048)),
        ("HS256", OctKey.generate_key(256)),
        ("ES384", ECKey.generate_key("P-384")),
    ]
    for alg, key in others:
        header = {"alg": alg, "typ": "smaategn-grant+jwt", "kid": SERVER.kid}
        with pytest.raises(EnvelopeUnfit, match="unknown_grant"):
            read_grant(jws.serialize_compact(header, b'{"jti": "x"}', key, algorithms=[alg]))
    # The public key taken for a secret: the oldest trick there is.
    trick = unsigned("HS256", "smaategn-grant+jwt")
    digest = hmac.digest(SERVER.key.as_pem(private=False), trick[:-1].encode(), "sha256")
    with pytest.raises(EnvelopeUnfit, match="unknown_grant"):
        read_grant(trick + base64.urlsafe_b64encode(digest).rstrip(b"=").decode())
    for alg in ("none", "None", "NONE", ""):
        with pytest.raises(EnvelopeUnfit):
            read_grant(unsigned(alg, "smaategn-grant+jwt"))


@pytest.mark.parametrize(
    ("alg", "enc"), [("ECDH-ES+A128KW", "A256GCM"), ("ECDH-ES", "A128GCM"), ("dir", "A256GCM")]
)
def test_nothing_but_ecdh_es_with_a256gcm_seals(alg: str, enc: str) -> None:
    header = {"alg": alg, "enc": enc, "typ": "smaategn-body+jwe", "kid": SERVER.kid, "entry": ENTRY}
    registry = jwe.JWERegistry(algorithms=[alg, enc], strict_check_header=False)
    key: Any = OctKey.generate_key(256) if alg == "dir" else ECKey.import_key(public(SERVER.key))

    with pytest.raises(EnvelopeUnfit, match="bad_seal"):
        open_body(jwe.encrypt_compact(header, b"{}", key, registry=registry))


def test_a_body_opens_for_its_own_entry_and_with_its_own_key_only() -> None:
    other = envelopes.server_key(envelopes.make_pem())
    posing = ServerKey(SERVER.kid, other.key)

    with pytest.raises(EnvelopeUnfit, match="bad_seal"):
        envelopes.open_body(SEALED, KEYS, str(uuid4()))
    for keys in ({}, {other.kid: other}, {SERVER.kid: posing}):
        with pytest.raises(EnvelopeUnfit, match="bad_seal"):
            envelopes.open_body(SEALED, keys, ENTRY)


def test_one_kind_of_token_is_not_taken_for_another() -> None:
    with pytest.raises(EnvelopeUnfit):
        read_grant(sign({"jti": "x"}, SERVER.key, kid=SERVER.kid))
    with pytest.raises(EnvelopeUnfit):
        read_entry(sign({"id": ENTRY}, AUTHOR, typ="smaategn-grant+jwt"))


@pytest.mark.parametrize(
    "jwk",
    [
        {},
        {"kty": "EC", "crv": "P-256"},
        {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"},
        {"kty": "EC", "crv": "P-256", "x": 7, "y": None},
        {"kty": "oct", "k": "AAAA"},
        public(ECKey.generate_key("P-384")),
    ],
    ids=["empty", "without-point", "short", "no-text", "secret", "p-384"],
)
def test_a_key_that_is_no_point_on_the_curve_is_none(jwk: dict[str, Any]) -> None:
    with pytest.raises(EnvelopeUnfit, match="malformed"):
        envelopes.public_key(jwk)


def test_a_key_is_read_without_its_private_half() -> None:
    told = AUTHOR.as_dict(private=True)

    assert not envelopes.public_key(told).is_private


def test_the_digest_is_that_of_what_is_signed_however_the_signature_is_written() -> None:
    again = sign({"id": ENTRY}, AUTHOR)

    assert again != SIGNED
    assert envelopes.digest_of(again) == envelopes.digest_of(SIGNED)
    assert envelopes.digest_of(sign({"id": "x"}, AUTHOR)) != envelopes.digest_of(SIGNED)
