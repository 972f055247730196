"""Where files lie: a folder, memory or an S3 bucket, all by one URL."""

from pathlib import Path
from urllib.parse import unquote, urlsplit
from uuid import uuid4

from obstore.store import ObjectStore, from_url


def open_media_store(url: str) -> ObjectStore:
    """Return the store at a `file://`, `memory://` or `s3://` URL. A missing folder is made.

    Raises:
        ValueError, obstore.exceptions.BaseError: The URL names no store.
    """
    parts = urlsplit(url)
    if parts.scheme == "file":
        Path(unquote(parts.path)).mkdir(parents=True, exist_ok=True, mode=0o700)
    return from_url(url)


def check_media_store(store: ObjectStore) -> None:
    """Write, read and delete a small file; raise whatever the store raises."""
    path = f"checks/{uuid4()}"
    store.put(path, b"ok")
    try:
        if bytes(store.get(path).bytes()) != b"ok":
            raise OSError("The media store gave back something else than was put in")
    finally:
        store.delete(path)
