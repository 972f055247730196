"""What the upload refuses, header by header; nothing of it is kept, and the file can still come."""

from threading import BoundedSemaphore
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.blueprints.tapping import count
from tests.factories import World
from tests.papers import a_picture
from tests.sync.tablet import Pen, SealedFile, ask_for_grant, deliver, seal_file
from tests.sync.uploading import PART, TUS, begin, checksum, end, metadata, offset, put, upload
from webapp.adapters import papers
from webapp.adapters.sealing import Sealer
from webapp.domain.uploading import LARGEST_MEDIA, LEAST_PART
from webapp.models import MediaPart, Picture
from webapp.services import pictures
from webapp.services.secrets import seal_anew

HALF = 100_000


@pytest.fixture
def photo() -> SealedFile:
    # What follows a picture is not read.
    return seal_file(a_picture() + bytes(2 * HALF))


@pytest.fixture
def pen(anna: FlaskClient) -> Pen:
    return ask_for_grant(anna)


@pytest.fixture(autouse=True)
def named(client: FlaskClient, pen: Pen, world: World, photo: SealedFile) -> UUID:
    """An entry that names the photo, and is stored."""
    id = uuid4()
    deliver(client, pen.tap(world.takes_brush.id, id=id, files=[photo]), pens=[pen])
    return id


def test_the_server_tells_what_of_tus_it_speaks(client: FlaskClient, photo: SealedFile) -> None:
    for address in ("/sync/media", f"/sync/media/{photo.sha256}"):
        answer = client.options(address)

        assert answer.status_code == 204
        assert {name: value for name, value in answer.headers if name.startswith("Tus-")} == {
            "Tus-Resumable": "1.0.0",
            "Tus-Version": "1.0.0",
            "Tus-Extension": "creation,checksum,termination,expiration",
            "Tus-Max-Size": str(LARGEST_MEDIA),
            "Tus-Checksum-Algorithm": "sha1,sha256",
        }


def test_an_upload_that_begins_tells_where_and_until_when(
    client: FlaskClient, photo: SealedFile
) -> None:
    answer = begin(client, photo)

    assert (answer.status_code, answer.location) == (201, f"/sync/media/{photo.sha256}")
    assert answer.headers["Upload-Expires"] == "Sat, 05 Dec 2026 18:30:00 GMT"
    assert answer.headers["Tus-Resumable"] == "1.0.0"
    head = client.head(f"/sync/media/{photo.sha256}", headers=TUS)
    assert head.headers["Cache-Control"] == "no-store"
    assert head.headers["Upload-Metadata"] == metadata(photo.sha256)
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    ("told", "status", "error"),
    [
        ({"Tus-Resumable": "0.2.2"}, 412, "unknown_version"),
        ({"Tus-Resumable": ""}, 412, "unknown_version"),
        ({"Upload-Length": ""}, 400, "malformed"),
        ({"Upload-Length": "-1"}, 400, "malformed"),
        ({"Upload-Length": "٣"}, 400, "malformed"),
        ({"Upload-Length": "9" * 30}, 400, "malformed"),
        ({"Upload-Length": "1"}, 400, "other_size"),
        ({"Upload-Metadata": ""}, 404, "unknown"),
        ({"Upload-Metadata": "sha256"}, 404, "unknown"),
        ({"Upload-Metadata": "sha256 %%%"}, 400, "malformed"),
        ({"Upload-Metadata": "sha256 w6bDuMOl"}, 404, "unknown"),
        ({"Upload-Metadata": metadata("b" * 64)}, 404, "unknown"),
        (
            {"Upload-Metadata": metadata("b" * 64), "Upload-Length": str(LARGEST_MEDIA + 1)},
            413,
            "too_large",
        ),
    ],
    ids=str,
)
def test_an_upload_that_cannot_begin(
    client: FlaskClient, photo: SealedFile, told: dict[str, str], status: int, error: str
) -> None:
    usual = {"Upload-Length": str(len(photo.data)), "Upload-Metadata": metadata(photo.sha256)}
    # As bytes on a line, which a test client writes only of letters that fit.
    sent = {name: value.encode().decode("latin-1") for name, value in (usual | told).items()}

    answer = client.post("/sync/media", headers=TUS | sent)

    assert (answer.status_code, answer.get_json()) == (status, {"error": error})
    assert answer.headers["Tus-Resumable"] == "1.0.0"
    assert ("Tus-Version" in answer.headers) == (status == 412)


