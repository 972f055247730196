"""Begin a goal from another: copied without what is one citizen's own, or from a template."""

from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.blueprints.conftest import Ledger
from tests.blueprints.tapping import actions, count, words
from tests.factories import NOW, World, add_citizen_with_goal, add_goal_template
from webapp.models import (
    AuditEvent,
    Citizen,
    ContactTeam,
    Department,
    Goal,
    GoalTemplate,
    Intervention,
    Participation,
    Plan,
    PlanRevision,
    Role,
    Sign,
    Staff,
    Step,
)


@pytest.fixture
def karen(session: Session, world: World) -> Citizen:
    """She lives with Sofie, and Anna is in her contact team too. Nobody has written her plan."""
    karen = Citizen(
        department_id=world.soendermarken.id,
        kind=world.sofie.kind,
        first_name="Karen",
        last_name="Lind",
    )
    session.add(karen)
    session.flush()
    session.add(ContactTeam(citizen_id=karen.id, staff_id=world.anna.id))
    teeth = session.get_one(Goal, world.teeth.id)
    teeth.theme = "egenomsorg"
    teeth.participation, teeth.participation_words = Participation.CHOSE, "Sofie pegede"
    teeth.responsible_id = world.anna.id
    teeth.no_order_goal_reason = "Sofie vil selv"
    teeth.second_goal_reason, teeth.smorte_reasons = "Det haster", {"S": "Vi kender Sofie"}
    [intervention] = teeth.interventions
    intervention.practice = "Stå ved siden af Sofie. Giv Sofies kort til SOFIE."
    intervention.steps = [Step(text="Kald på Sofie", rank=1), Step(text="Vent", rank=2)]
    teeth.signs[0].baseline = 1
    session.commit()
    return karen


@pytest.fixture
def stranger(session: Session, world: World) -> Staff:
    """Vibeke is manager of the other home."""
    department = session.get_one(Department, world.stranger.department_id)
    vibeke = Staff(
        home_id=department.home_id,
        first_name="Vibeke",
        last_name="Krogh",
        email="vibeke@egely.example",
        role=Role.MANAGER,
        departments=[department],
    )
    session.add(vibeke)
    session.commit()
    return vibeke


def copy(client: FlaskClient, goal: Goal, to: object, **more: str) -> TestResponse:
    """Copy a goal, as the form does; further fields win."""
    data = {"new_id": str(uuid4()), "citizen_id": str(to)} | more
    return client.post(f"/goals/{goal.id}/copies", data=data)


def keep(client: FlaskClient, goal: Goal, name: str = "Børste tænder", **more: str) -> TestResponse:
    """Keep a goal as a template, as the form does; further fields win."""
    data = {"new_id": str(uuid4()), "name": name} | more
    return client.post(f"/goals/{goal.id}/goal-templates", data=data)


def use(
    client: FlaskClient, template: GoalTemplate, citizen_id: object, **more: str
) -> TestResponse:
    """Begin with a template, as its button does; further fields win."""
    url = f"/citizens/{citizen_id}/goal-templates/{template.id}/goals"
    return client.post(url, data={"new_id": str(uuid4())} | more)


def goal_of(session: Session, citizen_id: UUID) -> Goal:
    """Return a citizen's only goal."""
    query = select(Goal).join(Goal.plan).where(Plan.citizen_id == citizen_id)
    return session.scalars(query).one()


def texts_of(goal: Goal) -> str:
    """Return everything that stands in a goal."""
    said = [goal.text, goal.short_text, *(sign.text for sign in goal.signs)]
    for each in goal.interventions:
        said += [each.title, each.approach, each.practice, *(step.text for step in each.steps)]
    return "\n".join(said)


# Copying


