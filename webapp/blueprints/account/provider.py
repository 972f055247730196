"""Link one's account at the municipality's identity provider, and take the link away."""

from flask import abort, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from webapp.access import fresh, requires
from webapp.adapters import clock
from webapp.blueprints.account.routes import bp
from webapp.db import db
from webapp.domain.permissions import Permission
from webapp.login import current_staff
from webapp.provider import Errand, has_provider, set_out
from webapp.services.provider_accounts import link_account, unlink_account


@bp.get("/provider")
@requires(Permission.USE_APP)
@fresh
def find_provider_account() -> ResponseReturnValue:
    """Send somebody to the provider, to show which account is theirs."""
    if not has_provider():
        abort(404)
    return redirect(set_out(Errand.LINK, again=True), 303)


@bp.get("/provider-account/new")
@requires(Permission.USE_APP)
@fresh
def new_provider_account() -> ResponseReturnValue:
    """Show the account that came back, and ask whether it is theirs."""
    found = session.get("provider_account")
    if not found:
        return redirect(url_for(".show"), 303)
    return render_template("account/new_provider_account.html", name=found[2])


@bp.post("/provider-account")
@requires(Permission.USE_APP)
@fresh
def create_provider_account() -> ResponseReturnValue:
    """Link it."""
    found = session.pop("provider_account", None)
    if found:
        issuer, subject, _ = found
        link_account(db.session(), current_staff(), issuer, subject, now=clock.now())
        db.session.commit()
    return redirect(url_for(".show"), 303)


@bp.post("/provider-account/removal")
@requires(Permission.USE_APP)
@fresh
def destroy_provider_account() -> ResponseReturnValue:
    """Take the link away."""
    unlink_account(db.session(), current_staff(), now=clock.now())
    db.session.commit()
    return redirect(url_for(".show"), 303)
