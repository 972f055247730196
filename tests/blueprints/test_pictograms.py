"""Pictograms: found by words, chosen for a step, shown to the citizen, taken along in a copy."""

import io
import re
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.bench.queries import recorded
from tests.blueprints.tapping import HTMX, actions, count, words
from tests.factories import NOW, World
from tests.papers import a_picture
from webapp.db import db
from webapp.models import (
    Citizen,
    CitizenKind,
    ContactTeam,
    Goal,
    GoalTemplate,
    Intervention,
    Plan,
    Staff,
    Step,
    StepPictogram,
    StepPicture,
)

BRUSH, TOOTH = "1FAA5", "1F9B7"
SENTENCES = ("Tag tandbørsten", "Kom tandpasta på", "Sig “færdig”")


@pytest.fixture
def teeth(session: Session, world: World) -> Intervention:
    """How Sofie brushes her teeth, in three steps without pictures."""
    intervention = session.scalars(select(Intervention)).one()
    intervention.steps = [Step(text=text, rank=rank) for rank, text in enumerate(SENTENCES, 1)]
    session.commit()
    return intervention


@pytest.fixture
def karen(session: Session, world: World) -> Citizen:
    """Karen lives beside Sofie; Anna is in her contact team too."""
    karen = Citizen(
        first_name="Karen",
        last_name="Krog",
        kind=CitizenKind.ADULT,
        department_id=world.soendermarken.id,
    )
    session.add(karen)
    session.flush()
    session.add_all(
        [
            Plan(citizen_id=karen.id),
            ContactTeam(citizen_id=karen.id, staff_id=world.anna.id),
        ]
    )
    session.commit()
    return karen


def choose(client: FlaskClient, step: Step, key: str = BRUSH) -> TestResponse:
    return client.post(f"/steps/{step.id}/pictogram", data={"pictogram": key})


def names(page: TestResponse) -> list[str]:
    """Return the names of the pictograms one can choose on a page."""
    found = re.findall(
        r'name="pictogram" value="[^"]+">.*?<span[^>]*>(.*?)</span>', page.text, re.S
    )
    return [re.sub(r"<[^>]+>", "", each).strip() for each in found]


def only(session: Session) -> StepPictogram:
    return session.scalars(select(StepPictogram)).one()


# Finding


@pytest.mark.parametrize(
    "query", ["tandbørste", "tænder", "børste tænder", "TANDBØRSTE", "tandboe"]
)
def test_words_find_the_toothbrush_with_and_without_javascript(
    anna: FlaskClient, teeth: Intervention, query: str
) -> None:
    url = f"/steps/{teeth.steps[2].id}/pictogram"
    page = anna.get(url, query_string={"q": query})
    part = anna.get(url, query_string={"q": query}, headers=HTMX)

    assert names(page)[0] == names(part)[0] == "Tandbørste"
    assert "<html" in page.text
    assert "<html" not in part.text


def test_what_is_typed_stands_in_the_field_and_is_shown_as_text(
    anna: FlaskClient, teeth: Intervention
) -> None:
    url = f"/steps/{teeth.steps[0].id}/pictogram"
    page = anna.get(url, query_string={"q": '"><script>x()</script>'})

    assert 'value="&#34;&gt;&lt;script&gt;x()&lt;/script&gt;"' in page.text


def test_where_nothing_is_found_the_page_says_what_to_try(
    anna: FlaskClient, teeth: Intervention
) -> None:
    page = anna.get(f"/steps/{teeth.steps[0].id}/pictogram", query_string={"q": "xyzzyq"})

    assert page.status_code == 200
    assert names(page) == []
    assert "Vi fandt ikke noget" in words(page)
    assert "kortere ord" in words(page)


def test_before_anything_is_typed_the_sentence_suggests_and_the_categories_stand_there(
    anna: FlaskClient, teeth: Intervention
) -> None:
    page = anna.get(f"/steps/{teeth.steps[0].id}/pictogram")

    assert names(page)[0] == "Tandbørste"
    assert "Bad og hygiejne" in words(page)
    assert "Husets egne" not in words(page)


def test_a_category_shows_what_is_in_it_and_an_unknown_one_shows_them_all(
    anna: FlaskClient, teeth: Intervention
) -> None:
    url = f"/steps/{teeth.steps[0].id}/pictogram"
    drinks = anna.get(url, query_string={"group": "drikke"})
    unknown = anna.get(url, query_string={"group": "findes-ikke"})

    assert "Kaffe" in names(drinks)
    assert "Tandbørste" not in names(drinks)
    assert "Kategorier" in words(unknown)


