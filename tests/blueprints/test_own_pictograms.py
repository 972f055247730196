"""The home's own pictograms: brought, found by every colleague of the home, let go."""

import io
from collections.abc import Callable
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.blueprints.tapping import actions, count, words
from tests.factories import NOW, World, add_staff
from tests.papers import a_pdf, a_picture, written
from webapp.adapters.media_store import get_media
from webapp.models import (
    Department,
    GoalTemplate,
    HomePictogram,
    Intervention,
    Role,
    Staff,
    Step,
    StepPictogram,
)

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
LIST = b"bus.png;Vores bus;minibus;Eget\nbord.png;Spisebordet;middag;Eget\n"


@pytest.fixture
def step(session: Session, world: World) -> Step:
    """A step of Sofie's."""
    intervention = session.scalars(select(Intervention)).one()
    intervention.steps = [Step(text="Stig ind i bussen", rank=1)]
    session.commit()
    return intervention.steps[0]


@pytest.fixture
def vibeke(as_staff: Callable[[Staff], FlaskClient], session: Session, world: World) -> FlaskClient:
    """The browser of the other home's manager."""
    department = session.get_one(Department, world.stranger.department_id)
    vibeke = add_staff(session, department, "Vibeke", "Krogh", Role.MANAGER)
    session.commit()
    return as_staff(vibeke)


def a_png(size: tuple[int, int] = (60, 40)) -> bytes:
    return written(Image.new("RGBA", size, (0, 0, 0, 0)), "PNG")


def bring(client: FlaskClient, data: bytes | None = None, **more: str) -> TestResponse:
    """Bring one pictogram, as the form does; further fields win."""
    fields: dict[str, object] = {
        "new_id": str(uuid4()),
        "name": "Vores bus",
        "synonyms": "minibus, husets bil",
        "source": "Tegnet af huset",
    }
    file = {} if data == b"" else {"picture": (io.BytesIO(data or a_png()), "bus.png")}
    return client.post("/settings/pictograms", data=fields | more | file)


def bring_folder(
    client: FlaskClient, data: bytes = LIST, files: dict[str, bytes] | None = None, **more: str
) -> TestResponse:
    """Bring several with a list, as the form does."""
    sent = {"bus.png": a_png(), "bord.png": a_png((40, 60))} if files is None else files
    return client.post(
        "/settings/pictograms/several",
        data={"new_id": str(uuid4())}
        | more
        | {
            "pictures": [(io.BytesIO(each), name) for name, each in sent.items()],
            "list": (io.BytesIO(data), "liste.csv"),
        },
    )


def only(session: Session) -> HomePictogram:
    return session.scalars(select(HomePictogram)).one()


# One at a time


def test_what_the_manager_brings_every_colleague_finds_and_chooses(
    app: Flask,
    ditte: FlaskClient,
    anna: FlaskClient,
    session: Session,
    world: World,
    step: Step,
) -> None:
    assert bring(ditte).status_code == 303

    own = only(session)
    assert (own.name, own.synonyms, own.source) == (
        "Vores bus",
        ["minibus", "husets bil"],
        "Tegnet af huset",
    )
    assert (own.home_id, own.added_by_id, own.added_at) == (world.home.id, world.ditte.id, NOW)
    assert actions(session) == ["home_pictogram.create"]
    found = anna.get(f"/steps/{step.id}/pictogram", query_string={"q": "minibus"})
    assert f'value="{own.id}"' in found.text
    assert "Husets eget" in words(found)
    assert "Husets egne" in words(anna.get(f"/steps/{step.id}/pictogram?group=own"))

    assert (
        anna.post(f"/steps/{step.id}/pictogram", data={"pictogram": str(own.id)}).status_code == 303
    )
    shown = anna.get(f"/interventions/{step.intervention_id}/show")
    assert f'src="/home-pictograms/{own.id}"' in shown.text
    drawn = anna.get(f"/home-pictograms/{own.id}")
    # Drawn anew on white: nothing of the file is left but its pixels.
    assert drawn.mimetype == "image/webp"
    assert Image.open(io.BytesIO(drawn.data)).getpixel((5, 5)) == (255, 255, 255)
    kept = b"".join(get_media(app.extensions["media_store"], own.sha256, size=own.size))
    assert kept == drawn.data


