"""How much may be on its way: what the disk has room for, an author's share, and who ends it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from joserfc.jwk import ECKey
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.blueprints.tapping import count
from tests.factories import NOW, World
from tests.papers import a_picture
from tests.sync.tablet import Pen, SealedFile, ask_for_grant, deliver, seal_file, sign, statuses
from tests.sync.uploading import TUS, begin, end, offset, put, upload
from webapp import uploads
from webapp.adapters.media_store import put_part
from webapp.current import settings_of
from webapp.domain.uploading import LARGEST_MEDIA, LEAST_PART, MOST_BEGUN, MediaMoved
from webapp.models import MediaPart, MediaUpload
from webapp.services import media_uploads
from webapp.services.media_uploads import Part

SetRoom = Callable[[int], None]


@pytest.fixture
def annas(anna: FlaskClient) -> Pen:
    """Anna's grant on a tablet."""
    return ask_for_grant(anna)


@pytest.fixture
def bos(bo: FlaskClient) -> Pen:
    """Bo's."""
    return ask_for_grant(bo)


@pytest.fixture
def set_room(app: Flask, monkeypatch: pytest.MonkeyPatch) -> SetRoom:
    """Let the disk have so many bytes more than are kept free."""

    def set_room(room: int) -> None:
        free = settings_of(app).media_reserve * 1024 * 1024 + room
        monkeypatch.setattr(uploads, "free_bytes", lambda _store: free)

    return set_room


def a_photo() -> SealedFile:
    """Return a file of two parts, another each time."""
    # What follows a picture is not read.
    return seal_file(a_picture() + bytes(2 * LEAST_PART))


def name(client: FlaskClient, pen: Pen, world: World, *files: SealedFile) -> UUID:
    """Deliver a tap that names these files; return its id."""
    id = uuid4()
    answer = deliver(client, pen.tap(world.takes_brush.id, id=id, files=files), pens=[pen])
    assert statuses(answer) == ["stored"]
    return id


def half(client: FlaskClient, file: SealedFile) -> None:
    """Begin a file and send the first half."""
    assert begin(client, file).status_code == 201
    assert put(client, file, 0, file.data[:LEAST_PART]).status_code == 204


def rest(client: FlaskClient, file: SealedFile) -> TestResponse:
    """Send the other half."""
    return put(client, file, LEAST_PART, file.data[LEAST_PART:])


def told(answer: TestResponse) -> tuple[int, object, str | None]:
    """Return the status, what was said, and when to come again."""
    return answer.status_code, answer.get_json(), answer.headers.get("Retry-After")


NO_ROOM = (507, {"error": "no_room"}, "300")
TOO_MUCH = (429, {"error": "too_much_begun"}, "300")
UNPROVEN = (403, {"error": "unproven"}, None)


# The disk


def test_nothing_new_begins_on_a_full_disk_and_what_has_begun_is_finished(
    client: FlaskClient, annas: Pen, world: World, session: Session, set_room: SetRoom
) -> None:
    begun, new = a_photo(), a_photo()
    name(client, annas, world, begun, new)
    half(client, begun)
    set_room(0)

    assert told(begin(client, new)) == NO_ROOM
    assert told(put(client, new, 0, new.data)) == NO_ROOM, "nor without having been told of it"
    assert offset(client, new) == 0
    assert begin(client, begun).status_code == 201
    assert rest(client, begun).status_code == 204

    set_room(len(new.data))
    assert upload(client, new).status_code == 204
    assert count(session, MediaPart) == 0


def test_room_is_kept_for_all_that_has_begun(
    client: FlaskClient, annas: Pen, world: World, set_room: SetRoom
) -> None:
    first, second = a_photo(), a_photo()
    name(client, annas, world, first, second)
    set_room(len(first.data) + len(second.data) - 1)
    begin(client, first)

    assert told(begin(client, second)) == NO_ROOM

    set_room(len(first.data) + len(second.data))
    assert begin(client, second).status_code == 201


def test_entries_are_stored_while_their_pictures_wait_for_room(
    client: FlaskClient, annas: Pen, world: World, set_room: SetRoom
) -> None:
    set_room(-1)
    photo = a_photo()

    name(client, annas, world, photo)

    assert told(begin(client, photo)) == NO_ROOM


def test_what_nobody_goes_on_with_is_thrown_away_also_where_nothing_new_may_begin(
    app: Flask,
    client: FlaskClient,
    annas: Pen,
    world: World,
    session: Session,
    set_room: SetRoom,
    set_clock: Callable[[datetime], None],
) -> None:
    forgotten, new = a_photo(), a_photo()
    name(client, annas, world, forgotten, new)
    half(client, forgotten)
    set_room(0)
    set_clock(NOW + timedelta(days=15))

    assert told(begin(client, new)) == NO_ROOM

    assert count(session, MediaPart) == 0
    kept = app.extensions["media_store"].list(prefix=f"uploads/{forgotten.sha256}")
    assert kept.collect() == []


