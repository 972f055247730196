"""Those around a citizen: how they are reached, and what they may be told."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.blueprints.tapping import actions, count, words
from tests.factories import NOW, World, add_contact
from webapp.domain.versions import version_of
from webapp.models import Citizen, Contact, ContactKind, Staff
from webapp.presentation import dialled
from webapp.services.profiles import content_of


def sent(**more: str) -> dict[str, str]:
    """Return what the form sends when somebody fills it in."""
    fields = {
        "new_id": str(uuid4()),
        "kind": "guardian",
        "name": "Per Vestergaard",
        "organisation": "Familieretshuset",
        "phone": "+45 00 00 00 00",
        "email": "per@vaerge.example",
        "how_reached": "Efter kl. 16. Læg en besked.",
        "may_share": "Økonomi og flytning. Ikke noget om familien.",
    }
    return fields | more


def add_url(citizen: Citizen) -> str:
    return f"/citizens/{citizen.id}/contacts"


@pytest.fixture
def birgit(session: Session, world: World) -> Contact:
    made = add_contact(session, world.sofie)
    session.commit()
    return made


def test_a_contact_is_kept_and_can_be_rung_and_written_to(
    anna: FlaskClient, world: World, session: Session
) -> None:
    response = anna.post(add_url(world.sofie), data=sent())

    per = session.scalars(select(Contact)).one()
    assert response.location == f"/citizens/{world.sofie.id}/profile#contact-{per.id}"
    assert (per.kind, per.name) == (ContactKind.GUARDIAN, "Per Vestergaard")
    assert actions(session) == ["contact.create"]
    page = words(anna.get(f"/citizens/{world.sofie.id}/profile"))
    assert 'href="tel:+4500000000"' in page
    assert 'href="mailto:per%40vaerge.example"' in page
    for shown in ("Værge", "Familieretshuset", "Efter kl. 16", "Ikke noget om familien"):
        assert shown in page


def test_a_form_sent_twice_adds_one(anna: FlaskClient, world: World, session: Session) -> None:
    data = sent()

    answers = [anna.post(add_url(world.sofie), data=data) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert count(session, Contact) == 1
    assert actions(session) == ["contact.create", "profile.read"]


def test_the_same_id_with_another_content_is_refused_and_all_that_was_typed_stays(
    anna: FlaskClient, world: World, session: Session
) -> None:
    data = sent()
    anna.post(add_url(world.sofie), data=data)

    response = anna.post(add_url(world.sofie), data=data | {"name": "Pia Vestergaard"})

    assert response.status_code == 409
    assert "Det første er bevaret" in response.text
    assert "Pia Vestergaard" in response.text
    assert count(session, Contact) == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": " "}, "Skriv navnet"),
        ({"name": "Pe\x00r"}, "usynligt skrifttegn"),
        ({"kind": ""}, "Vælg et af dem"),
        ({"kind": "nabo"}, "Vælg en af mulighederne"),
        ({"email": "per"}, "ligner ikke en e-mailadresse"),
        ({"email": "per@vaerge.example?bcc=x@y.dk"}, "ligner ikke en e-mailadresse"),
        ({"phone": "0" * 201}, "højst 200 tegn"),
        ({"new_id": ""}, "Siden blev ikke hentet helt"),
    ],
    ids=str,
)
def test_what_cannot_be_right_is_told_at_its_field_and_nothing_typed_is_lost(
    anna: FlaskClient, world: World, session: Session, change: dict[str, str], said: str
) -> None:
    response = anna.post(add_url(world.sofie), data=sent() | change)

    assert response.status_code == 422
    assert said in words(response)
    assert "Ikke noget om familien" in response.text
    assert count(session, Contact) == 0


def test_only_the_name_and_who_it_is_are_asked_for(
    anna: FlaskClient, world: World, session: Session
) -> None:
    few = {"new_id": str(uuid4()), "kind": "doctor", "name": "Lægehuset på Torvet"}

    assert anna.post(add_url(world.sofie), data=few).status_code == 303
    page = words(anna.get(f"/citizens/{world.sofie.id}/profile"))
    assert "Spørg kontaktteamet, før du fortæller noget" in page


def test_a_contact_is_changed(anna: FlaskClient, session: Session, birgit: Contact) -> None:
    drawn_from = version_of(content_of(birgit))

    for _ in range(2):
        response = anna.post(f"/contacts/{birgit.id}", data=sent(drawn_from=drawn_from))
        assert response.status_code == 303

    session.expire_all()
    assert birgit.name == "Per Vestergaard"
    assert actions(session) == ["contact.update", "profile.read"]


def test_nobody_writes_over_a_colleague_unseen(
    anna: FlaskClient, session: Session, birgit: Contact
) -> None:
    drawn_from = version_of(content_of(birgit))
    anna.post(f"/contacts/{birgit.id}", data=sent(drawn_from=drawn_from, name="Første"))

    refused = anna.post(f"/contacts/{birgit.id}", data=sent(drawn_from=drawn_from, name="Anden"))

    assert refused.status_code == 409
    assert "En kollega har gemt i mellemtiden" in refused.text
    assert "Første" in refused.text.partition("Det står der nu")[2]
    session.expire_all()
    assert birgit.name == "Første"


def test_someone_is_taken_off_the_list_and_put_back(
    anna: FlaskClient, world: World, session: Session, birgit: Contact
) -> None:
    for _ in range(2):
        assert anna.post(f"/contacts/{birgit.id}/archival").status_code == 303
    session.expire_all()
    assert birgit.archived_at == NOW
    page = words(anna.get(f"/citizens/{world.sofie.id}/profile"))
    assert "Birgit Holm" in page.partition("1 taget af listen")[2]

    anna.post(f"/contacts/{birgit.id}/restoration")

    session.expire_all()
    assert session.get_one(Contact, birgit.id).archived_at is None
    written = [action for action in actions(session) if action != "profile.read"]
    assert written == ["contact.archive", "contact.restore"]


def test_only_the_contact_team_and_the_manager_write(
    bo: FlaskClient,
    as_staff: Callable[[Staff], FlaskClient],
    world: World,
    session: Session,
    birgit: Contact,
) -> None:
    carl, ditte = as_staff(world.carl), as_staff(world.ditte)
    tries = [
        bo.get(f"{add_url(world.sofie)}/new"),
        bo.post(add_url(world.sofie), data=sent()),
        bo.get(f"/contacts/{birgit.id}/edit"),
        bo.post(f"/contacts/{birgit.id}", data=sent()),
        bo.post(f"/contacts/{birgit.id}/archival"),
        bo.post(f"/contacts/{birgit.id}/restoration"),
    ]

    for refused in tries:
        assert refused.status_code == 403
        assert "Kun kontaktteamet og lederen" in words(refused)
    assert actions(session) == ["access.refuse"] * len(tries)
    assert carl.get(f"/contacts/{birgit.id}/edit").status_code == 404
    assert ditte.get(f"/contacts/{birgit.id}/edit").status_code == 200


def test_what_was_typed_is_shown_as_text(
    anna: FlaskClient, world: World, session: Session, birgit: Contact
) -> None:
    evil = '<img src=x onerror="alert(1)"></textarea><b hx-get="/">'
    for name in ("name", "organisation", "phone", "email", "how_reached", "may_share"):
        setattr(birgit, name, evil)
    session.commit()

    for path in (f"/citizens/{world.sofie.id}/profile", f"/contacts/{birgit.id}/edit"):
        page = anna.get(path).text
        assert "<img" not in page
        assert "<b hx" not in page
        assert page.count("&lt;img") >= 6


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("00 00 00 00", "00000000"),
        (" +45 00 00 00 00 (mobil)", "+4500000000"),
        ("00-00;ext=1", "00001"),
        ("javascript:alert()", ""),
        ("spørg Per", ""),
        ("٠٠ ٠٠", ""),
    ],
)
def test_only_digits_are_dialled(typed: str, number: str) -> None:
    assert dialled(typed) == number
