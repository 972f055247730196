"""One's own account. Nobody sees or changes anybody else's here."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from webapp.access import requires
from webapp.adapters import clock
from webapp.db import db
from webapp.domain.permissions import Permission
from webapp.login import current_session, current_staff
from webapp.services.accounts import live_sessions
from webapp.services.provider_accounts import account_of
from webapp.services.second_factor import recovery_codes_left

bp = Blueprint("account", __name__, url_prefix="/account")


@bp.get("")
@requires(Permission.USE_APP)
def show() -> ResponseReturnValue:
    """Show it."""
    staff, session = current_staff(), db.session()
    return render_template(
        "account/show.html",
        staff=staff,
        here=current_session(),
        sessions=live_sessions(session, staff, now=clock.now()),
        codes_left=recovery_codes_left(session, staff),
        provider_account=account_of(session, staff),
    )