# An author's share


def test_who_has_too_much_on_its_way_finishes_that_first_and_holds_up_nobody_else(
    client: FlaskClient,
    annas: Pen,
    bos: Pen,
    anna: FlaskClient,
    world: World,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, second, bos_own = a_photo(), a_photo(), a_photo()
    another_grant = ask_for_grant(anna)
    name(client, annas, world, first)
    name(client, another_grant, world, second)
    name(client, bos, world, bos_own)
    monkeypatch.setattr(media_uploads, "MOST_BEGUN", 2 * len(first.data) - 1)
    half(client, first)

    assert told(begin(client, second)) == TOO_MUCH, "what has come counts until it is over"
    assert told(put(client, second, 0, second.data)) == TOO_MUCH
    assert begin(client, first).status_code == 201
    assert upload(client, bos_own).status_code == 204
    assert rest(client, first).status_code == 204
    assert upload(client, second).status_code == 204


def test_a_file_that_two_authors_named_begins_when_one_of_them_may(
    client: FlaskClient, annas: Pen, bos: Pen, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, both = a_photo(), a_photo()
    name(client, annas, world, first, both)
    name(client, bos, world, both)
    monkeypatch.setattr(media_uploads, "MOST_BEGUN", len(first.data))
    half(client, first)

    assert begin(client, both).status_code == 201


def test_a_shift_of_two_hundred_pictures_fits_into_an_authors_share() -> None:
    usual = 2 * 1024 * 1024  # What a tablet counts with, in static/js/media/room.js.

    assert 200 * usual <= MOST_BEGUN < 2 * 200 * usual
    assert LARGEST_MEDIA <= MOST_BEGUN


# Parts


def test_the_last_part_may_be_as_small_as_it_is(
    client: FlaskClient, annas: Pen, world: World
) -> None:
    photo = a_photo()
    name(client, annas, world, photo)
    begin(client, photo)
    all_but_one = len(photo.data) - 1

    assert put(client, photo, 0, photo.data[:all_but_one]).status_code == 204
    assert put(client, photo, all_but_one, photo.data[all_but_one:]).status_code == 204


def test_parts_that_came_while_another_size_was_said_are_not_added(
    app: Flask, client: FlaskClient, annas: Pen, world: World, session: Session
) -> None:
    photo = a_photo()
    name(client, annas, world, photo)
    begin(client, photo)
    upload = session.get_one(MediaUpload, photo.sha256)
    store, data = app.extensions["media_store"], photo.data[:LEAST_PART]
    part = Part(put_part(store, photo.sha256, data), len(data))
    for size in (LEAST_PART - 1, LEAST_PART):
        upload.size = size

        with pytest.raises(MediaMoved):
            media_uploads.add_parts(session, photo.sha256, 0, [part], now=NOW)

    assert (upload.offset, count(session, MediaPart)) == (0, 0)


# Who ends it


def test_an_upload_is_ended_by_the_key_that_signed_its_entry_and_by_no_other(
    client: FlaskClient, annas: Pen, bos: Pen, anna: FlaskClient, world: World
) -> None:
    photo, other = a_photo(), a_photo()
    name(client, annas, world, photo)
    name(client, bos, world, other)
    half(client, photo)
    another_of_hers = ask_for_grant(anna)
    unknown = Pen(ECKey.generate_key("P-256"), annas.grant, annas.seal_to)

    for pen in (None, bos, another_of_hers, unknown):
        assert told(end(client, photo, pen)) == UNPROVEN
    for proof in (
        "",
        "x",
        annas.ends(other),
        annas.grant,
        sign(photo.sha256, annas.key),
        sign(photo.sha256, annas.key, "smaategn-end+jws"),
        sign(photo.sha256, annas.key, "smaategn-end+jws", jwk={"kty": "EC"}),
        annas.ends(photo)[:-8] + "AAAAAAAA",
        bos.ends(photo).partition(".")[0] + "." + annas.ends(photo).partition(".")[2],
    ):
        headers = TUS | {"Smaategn-Proof": proof}
        assert told(client.delete(f"/sync/media/{photo.sha256}", headers=headers)) == UNPROVEN

    assert offset(client, photo) == LEAST_PART
    assert end(client, photo, annas).status_code == 204
    assert offset(client, photo) == 0


def test_whoever_sends_another_entry_under_the_same_id_ends_no_upload(
    client: FlaskClient, annas: Pen, bos: Pen, anna: FlaskClient, world: World
) -> None:
    photo = a_photo()
    id = name(client, annas, world, photo)
    half(client, photo)

    for pen in (bos, ask_for_grant(anna)):
        other = pen.tap(world.takes_brush.id, id=id, note="Noget andet", files=[photo])
        [became] = statuses(deliver(client, other, pens=[pen]))
        assert became.startswith("conflict")
        assert told(end(client, photo, pen)) == UNPROVEN

    assert offset(client, photo) == LEAST_PART
