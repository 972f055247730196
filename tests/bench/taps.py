"""Taps from sixteen tablets at once, each counted afterwards; and what else happens meanwhile."""

from collections.abc import Sequence
from pathlib import Path

from tests import databases
from tests.bench.homes import BenchHome, app_of, demo_home
from tests.bench.houses import add_houses
from tests.bench.returning import RETURNING, Return, return_together
from tests.bench.serving import served
from tests.bench.tables import judged, percentile, show
from tests.bench.tapping import Load, Person, check_stored, tap_together
from tests.bench.uploads import UPLOADS, pages_beside_uploads
from webapp.db import db

TABLETS = 16
RUNS = 3
TAPS_EACH = 84
"""In each run; together a little over 4,000."""

MEMORY_LOAD_MB = 600
PAGE_MEANWHILE_MS = 300


def run(folder: Path) -> None:
    """Measure on both databases and print one table for the taps and one for what is beside."""
    taps: list[Sequence[object]] = []
    others: list[Sequence[object]] = []
    for name in databases.NAMES:
        with demo_home(name, folder) as home:
            with app_of(home) as app, app.app_context():
                emails = add_houses(db.session(), TABLETS)
                db.session.commit()
            with served(home) as server:
                rest, _ = server.memory()
                people = [Person(server.port, email) for email in emails]
                loads: list[Load] = []
                for run in range(RUNS):
                    loads.append(tap_together(people, lambda done: done >= TAPS_EACH, seed=run))
                taps.append(_row(home, loads, check_stored(home, loads)))
                after, most = server.memory()
                memory = f"{rest} at rest, {after} after the taps, {most} at the most"
                target = (f"≤ {MEMORY_LOAD_MB}", judged(most, MEMORY_LOAD_MB))
                others.append((home.title, "memory of the server, MB", memory, *target))
                back = return_together(server.port, people)
                check_stored(home, [*loads, back.taps])
                others += _rows_of_return(home, back)
                others.append(_row_of_uploads(home, *pages_beside_uploads(server.port, people[0])))
                for person in people:
                    person.close()
    show(
        f"Taps: {TABLETS} tablets with kept connections, every post answered with the new card; "
        "5 % sent again, 2 % sent twice at the same moment",
        ("database", "posts", "posts/s", "p50 ms", "p95 ms", "p99 ms", "errors", "stored"),
        taps,
    )
    show("Beside the taps", ("database", "what", "measured", "target", ""), others)


def _row(home: BenchHome, loads: Sequence[Load], stored: str) -> Sequence[object]:
    times = [ms for load in loads for ms in load.times]
    rates = sorted(len(load.times) / load.seconds for load in loads)
    shares = [f"{percentile(times, share):.0f}" for share in (0.5, 0.95, 0.99)]
    rate = f"{rates[len(rates) // 2]:.0f} ({rates[0]:.0f}-{rates[-1]:.0f})"
    errors = sum(len(load.errors) for load in loads)
    return (home.title, f"{len(times):,}", rate, *shares, errors, stored)


def _rows_of_return(home: BenchHome, back: Return) -> list[Sequence[object]]:
    boards, taps = back.boards, back.taps.times
    return [
        (
            *(home.title, f"{RETURNING} tablets return at once, each reads the board"),
            f"all in {back.seconds:.1f} s, p50 {percentile(boards, 0.5):.0f} ms, errors 0",
            *("errors 0", "reached"),
        ),
        (
            *(home.title, "  a tap meanwhile, p50 / p95 ms"),
            f"{percentile(taps, 0.5):.0f} / {percentile(taps, 0.95):.0f}",
            *("", ""),
        ),
    ]


def _row_of_uploads(
    home: BenchHome, alone: Sequence[float], beside: Sequence[float]
) -> Sequence[object]:
    p95 = percentile(beside, 0.95)
    return (
        *(home.title, f"a page beside {UPLOADS} slow uploads, p50 / p95 ms (alone)"),
        f"{percentile(beside, 0.5):.0f} / {p95:.0f}"
        f" ({percentile(alone, 0.5):.0f} / {percentile(alone, 0.95):.0f})",
        *(f"p95 ≤ {PAGE_MEANWHILE_MS}", judged(p95, PAGE_MEANWHILE_MS)),
    )