@pytest.mark.parametrize(
    ("data", "more", "said"),
    [
        (SVG, {}, "SVG"),
        (a_pdf(), {}, "ikke et billede"),
        (b"\x89PNG\r\n\x1a\nafkortet", {}, "ikke et billede"),
        (b"", {}, "Vælg et billede"),
        (None, {"name": " "}, "hvad piktogrammet hedder"),
        (None, {"name": "B" * 41}, "højst 40 tegn"),
        (None, {"source": ""}, "hvor piktogrammet kommer fra"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_words_and_what_was_typed_stands(
    ditte: FlaskClient, session: Session, data: bytes | None, more: dict[str, str], said: str
) -> None:
    answer = bring(ditte, data, **more)

    assert answer.status_code == 422
    assert said in words(answer)
    assert "husets bil" in answer.text
    assert count(session, HomePictogram) == 0


def test_the_same_form_twice_is_one_pictogram_and_one_line_in_the_log(
    ditte: FlaskClient, session: Session
) -> None:
    id, data = str(uuid4()), a_png()
    answers = [bring(ditte, data, new_id=id) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert count(session, HomePictogram) == 1
    assert actions(session) == ["home_pictogram.create"]


def test_a_name_stands_once_in_a_home(ditte: FlaskClient, session: Session) -> None:
    bring(ditte)
    answer = bring(ditte, a_picture(), name="VORES BUS")

    assert answer.status_code == 409
    assert "allerede et piktogram med det navn" in words(answer)
    assert count(session, HomePictogram) == 1


# A folder with a list


def test_a_folder_with_its_list_comes_in_as_a_whole(ditte: FlaskClient, session: Session) -> None:
    id = str(uuid4())
    for _ in range(2):
        assert bring_folder(ditte, new_id=id).status_code == 303

    names = session.scalars(select(HomePictogram.name).order_by(HomePictogram.name)).all()
    assert names == ["Spisebordet", "Vores bus"]
    assert actions(session) == ["home_pictogram.import"]


@pytest.mark.parametrize(
    ("data", "files", "said"),
    [
        (LIST, {"bus.png": a_png()}, ["Række 2: Filen er ikke blandt de billeder"]),
        (
            LIST + b"stol.png;;;\n",
            None,
            ["Række 3: Navnet mangler", "Række 3: Licensen mangler"],
        ),
        (LIST, {"bus.png": SVG, "bord.png": a_pdf()}, ["Række 1: Filen er en SVG", "Række 2"]),
        (LIST + b"bus.png;Vores bus;;Eget\n", None, ["Række 3: Navnet står flere gange"]),
        (b"", None, ["mellem 1 og 40"]),
        (b"bus.png;Bus;;Eget\n" * 41, None, ["mellem 1 og 40"]),
        (b"x" * 200_000, None, ["mellem 1 og 40"]),
    ],
)
def test_a_folder_with_something_wrong_stores_nothing_and_names_the_rows(
    ditte: FlaskClient,
    session: Session,
    data: bytes,
    files: dict[str, bytes] | None,
    said: list[str],
) -> None:
    answer = bring_folder(ditte, data, files)

    assert answer.status_code == 422
    assert all(each in words(answer) for each in said)
    assert "Intet er gemt" in words(answer)
    assert count(session, HomePictogram) == 0


def test_a_folder_without_list_or_pictures_is_refused(ditte: FlaskClient) -> None:
    answer = ditte.post("/settings/pictograms/several", data={"new_id": str(uuid4())})

    assert answer.status_code == 422
    assert "Vælg billederne" in words(answer)
    assert "Vælg listen" in words(answer)


def test_more_than_forty_files_are_refused_before_any_is_drawn(ditte: FlaskClient) -> None:
    answer = bring_folder(ditte, files={f"{each}.png": b"x" for each in range(41)})

    assert answer.status_code == 422
    assert "højst 40 billeder" in words(answer)


# Letting go, and whose they are


def test_one_on_a_step_is_not_let_go_and_the_page_says_on_how_many(
    ditte: FlaskClient, session: Session, world: World, step: Step
) -> None:
    bring(ditte)
    own = only(session)
    session.add(
        StepPictogram(
            step_id=step.id, home_pictogram_id=own.id, chosen_at=NOW, chosen_by_id=world.anna.id
        )
    )
    session.commit()

    answer = ditte.post(f"/home-pictograms/{own.id}/removal")

    assert answer.status_code == 409
    assert "det bruges på 1 trin" in words(answer)
    assert count(session, HomePictogram) == 1


def test_one_that_nobody_uses_is_let_go_and_an_older_template_goes_without(
    ditte: FlaskClient, anna: FlaskClient, session: Session, world: World, step: Step
) -> None:
    bring(ditte)
    own = only(session)
    anna.post(f"/steps/{step.id}/pictogram", data={"pictogram": str(own.id)})
    goal_id = step.intervention.goal_id
    anna.post(f"/goals/{goal_id}/goal-templates", data={"new_id": str(uuid4()), "name": "Bussen"})
    anna.post(f"/steps/{step.id}/picture/removal")

    assert ditte.post(f"/home-pictograms/{own.id}/removal").status_code == 303
    assert count(session, HomePictogram) == 0
    assert actions(session)[-1] == "home_pictogram.remove"
    template = session.scalars(select(GoalTemplate)).one()
    used = anna.post(
        f"/citizens/{world.sofie.id}/goal-templates/{template.id}/goals",
        data={"new_id": str(uuid4())},
    )
    assert used.status_code == 303
    assert count(session, StepPictogram) == 0


def test_another_home_neither_sees_nor_finds_nor_removes_them(
    ditte: FlaskClient, vibeke: FlaskClient, session: Session
) -> None:
    bring(ditte)
    own = only(session)

    for size in ("", "/thumbnail"):
        assert ditte.get(f"/home-pictograms/{own.id}{size}").status_code == 200
        assert vibeke.get(f"/home-pictograms/{own.id}{size}").status_code == 404
    assert vibeke.post(f"/home-pictograms/{own.id}/removal").status_code == 404
    assert str(own.id) not in vibeke.get("/settings/pictograms").text
    # Its names are its own, too.
    assert bring(vibeke).status_code == 303
    assert count(session, HomePictogram) == 2


def test_another_homes_pictogram_cannot_be_chosen(
    vibeke: FlaskClient, anna: FlaskClient, session: Session, step: Step
) -> None:
    bring(vibeke)
    answer = anna.post(f"/steps/{step.id}/pictogram", data={"pictogram": str(only(session).id)})

    assert answer.status_code == 409
    assert count(session, StepPictogram) == 0
    found = anna.get(f"/steps/{step.id}/pictogram", query_string={"q": "vores bus"})
    assert str(only(session).id) not in found.text


def test_only_a_manager_brings_them(anna: FlaskClient, session: Session) -> None:
    assert anna.get("/settings/pictograms").status_code == 403
    assert bring(anna).status_code == bring_folder(anna).status_code == 403
    assert count(session, HomePictogram) == 0
