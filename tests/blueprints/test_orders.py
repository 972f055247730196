"""The municipality's order: written down as it came, changed with open eyes, never lost."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.blueprints.tapping import actions, count, words
from tests.factories import NOW, World, add_order
from webapp.models import Citizen, CitizenKind, Goal, Order, OrderGoal, OrderKind, Staff
from webapp.services.orders import version

AS_WRITTEN = "Sofie skal støttes i at klare sin personlige pleje selv."


def sent(*goals: str, **more: Any) -> dict[str, Any]:
    """Return what the form sends, each goal after the id its line was drawn with."""
    pairs = [part for text in goals for part in (str(uuid4()), text)]
    fields: dict[str, Any] = {
        "new_id": str(uuid4()),
        "kind": "action_plan",
        "purpose": AS_WRITTEN,
        "starts_on": "2026-06-01",
        "ends_on": "2027-05-31",
        "caseworker": "Lone Friis",
        "goal": pairs,
    }
    return fields | more


def lines_of(order: Order) -> list[str]:
    """Return the goals of an order as the form sends them."""
    shown = [goal for goal in order.goals if goal.archived_at is None]
    return [part for goal in shown for part in (str(goal.id), goal.text)]


def create(client: FlaskClient, citizen: Citizen, data: dict[str, Any]) -> TestResponse:
    return client.post(f"/citizens/{citizen.id}/orders", data=data)


def only(session: Session) -> Order:
    return session.scalars(select(Order)).one()


@pytest.fixture
def order(session: Session, world: World) -> Order:
    made = add_order(session, world.sofie, "Tandbørstning", "Tøj efter vejret", "Ringe hjem")
    session.commit()
    return made


# Writing it down


def test_an_order_is_kept_as_the_municipality_wrote_it(
    anna: FlaskClient, world: World, session: Session
) -> None:
    data = sent("Sofie børster selv tænder", "  Sofie ringer selv hjem\r\nhver søndag ")

    response = create(anna, world.sofie, data)

    stored = only(session)
    assert response.status_code == 303
    assert response.location == f"/citizens/{world.sofie.id}/orders#order-{stored.id}"
    assert (stored.citizen_id, stored.kind) == (world.sofie.id, OrderKind.ACTION_PLAN)
    assert (stored.purpose, stored.caseworker) == (AS_WRITTEN, "Lone Friis")
    assert (stored.starts_on, stored.ends_on) == (date(2026, 6, 1), date(2027, 5, 31))
    assert [(goal.rank, goal.text) for goal in stored.goals] == [
        (1, "Sofie børster selv tænder"),
        (2, "  Sofie ringer selv hjem\r\nhver søndag "),
    ]
    assert actions(session) == ["order.create"]


def test_a_line_left_empty_is_no_goal_and_an_order_may_have_none(
    anna: FlaskClient, world: World, session: Session
) -> None:
    create(anna, world.sofie, sent("", "  \r\n"))

    assert only(session).goals == []


def test_a_form_sent_twice_stores_one_order(
    anna: FlaskClient, world: World, session: Session
) -> None:
    data = sent("Tandbørstning", "Ringe hjem")

    answers = [create(anna, world.sofie, data) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert (count(session, Order), count(session, OrderGoal)) == (1, 2)
    assert actions(session) == ["order.create", "order.read"]


@pytest.mark.parametrize(
    "change",
    [{"purpose": "Noget andet"}, {"goal": [str(UUID(int=1)), "Nyt"]}],
    ids=["purpose", "goal"],
)
def test_the_same_id_with_another_content_is_refused_and_all_that_was_typed_stays(
    anna: FlaskClient, world: World, session: Session, change: dict[str, Any]
) -> None:
    data = sent("Tandbørstning")
    create(anna, world.sofie, data)

    response = create(anna, world.sofie, data | change)

    assert response.status_code == 409
    assert "Det første er bevaret" in response.text
    assert str(change.get("purpose", "Nyt")) in response.text
    assert only(session).purpose == AS_WRITTEN


def test_the_id_of_another_citizens_order_opens_nothing(
    as_staff: Callable[[Staff], FlaskClient], world: World, session: Session
) -> None:
    theirs = add_order(session, world.mads, "Puslespil")
    session.commit()

    response = create(as_staff(world.ditte), world.sofie, sent(new_id=str(theirs.id)))

    assert response.status_code == 409
    assert "Puslespil" not in response.text
    assert count(session, Order) == 1


def test_a_goal_of_another_order_is_never_taken_over(
    anna: FlaskClient, world: World, session: Session, order: Order
) -> None:
    theirs = add_order(session, world.mads, "Puslespil").goals[0]
    session.commit()
    stolen = [str(theirs.id), "Overtaget"]
    changed = sent(goal=stolen, drawn_from=version(order))

    for response in (
        create(anna, world.sofie, sent(goal=stolen)),
        anna.post(f"/orders/{order.id}", data=changed),
    ):
        assert response.status_code == 409
    session.expire_all()
    assert theirs.text == "Puslespil"
    stand = [goal.text for goal in order.goals]
    assert stand == ["Tandbørstning", "Tøj efter vejret", "Ringe hjem"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"ends_on": "2026-05-31"}, "Slutdatoen skal ligge efter startdatoen"),
        ({"ends_on": "2026-06-01"}, "Slutdatoen skal ligge efter startdatoen"),
        ({"starts_on": ""}, "hvornår bestillingen gælder fra"),
        ({"starts_on": "31-12-2026"}, "Datoen kunne ikke læses"),
        ({"starts_on": "2026-02-30"}, "Datoen kunne ikke læses"),
        ({"kind": ""}, "Vælg et."),
        ({"kind": "recept"}, "Vælg en af mulighederne"),
        ({"purpose": "  "}, "Skriv formålet"),
        ({"purpose": "Mere\x00selv"}, "usynligt skrifttegn"),
        ({"purpose": "x" * 5001}, "højst 5.000 tegn"),
        ({"caseworker": "x" * 201}, "højst 200 tegn"),
        ({"goal": [str(UUID(int=1)), "Ringe\x00hjem"]}, "Et af målene kan ikke gemmes"),
        ({"goal": [str(UUID(int=1)), "x" * 5001]}, "Et af målene kan ikke gemmes"),
        ({"goal": ["1", "Ringe hjem"]}, "Siden blev ikke hentet helt"),
        ({"goal": [str(UUID(int=1))]}, "Siden blev ikke hentet helt"),
        ({"goal": [str(UUID(int=1)), "Ringe hjem"] * 2}, "for mange mål"),
        ({"goal": [str(UUID(int=n // 2)) if n % 2 == 0 else "x" for n in range(62)]}, "for mange"),
        ({"new_id": ""}, "Siden blev ikke hentet helt"),
        ({"new_id": "1"}, "Siden blev ikke hentet helt"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_cannot_be_right_is_told_at_its_field_and_nothing_typed_is_lost(
    anna: FlaskClient, world: World, session: Session, change: dict[str, Any], said: str
) -> None:
    data = sent("Tandbørstning", purpose="Det, kommunen skrev.") | change

    response = create(anna, world.sofie, data)

    assert response.status_code == 422
    assert said in words(response)
    assert "purpose" in change or "Det, kommunen skrev." in response.text
    assert "goal" in change or "Tandbørstning" in response.text
    assert count(session, Order) == 0
    assert actions(session) == ["order.read"]


def test_the_paper_is_guessed_from_the_kind_of_citizen(
    anna: FlaskClient, world: World, session: Session
) -> None:
    guesses = {
        CitizenKind.ADULT: "action_plan",
        CitizenKind.CHILD: "childs_plan",
        CitizenKind.YOUNG: "youth_plan",
    }
    for kind, guess in guesses.items():
        session.merge(world.sofie).kind = kind
        session.commit()

        page = words(anna.get(f"/citizens/{world.sofie.id}/orders/new"))

        assert f'value="{guess}" checked' in page


# The buttons at the lines


@pytest.mark.parametrize(
    ("wish", "shown"),
    [
        ("add", ["Et", "To", "Tre", ""]),
        ("up-2", ["Et", "Tre", "To"]),
        ("down-0", ["To", "Et", "Tre"]),
        ("remove-1", ["Et", "Tre"]),
        ("up-0", ["Et", "To", "Tre"]),
        ("down-2", ["Et", "To", "Tre"]),
        ("remove-99", ["Et", "To", "Tre"]),
        ("remove-²", ["Et", "To", "Tre"]),
    ],
)
@pytest.mark.parametrize("is_new", [True, False])
def test_a_button_at_a_line_arranges_the_page_and_saves_nothing(
    anna: FlaskClient,
    world: World,
    session: Session,
    order: Order,
    wish: str,
    shown: list[str],
    is_new: bool,
) -> None:
    data = sent("Et", "To", "Tre", arrange=wish, purpose="", starts_on="i morgen")
    url = f"/citizens/{world.sofie.id}/orders" if is_new else f"/orders/{order.id}"

    response = anna.post(url, data=data)

    assert response.status_code == 200
    lines = response.text.split('name="goal" rows="2" hx-ignore>\n')[1:]
    assert [line.partition("</textarea>")[0] for line in lines] == shown
    assert 'value="i morgen"' in response.text
    assert "field-error" not in response.text
    assert count(session, Order) == 1
    assert actions(session) == ["order.read"]


def test_the_ids_of_the_lines_stay_theirs_while_they_move(
    anna: FlaskClient, world: World, session: Session
) -> None:
    data = sent("Et", "To", arrange="up-1")
    first, _, second, _ = data["goal"]

    page = create(anna, world.sofie, data).text

    assert page.index(str(second)) < page.index(str(first))


# Changing it


def test_goals_are_changed_ordered_added_and_taken_out_in_one_save(
    anna: FlaskClient, session: Session, order: Order
) -> None:
    teeth, clothes, phone = order.goals
    new, left_out = str(uuid4()), clothes.id
    goal = [str(phone.id), "Ringe hjem selv", new, "Gå i byen", str(teeth.id), teeth.text]

    response = anna.post(
        f"/orders/{order.id}", data=sent(goal=goal, drawn_from=version(order), ends_on="")
    )

    assert response.status_code == 303
    session.expire_all()
    assert [(str(each.id), each.text, each.rank) for each in order.goals] == [
        (str(phone.id), "Ringe hjem selv", 1),
        (new, "Gå i byen", 2),
        (str(teeth.id), "Tandbørstning", 3),
    ]
    assert session.get(OrderGoal, left_out) is None
    assert order.ends_on is None
    assert actions(session) == ["order.update"]


def test_a_goal_that_ours_comes_from_is_put_away_and_never_deleted(
    anna: FlaskClient, world: World, session: Session, order: Order
) -> None:
    teeth, *others = [goal.id for goal in order.goals]
    session.merge(world.teeth).order_goal_id = teeth
    session.commit()

    anna.post(f"/orders/{order.id}", data=sent(goal=[], drawn_from=version(order)))

    session.expire_all()
    assert session.get_one(OrderGoal, teeth).archived_at == NOW
    assert session.get_one(Goal, world.teeth.id).order_goal_id == teeth
    assert [session.get(OrderGoal, other) for other in others] == [None, None]
    assert "Tandbørstning" not in anna.get(f"/citizens/{world.sofie.id}/orders").text


def test_sending_a_change_twice_changes_it_once(
    anna: FlaskClient, session: Session, order: Order
) -> None:
    data = sent(goal=lines_of(order), drawn_from=version(order), purpose="Nyt formål")

    answers = [anna.post(f"/orders/{order.id}", data=data) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert actions(session) == ["order.update", "order.read"]


def test_nobody_writes_over_a_colleague_unseen_and_the_second_time_is_with_open_eyes(
    anna: FlaskClient,
    as_staff: Callable[[Staff], FlaskClient],
    world: World,
    session: Session,
    order: Order,
) -> None:
    drawn_from, lines = version(order), lines_of(order)
    theirs = sent(goal=[*lines, str(uuid4()), "Dittes mål"], drawn_from=drawn_from)
    as_staff(world.ditte).post(f"/orders/{order.id}", data=theirs)
    mine = sent(goal=lines, drawn_from=drawn_from, purpose="Annas formål")

    refused = anna.post(f"/orders/{order.id}", data=mine)

    assert refused.status_code == 409
    assert "En kollega har gemt i mellemtiden" in refused.text
    assert "Annas formål" in refused.text
    assert "Dittes mål" in refused.text.partition("Det står der nu")[2]
    session.expire_all()
    assert order.purpose == AS_WRITTEN
    fresh = refused.text.partition('name="drawn_from" type="hidden" value="')[2][:16]
    assert anna.post(f"/orders/{order.id}", data=mine | {"drawn_from": fresh}).status_code == 303
    session.expire_all()
    assert order.purpose == "Annas formål"


def test_an_end_before_the_start_is_told_when_changing_too(
    anna: FlaskClient, session: Session, order: Order
) -> None:
    data = sent(goal=lines_of(order), drawn_from=version(order), ends_on="2025-01-01")

    response = anna.post(f"/orders/{order.id}", data=data)

    assert response.status_code == 422
    place = response.text.index('id="ends_on-error"')
    assert "Slutdatoen skal ligge efter startdatoen" in response.text[place:][:120]


# Putting it away


def test_an_order_is_put_away_and_taken_out_again(
    anna: FlaskClient, world: World, session: Session, order: Order
) -> None:
    page = f"/citizens/{world.sofie.id}/orders"

    for _ in range(2):
        assert anna.post(f"/orders/{order.id}/archival").location == f"{page}#order-{order.id}"
    session.expire_all()
    assert order.archived_at == NOW
    folded = words(anna.get(page)).partition("1 lagt væk")[2]
    assert "Tandbørstning" in folded
    assert "Tag frem igen" in folded

    anna.post(f"/orders/{order.id}/restoration")
    session.expire_all()
    assert session.get_one(Order, order.id).archived_at is None
    written = [action for action in actions(session) if action != "order.read"]
    assert written == ["order.archive", "order.restore"]


def test_nobody_writes_in_an_order_that_is_put_away(
    anna: FlaskClient, session: Session, order: Order
) -> None:
    order.archived_at = NOW
    session.commit()

    response = anna.post(
        f"/orders/{order.id}", data=sent(goal=lines_of(order), drawn_from=version(order))
    )

    assert response.status_code == 409
    assert "Bestillingen er lagt væk" in response.text


# Seeing it


def test_the_newest_order_comes_first_and_says_where_it_stands(
    anna: FlaskClient, world: World, session: Session, order: Order
) -> None:
    order.ends_on = NOW.date() - timedelta(days=1)
    newer, coming = (add_order(session, world.sofie, text) for text in ("Nyere", "Kommende"))
    newer.starts_on, coming.starts_on = date(2026, 9, 1), date(2027, 1, 1)
    session.commit()

    page = words(anna.get(f"/citizens/{world.sofie.id}/orders"))

    places = [
        page.index(said)
        for said in ("Begynder 1. januar 2027", "Kommende", "Gælder nu", "Nyere", "Udløb 20. nov")
    ]
    assert places == sorted(places)


def test_without_an_order_the_page_says_what_belongs_here(anna: FlaskClient, world: World) -> None:
    page = words(anna.get(f"/citizens/{world.sofie.id}/orders"))

    assert "Her er ingen bestilling endnu" in page
    assert "Skriv bestillingen ind" in page


def test_everyone_who_works_with_the_citizen_reads_and_only_the_contact_team_writes(
    bo: FlaskClient, world: World, session: Session, order: Order
) -> None:
    page = bo.get(f"/citizens/{world.sofie.id}/orders")
    assert "Tandbørstning" in page.text
    assert "Ret" not in page.text.partition("Gælder nu")[2]

    tries = [
        bo.get(f"/citizens/{world.sofie.id}/orders/new"),
        create(bo, world.sofie, sent()),
        create(bo, world.sofie, sent(arrange="add")),
        bo.get(f"/orders/{order.id}/edit"),
        bo.post(f"/orders/{order.id}", data=sent(drawn_from=version(order))),
        bo.post(f"/orders/{order.id}/archival"),
        bo.post(f"/orders/{order.id}/restoration"),
        bo.get(f"/orders/{order.id}/files/new"),
        bo.post(f"/orders/{order.id}/files"),
    ]

    for refused in tries:
        assert refused.status_code == 403
        assert "Kun kontaktteamet og lederen" in words(refused)
    assert sorted(actions(session)) == ["access.refuse"] * len(tries) + ["order.read"]


def test_what_was_typed_is_shown_as_text(
    anna: FlaskClient, world: World, session: Session, order: Order
) -> None:
    evil = '<img src=x onerror="alert(1)"></textarea><b hx-get="/">'
    order.purpose = order.caseworker = order.goals[0].text = evil
    session.commit()

    for path in (f"/citizens/{world.sofie.id}/orders", f"/orders/{order.id}/edit"):
        page = anna.get(path).text
        assert "<img" not in page
        assert "<b hx" not in page
        assert page.count("&lt;img") == 3
