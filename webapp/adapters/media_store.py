"""Where files lie: a folder, memory or an S3 bucket, all by one URL."""

from pathlib import Path
from urllib.parse import unquote, urlsplit
from uuid import uuid4

from obstore.exceptions import BaseError
from obstore.store import ObjectStore, from_url


class MediaStoreUnfit(Exception):
    """The URL names no store. The message says why, and nothing of the URL: it may hold a key."""


def open_media_store(url: str) -> ObjectStore:
    """Return the store at a `file:///`, `memory://` or `s3://` URL. A missing folder is made.

    Raises:
        MediaStoreUnfit: The URL names no store, or its folder cannot be made.
    """
    try:
        if url.startswith("file:///"):
            folder = Path(unquote(urlsplit(url).path))
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        elif url.startswith("file:"):
            raise MediaStoreUnfit("the folder has to be named from the root, file:///folder")
        return from_url(url)
    except OSError as error:
        raise MediaStoreUnfit(f"the folder cannot be made: {error.strerror}") from None
    except (BaseError, ValueError):
        raise MediaStoreUnfit("the address names no store") from None


def check_media_store(store: ObjectStore) -> None:
    """Write, read and delete a small file; raise whatever the store raises."""
    path = f"checks/{uuid4()}"
    store.put(path, b"ok")
    try:
        if bytes(store.get(path).bytes()) != b"ok":
            raise OSError("The media store gave back something else than was put in")
    finally:
        store.delete(path)
