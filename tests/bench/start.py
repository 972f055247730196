"""How long the program takes from its start to its first ready answer, and what that is made of."""

import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from tests import databases
from tests.bench.homes import BenchHome, demo_home
from tests.bench.serving import served
from tests.bench.tables import judged, percentile, show

STARTS = 5
START_S, MEMORY_MB = 3.0, 200
HEAVIEST = 8

_IMPORT = re.compile(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\w+)")


def run(folder: Path) -> None:
    """Start on a new and on a filled database; print times, memory and the heaviest imports."""
    rows: list[Sequence[object]] = []
    with databases.empty_database("sqlite", folder) as url:
        with served(BenchHome("sqlite", url, folder), demo=True) as server:
            seconds = f"{server.seconds_to_ready:.1f} s"
        rows.append(("SQLite", "the very first: tables made, demo home filled", seconds, "", ""))
    for name in databases.NAMES:
        with demo_home(name, folder) as home:
            seconds_each, memory_each = [], []
            for _ in range(STARTS):
                with served(home) as server:
                    seconds_each.append(server.seconds_to_ready)
                    memory_each.append(server.memory()[0])
            median = percentile(seconds_each, 0.5)
            extremes = f"{min(seconds_each):.2f}-{max(seconds_each):.2f}"
            rows += [
                (
                    *(home.title, f"started again, {STARTS} times: median (lowest-highest)"),
                    *(f"{median:.2f} s ({extremes})", f"≤ {START_S:.0f} s"),
                    judged(median, START_S),
                ),
                (
                    *(home.title, "memory at rest", f"{max(memory_each)} MB", f"≤ {MEMORY_MB} MB"),
                    judged(max(memory_each), MEMORY_MB),
                ),
            ]
    show(
        "Start: `smaategn serve --migrate` to the first 200 of /readyz",
        ("database", "what", "measured", "target", ""),
        rows,
    )
    show("Start: the heaviest imports of the command line", ("package", "ms"), _imports())


def _imports() -> list[Sequence[object]]:
    """Return the packages that take longest to import, each without those it imports itself."""
    command = [sys.executable, "-X", "importtime", "-c", "import webapp.cli"]
    done = subprocess.run(command, text=True, capture_output=True, check=True)
    each: defaultdict[str, int] = defaultdict(int)
    for microseconds, package in _IMPORT.findall(done.stderr):
        each[package] += int(microseconds)
    heaviest = sorted(each.items(), key=lambda item: -item[1])[:HEAVIEST]
    rows = [(package, f"{own / 1000:.0f}") for package, own in heaviest]
    return [*rows, ("all together", f"{sum(each.values()) / 1000:.0f}")]
