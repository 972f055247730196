"""Sparring: asked for and answered on the goal, settled, and found by whoever can help."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.bench.queries import recorded
from tests.blueprints.tapping import actions, count, words
from tests.factories import NOW, World, add_staff
from webapp.db import db
from webapp.models import AuditEvent, ContactTeam, Goal, Role, Sparring, SparringComment, Staff

ASKS = "Hun trækker hånden til sig. Hvad kan det allermindste tegn være?"


@pytest.fixture
def erik(as_staff: Callable[[Staff], FlaskClient], world: World) -> FlaskClient:
    """Erik's browser; he is the facilitator of both departments."""
    return as_staff(world.erik)


@pytest.fixture
def frida(as_staff: Callable[[Staff], FlaskClient], world: World) -> FlaskClient:
    """Frida's browser; she looks after settings and sees no citizens."""
    return as_staff(world.frida)


@pytest.fixture
def tove(as_staff: Callable[[Staff], FlaskClient], world: World, session: Session) -> FlaskClient:
    """Tove's browser; she is a facilitator too, but works only where Mads lives."""
    tove = add_staff(session, world.laerkereden, "Tove", "Bach", Role.FACILITATOR)
    session.commit()
    return as_staff(tove)


def write(client: FlaskClient, goal: Goal, text: str = ASKS, **more: str) -> TestResponse:
    """Write a comment, as the form does; further fields win."""
    data = {"new_id": str(uuid4()), "text": text} | more
    return client.post(f"/goals/{goal.id}/sparring/comments", data=data)


def page_of(client: FlaskClient, goal: Goal) -> str:
    """Return the words of a goal's sparring."""
    response = client.get(f"/goals/{goal.id}/sparring")
    assert response.status_code == 200
    return words(response)


def settle(client: FlaskClient, session: Session) -> TestResponse:
    """Settle the sparring that is open."""
    open_one = session.scalars(select(Sparring).where(Sparring.settled_at.is_(None))).one()
    return client.post(f"/sparring/{open_one.id}/settlement")


# The thread


def test_the_first_comment_asks_for_help_and_the_plan_shows_it_to_everyone(
    anna: FlaskClient, bo: FlaskClient, world: World, session: Session
) -> None:
    plan = f"/citizens/{world.sofie.id}/plan"
    assert "beder om hjælp" not in bo.get(plan).text

    response = write(anna, world.teeth)

    assert response.status_code == 303
    assert response.location == f"/goals/{world.teeth.id}/sparring"
    assert "beder om hjælp" in bo.get(plan).text
    assert ASKS in page_of(bo, world.teeth)
    assert actions(session) == [
        *("plan.read", "sparring.comment", "plan.read", "sparring.read"),
    ]


def test_comments_come_oldest_first_with_name_role_and_time(
    anna: FlaskClient,
    erik: FlaskClient,
    world: World,
    session: Session,
    set_clock: Callable[[datetime], None],
) -> None:
    write(anna, world.teeth)
    set_clock(NOW + timedelta(minutes=20))
    write(erik, world.teeth, "At hun ser på billedet.")
    set_clock(NOW + timedelta(minutes=30))
    write(anna, world.teeth, "Det prøver vi i aften.")

    page = page_of(anna, world.teeth)

    said = [page.index(text) for text in (ASKS, "At hun ser på", "Det prøver vi")]
    assert said == sorted(said)
    assert "Erik</bdi></strong> · Tovholder · 21. november 19.50" in page
    assert count(session, Sparring) == 1


def test_a_comment_sent_twice_is_stored_once(
    anna: FlaskClient, world: World, session: Session
) -> None:
    id = str(uuid4())

    answers = [write(anna, world.teeth, new_id=id) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert count(session, SparringComment) == 1
    assert actions(session) == ["sparring.comment", "sparring.read"]


def test_an_id_that_comes_again_with_other_words_is_refused_and_nothing_is_lost(
    anna: FlaskClient, world: World, session: Session
) -> None:
    id = str(uuid4())
    write(anna, world.teeth, new_id=id)

    response = write(anna, world.teeth, "Noget helt andet", new_id=id)

    assert response.status_code == 409
    assert "allerede gemt" in words(response)
    assert "Noget helt andet" in response.text
    assert session.scalars(select(SparringComment.text)).all() == [ASKS]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": ""}, "Skriv, hvad du vil spørge om eller svare."),
        ({"text": " \r\n\t "}, "Skriv, hvad du vil spørge om eller svare."),
        ({"text": "Hvad\x00nu"}, "usynligt skrifttegn"),
        ({"text": "x" * 100_000}, "for lang"),
        ({"new_id": ""}, "Siden blev ikke hentet helt."),
        ({"new_id": "17"}, "Siden blev ikke hentet helt."),
    ],
    ids=["empty", "blank", "nul", "100,000", "no id", "no uuid"],
)
def test_what_is_no_comment_is_refused_at_the_field(
    anna: FlaskClient, world: World, session: Session, fields: dict[str, str], said: str
) -> None:
    response = write(anna, world.teeth, **fields)

    assert response.status_code == 422
    assert said in response.text
    assert count(session, Sparring) == 0
    assert actions(session) == ["sparring.read"]


