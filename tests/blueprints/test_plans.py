"""The plan: written by the contact team, read by all, never overwritten unseen."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.bench.queries import recorded
from tests.blueprints.conftest import Ledger
from tests.blueprints.tapping import count, tap, words
from tests.databases import settings_for
from tests.factories import NOW, World, add_sign
from webapp import create_app
from webapp.config import SettingsError
from webapp.db import db
from webapp.models import (
    Draft,
    Goal,
    GoalAcknowledgement,
    GoalClosure,
    Intervention,
    Observation,
    Order,
    OrderGoal,
    OrderKind,
    Plan,
    PlanPart,
    PlanRevision,
    Sign,
)
from webapp.services.plans import update_sign

GOAL = {
    "text": "Sofie dækker selv bord med fire tallerkener tre aftener om ugen",
    "starts_on": "2026-11-21",
    "ends_on": "2027-05-21",
    "type": "develop",
    "no_order_goal_reason": "Sofie ønsker det selv, og kommunen er enig",
}
SIGN = {"sense": "see", "text": "Sofie henter tallerknerne", "measure": "seen"}


def new_goal(client: FlaskClient, world: World, **more: str) -> UUID:
    """Write a goal for Sofie; return its id."""
    id = uuid4()
    url = f"/citizens/{world.sofie.id}/goals"
    response = client.post(url, data=GOAL | {"new_id": str(id)} | more)
    assert response.status_code == 303, words(response)
    return id


def sign_form(session: Session, sign: Sign, **more: str) -> dict[str, str]:
    """Return what a sign's form holds, as drawn now."""
    number = session.scalar(
        select(PlanRevision.number)
        .where(PlanRevision.object_id == sign.id)
        .order_by(PlanRevision.number.desc())
        .limit(1)
    )
    form = {"sense": sign.sense.value, "text": sign.text, "measure": sign.measure.value}
    return form | {"based_on": str(number or 0)} | more


# Sammenhæng and evaluering


def test_the_context_is_written_and_shown_to_everyone_who_works_there(
    anna: FlaskClient, bo: FlaskClient, world: World, session: Session
) -> None:
    anna.post(
        f"/citizens/{world.sofie.id}/plan/context",
        data={"resources": "Hun ser på billeder og gør det samme", "theme": "egenomsorg"},
    )

    page = words(bo.get(f"/citizens/{world.sofie.id}/plan"))
    assert "Hun ser på billeder og gør det samme" in page
    assert "Egenomsorg" in page
    assert session.scalars(select(PlanRevision.number)).all() == [1, 2]


def test_a_theme_of_another_list_is_refused_and_what_was_typed_stays(
    anna: FlaskClient, world: World, session: Session
) -> None:
    response = anna.post(
        f"/citizens/{world.sofie.id}/plan/context",
        data={"resources": "Hun kan lide vand", "theme": "findes-ikke"},
    )

    assert response.status_code == 422
    assert "Vælg et tema på listen." in response.text
    assert "Hun kan lide vand" in response.text
    assert count(session, PlanRevision) == 0


@pytest.mark.parametrize("months", ["0", "7", "12", "-1", "seks", ""])
def test_evaluating_more_seldom_than_twice_a_year_is_refused(
    anna: FlaskClient, world: World, session: Session, months: str
) -> None:
    url = f"/citizens/{world.sofie.id}/plan/evaluation"

    response = anna.post(url, data={"evaluation_months": months})

    assert response.status_code == 422
    assert session.scalars(select(Plan.evaluation_months)).all() == [6, 6, 6]


def test_a_colleague_from_another_department_cannot_be_made_responsible(
    anna: FlaskClient, world: World
) -> None:
    response = anna.post(
        f"/citizens/{world.sofie.id}/plan/evaluation",
        data={"evaluation_months": "6", "evaluator_id": str(world.carl.id)},
    )

    assert response.status_code == 422
    assert "Vælg en kollega på listen." in response.text


# Mål