def test_a_copy_is_a_draft_for_the_other_citizen_with_signs_interventions_and_steps(
    anna: FlaskClient, karen: Citizen, world: World, session: Session, ledger: Ledger
) -> None:
    response = copy(anna, world.teeth, karen.id)

    goal = goal_of(session, karen.id)
    assert response.status_code == 303
    assert response.location == f"/citizens/{karen.id}/plan#goal-{goal.id}"
    assert (goal.activated_at, goal.starts_on, goal.ends_on) == (
        None,
        date(2026, 11, 21),
        date(2027, 5, 22),
    )
    assert goal.text == "Karen børster selv sine tænder om aftenen"
    assert [sign.text for sign in goal.signs] == [
        "Karen går med ud på badeværelset",
        "Karen selv tager tandbørsten, når hun ser billede 1",
        "Karen siger “færdig”",
    ]
    [intervention] = goal.interventions
    assert intervention.practice == "Stå ved siden af Karen. Giv Karens kort til Karen."
    assert [step.text for step in intervention.steps] == ["Kald på Karen", "Vent"]
    assert (ledger.last.commits, ledger.last.events) == (1, 1)
    logged = session.scalars(select(AuditEvent)).one()
    assert (logged.action, logged.citizen_id, logged.object_id) == ("goal.copy", karen.id, goal.id)


def test_what_is_the_first_citizens_own_is_not_copied(
    anna: FlaskClient, karen: Citizen, world: World, session: Session
) -> None:
    copy(anna, world.teeth, karen.id)

    goal = goal_of(session, karen.id)
    assert "sofie" not in texts_of(goal).lower()
    assert goal.theme == "egenomsorg"
    assert (goal.participation, goal.participation_words) == (None, "")
    assert (goal.responsible_id, goal.order_goal_id, goal.revise_on) == (None, None, None)
    assert (goal.no_order_goal_reason, goal.second_goal_reason) == ("", "")
    assert goal.smorte_reasons == {}
    assert goal.signs[0].baseline is None
    stored = session.get_one(Goal, world.teeth.id)
    assert stored.participation_words == "Sofie pegede", "the first one stays as it was"


def test_everything_copied_has_its_first_revision_by_whoever_copied(
    anna: FlaskClient, karen: Citizen, world: World, session: Session
) -> None:
    copy(anna, world.teeth, karen.id)

    goal = goal_of(session, karen.id)
    rows = session.scalars(select(PlanRevision)).all()
    parts: list[Goal | Sign | Intervention] = [goal, *goal.signs, *goal.interventions]
    assert {row.object_id for row in rows} == {part.id for part in parts}
    assert {(row.number, row.author_id, row.goal_id) for row in rows} == {
        (1, world.anna.id, goal.id)
    }
    assert "Nyt" in words(anna.get(f"/citizens/{karen.id}/plan/history"))


