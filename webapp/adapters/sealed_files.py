"""Open the files that tablets seal: AES-256-GCM, part by part.

Source: docs/sync-protocol.md, section 5
"""

from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

PART: Final = 1024 * 1024
"""Bytes of the file in each part, but for the last."""

TAG: Final = 16
"""Bytes that follow each part."""


class SealedFileUnfit(Exception):
    """It was sealed with another key, or changed."""


def open_file(sealed: bytes, key: bytes) -> bytes:
    """Return the file.

    Args:
        sealed: All parts, each with its tag.
        key: 32 bytes.

    Raises:
        SealedFileUnfit.
    """
    opener, view, whole = AESGCM(key), memoryview(sealed), bytearray()
    for number, at in enumerate(range(0, len(sealed), PART + TAG)):
        try:
            whole += opener.decrypt(number.to_bytes(12, "big"), view[at : at + PART + TAG], None)
        except InvalidTag:
            raise SealedFileUnfit from None
    return bytes(whole)
