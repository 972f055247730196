"""Give whoever is signed in a grant to make entries with."""

from datetime import datetime
from uuid import uuid4

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from webapp.access import requires
from webapp.adapters import clock, envelopes
from webapp.adapters.envelopes import EnvelopeUnfit, PublicKey
from webapp.blueprints.sync.answers import as_json, sealer
from webapp.blueprints.sync.known import claims_of
from webapp.blueprints.sync.routes import bp
from webapp.db import db
from webapp.domain.permissions import Permission
from webapp.domain.syncing import CAPTURE_LASTS, TAKEN_FOR, Grant
from webapp.login import current_staff
from webapp.models import Staff, SyncKeyUse
from webapp.services import sync_grants, sync_keys
from webapp.sync import wire
from webapp.sync.wire import GrantAsked, GrantGiven, ServerPublicKey
from webapp.tablets import current_device


@bp.post("/grants")
@requires(Permission.LOG_OBSERVATIONS)
def create_grant() -> ResponseReturnValue:
    """Give whoever is signed in a grant for a key that the tablet has just made."""
    request.max_content_length = wire.MOST_BYTES
    asked = wire.read(GrantAsked, request.get_data())
    try:
        key = envelopes.public_key(asked.key.model_dump() if asked else {})
    except EnvelopeUnfit as unfit:
        return jsonify(error=unfit.reason), 400
    given = give(current_staff(), key, now=clock.now())
    db.session.commit()
    return as_json(given), 201


def give(staff: Staff, key: PublicKey, *, now: datetime) -> GrantGiven:
    """Return a grant of somebody for a key on this tablet. The caller commits."""
    session, device = db.session(), current_device()
    issued_at = now.replace(microsecond=0)
    grant = Grant(
        uuid4(),
        staff.id,
        device.id if device else None,
        issued_at,
        issued_at + CAPTURE_LASTS,
        issued_at + TAKEN_FOR,
    )
    signing = sync_keys.newest_key(session, sealer(), SyncKeyUse.SIGN, now=now)
    sealing = sync_keys.newest_key(session, sealer(), SyncKeyUse.SEAL, now=now)
    sync_grants.give_grant(
        session, grant, envelopes.thumbprint(key), actor=current_staff(), now=now
    )
    return GrantGiven(
        grant=envelopes.sign_grant(claims_of(grant, key), signing),
        seal_to=ServerPublicKey.model_validate(sealing.public),
        epoch=sync_keys.epoch_of(session, now=now),
        server_time=now,
    )
