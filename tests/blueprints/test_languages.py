"""Danish until someone chooses English on this tablet."""

import pytest
from flask.testing import FlaskClient

from tests.blueprints.answers import without_tokens
from tests.blueprints.conftest import Ledger
from tests.blueprints.tapping import words
from tests.factories import World

pytestmark = pytest.mark.usefixtures("world")


def test_the_language_chosen_is_the_language_shown(client: FlaskClient) -> None:
    assert '<html lang="da">' in client.get("/login").text
    assert "Log ind" in client.get("/login").text

    response = client.post("/language", data={"language": "en"})

    assert (response.status_code, response.location) == (303, "/")
    page = client.get("/login").text
    assert '<html lang="en">' in page
    assert "Log in" in page


def test_danish_can_be_chosen_again(client: FlaskClient) -> None:
    before = without_tokens(client.get("/login"))

    client.post("/language", data={"language": "en"})
    client.post("/language", data={"language": "da"})

    assert without_tokens(client.get("/login")) == before


@pytest.mark.parametrize("language", ["", "sv", "EN", "../en", "da\x00", "<script>"])
def test_another_language_is_refused_and_changes_nothing(
    client: FlaskClient, language: str
) -> None:
    client.post("/language", data={"language": "en"})

    response = client.post("/language", data={"language": language})

    assert response.status_code == 422
    assert '<html lang="en">' in client.get("/login").text


def test_no_language_at_all_is_refused(client: FlaskClient) -> None:
    assert client.post("/language").status_code == 422


@pytest.mark.parametrize("planted", ["sv", 7, None], ids=repr)
def test_a_cookie_with_another_language_means_danish(client: FlaskClient, planted: object) -> None:
    with client.session_transaction() as cookie:
        cookie["language"] = planted

    assert '<html lang="da">' in client.get("/login").text


def test_whoever_is_in_stays_in_and_reads_english(anna: FlaskClient) -> None:
    anna.post("/language", data={"language": "en"})

    page = anna.get("/")

    assert page.status_code == 200
    assert 'lang="en"' in page.text
    assert "Log out" in page.text


def test_choosing_a_language_stores_nothing(anna: FlaskClient, ledger: Ledger) -> None:
    anna.post("/language", data={"language": "en"})

    assert ledger.last.kept == []


def test_each_tablet_has_its_own_language(anna: FlaskClient, bo: FlaskClient) -> None:
    anna.post("/language", data={"language": "en"})

    assert '<html lang="da">' in bo.get("/").text


def test_problems_are_told_in_the_language_chosen(anna: FlaskClient) -> None:
    danish = anna.get("/findes/ikke").text

    anna.post("/language", data={"language": "en"})

    assert anna.get("/findes/ikke").text != danish
    assert '<html lang="en">' in anna.get("/findes/ikke").text


def test_the_button_of_the_language_in_use_is_pressed(client: FlaskClient) -> None:
    client.post("/language", data={"language": "en"})

    page = words(client.get("/login"))

    assert 'value="en" lang="en" aria-pressed="true"' in page
    assert 'value="da" lang="da" aria-pressed="false"' in page


def test_one_stays_on_the_page_the_language_was_chosen_on(anna: FlaskClient, world: World) -> None:
    page = f"/citizens/{world.sofie.id}?opened=x"
    assert f'name="next" value="{page}"' in anna.get(page).text

    response = anna.post("/language", data={"language": "en", "next": page})

    assert response.location == page


def test_the_way_after_signing_in_survives_another_language(client: FlaskClient) -> None:
    page = "/login?next=/citizens/1"

    assert f'name="next" value="{page}"' in client.get(page).text


@pytest.mark.parametrize("next", ["https://ond.dk", "//ond.dk", ""])
def test_the_language_leads_to_no_other_site(client: FlaskClient, next: str) -> None:
    assert client.post("/language", data={"language": "en", "next": next}).location == "/"
