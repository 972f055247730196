"""Logkontrol: who sees which rows of the log, how it is searched, checked and handed out."""

import csv
import io
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import unescape
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.bench.queries import recorded
from tests.blueprints.tapping import actions, count, words
from tests.factories import NOW, World
from webapp.audit_words import ACTIONS, FLAGS, OUTCOMES_OF_CHECK
from webapp.db import db
from webapp.domain.audit_flags import Flag
from webapp.models import (
    AuditEvent,
    Citizen,
    Department,
    Device,
    EmergencyAccess,
    LogCheck,
    LogCheckItem,
    LogCheckOutcome,
    Staff,
)
from webapp.services import audit
from webapp.services.audit_log import PAGE

SignIn = Callable[[Staff], FlaskClient]

AT_NIGHT = datetime(2026, 11, 20, 2, 15, tzinfo=UTC)
"""A quarter past three in the home."""


def look(
    session: Session,
    staff: Staff,
    citizen: Citizen | None,
    action: str = "plan.read",
    *,
    at: datetime = NOW - timedelta(hours=1),
    device_id: UUID | None = None,
) -> AuditEvent:
    """Let somebody have looked at a citizen, an hour ago."""
    citizen_id = citizen.id if citizen else None
    event = audit.record(
        session, action, actor=staff, at=at, citizen_id=citizen_id, device_id=device_id
    )
    session.commit()
    return event


def tablet(session: Session, world: World) -> Device:
    """A tablet in the kitchen of Søndermarken."""
    device = Device(
        department_id=world.soendermarken.id,
        name="Køkken-tabletten",
        token_hash="0" * 64,
        token_made_at=NOW,
        enrolled_by_id=world.ditte.id,
        enrolled_at=NOW,
        seen_at=NOW,
    )
    session.add(device)
    session.commit()
    return device


def rows_of(answer: TestResponse) -> list[str]:
    """Return the rows of the log as they are read, newest first."""
    assert answer.status_code == 200, answer.text
    _, _, listed = answer.text.partition('<ol class="card log"')
    rows = listed.partition("</ol>")[0].split("<li>")[1:]
    return [unescape(" ".join(re.sub(r"<[^>]+>", "", row).split())) for row in rows]


# Searching


def test_a_row_says_in_plain_danish_who_saw_what_when_and_on_which_tablet(
    ditte: FlaskClient, world: World, session: Session
) -> None:
    look(session, world.anna, world.sofie, device_id=tablet(session, world).id)

    [_, row] = rows_of(ditte.get("/log"))

    assert row == "Anna Madsen så planen · Sofie Holm 21. november 18.30, på Køkken-tabletten"
    assert actions(session) == ["plan.read", "log.read"]


def test_a_manager_sees_own_departments_and_never_another_home(
    ditte: FlaskClient, world: World, session: Session
) -> None:
    ditte_there = session.get_one(Staff, world.ditte.id)
    ditte_there.departments = [session.get_one(Department, world.soendermarken.id)]
    look(session, world.carl, world.mads, "citizen.read")
    stranger = Staff(
        home_id=world.stranger.department.home_id,
        first_name="Vibeke",
        last_name="Krogh",
        email="vibeke@work.example",
    )
    session.add(stranger)
    session.flush()
    look(session, stranger, world.stranger, "plan.read")
    look(session, world.anna, world.mads, "plan.read")
    look(session, world.carl, world.sofie, "citizen.read")

    page = words(ditte.get("/log"))

    assert page.count("så dagen") == 1, "Carl with Sofie, and not with Mads"
    assert page.count("så planen") == 1, "her own Anna, wherever she looked"
    assert "Vibeke" not in page
    assert "Vera" not in page
    [elsewhere] = [row for row in rows_of(ditte.get("/log")) if "så planen" in row]
    assert elsewhere.startswith("Anna Madsen så planen · en borger i en anden afdeling")
    assert "Mads Lund" not in page.partition("<main")[2]


def test_an_admin_sees_the_whole_home(as_staff: SignIn, world: World, session: Session) -> None:
    look(session, world.carl, world.mads)
    look(session, world.anna, world.sofie)
    frida = as_staff(world.frida)

    page = words(frida.get("/log"))

    assert page.count("så planen") == 2


def test_staff_see_their_own_log_and_no_other(
    anna: FlaskClient, world: World, session: Session
) -> None:
    look(session, world.anna, world.sofie)
    look(session, world.bo, world.sofie, "citizen.read")

    page = words(anna.get("/log/own"))

    assert anna.get("/log").status_code == 403
    assert "så planen" in page
    assert "så dagen" not in page


