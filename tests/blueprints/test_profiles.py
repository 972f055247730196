"""Who a citizen is: seen by everyone who works there, written by the contact team."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.blueprints.tapping import actions, words
from tests.databases import settings_for
from tests.factories import World
from webapp import create_app
from webapp.config import SettingsError
from webapp.domain.versions import version_of
from webapp.models import Citizen, CitizenKind, Staff
from webapp.services.profiles import profile_of


@pytest.fixture
def sofie(session: Session, world: World) -> Citizen:
    merged = session.merge(world.sofie)
    session.commit()
    return merged


def sent(citizen: Citizen, **more: object) -> dict[str, object]:
    """Return what the form sends when somebody fills it in."""
    fields: dict[str, object] = {
        "drawn_from": version_of(profile_of(citizen)),
        "first_name": "Sofie",
        "last_name": "Holm",
        "born_on": "1998-04-03",
        "kind": "adult",
        "department_id": str(citizen.department_id),
        "moved_in_on": "2021-08-01",
        "legal_ground": "sel-108",
        "municipality": "Aarhus",
        "languages": "Dansk, tegn til tale",
        "what_helps": "Vis billedet først.",
        "what_to_avoid": "At skynde på hende.",
    }
    return fields | more


def url(citizen: Citizen) -> str:
    return f"/citizens/{citizen.id}/profile"


def test_master_data_are_kept_and_shown(
    anna: FlaskClient, session: Session, sofie: Citizen
) -> None:
    response = anna.post(url(sofie), data=sent(sofie))

    session.expire_all()
    assert (response.status_code, response.location) == (303, url(sofie))
    assert (sofie.born_on, sofie.moved_in_on) == (date(1998, 4, 3), date(2021, 8, 1))
    assert (sofie.legal_ground, sofie.municipality) == ("sel-108", "Aarhus")
    assert actions(session) == ["profile.update"]
    page = words(anna.get(url(sofie)))
    for shown in (
        "3. april 1998",
        "1. august 2021",
        "Serviceloven § 108, længerevarende botilbud",
        "Aarhus",
        "tegn til tale",
        "Voksen",
        "Søndermarken",
        "Vis billedet først.",
        "At skynde på hende.",
    ):
        assert shown in page


def test_what_helps_and_what_to_avoid_stand_on_top_of_the_day(
    bo: FlaskClient, session: Session, sofie: Citizen
) -> None:
    sofie.what_helps, sofie.what_to_avoid = "Vis billedet først.", "At skynde på hende."
    session.commit()

    page = words(bo.get(f"/citizens/{sofie.id}"))

    assert page.index("Vis billedet først.") < page.index("At skynde på hende.")
    assert page.index("At skynde på hende.") < page.index("børster selv sine tænder")


def test_nothing_changed_is_no_change(anna: FlaskClient, session: Session, sofie: Citizen) -> None:
    data = sent(sofie)

    for _ in range(2):
        assert anna.post(url(sofie), data=data).status_code == 303

    assert actions(session) == ["profile.update", "profile.read"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"first_name": " "}, "Skriv fornavnet"),
        ({"last_name": ""}, "Skriv efternavnet"),
        ({"first_name": "So\x00fie"}, "usynligt skrifttegn"),
        ({"what_helps": "x" * 201}, "højst 200 tegn"),
        ({"what_to_avoid": "x" * 201}, "højst 200 tegn"),
        ({"born_on": "2026-11-22"}, "Den dag kan ingen her være født"),
        ({"born_on": "1899-12-31"}, "Den dag kan ingen her være født"),
        ({"born_on": "0001-01-01"}, "Den dag kan ingen her være født"),
        ({"born_on": "3/4-98"}, "Datoen kunne ikke læses"),
        ({"moved_in_on": "1998-04-02"}, "før fødselsdagen"),
        ({"kind": "dyr"}, "Vælg en af mulighederne"),
        ({"kind": ""}, "Vælg et af dem"),
        ({"department_id": ""}, "de afdelinger, du arbejder i"),
        ({"department_id": "1"}, "Siden blev ikke hentet helt"),
        ({"legal_ground": "sel-999"}, "Vælg en paragraf på listen"),
    ],
    ids=str,
)
def test_what_cannot_be_right_is_told_at_its_field_and_nothing_typed_is_lost(
    anna: FlaskClient, session: Session, sofie: Citizen, change: dict[str, object], said: str
) -> None:
    response = anna.post(url(sofie), data=sent(sofie, languages="Dansk og farsi") | change)

    assert response.status_code == 422
    assert said in words(response)
    assert "Dansk og farsi" in response.text
    session.expire_all()
    assert sofie.municipality == ""
    assert actions(session) == ["profile.read"]


def test_nobody_is_moved_to_a_department_where_the_mover_does_not_work(
    anna: FlaskClient,
    as_staff: Callable[[Staff], FlaskClient],
    world: World,
    session: Session,
    sofie: Citizen,
) -> None:
    moved = sent(sofie, department_id=str(world.laerkereden.id))
    ditte = as_staff(world.ditte)

    assert "Lærkereden" not in anna.get(f"{url(sofie)}/edit").text
    assert anna.post(url(sofie), data=moved).status_code == 422
    assert ditte.post(url(sofie), data=moved).status_code == 303
    session.expire_all()
    assert sofie.department_id == world.laerkereden.id
    assert anna.get(url(sofie)).status_code == 404


def test_fields_the_form_does_not_have_change_nothing(
    anna: FlaskClient, world: World, session: Session, sofie: Citizen
) -> None:
    anna.post(url(sofie), data=sent(sofie, id=str(world.mads.id), taxonomy="ics", citizen_id="x"))

    session.expire_all()
    assert (sofie.id, sofie.taxonomy) == (world.sofie.id, "")


def test_nobody_writes_over_a_colleague_unseen(
    anna: FlaskClient,
    as_staff: Callable[[Staff], FlaskClient],
    world: World,
    session: Session,
    sofie: Citizen,
) -> None:
    ditte = as_staff(world.ditte)
    mine = sent(sofie, languages="Annas ord")
    ditte.post(url(sofie), data=sent(sofie, languages="Dittes ord"))

    refused = anna.post(url(sofie), data=mine)

    assert refused.status_code == 409
    assert "En kollega har gemt i mellemtiden" in refused.text
    assert "Annas ord" in refused.text
    assert "Dittes ord" in refused.text.partition("Det står der nu")[2]
    session.expire_all()
    assert sofie.languages == "Dittes ord"
    again = mine | {"drawn_from": version_of(profile_of(sofie))}
    assert str(again["drawn_from"]) in refused.text
    assert anna.post(url(sofie), data=again).status_code == 303


def test_everyone_there_sees_it_and_only_the_contact_team_and_the_manager_write(
    bo: FlaskClient,
    as_staff: Callable[[Staff], FlaskClient],
    world: World,
    session: Session,
    sofie: Citizen,
) -> None:
    erik, ditte, carl = (as_staff(who) for who in (world.erik, world.ditte, world.carl))
    assert bo.get(url(sofie)).status_code == 200
    assert "/profile/edit" not in bo.get(url(sofie)).text
    for refused in (bo.get(f"{url(sofie)}/edit"), bo.post(url(sofie), data=sent(sofie))):
        assert refused.status_code == 403
        assert "Kun kontaktteamet og lederen" in words(refused)
    assert erik.get(url(sofie)).status_code == 200
    assert erik.post(url(sofie), data=sent(sofie)).status_code == 404
    assert ditte.post(url(sofie), data=sent(sofie)).status_code == 303
    assert (carl.get(url(sofie)).status_code, carl.post(url(sofie)).status_code) == (404, 404)
    logged = [action for action in actions(session) if action != "profile.read"]
    assert sorted(logged) == ["access.refuse", "access.refuse", "profile.update"]


def test_what_was_typed_is_shown_as_text(
    anna: FlaskClient, session: Session, sofie: Citizen
) -> None:
    evil = '<img src=x onerror="alert(1)"></textarea><b hx-get="/">'
    for name in ("last_name", "municipality", "languages", "what_helps", "what_to_avoid"):
        setattr(sofie, name, evil)
    sofie.legal_ground = evil
    session.commit()

    for page in (anna.get(url(sofie)).text, anna.get(f"{url(sofie)}/edit").text):
        assert "<img" not in page
        assert "<b hx" not in page
        assert page.count("&lt;img") >= 6


def test_a_paragraph_that_was_taken_out_of_the_list_stays_with_those_who_had_it(
    anna: FlaskClient, session: Session, sofie: Citizen
) -> None:
    sofie.legal_ground = "sel-110"
    session.commit()

    assert "sel-110" in anna.get(url(sofie)).text
    response = anna.post(url(sofie), data=sent(sofie, legal_ground="sel-110"))

    assert response.status_code == 303


def test_a_child_is_told_as_one(anna: FlaskClient, session: Session, sofie: Citizen) -> None:
    sofie.kind = CitizenKind.CHILD
    session.commit()

    assert "Barn" in words(anna.get(url(sofie)))


def test_a_home_may_add_its_own_paragraphs(database_url: str, tmp_path: Path) -> None:
    own = tmp_path / "legal_grounds.json"
    own.write_text(
        '[{"law": "Almenboligloven", "grounds": [{"code": "abl-105", "title": "§ 105"}]}]', "utf-8"
    )

    app = create_app(settings_for(database_url, tmp_path))

    with app.app_context():
        assert app.extensions["legal_grounds"][-1].law == "Almenboligloven"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[", "is no JSON"),
        ('[{"law": "L", "grounds": []}]', "is empty"),
        ('[{"law": "L", "grounds": [{"code": "SEL 1", "title": "§ 1"}]}]', "small letters"),
        ('[{"law": "L", "grounds": [{"code": "sel-107", "title": "§ 107"}]}]', "is taken"),
    ],
)
def test_a_list_that_cannot_be_read_ends_the_start_and_says_why(
    database_url: str, tmp_path: Path, content: str, said: str
) -> None:
    (tmp_path / "legal_grounds.json").write_text(content, "utf-8")

    with pytest.raises(SettingsError, match=said):
        create_app(settings_for(database_url, tmp_path))
