"""Instructions in pictures: taken, written anew, asked about, and shown to the citizen."""

import io
import re
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import escape
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.bench.queries import recorded
from tests.blueprints.tapping import actions, come_a_moment_too_soon, count, words
from tests.factories import NOW, PICTURE, World, add_consent, add_sign, add_step_picture
from tests.papers import a_pdf, a_picture, a_turned
from webapp.adapters.media_store import get_media, put_media
from webapp.db import db
from webapp.domain.errors import PictureTooLarge, SignElsewhere
from webapp.models import (
    Goal,
    Intervention,
    InterventionStatus,
    Measure,
    PlanRevision,
    Sign,
    Step,
    StepPicture,
)
from webapp.services import instructions

SENTENCES = ("Tag tandbørsten", "Kom tandpasta på", "Børst foroven")
JPEG_BEGINS = b"\xff\xd8\xff"


@pytest.fixture
def teeth(session: Session, world: World) -> Intervention:
    """How Sofie brushes her teeth, in three steps without pictures."""
    intervention = session.scalars(select(Intervention)).one()
    intervention.steps = [Step(text=text, rank=rank) for rank, text in enumerate(SENTENCES, 1)]
    session.commit()
    return intervention


def give(client: FlaskClient, step: Step, data: bytes, **more: Any) -> TestResponse:
    """Send a picture for a step, as the form does."""
    fields = {"new_id": str(uuid4()), "shows_citizen": "no"} | more
    name = str(fields.pop("name", "trin.jpg"))
    return client.post(
        f"/steps/{step.id}/picture", data=fields | {"picture": (io.BytesIO(data), name)}
    )


def kept(app: Flask, picture: StepPicture) -> Image.Image:
    """Return a picture as it lies in the media store."""
    store = app.extensions["media_store"]
    whole = b"".join(get_media(store, picture.sha256, size=picture.size))
    return Image.open(io.BytesIO(whole))


def only(session: Session) -> StepPicture:
    return session.scalars(select(StepPicture)).one()


# Making it


def test_each_step_gets_a_picture_of_its_own_and_stands_with_it_on_the_page(
    anna: FlaskClient, session: Session, world: World, teeth: Intervention
) -> None:
    for step in teeth.steps:
        assert give(anna, step, a_picture(size=(800, 600))).status_code == 303

    page = anna.get(f"/interventions/{teeth.id}/instruction")
    pictures = session.scalars(select(StepPicture)).all()
    assert {picture.step_id for picture in pictures} == {step.id for step in teeth.steps}
    assert all((each.added_by_id, each.added_at) == (world.anna.id, NOW) for each in pictures)
    assert all(f"/step-pictures/{each.id}/thumbnail" in page.text for each in pictures)
    assert actions(session) == ["step_picture.create"] * 3 + ["instruction.read"]


def test_another_picture_takes_the_place_of_the_one_before(
    anna: FlaskClient, session: Session, teeth: Intervention
) -> None:
    step = teeth.steps[0]
    give(anna, step, a_picture(size=(400, 300)))
    give(anna, step, a_picture(size=(300, 400)))

    assert (only(session).width, only(session).height) == (300, 400)


