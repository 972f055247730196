"""What is sent, exactly: strict models, of which the JSON Schema is made.

Fields that nobody knows are passed over.
Source: docs/sync-protocol.md
"""

import re
from datetime import UTC, datetime
from typing import Annotated, Any, Final, Literal, TypeVar
from uuid import UUID

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    ValidationError,
    WithJsonSchema,
)
from pydantic.json_schema import models_json_schema

PROTOCOL: Final = 1
SCHEMA: Final = 1
"""The newest number of what an entry means; older ones that were released are taken too."""

MOST_ENTRIES: Final = 50
MOST_GRANTS: Final = 100
MOST_RUNS: Final = 1000
MOST_MEDIA: Final = 20
MOST_BYTES: Final = 256 * 1024
"""Of a batch with more than one entry."""

_TIME: Final = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"
_ID: Final = r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
_BYTES: Final = r"^[A-Za-z0-9_-]+$"
_COORDINATE: Final = r"^[A-Za-z0-9_-]{43}$"
_KEY: Final = _COORDINATE
"""Both are 32 bytes."""

_FAR: Final = 10**15
"""Milliseconds: no clock is 30,000 years off. Bytes: no file is that large."""

_LARGEST: Final = 2**31 - 1
"""What the database keeps as a whole number."""


def _time(value: object) -> datetime:
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not re.fullmatch(_TIME, value, re.ASCII):
        raise ValueError("expected a time such as 2026-11-21T18:30:05.123Z")
    return datetime.fromisoformat(value)


def _id(value: object) -> UUID:
    if isinstance(value, UUID):
        return value
    if not isinstance(value, str) or not re.fullmatch(_ID, value):
        raise ValueError("expected a UUID in lower case")
    return UUID(value)


def time_text(at: datetime) -> str:
    """Return an aware time as it is sent: UTC, with milliseconds."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


Time = Annotated[
    datetime,
    BeforeValidator(_time),
    PlainSerializer(time_text),
    WithJsonSchema({"type": "string", "pattern": _TIME}),
]
Id = Annotated[UUID, BeforeValidator(_id), WithJsonSchema({"type": "string", "pattern": _ID})]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Number = Annotated[int, Field(ge=1, le=_LARGEST)]
# A `Literal` would take `true` for 1.
Protocol = Annotated[int, Field(ge=PROTOCOL, le=PROTOCOL)]
Seconds = Annotated[int, Field(ge=0, le=253_402_300_799)]
"""Since 1970, up to the year 9999."""


class Wire(BaseModel):
    """Whatever is sent."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)


class PublicKey(Wire):
    """A P-256 key as a JWK (RFC 7517)."""

    kty: Literal["EC"]
    crv: Literal["P-256"]
    x: Annotated[str, Field(pattern=_COORDINATE)]
    y: Annotated[str, Field(pattern=_COORDINATE)]


class ServerPublicKey(PublicKey):
    """The key that bodies are sealed to."""

    kid: str


class GrantAsked(Wire):
    """`POST /sync/grants`."""

    key: PublicKey


class GrantGiven(Wire):
    """Its answer."""

    grant: str
    seal_to: ServerPublicKey
    epoch: Id
    server_time: Time


class StandbyAsked(Wire):
    """`POST /sync/standby`: the keys a tablet has put under somebody's PIN."""

    sign_key: PublicKey
    open_key: PublicKey


class StandbyPerson(Wire):
    """Somebody who can open the tablet without network."""

    staff: Id
    first_name: str


class StandbyPeople(Wire):
    """`GET /sync/standby`: all of them. Whoever is not named is forgotten by the tablet."""

    people: list[StandbyPerson]


class StandbyGiven(GrantGiven):
    """`POST /sync/standby/<staff>/grants`: a grant, and the shift's page sealed to `open_key`."""

    page: str


class Confirmation(Wire):
    """The key a grant is bound to (RFC 7800)."""

    jwk: PublicKey


class GrantClaims(Wire):
    """What a grant says."""

    jti: Id
    sub: Id
    dev: Id | None
    cnf: Confirmation
    iat: Seconds
    cap: Seconds
    exp: Seconds


class GrantTold(Wire):
    """A grant in a batch, and what its author last signed of its numbers: a JWS of an account."""

    grant: Annotated[str, Field(max_length=4096)]
    account: str | None = None


class Account(Wire):
    """What is signed of a grant: the number its next entry would get; those that need not come."""

    grant: Id
    next_seq: Number
    settled: Annotated[list[tuple[Number, Number]], Field(max_length=MOST_RUNS)] = []


class Batch(Wire):
    """`POST /sync/batch`."""

    protocol: Protocol
    nonce: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{22}$")]
    app: Annotated[str, Field(max_length=64)]
    depth: Annotated[int, Field(ge=0, le=_LARGEST)]
    oldest: Time | None
    grants: Annotated[list[GrantTold], Field(max_length=MOST_GRANTS)]
    entries: Annotated[list[str], Field(max_length=MOST_ENTRIES)]
    persisted: bool | None = None
    now: Time | None = None


class Media(Wire):
    """A picture or clip that follows."""

    sha256: Sha256
    size: Annotated[int, Field(ge=1, le=_FAR)]
    type: Annotated[str, Field(max_length=100)]


class Entry(Wire):
    """What is signed."""

    id: Id
    grant: Id
    seq: Number
    # A model has a method of that name already.
    schema_number: Annotated[int, Field(ge=1, alias="schema")]
    app: Annotated[str, Field(max_length=64)]
    captured_at: Time
    clock_offset: Annotated[int, Field(ge=-_FAR, le=_FAR)] | None
    media: Annotated[list[Media], Field(max_length=MOST_MEDIA)]
    sealed: str


class MediaKey(Wire):
    """What opens the sealed file of a picture or clip."""

    sha256: Sha256
    key: Annotated[str, Field(pattern=_KEY)]


class Body(Wire):
    """What is sealed: what was done, with the form's fields in order, and the keys of its media."""

    kind: Annotated[str, Field(max_length=100)]
    target: Id
    fields: Annotated[list[tuple[str, str]], Field(max_length=200)]
    media: Annotated[list[MediaKey], Field(max_length=MOST_MEDIA)] = []


class Result(Wire):
    """What became of one entry."""

    index: int
    id: Id | None
    status: Literal["stored", "already", "held", "review", "conflict", "rejected", "retry"]
    reason: str | None = None
    received_at: Time | None = None
    retry_after: int | None = None


class Answer(Wire):
    """The answer to a batch."""

    protocol: Protocol
    nonce: str
    epoch: Id
    server_time: Time
    version: str
    results: list[Result]


Said = TypeVar("Said", bound=Wire)


def read(model: type[Said], text: bytes) -> Said | None:
    """Return what was sent; None when it is something else."""
    try:
        return model.model_validate_json(text)
    except ValidationError:
        return None


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of everything that is sent."""
    sent: tuple[type[Wire], ...] = (
        GrantAsked,
        StandbyAsked,
        GrantClaims,
        Batch,
        Account,
        Entry,
        Body,
    )
    answered: tuple[type[Wire], ...] = (GrantGiven, StandbyPeople, StandbyGiven, Answer)
    _, schema = models_json_schema(
        [(model, "validation") for model in (*sent, *answered)],
        title="Småtegn: the sync protocol, version 1",
    )
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
