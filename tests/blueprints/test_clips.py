"""Clips of steps: sent, made ready while one works on, asked about, handed out in parts, shown."""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from obstore.store import ObjectStore
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.blueprints.tapping import actions, come_a_moment_too_soon, count, words
from tests.clips import a_clip
from tests.factories import NOW, World, add_consent, add_step_clip, add_step_picture
from tests.papers import a_picture
from webapp import clip_making, keeping, uploads
from webapp.adapters import clock, video
from webapp.adapters.media_store import (
    MediaMissing,
    delete_original,
    get_media,
    open_media_store,
    open_original,
    originals,
    put_media,
)
from webapp.clip_making import make_clips
from webapp.config import Settings
from webapp.current import settings_of
from webapp.models import ClipRefusal, ClipState, Intervention, Step, StepClip, StepPicture
from webapp.services import clip_jobs, clips

SENTENCES = ("Tag tandbørsten", "Kom tandpasta på", "Børst foroven")
FILMED = a_clip(sound="aac")
BYTES = bytes(range(256)) * 40


@pytest.fixture(autouse=True)
def _nothing_is_left_of_other_tests(app: Flask) -> None:
    """The store lasts longer than a test."""
    store = app.extensions["media_store"]
    for name in originals(store):
        delete_original(store, name)


@pytest.fixture
def teeth(session: Session, world: World) -> Intervention:
    """How Sofie brushes her teeth, in three steps without pictures."""
    intervention = session.scalars(select(Intervention)).one()
    intervention.steps = [Step(text=text, rank=rank) for rank, text in enumerate(SENTENCES, 1)]
    session.commit()
    return intervention


@pytest.fixture
def ready(app: Flask, session: Session, world: World, teeth: Intervention) -> StepClip:
    """A clip whose bytes are known."""
    clip = add_step_clip(session, teeth, world.anna)
    clip.sha256, clip.size = put_media(app.extensions["media_store"], BYTES), len(BYTES)
    session.commit()
    return clip


def give(
    client: FlaskClient, step: Step, data: bytes = FILMED, *, name: str = "trin.mp4", **more: Any
) -> TestResponse:
    """Send a clip for a step, as the form does."""
    fields = {"new_id": str(uuid4()), "shows_citizen": "no", "keeps_sound": "no"} | more
    return client.post(f"/steps/{step.id}/clip", data=fields | {"clip": (io.BytesIO(data), name)})


def only(session: Session) -> StepClip:
    session.expire_all()
    return session.scalars(select(StepClip)).one()


def left(app: Flask) -> int:
    """Return how many files lie there as they were sent."""
    return len(originals(app.extensions["media_store"]))


# Sending it


def test_a_clip_is_answered_at_once_and_made_ready_afterwards(
    anna: FlaskClient, app: Flask, session: Session, world: World, teeth: Intervention
) -> None:
    assert give(anna, teeth.steps[0], keeps_sound="yes").status_code == 303

    clip = only(session)
    assert (clip.state, clip.added_by_id, clip.added_at) == (ClipState.WAITING, world.anna.id, NOW)
    assert "Gøres klar" in words(anna.get(f"/interventions/{teeth.id}/instruction"))
    assert anna.get(f"/step-clips/{clip.id}").status_code == 404
    assert left(app) == 1

    make_clips(app)

    clip = only(session)
    assert (clip.state, clip.percent, clip.has_sound) == (ClipState.READY, 100, True)
    assert (clip.width, clip.height) == (320, 180)
    assert left(app) == 0
    page = anna.get(f"/interventions/{teeth.id}/instruction").text
    assert f"/step-clips/{clip.id}/thumbnail" in page
    assert "0:01" in page
    assert anna.get(f"/step-clips/{clip.id}").data[4:8] == b"ftyp"
    assert anna.get(f"/step-clips/{clip.id}/poster").data.startswith(b"\xff\xd8\xff")
    assert anna.get(f"/step-clips/{clip.id}/thumbnail").mimetype == "image/jpeg"
    assert actions(session)[0] == "step_clip.create"
    assert "step_clip.finish" in actions(session)


