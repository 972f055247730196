"""How tests tap, correct and read back."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from webapp.models import AuditEvent, Base, Goal, Observation, Sign

HTMX = {"HX-Request": "true"}


def tap(
    client: FlaskClient, sign: Sign, *, id: UUID | str | None = None, htmx: bool = True, **more: str
) -> TestResponse:
    """Tap a sign, as the button does; further fields win."""
    data = {"new_id": str(uuid4() if id is None else id), "outcome": "seen", **more}
    url = f"/signs/{sign.id}/observations"
    return client.post(url, data=data, headers=HTMX if htmx else {})


def tap_goal(
    client: FlaskClient, goal: Goal, *, id: UUID | str | None = None, htmx: bool = True, **more: str
) -> TestResponse:
    """Say something of the whole goal, as "Ikke set i dag" does; further fields win."""
    data = {"new_id": str(uuid4() if id is None else id), "outcome": "not_seen", **more}
    url = f"/goals/{goal.id}/observations"
    return client.post(url, data=data, headers=HTMX if htmx else {})


def correct(
    client: FlaskClient, observation_id: UUID, *, htmx: bool = True, **fields: str
) -> TestResponse:
    """Send a correction of an observation."""
    data = {"new_id": str(uuid4()), **fields}
    url = f"/observations/{observation_id}/corrections"
    return client.post(url, data=data, headers=HTMX if htmx else {})


def undo(client: FlaskClient, observation_id: UUID, *, htmx: bool = True) -> TestResponse:
    """Press Fortryd."""
    url = f"/observations/{observation_id}/withdrawal"
    return client.post(url, headers=HTMX if htmx else {})


def count(session: Session, model: type[Base]) -> int:
    """Return how many rows a table has."""
    return session.scalar(select(func.count()).select_from(model)) or 0


def come_a_moment_too_soon(monkeypatch: pytest.MonkeyPatch, model: type[Base]) -> None:
    """Let the next look for such a row find nothing, as when another thread stores it just then."""
    found = Session.get
    looks: list[object] = []

    def get(self: Session, entity: type[Any], ident: object, **more: Any) -> object:
        if entity is model and not looks:
            looks.append(ident)
            return None
        return found(self, entity, ident, **more)

    monkeypatch.setattr(Session, "get", get)


def only(session: Session) -> Observation:
    """Return the only observation there is."""
    return session.scalars(select(Observation)).one()


def actions(session: Session) -> list[str]:
    """Return what was audited, oldest first; where the clock stands still, as it was committed."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    committed = text("rowid" if is_sqlite else "xmin::text::bigint")
    return list(session.scalars(select(AuditEvent.action).order_by(AuditEvent.at, committed)))


def words(response: TestResponse) -> str:
    """Return the answer's text with all white space folded."""
    return " ".join(response.text.split())
