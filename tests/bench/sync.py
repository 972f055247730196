"""Batches of 25 entries to the real server: signature, seal, rights, audit and commit, all on."""

import json
import time
from collections.abc import Sequence
from http import HTTPStatus
from pathlib import Path
from uuid import UUID, uuid4

from joserfc.jwk import ECKey
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import Session

from tests import databases
from tests.bench.homes import BenchHome, demo_home
from tests.bench.serving import served
from tests.bench.tables import Broken, percentile, show
from tests.bench.tablets import HttpLine, Tablet
from tests.sync.tablet import Pen, batch, public
from webapp.adapters import clock
from webapp.demo.people import ANNA
from webapp.models import AuditEvent, Observation, SyncReceipt

ENTRIES, EACH = 1000, 25
RUNS = 3
JSON = {"Content-Type": "application/json"}


def run(folder: Path) -> None:
    """Deliver on both databases, then all of it again; print one table."""
    rows: list[Sequence[object]] = []
    for name in databases.NAMES:
        with demo_home(name, folder) as home, served(home) as server:
            with HttpLine(server.port) as line:
                tablet = Tablet(line).sign_in(ANNA.email)
                [sofie] = [path for path, name in tablet.citizens_on().items() if name == "Sofie"]
                signs = [UUID(path.split("/")[2]) for path in tablet.signs_on(sofie)]
                pen = ask_for_grant(tablet)
                first: list[float] = []
                again: list[float] = []
                times: list[float] = []
                for _ in range(RUNS):
                    batches = _batches(pen, signs)
                    first.append(_send(line, batches, "stored", times))
                    again.append(_send(line, batches, "already", []))
            stored = _check(home)
            rows.append(
                (
                    home.title,
                    _rates(first),
                    *(f"{percentile(times, share):.0f}" for share in (0.5, 0.95)),
                    _rates(again),
                    stored,
                )
            )
    show(
        f"Sync: {RUNS} times {ENTRIES:,} entries in batches of {EACH} over one connection, then "
        "all of them again; entries/s (lowest-highest), ms of a batch",
        ("database", "stored/s", "p50 ms", "p95 ms", "already/s", "stored"),
        rows,
    )


def ask_for_grant(tablet: Tablet) -> Pen:
    """Return a grant for whoever is signed in on a tablet."""
    key = ECKey.generate_key("P-256")
    headers = {**JSON, "Cookie": tablet.cookie, "X-CSRFToken": tablet.token}
    asked = json.dumps({"key": public(key)}).encode()
    answer = tablet.line.ask("POST", "/sync/grants", asked, headers)
    if answer.status != HTTPStatus.CREATED:
        raise Broken(f"No grant: {answer.status}")
    given = json.loads(answer.text)
    return Pen(key, given["grant"], given["seal_to"])


def _batches(pen: Pen, signs: Sequence[UUID]) -> list[bytes]:
    """Return everything made before the clock runs: a tablet is another machine."""
    now = clock.now()
    taps = [pen.tap(signs[place % len(signs)], id=uuid4(), at=now) for place in range(ENTRIES)]
    cut = [taps[at : at + EACH] for at in range(0, ENTRIES, EACH)]
    return [json.dumps(batch(*some, pens=[pen])).encode() for some in cut]


def _send(line: HttpLine, batches: Sequence[bytes], expected: str, times: list[float]) -> float:
    """Send batches one after another; return entries a second."""
    begun = time.perf_counter()
    for body in batches:
        asked_at = time.perf_counter()
        answer = line.ask("POST", "/sync/batch", body, JSON)
        times.append((time.perf_counter() - asked_at) * 1000)
        found = {each["status"] for each in json.loads(answer.text).get("results", [])}
        if found != {expected}:
            raise Broken(f"A batch was answered {answer.status} {found}, not {expected}")
    return ENTRIES / (time.perf_counter() - begun)


def _check(home: BenchHome) -> str:
    """Return how many were stored; every one with its receipt and its line in the log."""
    engine = create_engine(home.url)
    with Session(engine) as session:
        receipts = session.scalar(select(func.count()).select_from(SyncReceipt))
        stored = session.scalar(
            select(func.count())
            .select_from(Observation)
            .join(SyncReceipt, SyncReceipt.object_id == Observation.id)
            .join(AuditEvent, AuditEvent.object_id == Observation.id)
        )
    engine.dispose()
    if not receipts == stored == RUNS * ENTRIES:
        raise Broken(f"{RUNS * ENTRIES} entries became {receipts} receipts and {stored} rows")
    return f"{stored:,} of {RUNS * ENTRIES:,}"


def _rates(rates: Sequence[float]) -> str:
    ranked = sorted(rates)
    return f"{ranked[len(ranked) // 2]:,.0f} ({ranked[0]:,.0f}-{ranked[-1]:,.0f})"
