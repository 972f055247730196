"""A long evening, drawn from a seed: taps, kills, bad lines, other hands; then what is stored."""

import threading
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final
from uuid import UUID

from playwright.sync_api import sync_playwright
from sqlalchemy import NullPool, create_engine, select
from sqlalchemy.orm import Session

from tests.chaos.house import House
from tests.chaos.line import Line, line_to
from tests.chaos.tablet import Tablet
from tests.factories import add_device
from tests.personas import ANNA, BO
from webapp.adapters import clock
from webapp.models import (
    AuditEvent,
    Citizen,
    Department,
    Goal,
    Measure,
    Observation,
    Plan,
    Sign,
    Staff,
    SyncReceipt,
)
from webapp.services import sync_receipts

DAY: Final = 24 * 3600 * 1000
CLOCKS: Final = (0, 0, 0, 8 * DAY, -8 * DAY)
"""How far ahead a tablet's clock is after it was switched on, in ms."""

SHARES: Final = (0.0, 0.3, 0.6, 0.9)
"""How many deliveries a kind of weather spoils."""

EMPTY_WITHIN: Final = 120
"""Turns of a whole line after which an outbox that is not empty is stuck."""

STEPS: Final = {
    "keep": 50,
    "tap": 20,
    "weather": 20,
    "switch": 8,
    "reload": 6,
    "kill the server": 3,
    "kill the browser": 3,
    "change the release": 2,
    "fill the disk": 3,
    "back up": 3,
    "restore": 2,
}
"""What happens next, and how often beside the rest."""


@dataclass
class Report:
    """What an evening came to. Every number but the first two should be 0.

    Attributes:
        tapped: Entries that the tablet said were kept.
        by_finger: How many of them were tapped on the page's own forms.
        lost: Not stored, or stored without the log having heard of it.
        stuck: Still on the tablet, with the reason.
        met: What happened, and how often.
    """

    tapped: int = 0
    by_finger: int = 0
    lost: set[str] = field(default_factory=set)
    duplicated: set[str] = field(default_factory=set)
    misattributed: set[str] = field(default_factory=set)
    stuck: list[dict[str, str]] = field(default_factory=list)
    met: Counter[str] = field(default_factory=Counter)

    @property
    def holds(self) -> bool:
        """Whether tapped = stored, per author, once."""
        return not (self.lost or self.duplicated or self.misattributed or self.stuck)

    def __str__(self) -> str:
        """Say it in a line."""
        return (
            f"{self.tapped} entries tapped ({self.by_finger} by finger), {len(self.lost)} lost, "
            f"{len(self.duplicated)} duplicated, {len(self.misattributed)} misattributed, "
            f"{len(self.stuck)} left on the tablet"
        )


def walk(folder: Path, seed: int, entries: int, ends: threading.Event | None = None) -> Report:
    """Live through an evening of so many entries; return what is stored of it.

    Args:
        folder: Empty; everything is kept there.
        seed: What happens is drawn from it.
        entries: How many are kept.
        ends: Set by whoever has no time left and still wants to hear what it came to.
    """
    random = Random(seed)
    house = House(folder)
    try:
        citizen, signs, secret = prepare(house)
        with line_to(house.port, Random(seed + 1)) as (line, address), sync_playwright() as play:
            tablet = Tablet(play, folder, address, secret)
            evening = _Evening(random, house, line, tablet, citizen, signs)
            evening.live(entries, ends or threading.Event())
            report = evening.report()
            tablet.close()
        return report
    finally:
        house.stop()