def test_a_goal_is_a_draft_until_it_is_started_and_then_logged_on_at_once(
    anna: FlaskClient, bo: FlaskClient, world: World, session: Session
) -> None:
    session.get_one(Goal, world.teeth.id).closed_at = NOW
    id = new_goal(anna, world)
    anna.post(f"/goals/{id}/signs", data=SIGN | {"new_id": str(uuid4())})
    sign = session.scalars(select(Sign).where(Sign.goal_id == id)).one()
    assert "dækker selv bord" not in bo.get(f"/citizens/{world.sofie.id}").text
    assert tap(bo, sign).status_code == 409

    anna.post(f"/goals/{id}/activation")

    bo.post(f"/goals/{id}/acknowledgements", data={"new_id": str(uuid4())})
    assert "Sofie henter tallerknerne" in bo.get(f"/citizens/{world.sofie.id}").text
    assert tap(bo, sign).status_code == 200


def test_a_goal_sent_twice_is_stored_once(
    anna: FlaskClient, world: World, session: Session
) -> None:
    id = str(uuid4())
    before = count(session, Goal)

    new_goal(anna, world, new_id=id)
    new_goal(anna, world, new_id=id)

    assert count(session, Goal) == before + 1


def test_a_goal_begins_in_the_order_or_says_why_not(
    anna: FlaskClient, world: World, session: Session
) -> None:
    session.get_one(Goal, world.teeth.id).closed_at = NOW
    id = new_goal(anna, world, no_order_goal_reason="")

    response = anna.post(f"/goals/{id}/activation")

    assert response.status_code == 422
    assert "Vælg det mål i bestillingen" in response.text
    assert GOAL["text"] in response.text, "the form holds what is stored"
    assert session.get_one(Goal, id).activated_at is None


def test_a_second_main_goal_asks_for_a_reason_and_a_sub_goal_does_not(
    anna: FlaskClient, world: World, session: Session
) -> None:
    second = new_goal(anna, world)
    refused = anna.post(f"/goals/{second}/activation")
    sub_goal = new_goal(anna, world, parent_id=str(world.teeth.id), no_order_goal_reason="")

    assert refused.status_code == 422
    assert "hvorfor der skal to til på samme tid" in refused.text
    assert anna.post(f"/goals/{sub_goal}/activation").status_code == 303


def test_a_reason_lets_the_second_goal_run(anna: FlaskClient, world: World) -> None:
    id = new_goal(anna, world, second_goal_reason="Det første er næsten nået")

    assert anna.post(f"/goals/{id}/activation").status_code == 303


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("text", "", "Skriv, hvad målet er."),
        ("text", "a\x00b", "usynligt skrifttegn"),
        ("text", "x" * 5001, "for lang"),
        ("short_text", "x" * 61, "højst 60 tegn"),
        ("ends_on", "", "Et mål skal have en slutdato."),
        ("ends_on", "2026-11-21", "Slutdatoen skal ligge efter"),
        ("ends_on", "21/5 2027", "Datoen kunne ikke læses"),
        ("revise_on", "2027-06-01", "mellem start og slut"),
        ("type", "vinde", "Vælg en af mulighederne."),
        ("parent_id", str(UUID(int=7)), "Vælg noget på listen."),
        ("order_goal_id", str(UUID(int=7)), "Vælg noget på listen."),
        ("responsible_id", str(UUID(int=7)), "Vælg noget på listen."),
        ("partner_involved", "måske", "Vælg en af mulighederne."),
        ("theme", "findes-ikke", "Vælg et tema på listen."),
        ("new_id", "", "Siden blev ikke hentet helt."),
        ("new_id", "17", "Siden blev ikke hentet helt."),
    ],
)
def test_a_goal_that_cannot_be_is_refused_at_the_field_and_nothing_typed_is_lost(
    anna: FlaskClient, world: World, session: Session, field: str, value: str, said: str
) -> None:
    before = count(session, Goal)
    data = GOAL | {"new_id": str(uuid4()), "participation_words": "Hun pegede på billedet"}

    response = anna.post(f"/citizens/{world.sofie.id}/goals", data=data | {field: value})

    assert response.status_code == 422
    assert said in response.text
    assert "Hun pegede på billedet" in response.text
    assert count(session, Goal) == before


