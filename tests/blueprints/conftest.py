"""The house rules about storing, watched in every request of every test in this folder.

One commit at the most. What is written is told in exactly one audit event, stored with it. A batch
of a tablet does what many people did: there it is one event for each, and still one commit.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask, has_request_context
from sqlalchemy import Engine, event

from webapp.audit_words import ACTIONS
from webapp.db import db
from webapp.models import AuditEvent

_WRITE = re.compile(r"\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE)

_SEEN = re.compile(
    r"\s*UPDATE (?:staff_sessions|devices) "
    r"SET (?:(?:token_hash_before|seen_at|app_version|waiting)=[^,=]+(?:, )?)+ ?WHERE"
)
"""That somebody was there is no act of theirs; it is noted beside what they do."""

_BATCH = "POST /sync/batch"
_NOTED = {"devices", "sign_in_throttles", "sync_epochs", "sync_grants", "sync_receipts"}
_NOTED |= {"media_uploads", "pictures"}
"""What a batch leaves although nothing in it was done: what a tablet says of itself and expects."""

_MEDIA = " /sync/media"
_ON_THE_WAY = {"media_parts", "media_uploads"}
"""What is noted of a file that is on its way; the picture it becomes is told."""


@dataclass
class Entry:
    """What one request stored.

    Attributes:
        asked: Method and address.
        commits: How often something was made to last.
        kept: The table of each statement that was made to last.
        pending: The same, while it is not yet.
        savepoints: How long `pending` was when each open savepoint began.
    """

    asked: str
    commits: int = 0
    kept: list[str] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    savepoints: list[int] = field(default_factory=list)

    @property
    def events(self) -> int:
        """How many audit events were kept."""
        return self.kept.count("audit_events")

    @property
    def written(self) -> set[str]:
        """The other tables that were written; a draft is the writer's own and nobody's record."""
        return set(self.kept) - {"audit_events", "audit_links", "drafts"}

    def check(self) -> None:
        """Refuse a request that broke a rule."""
        assert self.commits <= 1, f"{self.asked} committed {self.commits} times"
        most = self.kept.count("sync_receipts") if self.asked == _BATCH else 1
        # Two entries may name one file; each of their pictures is told.
        most = max(most, self.kept.count("pictures")) if _MEDIA in self.asked else most
        assert self.events <= most, f"{self.asked} kept {self.events} audit events"
        noted = _NOTED if self.asked == _BATCH else set()
        noted |= _ON_THE_WAY if _MEDIA in self.asked else set()
        assert self.events or not self.written - noted, (
            f"{self.asked} wrote {self.written} unaudited"
        )
        assert self.kept.count("audit_links") == self.events, f"{self.asked} sealed otherwise"


class Ledger:
    """What the requests of one test stored, in order."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self._open: Entry | None = None

    @property
    def last(self) -> Entry:
        """The newest request."""
        return self.entries[-1]

    @contextmanager
    def entry(self, asked: str) -> Iterator[Entry]:
        """Write down what is stored until the end of the block."""
        self._open = Entry(asked)
        self.entries.append(self._open)
        try:
            yield self._open
        finally:
            self._open = None

    def wrote(
        self, _connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any
    ) -> None:
        """Note a statement, once for each row it adds."""
        if self._open and (found := _WRITE.match(statement)) and not _SEEN.match(statement):
            in_turn = len(parameters) if isinstance(parameters, list) else 1
            together = 1 + statement.partition("VALUES")[2].count("), (")
            self._open.pending += [found[1]] * max(in_turn, together)

    def committed(self, _connection: Any) -> None:
        """Note that it lasts."""
        if self._open:
            self._open.commits += 1
            self._open.kept += self._open.pending
            self._open.pending.clear()

    def rolled_back(self, _connection: Any) -> None:
        """Note that it does not."""
        if self._open:
            self._open.pending.clear()

    def began_part(self, _connection: Any, _name: str) -> None:
        """Note where a savepoint begins."""
        if self._open:
            self._open.savepoints.append(len(self._open.pending))

    def kept_part(self, _connection: Any, _name: str, _context: Any) -> None:
        """Note that a savepoint went well."""
        if self._open:
            self._open.savepoints.pop()

    def rolled_back_part(self, _connection: Any, _name: str, _context: Any) -> None:
        """Note that a savepoint was undone."""
        if self._open:
            del self._open.pending[self._open.savepoints.pop() :]


def has_words(_mapper: Any, _connection: Any, told: AuditEvent) -> None:
    """Refuse an action that the log would show as a code."""
    is_asked = has_request_context()
    assert told.action in ACTIONS or not is_asked, (
        f"{told.action} has no words in webapp/audit_words.py"
    )


@contextmanager
def listening(engine: Engine, ledger: Ledger) -> Iterator[None]:
    """Let the ledger hear of every statement."""
    heard: dict[str, Callable[..., None]] = {
        "before_cursor_execute": ledger.wrote,
        "commit": ledger.committed,
        "rollback": ledger.rolled_back,
        "savepoint": ledger.began_part,
        "release_savepoint": ledger.kept_part,
        "rollback_savepoint": ledger.rolled_back_part,
    }
    for name, listener in heard.items():
        event.listen(engine, name, listener)
    yield
    for name, listener in heard.items():
        event.remove(engine, name, listener)


@pytest.fixture(autouse=True)
def ledger(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    """Watch every request; a broken rule fails the test where the request was sent."""
    kept = Ledger()
    answer = app.wsgi_app

    def watched(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        with kept.entry(f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}") as entry:
            body = answer(environ, start_response)
        entry.check()
        return body

    monkeypatch.setattr(app, "wsgi_app", watched)
    with app.app_context():
        engine = db.engine
    event.listen(AuditEvent, "before_insert", has_words)
    with listening(engine, kept):
        yield kept
    event.remove(AuditEvent, "before_insert", has_words)
