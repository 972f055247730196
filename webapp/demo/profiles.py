"""Who the demo home's citizens are, who is around them, and what the municipality has ordered."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from webapp.demo.days import month_end
from webapp.demo.ids import demo_id
from webapp.demo.shapes import DemoCitizen, DemoProfile
from webapp.models import Citizen, Contact, Order, OrderGoal

MONTHS = 18
"""How long an order runs."""


def citizen_id(seed: int, demo: DemoCitizen) -> UUID:
    """Return the id of a citizen."""
    return demo_id(seed, "citizen", demo.first_name)


def put_profile(citizen: Citizen, profile: DemoProfile, today: date) -> None:
    """Write a citizen's master data, so that the age is right on any day."""
    citizen.born_on = _born_on(profile, today)
    citizen.moved_in_on = month_end(today, -profile.months_here)
    citizen.legal_ground = profile.legal_ground
    citizen.municipality = profile.municipality
    citizen.languages = profile.languages
    citizen.what_to_avoid = profile.what_to_avoid


def contacts_of(demo: DemoCitizen, seed: int) -> Iterator[Contact]:
    """Yield those around a citizen."""
    for contact in demo.contacts:
        yield Contact(
            id=demo_id(seed, "contact", demo.first_name, contact.name),
            citizen_id=citizen_id(seed, demo),
            kind=contact.kind,
            name=contact.name,
            organisation=contact.organisation,
            phone=contact.phone,
            email=contact.email,
            how_reached=contact.how_reached,
            may_share=contact.may_share,
        )


def order_of(demo: DemoCitizen, today: date, seed: int) -> Order:
    """Return what the municipality has ordered."""
    ago = demo.order.starts_months_ago
    return Order(
        id=demo_id(seed, "order", demo.first_name),
        citizen_id=citizen_id(seed, demo),
        kind=demo.order.kind,
        purpose=demo.order.purpose,
        caseworker=demo.order.caseworker,
        starts_on=month_end(today, -ago).replace(day=1),
        ends_on=month_end(today, MONTHS - ago - 1),
        goals=[
            OrderGoal(id=_order_goal_id(seed, demo, rank), text=goal.text, rank=rank)
            for rank, goal in enumerate(demo.order.goals, start=1)
        ],
    )


def order_goal_of(demo: DemoCitizen, key: str, seed: int) -> UUID | None:
    """Return the goal of the order that one of ours comes from; None when it comes from none."""
    for rank, goal in enumerate(demo.order.goals, start=1):
        if key in goal.goals:
            return _order_goal_id(seed, demo, rank)
    return None


def _order_goal_id(seed: int, demo: DemoCitizen, rank: int) -> UUID:
    return demo_id(seed, "order_goal", demo.first_name, rank)


def _born_on(profile: DemoProfile, today: date) -> date:
    is_yet_to_come = profile.birthday > (today.month, today.day)
    month, day = profile.birthday
    return date(today.year - profile.age - is_yet_to_come, month, day)
