"""The plans at Solsikken, and the Danish they are written in."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.demo.reading import NOW, counting, every
from webapp.demo.days import local_day
from webapp.models import Citizen, Contact, Goal, Observation, Order, Plan, Sign

# Their plans say why: it is Mikkel's own wish, and Poul's two goals belong together.
TWO_MAIN_GOALS = {"Mikkel", "Poul"}

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
