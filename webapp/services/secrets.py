"""Seal anew what is kept, when the server has a new secret."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.adapters.sealing import SealBroken, Sealer
from webapp.models import Picture, Staff, SyncKey
from webapp.services import pictures, second_factor, sync_keys


@dataclass(slots=True)
class Lost:
    """How many seals could not be opened; what was in them stays as it is."""

    second_factors: int = 0
    sync_keys: int = 0
    pictures: int = 0


def seal_anew(session: Session, secrets: Sequence[str]) -> Lost:
    """Seal every second factor, key of the server and key of a picture with the newest secret.

    Where a seal does not open, its owner is refused and sets the second factor up again; what was
    made with such a key of the server is refused, and such a picture will not be shown.

    Args:
        session: Not committed here.
        secrets: The server's, newest first.
    """
    lost = Lost()
    sealer = Sealer(secrets, second_factor.LABEL)
    with_secret = select(Staff).where(Staff.totp_secret.is_not(None)).with_for_update()
    for staff in session.scalars(with_secret):
        try:
            staff.totp_secret = sealer.renew(staff.totp_secret or "")
        except SealBroken:
            lost.second_factors += 1
    sealer = Sealer(secrets, sync_keys.LABEL)
    for key in session.scalars(select(SyncKey).with_for_update()):
        try:
            key.sealed_pem = sealer.renew(key.sealed_pem)
        except SealBroken:
            lost.sync_keys += 1
    sealer = Sealer(secrets, pictures.LABEL)
    on_their_way = select(Picture).where(Picture.sealed_key.is_not(None)).with_for_update()
    for picture in session.scalars(on_their_way):
        try:
            picture.sealed_key = sealer.renew(picture.sealed_key or "")
        except SealBroken:
            lost.pictures += 1
    return lost