def test_the_log_is_searched_by_citizen_person_and_days(
    ditte: FlaskClient, world: World, session: Session
) -> None:
    long_ago = NOW - timedelta(days=400)
    look(session, world.anna, world.sofie, "plan.read")
    look(session, world.anna, world.mads, "profile.read")
    look(session, world.carl, world.mads, "citizen.read")
    look(session, world.anna, world.sofie, "order.read", at=long_ago)

    assert "så bestillingen" not in words(ditte.get("/log")), "a week, when nothing is asked"
    of_sofie = words(ditte.get(f"/log?citizen_id={world.sofie.id}"))
    assert "så planen" in of_sofie
    assert "så bestillingen" in of_sofie
    assert "så profilen" not in of_sofie
    by_anna = words(ditte.get(f"/log?staff_id={world.anna.id}"))
    assert "så profilen" in by_anna
    assert "så dagen" not in by_anna
    day = f"{long_ago:%Y-%m-%d}"
    on_the_day = words(ditte.get(f"/log?from_day={day}&to_day={day}"))
    assert "så bestillingen" in on_the_day
    assert "så planen" not in on_the_day


@pytest.mark.parametrize(
    "address",
    [
        *("/log?after=x", "/log?after=2026-11-21_1"),
        *("/log?citizen_id={other}", "/log?staff_id={other}"),
        "/log?after=0001-01-01T00:00:00%2B14:00_{other}",
    ],
)
def test_what_names_nobody_within_reach_is_not_there(
    ditte: FlaskClient, world: World, address: str
) -> None:
    assert ditte.get(address.format(other=world.stranger.id)).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        *("citizen_id=x", "from_day=i går", "from_day=2026-11-21&to_day=2026-11-20"),
        *("from_day=0001-01-01", "to_day=9999-12-31"),
    ],
)
def test_a_search_that_cannot_be_read_comes_back_with_words(ditte: FlaskClient, wrong: str) -> None:
    assert ditte.get(f"/log?{wrong}").status_code == 422


def test_pages_go_on_where_the_last_one_ended_also_within_one_moment(
    ditte: FlaskClient, world: World, session: Session
) -> None:
    for _ in range(PAGE + 5):
        audit.record(session, "plan.read", actor=world.anna, at=NOW, citizen_id=world.sofie.id)
    session.commit()
    wish = f"/log?citizen_id={world.sofie.id}&staff_id={world.anna.id}"

    first = ditte.get(wish).text
    address = first.split('<a class="btn quiet" href="/log?')[1].split('"')[0]
    second = ditte.get("/log?" + address.replace("&amp;", "&")).text

    assert first.count("log-words") == PAGE
    assert second.count("log-words") == 5
    assert "Vis ældre" not in second


def test_the_log_asks_as_many_queries_for_ten_rows_as_for_ten_thousand(
    ditte: FlaskClient, world: World, session: Session
) -> None:
    def asked(much: int) -> int:
        for number in range(much):
            at = NOW - timedelta(minutes=number)
            audit.record(session, "plan.read", actor=world.anna, at=at, citizen_id=world.sofie.id)
        session.commit()
        with recorded(db.engine) as queries:
            assert ditte.get("/log").status_code == 200
        return sum(query.statement.lstrip().startswith("SELECT") for query in queries)

    few = asked(10)

    assert asked(700) == few
    assert few <= 12


# Flags


def test_the_log_points_at_what_there_is_to_ask_about(
    ditte: FlaskClient, world: World, session: Session
) -> None:
    session.get_one(Staff, world.bo.id).last_name = "Friis Holm"
    session.add(
        EmergencyAccess(
            staff_id=world.carl.id,
            citizen_id=world.sofie.id,
            reason="Sofie er faldet, og der er ingen på afdelingen",
            begun_at=NOW - timedelta(hours=2),
            ends_at=NOW - timedelta(hours=1),
        )
    )
    look(session, world.anna, world.sofie, "plan.read")
    later = NOW - timedelta(minutes=30)
    look(session, world.anna, world.mads, "profile.read", at=later)
    look(session, world.carl, world.sofie, "citizen.read", at=NOW - timedelta(minutes=90))
    look(session, world.bo, world.sofie, "order.read")
    look(session, world.anna, world.sofie, "goal.read", at=AT_NIGHT)
    look(session, world.carl, world.mads, "sparring.read", at=AT_NIGHT)
    work = AT_NIGHT + timedelta(hours=3)
    look(session, world.carl, world.mads, "observation.create", at=work)

    rows = rows_of(ditte.get("/log?flagged=yes"))

    assert len(rows) == 4
    for number, (did, flag) in enumerate(
        [
            ("så profilen", "Anden afdeling"),
            ("så bestillingen", "Samme efternavn"),
            ("så dagen", "I en nødsituation"),
            ("så et mål", "Om natten uden for vagt"),
        ]
    ):
        assert did in rows[number]
        assert rows[number].endswith(flag)