def test_looking_is_logged_and_typing_is_not_logged_letter_by_letter(
    anna: FlaskClient, session: Session, teeth: Intervention
) -> None:
    url = f"/steps/{teeth.steps[0].id}/pictogram"
    anna.get(url)
    for query in ("t", "ta", "tan"):
        part = anna.get(url, query_string={"q": query}, headers=HTMX)
        assert "Sofie" not in part.text

    assert actions(session) == ["instruction.read"]


# Choosing


def test_a_step_gets_its_pictogram_and_stands_with_it_on_both_pages(
    anna: FlaskClient, session: Session, world: World, teeth: Intervention
) -> None:
    step = teeth.steps[0]
    answer = choose(anna, step)

    assert answer.status_code == 303
    assert answer.location == f"/interventions/{teeth.id}/instruction#step-{step.id}"
    row = only(session)
    assert (row.step_id, row.key) == (step.id, BRUSH)
    assert (row.chosen_by_id, row.chosen_at) == (world.anna.id, NOW)
    assert actions(session) == ["step_pictogram.create"]
    for page in ("instruction", "show"):
        shown = anna.get(f"/interventions/{teeth.id}/{page}").text
        [src] = re.findall(rf'src="([^"]+/{BRUSH}\.svg)"', shown)
        drawn = anna.get(src)
        assert (drawn.status_code, drawn.mimetype) == (200, "image/svg+xml")
        assert "immutable" in drawn.headers["Cache-Control"]
    assert "Piktogrammet til trin 1: Tandbørste" in anna.get(answer.location).text