def test_the_page_asks_how_far_a_clip_is_until_it_is_ready(
    anna: FlaskClient, app: Flask, session: Session, teeth: Intervention
) -> None:
    give(anna, teeth.steps[0])
    clip = only(session)
    clip.state, clip.percent = ClipState.MAKING, 40
    session.commit()

    asked = anna.get(f"/step-clips/{clip.id}/state", headers={"HX-Request": "true"})
    assert "Gøres klar… 40 %" in words(asked)
    assert "hx-trigger" in asked.text
    # Asked every other second, and there is nothing of Sofie to see yet.
    assert "step_clip.read" not in actions(session)

    clip.state, clip.taken_until = ClipState.WAITING, None
    session.commit()
    make_clips(app)

    over = anna.get(f"/step-clips/{clip.id}/state", headers={"HX-Request": "true"}).text
    assert "hx-trigger" not in over
    assert "<img" in over
    assert actions(session).count("step_clip.read") == 1


def test_the_same_form_twice_is_one_clip_and_one_file(
    anna: FlaskClient, app: Flask, session: Session, teeth: Intervention
) -> None:
    id = str(uuid4())
    answers = [give(anna, teeth.steps[0], new_id=id) for _ in range(2)]
    make_clips(app)
    answers.append(give(anna, teeth.steps[0], new_id=id))

    assert [answer.status_code for answer in answers] == [303] * 3
    assert str(only(session).id) == id
    assert only(session).state is ClipState.READY
    assert actions(session).count("step_clip.create") == 1
    assert left(app) == 0


def test_an_id_that_was_used_for_another_clip_changes_nothing(
    anna: FlaskClient, app: Flask, session: Session, teeth: Intervention
) -> None:
    id = str(uuid4())
    give(anna, teeth.steps[0], new_id=id)
    answer = give(anna, teeth.steps[1], new_id=id)

    assert answer.status_code == 409
    assert only(session).step_id == teeth.steps[0].id
    assert left(app) == 1


def test_one_id_for_the_clips_of_two_steps_at_once_changes_nothing(
    anna: FlaskClient,
    app: Flask,
    session: Session,
    teeth: Intervention,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    id = str(uuid4())
    give(anna, teeth.steps[0], new_id=id)
    come_a_moment_too_soon(monkeypatch, StepClip)

    assert give(anna, teeth.steps[1], new_id=id).status_code == 409

    assert only(session).step_id == teeth.steps[0].id
    assert left(app) == 1


def test_a_step_has_a_picture_or_a_clip_and_the_later_one_stays(
    anna: FlaskClient, app: Flask, session: Session, teeth: Intervention
) -> None:
    step = teeth.steps[0]
    picture = {"new_id": str(uuid4()), "shows_citizen": "no"}
    give(anna, step)
    anna.post(
        f"/steps/{step.id}/picture",
        data=picture | {"picture": (io.BytesIO(a_picture()), "trin.jpg")},
    )
    assert (count(session, StepClip), count(session, StepPicture)) == (0, 1)

    give(anna, step)
    assert (count(session, StepClip), count(session, StepPicture)) == (1, 0)

    give(anna, step, a_clip(seconds=0.5))
    make_clips(app)
    assert 400 <= (only(session).milliseconds or 0) <= 600


def test_a_clip_is_taken_away_with_what_was_sent_and_asked_twice_it_is_away_all_the_same(
    anna: FlaskClient, app: Flask, session: Session, teeth: Intervention
) -> None:
    give(anna, teeth.steps[0])
    answers = [anna.post(f"/steps/{teeth.steps[0].id}/clip/removal") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert count(session, StepClip) == 0
    assert left(app) == 0
    assert actions(session).count("step_clip.remove") == 1


# What is refused


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "kunne ikke læses"),
        (b"<html><script>alert(1)</script>", "ikke et klip, vi kan vise"),
        (a_picture(), "ikke et klip, vi kan vise"),
    ],
    ids=["empty", "HTML", "JPEG"],
)
@pytest.mark.parametrize("name", ["trin.mp4", "../../\u202e4pm.trin", "C:\\film\\trin.mov"])
def test_what_is_no_clip_is_refused_at_once_and_nothing_is_kept(
    anna: FlaskClient, app: Flask, session: Session, teeth: Intervention,
    data: bytes, said: str, name: str,
) -> None:  # fmt: skip
    answer = give(anna, teeth.steps[1], data, name=name)

    assert answer.status_code == 422
    assert said in words(answer)
    assert "checked" in answer.text
    assert count(session, StepClip) == 0
    assert left(app) == 0


