"""Log in with the municipality's identity provider."""

from flask import abort, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from webapp import login
from webapp.access import public
from webapp.adapters import clock
from webapp.blueprints.auth.routes import bp
from webapp.db import db
from webapp.pages import own_page
from webapp.provider import Errand, come_back, has_provider, set_out
from webapp.services.provider_accounts import sign_in_with_provider
from webapp.tablets import current_device


@bp.get("/login/provider")
@public
def begin_provider() -> ResponseReturnValue:
    """Send somebody there. A link and not a form: the policy lets forms lead to us alone."""
    if not has_provider():
        abort(404)
    again = request.args.get("again") == "1"
    return redirect(set_out(Errand.SIGN_IN, next=request.args.get("next"), again=again), 303)


@bp.get("/login/provider/callback")
@public
def finish_provider() -> ResponseReturnValue:
    """Let in whoever linked the account that the provider vouches for; or go on linking it."""
    if not has_provider():
        abort(404)
    account, errand, next = come_back()
    if errand is Errand.LINK:
        # The person says themselves whether it is theirs, on a page of ours.
        session["provider_account"] = [account.issuer, account.subject, account.name]
        return redirect(url_for("account.new_provider_account"), 303)
    secret = sign_in_with_provider(
        db.session(),
        account.issuer,
        account.subject,
        proved_at=account.proved_at,
        now=clock.now(),
        instead_of=login.cookie_secret(),
        device=current_device(),
    )
    db.session.commit()
    login.begin(secret)
    return redirect(own_page(next) or url_for("board.index"), 303)
