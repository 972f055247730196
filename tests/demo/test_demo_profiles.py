"""Who lives at Solsikken, who is around them, and what their municipalities have ordered."""

import re
from collections import Counter
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.demo.reading import NOW, close, every, filled
from webapp.adapters.legal_grounds import load_legal_grounds
from webapp.demo.citizens import CITIZENS
from webapp.demo.days import HOME_ZONE, local_day
from webapp.domain import consenting
from webapp.domain.consenting import ConsentState
from webapp.domain.ordering import Standing, check_period, standing
from webapp.models import Citizen, CitizenKind, Consent, Contact, Goal, Order, OrderKind, Plan

TODAY = local_day(NOW)


def age(citizen: Citizen, today: date) -> int:
    assert citizen.born_on
    had = (today.month, today.day) >= (citizen.born_on.month, citizen.born_on.day)
    return today.year - citizen.born_on.year - (not had)


def test_everyone_is_as_old_as_their_plan_says_on_any_day() -> None:
    for days in (0, 45, 300):
        session = filled(NOW + timedelta(days=days), weeks=0)
        for plan in every(session, Plan):
            told = re.search(r"er (\d+) år", plan.context)
            assert told
            assert age(plan.citizen, TODAY + timedelta(days=days)) == int(told[1])
        close(session)


def test_children_are_children_and_the_young_man_is_young(home: Session) -> None:
    for citizen in every(home, Citizen):
        years = age(citizen, TODAY)
        kind = CitizenKind.ADULT if years >= 18 else CitizenKind.YOUNG
        assert citizen.kind is (kind if years >= 15 else CitizenKind.CHILD)


def test_everyone_has_master_data(home: Session) -> None:
    codes = {ground.code for law in load_legal_grounds(None) for ground in law.grounds}

    for citizen in every(home, Citizen):
        assert citizen.born_on
        assert citizen.moved_in_on
        assert citizen.born_on < citizen.moved_in_on < TODAY
        assert citizen.legal_ground in codes
        assert citizen.legal_ground.startswith("sel") == (citizen.kind is CitizenKind.ADULT)
        assert citizen.municipality
        assert 0 < len(citizen.what_to_avoid) <= 80


def test_everyone_has_somebody_and_all_of_them_are_invented(home: Session) -> None:
    contacts = every(home, Contact)
    around = Counter(contact.citizen_id for contact in contacts)

    assert {citizen.id for citizen in every(home, Citizen)} == set(around)
    assert set(around.values()) <= {1, 2, 3}
    for contact in contacts:
        assert re.fullmatch(r"00 00 00 \d\d", contact.phone)
        assert not contact.email or contact.email.endswith(".example")
        assert contact.may_share
    assert len({contact.phone for contact in contacts}) == len(contacts)


def test_everyone_has_one_order_in_force_of_the_kind_for_them(home: Session) -> None:
    papers = {
        CitizenKind.ADULT: OrderKind.ACTION_PLAN,
        CitizenKind.CHILD: OrderKind.CHILDS_PLAN,
        CitizenKind.YOUNG: OrderKind.YOUTH_PLAN,
    }

    for citizen in every(home, Citizen):
        order = home.scalars(select(Order).where(Order.citizen_id == citizen.id)).one()
        check_period(order.starts_on, order.ends_on)
        assert standing(order, TODAY) is Standing.RUNNING
        assert order.kind is papers[citizen.kind]
        assert 2 <= len(order.goals) <= 3


def test_every_goal_begins_in_the_order_and_every_order_has_more_to_come(home: Session) -> None:
    for goal in every(home, Goal):
        assert goal.order_goal
        assert goal.order_goal.order.citizen_id == goal.plan.citizen_id
    linked = {goal.order_goal_id for goal in every(home, Goal)}
    for order in every(home, Order):
        assert {goal.id for goal in order.goals} - linked or len(order.goals) > 1


def test_an_order_names_only_goals_that_are_there() -> None:
    for citizen in CITIZENS:
        named = [key for goal in citizen.order.goals for key in goal.goals]
        assert sorted(named) == sorted(goal.key for goal in citizen.goals)


def test_every_yes_could_be_written_down_today_and_one_runs_out_soon(home: Session) -> None:
    states: Counter[ConsentState] = Counter()
    for citizen in every(home, Citizen):
        given = [yes for yes in every(home, Consent) if yes.citizen_id == citizen.id]
        for yes in given:
            consenting.check(yes, citizen, [], today=TODAY, zone=HOME_ZONE)
        states.update(each.state for each in consenting.states_of(given, TODAY))
    assert states[ConsentState.GIVEN] == 4
    assert states[ConsentState.EXPIRES_SOON] == 1
