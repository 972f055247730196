"""Many tablets that tap at once, some taps sent again on purpose, and the count afterwards."""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPException
from itertools import count
from random import Random
from uuid import UUID, uuid4

from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import Session

from tests.bench.homes import BenchHome
from tests.bench.tables import Broken
from tests.bench.tablets import HttpLine, Tablet
from webapp.models import AuditEvent, Observation, Staff

RESENT = 0.05
"""Share of taps that are sent once more after their answer, as when it was lost on the way."""

DOUBLED = 0.02
"""Share of taps that two connections send at the same moment."""

LONGEST = 300
"""Seconds after which tapping stops, finished or not."""


@dataclass
class Log:
    """What one tablet sent and how it went.

    Attributes:
        accepted: Each id the server said yes to: where it was tapped, and by whom.
        times: Milliseconds of each post, repeats included.
        errors: What was answered, or raised, instead of yes.
    """

    accepted: dict[UUID, tuple[str, str]] = field(default_factory=dict)
    times: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Load:
    """What all tablets sent together, and the seconds it took."""

    logs: Sequence[Log]
    seconds: float

    @property
    def times(self) -> list[float]:
        """Milliseconds of every post."""
        return [ms for log in self.logs for ms in log.times]

    @property
    def errors(self) -> list[str]:
        """Every post that was not accepted."""
        return [error for log in self.logs for error in log.errors]

    @property
    def accepted(self) -> dict[UUID, tuple[str, str]]:
        """Every id that was accepted."""
        return {id: where for log in self.logs for id, where in log.accepted.items()}


class Person:
    """Someone with a tablet: signed in over the network, on a page with signs to tap."""

    def __init__(self, port: int, email: str) -> None:
        self.email = email
        self.line, self.second_line = HttpLine(port), HttpLine(port)
        self.tablet = Tablet(self.line).sign_in(email)
        board = self.tablet.boards()
        pages = [page for path in board for page in self.tablet.citizens_on(path)]
        self.signs = [sign for page in pages for sign in self.tablet.signs_on(page)]
        self.twin = self.tablet.beside(self.second_line)

    def tap_until(self, done: Callable[[int], bool], log: Log, seed: int) -> None:
        """Tap one sign after the other; some taps again, some twice at the same moment."""
        chance = Random(f"{seed}/{self.email}")
        with ThreadPoolExecutor(1) as second_hand:
            for number in count():
                if done(number):
                    return
                sign, id, luck = chance.choice(self.signs), uuid4(), chance.random()
                if luck < DOUBLED:
                    both = threading.Barrier(2, timeout=LONGEST)
                    other = second_hand.submit(self._send, self.twin, sign, id, log, both)
                    self._send(self.tablet, sign, id, log, both)
                    other.result()
                    continue
                self._send(self.tablet, sign, id, log)
                if luck < DOUBLED + RESENT:
                    self._send(self.tablet, sign, id, log)

    def _send(
        self,
        tablet: Tablet,
        sign: str,
        id: UUID,
        log: Log,
        together: threading.Barrier | None = None,
    ) -> None:
        if together:
            together.wait()
        begun = time.perf_counter()
        try:
            answer = tablet.tap(sign, id)
        except (OSError, HTTPException) as error:
            log.errors.append(type(error).__name__)
            return
        log.times.append((time.perf_counter() - begun) * 1000)
        if answer.status == HTTPStatus.OK:
            log.accepted[id] = (sign, self.email)
        else:
            log.errors.append(str(answer.status))

    def close(self) -> None:
        """Hang up."""
        self.line.close()
        self.second_line.close()


def tap_together(people: Sequence[Person], done: Callable[[int], bool], *, seed: int) -> Load:
    """Let all tap at once until `done` says so; it is asked with the number of taps of each."""
    logs = [Log() for _ in people]
    deadline = time.monotonic() + LONGEST

    def until(number: int) -> bool:
        return done(number) or time.monotonic() > deadline

    begun = time.perf_counter()
    with ThreadPoolExecutor(len(people)) as pool:
        running = [
            pool.submit(person.tap_until, until, log, seed)
            for person, log in zip(people, logs, strict=True)
        ]
        for each in running:
            each.result()
    return Load(logs, time.perf_counter() - begun)


def check_stored(home: BenchHome, loads: Sequence[Load]) -> str:
    """Return the words for a count that is right.

    Raises:
        Broken: A post failed, or an accepted id is missing, is someone else's, or was counted
            otherwise than once in the audit log.
    """
    if errors := [error for load in loads for error in load.errors]:
        raise Broken(f"{len(errors)} posts were not accepted: {sorted(set(errors))}")
    accepted = {id: where for load in loads for id, where in load.accepted.items()}
    engine = create_engine(home.url)
    try:
        with Session(engine) as session:
            stored = {
                row.id: (f"/signs/{row.sign_id}/observations", row.email)
                for row in session.execute(
                    select(Observation.id, Observation.sign_id, Staff.email).join(
                        Observation.author
                    )
                )
            }
            audited = dict(
                session.execute(
                    select(AuditEvent.object_id, func.count())
                    .where(AuditEvent.action == "observation.create")
                    .group_by(AuditEvent.object_id)
                )
                .tuples()
                .all()
            )
    finally:
        engine.dispose()
    wrong = sum(stored.get(id) != where for id, where in accepted.items())
    if wrong:
        raise Broken(f"{wrong} accepted taps are not stored as they were sent")
    if any(audited.get(id) != 1 for id in accepted) or len(audited) != len(accepted):
        raise Broken("The audit log does not name every accepted tap exactly once")
    return f"{len(accepted):,} accepted, each stored once and audited once"
