"""A showing: the citizen was shown an instruction, which is noted once and counted."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.bench.queries import recorded
from tests.blueprints.tapping import actions, count, words
from tests.factories import NOW, World
from tests.sync.tablet import ask_for_grant, deliver, statuses
from webapp.db import db
from webapp.models import InstructionShowing, Intervention, InterventionStatus, Staff, Step


@pytest.fixture
def brushing(session: Session, world: World) -> Intervention:
    """How Sofie brushes her teeth, in steps."""
    found = session.scalars(
        select(Intervention).where(Intervention.goal_id == world.teeth.id)
    ).one()
    texts = ("Tag tandbørsten", "Kom tandpasta på")
    found.steps = [Step(text=text, rank=rank) for rank, text in enumerate(texts, 1)]
    session.commit()
    return found


def show(client: FlaskClient, brushing: Intervention, id: UUID | str = "") -> TestResponse:
    url = f"/interventions/{brushing.id}/showings"
    return client.post(url, data={"new_id": str(id or uuid4())})


def add(session: Session, brushing: Intervention, author: Staff, at: datetime) -> None:
    session.add(
        InstructionShowing(
            intervention_id=brushing.id, author_id=author.id, happened_at=at, received_at=at
        )
    )
    session.commit()


def test_a_showing_is_stored_once_with_name_and_time_and_told_on_the_day(
    anna: FlaskClient, world: World, brushing: Intervention, session: Session
) -> None:
    id = uuid4()

    answers = [show(anna, brushing, id).status_code for _ in range(2)]

    assert answers == [303, 303]
    [stored] = session.scalars(select(InstructionShowing))
    assert (stored.id, stored.intervention_id, stored.author_id) == (id, brushing.id, world.anna.id)
    assert (stored.happened_at, stored.received_at, stored.tapped_at) == (NOW, NOW, None)
    assert actions(session)[0] == "instruction.show"
    assert "Senest vist 21. november 19.30" in words(anna.get(f"/citizens/{world.sofie.id}"))


def test_another_ones_id_is_refused_and_one_that_is_none_is_told(
    anna: FlaskClient, bo: FlaskClient, brushing: Intervention, session: Session
) -> None:
    id = uuid4()
    show(anna, brushing, id)

    assert show(bo, brushing, id).status_code == 409
    assert show(bo, brushing, "12").status_code == 422
    assert count(session, InstructionShowing) == 1


def test_where_it_is_made_one_reads_how_often_it_was_shown_lately(
    anna: FlaskClient, world: World, brushing: Intervention, session: Session
) -> None:
    address = f"/interventions/{brushing.id}/instruction"
    add(session, brushing, world.bo, NOW - timedelta(days=31))
    assert "de seneste 30 dage" not in words(anna.get(address))

    add(session, brushing, world.bo, NOW - timedelta(days=2))
    assert "Vist 1 gang de seneste 30 dage: 19. november 19.30" in words(anna.get(address))

    add(session, brushing, world.anna, NOW - timedelta(days=1))
    told = "Vist 2 gange de seneste 30 dage, senest 20. november 19.30"
    assert told in words(anna.get(address))


@pytest.mark.parametrize("history", [1, 60])
def test_the_day_asks_as_many_queries_however_often_it_was_shown(
    anna: FlaskClient, world: World, brushing: Intervention, session: Session, history: int
) -> None:
    def look() -> int:
        with recorded(db.engine) as asked:
            assert anna.get(f"/citizens/{world.sofie.id}").status_code == 200
        return len(asked)

    look()  # The first entry of a log asks once more than every other.
    never = look()
    for hours in range(history):
        add(session, brushing, world.bo, NOW - timedelta(hours=hours))

    assert look() == never


def test_what_a_tablet_kept_arrives_at_its_time_whatever_became_of_the_intervention_meanwhile(
    client: FlaskClient,
    anna: FlaskClient,
    world: World,
    brushing: Intervention,
    session: Session,
    set_clock: Callable[[datetime], None],
) -> None:
    pen, id = ask_for_grant(anna), uuid4()
    entry = pen.entry("instruction.show", brushing.id, [("new_id", str(id))], id=id)
    brushing.status = InterventionStatus.PAUSED
    world.teeth.closed_at = NOW
    session.commit()
    later = NOW + timedelta(hours=5)
    set_clock(later)

    answers = [statuses(deliver(client, entry, pens=[pen])) for _ in range(2)]

    assert answers == [["stored"], ["already"]]
    stored = session.get_one(InstructionShowing, id)
    assert (stored.happened_at, stored.received_at, stored.tapped_at) == (NOW, later, NOW)
