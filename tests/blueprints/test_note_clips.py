"""Clips of notes: sealed and sent like pictures, made ready while one works on, played, refused."""

from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.blueprints.tapping import actions, words
from tests.clips import a_clip
from tests.factories import NOW, World
from tests.papers import a_picture
from tests.sync.tablet import Pen, SealedFile, ask_for_grant, deliver, seal_file, statuses
from tests.sync.uploading import upload
from webapp import clip_making
from webapp.adapters.media_store import delete_original, get_media, originals
from webapp.clip_making import make_clips
from webapp.config import Settings
from webapp.models import ClipRefusal, ClipState, Picture, PictureClip, PictureState
from webapp.services import clip_jobs

FILMED = a_clip(sound="aac")
ON_ITS_WAY, BEING_MADE = "Billedet er på vej", "Klippet gøres klar"
NOT_SHOWN = "Klippet kunne ikke vises"


@pytest.fixture(autouse=True)
def _nothing_is_left_of_other_tests(app: Flask) -> None:
    """The store lasts longer than a test."""
    store = app.extensions["media_store"]
    for name in originals(store):
        delete_original(store, name)


@pytest.fixture
def annas(anna: FlaskClient) -> Pen:
    """Anna's grant on a tablet."""
    return ask_for_grant(anna)


@pytest.fixture
def clip() -> SealedFile:
    """Sofie with her toothbrush, moving."""
    return seal_file(FILMED, type="video/mp4")


def name(client: FlaskClient, pen: Pen, world: World, *files: SealedFile) -> UUID:
    """Deliver a tap that names these files; return its id."""
    id = uuid4()
    answer = deliver(client, pen.tap(world.takes_brush.id, id=id, files=files), pens=[pen])
    assert statuses(answer) == ["stored"]
    return id


def day(client: FlaskClient, world: World) -> str:
    return words(client.get(f"/citizens/{world.sofie.id}"))


def only(session: Session) -> Picture:
    session.expire_all()
    return session.scalars(select(Picture)).one()


def clip_of(picture: Picture) -> PictureClip:
    assert picture.clip
    return picture.clip


def make(app: Flask, session: Session) -> None:
    """Let the worker look; what this test has only read must not be in its way."""
    session.rollback()
    make_clips(app)


def left(app: Flask) -> int:
    """Return how many files lie in the store as they were sent."""
    return len(originals(app.extensions["media_store"]))


def test_a_clip_follows_its_note_and_is_played_when_it_is_ready(
    app: Flask,
    client: FlaskClient,
    anna: FlaskClient,
    annas: Pen,
    session: Session,
    world: World,
    clip: SealedFile,
) -> None:
    observation_id = name(client, annas, world, clip)
    assert ON_ITS_WAY in day(anna, world)

    assert upload(client, clip).status_code == 204

    assert BEING_MADE in day(anna, world)
    assert (only(session).state, only(session).sealed_key) == (PictureState.EXPECTED, None)
    make(app, session)
    picture = only(session)
    assert (picture.state, clip_of(picture).state) == (PictureState.READY, ClipState.READY)
    assert clip_of(picture).has_sound
    assert BEING_MADE not in day(anna, world)
    assert anna.get(f"/pictures/{picture.id}/thumbnail").status_code == 200
    page = anna.get(f"/observations/{observation_id}").text
    assert f'src="/pictures/{picture.id}/clip"' in page
    assert f'poster="/pictures/{picture.id}"' in page
    part = anna.get(f"/pictures/{picture.id}/clip", headers={"Range": "bytes=4-7"})
    assert (part.status_code, part.data) == (206, b"ftyp")
    assert part.headers["Cache-Control"] == "no-store"
    assert left(app) == 0
    assert [each for each in actions(session) if each.startswith("picture_clip")] == [
        "picture_clip.create",
        "picture_clip.finish",
        "picture_clip.read",
    ]