def test_a_sub_goal_has_no_sub_goals(anna: FlaskClient, world: World, session: Session) -> None:
    sub_goal = new_goal(anna, world, parent_id=str(world.teeth.id))
    data = GOAL | {"new_id": str(uuid4()), "parent_id": str(sub_goal)}

    third = anna.post(f"/citizens/{world.sofie.id}/goals", data=data)
    circle = anna.post(f"/goals/{world.teeth.id}", data=GOAL | {"parent_id": str(sub_goal)})
    itself = anna.post(f"/goals/{world.teeth.id}", data=GOAL | {"parent_id": str(world.teeth.id)})

    for response in (third, circle, itself):
        assert response.status_code == 422
        assert "Et delmål hører til et af planens hovedmål." in response.text
    session.expire_all()
    assert session.get_one(Goal, world.teeth.id).parent_id is None


def test_the_plan_shows_which_goals_of_the_order_have_none_of_ours(
    anna: FlaskClient, world: World, session: Session
) -> None:
    order = Order(
        citizen_id=world.sofie.id,
        kind=OrderKind.ACTION_PLAN,
        purpose="Sofie klarer mere selv",
        starts_on=date(2026, 1, 1),
        goals=[OrderGoal(text="Egenomsorg", rank=1), OrderGoal(text="Praktiske opgaver", rank=2)],
    )
    session.add(order)
    session.flush()
    url = f"/citizens/{world.sofie.id}/plan"
    assert "uden et mål her endnu" in anna.get(url).text

    new_goal(anna, world, order_goal_id=str(order.goals[1].id))

    left = words(anna.get(url)).split("uden et mål her endnu")[1].split("</ul>")[0]
    assert "Egenomsorg" in left
    assert "Praktiske opgaver" not in left


def test_the_coach_answers_with_six_lights_and_stores_nothing(
    anna: FlaskClient, world: World, ledger: Ledger
) -> None:
    response = anna.post(
        f"/citizens/{world.sofie.id}/goals/lights",
        data=GOAL | {"text": "Sofie skal blive gladere og ikke længere råbe <script>"},
    )

    assert response.text.count('class="smorte-light') == 6
    assert "gladere" in response.text
    assert "<script>" not in response.text
    assert ledger.last.kept == []


# Tegn


def test_a_sign_is_added_last_moved_and_put_away_with_its_taps_kept(
    anna: FlaskClient, world: World, session: Session
) -> None:
    tap(anna, world.walks_along)
    anna.post(f"/goals/{world.teeth.id}/signs", data=SIGN | {"new_id": str(uuid4())})

    def order() -> list[str]:
        session.expire_all()
        signs = session.scalars(
            select(Sign).where(Sign.goal_id == world.teeth.id).order_by(Sign.rank)
        )
        return [sign.text for sign in signs if not sign.archived_at]

    assert order()[-1] == "Sofie henter tallerknerne"
    newest = session.scalars(select(Sign).where(Sign.text == "Sofie henter tallerknerne")).one()
    anna.post(f"/signs/{newest.id}/place", data={"by": "-1"})
    assert order()[-2] == "Sofie henter tallerknerne"
    anna.post(f"/signs/{world.walks_along.id}/place", data={"by": "-1"})
    assert order()[0] == world.walks_along.text, "the first stays first"

    anna.post(f"/signs/{world.walks_along.id}/archival")

    assert world.walks_along.text not in order()
    plan = words(anna.get(f"/citizens/{world.sofie.id}/plan"))
    assert "Lagt væk (1)" in plan
    anna.post(f"/signs/{world.walks_along.id}/archival")
    assert world.walks_along.text not in order(), "twice is as once"
    anna.post(f"/signs/{world.walks_along.id}/restoration")
    assert world.walks_along.text in order()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": ""}, "Skriv, hvad I vil se"),
        ({"measure": ""}, "Vælg en af dem."),
        ({"measure": "gas", "gas_levels": "en\nto\ntre"}, "fem"),
        ({"measure": "steps", "steps": "kun et"}, "trin"),
        ({"measure": "count", "baseline": "5", "target": "2", "direction": "more"}, "mere"),
        ({"measure": "scale", "target": "9"}, "skala"),
        ({"target": "mange"}, "Skriv et helt tal"),
    ],
)
def test_a_sign_that_cannot_be_measured_is_refused(
    anna: FlaskClient, world: World, session: Session, fields: dict[str, str], said: str
) -> None:
    before = count(session, Sign)

    response = anna.post(
        f"/goals/{world.teeth.id}/signs", data=SIGN | {"new_id": str(uuid4())} | fields
    )

    assert response.status_code == 422
    assert said in response.text or "field-error" in response.text
    assert count(session, Sign) == before


