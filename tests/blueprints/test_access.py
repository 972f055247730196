"""The one door: every route, every person, every record. What is not yours is not there."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.blueprints.answers import without_tokens
from tests.blueprints.conftest import Entry, Ledger
from tests.blueprints.tapping import HTMX, count
from tests.factories import NOW, World, add_observation
from webapp.access import PUBLIC, permission_of
from webapp.domain.permissions import Permission
from webapp.models import (
    AuditEvent,
    Citizen,
    Department,
    Goal,
    Observation,
    Plan,
    Role,
    Sign,
    Staff,
    StaffSession,
)

REACH = {
    "anna": {"Sofie"},
    "bo": {"Sofie"},
    "carl": {"Mads"},
    "ditte": {"Sofie", "Mads"},
    "erik": {"Sofie", "Mads"},
    "frida": set(),
    "vibeke": {"Vera"},
}
"""Whose records each person works with; Vibeke works in the other home. Everyone else's are 404."""

NOBODY = "nobody"

WITH_IDS = {
    "citizens.show": "/citizens/{citizen}",
    "observations.correct": "/observations/{observation}/corrections",
    "observations.create_for_goal": "/goals/{goal}/observations",
    "observations.create_for_sign": "/signs/{sign}/observations",
    "observations.new": "/goals/{goal}/observations/new",
    "observations.show": "/observations/{observation}",
    "observations.withdraw": "/observations/{observation}/withdrawal",
}
"""Every route that names a record. A new one fails here until it is added and holds."""

PERMISSIONS = {
    "auth.create": PUBLIC,
    "auth.destroy": Permission.USE_APP,
    "auth.new": PUBLIC,
    "board.index": Permission.USE_APP,
    "citizens.show": Permission.READ_CITIZEN,
    "health.alive": PUBLIC,
    "health.ready": PUBLIC,
    "languages.update": PUBLIC,
    "observations.correct": Permission.LOG_OBSERVATIONS,
    "observations.create_for_goal": Permission.LOG_OBSERVATIONS,
    "observations.create_for_sign": Permission.LOG_OBSERVATIONS,
    "observations.new": Permission.LOG_OBSERVATIONS,
    "observations.show": Permission.READ_CITIZEN,
    "observations.withdraw": Permission.LOG_OBSERVATIONS,
    "pwa.favicon": PUBLIC,
    "pwa.manifest": PUBLIC,
    "pwa.offline": PUBLIC,
    "pwa.worker": PUBLIC,
    "static": PUBLIC,
    "styles": PUBLIC,
}
"""What each route asks for. Opening one to everyone has to be written down here too."""


@dataclass(frozen=True)
class Records:
    """The ids that stand in addresses, of one citizen or of nobody."""

    citizen: UUID
    goal: UUID
    sign: UUID
    observation: UUID

    def url(self, endpoint: str) -> str:
        return WITH_IDS[endpoint].format(**vars(self))


@pytest.fixture
def vibeke(session: Session, world: World) -> Staff:
    """She works in the other home, with Vera."""
    department = session.get_one(Department, world.stranger.department_id)
    vibeke = Staff(
        home_id=department.home_id,
        first_name="Vibeke",
        last_name="Krogh",
        email="vibeke@egely.example",
        role=Role.MANAGER,
        departments=[department],
    )
    session.add(vibeke)
    session.commit()
    return vibeke


@pytest.fixture
def records(session: Session, world: World, vibeke: Staff) -> dict[str, Records]:
    """One observation of each citizen, with all that it hangs on; and ids that name nothing."""
    authors = {"Sofie": world.anna, "Mads": world.carl, "Vera": vibeke}
    found = {NOBODY: Records(uuid4(), uuid4(), uuid4(), uuid4())}
    rows = session.execute(
        select(Citizen, Goal, Sign)
        .join(Plan, Plan.citizen_id == Citizen.id)
        .join(Goal, Goal.plan_id == Plan.id)
        .join(Sign, Sign.goal_id == Goal.id)
        .order_by(Sign.rank.desc())
    ).all()
    for citizen, goal, sign in rows:
        seen = add_observation(session, goal, sign, authors[citizen.first_name], at=NOW)
        found[citizen.first_name] = Records(citizen.id, goal.id, sign.id, seen.id)
    session.commit()
    return found


@pytest.fixture
def browsers(
    as_staff: Callable[[Staff], FlaskClient], world: World, vibeke: Staff
) -> dict[str, FlaskClient]:
    """Everyone is signed in."""
    return {name: as_staff(vibeke if name == "vibeke" else world.staff(name)) for name in REACH}


