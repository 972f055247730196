"""Udført: one tap says that an intervention was carried out; Fortryd takes it back for a moment."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.bench.queries import recorded
from tests.blueprints.tapping import HTMX, actions, count, words
from tests.factories import NOW, World, add_done
from webapp.db import db
from webapp.models import Goal, Intervention, InterventionDone, InterventionStatus, Withdrawal

Clock = Callable[[datetime], None]


@pytest.fixture
def brushing(session: Session, world: World) -> Intervention:
    """What helps Sofie brush her teeth."""
    return session.scalars(select(Intervention).where(Intervention.goal_id == world.teeth.id)).one()


def do(
    client: FlaskClient, intervention: Intervention, *, id: UUID | str = "", htmx: bool = True
) -> TestResponse:
    url = f"/interventions/{intervention.id}/done"
    return client.post(url, data={"new_id": str(id or uuid4())}, headers=HTMX if htmx else {})


def take_back(client: FlaskClient, id: UUID, *, htmx: bool = True) -> TestResponse:
    return client.post(f"/interventions/done/{id}/withdrawal", headers=HTMX if htmx else {})


def test_one_tap_is_stored_with_time_and_name_and_shown_on_the_goals_card(
    anna: FlaskClient, world: World, brushing: Intervention, session: Session
) -> None:
    response = do(anna, brushing)

    stored = session.scalars(select(InterventionDone)).one()
    assert (stored.intervention_id, stored.author_id) == (brushing.id, world.anna.id)
    assert (stored.happened_at, stored.received_at) == (NOW, NOW)
    assert words(response).startswith(f'<section class="card goal" id="goal-{world.teeth.id}"')
    assert "Udført kl. 19.30 · <bdi hx-ignore>Anna</bdi>" in words(response)
    assert "Fortryd" in response.text
    assert actions(session) == ["intervention.carry_out"]


def test_without_javascript_the_form_is_sent_back_to_the_day(
    anna: FlaskClient, world: World, brushing: Intervention
) -> None:
    response = do(anna, brushing, htmx=False)

    assert response.status_code == 303
    assert response.location == f"/citizens/{world.sofie.id}#goal-{world.teeth.id}"
    assert "Udført kl. 19.30" in words(anna.get(f"/citizens/{world.sofie.id}"))


def test_the_same_tap_twice_is_stored_once_and_another_ones_id_is_refused(
    anna: FlaskClient, bo: FlaskClient, brushing: Intervention, session: Session
) -> None:
    id = uuid4()

    answers = [do(anna, brushing, id=id).status_code for _ in range(2)]

    assert answers == [200, 200]
    assert do(bo, brushing, id=id).status_code == 409
    assert count(session, InterventionDone) == 1


def test_it_can_be_done_more_than_once_a_day(
    anna: FlaskClient, bo: FlaskClient, brushing: Intervention
) -> None:
    do(anna, brushing)

    card = do(bo, brushing)

    assert "<bdi hx-ignore>Bo</bdi> · 2 gange i dag" in words(card)


@pytest.mark.parametrize("id", ["x", "\x00", " "])
@pytest.mark.parametrize("htmx", [True, False])
def test_a_tap_without_an_id_is_refused_in_words(
    anna: FlaskClient, brushing: Intervention, session: Session, id: str, htmx: bool
) -> None:
    response = do(anna, brushing, id=id, htmx=htmx)

    assert response.status_code == 422
    assert "Hent den igen" in response.text
    assert count(session, InterventionDone) == 0


def test_fortryd_leaves_no_trace_and_a_resent_form_stays_undone(
    anna: FlaskClient, bo: FlaskClient, brushing: Intervention, session: Session, set_clock: Clock
) -> None:
    id = uuid4()
    do(anna, brushing, id=id)
    set_clock(NOW + timedelta(seconds=9))

    answers = [take_back(anna, id), take_back(anna, id), take_back(anna, id, htmx=False)]

    assert [answer.status_code for answer in answers] == [200, 200, 303]
    assert "Trykket er taget tilbage" in answers[1].text
    assert "Udført kl." not in words(answers[0])
    again = do(anna, brushing, id=id)
    assert "Trykket er taget tilbage" in again.text
    assert do(bo, brushing, id=id).status_code == 409
    assert (count(session, InterventionDone), count(session, Withdrawal)) == (0, 1)
    assert actions(session)[:2] == ["intervention.carry_out", "intervention.withdraw"]


@pytest.mark.parametrize("htmx", [True, False])
def test_after_the_seconds_it_stands_and_nobody_is_offered_to_take_it_back(
    anna: FlaskClient,
    world: World,
    brushing: Intervention,
    session: Session,
    set_clock: Clock,
    htmx: bool,
) -> None:
    id = uuid4()
    do(anna, brushing, id=id)
    set_clock(NOW + timedelta(seconds=16))

    response = take_back(anna, id, htmx=htmx)

    assert response.status_code == 409
    assert "bliver stående som udført" in response.text
    assert count(session, InterventionDone) == 1
    assert f"/interventions/done/{id}" not in anna.get(f"/citizens/{world.sofie.id}").text


def test_only_the_author_takes_back(
    anna: FlaskClient, bo: FlaskClient, world: World, brushing: Intervention, session: Session
) -> None:
    id = uuid4()
    do(anna, brushing, id=id)

    assert take_back(bo, id).status_code == 403
    assert f"/interventions/done/{id}" not in bo.get(f"/citizens/{world.sofie.id}").text
    assert count(session, InterventionDone) == 1


@pytest.mark.parametrize(
    ("status", "shown"),
    [
        (InterventionStatus.PLANNED, "Planlagt"),
        (InterventionStatus.PAUSED, "På pause"),
        (InterventionStatus.ENDED, None),
    ],
)
def test_only_what_is_running_is_offered_and_what_has_ended_is_not_shown(
    anna: FlaskClient,
    world: World,
    brushing: Intervention,
    session: Session,
    status: InterventionStatus,
    shown: str | None,
) -> None:
    brushing.status = status
    session.commit()

    page = anna.get(f"/citizens/{world.sofie.id}").text

    assert f"/interventions/{brushing.id}/done" not in page
    assert ("Tandbørstning om aftenen" in page) is (shown is not None)
    assert shown is None or shown in page
    response = do(anna, brushing)
    assert response.status_code == 409
    assert "ikke i gang lige nu" in response.text
    assert count(session, InterventionDone) == 0


@pytest.mark.parametrize("change", [{"closed_at": NOW}, {"activated_at": None}], ids=str)
def test_nothing_is_carried_out_for_a_goal_that_is_closed_or_a_draft(
    anna: FlaskClient,
    world: World,
    brushing: Intervention,
    session: Session,
    change: dict[str, object],
) -> None:
    for name, value in change.items():
        setattr(session.get_one(Goal, world.teeth.id), name, value)
    session.commit()

    assert do(anna, brushing).status_code == 409
    assert count(session, InterventionDone) == 0


def test_what_was_done_yesterday_is_not_todays(
    anna: FlaskClient, world: World, brushing: Intervention, session: Session
) -> None:
    add_done(session, brushing, world.anna, ago=timedelta(hours=20))
    session.commit()

    assert "Udført kl." not in words(anna.get(f"/citizens/{world.sofie.id}"))


def test_the_day_asks_as_many_queries_for_many_interventions_as_for_one(
    anna: FlaskClient, world: World, brushing: Intervention, session: Session
) -> None:
    def look() -> int:
        with recorded(db.engine) as asked:
            assert anna.get(f"/citizens/{world.sofie.id}").status_code == 200
        return len(asked)

    look()  # The first entry of a log asks once more than every other.
    once = look()
    for number in range(5):
        more = Intervention(goal_id=world.teeth.id, title=f"Tiltag {number}", rank=number + 2)
        session.add(more)
        session.flush()
        add_done(session, more, world.bo)
    session.commit()

    assert look() == once