def test_words_that_interpret_are_pointed_out_and_block_nothing(
    anna: FlaskClient, world: World, session: Session
) -> None:
    id = uuid4()
    data = SIGN | {"new_id": str(id), "text": "Sofie er gladere om aftenen"}

    assert anna.post(f"/goals/{world.teeth.id}/signs", data=data).status_code == 303

    assert "Det kan være tolkning: gladere" in words(anna.get(f"/signs/{id}/edit"))


def test_minutes_are_kept_in_seconds_and_shown_in_minutes(
    anna: FlaskClient, world: World, session: Session
) -> None:
    id = uuid4()
    data = SIGN | {"new_id": str(id), "measure": "duration", "baseline": "2", "target": "10"}

    anna.post(f"/goals/{world.teeth.id}/signs", data=data)

    sign = session.get_one(Sign, id)
    assert (sign.baseline, sign.target) == (120, 600)
    assert 'value="10"' in anna.get(f"/signs/{id}/edit").text
    assert "mål: 10" in words(anna.get(f"/citizens/{world.sofie.id}/plan"))


# Tiltag


def test_an_intervention_keeps_its_steps_in_order_and_their_ids_when_one_is_added(
    anna: FlaskClient, world: World, session: Session
) -> None:
    id = uuid4()
    data = {"new_id": str(id), "title": "Tandbørstning", "steps": "Vis billedet\n\nVent"}
    anna.post(f"/goals/{world.teeth.id}/interventions", data=data)
    before = {step.text: step.id for step in session.get_one(Intervention, id).steps}

    anna.post(
        f"/interventions/{id}",
        data=data | {"steps": "Sig hendes navn\nVis billedet\nVent", "based_on": "1"},
    )

    session.expire_all()
    steps = session.get_one(Intervention, id).steps
    assert [step.text for step in steps] == ["Sig hendes navn", "Vis billedet", "Vent"]
    assert {step.text: step.id for step in steps[1:]} == before


# Two who write, and what was said before


def test_two_who_write_the_same_sign_see_both_texts_and_lose_neither(
    anna: FlaskClient, ditte: FlaskClient, world: World, session: Session
) -> None:
    url = f"/signs/{world.walks_along.id}"
    drawn = sign_form(session, world.walks_along)
    anna.post(url, data=drawn | {"text": "Sofie går selv med ud"})

    response = ditte.post(url, data=drawn | {"text": "Sofie går med, når hun ser billedet"})

    page = words(response)
    assert response.status_code == 409
    assert "En kollega har gemt i mellemtiden" in page
    assert "Din kollega gemte:" in page
    assert "Sofie går selv med ud" in page
    assert "Sofie går med, når hun ser billedet" in page
    session.expire_all()
    assert session.get_one(Sign, world.walks_along.id).text == "Sofie går selv med ud"

    again = {"based_on": "2", "text": "Sofie går selv med, når hun ser billedet"}
    assert ditte.post(url, data=drawn | again).status_code == 303


