"""Take batches in. Machines speak here, so answers and refusals are JSON."""

from typing import Final

from flask import Blueprint, jsonify, request
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge, ServiceUnavailable, TooManyRequests

from webapp import assets, current
from webapp.access import public
from webapp.adapters import clock, envelopes
from webapp.blueprints.sync.admission import Admission
from webapp.blueprints.sync.answers import as_json, sealer
from webapp.blueprints.sync.delivery import Desk
from webapp.blueprints.sync.unpacking import unpack
from webapp.db import db
from webapp.domain.throttle import HERE, network_of
from webapp.services import sync_keys
from webapp.services.throttling import count_failure, counters_of, is_shut
from webapp.sync import wire
from webapp.sync.wire import PROTOCOL, Answer, Batch

bp = Blueprint("sync", __name__, url_prefix="/sync")

_admission: Final = Admission()

_SHUT_FOR: Final = 60
"""Seconds after which whoever sent nothing but garbage may try again."""


@bp.record_once
def take_without_token(state: BlueprintSetupState) -> None:
    """Let batches come without a form's token: every entry is signed, and no cookie counts."""
    state.app.extensions["csrf"].exempt(create_batch)


_REFUSED: Final = {413: "too_large", 429: "too_many", 503: "busy"}


@bp.errorhandler(RequestEntityTooLarge)
@bp.errorhandler(TooManyRequests)
@bp.errorhandler(ServiceUnavailable)
def refuse(
    error: RequestEntityTooLarge | TooManyRequests | ServiceUnavailable,
) -> ResponseReturnValue:
    """Tell a machine in its own words, and keep nothing."""
    db.session.rollback()
    response = jsonify(error=_REFUSED[error.code])
    response.status_code = error.code
    if not isinstance(error, RequestEntityTooLarge):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


@bp.post("/batch")
@public
def create_batch() -> ResponseReturnValue:
    """Take entries in, whoever made them and whoever brings them. Committed before the answer."""
    request.max_content_length = envelopes.MOST_BYTES
    text = request.get_data()
    batch = wire.read(Batch, text) if request.is_json else None
    if batch is None:
        _count_garbage()
        db.session.commit()
        return jsonify(error="malformed"), 400
    if len(text) > wire.MOST_BYTES and len(batch.entries) > 1:
        raise RequestEntityTooLarge
    with _admission.turn():
        return _take_in(batch)


def _take_in(batch: Batch) -> ResponseReturnValue:
    parcel = unpack(batch, sealer())
    now, session = clock.now(), db.session()
    desk = Desk(session, parcel, now=now)
    if not desk.is_ours:
        _count_garbage()
    results = desk.take_all()
    epoch = sync_keys.epoch_of(session, now=now)
    db.session.commit()
    answer = Answer(
        protocol=PROTOCOL,
        nonce=batch.nonce,
        epoch=epoch,
        server_time=now,
        version=assets.release(),
        results=results,
    )
    response = as_json(answer)
    response.headers["Smaategn-Sync"] = str(PROTOCOL)
    return response


def _count_garbage() -> None:
    """Count against the network what shows no sign of a tablet of ours; too much is refused.

    Whoever sends anything of ours is never asked: a whole home may sit behind one address.
    """
    doors = {HERE: ("sync", network_of(request.remote_addr or ""))}
    now = clock.now()
    counters = counters_of(db.session(), doors, pepper=current.pepper(), now=now)
    if is_shut(counters, now):
        raise TooManyRequests(retry_after=_SHUT_FOR)
    count_failure(counters, now)
