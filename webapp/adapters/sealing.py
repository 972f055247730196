"""Seal short secrets before they are stored: whoever reads the database reads nothing in them.

The key is derived from the server's secret and a label, so that what is sealed for one purpose
opens for no other. Older secrets still open; only the newest one seals.
"""

import base64
from collections.abc import Sequence
from datetime import timedelta

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class SealBroken(Exception):
    """It was not sealed here, was changed, is too old, or its secret no longer counts."""


class Sealer:
    """Seals and opens texts of one purpose."""

    def __init__(self, secrets: Sequence[str], label: str) -> None:
        """Derive the keys.

        Args:
            secrets: The server's secrets, newest first; at least one.
            label: What is sealed, such as "totp".
        """
        self._keys = MultiFernet([Fernet(_derive(secret, label)) for secret in secrets])

    def seal(self, text: str) -> str:
        """Return the text sealed, in printable ASCII; another one each time."""
        return self._keys.encrypt(text.encode()).decode()

    def open(self, sealed: str, *, no_older_than: timedelta | None = None) -> str:
        """Return what was sealed.

        Raises:
            SealBroken.
        """
        seconds = int(no_older_than.total_seconds()) if no_older_than else None
        try:
            return self._keys.decrypt(sealed.encode(), ttl=seconds).decode()
        except InvalidToken:
            raise SealBroken from None

    def renew(self, sealed: str) -> str:
        """Return the same text sealed with the newest secret.

        Raises:
            SealBroken.
        """
        try:
            return self._keys.rotate(sealed.encode()).decode()
        except InvalidToken:
            raise SealBroken from None


def _derive(secret: str, label: str) -> bytes:
    info = f"smaategn {label}".encode()
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(secret.encode())
    return base64.urlsafe_b64encode(key)