# Checks


def draw(client: FlaskClient, how_many: int = 20) -> str:
    """Draw a check; return its address."""
    sent = {"new_id": str(uuid4()), "count": str(how_many)}
    answer = client.post("/log/checks", data=sent)
    assert answer.status_code == 303
    return str(answer.location)


def test_a_check_draws_looks_at_random_and_is_kept_when_finished(
    ditte: FlaskClient, world: World, session: Session
) -> None:
    for minute in range(30):
        look(session, world.anna, world.sofie, at=NOW - timedelta(minutes=minute))
    look(session, world.ditte, world.sofie, "citizen.read")
    look(session, world.anna, world.sofie, "observation.create")

    address = draw(ditte, 12)
    items = session.scalars(select(LogCheckItem)).all()
    drawn = {item.event_id for item in items}
    looks = set(session.scalars(select(AuditEvent.id).where(AuditEvent.action == "plan.read")))
    assert len(drawn) == 12
    assert drawn < looks

    said = {f"outcome-{id}": "fine" for id in drawn}
    one = items[0].event_id
    unfinished = ditte.post(address, data={**said, f"outcome-{one}": "", "finish": "yes"})
    wordless = ditte.post(address, data={**said, f"outcome-{one}": "wrong", "finish": "yes"})
    assert (unfinished.status_code, wordless.status_code) == (422, 422)
    assert wordless.text.count(" checked") == 12, "what was chosen is still chosen"
    session.expire_all()
    assert {item.outcome for item in session.scalars(select(LogCheckItem))} == {None}

    wrong = {f"outcome-{one}": "wrong", f"words-{one}": "Anna var på ferie"}
    done = ditte.post(address, data={**said, **wrong, "words": "Én at tale med", "finish": "yes"})
    again = ditte.post(address, data={**said, "finish": "yes"})
    session.expire_all()

    assert (done.status_code, again.status_code) == (303, 409)
    kept = session.scalars(select(LogCheck)).one()
    assert kept.finished_at == NOW
    assert kept.words == "Én at tale med"
    assert [i.words for i in kept.items if i.outcome is LogCheckOutcome.WRONG] == [
        "Anna var på ferie"
    ]
    assert "Anna var på ferie" in ditte.get(address).text


def test_a_check_half_done_is_kept_and_gone_on_with(
    ditte: FlaskClient, world: World, session: Session
) -> None:
    event = look(session, world.anna, world.sofie)
    address = draw(ditte)

    sent = {f"outcome-{event.id}": "asked", f"words-{event.id}": "Spørger hende mandag"}
    ditte.post(address, data=sent)
    page = ditte.get(address).text

    assert 'value="asked" checked' in " ".join(page.split())
    assert "Spørger hende mandag" in page
    assert actions(session)[-3:] == ["log_check.create", "log_check.update", "log_check.read"]


def test_the_same_form_sent_twice_draws_one_check(
    ditte: FlaskClient, world: World, session: Session
) -> None:
    look(session, world.anna, world.sofie)
    sent = {"new_id": str(uuid4()), "count": "5"}

    answers = [ditte.post("/log/checks", data=sent).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert count(session, LogCheck) == 1


def test_without_looks_there_is_nothing_to_check(ditte: FlaskClient, session: Session) -> None:
    answer = ditte.post("/log/checks", data={"new_id": str(uuid4()), "count": "20"})

    assert answer.status_code == 409
    assert count(session, LogCheck) == 0


def test_a_check_is_due_until_one_is_finished_and_again_half_a_year_later(
    ditte: FlaskClient, world: World, session: Session
) -> None:
    event = look(session, world.anna, world.sofie)
    due = "Det er tid til at kontrollere loggen"
    assert due in ditte.get("/log").text
    assert due in ditte.get("/settings").text
    ditte.post(draw(ditte), data={f"outcome-{event.id}": "fine", "finish": "yes"})

    assert due not in ditte.get("/log").text
    check = session.scalars(select(LogCheck)).one()
    check.drawn_at = NOW - timedelta(days=190)
    session.commit()
    assert due in ditte.get("/log").text


def test_a_manager_does_not_see_the_checks_of_another_but_an_admin_does(
    ditte: FlaskClient, as_staff: SignIn, world: World, session: Session
) -> None:
    look(session, world.anna, world.sofie)
    address = draw(ditte)
    session.get_one(Staff, world.erik.id).role = world.ditte.role
    session.commit()

    assert as_staff(world.erik).get(address).status_code == 404
    assert as_staff(world.frida).get(address).status_code == 200


# Handing out


def sheet(client: FlaskClient, citizen: Citizen, **more: str) -> list[list[str]]:
    """Return the rows of the spreadsheet about a citizen, the header first."""
    sent = {"format": "csv", "names": "yes", "reason": "Aktindsigt til Sofie", **more}
    answer = client.post(f"/citizens/{citizen.id}/log/exports", data=sent)
    assert answer.status_code == 200, answer.text
    assert answer.data.startswith("\ufeff".encode())
    assert answer.mimetype == "text/csv"
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))


