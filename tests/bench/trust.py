"""What trust costs: the lock on a shared tablet, the door to a record, the seal on the log."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from uuid import uuid4

from playwright.sync_api import Browser
from sqlalchemy import delete, event, insert, select
from sqlalchemy.orm import Session

from tests import databases
from tests.bench.chromium import FAST, SLOW, Profile, chromium, new_tablet, slowed_page
from tests.bench.homes import BenchHome, app_of, demo_home, quiet_log
from tests.bench.queries import recorded
from tests.bench.serving import served
from tests.bench.tables import Broken, judged, percentile, show
from tests.browser import shared
from tests.factories import add_device
from webapp.adapters import clock, passwords
from webapp.db import db
from webapp.demo.people import ANNA, DEMO_PIN, DITTE
from webapp.domain.permissions import Permission
from webapp.models import AuditEvent, AuditLink, Citizen, Department, Staff
from webapp.services import audit, audit_chain
from webapp.services.reach import in_reach

UNLOCKS, LOOKS, INSERTS, ROWS = 12, 400, 600, 200_000
UNLOCK_MS, DOOR_MS, SEAL_MS, ROWS_A_SECOND = 1_000, 1.0, 0.5, 100_000


def run(folder: Path) -> None:
    """Measure the log and the door on both databases, the lock in Chromium; print them."""
    rows: list[Sequence[object]] = []
    for name in databases.NAMES:
        with demo_home(name, folder) as home, quiet_log(folder), app_of(home) as app:
            with app.app_context():
                rows += _door(db.session(), home)
                rows += _log(db.session(), home)
            if name == "sqlite":
                secret = _put_up(home)
                with served(home) as server, chromium() as browser:
                    address = f"http://127.0.0.1:{server.port}"
                    rows += [_unlock(browser, address, secret, each) for each in (FAST, SLOW)]
    show("What trust costs", ("what", "where", "measured", "target", ""), rows)


def _door(session: Session, home: BenchHome) -> Iterator[Sequence[object]]:
    """Find a citizen with and without asking for the right, by turns."""
    anna = session.scalars(select(Staff).where(Staff.email == ANNA.email)).one()
    sofie = session.scalars(select(Citizen.id).where(Citizen.first_name == "Sofie")).one()
    plain = select(Citizen).where(Citizen.id == sofie)
    asked = plain.where(in_reach(anna, Permission.READ_CITIZEN))
    more = _paired(lambda: session.scalars(asked).one(), lambda: session.scalars(plain).one())
    with recorded(db.engine) as queries:
        session.scalars(asked).one()
    reached = judged(more, DOOR_MS) if len(queries) == 1 else "MISSED"
    yield ("the right, asked with the record", home.title, f"+{more:.2f} ms", "≤ 1 ms", reached)


def _log(session: Session, home: BenchHome) -> Iterator[Sequence[object]]:
    """Write an event with and without its seal, by turns; then check a long log."""
    anna = session.scalars(select(Staff).where(Staff.email == ANNA.email)).one()

    def look() -> None:
        audit.record(session, "citizen.read", actor=anna, at=clock.now(), citizen_id=uuid4())
        session.commit()

    def look_unsealed() -> None:
        with _without_seal():
            look()
        session.info.clear()

    look()
    more = _paired(look, look_unsealed, times=INSERTS)
    yield ("an event sealed", home.title, f"+{more:.2f} ms", "≤ 0.5 ms", judged(more, SEAL_MS))
    with databases.let_tamper(session):
        session.execute(delete(AuditEvent))
        session.execute(delete(AuditLink))
    session.commit()
    session.execute(insert(AuditEvent), [_event(anna) for _ in range(ROWS)])
    look()
    begun = perf_counter()
    if any(audit_chain.breaks(session, {})):
        raise Broken("A log that nobody touched is said to be broken")
    a_second = ROWS / (perf_counter() - begun)
    reached = "reached" if a_second >= ROWS_A_SECOND else "MISSED"
    yield (f"verify {ROWS:,} rows", home.title, f"{a_second:,.0f} rows/s", "≥ 100,000", reached)


def _event(anna: Staff) -> dict[str, object]:
    return {
        "id": uuid4(),
        "at": clock.now(),
        "home_id": anna.home_id,
        "actor_id": anna.id,
        "action": "citizen.read",
        "citizen_id": uuid4(),
        "object_id": uuid4(),
        "device_id": None,
        "reason": None,
    }


@contextmanager
def _without_seal() -> Iterator[None]:
    event.remove(Session, "before_commit", audit_chain._seal)
    yield
    event.listen(Session, "before_commit", audit_chain._seal)


def _paired(one: Callable[[], object], other: Callable[[], object], times: int = LOOKS) -> float:
    """Return how many ms longer the one takes; the median of pairs, for the machine is noisy."""
    longer = []
    for _ in range(times):
        begun = perf_counter()
        one()
        between = perf_counter()
        other()
        longer.append((between - begun - (perf_counter() - between)) * 1000)
    return percentile(longer, 0.5)


def _put_up(home: BenchHome) -> str:
    with app_of(home) as app, app.app_context():
        session = db.session()
        kitchen = session.scalars(select(Department).where(Department.name == "Søndermarken")).one()
        ditte = session.scalars(select(Staff).where(Staff.email == DITTE.email)).one()
        anna = session.scalars(select(Staff).where(Staff.email == ANNA.email)).one()
        anna.pin_hash = passwords.hash_password(DEMO_PIN)
        _, secret = add_device(session, kitchen, ditte)
        session.commit()
    return secret


def _unlock(browser: Browser, address: str, secret: str, profile: Profile) -> Sequence[object]:
    """Type a PIN; from its last digit until the board can be used."""
    times = []
    for _ in range(UNLOCKS):
        with new_tablet(browser, address) as tablet:
            tablet.add_cookies([{"name": "smaategn-tablet", "value": secret, "url": address}])
            page = slowed_page(tablet, profile)
            page.goto("/lock")
            shared.face(page, ANNA)
            page.keyboard.type(DEMO_PIN[:-1])
            begun = perf_counter()
            page.keyboard.type(DEMO_PIN[-1])
            page.locator("a.person", has_text="Sofie").wait_for()
            times.append((perf_counter() - begun) * 1000)
    p95 = percentile(times, 0.95)
    shown = f"{percentile(times, 0.5):.0f} / {p95:.0f} ms"
    return ("PIN to board, median / p95", profile.title, shown, "≤ 1 s", judged(p95, UNLOCK_MS))