def test_a_clip_is_written_anew_and_nothing_of_the_file_is_left(
    app: Flask, client: FlaskClient, annas: Pen, session: Session, world: World
) -> None:
    secret = b"55.6761N 12.5683E"
    filmed = seal_file(FILMED + b"\0\0\0\x19free" + secret, type="video/mp4")
    name(client, annas, world, filmed)
    upload(client, filmed)
    make(app, session)

    made = clip_of(only(session))
    whole = b"".join(
        get_media(app.extensions["media_store"], made.sha256 or "", size=made.size or 0)
    )

    assert whole[4:8] == b"ftyp"
    assert secret not in whole


def test_a_picture_that_calls_itself_a_clip_is_shown_as_the_picture_it_is(
    client: FlaskClient, annas: Pen, session: Session, world: World
) -> None:
    photo = seal_file(a_picture(), type="video/mp4")
    name(client, annas, world, photo)

    upload(client, photo)

    assert (only(session).state, only(session).clip) == (PictureState.READY, None)


def test_what_is_neither_a_picture_nor_a_clip_is_refused_and_the_words_stay(
    app: Flask, client: FlaskClient, annas: Pen, session: Session, world: World
) -> None:
    noise = seal_file(b"ingenting" * 200, type="video/webm")
    name(client, annas, world, noise)

    assert upload(client, noise).status_code == 204

    assert (only(session).state, only(session).clip) == (PictureState.REFUSED, None)
    assert left(app) == 0


@pytest.mark.parametrize(
    ("filmed", "refusal"),
    [
        (a_clip(seconds=3), ClipRefusal.LONG),
        (FILMED[: len(FILMED) // 2], ClipRefusal.BROKEN),
    ],
    ids=["for-langt", "afbrudt"],
)
def test_what_cannot_be_written_anew_is_told_and_nothing_of_it_is_left(
    app: Flask,
    client: FlaskClient,
    anna: FlaskClient,
    annas: Pen,
    session: Session,
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    filmed: bytes,
    refusal: ClipRefusal,
) -> None:
    monkeypatch.setattr(clip_making, "settings", lambda: Settings.model_construct(clip_seconds=1))
    sealed = seal_file(filmed, type="video/mp4")
    observation_id = name(client, annas, world, sealed)
    upload(client, sealed)

    make(app, session)

    assert (only(session).state, clip_of(only(session)).refusal) == (PictureState.REFUSED, refusal)
    assert left(app) == 0
    assert NOT_SHOWN in day(anna, world)
    assert NOT_SHOWN in words(anna.get(f"/observations/{observation_id}"))
    assert anna.get(f"/pictures/{only(session).id}/clip").status_code == 404


def test_a_clip_that_two_notes_name_is_made_for_both(
    app: Flask, client: FlaskClient, annas: Pen, session: Session, world: World, clip: SealedFile
) -> None:
    name(client, annas, world, clip)
    upload(client, clip)
    name(client, annas, world, clip)
    upload(client, clip)

    make(app, session)

    states = session.scalars(select(Picture.state)).all()
    assert states == [PictureState.READY] * 2
    assert left(app) == 0


def test_a_picture_has_no_clip_to_play(
    client: FlaskClient, anna: FlaskClient, annas: Pen, session: Session, world: World
) -> None:
    photo = seal_file(a_picture())
    name(client, annas, world, photo)
    upload(client, photo)

    assert anna.get(f"/pictures/{only(session).id}/clip").status_code == 404


def test_a_clip_whose_citizen_is_erased_while_it_is_made_leaves_nothing(
    app: Flask, client: FlaskClient, annas: Pen, session: Session, world: World, clip: SealedFile
) -> None:
    name(client, annas, world, clip)
    upload(client, clip)
    job = clip_jobs.take_job(session, now=NOW)
    session.commit()
    assert job
    session.delete(only(session))
    session.commit()

    with pytest.raises(clip_jobs.ClipGone):
        clip_jobs.finish(session, app.extensions["media_store"], job, ClipRefusal.BROKEN, now=NOW)