def test_the_same_form_twice_is_one_picture_and_one_line_in_the_log(
    anna: FlaskClient, session: Session, teeth: Intervention
) -> None:
    id = str(uuid4())
    answers = [give(anna, teeth.steps[0], a_picture(), new_id=id) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert only(session).id.hex == id.replace("-", "")
    assert actions(session) == ["step_picture.create", "instruction.read"]


def test_an_id_that_was_used_for_another_picture_changes_nothing(
    anna: FlaskClient, session: Session, teeth: Intervention
) -> None:
    id = str(uuid4())
    give(anna, teeth.steps[0], a_picture(), new_id=id)
    answer = give(anna, teeth.steps[1], a_picture(), new_id=id)

    assert answer.status_code == 409
    assert only(session).step_id == teeth.steps[0].id


def test_one_id_for_the_pictures_of_two_steps_at_once_changes_nothing(
    anna: FlaskClient, session: Session, teeth: Intervention, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = str(uuid4())
    give(anna, teeth.steps[0], a_picture(), new_id=id)
    give(anna, teeth.steps[1], a_picture())
    come_a_moment_too_soon(monkeypatch, StepPicture)

    assert give(anna, teeth.steps[1], a_picture(), new_id=id).status_code == 409

    shown = session.scalars(select(StepPicture.step_id)).all()
    assert set(shown) == {teeth.steps[0].id, teeth.steps[1].id}


def test_a_picture_is_taken_away_and_asked_twice_it_is_away_all_the_same(
    anna: FlaskClient, session: Session, teeth: Intervention
) -> None:
    give(anna, teeth.steps[0], a_picture())
    answers = [anna.post(f"/steps/{teeth.steps[0].id}/picture/removal") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert count(session, StepPicture) == 0
    assert actions(session).count("step_picture.remove") == 1


def test_a_sentence_that_is_put_better_keeps_its_picture(
    anna: FlaskClient, session: Session, teeth: Intervention
) -> None:
    give(anna, teeth.steps[1], a_picture())
    anna.post(
        f"/interventions/{teeth.id}",
        data={
            "title": teeth.title,
            "approach": teeth.approach,
            "steps": "Tag tandbørsten\nKom en ært tandpasta på\nBørst foroven\nSkyl munden",
            "status": "running",
        },
    )

    session.expire_all()
    assert [step.text for step in teeth.steps][1] == "Kom en ært tandpasta på"
    assert only(session).step_id == teeth.steps[1].id


# What is taken


@pytest.mark.parametrize("format", ["JPEG", "HEIF"])
@pytest.mark.parametrize("orientation", [1, 6])
def test_a_picture_stands_upright_however_the_camera_was_held(
    anna: FlaskClient,
    app: Flask,
    session: Session,
    teeth: Intervention,
    format: str,
    orientation: int,
) -> None:
    assert give(anna, teeth.steps[0], a_turned(format, orientation)).status_code == 303

    shown = kept(app, only(session))
    assert shown.size == (80, 40)
    red, green, _blue = shown.convert("RGB").getpixel((8, 8))  # type: ignore[misc]
    assert red > 200
    assert green < 80
    assert not shown.getexif()


@pytest.mark.parametrize(
    ("format", "mode"),
    [("GIF", "P"), ("AVIF", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "P"),
     ("PNG", "I;16"), ("PNG", "1"), ("PNG", "RGBA"), ("PNG", "LA"), ("WEBP", "RGBA")],
)  # fmt: skip
def test_every_mode_of_a_picture_becomes_one_kind_in_colours(
    anna: FlaskClient, app: Flask, session: Session, teeth: Intervention, format: str, mode: str
) -> None:
    assert give(anna, teeth.steps[0], a_picture(format, mode=mode)).status_code == 303

    shown = kept(app, only(session))
    assert (shown.format, shown.mode, shown.size) == ("WEBP", "RGB", (60, 40))


def test_what_hangs_behind_a_picture_is_gone(
    anna: FlaskClient, app: Flask, session: Session, teeth: Intervention
) -> None:
    give(anna, teeth.steps[0], a_picture() + b"<script>alert(1)</script>", name="trin.html")

    picture = only(session)
    served = anna.get(f"/step-pictures/{picture.id}")
    assert served.data.startswith(b"RIFF")
    assert b"script" not in served.data
    assert served.mimetype == "image/webp"
    assert served.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert served.headers["X-Content-Type-Options"] == "nosniff"


def test_a_picture_is_as_large_as_a_screen_unless_more_is_asked_for(
    anna: FlaskClient, session: Session, teeth: Intervention
) -> None:
    give(anna, teeth.steps[0], a_picture(size=(2400, 1800)))

    address = f"/step-pictures/{only(session).id}"
    for query, size in (("", (800, 600)), ("?size=large", (1600, 1200)), ("?size=no", (800, 600))):
        answer = anna.get(address + query)
        assert Image.open(io.BytesIO(answer.data)).size == size
        assert int(answer.headers["Content-Length"]) == len(answer.data)
    screen = anna.get(f"/interventions/{teeth.id}/show").text
    assert f'srcset="{address} 800w, {address}?size=large 1600w"' in screen


def test_a_small_picture_has_one_size_on_the_citizens_screen(
    anna: FlaskClient, session: Session, teeth: Intervention
) -> None:
    give(anna, teeth.steps[0], a_picture(size=(640, 800)))

    assert f"/step-pictures/{only(session).id}" in anna.get(f"/interventions/{teeth.id}/show").text
    assert "srcset" not in anna.get(f"/interventions/{teeth.id}/show").text


def test_a_picture_of_a_release_before_is_the_jpeg_it_was_kept_as(
    app: Flask, anna: FlaskClient, session: Session, world: World, teeth: Intervention
) -> None:
    older = add_step_picture(session, teeth, world.anna)
    older.width, older.height = 1600, 1200
    put_media(app.extensions["media_store"], PICTURE)
    session.commit()

    answer = anna.get(f"/step-pictures/{older.id}")
    assert (answer.mimetype, answer.data) == ("image/jpeg", PICTURE)
    assert "srcset" not in anna.get(f"/interventions/{teeth.id}/show").text


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        a_pdf(),
        a_picture()[:200],
        a_picture("PNG")[:40],
        JPEG_BEGINS + b"<html><script>alert(1)</script>",
        a_picture("PNG", size=(9000, 9000), mode="1"),
    ],
    ids=["empty", "SVG", "PDF", "cut JPEG", "cut PNG", "HTML", "81 megapixels"],
)
def test_what_is_no_picture_is_refused_in_words_and_nothing_is_kept(
    anna: FlaskClient, session: Session, teeth: Intervention, data: bytes
) -> None:
    answer = give(anna, teeth.steps[1], data)

    assert answer.status_code == 422
    assert "Filen er ikke et billede, vi kan vise" in words(answer)
    assert count(session, StepPicture) == 0
    assert actions(session) == ["instruction.read"]


def test_a_picture_that_is_too_large_is_refused_in_words(
    anna: FlaskClient, session: Session, teeth: Intervention, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(instructions, "LARGEST_PICTURE", 100)

    answer = give(anna, teeth.steps[0], a_picture())

    assert answer.status_code == PictureTooLarge.status
    assert "højst fylde 25 MB" in words(answer)
    assert count(session, StepPicture) == 0


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"shows_citizen": ""}, "om man kan se borgeren"),
        ({"shows_citizen": "måske"}, "Vælg en af mulighederne"),
        ({"new_id": "x"}, ""),
    ],
    ids=str,
)
def test_a_form_that_says_too_little_is_refused(
    anna: FlaskClient, session: Session, teeth: Intervention, sent: dict[str, str], said: str
) -> None:
    answer = give(anna, teeth.steps[0], a_picture(), **sent)

    assert answer.status_code == 422
    assert said in words(answer)
    assert count(session, StepPicture) == 0


