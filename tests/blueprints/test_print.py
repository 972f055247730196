"""The plan on paper: who may print it, what stands on it, and that printing is logged."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.bench.queries import recorded
from tests.blueprints.tapping import actions, words
from tests.factories import NOW, World
from webapp.db import db
from webapp.models import Citizen, Goal, Intervention, InterventionStatus, Plan, Step


def paper(client: FlaskClient, world: World) -> str:
    """Return the words of Sofie's plan on paper."""
    response = client.get(f"/citizens/{world.sofie.id}/plan/print")
    assert response.status_code == 200
    return words(response)


def test_everyone_who_works_there_prints_and_it_is_logged_as_printing(
    bo: FlaskClient, world: World, session: Session
) -> None:
    page = paper(bo, world)

    assert "Sofie Holm" in page
    assert "Søndermarken" in page
    assert "Udskrevet 21. november 2026 kl. 19.30" in page
    assert "af <bdi hx-ignore>Bo Christensen</bdi>" in page
    assert actions(session) == ["plan.print"]


def test_the_parts_come_in_order_and_each_sign_has_a_box_for_every_day(
    anna: FlaskClient, world: World
) -> None:
    page = paper(anna, world)

    parts = [f">{part}" for part in ("Sammenhæng", "Mål", "Tegn, de", "Tiltag", "Evaluering")]
    places = [page.index(part) for part in parts]
    assert places == sorted(places)
    assert page.count('class="box"') == 3 * 7
    assert page.index(">ma<") < page.index(">ti<") < page.index(">sø<")
    assert "<nav" not in page.split("<main")[1]


def test_what_is_put_away_ended_or_closed_stays_off_the_paper_and_a_draft_says_so(
    anna: FlaskClient, world: World, session: Session
) -> None:
    teeth = session.get_one(Goal, world.teeth.id)
    teeth.signs[0].archived_at = NOW
    [running] = teeth.interventions
    running.steps = [Step(text="Kald på hende", rank=1), Step(text="Vent", rank=2)]
    days = {"starts_on": date(2026, 6, 1), "ends_on": date(2027, 3, 31)}
    session.add_all(
        [
            Intervention(goal_id=teeth.id, title="Slut", status=InterventionStatus.ENDED),
            Goal(plan=teeth.plan, text="Et lukket mål", short_text="x", closed_at=NOW, **days),
            Goal(plan=teeth.plan, text="Et nyt mål", short_text="x", rank=2, **days),
        ]
    )
    session.commit()

    page = paper(anna, world)

    assert "1. <bdi hx-ignore>Kald på hende</bdi>" in page
    assert "Mål · Kladde" in page
    for gone in ("går med ud på badeværelset", "Slut", "Et lukket mål"):
        assert gone not in page


def test_what_people_wrote_is_text_on_paper_too(
    anna: FlaskClient, world: World, session: Session
) -> None:
    plan = session.get_one(Plan, world.teeth.plan_id)
    plan.resources = "<script>alert(1)</script> {{ 7 * 7 }}"
    session.commit()

    page = paper(anna, world)

    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7 * 7 }}" in page


def test_a_citizen_without_a_plan_has_a_paper_that_says_so(
    anna: FlaskClient, world: World, session: Session
) -> None:
    nora = Citizen(
        department_id=world.soendermarken.id,
        kind=world.sofie.kind,
        first_name="Nora",
        last_name="Lind",
    )
    session.add(nora)
    session.commit()

    response = anna.get(f"/citizens/{nora.id}/plan/print")

    assert response.status_code == 200
    assert "Her er ingen mål endnu." in response.text
    assert "sheet roomy" in response.text


@pytest.mark.parametrize(
    ("characters", "size"), [(0, "roomy"), (3_000, "close"), (3_400, "snug"), (20_000, "tight")]
)
def test_the_more_a_plan_says_the_smaller_is_its_type(
    anna: FlaskClient, world: World, session: Session, characters: int, size: str
) -> None:
    session.get_one(Plan, world.teeth.plan_id).resources = "x" * characters
    session.commit()

    assert f'class="sheet {size}"' in paper(anna, world)


def test_a_large_plan_is_printed_in_as_few_queries_as_a_small_one(
    anna: FlaskClient, world: World, session: Session
) -> None:
    def asked() -> int:
        with recorded(db.engine) as queries:
            paper(anna, world)
        return len(queries)

    small = asked()
    teeth = session.get_one(Goal, world.teeth.id)
    for number in range(6):
        intervention = Intervention(goal_id=teeth.id, title=f"Tiltag {number}", rank=number + 2)
        intervention.steps = [Step(text=f"Trin {rank}", rank=rank) for rank in range(6)]
        session.add(intervention)
    session.commit()

    assert asked() <= small + 1
