"""An upload server in a test: what a tablet sends of its pictures by tus, kept in memory."""

import base64
import hashlib
from contextlib import suppress
from typing import Final

from playwright.sync_api import BrowserContext, Error, Route

from tests.browser.network import intercept

WHERE: Final = "**/sync/media**"

_TUS: Final = {"Tus-Resumable": "1.0.0"}


class Uploads:
    """Takes every file that is named, and checks it like the server; `files` by their SHA-256."""

    def __init__(self, context: BrowserContext) -> None:
        """Answer in the server's place from now on."""
        self.files: dict[str, bytes] = {}
        self._sizes: dict[str, int] = {}
        intercept(context, self._answer, WHERE)

    def whole(self) -> list[bytes]:
        """Return the files that have come whole, in the order they were named."""
        return [file for sha256, file in self.files.items() if len(file) == self._sizes[sha256]]

    def _answer(self, route: Route) -> None:
        asked = route.request
        with suppress(Error):
            if asked.method == "POST":
                _, name = asked.headers["upload-metadata"].split()
                sha256 = base64.b64decode(name).decode()
                self._sizes[sha256] = int(asked.headers["upload-length"])
                self.files.setdefault(sha256, b"")
                route.fulfill(status=201, headers=_TUS)
                return
            sha256 = asked.url.rpartition("/")[2]
            if asked.method == "PATCH":
                self._add(sha256, asked.post_data_buffer or b"", asked.headers["upload-checksum"])
            told = {
                "Upload-Offset": str(len(self.files[sha256])),
                "Upload-Length": str(self._sizes[sha256]),
            }
            route.fulfill(status=204 if asked.method == "PATCH" else 200, headers=_TUS | told)

    def _add(self, sha256: str, part: bytes, checksum: str) -> None:
        assert checksum == f"sha256 {base64.b64encode(hashlib.sha256(part).digest()).decode()}"
        self.files[sha256] += part
        if len(self.files[sha256]) == self._sizes[sha256]:
            assert hashlib.sha256(self.files[sha256]).hexdigest() == sha256
