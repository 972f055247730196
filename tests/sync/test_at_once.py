"""The same entries in several batches at the same moment: stored once, each answered."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.factories import World
from tests.sync.tablet import ask_for_grant, deliver, statuses
from webapp.models import AuditEvent, Observation, SyncReceipt

TABS = 4


def test_b16_two_senders_at_once_store_every_entry_once(
    app: Flask, anna: FlaskClient, bo: FlaskClient, session: Session, world: World
) -> None:
    pens = [ask_for_grant(anna), ask_for_grant(bo)]
    taps = [pen.tap(world.takes_brush.id, id=uuid4()) for pen in pens for _ in range(5)]
    session.commit()

    def send(place: int) -> list[str]:
        in_order = taps if place % 2 else taps[::-1]
        told = pens if place % 2 else pens[::-1]
        return statuses(deliver(app.test_client(), *in_order, pens=told))

    with ThreadPoolExecutor(TABS) as pool:
        answers = list(pool.map(send, range(TABS)))

    assert sorted(one for answer in answers for one in answer) == sorted(
        ["stored"] * 10 + ["already"] * 10 * (TABS - 1)
    )
    counts = [session.scalar(select(func.count()).select_from(SyncReceipt))]
    counts += [session.scalar(select(func.count()).select_from(Observation))]
    created = AuditEvent.action == "observation.create"
    counts += [session.scalar(select(func.count()).select_from(AuditEvent).where(created))]
    assert counts == [10, 10, 10]
