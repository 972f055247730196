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
from tests.bench.bad_batches import refuse_all
from tests.bench.homes import BenchHome, app_of, demo_home
from tests.bench.houses import add_houses
from tests.bench.many_receipts import add_receipts
from tests.bench.reconnecting import EACH as AT_A_TABLET
from tests.bench.reconnecting import TABLETS, reconnect
from tests.bench.serving import served
from tests.bench.tables import Broken, judged, percentile, show
from tests.bench.tablets import HttpLine, Tablet
from tests.bench.tapping import Person
from tests.sync.tablet import Pen, batch, public
from webapp.adapters import clock
from webapp.db import db
from webapp.demo.people import ANNA
from webapp.models import AuditEvent, Observation, SyncReceipt

ENTRIES, EACH = 1000, 25
RUNS = 3
MANY = 100_000
PEOPLE = 8
ALL_SECONDS, PAGE_MS, REFUSAL_MS = 15, 300, 50
JSON = {"Content-Type": "application/json"}


def run(folder: Path) -> None:
    """Deliver on both databases, then all of it again; then what is worse. Print the tables."""
    rows: list[Sequence[object]] = []
    refusals: list[Sequence[object]] = []
    others: list[Sequence[object]] = []
    for name in databases.NAMES:
        with demo_home(name, folder) as home:
            with app_of(home) as app, app.app_context():
                emails = add_houses(db.session(), PEOPLE)
                db.session.commit()
            with served(home) as server, HttpLine(server.port) as line:
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
                shares = (f"{percentile(times, share):.0f}" for share in (0.5, 0.95))
                rows.append((home.title, _rates(first), *shares, _rates(again), stored))
                refusals += [
                    (home.title, what, *_judged(ms, REFUSAL_MS))
                    for what, ms in refuse_all(line, pen, signs[0]).items()
                ]
                others.append(_growth(home, line, ask_for_grant(tablet), signs))
                others += _crowd(home, server.port, emails)
    show(
        f"Sync: {RUNS} times {ENTRIES:,} entries in batches of {EACH} over one connection, then "
        "all of them again; entries/s (lowest-highest), ms of a batch",
        ("database", "stored/s", "p50 ms", "p95 ms", "already/s", "stored"),
        rows,
    )
    show("Refused by name", ("database", "what", "p50 / p95 ms", "target", ""), refusals)
    show("Many", ("database", "what", "measured", "target", ""), others)


def _growth(home: BenchHome, line: HttpLine, pen: Pen, signs: Sequence[UUID]) -> Sequence[object]:
    """Measure a batch when its tablet has delivered 1,000 entries, and when it has 100,000."""
    grant, medians = UUID(pen.claims["jti"]), []
    for before in (0, MANY - 2 * ENTRIES):
        if before:
            add_receipts(home, grant, signs[0], before, pen.next_seq)
            pen.next_seq += before
        times: list[float] = []
        _send(line, _batches(pen, signs), "stored", times)
        medians.append(percentile(times, 0.5))
    few, many = medians
    what = f"a batch when its tablet has delivered {ENTRIES:,} / {MANY:,} entries, p50 ms"
    return (home.title, what, f"{few:.0f} / {many:.0f}", "the same", f"ratio {many / few:.2f}")


def _crowd(home: BenchHome, port: int, emails: Sequence[str]) -> list[Sequence[object]]:
    """Let 200 tablets deliver at once."""
    people = [Person(port, email) for email in emails]
    pens = [ask_for_grant(people[place % PEOPLE].tablet) for place in range(TABLETS)]
    back = reconnect(port, people, pens)
    for person in people:
        person.close()
    asked = f"{back.sent_away} times told to come again"
    delays = (f"{percentile(back.delays, share):.1f}" for share in (0.5, 0.95))
    return [
        (
            *(home.title, f"{TABLETS} tablets return at once, {AT_A_TABLET} entries each"),
            f"all in {back.seconds:.1f} s (p50 / p95 {' / '.join(delays)}), {asked}",
            *(f"≤ {ALL_SECONDS} s", judged(back.seconds, ALL_SECONDS)),
        ),
        (
            *(home.title, "  a page meanwhile, p50 / p95 ms (alone)"),
            f"{_shares(back.pages)} ({_shares(back.alone)})",
            *(f"p95 ≤ {PAGE_MS}", judged(percentile(back.pages, 0.95), PAGE_MS)),
        ),
    ]


def _judged(ms: Sequence[float], at_most: float) -> tuple[str, str, str]:
    return _shares(ms), f"p95 ≤ {at_most:.0f}", judged(percentile(ms, 0.95), at_most)


def _shares(ms: Sequence[float]) -> str:
    return f"{percentile(ms, 0.5):.0f} / {percentile(ms, 0.95):.0f}"


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