class _Evening:
    def __init__(
        self,
        random: Random,
        house: House,
        line: Line,
        tablet: Tablet,
        citizen: str,
        signs: list[str],
    ) -> None:
        self._random, self._house, self._line, self._tablet = random, house, line, tablet
        self._citizen, self._signs = citizen, signs
        self._met: Counter[str] = Counter()
        self._take_over()
        # A backup from before the first grant knows none of the keys that opens what tablets keep.
        self._house.back_up()

    def live(self, entries: int, ends: threading.Event) -> None:
        """Draw one step after the other until so many entries were kept."""
        while len(self._tablet.kept) < entries and not ends.is_set():
            [step] = self._random.choices([*STEPS], weights=[*STEPS.values()])
            self._met[step] += 1
            match step:
                case "keep":
                    count = self._random.randint(1, 40)
                    left = entries - len(self._tablet.kept)
                    self._tablet.keep_many(min(count, left), self._signs)
                    self._tablet.try_to_send()
                case "tap":
                    for _ in range(self._random.randint(1, 4)):
                        self._tablet.tap(self._random.randrange(100))
                case "weather":
                    self._line.share = self._random.choice(SHARES)
                    self._line.is_down = self._random.random() < 0.2
                case "switch":
                    self._take_over()
                case "reload":
                    self._heal()
                    self._tablet.reload()
                    # After a restore nobody is signed in.
                    if self._tablet.is_locked:
                        self._tablet.open_as(self._person, self._citizen)
                case "kill the server":
                    self._house.kill()
                case "kill the browser":
                    self._tablet.kill()
                    self._tablet.switch_on(self._random.choice(CLOCKS))
                    self._take_over()
                case "change the release":
                    self._house.change_release()
                case "fill the disk":
                    self._house.fill_disk()
                case "back up":
                    self._house.clear_disk()
                    self._house.back_up()
                case "restore":
                    self._house.restore()

    def _heal(self) -> None:
        """Let pages through, for none of this is about pages without network."""
        self._house.clear_disk()
        self._house.start()
        self._line.backend = self._house.port
        self._line.is_down, self._line.share = False, 0.0

    def _take_over(self) -> None:
        self._heal()
        self._person = self._random.choice((ANNA, BO))
        self._tablet.open_as(self._person, self._citizen)

    def report(self) -> Report:
        """Let the line be whole until nothing is left, and compare."""
        self._heal()
        tablet = self._tablet
        for _ in range(EMPTY_WITHIN):
            if not tablet.left():
                break
            tablet.try_to_send()
            tablet.page.wait_for_timeout(500)
        report = Report(
            len(tablet.kept),
            len(tablet.kept & tablet.tapped),
            stuck=tablet.left(),
            met=self._met
            + self._line.met
            + Counter({"pages opened once more": tablet.times_begun_again}),
        )
        self._compare(report)
        return report

    def _compare(self, report: Report) -> None:
        made = self._tablet.made
        with reading(self._house) as session:
            by_id = {
                str(id): str(author)
                for id, author in session.execute(select(Observation.id, Observation.author_id))
            }
            audited = Counter(
                session.scalars(
                    select(AuditEvent.object_id).where(AuditEvent.action == "observation.create")
                )
            )
            done = session.scalars(
                select(SyncReceipt.id).where(SyncReceipt.status.in_(sync_receipts.DONE))
            )
            half_stored = {str(id) for id in done} - by_id.keys()
        report.lost = {id for id in self._tablet.kept if id not in by_id}
        report.misattributed = {
            id for id, author in made.items() if by_id.get(id, author) != author
        }
        report.duplicated = {id for id in by_id if id in made and audited[UUID(id)] != 1}
        report.lost |= half_stored


def prepare(house: House) -> tuple[str, list[str], str]:
    """Put up a tablet; return Sofie, her signs of one tap, and the tablet's secret."""
    with reading(house) as session:
        place = session.scalars(select(Department).where(Department.name == "Søndermarken")).one()
        ditte = session.scalars(select(Staff).where(Staff.first_name == "Ditte")).one()
        device, secret = add_device(session, place, ditte, "Stuen")
        # Else its secret is exchanged at the first PIN, and a browser that is killed at once knows
        # neither; a backup from before knows the old one only.
        device.token_made_at = clock.now()
        sofie = session.scalars(select(Citizen).where(Citizen.first_name == "Sofie")).one()
        signs = session.scalars(
            select(Sign.id)
            .join(Sign.goal)
            .join(Goal.plan)
            .where(Plan.citizen_id == sofie.id, Sign.measure == Measure.SEEN)
            .where(Sign.archived_at.is_(None))
        ).all()
        session.commit()
        return str(sofie.id), [str(id) for id in signs], secret


def reading(house: House) -> Session:
    return Session(create_engine(f"sqlite:///{house.database}", poolclass=NullPool))