def test_what_was_typed_comes_back_as_text_and_does_nothing(
    anna: FlaskClient, world: World
) -> None:
    write(anna, world.teeth, "<script>alert(1)</script> & {{ 7 * 7 }}\nny linje")

    page = page_of(anna, world.teeth)

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; {{ 7 * 7 }}" in page


# Settling


def test_a_settled_sparring_is_folded_and_says_who_and_the_next_comment_opens_a_new_one(
    anna: FlaskClient, erik: FlaskClient, world: World, session: Session
) -> None:
    write(anna, world.teeth)

    assert settle(erik, session).status_code == 303

    page = page_of(anna, world.teeth)
    assert "Afsluttet sparring (1)" in page
    assert "Afsluttet 21. november 19.30 af <bdi hx-ignore>Erik</bdi>" in page
    assert ASKS in page
    assert "beder om hjælp" not in anna.get(f"/citizens/{world.sofie.id}/plan").text
    write(anna, world.teeth, "Nu er vi i tvivl igen.")
    assert count(session, Sparring) == 2
    assert "beder om hjælp" in anna.get(f"/citizens/{world.sofie.id}/plan").text


def test_settling_twice_keeps_who_did_it_first(
    anna: FlaskClient, ditte: FlaskClient, world: World, session: Session
) -> None:
    write(anna, world.teeth)
    sparring = session.scalars(select(Sparring)).one()
    url = f"/sparring/{sparring.id}/settlement"

    answers = [client.post(url) for client in (ditte, anna)]

    assert [answer.status_code for answer in answers] == [303, 303]
    session.expire_all()
    assert session.get_one(Sparring, sparring.id).settled_by_id == world.ditte.id
    assert actions(session) == ["sparring.comment", "sparring.settle", "sparring.read"]


# Who


def test_a_colleague_outside_the_contact_team_reads_and_is_told_who_writes(
    anna: FlaskClient, bo: FlaskClient, world: World, session: Session
) -> None:
    write(anna, world.teeth)

    page = page_of(bo, world.teeth)

    assert "Kontaktteamet, tovholderen og lederen skriver her." in page
    assert "/sparring/comments" not in page
    for refused in (write(bo, world.teeth), settle(bo, session)):
        assert refused.status_code == 403
        assert "Kun kontaktteamet, tovholderen og lederen" in refused.text
        assert "not_in_sparring" in refused.text
    assert count(session, SparringComment) == 1


@pytest.mark.parametrize("who", ["anna", "ditte", "erik"])
def test_contact_team_manager_and_facilitator_write(
    as_staff: Callable[[Staff], FlaskClient], world: World, who: str
) -> None:
    assert write(as_staff(world.staff(who)), world.teeth).status_code == 303


def test_another_departments_goal_is_not_there(anna: FlaskClient, world: World) -> None:
    assert anna.get(f"/goals/{world.puzzle.id}/sparring").status_code == 404
    assert write(anna, world.puzzle).status_code == 404


# In the whole home


def test_a_facilitator_answers_and_settles_on_the_other_department_too(
    anna: FlaskClient, tove: FlaskClient, world: World, session: Session
) -> None:
    write(anna, world.teeth)

    assert write(tove, world.teeth, "At hun ser på billedet.").status_code == 303
    assert "At hun ser på billedet." in page_of(tove, world.teeth)
    assert settle(tove, session).status_code == 303

    told = session.scalars(select(AuditEvent).order_by(AuditEvent.at)).all()
    assert {event.citizen_id for event in told} == {world.sofie.id}
    assert {event.home_id for event in told} == {world.home.id}


def test_there_the_plan_leads_back_to_sparring_and_nowhere_that_is_not_there(
    tove: FlaskClient, world: World
) -> None:
    sofie, mads = f"/citizens/{world.sofie.id}", f"/citizens/{world.mads.id}"

    plan = tove.get(f"{sofie}/plan")

    assert plan.status_code == 200
    links = set(re.findall(r'href="(/[^"#]*)', plan.text))
    assert {"/sparring", f"/goals/{world.teeth.id}/sparring", f"{sofie}/plan/history"} <= links
    for link in links:
        assert tove.get(link).status_code == 200, link
    assert "Tilbage til Sparring" in plan.text
    assert "Tilbage til Vagten" in tove.get(f"{mads}/plan").text
    for page in (sofie, f"{sofie}/orders", f"{sofie}/profile"):
        assert f'href="{page}"' not in plan.text
        assert f'href="{page.replace(sofie, mads)}"' in tove.get(f"{mads}/plan").text


