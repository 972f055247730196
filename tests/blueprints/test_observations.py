"""One tap: stored once, with time and name."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.factories import NOW, World, add_observation, add_sign
from webapp.models import AuditEvent, Observation, Outcome, Sign, SupportLevel, Withdrawal

HTMX = {"HX-Request": "true"}


def tap(sign: Sign, client: FlaskClient, *, id: UUID | None = None, **more: str) -> object:
    data = {"id": str(id or uuid4()), "outcome": "seen", **more}
    return client.post(f"/signs/{sign.id}/observations", data=data, headers=HTMX)


def test_one_tap_is_stored_with_time_and_name(
    anna: FlaskClient, world: World, session: Session
) -> None:
    id = uuid4()

    response = anna.post(
        f"/signs/{world.takes_brush.id}/observations",
        data={"id": str(id), "outcome": "seen"},
        headers=HTMX,
    )

    stored = session.get_one(Observation, id)
    assert (stored.sign_id, stored.author_id) == (world.takes_brush.id, world.anna.id)
    assert (stored.outcome, stored.happened_at, stored.received_at) == (Outcome.SEEN, NOW, NOW)
    assert "Set kl. 19.30" in " ".join(response.text.split())
    assert "Anna" in response.text
