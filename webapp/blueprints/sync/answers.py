"""What grants and batches share: how an answer is sent, and what opens the server's keys."""

from flask import Response

from webapp import current
from webapp.adapters.sealing import Sealer
from webapp.services import pictures, sync_keys
from webapp.sync.wire import Wire


def as_json(told: Wire) -> Response:
    """Return an answer; what it does not say is left out."""
    return Response(told.model_dump_json(exclude_none=True), mimetype="application/json")


def sealer() -> Sealer:
    """Return what seals and opens the server's keys."""
    return Sealer(current.settings().secret_keys, sync_keys.LABEL)


def media_sealer() -> Sealer:
    """Return what seals and opens the keys of files that are on their way."""
    return Sealer(current.settings().secret_keys, pictures.LABEL)
