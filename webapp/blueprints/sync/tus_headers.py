"""The headers of tus 1.0.0, read.

Source: https://tus.io/protocols/resumable-upload
"""

import base64
import hashlib
from binascii import Error as NotBase64
from typing import TYPE_CHECKING, Final

from flask import request

from webapp.domain.uploading import PartBroken, UploadRefused

if TYPE_CHECKING:
    from hashlib import _Hash

CHECKSUMS: Final = ("sha1", "sha256")


class HeaderUnfit(UploadRefused):
    """A header is missing, or nobody can tell what it says."""

    code = "malformed"
    status = 400


def number(name: str) -> int:
    """Return the whole number of a header.

    Raises:
        HeaderUnfit.
    """
    told = request.headers.get(name, "")
    if not (told.isascii() and told.isdigit() and len(told) <= 15):
        raise HeaderUnfit
    return int(told)


def named_file() -> str:
    """Return the SHA-256 that `Upload-Metadata` names; what else stands there is passed over.

    Raises:
        HeaderUnfit.
    """
    pairs = (pair.split() for pair in request.headers.get("Upload-Metadata", "").split(","))
    told = {pair[0]: pair[1] for pair in pairs if len(pair) == 2}
    return _bytes(told.get("sha256", "")).decode("latin-1")


def metadata(sha256: str) -> str:
    """Return `Upload-Metadata` as it is kept."""
    return f"sha256 {base64.b64encode(sha256.encode()).decode()}"


class Checksum:
    """What `Upload-Checksum` says of a part; without that header every part is right.

    Raises:
        HeaderUnfit.
    """

    def __init__(self) -> None:
        algorithm, _, digest = request.headers.get("Upload-Checksum", "").partition(" ")
        self.is_told = bool(algorithm)
        if self.is_told and algorithm not in CHECKSUMS:
            raise HeaderUnfit
        self._expected = _bytes(digest)
        self._found: _Hash = hashlib.new(algorithm or CHECKSUMS[0], usedforsecurity=False)

    def add(self, data: bytes) -> None:
        """Count what has come."""
        if self.is_told:
            self._found.update(data)

    def check(self) -> None:
        """Raise unless the part is right.

        Raises:
            PartBroken.
        """
        if self.is_told and self._found.digest() != self._expected:
            raise PartBroken


def _bytes(told: str) -> bytes:
    try:
        return base64.b64decode(told, validate=True)
    except (NotBase64, ValueError):
        raise HeaderUnfit from None