@pytest.mark.parametrize(
    ("data", "refusal", "said"),
    [
        (FILMED[: len(FILMED) // 2], ClipRefusal.BROKEN, "noget af det mangler"),
        (a_clip("mp4", "", sound="aac"), ClipRefusal.STILL, "ingen levende billeder"),
        (a_clip("mp4", "mjpeg", size=(4800, 2160), seconds=0.08, pixels="yuvj420p"),
         ClipRefusal.LARGE, "højst 4K"),
    ],
    ids=["cut", "sound alone", "32 megapixels"],
)  # fmt: skip
def test_what_cannot_be_written_anew_is_told_and_nothing_of_it_is_left(
    anna: FlaskClient, app: Flask, session: Session, teeth: Intervention,
    data: bytes, refusal: ClipRefusal, said: str,
) -> None:  # fmt: skip
    give(anna, teeth.steps[0], data)
    make_clips(app)

    clip = only(session)
    assert (clip.state, clip.refusal, clip.sha256) == (ClipState.REFUSED, refusal, None)
    assert said in words(anna.get(f"/interventions/{teeth.id}/instruction"))
    assert "data-clip" not in anna.get(f"/interventions/{teeth.id}/show").text
    assert actions(session).count("step_clip.refuse") == 1
    assert left(app) == 0


def test_a_clip_that_lasts_too_long_is_refused(
    anna: FlaskClient, app: Flask, session: Session, teeth: Intervention,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(clip_making, "settings", lambda: Settings.model_construct(clip_seconds=1))
    give(anna, teeth.steps[0], a_clip(seconds=3))
    make_clips(app)

    assert only(session).refusal is ClipRefusal.LONG
    assert "for langt" in words(anna.get(f"/interventions/{teeth.id}/instruction"))


def test_a_clip_that_is_too_large_is_refused_in_words(
    anna: FlaskClient, app: Flask, session: Session, teeth: Intervention,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(Settings, "largest_clip", property(lambda _: 1000))

    answer = give(anna, teeth.steps[0])

    assert answer.status_code == 413
    assert "fylder for meget" in words(answer)
    assert (count(session, StepClip), left(app)) == (0, 0)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"shows_citizen": ""}, "om man kan se borgeren på klippet"),
        ({"keeps_sound": "måske"}, "Vælg en af mulighederne"),
        ({"new_id": "x"}, ""),
    ],
    ids=str,
)
def test_a_form_that_says_too_little_is_refused(
    anna: FlaskClient, session: Session, teeth: Intervention, sent: dict[str, Any], said: str
) -> None:
    answer = give(anna, teeth.steps[0], **sent)

    assert answer.status_code == 422
    assert said in words(answer)
    assert count(session, StepClip) == 0


def test_a_file_that_would_take_the_room_of_what_is_written_is_refused_before_it_is_kept(
    app: Flask, anna: FlaskClient, teeth: Intervention, monkeypatch: pytest.MonkeyPatch
) -> None:
    reserve = settings_of(app).media_reserve * 1024 * 1024
    monkeypatch.setattr(uploads, "free_bytes", lambda _store: reserve + len(FILMED))

    answer = give(anna, teeth.steps[0])

    assert answer.status_code == 507
    assert "Småtegn kan ikke gemme lige nu" in words(answer)
    assert left(app) == 0
    monkeypatch.setattr(uploads, "free_bytes", lambda _store: reserve + 2 * len(FILMED) + 4096)
    assert give(anna, teeth.steps[0]).status_code == 303


def test_a_form_without_a_file_is_refused(anna: FlaskClient, teeth: Intervention) -> None:
    answer = anna.post(f"/steps/{teeth.steps[0].id}/clip", data={"shows_citizen": "no"})

    assert answer.status_code == 422
    assert "Film trinet, eller vælg et klip" in words(answer)


