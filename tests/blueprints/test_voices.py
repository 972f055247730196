"""The recorded voice of a step: said, heard, and silent when the sentence is another one."""

import io
from typing import Any
from uuid import uuid4

import av
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.blueprints.tapping import actions, come_a_moment_too_soon, count, words
from tests.clips import a_clip
from tests.factories import World
from tests.papers import a_picture
from webapp.models import Intervention, Step, StepVoice
from webapp.services import voices

SENTENCES = ("Tag tandbørsten", "Kom tandpasta på", "Børst foroven")
SPOKEN = a_clip("webm", "", sound="libopus", seconds=1)
SPOKEN_ANEW = a_clip("webm", "", sound="libopus", seconds=2)


@pytest.fixture
def teeth(session: Session, world: World) -> Intervention:
    """How Sofie brushes her teeth, in three steps."""
    intervention = session.scalars(select(Intervention)).one()
    intervention.steps = [Step(text=text, rank=rank) for rank, text in enumerate(SENTENCES, 1)]
    session.commit()
    return intervention


def say(client: FlaskClient, step: Step, data: bytes = SPOKEN, **more: Any) -> TestResponse:
    """Send a recording for a step, as the form does."""
    fields = {"new_id": str(uuid4())} | more
    return client.post(
        f"/steps/{step.id}/voice", data=fields | {"voice": (io.BytesIO(data), "../trin\u202e.webm")}
    )


def only(session: Session) -> StepVoice:
    return session.scalars(select(StepVoice)).one()


def test_a_sentence_that_was_said_is_heard_by_whoever_may_see_the_instruction(
    anna: FlaskClient, bo: FlaskClient, session: Session, teeth: Intervention
) -> None:
    assert say(anna, teeth.steps[0]).status_code == 303

    voice = only(session)
    address = f"/step-voices/{voice.id}"
    assert address in anna.get(f"/interventions/{teeth.id}/instruction").text
    assert f'data-voice="{address}"' in bo.get(f"/interventions/{teeth.id}/show").text
    heard = bo.get(address)
    assert (heard.status_code, heard.mimetype) == (200, "audio/mp4")
    assert heard.headers["Cache-Control"] == "no-store"
    assert heard.headers["Smaategn-Keep"].endswith(" own")
    with av.open(io.BytesIO(heard.data), "r") as opened:
        assert opened.streams.audio


def test_the_same_form_twice_is_one_voice_and_another_takes_its_place(
    anna: FlaskClient, session: Session, teeth: Intervention
) -> None:
    id = str(uuid4())
    assert [say(anna, teeth.steps[0], new_id=id).status_code for _ in range(2)] == [303, 303]
    assert actions(session).count("step_voice.create") == 1
    assert say(anna, teeth.steps[0], SPOKEN_ANEW, new_id=id).status_code == 409
    assert only(session).milliseconds < 1500

    assert say(anna, teeth.steps[0], SPOKEN_ANEW).status_code == 303

    session.expire_all()
    assert only(session).milliseconds > 1500


def test_one_id_for_the_voices_of_two_steps_at_once_changes_nothing(
    anna: FlaskClient, session: Session, teeth: Intervention, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = str(uuid4())
    say(anna, teeth.steps[0], new_id=id)
    come_a_moment_too_soon(monkeypatch, StepVoice)

    assert say(anna, teeth.steps[1], new_id=id).status_code == 409

    assert only(session).step_id == teeth.steps[0].id


def test_a_voice_that_says_an_older_sentence_is_silent_until_it_is_said_anew(
    anna: FlaskClient, session: Session, teeth: Intervention
) -> None:
    say(anna, teeth.steps[0])
    voice = only(session)
    told = {"title": teeth.title, "approach": teeth.approach, "status": "running"}
    sentences = "\n".join(["Tag den blå tandbørste", *SENTENCES[1:]])

    anna.post(f"/interventions/{teeth.id}", data=told | {"steps": sentences})

    assert anna.get(f"/step-voices/{voice.id}").status_code == 404
    assert "data-voice" not in anna.get(f"/interventions/{teeth.id}/show").text
    page = words(anna.get(f"/interventions/{teeth.id}/instruction"))
    assert "siger en ældre sætning" in page
    session.expire_all()
    say(anna, session.get_one(Step, voice.step_id))
    assert "data-voice" in anna.get(f"/interventions/{teeth.id}/show").text


def test_a_voice_is_taken_away_and_asked_twice_it_is_away_all_the_same(
    anna: FlaskClient, session: Session, teeth: Intervention
) -> None:
    say(anna, teeth.steps[0])

    answers = [anna.post(f"/steps/{teeth.steps[0].id}/voice/removal") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert count(session, StepVoice) == 0
    assert actions(session).count("step_voice.remove") == 1


@pytest.mark.parametrize(
    ("data", "status", "told"),
    [
        (b"", 422, "ingen lyd"),
        (a_picture(), 422, "ingen lyd"),
        (a_clip(), 422, "ingen lyd"),
        (b"<script>alert(1)</script>", 422, "ingen lyd"),
    ],
    ids=["empty", "a picture", "a film without sound", "a page"],
)
def test_what_cannot_be_heard_is_refused_in_words_and_nothing_is_kept(
    anna: FlaskClient, session: Session, teeth: Intervention, data: bytes, status: int, told: str
) -> None:
    refused = say(anna, teeth.steps[0], data)

    assert refused.status_code == status
    assert told in words(refused)
    assert count(session, StepVoice) == 0


def test_a_recording_that_is_too_long_or_too_large_is_refused_in_words(
    anna: FlaskClient, session: Session, teeth: Intervention, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voices, "LONGEST_VOICE", 0)
    assert "over et minut" in words(say(anna, teeth.steps[0], SPOKEN_ANEW))
    monkeypatch.setattr(voices, "LARGEST_VOICE", 100)
    refused = say(anna, teeth.steps[0])

    assert refused.status_code == 413
    assert "for stor" in words(refused)
    assert count(session, StepVoice) == 0


def test_a_form_without_a_recording_or_an_id_is_refused(
    anna: FlaskClient, session: Session, teeth: Intervention
) -> None:
    address = f"/steps/{teeth.steps[0].id}/voice"

    assert anna.post(address, data={"new_id": str(uuid4())}).status_code == 422
    assert say(anna, teeth.steps[0], new_id="x").status_code == 422
    assert count(session, StepVoice) == 0


def test_only_the_contact_team_says_sentences(
    bo: FlaskClient, session: Session, teeth: Intervention
) -> None:
    assert say(bo, teeth.steps[0]).status_code == 403
    assert count(session, StepVoice) == 0
