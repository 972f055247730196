"""Consent: written down in words, taken back at once, and shown where it matters."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.blueprints.conftest import Ledger
from tests.blueprints.tapping import actions, count
from tests.factories import NOW, World, add_consent
from webapp.models import (
    AuditEvent,
    Citizen,
    CitizenKind,
    Consent,
    ConsentGiver,
    ConsentPurpose,
)

YES = {
    "purpose": "instruction",
    "given_by": "citizen",
    "how": "Sofie pegede på ja-kortet, Anna var med",
    "given_on": "2026-11-21",
    "until": "2027-11-20",
}


def say_yes(
    client: FlaskClient, citizen: Citizen, *, id: UUID | str | None = None, **more: str
) -> TestResponse:
    data = {"new_id": str(id or uuid4()), **YES, **more}
    return client.post(f"/citizens/{citizen.id}/consents", data=data)


def say_no(client: FlaskClient, consent: Consent, **more: str) -> TestResponse:
    data = {"said_by": "Sofie", "words": "Hun vendte kortet om til nej", **more}
    return client.post(f"/consents/{consent.id}/withdrawal", data=data)


def stored(session: Session) -> Consent:
    return session.scalars(select(Consent)).one()


def let_be_child(session: Session, world: World, born_on: date | None) -> None:
    sofie = session.get_one(Citizen, world.sofie.id)
    sofie.kind, sofie.born_on = CitizenKind.CHILD, born_on
    session.commit()


def test_a_yes_is_kept_with_who_how_and_until_when(
    anna: FlaskClient, world: World, session: Session
) -> None:
    response = say_yes(anna, world.sofie)

    assert response.status_code == 303
    assert response.location == f"/citizens/{world.sofie.id}/consents#instruction"
    kept = stored(session)
    assert (kept.purpose, kept.given_by) == (ConsentPurpose.INSTRUCTION, ConsentGiver.CITIZEN)
    assert (kept.given_on, kept.until) == (date(2026, 11, 21), date(2027, 11, 20))
    assert (kept.recorded_by_id, kept.recorded_at) == (world.anna.id, NOW)
    page = anna.get(f"/citizens/{world.sofie.id}/consents").text
    assert "Sofie pegede på ja-kortet, Anna var med" in page
    assert "20. november 2027" in page


def test_the_log_says_that_there_was_a_yes_but_not_the_words(
    anna: FlaskClient, world: World, session: Session
) -> None:
    say_yes(anna, world.sofie)

    event = session.scalars(select(AuditEvent)).one()
    assert (event.action, event.citizen_id) == ("consent.create", world.sofie.id)
    assert event.object_id == stored(session).id
    assert event.reason is None


def test_the_same_form_sent_twice_stores_it_once(
    anna: FlaskClient, world: World, session: Session
) -> None:
    id = uuid4()

    answers = [say_yes(anna, world.sofie, id=id) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert count(session, Consent) == 1
    assert actions(session) == ["consent.create", "consent.read"]


def test_the_same_id_with_other_words_is_refused(
    anna: FlaskClient, world: World, session: Session
) -> None:
    id = uuid4()
    say_yes(anna, world.sofie, id=id)

    response = say_yes(anna, world.sofie, id=id, purpose="relatives")

    assert response.status_code == 409
    assert stored(session).purpose is ConsentPurpose.INSTRUCTION


@pytest.mark.parametrize("how", ["", "   ", "\n"])
def test_without_words_there_is_no_yes(
    anna: FlaskClient, world: World, session: Session, how: str
) -> None:
    response = say_yes(anna, world.sofie, how=how)

    assert response.status_code == 422
    assert "Tavshed er ikke et ja." in response.text
    assert count(session, Consent) == 0


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"purpose": ""}, "Vælg et af dem."),
        ({"purpose": "alt"}, "Vælg en af mulighederne."),
        ({"given_by": ""}, "Vælg, hvem der sagde ja."),
        ({"given_by": "custody_holder", "giver_name": "Birgit"}, "Borgeren er voksen"),
        ({"given_by": "guardian"}, "Skriv navnet på den, der sagde ja."),
        ({"given_on": ""}, "Vælg dagen."),
        ({"given_on": "2026-11-22"}, "ikke er kommet endnu"),
        ({"until": "2026-11-20"}, "mindst til i dag"),
    ],
    ids=str,
)
def test_what_is_no_consent_is_refused_with_words_and_all_that_was_typed(
    anna: FlaskClient, world: World, session: Session, wrong: dict[str, str], words: str
) -> None:
    response = say_yes(anna, world.sofie, **wrong)

    assert response.status_code == 422
    assert words in response.text
    assert YES["how"] in response.text
    assert count(session, Consent) == 0


def test_for_a_child_a_custody_holder_says_yes(
    anna: FlaskClient, world: World, session: Session
) -> None:
    let_be_child(session, world, date(2014, 3, 1))

    refused = say_yes(anna, world.sofie)
    taken = say_yes(anna, world.sofie, given_by="custody_holder", giver_name="Birgit Bruun")

    assert refused.status_code == 422
    assert "forældremyndighedsindehaver, der siger ja" in refused.text
    assert taken.status_code == 303
    assert stored(session).giver_name == "Birgit Bruun"


def test_from_fifteen_the_form_says_that_the_young_person_is_asked_too(
    anna: FlaskClient, world: World, session: Session
) -> None:
    url = f"/citizens/{world.sofie.id}/consents/new"
    let_be_child(session, world, date(2010, 3, 1))
    assert "skal også spørges" in anna.get(url).text

    let_be_child(session, world, date(2014, 3, 1))
    assert "skal også spørges" not in anna.get(url).text


def test_a_no_counts_at_once_and_for_every_yes_to_the_same(
    anna: FlaskClient, world: World, session: Session, ledger: Ledger
) -> None:
    first = add_consent(session, world.sofie, world.anna)
    second = add_consent(session, world.sofie, world.anna, until=date(2027, 1, 1))
    other = add_consent(session, world.sofie, world.anna, ConsentPurpose.REPORT)
    session.commit()

    response = say_no(anna, first)

    assert response.status_code == 303
    assert (ledger.last.commits, ledger.last.events) == (1, 1)
    for consent in (first, second):
        session.refresh(consent)
        assert consent.withdrawn_at == NOW
        assert consent.withdrawn_by_id == world.anna.id
        assert consent.withdrawer_name == "Sofie"
        assert consent.withdrawal_words == "Hun vendte kortet om til nej"
        assert consent.how, "what was said before is kept"
    session.refresh(other)
    assert other.withdrawn_at is None
    assert "Trukket tilbage" in anna.get(f"/citizens/{world.sofie.id}/consents").text


def test_a_second_no_leaves_the_first_as_it_was(
    anna: FlaskClient,
    world: World,
    session: Session,
    set_clock: Callable[[datetime], None],
) -> None:
    consent = add_consent(session, world.sofie, world.anna)
    session.commit()
    say_no(anna, consent)
    set_clock(NOW + timedelta(minutes=1))

    assert say_no(anna, consent, said_by="Birgit").status_code == 303

    session.refresh(consent)
    assert (consent.withdrawn_at, consent.withdrawer_name) == (NOW, "Sofie")
    assert actions(session) == ["consent.withdraw", "consent.read"]


@pytest.mark.parametrize("missing", ["said_by", "words"])
def test_a_no_says_who_and_how(
    anna: FlaskClient, world: World, session: Session, missing: str
) -> None:
    consent = add_consent(session, world.sofie, world.anna)
    session.commit()

    response = say_no(anna, consent, **{missing: " "})

    assert response.status_code == 422
    session.refresh(consent)
    assert consent.withdrawn_at is None


def test_an_old_yes_written_down_after_a_no_is_refused(
    anna: FlaskClient, world: World, session: Session
) -> None:
    consent = add_consent(session, world.sofie, world.anna)
    session.commit()
    say_no(anna, consent)

    response = say_yes(anna, world.sofie, given_on="2026-11-20")

    assert response.status_code == 422
    assert "Der er sagt nej siden den dag." in response.text


def test_a_colleague_outside_the_contact_team_reads_but_does_not_write(
    bo: FlaskClient, world: World, session: Session
) -> None:
    consent = add_consent(session, world.sofie, world.anna)
    session.commit()

    assert bo.get(f"/citizens/{world.sofie.id}/consents").status_code == 200
    assert say_yes(bo, world.sofie).status_code == 403
    assert say_no(bo, consent).status_code == 403
    session.refresh(consent)
    assert consent.withdrawn_at is None


# Where it matters


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (None, "Ja"),
        (date(2026, 12, 1), "Ja til 1. december, udløber snart"),
        (date(2026, 11, 20), "Udløbet"),
    ],
)
@pytest.mark.parametrize("page", ["plan", "profile"])
def test_plan_and_profile_say_what_there_is_a_yes_to(
    anna: FlaskClient, world: World, session: Session, page: str, until: date | None, words: str
) -> None:
    add_consent(session, world.sofie, world.anna, until=until)
    session.commit()

    shown = anna.get(f"/citizens/{world.sofie.id}/{page}").text

    assert words in " ".join(shown.split())


@pytest.mark.parametrize("page", ["plan", "profile", "consents"])
def test_without_any_yes_every_page_says_so(anna: FlaskClient, world: World, page: str) -> None:
    assert "Ingen har sagt ja" in anna.get(f"/citizens/{world.sofie.id}/{page}").text