def test_only_the_contact_team_gives_clips(
    bo: FlaskClient, session: Session, ready: StepClip, teeth: Intervention
) -> None:
    assert give(bo, teeth.steps[0]).status_code == 403
    assert bo.get(f"/step-clips/{ready.id}/state").status_code == 403
    assert bo.get(f"/step-clips/{ready.id}").status_code == 200
    assert count(session, StepClip) == 1


# Consent


def test_a_clip_of_the_citizen_needs_a_yes_and_what_was_sent_without_is_gone(
    anna: FlaskClient, app: Flask, session: Session, world: World, teeth: Intervention
) -> None:
    refused = give(anna, teeth.steps[0], shows_citizen="yes")
    assert refused.status_code == 409
    assert "ikke givet samtykke" in words(refused)
    assert (count(session, StepClip), left(app)) == (0, 0)

    add_consent(session, world.sofie, world.anna)
    session.commit()
    assert give(anna, teeth.steps[0], shows_citizen="yes").status_code == 303


def test_a_yes_that_is_taken_back_hides_the_clip_at_once_and_for_everyone(
    anna: FlaskClient, bo: FlaskClient, session: Session, world: World,
    ready: StepClip, teeth: Intervention,
) -> None:  # fmt: skip
    consent = add_consent(session, world.sofie, world.anna)
    ready.shows_citizen = True
    session.commit()
    addresses = [f"/step-clips/{ready.id}{part}" for part in ("", "/poster", "/thumbnail")]
    shown = [bo.get(address) for address in addresses[:1]]
    assert [each.status_code for each in shown] == [200]
    assert {each.headers["Cache-Control"] for each in shown} == {"no-store"}
    assert "data-clip" in bo.get(f"/interventions/{teeth.id}/show").text

    consent.withdrawn_at, consent.withdrawn_by_id = NOW, world.anna.id
    session.commit()

    assert [bo.get(address).status_code for address in addresses] == [404] * 3
    assert anna.get(f"/step-clips/{ready.id}/state").status_code == 404
    assert "data-clip" not in bo.get(f"/interventions/{teeth.id}/show").text
    page = anna.get(f"/interventions/{teeth.id}/instruction")
    assert "samtykket gælder ikke mere" in words(page)
    assert "Fjern klippet" in page.text


# In parts