def test_a_form_without_a_file_is_refused(anna: FlaskClient, teeth: Intervention) -> None:
    answer = anna.post(f"/steps/{teeth.steps[0].id}/picture", data={"shows_citizen": "no"})

    assert answer.status_code == 422
    assert "Vælg eller tag det billede" in words(answer)


def test_only_the_contact_team_makes_instructions(
    bo: FlaskClient, session: Session, teeth: Intervention
) -> None:
    assert give(bo, teeth.steps[0], a_picture()).status_code == 403
    assert bo.get(f"/interventions/{teeth.id}/instruction").status_code == 403
    assert count(session, StepPicture) == 0


# Consent


def test_a_picture_of_the_citizen_needs_a_yes(
    anna: FlaskClient, session: Session, world: World, teeth: Intervention
) -> None:
    refused = give(anna, teeth.steps[0], a_picture(), shows_citizen="yes")
    assert refused.status_code == 409
    assert "ikke givet samtykke" in words(refused)
    assert count(session, StepPicture) == 0

    add_consent(session, world.sofie, world.anna)
    session.commit()
    assert give(anna, teeth.steps[0], a_picture(), shows_citizen="yes").status_code == 303


def test_a_yes_that_is_taken_back_hides_the_picture_at_once_and_for_everyone(
    anna: FlaskClient, bo: FlaskClient, session: Session, world: World, teeth: Intervention
) -> None:
    consent = add_consent(session, world.sofie, world.anna)
    session.commit()
    give(anna, teeth.steps[0], a_picture(), shows_citizen="yes")
    picture = only(session)
    addresses = [f"/step-pictures/{picture.id}", f"/step-pictures/{picture.id}/thumbnail"]
    shown = [bo.get(address) for address in addresses]
    assert [each.status_code for each in shown] == [200, 200]
    # No browser shows it again by itself.
    assert {each.headers["Cache-Control"] for each in shown} == {"no-store"}

    consent.withdrawn_at, consent.withdrawn_by_id = NOW, world.anna.id
    session.commit()

    assert [bo.get(address).status_code for address in addresses] == [404, 404]
    assert "step-pictures" not in bo.get(f"/interventions/{teeth.id}/show").text
    assert "samtykket gælder ikke mere" in words(anna.get(f"/interventions/{teeth.id}/instruction"))


