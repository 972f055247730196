"""Where files lie: made when missing, checked by use, explained when unfit."""

import hashlib
import io
import os
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from obstore.exceptions import BaseError
from obstore.store import ObjectStore

from tests.buckets import bucket
from webapp.adapters.media_store import (
    MediaMissing,
    MediaStoreUnfit,
    check_media_store,
    delete_media,
    delete_original,
    delete_parts,
    free_bytes,
    get_media,
    get_parts,
    media_before,
    open_media_store,
    open_original,
    originals,
    put_media,
    put_original,
    put_part,
)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of a bucket of this machine."""
    with bucket() as url:
        yield url


@pytest.fixture(params=["memory", "folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> ObjectStore:
    """A store of each kind, with nothing in it."""
    if request.param == "memory":
        return open_media_store("memory://")
    if request.param == "folder":
        return open_media_store(f"{tmp_path.as_uri()}/medier")
    store = open_media_store(request.getfixturevalue("address"))
    store.delete([each["path"] for each in store.list().collect()])
    return store


def test_a_missing_folder_is_made_for_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "billeder fra Søndermarken" / "2026"

    check_media_store(open_media_store(folder.as_uri()))

    assert folder.stat().st_mode & 0o777 == 0o700


def test_the_check_leaves_nothing_behind(tmp_path: Path) -> None:
    check_media_store(open_media_store(tmp_path.as_uri()))

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_store_in_memory_needs_no_folder() -> None:
    check_media_store(open_media_store("memory://"))


def test_a_bucket_is_opened_without_asking_it() -> None:
    assert open_media_store("s3://solgaarden").config["bucket"] == "solgaarden"  # type: ignore[union-attr,typeddict-item]


def test_only_a_folder_has_a_disk_that_can_be_full(tmp_path: Path) -> None:
    assert (free_bytes(open_media_store(tmp_path.as_uri())) or 0) > 0
    assert free_bytes(open_media_store("memory://")) is None
    assert free_bytes(open_media_store("s3://solgaarden")) is None


def test_a_folder_that_vanished_is_found_out_by_the_check(tmp_path: Path) -> None:
    store = open_media_store((tmp_path / "media").as_uri())
    (tmp_path / "media").rmdir()
    (tmp_path / "media").write_text("nu en fil")

    with pytest.raises((BaseError, OSError)):
        check_media_store(store)


@pytest.mark.parametrize(
    "url",
    [
        "file:///dev/null/media",
        "file:///proc/media",
        "file:///tmp/%00",
        "file://media",
        "file:media",
        "s3://",
        "s3:",
        "memory://nogle/steder",
        "ftp://hemmelig@solgaarden.dk",
    ],
)
def test_an_unfit_address_is_explained_in_one_line_without_being_shown(url: str) -> None:
    with pytest.raises(MediaStoreUnfit) as caught:
        open_media_store(url)

    said = str(caught.value)
    assert said
    assert "\n" not in said
    assert "hemmelig" not in "".join(traceback.format_exception(caught.value))


def test_what_is_put_in_lies_under_its_checksum_and_comes_out_whole(store: ObjectStore) -> None:
    data = b"Handleplan" * 300_000

    names = {put_media(store, data) for _ in range(2)}

    assert names == {hashlib.sha256(data).hexdigest()}
    assert b"".join(get_media(store, *names, size=len(data))) == data


def test_a_part_comes_out_as_it_was_asked_for(store: ObjectStore) -> None:
    name = put_media(store, b"Handleplan")

    assert b"".join(get_media(store, name, size=10, part=(6, 10))) == b"plan"


def test_what_is_not_there_or_not_whole_is_told_before_the_first_byte(store: ObjectStore) -> None:
    name = put_media(store, b"Handleplan")

    for missing, size in ((name, 9), ("0" * 64, 10)):
        with pytest.raises(MediaMissing):
            get_media(store, missing, size=size)


def test_a_file_is_on_the_disk_before_its_row_may_be_committed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[int] = []
    keep = os.fsync

    def watched(handle: int) -> None:
        kept.append(os.fstat(handle).st_ino)
        keep(handle)

    monkeypatch.setattr(os, "fsync", watched)

    name = put_media(open_media_store(tmp_path.as_uri()), b"Handleplan")

    file = tmp_path / "sha256" / name[:2] / name
    assert [path.stat().st_ino for path in (file, *list(file.parents)[:3])] == kept


def test_parts_come_out_in_the_order_asked_for_and_are_gone_when_deleted(
    store: ObjectStore,
) -> None:
    sha256 = hashlib.sha256(b"Sofie").hexdigest()
    names = [put_part(store, sha256, part) for part in (b"So", b"fie", b"fie")]
    assert len(set(names)) == 3

    assert get_parts(store, names[:2]) == b"Sofie"

    delete_parts(store, sha256, [names[2], names[2]])
    with pytest.raises(MediaMissing):
        get_parts(store, names)
    delete_parts(store, sha256)
    delete_parts(store, sha256)
    assert store.list().collect() == []


def test_a_file_as_it_was_sent_is_read_whole_and_gone_when_deleted(store: ObjectStore) -> None:
    sent = bytes(range(256)) * 50_000
    before = datetime.now(UTC) - timedelta(minutes=1)

    name = put_original(store, io.BytesIO(sent))

    with open_original(store, name) as file:
        assert file.read() == sent
    [(listed, at)] = originals(store).items()
    assert listed == name
    assert at > before
    delete_original(store, name)
    delete_original(store, name)
    assert originals(store) == {}
    with pytest.raises(MediaMissing):
        open_original(store, name)


def test_only_what_was_put_there_before_is_listed_and_deleted(store: ObjectStore) -> None:
    names = {put_media(store, each) for each in (b"Sofie", b"Mikkel", b"Karen")}
    put_part(store, "0" * 64, b"Sofie")
    now = datetime.now(UTC)
    before, after = now - timedelta(minutes=1), now + timedelta(minutes=1)

    assert list(media_before(store, before)) == []
    listed = dict(media_before(store, after))
    assert {each for part in listed.values() for each in part} == names
    assert all(each.startswith(digits) for digits, part in listed.items() for each in part)

    first = min(names)
    assert not delete_media(store, first, before)
    assert delete_media(store, first, after)
    assert not delete_media(store, first, after)
    assert {each for _, part in media_before(store, after) for each in part} == names - {first}