def test_a_copy_sent_twice_is_stored_once(
    anna: FlaskClient, karen: Citizen, world: World, session: Session
) -> None:
    id = str(uuid4())

    answers = [copy(anna, world.teeth, karen.id, new_id=id) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    goal_of(session, karen.id)
    assert actions(session) == ["goal.copy", "plan.read"]


def test_a_theme_of_another_list_stays_behind(
    ditte: FlaskClient, karen: Citizen, world: World, session: Session
) -> None:
    session.get_one(Citizen, karen.id).taxonomy = "ics"

    copy(ditte, world.teeth, karen.id)

    assert goal_of(session, karen.id).theme == ""


def test_the_page_offers_those_one_may_write_for_and_nobody_else(
    anna: FlaskClient, ditte: FlaskClient, karen: Citizen, world: World
) -> None:
    url = f"/goals/{world.teeth.id}/copies/new"

    assert anna.get(url).text.count('name="citizen_id"') == 1
    assert str(karen.id) in anna.get(url).text
    for_ditte = ditte.get(url).text
    assert str(karen.id) in for_ditte
    assert str(world.mads.id) in for_ditte
    assert f'value="{world.sofie.id}"' not in for_ditte


def test_who_writes_for_nobody_else_is_told_of_templates(anna: FlaskClient, world: World) -> None:
    page = words(anna.get(f"/goals/{world.teeth.id}/copies/new"))

    assert "Der er ingen at kopiere til" in page


def test_copying_to_someone_one_may_not_write_for_is_refused_with_words(
    anna: FlaskClient, world: World, session: Session
) -> None:
    neighbour = Citizen(
        department_id=world.soendermarken.id,
        kind=world.sofie.kind,
        first_name="Poul",
        last_name="Bak",
    )
    session.add(neighbour)
    session.commit()
    before = count(session, Goal)

    response = copy(anna, world.teeth, neighbour.id)

    assert response.status_code == 403
    assert "Kun kontaktteamet og lederen skriver i planen" in response.text
    assert count(session, Goal) == before
    assert actions(session) == ["access.refuse"]


def test_copying_to_or_from_another_department_is_not_there(
    anna: FlaskClient, ditte: FlaskClient, karen: Citizen, world: World, session: Session
) -> None:
    assert copy(anna, world.teeth, world.mads.id).status_code == 404
    assert copy(anna, world.teeth, world.stranger.id).status_code == 404
    assert copy(anna, world.teeth, uuid4()).status_code == 404
    assert copy(anna, world.puzzle, karen.id).status_code == 404
    assert actions(session) == []
    assert copy(ditte, world.puzzle, karen.id).status_code == 303, "she leads both"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"citizen_id": ""}, "Vælg hvem."),
        ({"citizen_id": "Karen"}, "Siden blev ikke hentet helt."),
        ({"new_id": ""}, "Siden blev ikke hentet helt."),
        ({"new_id": "17"}, "Siden blev ikke hentet helt."),
    ],
)
def test_a_copy_that_says_too_little_is_refused(
    anna: FlaskClient,
    karen: Citizen,
    world: World,
    session: Session,
    fields: dict[str, str],
    said: str,
) -> None:
    before = count(session, Goal)

    response = copy(anna, world.teeth, karen.id, **fields)

    assert response.status_code == 422
    assert said in response.text
    assert count(session, Goal) == before


def test_a_goal_is_not_copied_to_where_it_is(
    anna: FlaskClient, karen: Citizen, world: World, session: Session
) -> None:
    response = copy(anna, world.teeth, world.sofie.id)

    assert response.status_code == 422
    assert "Vælg en anden borger" in response.text


def test_an_id_that_names_another_plans_goal_is_refused(
    anna: FlaskClient, karen: Citizen, world: World, session: Session
) -> None:
    assert copy(anna, world.teeth, karen.id, new_id=str(world.teeth.id)).status_code == 409
    assert session.get_one(Goal, world.teeth.id).plan_id == world.teeth.plan_id
    assert actions(session) == []


# Templates


def test_a_template_names_nobody_and_stands_on_the_new_goal_page_of_the_home(
    anna: FlaskClient, ditte: FlaskClient, karen: Citizen, world: World, session: Session
) -> None:
    response = keep(anna, world.teeth, "Sofies tandbørstning")

    assert (response.status_code, response.location) == (303, "/goal-templates")
    template = session.scalars(select(GoalTemplate)).one()
    assert template.name == "Borgerens tandbørstning"
    assert template.content["version"] == 1
    assert "sofie" not in str(template.content).lower()
    assert template.content["text"] == "Borgeren børster selv sine tænder om aftenen"
    assert template.content["signs"][0]["text"] == "borgeren går med ud på badeværelset"
    page = words(ditte.get(f"/citizens/{world.mads.id}/goals/new"))
    assert "Nyt mål fra skabelon (1)" in page
    assert "Borgerens tandbørstning" in page
    assert actions(session)[0] == "goal_template.create"