# What the steps measure


def measure(
    client: FlaskClient, intervention: Intervention, sign: Sign | None, asked: Sign | None = None
) -> TestResponse:
    """Choose the signs that an instruction measures, as the form does."""
    data = {
        "sign_id": str(sign.id) if sign else "",
        "asked_sign_id": str(asked.id) if asked else "",
    }
    return client.post(f"/interventions/{intervention.id}/instruction/sign", data=data)


def a_checklist(session: Session, goal: Goal, steps: int = 3) -> Sign:
    sign = add_sign(session, goal, "Sofie klarer alle tre trin", rank=9, measure=Measure.STEPS)
    sign.steps = [f"Trin {number}" for number in range(steps)]
    session.commit()
    return sign


def test_the_sign_that_steps_measure_is_chosen_once_and_can_be_left_again(
    anna: FlaskClient, session: Session, teeth: Intervention
) -> None:
    sign = a_checklist(session, teeth.goal)
    assert sign.text in words(anna.get(f"/interventions/{teeth.id}/instruction"))

    assert measure(anna, teeth, sign).status_code == 303
    assert measure(anna, teeth, sign).status_code == 303
    session.refresh(teeth)
    assert teeth.sign_id == sign.id
    assert actions(session).count("instruction.measure") == 1

    assert measure(anna, teeth, None).status_code == 303
    session.refresh(teeth)
    assert teeth.sign_id is None


@pytest.mark.parametrize("steps", [2, 4])
def test_a_sign_with_other_steps_is_not_offered_and_refused_in_words(
    anna: FlaskClient, session: Session, teeth: Intervention, steps: int
) -> None:
    sign = a_checklist(session, teeth.goal, steps)
    assert sign.text not in words(anna.get(f"/interventions/{teeth.id}/instruction"))

    refused = measure(anna, teeth, sign)

    assert refused.status_code == 409
    assert "ikke lige mange trin" in words(refused)
    session.refresh(teeth)
    assert teeth.sign_id is None


def test_a_sign_of_another_goal_and_half_an_id_are_refused(
    anna: FlaskClient, session: Session, world: World, teeth: Intervention
) -> None:
    text = "Sofie går en tur hver dag"
    other = Goal(
        plan=teeth.goal.plan, text=text, short_text=text, starts_on=NOW.date(), ends_on=NOW.date()
    )
    session.add(other)
    session.flush()

    assert measure(anna, teeth, a_checklist(session, other)).status_code == SignElsewhere.status
    address = f"/interventions/{teeth.id}/instruction/sign"
    assert anna.post(address, data={"sign_id": "x"}).status_code == 422
    assert anna.post(address, data={"sign_id": str(uuid4())}).status_code == 404


