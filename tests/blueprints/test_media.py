"""Pictures follow their entries: sent in parts by anyone, kept when whole, shown on the day."""

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.bench.queries import recorded
from tests.blueprints.conftest import Ledger
from tests.blueprints.tapping import actions, correct, count, undo, words
from tests.factories import NOW, World, add_observation, add_picture
from tests.papers import a_picture
from tests.sync.tablet import Pen, SealedFile, ask_for_grant, deliver, seal_file, statuses
from tests.sync.uploading import begin, checksum, offset, put, upload
from webapp.adapters import papers
from webapp.adapters.media_store import get_media
from webapp.db import db
from webapp.domain.uploading import MOST_PICTURES
from webapp.models import AuditEvent, MediaPart, MediaUpload, Observation, Picture, PictureState

PART = 100_000
PHOTO = a_picture(size=(2400, 1800), quality=95) + bytes(6 * PART)
"""A file of more than a few parts: what follows a picture is not read."""

ON_ITS_WAY, NOT_SHOWN = "Billedet er på vej", "Billedet kunne ikke vises"


@pytest.fixture
def annas(anna: FlaskClient) -> Pen:
    """Anna's grant on a tablet."""
    return ask_for_grant(anna)


@pytest.fixture
def photo() -> SealedFile:
    """Sofie with her toothbrush."""
    return seal_file(PHOTO)


@pytest.fixture
def named(client: FlaskClient, annas: Pen, world: World, photo: SealedFile) -> UUID:
    """An entry that names the photo, and is stored."""
    return name(client, annas, world, photo)


def name(client: FlaskClient, pen: Pen, world: World, *files: SealedFile) -> UUID:
    """Deliver a tap that names these files; return its id."""
    id = uuid4()
    answer = deliver(client, pen.tap(world.takes_brush.id, id=id, files=files), pens=[pen])
    assert statuses(answer) == ["stored"]
    return id


def misname(
    client: FlaskClient, pen: Pen, world: World, files: list[SealedFile], named: list[Any]
) -> None:
    """Deliver a tap that says something else of its files than they are."""
    id = uuid4()
    fields = [("new_id", str(id)), ("outcome", "seen")]
    kind = "observation.create_for_sign"
    entry = pen.entry(kind, world.takes_brush.id, fields, id=id, files=files, media=named)
    assert statuses(deliver(client, entry, pens=[pen])) == ["stored"]


def pictures(session: Session) -> list[Picture]:
    return list(session.scalars(select(Picture).order_by(Picture.named_at, Picture.place)))


def day(client: FlaskClient, world: World) -> str:
    return words(client.get(f"/citizens/{world.sofie.id}"))


def kept(app: Flask, picture: Picture) -> bytes:
    """Return a picture as it lies in the media store."""
    store = app.extensions["media_store"]
    assert picture.sha256 is not None
    assert picture.size is not None
    return b"".join(get_media(store, picture.sha256, size=picture.size))


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


# The way of a picture


def test_the_text_comes_first_and_its_picture_follows(
    app: Flask,
    client: FlaskClient,
    anna: FlaskClient,
    session: Session,
    world: World,
    photo: SealedFile,
    named: UUID,
    ledger: Ledger,
) -> None:
    assert count(session, Observation) == 1
    assert ON_ITS_WAY in day(anna, world)

    answer = upload(client, photo)

    assert (answer.status_code, answer.headers["Upload-Offset"]) == (204, str(len(photo.data)))
    assert (ledger.last.commits, ledger.last.events) == (1, 1)
    [picture] = pictures(session)
    assert (picture.entry_id, picture.state, picture.sealed_key) == (
        named,
        PictureState.READY,
        None,
    )
    assert (picture.width, picture.height) == opened(kept(app, picture)).size == (1600, 1200)
    told = session.scalars(select(AuditEvent).where(AuditEvent.action == "picture.create")).one()
    assert (told.actor_id, told.citizen_id, told.object_id) == (
        world.anna.id,
        world.sofie.id,
        picture.id,
    )
    assert count(session, MediaPart) == 0
    page = day(anna, world)
    assert ON_ITS_WAY not in page
    assert f"/pictures/{picture.id}/thumbnail" in page
    assert f"/observations/{named}#picture-{picture.id}" in page
    assert f"/pictures/{picture.id}" in anna.get(f"/observations/{named}").text


