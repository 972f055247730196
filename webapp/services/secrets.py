"""Seal anew what is kept, when the server has a new secret."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.adapters.sealing import SealBroken, Sealer
from webapp.models import Staff


def seal_anew(session: Session, sealer: Sealer) -> int:
    """Seal every second factor with the newest secret; return how many could not be opened.

    What cannot be opened stays as it is: its owner is refused and sets it up again.
    """
    lost = 0
    with_secret = select(Staff).where(Staff.totp_secret.is_not(None)).with_for_update()
    for staff in session.scalars(with_secret):
        try:
            staff.totp_secret = sealer.renew(staff.totp_secret or "")
        except SealBroken:
            lost += 1
    return lost
