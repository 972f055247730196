"""Tus 1.0.0: what every answer carries, and how it says no.

Source: https://tus.io/protocols/resumable-upload
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, Final

from flask import Response, jsonify, make_response, request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.http import http_date

from webapp.blueprints.sync.tus_headers import CHECKSUMS
from webapp.db import db
from webapp.domain.uploading import LARGEST_MEDIA, MediaTooLarge, UploadRefused

VERSION: Final = "1.0.0"

ABOUT: Final = {
    "Tus-Version": VERSION,
    "Tus-Extension": "creation,checksum,termination,expiration",
    "Tus-Max-Size": str(LARGEST_MEDIA),
    "Tus-Checksum-Algorithm": ",".join(CHECKSUMS),
}
"""What OPTIONS tells."""

View = Callable[..., Response]


class OtherVersion(UploadRefused):
    """Another version of tus is spoken, or none."""

    code = "unknown_version"
    status = 412


class NoPart(UploadRefused):
    """A part has a media type of its own."""

    code = "unknown_type"
    status = 415


def speaks_tus(view: View) -> View:
    """Let a route speak tus: refusals are JSON, and nothing of what was refused is kept."""

    @wraps(view)
    def spoken(**values: Any) -> Response:
        try:
            if request.method != "OPTIONS" and request.headers.get("Tus-Resumable") != VERSION:
                raise OtherVersion
            response = view(**values)
        except RequestEntityTooLarge:
            response = _refusal(MediaTooLarge())
        except UploadRefused as refused:
            response = _refusal(refused)
        response.headers["Tus-Resumable"] = VERSION
        return response

    return spoken


def answer(status: int, **told: int | str) -> Response:
    """Return an empty answer; `upload_offset=3` becomes the header Upload-Offset."""
    response = make_response("", status)
    for name, value in told.items():
        response.headers[name.replace("_", "-").title()] = str(value)
    return response


def until(at: datetime | None) -> dict[str, str]:
    """Return what tells until when an unfinished upload is kept; nothing when there is none."""
    return {"upload_expires": http_date(at)} if at else {}


def _refusal(refused: UploadRefused) -> Response:
    db.session.rollback()
    response = jsonify(error=refused.code)
    response.status_code = refused.status
    if isinstance(refused, OtherVersion):
        response.headers["Tus-Version"] = VERSION
    if refused.again_after:
        response.headers["Retry-After"] = str(int(refused.again_after.total_seconds()))
    return response
