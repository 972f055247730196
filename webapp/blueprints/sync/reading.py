"""Read what is sent: entries, and what is sealed in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from webapp.adapters import envelopes
from webapp.adapters.envelopes import EnvelopeUnfit
from webapp.blueprints.sync.known import Known
from webapp.services.pictures import Named
from webapp.services.sync_keys import Keys
from webapp.sync import wire
from webapp.sync.wire import SCHEMA, Batch, Body, Entry


@dataclass(frozen=True, slots=True)
class Content:
    """What is sealed in an entry, and the files it names; these may be none."""

    body: Body
    files: Sequence[Named]

    @property
    def shows_citizen(self) -> bool | None:
        """Whether its files show the citizen, as its form says; None where it says nothing.

        Read before the form is: an entry that is held names its files too.
        """
        said = dict(self.body.fields).get("shows_citizen")
        return None if said is None else said != "no"


Opened = Content | EnvelopeUnfit
"""What is sealed in an entry, or why nobody can read it."""


@dataclass(slots=True)
class Came:
    """An entry as it came.

    Attributes:
        text: As it was signed.
        sha256: Of what is signed, in hex.
        said: None when nobody can tell what it is.
        is_signed: Whether the key of the grant that it names signed it.
        opened: None while nobody has asked for what is sealed in it.
    """

    text: str
    sha256: str
    said: Entry | None
    is_signed: bool = False
    opened: Opened | None = None


def entries(batch: Batch) -> list[Came]:
    """Return every entry of a batch, in their order."""
    return [Came(text, envelopes.digest_of(text), _said(text)) for text in batch.entries]


def is_signed(came: Came, grants: Mapping[UUID, Known]) -> bool:
    """Tell whether the key of the grant that an entry names signed it."""
    if came.said is None or came.said.grant not in grants:
        return False
    try:
        envelopes.check_signature(came.text, grants[came.said.grant].key)
    except EnvelopeUnfit:
        return False
    return True


def open_envelope(envelope: str, keys: Keys) -> Opened:
    """Return what an entry says to do, whose signature is good."""
    said = _said(envelope)
    return open_entry(said, keys) if said else EnvelopeUnfit("malformed")


def open_entry(said: Entry, keys: Keys) -> Opened:
    """Return what an entry says to do."""
    if said.schema_number > SCHEMA:
        return EnvelopeUnfit("unknown_schema")
    try:
        body = wire.read(Body, envelopes.open_body(said.sealed, keys.sealing, str(said.id)))
    except EnvelopeUnfit as unfit:
        return unfit
    return Content(body, _files(said, body)) if body else EnvelopeUnfit("malformed")


def _files(said: Entry, body: Body) -> list[Named]:
    """Return the files an entry names, each once, with the keys that open them."""
    keys = {one.sha256: one.key for one in body.media}
    files = {one.sha256: one for one in said.media}
    return [Named(one.sha256, one.size, one.type, keys.get(one.sha256)) for one in files.values()]


def _said(text: str) -> Entry | None:
    try:
        return wire.read(Entry, envelopes.payload_of(text))
    except EnvelopeUnfit:
        return None
