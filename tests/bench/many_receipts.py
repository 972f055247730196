"""One tablet that has delivered 100,000 entries: what a batch costs then."""

from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import create_engine, insert
from sqlalchemy.orm import Session

from tests.bench.homes import BenchHome
from webapp.adapters import clock
from webapp.models import Observation, Outcome, ReceiptStatus, Sign, SyncGrant, SyncReceipt

AT_ONCE = 5_000


def add_receipts(home: BenchHome, grant_id: UUID, sign_id: UUID, count: int, first: int) -> None:
    """Add entries of one grant as they lie when stored: one a minute, until yesterday."""
    engine = create_engine(home.url)
    until = clock.now() - timedelta(days=1)
    with Session(engine) as session:
        grant, sign = session.get_one(SyncGrant, grant_id), session.get_one(Sign, sign_id)
        for begun in range(0, count, AT_ONCE):
            places = range(begun, min(count, begun + AT_ONCE))
            taps = [(place, uuid4(), until - timedelta(minutes=place)) for place in places]
            session.execute(
                insert(Observation),
                [
                    {
                        "id": id,
                        "goal_id": sign.goal_id,
                        "sign_id": sign.id,
                        "author_id": grant.staff_id,
                        "outcome": Outcome.SEEN,
                        "happened_at": at,
                        "received_at": at,
                        "tapped_at": at,
                    }
                    for _, id, at in taps
                ],
            )
            session.execute(
                insert(SyncReceipt),
                [
                    {
                        "id": id,
                        "sha256": f"{place:064x}",
                        "grant_id": grant.id,
                        "staff_id": grant.staff_id,
                        "seq": first + place,
                        "kind": "observation.create_for_sign",
                        "captured_at": at,
                        "happened_at": at,
                        "received_at": at,
                        "status": ReceiptStatus.STORED,
                        "object_id": id,
                    }
                    for place, id, at in taps
                ],
            )
        session.commit()
    engine.dispose()
