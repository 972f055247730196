"""Keys and envelopes of what tablets deliver: grants, signed entries, sealed bodies.

Keys are P-256; ES256 signs, ECDH-ES with A256GCM seals, and nothing else is taken. Whatever is
wrong with an envelope is one `EnvelopeUnfit` with a reason.
Source: docs/sync-protocol.md
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from joserfc import jwe, jws
from joserfc.jwe import JWERegistry
from joserfc.jwk import ECKey
from joserfc.jws import JWSRegistry

MOST_BYTES: Final = 1024 * 1024
"""An envelope is never larger: a note of 100,000 characters, sealed and signed, fits."""

_CURVE: Final = "P-256"
_SIGNS: Final = "ES256"
_SEALS: Final = ("ECDH-ES", "A256GCM")
_GRANT: Final = "smaategn-grant+jwt"
_ENTRY: Final = "smaategn-entry+jws"
_ACCOUNT: Final = "smaategn-account+jws"
_BODY: Final = "smaategn-body+jwe"
_END: Final = "smaategn-end+jws"
_PAGE: Final = "smaategn-page+jwe"

_NEVER: Final = frozenset({"crit", "b64", "zip"})
"""Headers that change how the rest is read: we use none, so nobody else does."""


PublicKey = ECKey
"""Checks what a tablet signed."""


class EnvelopeUnfit(Exception):
    """It cannot be taken; `reason` is one of the protocol's."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class _Signatures(JWSRegistry):
    max_header_length = 4096
    max_payload_length = MOST_BYTES


class _Seals(JWERegistry):
    max_protected_header_length = 4096
    max_ciphertext_length = MOST_BYTES


# Headers that nobody knows are passed over, as the protocol says of all fields.
_SIGNATURES: Final = _Signatures(algorithms=[_SIGNS], strict_check_header=False)
_SEALED: Final = _Seals(algorithms=_SEALS, strict_check_header=False)


@dataclass(frozen=True, slots=True)
class ServerKey:
    """A key of the server with its private half; `kid` is the thumbprint."""

    kid: str
    key: ECKey

    @property
    def public(self) -> dict[str, str]:
        """The public half as a JWK."""
        told = self.key.as_dict(private=False)
        return {**{name: str(told[name]) for name in ("kty", "crv", "x", "y")}, "kid": self.kid}


def make_pem() -> str:
    """Return a new private key as PEM (PKCS 8)."""
    return ECKey.generate_key(_CURVE).as_pem(private=True).decode()


def server_key(pem: str) -> ServerKey:
    """Return the key that `make_pem` made."""
    key = ECKey.import_key(pem)
    return ServerKey(thumbprint(key), key)


def thumbprint(key: ECKey) -> str:
    """Return the RFC 7638 thumbprint of a key, the same for both its halves."""
    return key.thumbprint()


def public_key(jwk: Mapping[str, Any]) -> ECKey:
    """Return the public key that a JWK says.

    Raises:
        EnvelopeUnfit: It is no point on P-256.
    """
    try:
        if (jwk["kty"], jwk["crv"]) != ("EC", _CURVE):
            raise EnvelopeUnfit("malformed")
        return ECKey.import_key({name: jwk[name] for name in ("kty", "crv", "x", "y")})
    except Exception as error:
        raise EnvelopeUnfit("malformed") from error


def sign_grant(claims: bytes, by: ServerKey) -> str:
    """Return a grant as a JWT; the claims are JSON."""
    header = {"alg": _SIGNS, "typ": _GRANT, "kid": by.kid}
    return jws.serialize_compact(header, claims, by.key, registry=_SIGNATURES)


def read_grant(grant: str, keys: Mapping[str, ServerKey]) -> bytes:
    """Return the claims of a grant that one of these keys signed, as JSON.

    Raises:
        EnvelopeUnfit: `unknown_grant`, whatever is wrong with it.
    """

    def signer(told: Any) -> ECKey:
        return keys[_header(told, _GRANT)["kid"]].key

    try:
        return bytes(jws.deserialize_compact(grant, signer, registry=_SIGNATURES).payload)
    except Exception as error:
        raise EnvelopeUnfit("unknown_grant") from error