def test_a_tablet_keeps_a_clip_that_is_small_and_of_any_its_poster(
    bo: FlaskClient, ready: StepClip, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, screen = f"/step-clips/{ready.id}", f"/interventions/{ready.step.intervention_id}/show"
    assert keeping.HEADER in bo.get(address).headers
    assert f'data-keep="{address}"' in bo.get(screen).text

    assert ready.size is not None
    monkeypatch.setattr(keeping, "LARGEST_CLIP", ready.size - 1)

    assert keeping.HEADER not in bo.get(address).headers
    assert "data-keep" not in bo.get(screen).text
    assert keeping.HEADER in bo.get(f"{address}/poster").headers


@pytest.mark.parametrize(
    ("asked", "status", "part", "said"),
    [
        ("bytes=0-99", 206, (0, 100), "bytes 0-99/10240"),
        ("bytes=10000-", 206, (10000, 10240), "bytes 10000-10239/10240"),
        ("bytes=-40", 206, (10200, 10240), "bytes 10200-10239/10240"),
        ("bytes=10200-99999", 206, (10200, 10240), "bytes 10200-10239/10240"),
        ("bytes=0-0", 206, (0, 1), "bytes 0-0/10240"),
        ("bytes=0-1,5-9", 200, (0, 10240), None),
        ("pages=1-2", 200, (0, 10240), None),
        ("bytes=x-y", 200, (0, 10240), None),
        ("bytes=10240-", 416, None, "bytes */10240"),
        ("bytes=99999-100000", 416, None, "bytes */10240"),
    ],
)
def test_a_part_of_a_clip_is_handed_out(
    bo: FlaskClient, ready: StepClip, asked: str, status: int,
    part: tuple[int, int] | None, said: str | None,
) -> None:  # fmt: skip
    answer = bo.get(f"/step-clips/{ready.id}", headers={"Range": asked})

    assert answer.status_code == status
    assert answer.headers.get("Content-Range") == said
    if part:
        assert answer.data == BYTES[slice(*part)]
        assert answer.content_length == part[1] - part[0]
        assert answer.mimetype == "video/mp4"
        assert answer.headers["Accept-Ranges"] == "bytes"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_part_is_only_handed_out_of_the_clip_that_was_begun(
    bo: FlaskClient, ready: StepClip
) -> None:
    begun = bo.get(f"/step-clips/{ready.id}").headers["ETag"]
    assert begun == f'"{ready.sha256}"'

    for tag, status in ((begun, 206), ('"another"', 200), ("Sat, 21 Nov 2026 12:00:00 GMT", 200)):
        answer = bo.get(f"/step-clips/{ready.id}", headers={"Range": "bytes=5-9", "If-Range": tag})
        assert answer.status_code == status
        assert answer.data == (BYTES[5:10] if status == 206 else BYTES)


def test_only_its_size_is_told_to_whoever_asks_for_that(bo: FlaskClient, ready: StepClip) -> None:
    answer = bo.head(f"/step-clips/{ready.id}")

    assert (answer.status_code, answer.data, answer.content_length) == (200, b"", len(BYTES))


def test_where_its_bytes_are_gone_it_is_said(
    bo: FlaskClient, session: Session, ready: StepClip
) -> None:
    ready.sha256 = "0" * 64
    session.commit()

    for headers in ({}, {"Range": "bytes=0-9"}):
        assert bo.get(f"/step-clips/{ready.id}", headers=headers).status_code == 404


@pytest.mark.parametrize("url", ["memory://", "file"])
def test_a_part_is_read_as_a_part_whatever_the_store(url: str, tmp_path: Path) -> None:
    store = open_media_store(tmp_path.as_uri() if url == "file" else url)
    sha256 = put_media(store, BYTES)

    assert b"".join(get_media(store, sha256, size=len(BYTES), part=(7, 300))) == BYTES[7:300]


# After a restart


def test_a_clip_whose_maker_is_not_heard_of_any_more_is_taken_up_again(
    anna: FlaskClient, app: Flask, session: Session, teeth: Intervention
) -> None:
    give(anna, teeth.steps[0])
    job = clip_jobs.take_job(session, now=NOW)
    session.commit()
    assert job
    assert clip_jobs.take_job(session, now=NOW + timedelta(seconds=50)) is None
    clip_jobs.tell_percent(session, job, 40, now=NOW + timedelta(seconds=50))
    session.commit()
    assert clip_jobs.take_job(session, now=NOW + timedelta(seconds=100)) is None

    again = clip_jobs.take_job(session, now=NOW + timedelta(seconds=120))
    session.commit()

    assert again
    assert (again.id, again.tries) == (job.id, 2)
    with pytest.raises(clip_jobs.ClipGone):
        clip_jobs.tell_percent(session, job, 60, now=NOW)
    session.rollback()


def test_a_clip_with_which_everyone_who_makes_it_is_lost_is_refused(
    anna: FlaskClient, app: Flask, session: Session, teeth: Intervention
) -> None:
    give(anna, teeth.steps[0])
    only(session).tries = clip_jobs.MOST_TRIES
    session.commit()

    make_clips(app)

    assert only(session).refusal is ClipRefusal.BROKEN
    assert left(app) == 0


def test_a_clip_whose_maker_is_ended_from_outside_is_made_the_next_time(
    anna: FlaskClient,
    app: Flask,
    session: Session,
    teeth: Intervention,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """As when the server is stopped, and all its programs with it."""
    maker = tmp_path / "maker.py"
    maker.write_text("import os; os.kill(os.getpid(), 15)", encoding="utf-8")
    give(anna, teeth.steps[0])
    with monkeypatch.context() as stopped:
        stopped.setattr(video, "_MAKER", maker)
        make_clips(app)

    clip = only(session)
    assert (clip.state, clip.refusal, clip.tries) == (ClipState.MAKING, None, 1)
    assert left(app) == 1
    session.rollback()

    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(seconds=61))
    make_clips(app)

    assert only(session).state is ClipState.READY
    assert left(app) == 0


def test_a_store_that_is_away_costs_no_clip_a_try_and_holds_up_none_behind_it(
    anna: FlaskClient,
    app: Flask,
    session: Session,
    teeth: Intervention,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for step in teeth.steps[:2]:
        give(anna, step)
    first = session.scalars(select(StepClip).order_by(StepClip.added_at, StepClip.id)).all()[0].id
    session.rollback()
    opened = open_original
    lost: list[str] = []

    def open_all_but_the_first(store: ObjectStore, name: str) -> Any:
        lost.append(name)
        if name == lost[0]:
            raise OSError("The disk does not answer")
        return opened(store, name)

    with monkeypatch.context() as away:
        away.setattr(clip_jobs, "open_original", open_all_but_the_first)
        for minutes in range(0, 60, 10):
            later = NOW + timedelta(minutes=minutes)
            away.setattr(clock, "now", lambda later=later: later)
            make_clips(app)

    clips = session.scalars(select(StepClip)).all()
    assert {each.id == first: (each.state, each.tries) for each in clips} == {
        True: (ClipState.MAKING, 0),
        False: (ClipState.READY, 1),
    }
    # Seldom: each time it has waited half as long again.
    assert lost.count(lost[0]) == 4
    session.rollback()

    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=2))
    make_clips(app)

    assert {each.state for each in session.scalars(select(StepClip))} == {ClipState.READY}
    assert left(app) == 0


