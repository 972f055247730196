"""A server that dies in the middle of storing, again and again: what it answered for is there."""

import json
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from random import Random
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import NullPool, create_engine, select
from sqlalchemy.orm import Session

from tests.bench.sync import JSON, ask_for_grant
from tests.bench.tablets import HttpLine, Tablet
from tests.chaos.house import House
from tests.personas import ANNA
from tests.sync.tablet import Pen, batch
from webapp.adapters import clock
from webapp.models import AuditEvent, Observation, SyncReceipt
from webapp.services import audit_chain

EACH: Final = 25
"""Entries in a batch."""

LATEST: Final = 4
"""Its power is taken within so many batches' time, on whatever machine."""


@dataclass
class Deaths:
    """What became of it. Every number but the first three should be 0.

    Attributes:
        times: How often the server was killed.
        answered: Entries it answered for.
        cut_off: Batches under way when it was killed.
        lost: Answered for and not stored, or stored without the log having heard of it.
        duplicated: Stored or told more than once.
        half_stored: A receipt without its row, or a row without its receipt.
        breaks: Where the audit log is not as it was written.
    """

    times: int = 0
    answered: int = 0
    cut_off: int = 0
    lost: set[UUID] = field(default_factory=set)
    duplicated: set[UUID] = field(default_factory=set)
    half_stored: set[UUID] = field(default_factory=set)
    breaks: int = 0

    @property
    def holds(self) -> bool:
        """Whether nothing that was answered for is lost, and nothing is there twice or by half."""
        return not (self.lost or self.duplicated or self.half_stored or self.breaks)

    def __str__(self) -> str:
        """Say it in a line."""
        return (
            f"killed {self.times} times, {self.cut_off} batches cut off, "
            f"{self.answered} entries answered for, {len(self.lost)} lost, "
            f"{len(self.duplicated)} duplicated, {len(self.half_stored)} half stored, "
            f"{self.breaks} breaks in the log"
        )


def kill_often(folder: Path, seed: int, times: int) -> Deaths:
    """Deliver without end while the server is killed so many times; return what is stored of it."""
    random = Random(seed)
    house = House(folder)
    deaths = Deaths()
    try:
        with HttpLine(house.port) as line:
            tablet = Tablet(line).sign_in(ANNA.email)
            [sofie] = [path for path, name in tablet.citizens_on().items() if name == "Sofie"]
            signs = [UUID(path.split("/")[2]) for path in tablet.signs_on(sofie)]
            courier = _Courier(ask_for_grant(tablet), signs)
        begun = time.monotonic()
        courier.deliver_one(house.port)
        batch_takes = time.monotonic() - begun
        with ThreadPoolExecutor(1) as hands:
            for _ in range(times):
                sending = hands.submit(courier.deliver, house.port)
                # Somewhere in the middle: before, in and after a commit.
                wait([sending], random.uniform(0.01, LATEST * batch_takes))
                house.kill()
                sending.result()
                house.start()
        courier.deliver_one(house.port)
    finally:
        house.stop()
    deaths.times, deaths.answered, deaths.cut_off = times, len(courier.answered), courier.cut_off
    _compare(house, courier.answered, deaths)
    return deaths


class _Courier:
    """Makes batches and sends each until it is answered.

    Attributes:
        answered: Entries that the server said are stored.
        cut_off: How many batches got no answer.
    """

    def __init__(self, pen: Pen, signs: Sequence[UUID]) -> None:
        self._pen, self._signs = pen, signs
        self._waiting: list[str] = []
        self.answered: set[UUID] = set()
        self.cut_off = 0

    def deliver(self, port: int) -> None:
        """Send one batch after the other until nobody answers any more."""
        with suppress(OSError, HTTPException), HttpLine(port) as line:
            while True:
                self._send(line)

    def deliver_one(self, port: int) -> None:
        """Send what the last death cut off, or else one batch."""
        with HttpLine(port) as line:
            self._send(line)

    def _send(self, line: HttpLine) -> None:
        self._waiting = self._waiting or [self._tap() for _ in range(EACH)]
        body = json.dumps(batch(*self._waiting, pens=[self._pen])).encode()
        self.cut_off += 1
        answer = json.loads(line.ask("POST", "/sync/batch", body, JSON).text)
        self.cut_off -= 1
        done = [UUID(each["id"]) for each in answer["results"] if each["status"] in _DONE]
        assert len(done) == EACH, answer
        self.answered.update(done)
        self._waiting = []

    def _tap(self) -> str:
        sign = self._signs[self._pen.next_seq % len(self._signs)]
        return self._pen.tap(sign, id=uuid4(), at=clock.now())


_DONE: Final = ("stored", "already", "review")


def _compare(house: House, answered: set[UUID], deaths: Deaths) -> None:
    with Session(create_engine(f"sqlite:///{house.database}", poolclass=NullPool)) as session:
        receipts = session.scalars(select(SyncReceipt.id)).all()
        stored = set(session.scalars(select(Observation.id)))
        told = session.scalars(
            select(AuditEvent.object_id)
            .where(AuditEvent.action == "observation.create")
            .where(AuditEvent.object_id.in_(select(SyncReceipt.id)))
        ).all()
        deaths.breaks = len(list(audit_chain.breaks(session, {})))
    deaths.lost = answered - (stored & set(told))
    seen = (Counter(receipts), Counter(told))
    deaths.duplicated = {id for counts in seen for id, often in counts.items() if id and often > 1}
    deaths.half_stored = set(receipts) ^ (stored & set(told))
