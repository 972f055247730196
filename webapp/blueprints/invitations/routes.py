"""Open the link of an invitation, choose a password, and be signed in.

The secret stands in the address: our log writes the route's pattern only, no other site is told
where somebody came from, and opening the link uses nothing up. It is worth nothing once used.
"""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp import login
from webapp.access import public
from webapp.adapters import clock
from webapp.blueprints.invitations.forms import PasswordForm
from webapp.db import db, read_only
from webapp.domain.errors import InvitationOver, PasswordUnfit
from webapp.messages import words_for
from webapp.models import Invitation
from webapp.services.invitations import find_invitation
from webapp.services.sign_in import end_session, open_session
from webapp.services.staff import choose_password, hash_fit, known_of
from webapp.tablets import current_device

bp = Blueprint("invitations", __name__)


@bp.get("/invitation/<secret>")
@public
def show(secret: str) -> ResponseReturnValue:
    """Show whom the link is for, and ask for a password."""
    read_only()
    return _show(secret, _open(secret), PasswordForm())


@bp.post("/invitation/<secret>")
@public
def accept(secret: str) -> ResponseReturnValue:
    """Take the password and sign in; who needs a second factor is asked for it next."""
    read_only()
    invitation, form = _open(secret), PasswordForm()
    if not form.validate():
        return _show(secret, invitation, form), 422
    replaced, about = login.open_secret(), known_of(invitation.staff)
    # Making the hash takes long, so nothing is locked meanwhile.
    db.session.rollback()
    try:
        password_hash = hash_fit(str(form.password.data), about)
    except PasswordUnfit as refused:
        form.password.errors = [words_for(refused.code)]
        return _show(secret, _open(secret), form), refused.status
    session, now = db.session(), clock.now()
    staff = choose_password(session, secret, password_hash, now=now)
    if replaced:
        end_session(session, replaced, now)
    opened = open_session(session, staff, now=now, device=current_device())
    session.commit()
    login.begin(opened)
    return redirect(url_for("board.index"), 303)


def _open(secret: str) -> Invitation:
    """Return the invitation of a link that still works.

    Raises:
        InvitationOver.
    """
    found = find_invitation(db.session(), secret, now=clock.now())
    if found is None:
        raise InvitationOver
    return found


def _show(secret: str, invitation: Invitation, form: PasswordForm) -> str:
    return render_template(
        "invitations/show.html", secret=secret, staff=invitation.staff, form=form
    )