def payload_of(entry: str) -> bytes:
    """Return what an entry says, as JSON, before anyone has looked who signed it.

    Raises:
        EnvelopeUnfit: `malformed`.
    """
    try:
        told = jws.extract_compact(entry.encode("ascii"), registry=_SIGNATURES)
        _header(told, _ENTRY)
    except Exception as error:
        raise EnvelopeUnfit("malformed") from error
    return bytes(told.payload)


def check_signature(signed: str, key: ECKey) -> None:
    """Raise unless this key signed it.

    Raises:
        EnvelopeUnfit: `bad_signature`.
    """
    try:
        jws.deserialize_compact(signed, key, registry=_SIGNATURES)
    except Exception as error:
        raise EnvelopeUnfit("bad_signature") from error


def signer_of_end(proof: str, sha256: str) -> str:
    """Return the thumbprint of the key that signed that a file does not come after all.

    Args:
        proof: A JWS of the file's SHA-256; the public key stands in its header.
        sha256: Of the file, in hex.

    Raises:
        EnvelopeUnfit: `bad_signature`, whatever is wrong with it.
    """

    def signer(told: Any) -> ECKey:
        return public_key(_header(told, _END)["jwk"])

    try:
        signed = jws.deserialize_compact(proof, signer, registry=_SIGNATURES)
        if bytes(signed.payload) != sha256.encode():
            raise EnvelopeUnfit("bad_signature")
        return thumbprint(signer(signed))
    except Exception as error:
        raise EnvelopeUnfit("bad_signature") from error


def read_account(account: str, key: ECKey) -> bytes:
    """Return what this key signed of the numbers of its grant, as JSON.

    Raises:
        EnvelopeUnfit: `malformed`, or `bad_signature`.
    """
    try:
        told = jws.extract_compact(account.encode("ascii"), registry=_SIGNATURES)
        _header(told, _ACCOUNT)
    except Exception as error:
        raise EnvelopeUnfit("malformed") from error
    check_signature(account, key)
    return bytes(told.payload)


def digest_of(entry: str) -> str:
    """Return the SHA-256 (hex) of what is signed of an entry.

    The signature is left out: whoever carries an entry could write the same one differently.
    """
    return hashlib.sha256(entry.rpartition(".")[0].encode()).hexdigest()


def open_body(sealed: str, keys: Mapping[str, ServerKey], entry_id: str) -> bytes:
    """Return what was sealed to one of these keys for just this entry, as JSON.

    Raises:
        EnvelopeUnfit: `bad_seal`.
    """

    def opener(told: Any) -> ECKey:
        header = _header(told, _BODY)
        if (header["alg"], header["enc"], header["entry"]) != (*_SEALS, entry_id):
            raise EnvelopeUnfit("bad_seal")
        return keys[header["kid"]].key

    try:
        return jwe.decrypt_compact(sealed, opener, registry=_SEALED).plaintext or b""
    except Exception as error:
        raise EnvelopeUnfit("bad_seal") from error


def seal_page(text: str, to: ECKey) -> str:
    """Return a page as a JWE that only the holder of a key opens; the key is a tablet's."""
    header = {"alg": _SEALS[0], "enc": _SEALS[1], "typ": _PAGE, "kid": thumbprint(to)}
    return jwe.encrypt_compact(header, text.encode(), to, registry=_SEALED)


def _header(told: Any, typ: str) -> Mapping[str, Any]:
    """Return the header of an envelope of this type."""
    header: Mapping[str, Any] = told.headers()
    if header.get("typ") != typ or not _NEVER.isdisjoint(header):
        raise EnvelopeUnfit("malformed")
    return header