def test_the_list_for_a_citizen_has_everybody_with_role_time_and_tablet(
    ditte: FlaskClient, world: World, session: Session
) -> None:
    look(session, world.anna, world.sofie, device_id=tablet(session, world).id)
    look(session, world.bo, world.mads)

    rows = sheet(ditte, world.sofie)

    assert rows[:2] == [
        ["Tidspunkt", "Hvem", "Rolle", "Hvad", "Tablet"],
        ["2026-11-21 18:30", "Anna Madsen", "Medarbejder", "så planen", "Køkken-tabletten"],
    ]
    assert rows[2][1:4] == [
        "Ditte Rasmussen",
        "Leder",
        "hentede listen over, hvem der har set hvad",
    ]
    assert len(rows) == 3
    handed_out = session.scalars(select(AuditEvent).where(AuditEvent.action == "log.export")).one()
    assert (handed_out.citizen_id, handed_out.reason) == (world.sofie.id, "Aktindsigt til Sofie")


def test_without_names_a_person_is_a_role_and_the_same_number_throughout(
    ditte: FlaskClient, world: World, session: Session
) -> None:
    for minute, person in enumerate([world.bo, world.anna, world.bo]):
        look(session, person, world.sofie, at=NOW - timedelta(minutes=9 - minute))

    rows = sheet(ditte, world.sofie, names="no")

    assert [row[1] for row in rows[1:]] == ["Person 1", "Person 2", "Person 1", "Person 3"]
    assert not any(name in str(rows) for name in ("Anna", "Bo ", "Ditte"))


def test_a_name_that_a_spreadsheet_would_run_is_only_text(
    ditte: FlaskClient, world: World, session: Session
) -> None:
    anna = session.get_one(Staff, world.anna.id)
    anna.first_name, anna.last_name = "=HYPERLINK(1)", '"; @x'
    look(session, anna, world.sofie)

    rows = sheet(ditte, world.sofie)

    assert rows[1][1] == "'=HYPERLINK(1) \"; @x"


def test_the_list_comes_on_paper_that_can_be_read_aloud(
    ditte: FlaskClient, world: World, session: Session
) -> None:
    anna = session.get_one(Staff, world.anna.id)
    anna.first_name = '#panic("x") *Anna* $x$ \\ <a> 😀'
    look(session, anna, world.sofie)
    sent = {"format": "pdf", "names": "yes", "reason": "Aktindsigt"}

    answer = ditte.post(f"/citizens/{world.sofie.id}/log/exports", data=sent)

    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    paper = PdfReader(io.BytesIO(answer.data))
    text = " ".join(paper.pages[0].extract_text().split())
    assert "Om Sofie Holm" in text
    assert '#panic("x") *Anna* $x$' in text
    assert "så planen" in text


def test_handing_out_asks_what_for(ditte: FlaskClient, world: World, session: Session) -> None:
    sent = {"format": "csv", "names": "yes"}

    answer = ditte.post(f"/citizens/{world.sofie.id}/log/exports", data=sent)

    assert answer.status_code == 422
    assert "log.export" not in actions(session)


# Refused


def test_a_refused_write_in_a_plan_is_logged_and_nothing_else_is_kept(
    bo: FlaskClient, world: World, session: Session
) -> None:
    answer = bo.post(f"/citizens/{world.sofie.id}/plan/context", data={"context": "Bo skriver"})

    assert answer.status_code == 403
    refused = session.scalars(select(AuditEvent)).one()
    assert (refused.action, refused.citizen_id) == ("access.refuse", world.sofie.id)
    assert refused.actor_id == world.bo.id


def test_a_wrong_password_is_told_in_the_home_of_whom_it_was_tried_for(
    client: FlaskClient, ditte: FlaskClient, world: World
) -> None:
    client.post("/login", data={"email": world.anna.email, "password": "forkert"})

    rows = rows_of(ditte.get("/log"))

    assert any("Nogen prøvede forgæves at logge ind · Anna Madsen" in row for row in rows)


# Words


def test_every_flag_and_outcome_has_its_word() -> None:
    assert set(FLAGS) == set(Flag)
    assert set(OUTCOMES_OF_CHECK) == set(LogCheckOutcome)
    assert all(ACTIONS.values())