def test_a_goal_from_a_template_is_a_draft_about_this_citizen(
    ditte: FlaskClient, world: World, session: Session, ledger: Ledger
) -> None:
    template = add_goal_template(session, world.anna)
    session.get_one(Citizen, world.mads.id)

    response = use(ditte, template, world.mads.id)

    assert response.status_code == 303
    query = select(Goal).join(Goal.plan).where(Plan.citizen_id == world.mads.id)
    goal = session.scalars(query.where(Goal.activated_at.is_(None))).one()
    assert goal.text == "Mads børster selv sine tænder om aftenen"
    assert [sign.text for sign in goal.signs] == ["Mads går med ud på badeværelset"]
    [intervention] = goal.interventions
    assert intervention.title == "Vis billederne i Mads’ tempo"
    assert [step.text for step in intervention.steps] == ["Vis billede 1", "Vent på Mads"]
    assert (goal.starts_on, goal.ends_on) == (date(2026, 11, 21), date(2027, 5, 22))
    assert (ledger.last.commits, ledger.last.events) == (1, 1)
    assert count(session, PlanRevision) == 3


def test_a_template_used_twice_with_one_id_makes_one_goal(
    anna: FlaskClient, karen: Citizen, world: World, session: Session
) -> None:
    template, id = add_goal_template(session, world.anna), str(uuid4())

    for _ in range(2):
        assert use(anna, template, karen.id, new_id=id).status_code == 303

    goal_of(session, karen.id)
    assert use(anna, template, karen.id, new_id="").status_code == 422


def test_a_template_of_another_home_is_not_there(
    as_staff: Callable[[Staff], FlaskClient],
    anna: FlaskClient,
    world: World,
    stranger: Staff,
    session: Session,
) -> None:
    template = add_goal_template(session, stranger, "Ringe til Per")

    assert use(anna, template, world.sofie.id).status_code == 404
    assert anna.post(f"/goal-templates/{template.id}/archival").status_code == 404
    assert "Ringe til Per" not in anna.get("/goal-templates").text
    assert "Ringe til Per" not in anna.get(f"/citizens/{world.sofie.id}/goals/new").text
    assert "Ringe til Per" in as_staff(stranger).get("/goal-templates").text


def test_a_template_for_someone_one_does_not_write_for_is_refused(
    bo: FlaskClient, anna: FlaskClient, world: World, session: Session
) -> None:
    template = add_goal_template(session, world.anna)

    assert use(bo, template, world.sofie.id).status_code == 403
    assert use(anna, template, world.mads.id).status_code == 404
    assert keep(bo, world.teeth).status_code == 403
    assert bo.get(f"/goals/{world.teeth.id}/goal-templates/new").status_code == 403
    assert keep(anna, world.puzzle).status_code == 404


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": ""}, "Giv skabelonen et navn"),
        ({"name": "  \r\n"}, "Giv skabelonen et navn"),
        ({"name": "a\x00b"}, "usynligt skrifttegn"),
        ({"name": "x" * 100_000}, "højst 200 tegn"),
        ({"new_id": ""}, "Siden blev ikke hentet helt."),
        ({"new_id": "17"}, "Siden blev ikke hentet helt."),
    ],
    ids=["empty", "blank", "nul", "100,000", "no id", "no uuid"],
)
def test_a_template_without_a_fit_name_is_refused_at_the_field(
    anna: FlaskClient, world: World, session: Session, fields: dict[str, str], said: str
) -> None:
    response = keep(anna, world.teeth, **fields)

    assert response.status_code == 422
    assert said in response.text
    assert count(session, GoalTemplate) == 0


def test_a_template_sent_twice_is_kept_once_and_never_overwritten(
    anna: FlaskClient, world: World, session: Session
) -> None:
    id = str(uuid4())

    answers = [keep(anna, world.teeth, new_id=id) for _ in range(2)]
    other = keep(anna, world.teeth, "Et andet navn", new_id=id)

    assert [answer.status_code for answer in (*answers, other)] == [303, 303, 409]
    assert "Et andet navn" in other.text
    assert session.scalars(select(GoalTemplate.name)).all() == ["Børste tænder"]


