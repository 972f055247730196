"""Server time and queries of a large plan, and of the coach while somebody writes."""

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import databases
from tests.bench.homes import app_of, demo_home, quiet_log
from tests.bench.pages import WARM_UP, Request, Times
from tests.bench.queries import recorded
from tests.bench.tables import percentile, show
from tests.bench.tablets import Tablet, WsgiLine
from webapp.adapters import clock
from webapp.db import db
from webapp.demo.people import ANNA
from webapp.models import Citizen, Goal, Intervention, Plan, PlanPart, PlanRevision, Sign, Staff

GOALS, SIGNS_EACH, VERSIONS = 6, 7, 30
REQUESTS = 200
P95_MS = {"the plan": 30, "its history": 30, "the coach": 50}
QUERIES = 15
WRITING = "Sofie dækker selv bord med fire tallerkener tre aftener om ugen, når hun ser billedet. "


def run(folder: Path) -> None:
    """Measure on both databases and print."""
    rows: list[Sequence[object]] = []
    for name in databases.NAMES:
        with ExitStack() as stack:
            home = stack.enter_context(demo_home(name, folder))
            stack.enter_context(quiet_log(folder))
            app = stack.enter_context(app_of(home))
            with app.app_context():
                engine = db.engine
                citizen_id = grow(db.session())
                db.session.commit()
            tablet = Tablet(WsgiLine(app)).sign_in(ANNA.email)
            asks = _asks(tablet, f"/citizens/{citizen_id}")
            for page, request in asks.items():
                times = Times()
                for _ in range(WARM_UP):
                    Times().measure(request)
                for _ in range(REQUESTS):
                    times.measure(request)
                with recorded(engine) as asked:
                    request.ask()
                reached = times.p95 <= P95_MS[page] and len(asked) <= QUERIES
                rows.append(
                    (
                        *(page, home.title, f"{percentile(times.clock, 0.5):.1f}"),
                        *(f"{times.p95:.1f}", f"≤ {P95_MS[page]}", len(asked)),
                        "reached" if reached else "MISSED",
                    )
                )
    show(
        f"A plan with {GOALS} more goals, {SIGNS_EACH} signs each and {VERSIONS} versions; "
        f"ms of {REQUESTS} requests, ≤ {QUERIES} queries",
        ("page", "database", "median", "p95", "target p95", "queries", ""),
        rows,
    )


def _asks(tablet: Tablet, citizen: str) -> dict[str, Request]:
    writing = {"text": WRITING * 10}
    return {
        "the plan": Request(lambda: tablet.get(f"{citizen}/plan")),
        "its history": Request(lambda: tablet.get(f"{citizen}/plan/history")),
        "the coach": Request(lambda: tablet.post(f"{citizen}/goals/lights", writing)),
    }


def grow(session: Session) -> UUID:
    """Give Sofie's plan more goals, signs, interventions and versions; return her id."""
    sofie = session.scalars(select(Citizen).where(Citizen.first_name == "Sofie")).one()
    plan = session.scalars(select(Plan).where(Plan.citizen_id == sofie.id)).one()
    anna = session.scalars(select(Staff).where(Staff.email == ANNA.email)).one()
    now = clock.now()
    today = date(now.year, now.month, now.day)
    for number in range(GOALS):
        goal = Goal(
            plan=plan,
            text=f"{WRITING} {number}",
            short_text=f"Dækker bord {number}",
            rank=number + 10,
            starts_on=today,
            ends_on=today + timedelta(weeks=26),
            activated_at=now,
            signs=[
                Sign(text=f"Sofie henter tallerken {rank}", rank=rank) for rank in range(SIGNS_EACH)
            ],
            interventions=[Intervention(title="Læg kortet frem", practice=WRITING)],
        )
        session.add(goal)
        session.flush()
        session.add_all(
            PlanRevision(
                plan_id=plan.id,
                goal_id=goal.id,
                part=PlanPart.GOAL,
                object_id=goal.id,
                number=version,
                content={"text": f"{WRITING} {version}"},
                author_id=anna.id,
                changed_at=now - timedelta(days=VERSIONS - version),
            )
            for version in range(1, VERSIONS // GOALS + 1)
        )
    return sofie.id