def test_a_facilitator_finds_the_plans_of_the_departments_they_do_not_work_in(
    tove: FlaskClient, erik: FlaskClient, anna: FlaskClient, world: World
) -> None:
    page = words(tove.get("/sparring"))

    assert "Planer på de andre afdelinger" in page
    assert f'href="/citizens/{world.sofie.id}/plan"' in page
    assert f'href="/citizens/{world.mads.id}/plan"' not in page
    assert f"/citizens/{world.stranger.id}" not in page
    for nobody_elsewhere in (erik, anna):
        assert "de andre afdelinger" not in words(nobody_elsewhere.get("/sparring"))


# Where help is asked for


def test_the_facilitator_sees_who_waited_longest_first(
    anna: FlaskClient,
    ditte: FlaskClient,
    erik: FlaskClient,
    world: World,
    session: Session,
    set_clock: Callable[[datetime], None],
) -> None:
    write(ditte, world.puzzle, "Hvem kan være kammeraten?")
    set_clock(NOW + timedelta(minutes=5))
    write(anna, world.teeth)
    set_clock(NOW + timedelta(minutes=9))
    write(anna, world.teeth, "Det er mest om aftenen.")

    page = words(erik.get("/sparring"))

    assert page.index(world.puzzle.text) < page.index(world.teeth.text)
    assert "Anna</bdi> bad om sparring 21. november 19.35 · 2 kommentarer" in page
    assert "Ditte</bdi> bad om sparring 21. november 19.30 · 1 kommentar<" in page
    assert actions(session)[-1] == "sparring.read"


def test_the_list_is_of_the_whole_home_and_says_where_it_is_not_ones_own(
    anna: FlaskClient, tove: FlaskClient, erik: FlaskClient, world: World, session: Session
) -> None:
    write(anna, world.teeth)
    write(tove, world.puzzle, "Hvem kan være kammeraten?")
    vera = session.scalars(select(Goal).where(Goal.text.like("Vera%"))).one()
    session.add(Sparring(goal_id=vera.id, opened_at=NOW))
    session.commit()

    page = words(tove.get("/sparring"))

    asked = page[: page.index("Planer på de andre afdelinger")]
    assert world.puzzle.text in asked
    assert world.teeth.text in asked
    assert vera.text not in asked
    assert "Søndermarken" in asked
    assert "Lærkereden" not in asked


def test_what_is_settled_or_elsewhere_is_not_on_the_list(
    as_staff: Callable[[Staff], FlaskClient],
    anna: FlaskClient,
    ditte: FlaskClient,
    world: World,
    session: Session,
) -> None:
    write(anna, world.teeth)
    settle(anna, session)
    write(ditte, world.puzzle)

    page = words(anna.get("/sparring"))

    assert "Ingen beder om sparring lige nu" in page
    assert world.puzzle.text not in page
    assert world.puzzle.text in words(ditte.get("/sparring"))


def test_staff_see_only_their_own_contact_teams(
    anna: FlaskClient, bo: FlaskClient, world: World, session: Session
) -> None:
    write(anna, world.teeth)

    assert world.teeth.text in words(anna.get("/sparring"))
    assert world.teeth.text not in words(bo.get("/sparring"))
    session.add(ContactTeam(citizen_id=world.sofie.id, staff_id=world.bo.id))
    session.commit()
    assert world.teeth.text in words(bo.get("/sparring"))


def test_the_menu_leads_to_the_list_for_those_who_may_spar(
    anna: FlaskClient, erik: FlaskClient, frida: FlaskClient
) -> None:
    assert 'href="/sparring"' in anna.get("/").text
    assert 'href="/sparring"' in erik.get("/").text
    assert 'href="/sparring"' not in frida.get("/").text
    assert frida.get("/sparring").status_code == 403


def test_a_long_list_takes_no_more_queries_than_a_short_one(
    anna: FlaskClient, erik: FlaskClient, world: World, session: Session
) -> None:
    def asked() -> int:
        with recorded(db.engine) as queries:
            assert erik.get("/sparring").status_code == 200
        return len(queries)

    write(anna, world.teeth)
    short = asked()
    for number in range(12):
        comments = [
            SparringComment(author_id=world.anna.id, text=f"Nr. {number}", written_at=NOW)
            for _ in range(5)
        ]
        goal_id = (world.teeth, world.puzzle)[number % 2].id
        session.add(Sparring(goal_id=goal_id, opened_at=NOW, comments=comments))
    session.commit()

    assert asked() == short
