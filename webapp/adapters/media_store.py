"""Where files lie: a folder, memory or an S3 bucket, all by one URL."""

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, BinaryIO, Final, cast
from urllib.parse import unquote, urlsplit
from uuid import uuid4

from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, from_url

_ORIGINALS: Final = "originals"
_MEDIA: Final = "sha256"


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


def free_bytes(store: ObjectStore) -> int | None:
    """Return how much is free on the disk of a folder; None for what is no folder."""
    if isinstance(store, LocalStore) and store.prefix:
        return shutil.disk_usage(store.prefix).free
    return None


class MediaMissing(Exception):
    """No file lies under this checksum, or not all of it."""


def put_media(store: ObjectStore, data: bytes) -> str:
    """Keep bytes under their checksum and return it; the same bytes again change nothing.

    Kept for good when this returns, so that a row which names the checksum may be committed.

    Returns:
        SHA-256, in hex.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    # In one piece: a large upload in parts to a bucket can be left half done.
    store.put(_path_of(sha256), data, use_multipart=False)
    if isinstance(store, LocalStore) and store.prefix:
        _keep_through_power_cut(Path(store.prefix) / _path_of(sha256))
    return sha256


def get_media(
    store: ObjectStore, sha256: str, *, size: int, part: tuple[int, int] | None = None
) -> Iterator[bytes]:
    """Return the bytes under a checksum, a megabyte at a time. There are `size` of them.

    Args:
        store: Where they lie.
        sha256: In hex.
        size: Of all of them.
        part: From which byte up to which, not included; None for all.

    Raises:
        MediaMissing: At once, before the first byte.
    """
    try:
        found = store.get(_path_of(sha256), options={"range": part} if part else None)
    except FileNotFoundError:
        raise MediaMissing from None
    if found.meta["size"] != size:
        raise MediaMissing
    return (bytes(part) for part in found.stream(min_chunk_size=1024 * 1024))


def media_before(store: ObjectStore, before: datetime) -> Iterator[tuple[str, set[str]]]:
    """Return the checksums of all that was put there before, by the two digits they begin with."""
    for folder in store.list_with_delimiter(_MEDIA)["common_prefixes"]:
        found = (each for part in store.list(prefix=folder) for each in part)
        old = {each["path"] for each in found if each["last_modified"] < before}
        if old:
            yield folder.rpartition("/")[2], {path.rpartition("/")[2] for path in old}


def delete_media(store: ObjectStore, sha256: str, before: datetime) -> bool:
    """Throw bytes away unless they were put there again since; tell whether they were."""
    path = _path_of(sha256)
    try:
        # Asked at the last moment: whoever puts the same bytes there right now keeps them.
        if store.head(path)["last_modified"] >= before:
            return False
        store.delete(path)
    except FileNotFoundError:
        return False
    return True


def put_part(store: ObjectStore, sha256: str, data: bytes) -> str:
    """Keep a part of a file that is on its way and return its name; each gets one of its own.

    Args:
        store: Where it goes.
        sha256: Of the whole file, in hex.
        data: A few megabytes at the most.
    """
    name = f"{_parts_of(sha256)}/{uuid4()}"
    store.put(name, data, use_multipart=False)
    return name


def get_parts(store: ObjectStore, names: Iterable[str]) -> bytes:
    """Return parts, put together in this order.

    Raises:
        MediaMissing: One of them is gone.
    """
    try:
        return b"".join(bytes(store.get(name).bytes()) for name in names)
    except FileNotFoundError:
        raise MediaMissing from None


def delete_parts(store: ObjectStore, sha256: str, names: Sequence[str] | None = None) -> None:
    """Throw parts of a file away: these, or all that lie there, whoever left them behind."""
    if names is None:
        found = store.list(prefix=_parts_of(sha256)).collect()
        names = [part["path"] for part in found]
    for name in names:
        with suppress(FileNotFoundError):
            store.delete(name)


def put_original(store: ObjectStore, file: IO[bytes]) -> str:
    """Keep a file as it was sent, until it was written anew, and return its name.

    Args:
        store: Where it goes.
        file: Read from its beginning, a few megabytes at a time.
    """
    name = f"{_ORIGINALS}/{uuid4()}"
    file.seek(0)
    store.put(name, file, chunk_size=5 * 1024 * 1024, max_concurrency=1)
    if isinstance(store, LocalStore) and store.prefix:
        _keep_through_power_cut(Path(store.prefix) / name)
    return name


def open_original(store: ObjectStore, name: str) -> BinaryIO:
    """Return a file as it was sent, as a file of the system; whoever asks closes it.

    What does not lie in a folder is copied into one without a name, so that nothing is left on the
    disk whatever happens.

    Raises:
        MediaMissing.
    """
    try:
        if isinstance(store, LocalStore) and store.prefix:
            return (Path(store.prefix) / name).open("rb")
        found = store.get(name)
    except FileNotFoundError:
        raise MediaMissing from None
    # Closed by whoever asked.
    copy = cast(BinaryIO, TemporaryFile())  # noqa: SIM115
    for part in found.stream(min_chunk_size=1024 * 1024):
        copy.write(bytes(part))
    copy.seek(0)
    return copy


def delete_original(store: ObjectStore, name: str) -> None:
    """Throw a file away as it was sent; one that is gone stays gone."""
    with suppress(FileNotFoundError):
        store.delete(name)


def originals(store: ObjectStore) -> Mapping[str, datetime]:
    """Return when each file was sent that is kept as it was sent, by its name; may be empty."""
    found = store.list(prefix=_ORIGINALS).collect()
    return {each["path"]: each["last_modified"] for each in found}


def _parts_of(sha256: str) -> str:
    return f"uploads/{sha256}"


def _path_of(sha256: str) -> str:
    # Not all in one folder: some file systems grow slow with very many files.
    return f"{_MEDIA}/{sha256[:2]}/{sha256}"


def _keep_through_power_cut(file: Path) -> None:
    """Wait until a file and its place in the folders above are on the disk."""
    for path in (file, *list(file.parents)[:3]):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
