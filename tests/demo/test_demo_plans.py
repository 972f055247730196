"""The plans at Solsikken, and the Danish they are written in."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, time, timedelta
from itertools import chain, pairwise

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.adapters.test_guidance import lix
from tests.demo.reading import NOW, TEETH, close, counting, every, filled, goal_of
from tests.personas import ANNA, BO
from webapp.adapters.taxonomies import load_taxonomies
from webapp.demo.days import at_home, local_day
from webapp.domain.documentation import active_signs
from webapp.domain.interpreting import interpretation_words
from webapp.domain.measuring import check_measure
from webapp.domain.planning import (
    MONTHS_BETWEEN_EVALUATIONS,
    Card,
    check_can_run,
    check_dates,
    completeness,
    is_running,
)
from webapp.domain.smorte import GoalDraft, Light, assess
from webapp.models import (
    Citizen,
    CitizenKind,
    ClosureVerdict,
    Contact,
    ContactTeam,
    Goal,
    GoalClosure,
    GoalType,
    Intervention,
    InterventionDone,
    InterventionStatus,
    Observation,
    Order,
    Participation,
    Plan,
    PlanPart,
    PlanRevision,
    Sign,
    Sparring,
    Staff,
    Step,
)
from webapp.services.plan_history import news_for
from webapp.services.plans import content_of

# Their plans say why: it is Mikkel's own wish, and Poul's two goals belong together.
TWO_MAIN_GOALS = {"Mikkel", "Poul"}

# Nobody has yet said who evaluates, or considered a partner: the pentagon shows work left.
LEFT_UNFINISHED = "Amina"

INTERPRETATION = re.compile(
    r"\b(glad\w*|bedre|dårlig\w*|forstår?|forstod|tryg\w*|trives|trivsel|motiver\w*|frustrer\w*|"
    r"føler|følte|ked|nyder|nød|accepter\w*|tilfreds\w*|urolig\w*|aggressiv\w*|sur|vred|humør|"
    r"elsker|hader|uden grund|normal\w*|problem\w*|nægte\w*|dygtig\w*)\b",
    re.IGNORECASE,
)
LABELS = re.compile(
    r"\b(autis\w*|adhd|demen\w*|diagnos\w*|spasti\w*|handicap\w*|udviklingshæm\w*|hjerneskad\w*|"
    r"afasi|epilep\w*|syndrom|patient\w*)\b",
    re.IGNORECASE,
)
CPR_LIKE = re.compile(r"\d{6}[\s-]?\d{4}")


def words_of(citizen: Citizen, session: Session) -> list[str]:
    """Return all text about one citizen that can stand on a screen."""
    plan = session.scalars(select(Plan).where(Plan.citizen_id == citizen.id)).one()
    goals = session.scalars(select(Goal).where(Goal.plan_id == plan.id)).all()
    log = session.scalars(
        select(Observation).where(Observation.goal_id.in_([goal.id for goal in goals]))
    )
    return [
        citizen.what_helps,
        citizen.what_to_avoid,
        citizen.languages,
        plan.context,
        *words_around(citizen, session),
        *words_of_plan(plan, session),
        *chain.from_iterable((goal.text, goal.short_text) for goal in goals),
        *(sign.text for goal in goals for sign in goal.signs),
        *(words for goal in goals for sign in goal.signs for words in sign.gas_levels),
        *(words for goal in goals for sign in goal.signs for words in sign.steps),
        *chain.from_iterable(
            (step.title, step.approach, step.when_and_where)
            for goal in goals
            for step in goal.interventions
        ),
        *chain.from_iterable((row.note, row.reason) for row in log),
    ]


def words_of_plan(plan: Plan, session: Session) -> Iterator[str]:
    """Yield what the five cards say beside the sentences of old, and why they were changed."""
    yield from words_of_context(plan)
    for goal in session.scalars(select(Goal).where(Goal.plan_id == plan.id)):
        yield from words_around_goal(goal)
        for each in goal.interventions:
            yield from words_of_intervention(each)
            yield from (step.text for step in each.steps)
        for closure in session.scalars(select(GoalClosure).where(GoalClosure.goal_id == goal.id)):
            yield closure.why
        yield from words_of_sparring(goal, session)
    for revision in session.scalars(select(PlanRevision).where(PlanRevision.plan_id == plan.id)):
        yield revision.why
        yield from (str(revision.content.get(name, "")) for name in ("text", "context"))


def words_of_sparring(goal: Goal, session: Session) -> Iterator[str]:
    for sparring in session.scalars(select(Sparring).where(Sparring.goal_id == goal.id)):
        yield from (comment.text for comment in sparring.comments)


def words_of_context(plan: Plan) -> tuple[str, ...]:
    return (plan.resources, plan.challenge, plan.needs, plan.frame, plan.earlier_experience)


def words_around_goal(goal: Goal) -> tuple[str, ...]:
    return (
        goal.participation_words, goal.others_took_part,
        goal.partner_words, goal.second_goal_reason,
    )  # fmt: skip


def words_of_intervention(each: Intervention) -> tuple[str, ...]:
    return (each.approach, each.practice, each.who, each.materials)


def words_around(citizen: Citizen, session: Session) -> Iterator[str]:
    """Yield what the order and the contacts of a citizen say."""
    for order in session.scalars(select(Order).where(Order.citizen_id == citizen.id)):
        yield order.purpose
        yield from (goal.text for goal in order.goals)
    for contact in session.scalars(select(Contact).where(Contact.citizen_id == citizen.id)):
        yield from (contact.name, contact.phone)
        yield from (contact.how_reached, contact.may_share)


def test_every_active_goal_ends_ahead_of_now_and_has_three_to_five_signs(home: Session) -> None:
    for goal in every(home, Goal):
        active = [sign for sign in goal.signs if sign.archived_at is None]
        assert 3 <= len(active) <= 5, goal.short_text
        assert 1 <= len(goal.interventions) <= 3, goal.short_text
        assert goal.starts_on < goal.ends_on
        if goal.closed_at is None:
            assert goal.starts_on <= local_day(NOW) < goal.ends_on


def test_a_citizen_has_one_active_main_goal_unless_the_plan_says_why(home: Session) -> None:
    main_goals: dict[str, int] = defaultdict(int)
    for goal in every(home, Goal):
        if goal.closed_at is None and goal.parent_id is None:
            main_goals[goal.plan.citizen.first_name] += 1

    assert len(main_goals) == 9
    assert {name for name, count in main_goals.items() if count > 1} == TWO_MAIN_GOALS
    for plan in every(home, Plan):
        assert ("to mål" in plan.context) == (plan.citizen.first_name in TWO_MAIN_GOALS)


def test_there_is_one_sub_goal_one_closed_goal_and_one_archived_sign(home: Session) -> None:
    sub_goals = [goal for goal in every(home, Goal) if goal.parent is not None]
    closed = [goal for goal in every(home, Goal) if goal.closed_at is not None]
    archived = [sign for sign in every(home, Sign) if sign.archived_at is not None]

    assert [goal.plan_id for goal in sub_goals] == [
        goal.parent.plan_id for goal in sub_goals if goal.parent
    ]
    assert (len(sub_goals), len(closed), len(archived)) == (1, 1, 1)
    for ended, rows in (
        (closed[0].closed_at, counting(home, closed[0])),
        (
            archived[0].archived_at,
            [row for row in counting(home) if row.sign_id == archived[0].id],
        ),
    ):
        assert ended is not None
        assert rows
        assert all(row.happened_at < ended for row in rows)


def test_texts_fit_where_they_are_shown(home: Session) -> None:
    for goal in every(home, Goal):
        assert len(goal.short_text) <= 40
        assert goal.text.endswith(".")
    for citizen in every(home, Citizen):
        assert len(citizen.what_helps) <= 80
    for plan in every(home, Plan):
        sentences = re.findall(r"[.!?](?:\s|$)", plan.context)
        assert 3 <= len(sentences) <= 6, plan.citizen.first_name


def test_a_sign_goes_on_after_we_want_to_see_that(home: Session) -> None:
    for sign in every(home, Sign):
        assert not sign.text.endswith((".", ","))
        assert not sign.text.startswith(("at ", "Vi "))
        # A subordinate clause: the adverb stands before the verb.
        assert not re.search(r"\b(tager|går|siger|rejser|løfter|trækker) selv\b", sign.text)
    assert {sign.sense for sign in every(home, Sign)} == {"see", "hear", "feel"}


def test_signs_are_ranked_without_holes(home: Session) -> None:
    for goal in every(home, Goal):
        assert [sign.rank for sign in goal.signs] == list(range(1, len(goal.signs) + 1))


def test_no_text_interprets_labels_or_looks_like_a_cpr_number(home: Session) -> None:
    for citizen in every(home, Citizen):
        for text in words_of(citizen, home):
            for forbidden in (INTERPRETATION, LABELS, CPR_LIKE):
                assert not forbidden.search(text), text


def test_nothing_written_about_one_citizen_names_another(home: Session) -> None:
    citizens = every(home, Citizen)
    for citizen in citizens:
        others = [other.first_name for other in citizens if other is not citizen]
        named = re.compile(r"\b(" + "|".join(others) + r")s?\b")
        for text in words_of(citizen, home):
            assert not named.search(text), text


def test_texts_are_typed_with_care(home: Session) -> None:
    for citizen in every(home, Citizen):
        for text in words_of(citizen, home):
            assert text == text.strip()
            assert "  " not in text
            assert '"' not in text
            assert text.count("“") == text.count("”"), text


def goals_of(plan: Plan, session: Session) -> list[Goal]:
    return [goal for goal in every(session, Goal) if goal.plan_id == plan.id]


# However the calendar lies: a leap day, the shortest month ahead, the day before summer time.
@pytest.mark.parametrize(
    "day",
    [date(2026, 11, 21), date(2026, 12, 31), date(2027, 3, 27), date(2028, 2, 29)],
)
def test_every_plan_but_one_is_whole_on_all_five_cards_on_any_day(day: date) -> None:
    session = filled(at_home(day, time(0, 5)), weeks=0)

    for plan in every(session, Plan):
        cards = completeness(plan, goals_of(plan, session), today=day)
        left = {card for card, said in cards.items() if not said.is_whole}
        unfinished = plan.citizen.first_name == LEFT_UNFINISHED
        assert left == ({Card.GOALS, Card.EVALUATION} if unfinished else set())
        assert plan.next_evaluation_on
        assert day < plan.next_evaluation_on < day + timedelta(weeks=26)
        assert 0 < plan.evaluation_months <= MONTHS_BETWEEN_EVALUATIONS
    for goal in every(session, Goal):
        check_dates(goal.starts_on, goal.ends_on, goal.revise_on)
        assert goal.revise_on
        assert (goal.revise_on > day) == (goal.closed_at is None)
    close(session)


def test_every_running_goal_could_be_started_again_as_it_stands(home: Session) -> None:
    for plan in every(home, Plan):
        goals = goals_of(plan, home)
        for goal in goals:
            assert goal.activated_at
            assert goal.order_goal
            assert goal.order_goal.order.citizen_id == plan.citizen_id
            if is_running(goal):
                # The one that was there first needs no reason for being alone.
                first = min(goals, key=lambda each: each.starts_on)
                check_can_run(goal, [] if goal is first else goals)


def test_themes_are_codes_of_the_citizens_own_taxonomy(home: Session) -> None:
    known = load_taxonomies(None)

    for plan in every(home, Plan):
        taxonomy = known["ffb" if plan.citizen.kind is CitizenKind.ADULT else "ics"]
        for code in (plan.theme, *(goal.theme for goal in goals_of(plan, home))):
            assert taxonomy.theme(code), code


def test_one_goal_keeps_and_one_holds_back_a_loss_and_both_stay_where_they_are(
    home: Session,
) -> None:
    held = [goal for goal in every(home, Goal) if goal.type is not GoalType.DEVELOP]

    assert {goal.type for goal in held} == {GoalType.KEEP, GoalType.LIMIT_LOSS}
    for goal in held:
        assert all(sign.baseline == sign.target for sign in goal.signs)
    for goal in every(home, Goal):
        assert goal in held or any(sign.target != sign.baseline for sign in goal.signs)


def test_every_sign_has_a_baseline_and_a_target_that_fits(home: Session) -> None:
    for sign in every(home, Sign):
        assert sign.baseline is not None, sign.text
        assert sign.target is not None, sign.text
        check_measure(
            sign.measure,
            sign.direction,
            baseline=sign.baseline,
            target=sign.target,
            gas_levels=sign.gas_levels,
            steps=sign.steps,
        )


def test_citizens_took_part_in_all_the_ways_there_are_and_it_is_told_how(home: Session) -> None:
    goals = every(home, Goal)

    assert {goal.participation for goal in goals} == set(Participation)
    assert {goal.partner_involved for goal in goals} == {True, False, None}
    for goal in goals:
        assert len(goal.participation_words) > 40
        assert goal.others_took_part
        assert bool(goal.partner_words) == (goal.partner_involved is not None)
        team = select(ContactTeam.staff_id).where(ContactTeam.citizen_id == goal.plan.citizen_id)
        assert goal.responsible_id in home.scalars(team).all()


def test_interventions_say_the_method_and_how_it_is_done_here(home: Session) -> None:
    interventions = every(home, Intervention)
    status = [each.status for each in interventions]

    for each in interventions:
        assert all(words_of_intervention(each)), each.title
        assert each.when_and_where
        assert each.approach != each.practice
    assert status.count(InterventionStatus.PAUSED) == 1
    assert status.count(InterventionStatus.PLANNED) == 1
    planned = next(each for each in interventions if each.status is InterventionStatus.PLANNED)
    assert all(row.intervention_id != planned.id for row in every(home, InterventionDone))


def test_what_is_on_pause_was_not_carried_out_since(home: Session) -> None:
    paused = next(
        each for each in every(home, Intervention) if each.status is InterventionStatus.PAUSED
    )
    since = home.scalars(
        select(PlanRevision.changed_at).where(
            PlanRevision.object_id == paused.id, PlanRevision.number == 2
        )
    ).one()
    done = [row for row in every(home, InterventionDone) if row.intervention_id == paused.id]

    assert done
    assert max(row.happened_at for row in done) < since


def test_every_goal_has_steps_of_one_short_sentence_each(home: Session) -> None:
    for goal in every(home, Goal):
        counts = [len(each.steps) for each in goal.interventions if each.steps]
        assert counts, goal.short_text
        assert all(2 <= count <= 6 for count in counts)
    for step in every(home, Step):
        assert len(step.text.split()) <= 12
        assert step.text[0].isupper()
        assert step.text.endswith(".")
        assert not re.search(r"[.!?]\s", step.text)
    assert len(goal_of(home, TEETH).interventions[0].steps) == 6


def test_the_coach_lights_green_on_what_is_written(home: Session) -> None:
    for goal in every(home, Goal):
        if not is_running(goal):
            continue
        draft = GoalDraft(
            text=goal.text,
            goal_type=goal.type.value,
            starts_on=goal.starts_on,
            ends_on=goal.ends_on,
            has_order_goal=goal.order_goal_id is not None,
            no_order_goal_reason=goal.no_order_goal_reason,
            sign_count=len(active_signs(goal)),
            next_evaluation_on=goal.plan.next_evaluation_on,
            revise_on=goal.revise_on,
            today=local_day(NOW),
        )
        assert {one.light for one in assess(draft)} == {Light.GREEN}, goal.short_text


def test_no_goal_and_no_sign_is_about_avoiding(home: Session) -> None:
    for goal in every(home, Goal):
        for text in (goal.text, goal.short_text, *(sign.text for sign in goal.signs)):
            assert "undgå" not in text.lower()


def test_plans_are_easy_to_read(home: Session) -> None:
    for plan in every(home, Plan):
        goals = goals_of(plan, home)
        # One short sentence says little of how hard a card is to read, so they are read together.
        texts = [
            plan.context,
            *words_of_context(plan),
            *(" ".join(words_around_goal(goal)) for goal in goals),
            *(" ".join(words_of_intervention(each)) for g in goals for each in g.interventions),
        ]
        for text in texts:
            assert lix(text) < 40, text


# What was changed, by whom, and who has to be told


def test_every_part_has_its_versions_in_order_and_the_newest_is_what_stands_there(
    home: Session,
) -> None:
    versions: dict[tuple[object, object], list[PlanRevision]] = defaultdict(list)
    for row in home.scalars(select(PlanRevision).order_by(PlanRevision.number)):
        versions[row.part, row.object_id].append(row)
    parts: list[tuple[PlanPart, Plan | Goal | Sign | Intervention]] = [
        *((PlanPart.CONTEXT, plan) for plan in every(home, Plan)),
        *((PlanPart.EVALUATION, plan) for plan in every(home, Plan)),
        *((PlanPart.GOAL, goal) for goal in every(home, Goal)),
        *((PlanPart.SIGN, sign) for sign in every(home, Sign)),
        *((PlanPart.INTERVENTION, each) for each in every(home, Intervention)),
    ]

    assert len(parts) == len(versions)
    for part, written in parts:
        kept = versions[part, written.id]
        assert [row.number for row in kept] == list(range(1, len(kept) + 1))
        assert all(before.changed_at <= after.changed_at for before, after in pairwise(kept))
        assert kept[-1].changed_at <= NOW
        assert kept[-1].content == content_of(part, written)
        assert all(row.author for row in kept), "everything was written by somebody"


def test_only_the_contact_team_writes_and_a_later_change_says_why(home: Session) -> None:
    for row in home.scalars(select(PlanRevision).where(PlanRevision.author_id.is_not(None))):
        plan = home.get_one(Plan, row.plan_id)
        team = select(ContactTeam.staff_id).where(ContactTeam.citizen_id == plan.citizen_id)
        assert row.author_id in home.scalars(team).all()
        assert bool(row.why) == (row.number > 1)


def test_a_goal_is_written_before_it_begins_and_tapped_on_after(home: Session) -> None:
    for goal in every(home, Goal):
        first = home.scalars(
            select(PlanRevision.changed_at).where(
                PlanRevision.object_id == goal.id, PlanRevision.number == 1
            )
        ).one()
        assert goal.activated_at == at_home(goal.starts_on, time(9))
        assert first < goal.activated_at


def test_the_goal_that_was_closed_says_how_and_why(home: Session) -> None:
    [closure] = every(home, GoalClosure)

    assert closure.verdict is ClosureVerdict.REACHED
    assert closure.closed_at == closure.goal.closed_at
    assert closure.why


def test_nothing_is_news_of_sofie_and_one_thing_is_news_for_bo_but_not_for_its_author(
    home: Session,
) -> None:
    staff = {person.email: person for person in every(home, Staff)}
    goals = [goal.id for goal in every(home, Goal)]
    sofie = goal_of(home, TEETH)

    news = news_for(home, staff[BO.email], goals, now=NOW)

    [(goal_id, [change])] = news.items()
    assert home.get_one(Goal, goal_id).plan.citizen.first_name == "Karen"
    assert change.part is PlanPart.SIGN
    assert change.author is staff[ANNA.email]
    assert local_day(NOW) - local_day(change.changed_at) == timedelta(days=2)
    assert not news_for(home, staff[ANNA.email], goals, now=NOW)
    for person in staff.values():
        assert not news_for(home, person, [sofie.id], now=NOW)


def test_the_sentence_that_was_changed_said_less_and_could_be_seen_too(home: Session) -> None:
    sign = home.scalars(select(Sign).where(Sign.text.like("Karen lægger kniv%"))).one()
    texts = home.scalars(
        select(PlanRevision.content)
        .where(PlanRevision.object_id == sign.id)
        .order_by(PlanRevision.number)
    ).all()

    before, after = (content["text"] for content in texts)
    assert after == sign.text
    assert len(before) < len(after)
    assert interpretation_words(before) == []
