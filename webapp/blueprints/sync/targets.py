"""What the entries of a batch are about, found in one query for each table."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from sqlalchemy.orm import Session

from webapp.models import Base, Staff
from webapp.outbox import Kind
from webapp.services.reach import of_home
from webapp.services.records import find_record, find_records


class Targets:
    """The records that entries name, each in the home of its author."""

    def __init__(self, session: Session, named: Iterable[tuple[Kind, UUID, Staff]]) -> None:
        """Find what is named. What comes in entries too is left out: it may come with these."""
        self._session = session
        self._found: dict[tuple[type[Base], UUID, UUID], Base] = {}
        asked: dict[tuple[type[Base], UUID], set[UUID]] = defaultdict(set)
        of: dict[UUID, Staff] = {}
        for kind, id, author in named:
            if not kind.target_may_come:
                asked[kind.target, author.home_id].add(id)
                of[author.home_id] = author
        for (model, home_id), ids in asked.items():
            for id, record in find_records(session, model, ids, of_home(of[home_id])).items():
                self._found[model, home_id, id] = record

    def find(self, kind: Kind, id: UUID, author: Staff) -> Base | None:
        """Return what an entry is about; None when the author's home has none such."""
        if kind.target_may_come:
            return find_record(self._session, kind.target, id, of_home(author))
        return self._found.get((kind.target, author.home_id, id))