def test_choosing_the_same_twice_is_choosing_it_once(
    anna: FlaskClient, session: Session, teeth: Intervention
) -> None:
    answers = [choose(anna, teeth.steps[0]) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert actions(session) == ["step_pictogram.create", "instruction.read"]


def test_another_pictogram_takes_the_place_of_the_one_before(
    anna: FlaskClient, session: Session, teeth: Intervention
) -> None:
    choose(anna, teeth.steps[0])
    choose(anna, teeth.steps[0], TOOTH)

    assert only(session).key == TOOTH


def test_a_step_has_a_picture_or_a_pictogram_and_never_both(
    anna: FlaskClient, session: Session, teeth: Intervention
) -> None:
    step = teeth.steps[0]

    def give() -> TestResponse:
        data = {"new_id": str(uuid4()), "shows_citizen": "no"}
        return anna.post(
            f"/steps/{step.id}/picture", data=data | {"picture": (io.BytesIO(a_picture()), "1.jpg")}
        )

    assert give().status_code == 303
    choose(anna, step)
    assert (count(session, StepPicture), count(session, StepPictogram)) == (0, 1)
    assert give().status_code == 303
    session.expire_all()
    assert (count(session, StepPicture), count(session, StepPictogram)) == (1, 0)


def test_a_pictogram_is_taken_away_and_asked_twice_it_is_away_all_the_same(
    anna: FlaskClient, session: Session, teeth: Intervention
) -> None:
    step = teeth.steps[0]
    choose(anna, step)
    for _ in range(2):
        assert anna.post(f"/steps/{step.id}/picture/removal").status_code == 303

    assert count(session, StepPictogram) == 0
    assert actions(session)[1:] == ["step_pictogram.remove", "instruction.read"]


@pytest.mark.parametrize("key", ["", "1F595", "../../kode", "tandbørste", str(UUID(int=7)), "\x00"])
def test_what_is_no_pictogram_is_refused_in_words_and_nothing_changes(
    anna: FlaskClient, session: Session, teeth: Intervention, key: str
) -> None:
    choose(anna, teeth.steps[0])
    answer = choose(anna, teeth.steps[0], key)

    assert answer.status_code == 409
    assert "Piktogrammet findes ikke mere" in words(answer)
    assert only(session).key == BRUSH


def test_one_that_came_with_an_older_release_leaves_the_words_alone(
    anna: FlaskClient, session: Session, world: World, teeth: Intervention
) -> None:
    gone = StepPictogram(
        step_id=teeth.steps[0].id, hexcode="1F9F2", chosen_at=NOW, chosen_by_id=world.anna.id
    )
    session.add(gone)
    session.commit()

    for page in ("instruction", "show"):
        shown = anna.get(f"/interventions/{teeth.id}/{page}")
        assert shown.status_code == 200
        assert "1F9F2.svg" not in shown.text
        assert SENTENCES[0] in words(shown)


def test_it_stays_with_its_sentence_when_the_steps_change_places(
    anna: FlaskClient, session: Session, teeth: Intervention
) -> None:
    choose(anna, teeth.steps[0])
    first, second = teeth.steps[:2]
    first.rank, second.rank = 2, 1
    session.commit()

    assert "Piktogrammet til trin 2" in anna.get(f"/interventions/{teeth.id}/instruction").text


def test_colleagues_outside_the_contact_team_neither_look_nor_choose(
    bo: FlaskClient, session: Session, teeth: Intervention
) -> None:
    url = f"/steps/{teeth.steps[0].id}/pictogram"

    assert bo.get(url).status_code == bo.get(url, headers=HTMX).status_code == 403
    assert choose(bo, teeth.steps[0]).status_code == 403
    assert count(session, StepPictogram) == 0


# Copying


def test_pictograms_go_with_a_copy_and_photographs_stay(
    anna: FlaskClient, session: Session, world: World, teeth: Intervention, karen: Citizen
) -> None:
    choose(anna, teeth.steps[0])
    data = {"new_id": str(uuid4()), "shows_citizen": "no"}
    photo = {"picture": (io.BytesIO(a_picture()), "1.jpg")}
    anna.post(f"/steps/{teeth.steps[1].id}/picture", data=data | photo)

    copied = {"new_id": str(uuid4()), "citizen_id": str(karen.id)}
    for _ in range(2):
        assert anna.post(f"/goals/{teeth.goal_id}/copies", data=copied).status_code == 303

    query = select(Goal).join(Goal.plan).where(Plan.citizen_id == karen.id)
    [intervention] = session.scalars(query).one().interventions
    rows = {row.step_id: row.key for row in session.scalars(select(StepPictogram))}
    assert [rows.get(step.id) for step in intervention.steps] == [BRUSH, None, None]
    assert count(session, StepPicture) == 1


def test_pictograms_go_through_a_template_and_an_older_template_has_none(
    anna: FlaskClient, session: Session, teeth: Intervention, karen: Citizen
) -> None:
    choose(anna, teeth.steps[0])
    anna.post(
        f"/goals/{teeth.goal_id}/goal-templates",
        data={"new_id": str(uuid4()), "name": "Børste tænder"},
    )
    template = session.scalars(select(GoalTemplate)).one()
    use = f"/citizens/{karen.id}/goal-templates/{template.id}/goals"
    assert anna.post(use, data={"new_id": str(uuid4())}).status_code == 303
    assert count(session, StepPictogram) == 2

    older = dict(template.content)
    older["interventions"] = [
        {name: value for name, value in each.items() if name != "pictograms"}
        for each in older["interventions"]
    ]
    template.content = older
    session.commit()
    assert anna.post(use, data={"new_id": str(uuid4())}).status_code == 303
    assert count(session, StepPictogram) == 2


# Whose they are


def test_whoever_chooses_can_read_who_drew_them_and_under_which_licence(
    anna: FlaskClient, teeth: Intervention
) -> None:
    assert "/pictograms/credits" in anna.get(f"/steps/{teeth.steps[0].id}/pictogram").text
    page = anna.get("/pictograms/credits")

    for said in ("OpenMoji", "CC BY-SA 4.0", "Intet er ændret", "Benedikt Groß", "Daniel Utz"):
        assert said in words(page)
    [licence] = re.findall(r'href="([^"]+openmoji\.LICENSE\.txt)"', page.text)
    assert "Attribution-ShareAlike 4.0 International" in anna.get(licence).text


def test_many_pictograms_are_read_with_as_many_queries_as_one(
    anna: FlaskClient, session: Session, teeth: Intervention
) -> None:
    def asked() -> int:
        with recorded(db.engine) as statements:
            anna.get(f"/interventions/{teeth.id}/show")
        return len(statements)

    choose(anna, teeth.steps[0])
    one = asked()
    for step in teeth.steps[1:]:
        choose(anna, step)

    assert asked() == one


def test_another_homes_manager_does_not_find_the_step(
    as_staff: Callable[[Staff], FlaskClient], session: Session, world: World, teeth: Intervention
) -> None:
    assert as_staff(world.carl).get(f"/steps/{teeth.steps[0].id}/pictogram").status_code == 404
