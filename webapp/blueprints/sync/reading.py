"""Read and write what is sent: grants, entries, and what is sealed in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from webapp.adapters import envelopes
from webapp.adapters.envelopes import EnvelopeUnfit, PublicKey
from webapp.domain.syncing import Grant
from webapp.fields import Form
from webapp.outbox import Kind
from webapp.services.pictures import Named
from webapp.services.sync_keys import Keys
from webapp.sync import wire
from webapp.sync.wire import SCHEMA, Batch, Body, Confirmation, Entry, GrantClaims, GrantTold


@dataclass(frozen=True, slots=True)
class Known:
    """A grant of ours, the key that signs its entries, and what its tablet tells of it."""

    grant: Grant
    key: PublicKey
    told: GrantTold

    @property
    def thumbprint(self) -> str:
        """The key's."""
        return envelopes.thumbprint(self.key)


@dataclass(frozen=True, slots=True)
class Came:
    """An entry as it came. `said` is None when nobody can tell what it is."""

    text: str
    sha256: str
    said: Entry | None


def known_grants(batch: Batch, keys: Keys) -> Iterator[Known]:
    """Yield the grants of a batch that we signed; all others are passed over."""
    for told in batch.grants:
        try:
            claims = wire.read(GrantClaims, envelopes.read_grant(told.grant, keys.signing))
            if claims:
                key = envelopes.public_key(claims.cnf.jwk.model_dump())
                yield Known(_grant(claims), key, told)
        except EnvelopeUnfit:
            continue


def entries(batch: Batch) -> list[Came]:
    """Return every entry of a batch, in their order."""
    return [Came(text, envelopes.digest_of(text), _said(text)) for text in batch.entries]


def claims_of(grant: Grant, key: PublicKey) -> bytes:
    """Return what a grant says, as it is signed."""
    jwk = {name: value for name, value in key.as_dict(private=False).items() if name != "kid"}
    issued, captures, taken = (
        int(at.timestamp()) for at in (grant.issued_at, grant.captures_until, grant.taken_until)
    )
    claims = GrantClaims(
        jti=grant.id,
        sub=grant.staff_id,
        dev=grant.device_id,
        cnf=Confirmation(jwk=wire.PublicKey.model_validate(jwk)),
        iat=issued,
        cap=captures,
        exp=taken,
    )
    return claims.model_dump_json().encode()


def read_entry(envelope: str, keys: Keys) -> tuple[Entry, Body]:
    """Return an entry, and what it says to do.

    Raises:
        EnvelopeUnfit.
    """
    said = _said(envelope)
    if said is None:
        raise EnvelopeUnfit("malformed")
    if said.schema_number > SCHEMA:
        raise EnvelopeUnfit("unknown_schema")
    body = wire.read(Body, envelopes.open_body(said.sealed, keys.sealing, str(said.id)))
    if body is None:
        raise EnvelopeUnfit("malformed")
    return said, body


def named_media(said: Entry, body: Body) -> list[Named]:
    """Return the files an entry names, each once, with the keys that open them."""
    keys = {one.sha256: one.key for one in body.media}
    files = {one.sha256: one for one in said.media}
    return [Named(one.sha256, one.size, one.type, keys.get(one.sha256)) for one in files.values()]


def read_form(kind: Kind, body: Body, id: UUID) -> Form | None:
    """Return the valid form of an entry; None when its kind asks nothing.

    Raises:
        EnvelopeUnfit.
    """
    if kind.form is None:
        return None
    form = kind.form.of_entry(body.fields)
    if not form.validate():
        raise EnvelopeUnfit("bad_request")
    # What is stored goes by the entry's id, so that it is stored once.
    if form["new_id"].data != id:
        raise EnvelopeUnfit("malformed")
    return form


def _grant(claims: GrantClaims) -> Grant:
    issued_at, captures_until, taken_until = (
        datetime.fromtimestamp(seconds, UTC) for seconds in (claims.iat, claims.cap, claims.exp)
    )
    return Grant(claims.jti, claims.sub, claims.dev, issued_at, captures_until, taken_until)


def _said(text: str) -> Entry | None:
    try:
        return wire.read(Entry, envelopes.payload_of(text))
    except EnvelopeUnfit:
        return None
