"""Hold what somebody typed against their own password."""

from typing import Any

from flask_babel import gettext as _

from webapp import login
from webapp.db import db, read_only
from webapp.login import current_staff
from webapp.services.sign_in import Try, try_password


def try_own_password(typed: str) -> Try:
    """Compare, which is slow on purpose, without holding anything up.

    Raises:
        TooManyAtOnce.
    """
    email = current_staff().email
    db.session.rollback()
    read_only()
    try:
        return try_password(db.session(), email, typed)
    finally:
        # From here on it is short and has the lock.
        db.session.rollback()


def go_on_with(form: Any, secret: str | None) -> bool:
    """Commit, and let the session go on with its new secret; in the form, say that it was refused.

    Args:
        form: With the field `password`.
        secret: For the cookie; None when what was typed is not their password.
    """
    db.session.commit()
    if secret is None:
        form.password.errors = [_("Adgangskoden passer ikke. Har du prøvet mange gange, så vent.")]
        return False
    login.begin(secret)
    return True