def test_saving_without_a_change_makes_no_version(
    anna: FlaskClient, world: World, session: Session
) -> None:
    drawn = sign_form(session, world.walks_along)

    assert anna.post(f"/signs/{world.walks_along.id}", data=drawn).status_code == 303

    assert count(session, PlanRevision) == 0


def test_history_shows_what_stood_there_who_changed_it_and_why(
    anna: FlaskClient, bo: FlaskClient, world: World, session: Session
) -> None:
    anna.post(
        f"/signs/{world.walks_along.id}",
        data=sign_form(
            session,
            world.walks_along,
            text="Sofie går selv ud på badeværelset",
            why="Hun går nu alene <b>",
        ),
    )

    page = words(bo.get(f"/citizens/{world.sofie.id}/plan/history"))

    assert "<del><bdi hx-ignore>med </bdi></del>" in page
    assert "<ins><bdi hx-ignore>selv </bdi></ins>" in page
    assert "Hun går nu alene &lt;b&gt;" in page
    assert "Anna" in page


def test_a_changed_goal_is_news_until_it_is_seen_and_taps_are_never_refused_for_it(
    anna: FlaskClient, bo: FlaskClient, world: World, session: Session
) -> None:
    url = f"/citizens/{world.sofie.id}"
    update_sign(
        session,
        session.get_one(Sign, world.walks_along.id),
        {"text": "Sofie går selv med"},
        based_on=0,
        actor=world.anna,
        now=NOW - timedelta(days=1),
        why="Hun kan mere nu",
    )
    session.commit()

    assert "Planen er ændret" in bo.get("/").text
    day = words(bo.get(url))
    assert "Jeg har set det" in day
    assert "Hun kan mere nu" in day
    assert "Planen er ændret" not in anna.get("/").text, "one's own change is no news"
    assert tap(bo, world.takes_brush).status_code == 200

    seen = bo.post(
        f"/goals/{world.teeth.id}/acknowledgements",
        data={"new_id": str(uuid4())},
        headers={"HX-Request": "true"},
    )

    assert "Sofie går selv med" in seen.text
    assert "Jeg har set det" not in seen.text
    assert "Planen er ændret" not in bo.get("/").text


def test_seeing_a_change_twice_is_kept_once(
    bo: FlaskClient, world: World, session: Session
) -> None:
    data = {"new_id": str(uuid4())}
    for _ in range(2):
        assert bo.post(f"/goals/{world.teeth.id}/acknowledgements", data=data).status_code == 303

    assert count(session, GoalAcknowledgement) == 1


# Rights


@pytest.mark.parametrize(
    "page", ["/citizens/{sofie}/plan/context/edit", "/goals/{teeth}/edit", "/signs/{sign}/edit"]
)
def test_a_colleague_outside_the_contact_team_reads_and_is_told_why_not_to_write(
    bo: FlaskClient, world: World, page: str
) -> None:
    url = page.format(sofie=world.sofie.id, teeth=world.teeth.id, sign=world.walks_along.id)

    response = bo.get(url)

    assert response.status_code == 403
    assert "Kun kontaktteamet og lederen skriver i planen" in response.text
    plan = bo.get(f"/citizens/{world.sofie.id}/plan")
    assert plan.status_code == 200
    assert "/edit" not in plan.text


def test_the_manager_writes_in_every_plan_of_the_own_departments(
    ditte: FlaskClient, world: World
) -> None:
    assert ditte.get(f"/goals/{world.teeth.id}/edit").status_code == 200


# Closing


