"""Where files lie: made when missing, checked by use, explained when unfit."""

import hashlib
import os
import traceback
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from obstore.exceptions import BaseError

from webapp.adapters.media_store import (
    MediaMissing,
    MediaStoreUnfit,
    check_media_store,
    delete_media,
    delete_parts,
    free_bytes,
    get_media,
    get_parts,
    media_before,
    open_media_store,
    put_media,
    put_part,
)


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


@pytest.mark.parametrize("kind", ["memory", "file"])
def test_what_is_put_in_lies_under_its_checksum_and_comes_out_whole(
    tmp_path: Path, kind: str
) -> None:
    store = open_media_store("memory://" if kind == "memory" else f"{tmp_path.as_uri()}/medier")
    data = b"Handleplan" * 300_000

    names = {put_media(store, data) for _ in range(2)}

    assert names == {hashlib.sha256(data).hexdigest()}
    assert b"".join(get_media(store, *names, size=len(data))) == data


def test_what_is_not_there_or_not_whole_is_told_before_the_first_byte() -> None:
    store = open_media_store("memory://")
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


def test_parts_come_out_in_the_order_asked_for_and_are_gone_when_deleted(tmp_path: Path) -> None:
    store = open_media_store(tmp_path.as_uri())
    sha256 = hashlib.sha256(b"Sofie").hexdigest()
    names = [put_part(store, sha256, part) for part in (b"So", b"fie", b"fie")]
    assert len(set(names)) == 3

    assert get_parts(store, names[:2]) == b"Sofie"

    delete_parts(store, sha256, [names[2], names[2]])
    with pytest.raises(MediaMissing):
        get_parts(store, names)
    delete_parts(store, sha256)
    delete_parts(store, sha256)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("kind", ["memory", "file"])
def test_only_what_was_put_there_before_is_listed_and_deleted(tmp_path: Path, kind: str) -> None:
    store = open_media_store("memory://" if kind == "memory" else tmp_path.as_uri())
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
