"""What grants and batches share: how an answer is sent, and what opens the server's keys."""

from functools import lru_cache

from flask import Response

from webapp import current
from webapp.adapters.sealing import Sealer
from webapp.services import pictures, sync_keys
from webapp.sync.wire import Wire


def as_json(told: Wire) -> Response:
    """Return an answer; what it does not say is left out."""
    return Response(told.model_dump_json(exclude_none=True), mimetype="application/json")


def sealer() -> Sealer:
    """Return what seals and opens the server's keys, the same for as long as the secrets are."""
    return _sealer(tuple(current.settings().secret_keys))


@lru_cache(maxsize=1)
def _sealer(secrets: tuple[str, ...]) -> Sealer:
    return Sealer(secrets, sync_keys.LABEL)


def media_sealer() -> Sealer:
    """Return what seals and opens the keys of files that are on their way."""
    return Sealer(current.settings().secret_keys, pictures.LABEL)