def test_a_clip_that_is_taken_away_while_it_is_made_leaves_nothing(
    anna: FlaskClient, app: Flask, session: Session, teeth: Intervention
) -> None:
    give(anna, teeth.steps[0])
    job = clip_jobs.take_job(session, now=NOW)
    session.commit()
    assert job
    anna.post(f"/steps/{teeth.steps[0].id}/clip/removal")

    store = app.extensions["media_store"]
    with pytest.raises(clip_jobs.ClipGone):
        clip_jobs.finish(session, store, job, ClipRefusal.BROKEN, now=NOW)
    session.rollback()
    assert (count(session, StepClip), left(app)) == (0, 0)


def test_what_was_sent_and_belongs_to_no_clip_is_thrown_away_after_an_hour(
    anna: FlaskClient, app: Flask, session: Session, teeth: Intervention
) -> None:
    store = app.extensions["media_store"]
    give(anna, teeth.steps[0])
    lost = clips.keep_original(store, io.BytesIO(FILMED), largest=len(FILMED))
    sent = originals(store)[lost.name]

    clip_jobs.forget_originals(session, store, now=sent + timedelta(minutes=59))
    assert left(app) == 2
    clip_jobs.forget_originals(session, store, now=sent + timedelta(minutes=61))

    assert list(originals(store)) == [only(session).original]
    make_clips(app)


# The citizen's screen


def test_the_citizens_screen_shows_a_clip_where_a_step_has_one(
    bo: FlaskClient, session: Session, world: World, ready: StepClip, teeth: Intervention
) -> None:
    add_step_picture(session, teeth, world.anna)
    session.commit()

    page = bo.get(f"/interventions/{teeth.id}/show").text

    assert page.count("say alone") == len(SENTENCES)
    assert f'data-clip="/step-clips/{ready.id}"' in page
    assert f"/step-clips/{ready.id}/poster" in page
    assert "controls" not in page


@pytest.mark.parametrize("url", ["memory://", "file"])
def test_what_was_sent_is_read_again_whatever_the_store(url: str, tmp_path: Path) -> None:
    store = open_media_store(tmp_path.as_uri() if url == "file" else url)
    kept = clips.keep_original(store, io.BytesIO(FILMED), largest=len(FILMED))

    with open_original(store, kept.name) as file:
        assert file.read() == FILMED
        assert file.fileno() > 0
    delete_original(store, kept.name)
    delete_original(store, kept.name)
    with pytest.raises(MediaMissing):
        open_original(store, kept.name)


def test_what_a_clip_shows_is_said_of_its_poster_and_of_what_plays(
    anna: FlaskClient, ready: StepClip, teeth: Intervention
) -> None:
    said = "En hånd børster foroven"

    answer = anna.post(f"/steps/{ready.step_id}/description", data={"description": said})

    assert answer.status_code == 303
    shown = anna.get(f"/interventions/{teeth.id}/show").text
    assert f'alt="{said}"' in shown
    assert f'aria-label="{said}"' in shown
