"""Let those who use a tablet open it without network; see docs/decisions/0030.

The tablet puts two keys under somebody's PIN and tells their public halves. While anybody is signed
in there, it fetches a grant for each of them, and the shift's page, sealed to the person.
"""

from uuid import UUID

from flask import abort, jsonify, request
from flask.typing import ResponseReturnValue

from webapp.access import requires
from webapp.adapters import clock, envelopes
from webapp.adapters.envelopes import EnvelopeUnfit
from webapp.blueprints.sync.answers import as_json
from webapp.blueprints.sync.grants import give
from webapp.blueprints.sync.routes import bp
from webapp.blueprints.sync.shift import draw_shift
from webapp.db import db
from webapp.domain.permissions import Permission
from webapp.login import current_staff, shared_session
from webapp.models import SignInMethod
from webapp.services import standby
from webapp.sync import wire
from webapp.sync.wire import StandbyAsked, StandbyGiven, StandbyPeople, StandbyPerson
from webapp.tablets import current_device


@bp.post("/standby")
@requires(Permission.LOG_OBSERVATIONS)
def create_standby() -> ResponseReturnValue:
    """Take the keys that lie under the PIN of whoever has just opened the tablet with it."""
    request.max_content_length = wire.MOST_BYTES
    opened, device = shared_session(), current_device()
    if not opened or not device or opened.method is not SignInMethod.PIN:
        abort(404)
    asked = wire.read(StandbyAsked, request.get_data())
    told = [asked.sign_key.model_dump(), asked.open_key.model_dump()] if asked else [{}]
    try:
        for key in told:
            envelopes.public_key(key)
    except EnvelopeUnfit as unfit:
        return jsonify(error=unfit.reason), 400
    standby.keep_keys(
        db.session(),
        device,
        sign_key=told[0],
        open_key=told[1],
        actor=current_staff(),
        now=clock.now(),
    )
    db.session.commit()
    return "", 204


@bp.get("/standby")
@requires(Permission.LOG_OBSERVATIONS)
def show_standby() -> ResponseReturnValue:
    """Say who can open this tablet without network."""
    device = current_device()
    if not shared_session() or not device:
        abort(404)
    keys = standby.keys_of(db.session(), device, now=clock.now())
    people = [StandbyPerson(staff=key.staff_id, first_name=key.staff.first_name) for key in keys]
    return as_json(StandbyPeople(people=people))


@bp.post("/standby/<uuid:staff_id>/grants")
@requires(Permission.LOG_OBSERVATIONS)
def create_standby_grant(staff_id: UUID) -> ResponseReturnValue:
    """Give one of them a grant for the key under their PIN, and the page of the shift."""
    now, device = clock.now(), current_device()
    key = standby.find_key(db.session(), device, staff_id, now=now) if device else None
    if not shared_session() or not device or not key:
        abort(404)
    given = give(key.staff, envelopes.public_key(key.sign_key), now=now)
    db.session.commit()
    page = draw_shift(key.staff, device.department, now=now)
    sealed = envelopes.seal_page(page, envelopes.public_key(key.open_key))
    return as_json(StandbyGiven(**dict(given), page=sealed)), 201
