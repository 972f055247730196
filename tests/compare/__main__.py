"""Keep the same entries with ours, PouchDB and Workbox, over the same bad line, and compare.

`python -m tests.compare [SEED] [ENTRIES]`. The other two are installed from their lock file into a
folder that is thrown away. Half of all deliveries go wrong, and before Anna and Bo take turns none
gets through; the browser is killed now and then; then the line is whole until nothing is left.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Final

from playwright.sync_api import Error, Playwright, sync_playwright
from sqlalchemy import select

from tests.bench.tables import say, show
from tests.browser.server import free_port
from tests.chaos.house import House
from tests.chaos.line import FAULTS, Line, line_to
from tests.chaos.tablet import Tablet
from tests.chaos.walk import prepare, reading
from tests.personas import ANNA, BO, Person
from webapp.models import AuditEvent, Observation

BURST: Final = 25
SHARE: Final = 0.5
"""How many deliveries go wrong."""

SWITCHES: Final = 4
KILLS: Final = 8
"""After so many bursts somebody else takes the tablet; after so many it loses its power."""

FAULTS_HERE: Final = tuple(name for name in FAULTS if not name.startswith("hang"))
"""Without the line that hangs: Workbox would wait as long as it is held."""

EMPTY_WITHIN: Final = 240
"""Seconds of a whole line after which what is left stays."""

OTHERS: Final = Path(__file__).parent / "others"

Rows = list[tuple[str, str]]
"""What is stored, in the order it came: id and author."""


class OtherTablet(Tablet):
    """The same browser, on the page of another queue."""

    name: str

    def open_as(self, person: Person, citizen: str) -> None:
        """Sign in as somebody; there is no day to open."""
        self.page.goto(f"/{self.name}/?who={person.first_name}")
        self.page.wait_for_function("window.keepMany")

    def keep_many(self, count: int, targets: list[str]) -> None:
        """Keep entries one after the other."""
        with suppress(Error):
            self.page.evaluate("count => window.keepMany(count)", count)

    def try_to_send(self) -> None:
        """Ask for it, for these wait for minutes by themselves."""
        with suppress(Error):
            self.page.evaluate("window.trySending()")

    def left(self) -> list[dict[str, str]]:
        """Return one row for each that waits."""
        return [{}] * int(self.page.evaluate("window.countLeft()"))


class PouchTablet(OtherTablet):
    """PouchDB's."""

    name = "pouchdb"


class WorkboxTablet(OtherTablet):
    """Workbox's."""

    name = "workbox"


@dataclass(frozen=True)
class Contestant:
    """Something that keeps entries.

    Attributes:
        title: What it is.
        delivers: How the paths begin on which it delivers.
        open: Starts the server in a folder; yields its port, a tablet and what is stored.
    """

    title: str
    delivers: tuple[str, ...]
    open: Callable[[Path, Playwright, Random], Any]


@contextmanager
def ours(
    folder: Path, play: Playwright, weather: Random
) -> Iterator[tuple[Line, Tablet, str, list[str], Callable[[], Rows]]]:
    """Yield our own tablet on our own server."""
    house = House(folder)
    try:
        citizen, signs, secret = prepare(house)

        def stored() -> Rows:
            with reading(house) as session:
                authors = dict(session.execute(select(Observation.id, Observation.author_id)).all())
                told = select(AuditEvent.object_id).where(AuditEvent.action == "observation.create")
                return [
                    (str(id), str(authors[id])) for id in session.scalars(told) if id in authors
                ]

        with line_to(house.port, weather) as (line, address):
            yield line, Tablet(play, folder, address, secret), citizen, signs, stored
    finally:
        house.stop()


def another(kind: type[OtherTablet], modules: Path) -> Any:
    """Return what opens one of the others."""

    @contextmanager
    def opened(
        folder: Path, play: Playwright, weather: Random
    ) -> Iterator[tuple[Line, Tablet, str, list[str], Callable[[], Rows]]]:
        port = free_port()
        command = ["node", str(modules / "server.cjs"), str(port), str(folder)]
        with subprocess.Popen(command, cwd=modules, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout
            server.stdout.readline()

            def stored() -> Rows:
                address = f"http://127.0.0.1:{port}/stored/{kind.name}"
                with urllib.request.urlopen(address) as answer:
                    return [(row["id"], row["author"]) for row in json.load(answer)]

            with line_to(port, weather) as (line, address):
                yield line, kind(play, folder, address, ""), "", [], stored
            server.terminate()

    return opened


def compare(
    contestant: Contestant, folder: Path, play: Playwright, seed: int, entries: int
) -> tuple[object, ...]:
    """Keep the entries; return a row of the table."""
    random = Random(seed)
    with contestant.open(folder, play, Random(seed + 1)) as (line, tablet, citizen, signs, stored):
        line.delivers = contestant.delivers
        begun = time.monotonic()
        for burst in range(entries // BURST):
            if burst and burst % KILLS == 0:
                tablet.kill()
                tablet.switch_on(0)
            if burst % SWITCHES == 0 or burst % KILLS == 0:
                line.share = 0.0
                tablet.open_as(random.choice((ANNA, BO)), citizen)
            # Whoever leaves has no network any more; it comes back under the next one's hands.
            is_leaving = (burst + 1) % SWITCHES == 0
            line.share = 1.0 if is_leaving else SHARE
            line.faults = ("drop",) if is_leaving else FAULTS_HERE
            tablet.keep_many(BURST, signs)
            tablet.try_to_send()
        line.share = 0.0
        until = time.monotonic() + EMPTY_WITHIN
        while (left := len(tablet.left())) and time.monotonic() < until:
            tablet.try_to_send()
            tablet.page.wait_for_timeout(500)
        seconds = time.monotonic() - begun
        rows = [row for row in stored() if row[0] in tablet.made]
        tablet.close()
    times = Counter(id for id, _ in rows)
    wrong = {id for id, author in rows if tablet.made.get(id, author) != author}
    twice = [id for id, often in times.items() if often > 1]
    lost = tablet.kept - times.keys()
    return (
        contestant.title,
        len(tablet.kept),
        len(lost),
        len(twice),
        len(wrong),
        left,
        f"{seconds:.0f}",
    )


def install(folder: Path) -> Path:
    """Install the other two, each file of theirs as the lock file says; return where."""
    modules = folder / "others"
    shutil.copytree(OTHERS, modules)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    subprocess.run(command, cwd=modules, check=True, capture_output=True)
    return modules


def main(words: list[str]) -> None:
    """Compare all three, and print the table."""
    seed, entries = (
        int(words[at]) if len(words) > at else usual for at, usual in ((0, 7), (1, 1000))
    )
    say(f"seed {seed}, {entries} entries each")
    rows = []
    with tempfile.TemporaryDirectory(prefix="smaategn-compare-") as name, sync_playwright() as play:
        modules = install(Path(name))
        for place, contestant in enumerate(
            (
                Contestant("Småtegn", ("/sync/", "/signs/"), ours),
                Contestant("PouchDB", ("/db/",), another(PouchTablet, modules)),
                Contestant("Workbox", ("/taps",), another(WorkboxTablet, modules)),
            )
        ):
            folder = Path(name) / str(place)
            folder.mkdir()
            rows.append(compare(contestant, folder, play, seed, entries))
            say(f"{rows[-1]}")
    show(
        f"{SHARE:.0%} of all deliveries go wrong",
        ("what", "kept", "lost", "stored twice", "under another name", "left", "s"),
        rows,
    )


if __name__ == "__main__":
    main(sys.argv[1:])