def test_names_still_in_it_are_told_before_it_is_kept(
    anna: FlaskClient, world: World, session: Session
) -> None:
    [intervention] = session.scalars(
        select(Intervention).where(Intervention.goal_id == world.teeth.id)
    )
    intervention.practice = "Anna viser billedet, Bos stol står ved siden af. Hun skal bo her."
    session.commit()

    page = words(anna.get(f"/goals/{world.teeth.id}/goal-templates/new"))

    assert "Her står stadig: Anna, Bo." in page
    assert "Borgeren børster selv sine tænder om aftenen" in page


def test_its_author_and_a_manager_put_a_template_away_and_take_it_out_again(
    anna: FlaskClient, ditte: FlaskClient, karen: Citizen, world: World, session: Session
) -> None:
    template = add_goal_template(session, world.anna)
    session.commit()
    url, new = f"/goal-templates/{template.id}/archival", f"/citizens/{karen.id}/goals/new"

    assert anna.post(url).status_code == 303

    assert "skabelon" not in words(anna.get(new)).lower()
    assert "1 lagt væk" in words(anna.get("/goal-templates"))
    assert ditte.post(url).status_code == 303
    assert "Nyt mål fra skabelon (1)" in words(anna.get(new))
    assert [action for action in actions(session) if action != "plan.read"] == [
        "goal_template.archive",
        "goal_template.restore",
    ]


def test_a_colleague_who_did_not_make_it_is_told_who_puts_it_away(
    bo: FlaskClient, world: World, session: Session
) -> None:
    template = add_goal_template(session, world.anna)
    session.commit()

    response = bo.post(f"/goal-templates/{template.id}/archival")

    assert response.status_code == 403
    assert "Kun den, der har lavet skabelonen, og lederen" in response.text
    session.expire_all()
    assert session.get_one(GoalTemplate, template.id).archived_at is None
    assert "/archival" not in bo.get("/goal-templates").text


def test_what_is_typed_in_a_template_is_text_and_nothing_else(
    anna: FlaskClient, world: World, session: Session
) -> None:
    keep(anna, world.teeth, "<b>Tænder</b> {{ 7 * 7 }}")

    for url in ("/goal-templates", f"/citizens/{world.sofie.id}/goals/new"):
        assert "&lt;b&gt;Tænder&lt;/b&gt; {{ 7 * 7 }}" in anna.get(url).text


def test_the_facilitator_reads_the_templates_and_the_plan_offers_only_what_one_may_do(
    as_staff: Callable[[Staff], FlaskClient],
    anna: FlaskClient,
    world: World,
    session: Session,
) -> None:
    add_goal_template(session, world.anna)
    session.commit()
    erik = as_staff(world.erik)

    assert "Børste tænder" in erik.get("/goal-templates").text
    plan = f"/citizens/{world.sofie.id}/plan"
    assert "Gem som skabelon" in anna.get(plan).text
    assert "Gem som skabelon" not in erik.get(plan).text
    assert "Kopiér" not in erik.get(plan).text


def test_a_closed_goal_that_went_well_can_be_kept_and_copied(
    anna: FlaskClient, karen: Citizen, world: World, session: Session
) -> None:
    session.get_one(Goal, world.teeth.id).closed_at = NOW

    assert keep(anna, world.teeth).status_code == 303
    assert copy(anna, world.teeth, karen.id).status_code == 303
    assert goal_of(session, karen.id).closed_at is None


def test_a_namesake_gets_the_goal_with_the_name_that_is_hers_too(
    ditte: FlaskClient, world: World, session: Session
) -> None:
    department = session.get_one(Department, world.laerkereden.id)
    other, _ = add_citizen_with_goal(session, department, "Sofie", "Et mål")
    session.commit()

    assert copy(ditte, world.teeth, other.id).status_code == 303