def test_a_sign_whose_steps_changed_since_is_told_and_marks_are_no_longer_asked_for(
    anna: FlaskClient, session: Session, teeth: Intervention
) -> None:
    sign = a_checklist(session, teeth.goal)
    measure(anna, teeth, sign)
    assert "data-mark=" in anna.get(f"/interventions/{teeth.id}/show").text

    sign.steps = [*sign.steps, "Skyl"]
    session.commit()

    assert "måles ikke lige nu" in words(anna.get(f"/interventions/{teeth.id}/instruction"))
    shown = anna.get(f"/interventions/{teeth.id}/show").text
    assert "data-mark=" not in shown
    assert "rail-done" in shown


def with_faces(session: Session, goal: Goal) -> Sign:
    text = "Sofie viser på ansigterne, hvordan det gik"
    sign = add_sign(session, goal, text, rank=12, measure=Measure.SMILEY)
    session.commit()
    return sign


def test_the_citizen_is_asked_at_the_end_about_the_sign_that_was_chosen(
    anna: FlaskClient, session: Session, teeth: Intervention
) -> None:
    assert "faces=1" in anna.get(f"/interventions/{teeth.id}/instruction").text
    asked = with_faces(session, teeth.goal)
    assert "own-word" not in anna.get(f"/interventions/{teeth.id}/show").text

    assert measure(anna, teeth, None, asked).status_code == 303

    session.refresh(teeth)
    assert (teeth.sign_id, teeth.asked_sign_id) == (None, asked.id)
    shown = anna.get(f"/interventions/{teeth.id}/show")
    assert f'action="/signs/{asked.id}/observations"' in shown.text
    assert shown.text.count('name="value"') == 5


@pytest.mark.parametrize("since", ["put away", "counted now", "asked no more"])
def test_a_sign_without_faces_is_not_asked_about(
    anna: FlaskClient, session: Session, teeth: Intervention, since: str
) -> None:
    asked = with_faces(session, teeth.goal)
    measure(anna, teeth, None, asked)
    match since:
        case "put away":
            asked.archived_at = NOW
        case "counted now":
            asked.measure = Measure.COUNT
        case _:
            measure(anna, teeth, None)
    session.commit()

    assert "own-word" not in anna.get(f"/interventions/{teeth.id}/show").text


def test_only_a_sign_with_faces_of_the_same_goal_can_be_asked_about(
    anna: FlaskClient, session: Session, world: World, teeth: Intervention
) -> None:
    refused = measure(anna, teeth, None, a_checklist(session, teeth.goal))
    assert refused.status_code == 409
    assert "kan ikke besvares med ansigterne" in words(refused)
    text = "Sofie går en tur hver dag"
    other = Goal(
        plan=teeth.goal.plan, text=text, short_text=text, starts_on=NOW.date(), ends_on=NOW.date()
    )
    session.add(other)
    session.flush()
    elsewhere = measure(anna, teeth, None, with_faces(session, other))
    assert elsewhere.status_code == SignElsewhere.status
    session.refresh(teeth)
    assert teeth.asked_sign_id is None


def test_a_question_that_the_page_did_not_ask_keeps_its_answer(
    anna: FlaskClient, session: Session, teeth: Intervention
) -> None:
    sign, asked = a_checklist(session, teeth.goal), with_faces(session, teeth.goal)
    measure(anna, teeth, sign, asked)
    sign.steps = [*sign.steps, "Skyl"]
    session.commit()
    address = f"/interventions/{teeth.id}/instruction/sign"

    # No sign fits any more, so the page asks about the faces alone.
    assert anna.post(address, data={"asked_sign_id": ""}).status_code == 303

    session.refresh(teeth)
    assert (teeth.sign_id, teeth.asked_sign_id) == (sign.id, None)
    assert (
        anna.post(address, data={"sign_id": "", "asked_sign_id": str(asked.id)}).status_code == 303
    )
    session.refresh(teeth)
    assert (teeth.sign_id, teeth.asked_sign_id) == (None, asked.id)


def test_from_an_instruction_one_comes_to_a_new_sign_with_faces(
    anna: FlaskClient, teeth: Intervention
) -> None:
    form = anna.get(f"/goals/{teeth.goal_id}/signs/new?faces=1").text

    assert re.search(r'value="smiley"\s+(selected|checked)', form)