def test_pictures_are_handed_out_large_and_small_to_be_kept_by_this_browser_alone(
    client: FlaskClient, anna: FlaskClient, session: Session, photo: SealedFile, named: UUID
) -> None:
    upload(client, photo)
    [picture] = pictures(session)

    for which, size in (("", 1600), ("/thumbnail", 320)):
        answer = anna.get(f"/pictures/{picture.id}{which}")

        assert opened(answer.data).width == size
        assert answer.mimetype == "image/webp"
        assert answer.headers["Cache-Control"] == "private, max-age=3600"
        assert "Cookie" in answer.headers["Vary"]
        assert actions(session)[-1] == "picture.read"


def test_a_picture_whose_reader_is_ended_from_outside_is_sent_again_and_comes(
    client: FlaskClient,
    session: Session,
    named: UUID,
    photo: SealedFile,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """As when the server is stopped while a tablet sends: nothing is known of the file."""
    reader = tmp_path / "reader.py"
    reader.write_text("import os; os.kill(os.getpid(), 15)", encoding="utf-8")
    with monkeypatch.context() as stopped:
        stopped.setattr(papers, "_READER", reader)
        assert upload(client, photo).status_code == 503

    assert [one.state for one in pictures(session)] == [PictureState.EXPECTED]
    session.rollback()

    assert upload(client, photo).status_code == 204
    assert [one.state for one in pictures(session)] == [PictureState.READY]


def test_a_picture_on_its_way_is_not_there_yet(
    anna: FlaskClient, session: Session, named: UUID
) -> None:
    [picture] = pictures(session)

    assert anna.get(f"/pictures/{picture.id}").status_code == 404
    assert anna.get(f"/pictures/{picture.id}/thumbnail").status_code == 404


def test_a_picture_that_is_gone_from_the_store_is_told_in_words(
    app: Flask, anna: FlaskClient, session: Session, world: World
) -> None:
    seen = add_observation(session, world.teeth, world.takes_brush, world.anna)
    picture = add_picture(session, seen, world.sofie)
    picture.sha256 = "0" * 64
    session.commit()

    answer = anna.get(f"/pictures/{picture.id}")

    assert answer.status_code == 404
    assert "Billedet ligger ikke, hvor det skal" in words(answer)


def test_the_day_asks_no_more_queries_for_many_pictures_than_for_none(
    anna: FlaskClient, session: Session, world: World
) -> None:
    def look() -> int:
        with recorded(db.engine) as asked:
            assert anna.get(f"/citizens/{world.sofie.id}").status_code == 200
        return sum(query.statement.lstrip().startswith(("SELECT", "WITH")) for query in asked)

    seen = add_observation(session, world.teeth, world.takes_brush, world.bo)
    session.commit()
    look()  # The first entry of a log asks once more than every other.
    without = look()
    add_picture(session, seen, world.sofie)
    for _ in range(5):
        more = add_observation(session, world.teeth, world.takes_brush, world.bo)
        add_picture(session, more, world.sofie)
    session.commit()

    assert look() == without
    assert without <= 12


def test_what_waits_under_the_id_of_somebody_elses_note_puts_no_picture_into_it(
    client: FlaskClient,
    anna: FlaskClient,
    annas: Pen,
    session: Session,
    world: World,
    photo: SealedFile,
) -> None:
    bos = add_observation(session, world.teeth, world.takes_brush, world.bo)
    session.commit()
    fields = [("new_id", str(bos.id)), ("note", "Ikke min.")]
    entry = annas.entry("observation.correct", uuid4(), fields, id=bos.id, files=[photo])

    assert statuses(deliver(client, entry, pens=[annas])) == ["conflict same_id_other_content"]

    assert pictures(session) == []
    assert ON_ITS_WAY not in words(anna.get(f"/citizens/{world.sofie.id}"))


# D, as docs/offline.md counts it


def test_d1_an_upload_that_is_cut_stays_on_its_way_until_it_is_whole(
    client: FlaskClient, anna: FlaskClient, session: Session, world: World, named: UUID,
    photo: SealedFile,
) -> None:  # fmt: skip
    cut = len(photo.data) * 6 // 10
    begin(client, photo)

    assert put(client, photo, 0, photo.data[:cut]).status_code == 204

    assert pictures(session)[0].state is PictureState.EXPECTED
    assert ON_ITS_WAY in day(anna, world)
    assert offset(client, photo) == cut
    assert put(client, photo, cut, photo.data[cut:]).status_code == 204
    assert pictures(session)[0].state is PictureState.READY


def test_d2_whoever_comes_back_is_told_how_far_it_came_by_the_content_alone(
    app: Flask, client: FlaskClient, session: Session, named: UUID, photo: SealedFile
) -> None:
    begin(client, photo)
    put(client, photo, 0, photo.data[:PART])

    another = app.test_client()

    assert begin(another, photo).status_code == 201
    assert offset(another, photo) == PART


def test_d3_a_part_that_does_not_go_there_is_refused_and_the_offset_told(
    client: FlaskClient, session: Session, named: UUID, photo: SealedFile
) -> None:
    begin(client, photo)
    put(client, photo, 0, photo.data[:PART])

    for start in (0, PART // 2, PART + 1, len(photo.data)):
        answer = put(client, photo, start, photo.data[:PART])
        assert (answer.status_code, answer.get_json()) == (409, {"error": "other_offset"})

    assert offset(client, photo) == PART


def test_d4_another_files_bytes_never_become_this_one(
    client: FlaskClient, session: Session, named: UUID, photo: SealedFile
) -> None:
    other = seal_file(PHOTO)
    assert len(other.data) == len(photo.data)
    begin(client, photo)
    put(client, photo, 0, photo.data[:PART])

    answer = put(client, photo, PART, other.data[PART:])

    assert (answer.status_code, answer.get_json()) == (460, {"error": "other_file"})
    assert offset(client, photo) == 0
    assert pictures(session)[0].state is PictureState.EXPECTED
    assert upload(client, photo).status_code == 204
    assert pictures(session)[0].state is PictureState.READY


BOMB = a_picture("PNG", (9000, 9000), "1")


@pytest.mark.parametrize(
    "data",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<!doctype html><script>alert(document.cookie)</script>",
        a_picture(size=(600, 400))[:-400],
        a_picture("TIFF"),
        b"\xff\xd8\xff" + bytes(500),
        BOMB,
    ],
    ids=["svg", "html", "truncated", "tiff", "nothing", "bomb"],
)
def test_d5_what_is_no_picture_is_refused_and_the_text_stays(
    client: FlaskClient,
    anna: FlaskClient,
    annas: Pen,
    session: Session,
    world: World,
    ledger: Ledger,
    data: bytes,
) -> None:
    file = seal_file(data)
    name(client, annas, world, file)

    answer = upload(client, file)

    assert (answer.status_code, offset(client, file)) == (204, len(file.data))
    assert actions(session)[-1] == "picture.refuse"
    [picture] = pictures(session)
    assert (picture.state, picture.sealed_key, picture.sha256) == (PictureState.REFUSED, None, None)
    assert count(session, Observation) == 1
    assert NOT_SHOWN in day(anna, world)


def test_d5_a_file_that_its_key_does_not_open_is_refused(
    client: FlaskClient, annas: Pen, session: Session, world: World, photo: SealedFile
) -> None:
    name(client, annas, world, SealedFile(photo.data, bytes(32)))

    assert upload(client, photo).status_code == 204

    assert pictures(session)[0].state is PictureState.REFUSED


def test_d6_a_picture_of_what_was_undone_is_taken_and_shown_nowhere(
    client: FlaskClient, anna: FlaskClient, session: Session, world: World, photo: SealedFile,
    named: UUID,
) -> None:  # fmt: skip
    undo(anna, named)

    assert upload(client, photo).status_code == 204

    [picture] = pictures(session)
    assert (picture.state, picture.entry_id) == (PictureState.READY, named)
    assert str(picture.id) not in day(anna, world)


def test_d6_a_picture_of_what_was_corrected_stands_with_the_correction(
    client: FlaskClient, anna: FlaskClient, session: Session, world: World, photo: SealedFile,
    named: UUID,
) -> None:  # fmt: skip
    correct(anna, named, note="Hun tog den selv")
    correct(anna, session.scalars(
        select(Observation.id).where(Observation.supersedes_id == named)
    ).one(), support_level="verbal")  # fmt: skip

    upload(client, photo)

    [picture] = pictures(session)
    assert picture.entry_id == named
    assert f"/pictures/{picture.id}/thumbnail" in day(anna, world)


def test_d7_the_same_photo_twice_is_kept_once(
    client: FlaskClient, annas: Pen, session: Session, world: World
) -> None:
    twice = [seal_file(a_picture()) for _ in range(2)]
    name(client, annas, world, *twice)

    for file in twice:
        assert upload(client, file).status_code == 204

    first, second = pictures(session)
    assert first.sealed_sha256 != second.sealed_sha256
    assert first.sha256 == second.sha256


def test_d7_a_sealed_file_that_two_entries_name_is_sent_once(
    client: FlaskClient, annas: Pen, session: Session, world: World, photo: SealedFile
) -> None:
    ids = [uuid4(), uuid4()]
    taps = [annas.tap(world.takes_brush.id, id=id, files=[photo]) for id in ids]
    deliver(client, *taps, pens=[annas])

    assert upload(client, photo).status_code == 204

    found = pictures(session)
    assert {picture.entry_id for picture in found} == set(ids)
    assert [picture.state for picture in found] == [PictureState.READY] * 2
    assert actions(session).count("picture.create") == 2


def test_d8_what_a_picture_says_of_place_and_camera_is_gone(
    app: Flask, client: FlaskClient, annas: Pen, session: Session, world: World
) -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Kamera", 6
    exif.get_ifd(0x8825)[1] = "N"
    file = seal_file(a_picture(size=(60, 40), exif=exif, comment=b"Sofie") + b"<script>")
    name(client, annas, world, file)

    upload(client, file)

    data = kept(app, pictures(session)[0])
    assert opened(data).size == (40, 60)
    assert not opened(data).getexif()
    assert "comment" not in opened(data).info
    assert b"<script>" not in data


# What is expected, and what is not


def test_a_picture_waits_with_its_entry_for_what_that_builds_on(
    client: FlaskClient, anna: FlaskClient, annas: Pen, session: Session, world: World,
    photo: SealedFile,
) -> None:  # fmt: skip
    tapped, corrected = uuid4(), uuid4()
    tap = annas.tap(world.takes_brush.id, id=tapped)
    fields = [("new_id", str(corrected)), ("note", "Se selv")]
    note = annas.entry("observation.correct", tapped, fields, id=corrected, files=[photo])
    assert statuses(deliver(client, note, pens=[annas])) == ["held"]
    assert upload(client, photo).status_code == 204
    assert pictures(session)[0].citizen_id is None

    deliver(client, tap, pens=[annas])

    [picture] = pictures(session)
    assert (picture.entry_id, picture.citizen_id) == (corrected, world.sofie.id)
    assert f"/pictures/{picture.id}/thumbnail" in day(anna, world)


def test_what_is_not_stored_expects_no_picture(
    client: FlaskClient, annas: Pen, session: Session, world: World, photo: SealedFile
) -> None:
    id = uuid4()
    deliver(client, annas.tap(world.takes_brush.id, id=id), pens=[annas])
    other = annas.tap(world.takes_brush.id, id=id, note="Noget andet", files=[photo])
    nowhere = annas.tap(uuid4(), id=uuid4(), files=[photo])
    withdrawal = annas.entry("observation.withdraw", id, files=[photo])

    answer = deliver(client, other, nowhere, withdrawal, pens=[annas])

    assert [each.split()[0] for each in statuses(answer)] == ["conflict", "rejected", "stored"]
    assert count(session, Picture) == count(session, MediaUpload) == 0
    assert begin(client, photo).status_code == 404


def test_what_nobody_would_take_is_refused_before_it_is_sent(
    client: FlaskClient, annas: Pen, session: Session, world: World
) -> None:
    song, keyless, huge = (seal_file(data) for data in (b"song", b"keyless", b"huge"))
    fit = [seal_file(bytes([number])) for number in range(MOST_PICTURES - 3)]
    late = seal_file(b"late")
    told = [file.named for file in (song, keyless, huge, *fit, late)]
    told[0]["type"], told[2]["size"] = "audio/mpeg", 10**12

    misname(client, annas, world, [song, huge, *fit, late], told)

    states = {picture.sealed_sha256: picture.state for picture in pictures(session)}
    assert {states[file.sha256] for file in (song, keyless, huge, late)} == {PictureState.REFUSED}
    assert {states[file.sha256] for file in fit} == {PictureState.EXPECTED}
    assert begin(client, song).status_code == 201
    assert offset(client, song) == len(song.data), "the upload is over before it begins"


def test_a_file_that_is_here_is_not_sent_again(
    client: FlaskClient, session: Session, named: UUID, photo: SealedFile
) -> None:
    upload(client, photo)

    assert begin(client, photo).status_code == 201
    assert offset(client, photo) == len(photo.data)
    assert put(client, photo, 0, photo.data).status_code == 409
    assert put(client, photo, len(photo.data), b"").status_code == 204
    assert put(client, photo, len(photo.data), b"more").status_code == 413


def test_a_file_that_is_named_again_later_comes_again(
    client: FlaskClient, annas: Pen, session: Session, world: World, photo: SealedFile, named: UUID
) -> None:
    upload(client, photo)

    name(client, annas, world, photo)

    assert offset(client, photo) == 0
    assert upload(client, photo).status_code == 204
    assert [picture.state for picture in pictures(session)] == [PictureState.READY] * 2


def test_the_same_entry_again_changes_nothing_of_its_picture(
    client: FlaskClient, annas: Pen, session: Session, world: World, photo: SealedFile
) -> None:
    tap = annas.tap(world.takes_brush.id, id=uuid4(), files=[photo])
    deliver(client, tap, pens=[annas])
    upload(client, photo)

    assert statuses(deliver(client, tap, tap, pens=[annas])) == ["already", "already"]

    assert pictures(session)[0].state is PictureState.READY
    assert offset(client, photo) == len(photo.data)


def test_what_the_page_stored_before_gets_its_picture_from_the_entry(
    client: FlaskClient, anna: FlaskClient, annas: Pen, session: Session, world: World,
    photo: SealedFile,
) -> None:  # fmt: skip
    id = uuid4()
    anna.post(
        f"/signs/{world.takes_brush.id}/observations", data={"new_id": str(id), "outcome": "seen"}
    )

    answer = deliver(client, annas.tap(world.takes_brush.id, id=id, files=[photo]), pens=[annas])

    assert statuses(answer) == ["already"]
    assert upload(client, photo).status_code == 204


def test_where_two_entries_name_two_sizes_the_right_one_is_taken(
    client: FlaskClient, annas: Pen, session: Session, world: World, photo: SealedFile
) -> None:
    misname(client, annas, world, [photo], [photo.named | {"size": 10}])
    name(client, annas, world, photo)
    put(client, photo, 0, photo.data[:5])

    assert upload(client, photo).status_code == 204

    assert [picture.state for picture in pictures(session)] == [PictureState.READY] * 2


# At once, and late


def test_two_senders_at_once_cannot_mix_their_parts(
    app: Flask, client: FlaskClient, session: Session, named: UUID, photo: SealedFile
) -> None:
    begin(client, photo)
    session.commit()
    step = -(-len(photo.data) // 8)

    def send(_place: int) -> list[int]:
        sender, told = app.test_client(), []
        while (start := offset(sender, photo)) < len(photo.data):
            told.append(put(sender, photo, start, photo.data[start : start + step]).status_code)
        return told

    with ThreadPoolExecutor(3) as pool:
        told = [status for each in pool.map(send, range(3)) for status in each]

    assert set(told) <= {204, 409}
    assert told.count(204) == 8
    assert pictures(session)[0].state is PictureState.READY


def test_parts_that_nobody_went_on_with_are_cleared_beside_the_next_upload(
    app: Flask,
    client: FlaskClient,
    annas: Pen,
    session: Session,
    world: World,
    photo: SealedFile,
    named: UUID,
    set_clock: Callable[[datetime], None],
) -> None:
    begin(client, photo)
    answer = put(client, photo, 0, photo.data[:PART])
    assert answer.headers["Upload-Expires"] == "Sat, 05 Dec 2026 18:30:00 GMT"
    next_one = seal_file(a_picture())
    name(client, annas, world, next_one)
    set_clock(NOW + timedelta(days=15))

    begin(client, next_one)

    assert count(session, MediaPart) == 0
    assert app.extensions["media_store"].list(prefix=f"uploads/{photo.sha256}").collect() == []
    assert upload(client, photo).status_code == 204


def test_a_part_that_was_cut_is_kept_as_far_as_it_came(
    client: FlaskClient, session: Session, named: UUID, photo: SealedFile
) -> None:
    begin(client, photo)
    more = {"CONTENT_LENGTH": str(2 * PART)}
    headers = {
        "Tus-Resumable": "1.0.0",
        "Upload-Offset": "0",
        "Content-Type": "application/offset+octet-stream",
    }

    def send(**further: str) -> None:
        client.patch(
            f"/sync/media/{photo.sha256}",
            input_stream=io.BytesIO(photo.data[:PART]),
            headers=headers | further,
            environ_overrides=more,
        )

    send(**{"Upload-Checksum": checksum(photo.data[: 2 * PART])})
    assert offset(client, photo) == 0, "nothing tells whether that was right"
    send()
    assert offset(client, photo) == PART


def test_a_part_that_vanished_from_the_store_lets_the_file_begin_again(
    app: Flask, client: FlaskClient, session: Session, named: UUID, photo: SealedFile
) -> None:
    begin(client, photo)
    put(client, photo, 0, photo.data[:PART])
    app.extensions["media_store"].delete(session.scalars(select(MediaPart.name)).one())

    assert put(client, photo, PART, photo.data[PART:]).status_code == 460

    assert offset(client, photo) == 0
    assert upload(client, photo).status_code == 204
