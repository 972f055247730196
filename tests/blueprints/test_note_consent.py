"""Pictures of notes that show the citizen are seen only with a yes to documentation."""

from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.blueprints.tapping import words
from tests.factories import (
    NOW,
    PICTURE,
    World,
    add_consent,
    add_observation,
    add_picture,
    add_picture_clip,
)
from tests.papers import a_picture
from tests.sync.tablet import Pen, SealedFile, ask_for_grant, deliver, seal_file, statuses
from tests.sync.uploading import upload
from webapp.adapters.media_store import put_media
from webapp.models import ConsentPurpose, Picture

HIDDEN = "Billedet er skjult: Ingen har sagt ja til dokumentation"


@pytest.fixture
def annas(anna: FlaskClient) -> Pen:
    """Anna's grant on a tablet."""
    return ask_for_grant(anna)


@pytest.fixture
def photo() -> SealedFile:
    """Sofie at the mirror."""
    return seal_file(a_picture("JPEG", (60, 40)))


def seen_on_the_day(anna: FlaskClient, world: World, picture: Picture) -> bool:
    """Tell whether the day shows a picture; where it does not, it says why."""
    page = anna.get(f"/citizens/{world.sofie.id}")
    is_seen = f'src="/pictures/{picture.id}/thumbnail"' in page.text
    assert (HIDDEN in words(page)) is not is_seen
    return is_seen


def given_out(anna: FlaskClient, picture: Picture) -> set[int]:
    """Return how every address of a picture answers."""
    ways = ("", "/thumbnail", "/clip")
    return {anna.get(f"/pictures/{picture.id}{way}").status_code for way in ways}


@pytest.fixture
def noted(app: Flask, session: Session, world: World) -> Picture:
    """A clip of Sofie that has come."""
    put_media(app.extensions["media_store"], PICTURE)
    seen = add_observation(session, world.teeth, world.takes_brush, world.anna)
    picture = add_picture(session, seen, world.sofie)
    picture.shows_citizen = True
    add_picture_clip(session, picture)
    session.commit()
    return picture


def test_without_a_yes_nobody_sees_it_and_its_page_says_why(
    anna: FlaskClient, session: Session, world: World, noted: Picture
) -> None:
    add_consent(session, world.sofie, world.anna, ConsentPurpose.INSTRUCTION)
    session.commit()

    assert given_out(anna, noted) == {404}
    page = anna.get(f"/observations/{noted.entry_id}")
    assert "Klippet er skjult: Ingen har sagt ja til dokumentation" in words(page)
    assert f"/pictures/{noted.id}" not in page.text
    assert f"/pictures/{noted.id}" not in anna.get(f"/citizens/{world.sofie.id}").text


def test_a_yes_lets_it_be_seen_and_a_no_hides_it_at_once(
    anna: FlaskClient, session: Session, world: World, noted: Picture
) -> None:
    said = add_consent(session, world.sofie, world.anna, ConsentPurpose.DOCUMENTATION)
    session.commit()

    assert given_out(anna, noted) == {200}
    assert f'src="/pictures/{noted.id}/clip"' in anna.get(f"/observations/{noted.entry_id}").text

    said.withdrawn_at = NOW
    session.commit()

    assert given_out(anna, noted) == {404}


@pytest.mark.parametrize(
    ("answer", "stored"),
    [([("shows_citizen", "yes")], True), ([("shows_citizen", "no")], False), ([], None)],
    ids=["yes", "no", "a tablet that did not ask"],
)
def test_what_was_answered_on_the_tablet_follows_the_picture(
    client: FlaskClient,
    anna: FlaskClient,
    annas: Pen,
    session: Session,
    world: World,
    photo: SealedFile,
    answer: list[tuple[str, str]],
    *,
    stored: bool | None,
) -> None:
    id = uuid4()
    fields = [("new_id", str(id)), ("outcome", "seen"), *answer]
    kind, sign = "observation.create_for_sign", world.takes_brush.id
    tap = annas.entry(kind, sign, fields, id=id, files=[photo])

    assert statuses(deliver(client, tap, pens=[annas])) == ["stored"]
    assert upload(client, photo).status_code == 204

    picture = session.scalars(select(Picture)).one()
    assert picture.shows_citizen is stored
    assert seen_on_the_day(anna, world, picture) is not stored


def test_a_picture_that_comes_after_the_no_is_hidden_when_it_comes(
    client: FlaskClient,
    anna: FlaskClient,
    annas: Pen,
    session: Session,
    world: World,
    photo: SealedFile,
) -> None:
    """Security 50: it lay in a tablet's outbox when the yes was taken back."""
    said = add_consent(session, world.sofie, world.anna, ConsentPurpose.DOCUMENTATION)
    tap = annas.tap(world.takes_brush.id, id=uuid4(), files=[photo], shows_citizen="yes")
    said.withdrawn_at = NOW
    session.commit()

    assert statuses(deliver(client, tap, pens=[annas])) == ["stored"]
    assert upload(client, photo).status_code == 204

    picture = session.scalars(select(Picture)).one()
    assert not seen_on_the_day(anna, world, picture)
    assert given_out(anna, picture) == {404}


def test_an_answer_that_waits_for_its_note_is_kept_with_its_pictures(
    client: FlaskClient,
    anna: FlaskClient,
    annas: Pen,
    session: Session,
    world: World,
    photo: SealedFile,
) -> None:
    """A correction may come before what it corrects."""
    first: UUID = uuid4()
    second = uuid4()
    fields = [("new_id", str(second)), ("note", "Hun smilede."), ("shows_citizen", "yes")]
    correction = annas.entry("observation.correct", first, fields, id=second, files=[photo])

    assert statuses(deliver(client, correction, pens=[annas])) == ["held"]
    tap = annas.tap(world.takes_brush.id, id=first)
    assert statuses(deliver(client, tap, pens=[annas])) == ["stored"]
    assert upload(client, photo).status_code == 204

    picture = session.scalars(select(Picture)).one()
    assert picture.citizen_id == world.sofie.id
    assert not seen_on_the_day(anna, world, picture)


def test_whoever_takes_a_yes_to_documentation_back_reads_what_becomes_of_the_pictures(
    anna: FlaskClient, session: Session, world: World
) -> None:
    said = add_consent(session, world.sofie, world.anna, ConsentPurpose.DOCUMENTATION)
    session.commit()

    page = words(anna.get(f"/consents/{said.id}/withdrawal/new"))

    assert "Billeder og klip i noter, hvor borgeren kan kendes, er skjult fra nu af" in page
    assert "slettet efter 7 dage" in page