def test_from_the_steps_one_comes_to_a_new_sign_that_has_them(
    anna: FlaskClient, teeth: Intervention
) -> None:
    page = anna.get(f"/interventions/{teeth.id}/instruction").text
    address = f"/goals/{teeth.goal_id}/signs/new?steps_of={teeth.id}"
    assert address in page

    form = anna.get(address).text

    assert "\n".join(SENTENCES) in form
    assert anna.get(f"/goals/{teeth.goal_id}/signs/new?steps_of=x").status_code == 200


@pytest.mark.parametrize("why", ["a draft", "paused"])
def test_what_cannot_be_carried_out_has_no_rail(
    anna: FlaskClient, session: Session, teeth: Intervention, why: str
) -> None:
    if why == "paused":
        teeth.status = InterventionStatus.PAUSED
    else:
        teeth.goal.activated_at = None
    session.commit()

    shown = anna.get(f"/interventions/{teeth.id}/show").text

    assert "data-done" in shown
    assert 'id="rail"' not in shown


# How long a step takes


def choose_time(client: FlaskClient, step: Step, seconds: str) -> TestResponse:
    """Give a step its time, as the form does."""
    return client.post(f"/steps/{step.id}/time", data={"seconds": seconds})


def test_a_step_gets_a_time_that_the_citizen_sees_and_loses_it_again(
    anna: FlaskClient, session: Session, teeth: Intervention
) -> None:
    for _ in range(2):
        assert choose_time(anna, teeth.steps[1], "120").status_code == 303

    assert 'data-timer="120"' in anna.get(f"/interventions/{teeth.id}/show").text
    assert "2 min" in words(anna.get(f"/interventions/{teeth.id}/instruction"))
    assert actions(session).count("step.time") == 1

    assert choose_time(anna, teeth.steps[1], "").status_code == 303
    assert "data-timer" not in anna.get(f"/interventions/{teeth.id}/show").text


@pytest.mark.parametrize("seconds", ["7", "0", "-30", "999999999", "x"])
def test_a_time_that_is_not_on_the_list_changes_nothing(
    anna: FlaskClient, session: Session, teeth: Intervention, seconds: str
) -> None:
    assert choose_time(anna, teeth.steps[0], seconds).status_code == 422

    session.refresh(teeth.steps[0])
    assert teeth.steps[0].seconds is None


def test_a_sentence_that_is_put_better_keeps_its_time(
    anna: FlaskClient, session: Session, teeth: Intervention
) -> None:
    choose_time(anna, teeth.steps[0], "60")
    sentences = "\n".join(["Tag den blå tandbørste", *SENTENCES[1:]])
    told = {"title": teeth.title, "approach": teeth.approach, "status": "running"}

    anna.post(f"/interventions/{teeth.id}", data=told | {"steps": sentences})

    session.expire_all()
    assert [step.seconds for step in teeth.steps] == [60, None, None]


# The citizen's screen


def test_the_citizens_screen_has_every_step_and_nothing_that_leads_away(
    bo: FlaskClient, session: Session, world: World, teeth: Intervention
) -> None:
    page = bo.get(f"/interventions/{teeth.id}/show")

    assert page.status_code == 200
    assert all(text in page.text for text in SENTENCES)
    assert "<a " not in page.text
    assert 'class="menu"' not in page.text
    assert world.sofie.last_name not in page.text
    assert actions(session) == ["citizen_mode.read"]


def test_a_step_without_a_picture_shows_its_words_alone(
    bo: FlaskClient, session: Session, world: World, teeth: Intervention
) -> None:
    picture = add_step_picture(session, teeth, world.anna)
    session.commit()

    page = bo.get(f"/interventions/{teeth.id}/show").text

    assert page.count("say alone") == len(SENTENCES)
    assert f"/step-pictures/{picture.id}" in page