def ask(client: FlaskClient, method: str, url: str, *, htmx: bool = False) -> TestResponse:
    """Send what opens the route when it may be opened at all."""
    data = {"new_id": str(uuid4()), "outcome": "not_seen", "reason": "Jeg trykkede forkert"}
    return client.open(
        url, method=method, data=data if method == "POST" else None, headers=HTMX if htmx else {}
    )


def methods(app: Flask, endpoint: str) -> list[str]:
    """Return how a route may be asked, but for OPTIONS."""
    [rule] = app.url_map.iter_rules(endpoint)
    return sorted((rule.methods or set()) - {"OPTIONS"})


# The tables


def test_every_route_asks_for_what_is_written_here(app: Flask) -> None:
    with app.app_context():
        found = {rule.endpoint: permission_of(rule.endpoint) for rule in app.url_map.iter_rules()}

    assert found == PERMISSIONS


def test_every_route_that_names_a_record_is_listed_here(app: Flask) -> None:
    with_ids = {rule.endpoint for rule in app.url_map.iter_rules() if rule.arguments}

    assert with_ids - {"static", "styles"} == set(WITH_IDS)


def test_a_route_without_a_permission_never_runs(
    app: Flask, anna: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[bool] = []
    monkeypatch.setitem(app.view_functions, "board.index", lambda: ran.append(True))

    with pytest.raises(LookupError, match=r"board\.index names no permission"):
        anna.get("/")

    assert ran == []


# The matrix


@pytest.mark.parametrize("endpoint", WITH_IDS)
def test_everyone_reaches_their_own_citizens_and_nobody_elses(
    app: Flask,
    session: Session,
    browsers: dict[str, FlaskClient],
    records: dict[str, Records],
    endpoint: str,
) -> None:
    before = count(session, Observation)
    for who, browser in browsers.items():
        for whose, ids in records.items():
            for method in methods(app, endpoint):
                if whose in REACH[who]:
                    continue
                for htmx in (False, True):
                    response = ask(browser, method, ids.url(endpoint), htmx=htmx)
                    assert response.status_code == 404, (who, method, whose)
                    assert f">{whose}<" not in response.text
                    assert "Holm" not in response.text
    assert count(session, Observation) == before
    assert count(session, AuditEvent) == 0, "a refused look is not a look"

    # The authors come last: one of the routes takes their observation away.
    for who, whose in [(name, reached) for name in reversed(REACH) for reached in REACH[name]]:
        for method in methods(app, endpoint):
            response = ask(browsers[who], method, records[whose].url(endpoint))
            assert response.status_code in {200, 303, 403, 409, 422}, (who, method, whose)
            assert response.status_code not in {403, 409} or method == "POST"


@pytest.mark.parametrize("endpoint", WITH_IDS)
def test_what_is_not_yours_looks_like_what_is_not_there(
    app: Flask,
    browsers: dict[str, FlaskClient],
    records: dict[str, Records],
    endpoint: str,
) -> None:
    browsers["carl"].get("/")
    for method in methods(app, endpoint):
        answers = [
            ask(browsers["carl"], method, records[whose].url(endpoint))
            for whose in ("Sofie", "Vera", NOBODY)
        ]

        assert len({(answer.status_code, without_tokens(answer)) for answer in answers}) == 1
        assert len({tuple(answer.headers) for answer in answers}) == 1


@pytest.mark.parametrize("endpoint", WITH_IDS)
def test_whoever_is_not_signed_in_is_sent_to_sign_in(
    app: Flask,
    client: FlaskClient,
    session: Session,
    records: dict[str, Records],
    endpoint: str,
) -> None:
    before = count(session, Observation)
    for ids in records.values():
        for method in methods(app, endpoint):
            page = ask(client, method, ids.url(endpoint))
            part = ask(client, method, ids.url(endpoint), htmx=True)

            assert page.status_code == 303
            back_to = f"?next={ids.url(endpoint)}" if method == "GET" else ""
            assert page.location.replace("%2F", "/") == f"/login{back_to}"
            assert part.status_code == 401
    assert count(session, Observation) == before
    assert count(session, AuditEvent) == 0


@pytest.mark.parametrize(
    "change", [{"ended_at": NOW}, {"ends_at": NOW}, {"staff.deactivated_at": NOW}], ids=str
)
def test_a_session_that_is_over_opens_nothing(
    app: Flask,
    anna: FlaskClient,
    session: Session,
    records: dict[str, Records],
    change: dict[str, object],
) -> None:
    stored = session.scalars(select(StaffSession)).one()
    for name, value in change.items():
        owner = stored.staff if name.startswith("staff.") else stored
        setattr(owner, name.removeprefix("staff."), value)

    for endpoint in WITH_IDS:
        for method in methods(app, endpoint):
            url = records["Sofie"].url(endpoint)
            assert ask(anna, method, url).status_code == 303
            assert ask(anna, method, url, htmx=True).status_code == 401


@pytest.mark.parametrize(
    "bad", ["1", "x", "%00", "..%2f", "{}", "00000000-0000-0000-0000-00000000000"]
)
@pytest.mark.parametrize("endpoint", WITH_IDS)
def test_what_is_no_id_is_not_there(app: Flask, anna: FlaskClient, endpoint: str, bad: str) -> None:
    url = WITH_IDS[endpoint].replace("{", "{{").replace("}", "}}")
    url = url[: url.index("{{")] + bad + url[url.index("}}") + 2 :]

    for method in methods(app, endpoint):
        assert ask(anna, method, url).status_code == 404


def test_an_id_in_capitals_names_the_same_record(
    anna: FlaskClient, records: dict[str, Records]
) -> None:
    assert anna.get(f"/citizens/{str(records['Sofie'].citizen).upper()}").status_code == 200


# What is written down about it


@pytest.mark.parametrize("endpoint", WITH_IDS)
def test_every_look_at_a_citizen_is_logged_with_who_and_whom(
    app: Flask,
    anna: FlaskClient,
    session: Session,
    world: World,
    records: dict[str, Records],
    ledger: Ledger,
    endpoint: str,
) -> None:
    for method in set(methods(app, endpoint)) & {"GET", "HEAD"}:
        response = ask(anna, method, records["Sofie"].url(endpoint))

        assert response.status_code == 200
        assert (ledger.last.commits, ledger.last.written) == (1, set())
        logged = session.scalars(select(AuditEvent).order_by(AuditEvent.at)).all()[-1]
        assert (logged.actor_id, logged.citizen_id) == (world.anna.id, world.sofie.id)
        assert logged.home_id == world.home.id
        assert logged.action.endswith(".read")


@pytest.mark.parametrize(
    ("endpoint", "action"),
    [
        ("observations.create_for_sign", "observation.create"),
        ("observations.create_for_goal", "observation.create"),
        ("observations.correct", "observation.correct"),
        ("observations.withdraw", "observation.withdraw"),
    ],
)
def test_every_write_about_a_citizen_is_logged_once_with_who_and_whom(
    anna: FlaskClient,
    session: Session,
    world: World,
    records: dict[str, Records],
    ledger: Ledger,
    endpoint: str,
    action: str,
) -> None:
    response = ask(anna, "POST", records["Sofie"].url(endpoint))

    assert response.status_code == 303
    assert (ledger.last.commits, ledger.last.events) == (1, 1)
    logged = session.scalars(select(AuditEvent)).one()
    assert (logged.action, logged.actor_id, logged.citizen_id) == (
        action,
        world.anna.id,
        world.sofie.id,
    )


def test_no_writing_route_about_a_citizen_is_forgotten_above(app: Flask) -> None:
    writing = {endpoint for endpoint in WITH_IDS if "POST" in methods(app, endpoint)}

    marks = test_every_write_about_a_citizen_is_logged_once_with_who_and_whom.pytestmark  # type: ignore[attr-defined]
    assert {endpoint for endpoint, _ in marks[0].args[1]} == writing


@pytest.mark.parametrize(
    "entry",
    [
        Entry("POST /to-gange", commits=2),
        Entry("POST /dobbelt", commits=1, kept=["audit_events", "audit_events"]),
        Entry("POST /uden-spor", commits=1, kept=["observations"]),
    ],
    ids=lambda entry: entry.asked,
)
def test_a_request_that_breaks_a_house_rule_is_noticed(entry: Entry) -> None:
    with pytest.raises(AssertionError, match=entry.asked):
        entry.check()


def test_the_ledger_sees_what_lasts_and_forgets_what_does_not(
    ledger: Ledger, session: Session
) -> None:
    with ledger.entry("POST /prøve") as entry:
        with session.begin_nested() as part:
            session.add(AuditEvent(at=NOW, action="part.undone"))
            session.flush()
            part.rollback()
        session.add_all(AuditEvent(at=NOW, action="kept.create") for _ in range(2))
        session.commit()
        session.add(AuditEvent(at=NOW, action="all.undone"))
        session.flush()
        session.rollback()

    assert (entry.commits, entry.kept) == (1, ["audit_events"] * 2)