def test_a_closed_goal_says_how_why_and_by_whom_and_is_opened_again_with_a_reason(
    anna: FlaskClient, world: World, session: Session
) -> None:
    session.get_one(Goal, world.teeth.id).no_order_goal_reason = "Hun ønsker det selv"
    url = f"/goals/{world.teeth.id}"
    assert anna.post(f"{url}/closure", data={"verdict": "reached"}).status_code == 422
    anna.post(f"{url}/closure", data={"verdict": "reached", "why": "Seks uger i træk"})

    plan = words(anna.get(f"/citizens/{world.sofie.id}/plan"))
    assert "Afsluttede mål (1)" in plan
    assert "Nået · 21. november 19.30 · <bdi hx-ignore>Anna</bdi>" in plan
    assert "Seks uger i træk" in plan
    assert tap(anna, world.walks_along).status_code == 409
    assert anna.post(f"{url}/closure", data={"verdict": "ended", "why": "x"}).status_code == 409

    anna.post(f"{url}/reopening", data={"why": "Hun er gået i stå"})

    session.expire_all()
    assert session.get_one(Goal, world.teeth.id).closed_at is None
    closure = session.scalars(select(GoalClosure)).one()
    assert (closure.reopened_why, closure.reopened_by_id) == ("Hun er gået i stå", world.anna.id)


# Drafts


def test_what_is_being_written_comes_back_to_the_writer_alone_and_is_gone_when_saved(
    anna: FlaskClient, ditte: FlaskClient, world: World, session: Session
) -> None:
    page, action = f"/signs/{world.walks_along.id}/edit", f"/signs/{world.walks_along.id}"
    drawn = sign_form(session, world.walks_along)
    kept = anna.post("/drafts", data=drawn | {"draft_of": action, "text": "Sofie går selv ud og"})

    assert kept.status_code == 204
    assert "Sofie går selv ud og" in anna.get(page).text
    assert "Her er din kladde fra kl. 19.30" in anna.get(page).text
    assert "Sofie går selv ud og" not in ditte.get(page).text

    anna.post(action, data=drawn | {"text": "Sofie går selv ud"})

    assert count(session, Draft) == 0
    assert "Her er din kladde" not in anna.get(page).text


def test_a_draft_that_is_thrown_away_leaves_what_is_stored(
    anna: FlaskClient, world: World, session: Session
) -> None:
    action = f"/signs/{world.walks_along.id}"
    anna.post("/drafts", data={"draft_of": action, "text": "Nej"})

    gone = anna.post("/drafts/removal", data={"draft_of": action, "next": f"{action}/edit"})

    assert gone.location == f"{action}/edit"
    assert world.walks_along.text in anna.get(f"{action}/edit").text


@pytest.mark.parametrize(
    "data",
    [
        {"draft_of": "https://ond.dk"},
        {"draft_of": "/" + "x" * 200},
        {"text": "uden formular"},
        {"draft_of": "/signs/1", "text": "x" * 100_001},
        {"draft_of": "/signs/1", "text": "a\x00b"},
    ],
)
def test_what_is_no_draft_is_refused(
    anna: FlaskClient, session: Session, world: World, data: dict[str, str]
) -> None:
    assert anna.post("/drafts", data=data).status_code == 422
    assert count(session, Draft) == 0


# As large as plans get


def test_a_large_plan_is_read_in_no_more_queries_than_a_small_one(
    anna: FlaskClient, world: World, session: Session
) -> None:
    def asked() -> int:
        with recorded(db.engine) as queries:
            assert anna.get(f"/citizens/{world.sofie.id}/plan").status_code == 200
        return len(queries)

    asked()  # The first entry of a log asks once more than every other.
    small = asked()
    plan = session.get_one(Goal, world.teeth.id).plan
    for number in range(6):
        goal = Goal(
            plan=plan,
            text=f"Mål {number}",
            short_text=f"Mål {number}",
            rank=number + 2,
            starts_on=date(2026, 6, 1),
            ends_on=date(2027, 6, 1),
            activated_at=NOW,
        )
        session.add(goal)
        session.flush()
        for rank in range(7):
            add_sign(session, goal, f"Tegn {number}.{rank}", rank=rank)
        session.add(
            PlanRevision(
                plan_id=plan.id,
                goal_id=goal.id,
                part=PlanPart.GOAL,
                object_id=goal.id,
                number=1,
                content={"text": goal.text},
                changed_at=NOW,
                author_id=world.bo.id,
            )
        )
    session.commit()

    assert asked() <= small + 1
    assert small <= 14