def test_an_intervention_without_steps_has_nothing_to_show(
    bo: FlaskClient, session: Session, world: World
) -> None:
    intervention = session.scalars(select(Intervention)).one()

    assert bo.get(f"/interventions/{intervention.id}/show").status_code == 404
    assert "Vis for borgeren" not in bo.get(f"/citizens/{world.sofie.id}").text


def test_the_day_leads_to_it_and_the_plan_to_the_pictures(
    anna: FlaskClient, bo: FlaskClient, world: World, teeth: Intervention
) -> None:
    assert f"/interventions/{teeth.id}/show" in bo.get(f"/citizens/{world.sofie.id}").text
    assert (
        f"/interventions/{teeth.id}/instruction"
        in anna.get(f"/citizens/{world.sofie.id}/plan").text
    )
    assert "/instruction" not in bo.get(f"/citizens/{world.sofie.id}/plan").text


@pytest.mark.parametrize("page", ["show", "instruction"])
def test_ten_more_steps_with_pictures_cost_no_more_queries(
    anna: FlaskClient, session: Session, world: World, teeth: Intervention, page: str
) -> None:
    def look() -> int:
        with recorded(db.engine) as asked:
            assert anna.get(f"/interventions/{teeth.id}/{page}").status_code == 200
        return sum(query.statement.lstrip().startswith(("SELECT", "WITH")) for query in asked)

    look()  # The first entry of a log asks once more than every other.
    without = look()
    for _ in range(10):
        add_step_picture(session, teeth, world.anna)
    session.commit()

    assert look() <= without
    assert without <= 13


# Order and form


def order(session: Session, intervention: Intervention) -> list[str]:
    """Return the sentences of an instruction as they are stored."""
    session.expire_all()
    return [step.text for step in session.get_one(Intervention, intervention.id).steps]


def test_a_step_is_moved_with_its_picture_and_the_plan_remembers_what_it_was(
    anna: FlaskClient, session: Session, teeth: Intervention
) -> None:
    first, second, third = (step.text for step in teeth.steps)
    moved = teeth.steps[2].id

    answer = anna.post(f"/steps/{moved}/place", data={"by": "-1"})

    assert answer.status_code == 303
    assert answer.headers["Location"].endswith(f"#step-{moved}")
    assert order(session, teeth) == [first, third, second]
    assert session.get_one(Intervention, teeth.id).steps[1].id == moved
    # It stops at the ends, and nowhere at all changes nothing.
    for by in ("-40", "0", "-1"):
        assert anna.post(f"/steps/{moved}/place", data={"by": by}).status_code == 303
    assert order(session, teeth) == [third, first, second]
    revisions = session.scalars(select(PlanRevision).where(PlanRevision.object_id == teeth.id))
    assert len(revisions.all()) == 3


@pytest.mark.parametrize("by", ["", "op", "1.5", "99999999999999999999x"])
def test_a_place_that_is_no_number_moves_nothing(
    anna: FlaskClient, session: Session, teeth: Intervention, by: str
) -> None:
    before = order(session, teeth)

    assert anna.post(f"/steps/{teeth.steps[0].id}/place", data={"by": by}).status_code == 422

    assert order(session, teeth) == before


def test_marks_never_land_on_steps_that_changed_places_until_somebody_says_so(
    anna: FlaskClient, session: Session, teeth: Intervention
) -> None:
    sign = a_checklist(session, teeth.goal)
    measure(anna, teeth, sign)
    assert "data-mark=" in anna.get(f"/interventions/{teeth.id}/show").text

    anna.post(f"/steps/{teeth.steps[0].id}/place", data={"by": "1"})

    assert "data-mark=" not in anna.get(f"/interventions/{teeth.id}/show").text
    assert "måles ikke lige nu" in words(anna.get(f"/interventions/{teeth.id}/instruction"))
    # Moved back, they fit again by themselves; else the sign is chosen once more.
    anna.post(f"/steps/{teeth.steps[0].id}/place", data={"by": "1"})
    assert "data-mark=" in anna.get(f"/interventions/{teeth.id}/show").text
    anna.post(f"/steps/{teeth.steps[0].id}/place", data={"by": "1"})
    assert measure(anna, teeth, sign).status_code == 303
    assert "data-mark=" in anna.get(f"/interventions/{teeth.id}/show").text


