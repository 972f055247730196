"""What tus says of a sealed file, request by request."""

import base64
import hashlib

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.sync.tablet import Pen, SealedFile

TUS = {"Tus-Resumable": "1.0.0"}
PART = {**TUS, "Content-Type": "application/offset+octet-stream"}


def metadata(sha256: str) -> str:
    return f"sha256 {base64.b64encode(sha256.encode()).decode()}"


def checksum(data: bytes, algorithm: str = "sha256") -> str:
    digest = hashlib.new(algorithm, data, usedforsecurity=False).digest()
    return f"{algorithm} {base64.b64encode(digest).decode()}"


def begin(client: FlaskClient, file: SealedFile, **headers: str) -> TestResponse:
    """Say that a file is coming; further headers win, `Upload_Length` is Upload-Length."""
    told = {"Upload-Length": str(len(file.data)), "Upload-Metadata": metadata(file.sha256)}
    return client.post("/sync/media", headers=TUS | told | _named(headers))


def put(
    client: FlaskClient, file: SealedFile, start: int, data: bytes, **headers: str
) -> TestResponse:
    """Send a part."""
    told = PART | {"Upload-Offset": str(start)} | _named(headers)
    return client.patch(f"/sync/media/{file.sha256}", data=data, headers=told)


def end(client: FlaskClient, file: SealedFile, pen: Pen | None) -> TestResponse:
    """Say that a file does not come after all; without a pen nothing proves it."""
    proof = {"Smaategn-Proof": pen.ends(file)} if pen else {}
    return client.delete(f"/sync/media/{file.sha256}", headers=TUS | proof)


def offset(client: FlaskClient, file: SealedFile) -> int:
    """Return how much of a file the server says it has."""
    answer = client.head(f"/sync/media/{file.sha256}", headers=TUS)
    assert answer.status_code == 200
    assert answer.headers["Upload-Length"] == str(len(file.data))
    return int(answer.headers["Upload-Offset"])


def upload(client: FlaskClient, file: SealedFile) -> TestResponse:
    """Send a whole file in one part."""
    assert begin(client, file).status_code == 201
    return put(client, file, 0, file.data, Upload_Checksum=checksum(file.data))


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
