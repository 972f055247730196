"""Read and write grants, and what their authors signed of their numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from webapp.adapters import envelopes
from webapp.adapters.envelopes import EnvelopeUnfit, PublicKey
from webapp.domain.syncing import Grant
from webapp.log import log
from webapp.services.sync_keys import Keys
from webapp.sync import wire
from webapp.sync.wire import Account, Batch, Confirmation, GrantClaims, GrantTold


@dataclass(frozen=True, slots=True)
class Known:
    """A grant of ours, the key that signs its entries, and what its author signed of its numbers.

    `account` is None when nothing was signed, or by somebody else, or for another grant.
    """

    grant: Grant
    key: PublicKey
    account: Account | None

    @property
    def thumbprint(self) -> str:
        """The key's."""
        return envelopes.thumbprint(self.key)


def known_grants(batch: Batch, keys: Keys) -> Iterator[Known]:
    """Yield the grants of a batch that we signed; all others are passed over."""
    for told in batch.grants:
        try:
            claims = wire.read(GrantClaims, envelopes.read_grant(told.grant, keys.signing))
            if claims:
                key = envelopes.public_key(claims.cnf.jwk.model_dump())
                yield Known(_grant(claims), key, _account(told, claims.jti, key))
        except EnvelopeUnfit:
            continue


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


def _grant(claims: GrantClaims) -> Grant:
    issued_at, captures_until, taken_until = (
        datetime.fromtimestamp(seconds, UTC) for seconds in (claims.iat, claims.cap, claims.exp)
    )
    return Grant(claims.jti, claims.sub, claims.dev, issued_at, captures_until, taken_until)


def _account(told: GrantTold, id: UUID, key: PublicKey) -> Account | None:
    """Return what is told of a grant's numbers, if the key of that grant signed it."""
    if told.account is None:
        return None
    try:
        account = wire.read(Account, envelopes.read_account(told.account, key))
        if account is None or account.grant != id:
            raise EnvelopeUnfit("malformed")
    except EnvelopeUnfit as unfit:
        log.warning("sync.account_unfit", grant=str(id), reason=unfit.reason)
        return None
    return account