def test_a_sign_from_before_the_order_was_kept_measures_the_steps_as_they_were(
    anna: FlaskClient, session: Session, teeth: Intervention
) -> None:
    sign = a_checklist(session, teeth.goal)
    teeth.sign_id = sign.id
    session.commit()
    assert "data-mark=" in anna.get(f"/interventions/{teeth.id}/show").text

    anna.post(f"/steps/{teeth.steps[0].id}/place", data={"by": "1"})

    assert "data-mark=" not in anna.get(f"/interventions/{teeth.id}/show").text
    # Whoever answers only what the faces are asked leaves the sign as it is.
    page = anna.get(f"/interventions/{teeth.id}/instruction").text
    chosen = re.findall(r'name="sign_id"\s+value="[^"]*"\s+checked', page)
    assert chosen == []
    measure(anna, teeth, sign)
    assert "data-mark=" in anna.get(f"/interventions/{teeth.id}/show").text


def test_how_an_instruction_is_shown_is_chosen_once_and_can_be_left_again(
    anna: FlaskClient, session: Session, teeth: Intervention
) -> None:
    address = f"/interventions/{teeth.id}/instruction/form"
    for form in ("first_then", "first_then", "checklist"):
        assert anna.post(address, data={"form": form}).status_code == 303
        assert f"citizen-mode as-{form}" in anna.get(f"/interventions/{teeth.id}/show").text
    assert actions(session).count("instruction.form") == 2

    assert anna.post(address, data={"form": ""}).status_code == 303
    assert "as-checklist" not in anna.get(f"/interventions/{teeth.id}/show").text
    for unknown in ("steps", "CHECKLIST", "\0"):
        assert anna.post(address, data={"form": unknown}).status_code == 422
    session.refresh(teeth)
    assert teeth.form is None


# What is seen, in words


def describe(client: FlaskClient, step: Step, said: str) -> TestResponse:
    """Say what is seen at a step, as the form does."""
    return client.post(f"/steps/{step.id}/description", data={"description": said})


@pytest.mark.parametrize("page", ["show", "instruction", "instruction/print"])
def test_what_a_picture_shows_is_said_where_it_is_seen_and_no_longer_with_the_next_picture(
    anna: FlaskClient, session: Session, teeth: Intervention, page: str
) -> None:
    step, said = teeth.steps[0], 'En hånd, der holder "den blå" <børste>'
    give(anna, step, PICTURE)

    for _ in range(2):
        assert describe(anna, step, f"  {said}\n").status_code == 303
    seen = f'alt="{escape(said)}"'

    assert seen in anna.get(f"/interventions/{teeth.id}/{page}").text
    assert actions(session).count("step.describe") == 1
    give(anna, step, a_picture("PNG"))
    assert seen not in anna.get(f"/interventions/{teeth.id}/{page}").text


def test_empty_words_take_the_description_away(
    anna: FlaskClient, session: Session, teeth: Intervention
) -> None:
    give(anna, teeth.steps[0], PICTURE)
    describe(anna, teeth.steps[0], "En hånd")

    describe(anna, teeth.steps[0], "   ")

    assert only(session).description is None


@pytest.mark.parametrize("said", ["a" * 201, "en\0hånd"])
def test_a_description_that_cannot_be_kept_is_refused_in_words(
    anna: FlaskClient, session: Session, teeth: Intervention, said: str
) -> None:
    give(anna, teeth.steps[0], PICTURE)

    refused = describe(anna, teeth.steps[0], said)

    assert refused.status_code == 422
    assert "højst 200 tegn" in words(refused)
    assert only(session).description is None


def test_where_nothing_is_seen_there_is_nothing_to_describe(
    anna: FlaskClient, teeth: Intervention
) -> None:
    assert "Beskrivelse" not in anna.get(f"/interventions/{teeth.id}/instruction").text

    refused = describe(anna, teeth.steps[0], "En hånd")

    assert refused.status_code == 409
    assert "ikke noget billede" in words(refused)
