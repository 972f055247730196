"""What nobody may see any more is thrown away at night, and nothing else is."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from obstore.store import MemoryStore, ObjectStore
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.factories import (
    NOW,
    PICTURE,
    World,
    add_consent,
    add_home_pictogram,
    add_observation,
    add_order,
    add_order_file,
    add_picture,
    add_picture_clip,
    add_step_clip,
    add_step_picture,
    add_step_voice,
)
from webapp import tidying
from webapp.adapters import clock
from webapp.adapters.media_store import MediaMissing, get_media, put_media
from webapp.models import (
    AuditEvent,
    Base,
    ConsentPurpose,
    Intervention,
    Observation,
    Picture,
    PictureClip,
    StepClip,
    StepPicture,
)
from webapp.services.erasing import NAMES, erase_hidden, sweep

LATER = timedelta(days=2)

OF_NO_FILE_THAT_LIES_THERE = {
    "media_uploads.sha256",
    "media_parts.upload_sha256",
    "pictures.sealed_sha256",
    "step_clips.original_sha256",
    "sync_receipts.sha256",
}


@pytest.fixture
def teeth(session: Session, world: World) -> Intervention:
    """How Sofie brushes her teeth."""
    return session.scalars(select(Intervention)).one()


@pytest.fixture
def store() -> ObjectStore:
    """A store of the test's own; what is put there is from this very moment."""
    return MemoryStore()


def lies_there(store: ObjectStore, name: str, size: int) -> bool:
    try:
        get_media(store, name, size=size)
    except MediaMissing:
        return False
    return True


def test_every_checksum_in_the_database_is_known_to_name_a_file_or_not_to() -> None:
    found = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if "sha256" in column.name or "checksum" in column.name
    }

    named = {f"{each.class_.__tablename__}.{each.key}" for each in NAMES}
    assert found == named | OF_NO_FILE_THAT_LIES_THERE


def test_bytes_that_nothing_names_are_gone_after_a_day_and_no_sooner(
    session: Session, world: World, store: ObjectStore
) -> None:
    name = put_media(store, b"Et billede, ingen vil se mere")
    now = datetime.now(UTC)

    assert sweep(session, store, now=now) == 0
    assert lies_there(store, name, 30) or lies_there(store, name, 29)
    assert sweep(session, store, now=now + LATER) == 1
    assert sweep(session, store, now=now + LATER) == 0


@pytest.mark.parametrize("what", NAMES, ids=str)
def test_what_a_row_names_stays(
    session: Session, world: World, teeth: Intervention, store: ObjectStore, what: object
) -> None:
    """Each column alone keeps its bytes: all others name something else."""
    noted = add_picture(session, _observed(session, world), world.sofie)
    picture = add_step_picture(session, teeth, world.anna)
    rows = {
        type(row): row
        for row in (
            add_home_pictogram(session, world.anna),
            add_order_file(session, add_order(session, world.sofie, "Ro"), world.anna),
            noted,
            add_picture_clip(session, noted),
            picture,
            add_step_clip(session, teeth, world.anna),
            add_step_voice(session, picture.step, world.anna),
        )
    }
    data = b"Bytes, som kun denne kolonne kender"
    name = put_media(store, data)
    setattr(rows[what.class_], what.key, name)  # type: ignore[attr-defined]
    session.flush()

    assert sweep(session, store, now=datetime.now(UTC) + LATER) == 0

    assert lies_there(store, name, len(data))


def _observed(session: Session, world: World) -> Observation:
    return add_observation(session, world.teeth, world.takes_brush, world.anna)


def test_a_picture_is_erased_a_week_after_its_yes_was_taken_back_and_the_log_says_so(
    session: Session, world: World, teeth: Intervention
) -> None:
    said = add_consent(session, world.sofie, world.anna)
    shows = add_step_picture(session, teeth, world.anna, shows_citizen=True)
    hands = add_step_picture(session, teeth, world.anna)
    clip = add_step_clip(session, teeth, world.anna, shows_citizen=True)
    also_said = add_consent(session, world.sofie, world.anna, ConsentPurpose.DOCUMENTATION)
    noted = add_picture(session, _observed(session, world), world.sofie)
    noted.shows_citizen = True
    add_picture_clip(session, noted)
    asked_nobody = add_picture(session, _observed(session, world), world.sofie)
    said.withdrawn_at = also_said.withdrawn_at = NOW
    session.commit()

    assert erase_hidden(session, now=NOW + timedelta(days=7)) == 0
    assert erase_hidden(session, now=NOW + timedelta(days=8)) == 3
    session.commit()

    assert session.scalars(select(StepPicture)).all() == [hands]
    assert session.scalars(select(Picture)).all() == [asked_nobody]
    assert session.scalar(select(func.count()).select_from(PictureClip)) == 0
    assert session.scalar(select(func.count()).select_from(StepClip)) == 0
    told = session.scalars(select(AuditEvent).order_by(AuditEvent.action)).all()
    assert [(each.action, each.object_id) for each in told] == [
        ("picture.erase", noted.id),
        ("step_clip.erase", clip.id),
        ("step_picture.erase", shows.id),
    ]
    assert {(each.actor_id, each.citizen_id, each.home_id) for each in told} == {
        (None, world.sofie.id, world.home.id)
    }
    assert erase_hidden(session, now=NOW + timedelta(days=9)) == 0


def test_at_night_the_rows_go_first_and_then_their_bytes(
    app: Flask,
    session: Session,
    world: World,
    teeth: Intervention,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store = app.extensions["media_store"]
    name = put_media(store, PICTURE)
    said = add_consent(session, world.sofie, world.anna)
    add_step_picture(session, teeth, world.anna, shows_citizen=True)
    said.withdrawn_at = NOW
    session.commit()
    night = datetime.now(UTC) + timedelta(days=9)
    monkeypatch.setattr(clock, "now", lambda: night)

    tidying.tidy(app)

    assert session.scalars(select(StepPicture)).all() == []
    assert not lies_there(store, name, len(PICTURE))


def test_a_night_on_which_the_store_is_away_ends_in_the_log_alone(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> int:
        raise OSError("bucket")

    monkeypatch.setattr(tidying, "sweep", away)

    tidying.tidy(app)
