"""Take sealed files in that stored entries named, by tus 1.0.0. Nobody is signed in here."""

from collections.abc import Sequence
from typing import Final

from flask import Response, request, url_for
from flask.blueprints import BlueprintSetupState

from webapp.access import public
from webapp.adapters import clock
from webapp.adapters.envelopes import EnvelopeUnfit, signer_of_end
from webapp.adapters.media_store import delete_parts
from webapp.blueprints.sync import tus, tus_headers
from webapp.blueprints.sync.receiving import receive
from webapp.blueprints.sync.routes import bp
from webapp.blueprints.sync.tus import answer, speaks_tus, until
from webapp.blueprints.sync.tus_headers import HeaderUnfit, number
from webapp.current import media_store
from webapp.db import db
from webapp.domain.uploading import (
    LARGEST_MEDIA,
    MediaTooLarge,
    MediaUnknown,
    MediaUnproven,
    UploadRefused,
)
from webapp.models import MediaUpload
from webapp.services import media_uploads
from webapp.services.media_uploads import find_upload
from webapp.uploads import room

_OTHER_WAY: Final = "X-HTTP-Method-Override"
"""How PATCH and DELETE are said through a line that knows neither."""

_PROOF: Final = "Smaategn-Proof"
"""What an author signed."""


@bp.record_once
def take_without_token(state: BlueprintSetupState) -> None:
    """Let parts come without a form's token: no cookie counts, and only what was named is taken."""
    for view in (create_upload, continue_upload, end_upload, change_upload):
        state.app.extensions["csrf"].exempt(view)


@bp.route("/media", methods=["OPTIONS"], provide_automatic_options=False)
@public
@speaks_tus
def tell_about_uploads() -> Response:
    """Tell what of tus is spoken here."""
    response = answer(204)
    response.headers.update(tus.ABOUT)
    return response


@bp.post("/media")
@public
@speaks_tus
def create_upload() -> Response:
    """Say that a file is coming. One that is partly here goes on, one that is here stays."""
    size, sha256 = number("Upload-Length"), tus_headers.named_file()
    session, now = db.session(), clock.now()
    upload = find_upload(session, sha256)
    if upload is None:
        raise MediaTooLarge if size > LARGEST_MEDIA else MediaUnknown
    left_behind = media_uploads.forget_expired(session, now=now)
    try:
        if media_uploads.begin_upload(session, upload, size, room=room(), now=now):
            left_behind.append(sha256)
    except UploadRefused:
        # What nobody goes on with is thrown away all the same: it may be what takes the room.
        _commit_and_delete(left_behind)
        raise
    _commit_and_delete(left_behind)
    return answer(201, location=url_for(".show_upload", sha256=sha256), **until(upload.expires_at))


@bp.route("/media/<sha256>", methods=["HEAD", "OPTIONS"], provide_automatic_options=False)
@public
@speaks_tus
def show_upload(sha256: str) -> Response:
    """Tell how much of a file has come."""
    if request.method == "OPTIONS":
        return tell_about_uploads()
    upload = _upload(sha256)
    return answer(
        200,
        upload_offset=upload.offset,
        upload_length=upload.size,
        upload_metadata=tus_headers.metadata(sha256),
        **until(upload.expires_at),
    )


@bp.patch("/media/<sha256>")
@public
@speaks_tus
def continue_upload(sha256: str) -> Response:
    """Take the next part. With the last one the file is opened, before it is answered."""
    upload = _upload(sha256)
    offset = receive(upload, number("Upload-Offset"))
    return answer(204, upload_offset=offset, **until(upload.expires_at))


@bp.delete("/media/<sha256>")
@public
@speaks_tus
def end_upload(sha256: str) -> Response:
    """Forget what has come. The entry still waits, so it may begin again at 0."""
    upload = _upload(sha256)
    try:
        signed_by = signer_of_end(request.headers.get(_PROOF, ""), sha256)
    except EnvelopeUnfit:
        raise MediaUnproven from None
    media_uploads.end_upload(db.session(), upload, signed_by)
    _commit_and_delete([sha256])
    return answer(204)


@bp.post("/media/<sha256>")
@public
@speaks_tus
def change_upload(sha256: str) -> Response:
    """Do what the header says."""
    meant = {"PATCH": continue_upload, "DELETE": end_upload}
    view = meant.get(request.headers.get(_OTHER_WAY, ""))
    if view is None:
        raise HeaderUnfit
    return view(sha256=sha256)


def _commit_and_delete(forgotten: Sequence[str]) -> None:
    """Keep what was done, and then throw the bytes away that no row names any more."""
    db.session.commit()
    for sha256 in forgotten:
        delete_parts(media_store(), sha256)


def _upload(sha256: str) -> MediaUpload:
    upload = find_upload(db.session(), sha256)
    if upload is None:
        raise MediaUnknown
    return upload
