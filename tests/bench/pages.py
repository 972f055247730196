"""Server time and queries of the two pages and of one tap, in a young home and in an old one."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import Engine, delete
from sqlalchemy.orm import Session

from tests import databases
from tests.bench.history import fill_up_to
from tests.bench.homes import BenchHome, app_of, demo_home, quiet_log
from tests.bench.queries import is_full_scan, recorded, ways_to_observations
from tests.bench.serving import served
from tests.bench.tables import Broken, percentile, say, show
from tests.bench.tablets import Answer, HttpLine, Line, Tablet, WsgiLine
from webapp.adapters import clock
from webapp.db import db
from webapp.demo.people import ANNA
from webapp.models import Observation

YOUNG, OLD = 10_000, 2_000_000
SIZES = (YOUNG, OLD)
WARM_UP = 25
REQUESTS = 200
RUNS = 3
"""Straight into the app each figure is taken so often: the middle is shown, and the extremes."""

P95_MS = 25
QUERIES = 12
RATIO = 1.3


@dataclass(frozen=True)
class Request:
    """Something asked again and again; `before` puts back what it changed, outside the time."""

    ask: Callable[[], Answer]
    before: Callable[[], None] = lambda: None


@dataclass(frozen=True)
class Times:
    """Milliseconds of one run: by the clock, and of those the ones this thread was busy."""

    clock: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)

    def measure(self, request: Request) -> None:
        """Ask once more."""
        request.before()
        begun, busy = time.perf_counter(), time.thread_time()
        answer = request.ask()
        self.clock.append((time.perf_counter() - begun) * 1000)
        self.busy.append((time.thread_time() - busy) * 1000)
        if answer.status != HTTPStatus.OK:
            raise Broken(f"A page answered {answer.status}: {answer.text[-300:]}")

    @property
    def p95(self) -> float:
        """What 95 of 100 requests did not exceed."""
        return percentile(self.clock, 0.95)


_COLUMNS = (
    *("page", "database", "observations", "median", "busy"),
    *("p95 (lowest-highest)", "HTTP median / p95", "queries", "ratio", ""),
)

BySize = Mapping[int, Request]


def run(folder: Path) -> None:
    """Measure on both databases and print two tables: times, and how observations are found."""
    times: list[Sequence[object]] = []
    ways: list[Sequence[object]] = []
    for name in databases.NAMES:
        with ExitStack() as stack:
            homes = {size: stack.enter_context(_home(name, size, folder)) for size in SIZES}
            stack.enter_context(quiet_log(folder))
            lines: dict[int, Line] = {}
            engines: dict[int, Engine] = {}
            for size, home in homes.items():
                app = stack.enter_context(app_of(home))
                lines[size] = WsgiLine(app)
                with app.app_context():
                    engines[size] = db.engine
            direct = _requests(lines, engines)
            runs = {page: _runs(requests, RUNS) for page, requests in direct.items()}
            queries = {}
            for page, requests in direct.items():
                requests[OLD].before()
                with recorded(engines[OLD]) as asked:
                    requests[OLD].ask()
                queries[page] = len(asked)
                ways += [
                    (page, homes[OLD].title, ("FULL SCAN: " if is_full_scan(way) else "") + way)
                    for way in ways_to_observations(engines[OLD], asked)
                ]
            for size, home in homes.items():
                server = stack.enter_context(served(home))
                lines[size] = stack.enter_context(HttpLine(server.port))
            over = {page: _runs(each, 1) for page, each in _requests(lines, engines).items()}
            for page in direct:
                times += _rows(page, homes[OLD].title, runs[page], over[page], queries[page])
    show(
        f"Pages: server time in ms, {RUNS} runs of {REQUESTS} requests, both sizes by turns; "
        f"targets: p95 ≤ {P95_MS}, ≤ {QUERIES} queries, ratio ≤ {RATIO}",
        _COLUMNS,
        times,
    )
    show("Pages: how observations are found at 2 million", ("page", "database", "way"), ways)


@contextmanager
def _home(name: str, size: int, folder: Path) -> Iterator[BenchHome]:
    """Yield a demo home with so many observations."""
    with demo_home(name, folder / str(size)) as home:
        begun = time.monotonic()
        fill_up_to(home.url, size, now=clock.now())
        say(f"{home.title}: {size:,} observations in {time.monotonic() - begun:.0f} s")
        yield home


def _requests(lines: Mapping[int, Line], engines: Mapping[int, Engine]) -> dict[str, BySize]:
    each = {size: _requests_on(lines[size], engines[size]) for size in lines}
    return {page: {size: each[size][page] for size in each} for page in each[OLD]}


def _requests_on(line: Line, engine: Engine) -> dict[str, Request]:
    """Sign Anna in and return what she asks for."""
    tablet = Tablet(line).sign_in(ANNA.email)
    [sofie] = [page for page, name in tablet.citizens_on().items() if name == "Sofie"]
    sign, *_ = tablet.signs_on(sofie)
    tapped: list[UUID] = []

    def tap() -> Answer:
        tapped.append(uuid4())
        return tablet.tap(sign, tapped[-1])

    def forget() -> None:
        """Take the last tap away again, or the card would grow by a line with every request."""
        with Session(engine) as session:
            session.execute(delete(Observation).where(Observation.id.in_(tapped)))
            session.commit()
        tapped.clear()

    return {
        "Vagten": Request(lambda: tablet.get("/")),
        "Borgeren i dag": Request(lambda: tablet.get(sofie)),
        "one tap": Request(tap, forget),
    }


def _runs(requests: BySize, count: int) -> dict[int, list[Times]]:
    """Measure by turns, so that whatever else the machine does falls on both sizes alike."""
    found: dict[int, list[Times]] = {size: [] for size in requests}
    for _ in range(count):
        run = {size: Times() for size in requests}
        for _ in range(WARM_UP):
            for request in requests.values():
                Times().measure(request)
        for _ in range(REQUESTS):
            for size, request in requests.items():
                run[size].measure(request)
        for size, times in run.items():
            found[size].append(times)
    return {size: sorted(runs, key=lambda times: times.p95) for size, runs in found.items()}


def _rows(
    page: str,
    database: str,
    runs: Mapping[int, Sequence[Times]],
    over: Mapping[int, Sequence[Times]],
    queries: int,
) -> Iterator[Sequence[object]]:
    every = {size: [ms for times in runs[size] for ms in times.clock] for size in runs}
    ratio = percentile(every[OLD], 0.5) / percentile(every[YOUNG], 0.5)
    for size in SIZES:
        low, middle, high = runs[size][0], runs[size][len(runs[size]) // 2], runs[size][-1]
        [http] = over[size]
        reached = middle.p95 <= P95_MS and queries <= QUERIES and ratio <= RATIO
        yield (
            page,
            database,
            f"{size:,}",
            f"{percentile(every[size], 0.5):.1f}",
            f"{percentile(middle.busy, 0.5):.1f}",
            f"{middle.p95:.1f} ({low.p95:.1f}-{high.p95:.1f})",
            f"{percentile(http.clock, 0.5):.1f} / {http.p95:.1f}",
            queries,
            f"{ratio:.2f}" if size == OLD else "",
            "reached" if reached else "MISSED",
        )