# The home's own themes


def test_a_home_adds_its_own_themes_and_a_wrong_file_ends_the_start_with_a_sentence(
    database_url: str, tmp_path: Path
) -> None:
    folder = tmp_path / "taxonomies"
    folder.mkdir()
    own = {
        "code": "solsikken",
        "title": "Solsikkens egne",
        "kinds": ["adult"],
        "groups": [
            {
                "code": "hverdag",
                "title": "Hverdag",
                "themes": [{"code": "koekken", "title": "Køkkenet"}],
            }
        ],
    }
    (folder / "egne.json").write_text(json.dumps(own), "utf-8")

    app = create_app(settings_for(database_url, tmp_path))

    assert app.extensions["taxonomies"]["solsikken"].theme("koekken").title == "Køkkenet"
    (folder / "egne.json").write_text("{}", "utf-8")
    with pytest.raises(SettingsError, match=r"egne\.json"):
        create_app(settings_for(database_url, tmp_path))


# What a stranger found


def test_a_sign_that_was_tapped_keeps_how_it_is_measured(
    anna: FlaskClient, world: World, session: Session
) -> None:
    form = sign_form(session, world.walks_along, measure="scale")
    assert anna.post(f"/signs/{world.says_done.id}", data=form).status_code == 303
    tap(anna, world.walks_along)

    response = anna.post(f"/signs/{world.walks_along.id}", data=form)

    assert response.status_code == 422
    assert "Der er allerede registreret på tegnet" in response.text
    session.expire_all()
    assert session.get_one(Sign, world.walks_along.id).measure == "seen"


def test_a_tap_is_shown_under_the_sentence_it_was_tapped_on(
    anna: FlaskClient, world: World, session: Session, stay_until: Callable[[datetime], None]
) -> None:
    first = world.walks_along.text
    tap(anna, world.walks_along)
    tapped = session.scalars(select(Observation.id)).one()
    stay_until(NOW + timedelta(hours=1))
    anna.post(
        f"/signs/{world.walks_along.id}",
        data=sign_form(session, world.walks_along, text="Sofie går selv ud"),
    )

    page = anna.get(f"/observations/{tapped}").text

    assert first in page
    assert "Sofie går selv ud" not in page


@pytest.mark.parametrize("spaces", [" ", "\n\t ", "\u2003"])
def test_spaces_alone_are_no_text(
    anna: FlaskClient, world: World, session: Session, spaces: str
) -> None:
    teeth = f"/goals/{world.teeth.id}"
    answers = [
        anna.post(
            f"/citizens/{world.sofie.id}/goals",
            data=GOAL | {"new_id": str(uuid4()), "text": spaces},
        ),
        anna.post(f"{teeth}/signs", data=SIGN | {"new_id": str(uuid4()), "text": spaces}),
        anna.post(f"{teeth}/interventions", data={"new_id": str(uuid4()), "title": spaces}),
        anna.post(f"{teeth}/closure", data={"verdict": "reached", "why": spaces}),
    ]

    assert [answer.status_code for answer in answers] == [422] * 4
    assert count(session, PlanRevision) == 0


def test_what_only_a_colleague_changed_is_taken_over_when_both_saved(
    anna: FlaskClient, ditte: FlaskClient, world: World, session: Session
) -> None:
    url = f"/citizens/{world.sofie.id}/plan/context"
    first = {"resources": "Hun kan lide vand", "challenge": "Støj", "based_on": "0"}
    anna.post(url, data=first)
    drawn = first | {"based_on": "2", "context": "Sofie vil gerne selv."}
    anna.post(url, data=drawn | {"resources": "Hun kan lide vand og musik"})

    response = ditte.post(url, data=drawn | {"challenge": "Støj og travlhed"})

    page = words(response)
    assert response.status_code == 409
    assert "Hun kan lide vand og musik" in page
    assert "Støj og travlhed" in page
    assert "Din kollega gemte:" not in page, "nobody wrote the same field"
    again = drawn | {
        "resources": "Hun kan lide vand og musik",
        "challenge": "Støj og travlhed",
        "based_on": "3",
    }
    assert ditte.post(url, data=again).status_code == 303


