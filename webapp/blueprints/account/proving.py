"""Hold what somebody typed against their own password."""

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