@pytest.mark.parametrize(
    ("told", "size", "status", "error"),
    [
        ({"Tus-Resumable": "2.0.0"}, 1, 412, "unknown_version"),
        ({"Content-Type": "application/octet-stream"}, 1, 415, "unknown_type"),
        ({"Upload-Offset": ""}, 1, 400, "malformed"),
        ({"Upload-Offset": "x"}, 1, 400, "malformed"),
        ({"Upload-Offset": "1"}, 1, 409, "other_offset"),
        ({"Upload-Checksum": "md5 AAAA"}, 1, 400, "malformed"),
        ({"Upload-Checksum": "sha1 %"}, 1, 400, "malformed"),
        ({"Upload-Checksum": "sha1"}, 1, 460, "checksum_mismatch"),
        ({"Upload-Checksum": checksum(b"y")}, 1, 460, "checksum_mismatch"),
        ({"Upload-Checksum": checksum(b"y", "sha1")}, 1, 460, "checksum_mismatch"),
        ({}, 3 * HALF, 413, "too_large"),
        ({}, LEAST_PART - 1, 400, "too_small"),
        ({}, 1, 400, "too_small"),
        ({}, 0, 400, "too_small"),
    ],
    ids=str,
)
def test_a_part_that_is_refused_leaves_nothing(
    app: Flask,
    client: FlaskClient,
    session: Session,
    photo: SealedFile,
    told: dict[str, str],
    size: int,
    status: int,
    error: str,
) -> None:
    begin(client, photo)

    answer = client.patch(
        f"/sync/media/{photo.sha256}",
        data=b"x" * size,
        headers=PART | {"Upload-Offset": "0"} | told,
    )

    assert (answer.status_code, answer.get_json()) == (status, {"error": error})
    assert offset(client, photo) == 0
    assert count(session, MediaPart) == 0
    assert app.extensions["media_store"].list(prefix=f"uploads/{photo.sha256}").collect() == []
    assert upload(client, photo).status_code == 204


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_part_with_its_checksum_is_taken(
    client: FlaskClient, photo: SealedFile, algorithm: str
) -> None:
    begin(client, photo)
    part = photo.data[:HALF]

    answer = put(client, photo, 0, part, Upload_Checksum=checksum(part, algorithm))

    assert (answer.status_code, answer.headers["Upload-Offset"]) == (204, str(HALF))


def test_a_file_nobody_named_opens_nothing(client: FlaskClient, pen: Pen) -> None:
    stranger = seal_file(a_picture("PNG"))

    answers = [
        begin(client, stranger),
        put(client, stranger, 0, stranger.data),
        end(client, stranger, pen),
        client.head(f"/sync/media/{stranger.sha256}", headers=TUS),
        client.head("/sync/media/%00", headers=TUS),
    ]

    assert [answer.status_code for answer in answers] == [404] * 5
    assert answers[0].get_json() == {"error": "unknown"}


def test_an_upload_that_is_ended_begins_again_and_one_that_came_stays(
    client: FlaskClient, pen: Pen, session: Session, photo: SealedFile
) -> None:
    begin(client, photo)
    put(client, photo, 0, photo.data[:HALF])

    assert end(client, photo, pen).status_code == 204

    assert offset(client, photo) == 0
    assert count(session, MediaPart) == 0
    assert upload(client, photo).status_code == 204
    answer = end(client, photo, pen)
    assert (answer.status_code, answer.get_json()) == (403, {"error": "finished"})
    assert offset(client, photo) == len(photo.data)


def test_a_line_that_knows_no_patch_says_it_in_a_header(
    client: FlaskClient, pen: Pen, photo: SealedFile
) -> None:
    begin(client, photo)
    address, other_way = f"/sync/media/{photo.sha256}", "X-HTTP-Method-Override"
    headers = PART | {"Upload-Offset": "0"}

    sent = client.post(address, data=photo.data[:HALF], headers=headers | {other_way: "PATCH"})
    assert (sent.status_code, offset(client, photo)) == (204, HALF)
    assert client.post(address, headers=TUS | {other_way: "DELETE"}).status_code == 403
    proven = TUS | {other_way: "DELETE", "Smaategn-Proof": pen.ends(photo)}
    assert client.post(address, headers=proven).status_code == 204
    assert offset(client, photo) == 0
    assert client.post(address, headers=TUS | {other_way: "PUT"}).status_code == 400
    assert client.post(address, headers=TUS).status_code == 400


@pytest.mark.parametrize(
    "header", [{"Origin": "https://ond.example"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_another_site_sends_nothing(
    client: FlaskClient, photo: SealedFile, header: dict[str, str]
) -> None:
    begin(client, photo)

    for answer in (
        begin(client, photo, **header),
        put(
            client,
            photo,
            0,
            photo.data,
            **{name.replace("-", "_"): at for name, at in header.items()},
        ),
        client.delete(f"/sync/media/{photo.sha256}", headers=TUS | header),
    ):
        assert answer.status_code == 403

    assert offset(client, photo) == 0


def test_who_meets_too_many_others_is_asked_to_come_again(
    client: FlaskClient, session: Session, photo: SealedFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(papers, "PATIENCE", 0)
    monkeypatch.setattr(papers, "_turns", BoundedSemaphore(1))
    begin(client, photo)
    put(client, photo, 0, photo.data[:HALF])

    with papers._turn():
        answer = put(client, photo, HALF, photo.data[HALF:])

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert offset(client, photo) == HALF


def test_a_new_secret_still_opens_what_is_on_its_way(app: Flask, session: Session) -> None:
    new, old = "another-secret-" * 3, str(app.secret_key)

    assert seal_anew(session, [new, old]).pictures == 0

    sealed = session.scalars(select(Picture.sealed_key)).one()
    assert sealed is not None
    assert len(Sealer([new], pictures.LABEL).open(sealed)) == 43
    assert seal_anew(session, ["a-third-secret--" * 3]).pictures == 1