def test_a_colleague_chosen_meanwhile_is_named(
    anna: FlaskClient, ditte: FlaskClient, world: World
) -> None:
    url = f"/citizens/{world.sofie.id}/plan/evaluation"
    anna.post(url, data={"evaluation_months": "6", "evaluator_id": str(world.anna.id)})

    response = ditte.post(url, data={"evaluation_months": "6", "evaluator_id": str(world.bo.id)})

    assert response.status_code == 409
    assert "Din kollega gemte:</strong> <span" in words(response)
    assert ">Anna</bdi>" in words(response).split("Din kollega gemte:")[1]


def test_a_sub_goal_does_not_run_before_its_main_goal(anna: FlaskClient, world: World) -> None:
    main = new_goal(anna, world)
    part = new_goal(anna, world, parent_id=str(main))

    response = anna.post(f"/goals/{part}/activation")

    assert response.status_code == 422
    assert "Hovedmålet er ikke i gang" in response.text


def test_a_link_to_an_order_that_was_replaced_stays_chosen(
    anna: FlaskClient, world: World, session: Session
) -> None:
    for number, text in enumerate(["Egenomsorg", "Noget nyt"]):
        session.add(
            Order(
                citizen_id=world.sofie.id,
                kind=OrderKind.ACTION_PLAN,
                purpose="Sofie klarer mere selv",
                starts_on=date(2026, 1 + number, 1),
                goals=[OrderGoal(text=text, rank=1)],
            )
        )
    session.flush()
    old = session.scalars(select(OrderGoal).where(OrderGoal.text == "Egenomsorg")).one()
    session.get_one(Goal, world.teeth.id).order_goal_id = old.id
    session.commit()

    page = words(anna.get(f"/goals/{world.teeth.id}/edit"))

    assert f'<option value="{old.id}" selected' in page


def test_why_a_light_is_set_aside_is_kept_in_the_draft_and_in_the_plan(
    anna: FlaskClient, world: World
) -> None:
    action = f"/citizens/{world.sofie.id}/goals"
    why = "Hun har selv valgt ordene"
    anna.post("/drafts", data=GOAL | {"draft_of": action, "smorte_s": why})
    assert f'value="{why}"' in anna.get(f"{action}/new").text

    new_goal(anna, world, smorte_s=why)
    refused = anna.post(action, data=GOAL | {"new_id": str(uuid4()), "smorte_s": "x" * 301})

    assert why in anna.get(f"/citizens/{world.sofie.id}/plan").text
    assert refused.status_code == 422


def test_the_words_on_the_board_follow_the_goal_until_somebody_writes_others(
    anna: FlaskClient, world: World, session: Session
) -> None:
    id = new_goal(anna, world)
    short = session.get_one(Goal, id).short_text
    anna.post(
        f"/goals/{id}",
        data=GOAL | {"text": "Sofie vander blomsterne", "short_text": short, "based_on": "1"},
    )
    session.expire_all()
    assert session.get_one(Goal, id).short_text == "Sofie vander blomsterne"


def test_the_same_id_with_another_text_is_refused_and_the_first_stays(
    anna: FlaskClient, world: World, session: Session
) -> None:
    id = new_goal(anna, world)

    other = anna.post(
        f"/citizens/{world.sofie.id}/goals", data=GOAL | {"new_id": str(id), "text": "Et andet mål"}
    )

    assert other.status_code == 409
    assert session.get_one(Goal, id).text == GOAL["text"]
