"""One tap: stored once, with time and name; everything else refused with words that help."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.blueprints.tapping import actions, count, only, tap, tap_goal, words
from tests.factories import NOW, World, add_sign
from webapp.models import Observation, Outcome, Staff, SupportLevel


def test_one_tap_is_stored_with_time_and_name(
    anna: FlaskClient, world: World, session: Session
) -> None:
    response = tap(anna, world.takes_brush)

    stored = only(session)
    assert (stored.sign_id, stored.author_id) == (world.takes_brush.id, world.anna.id)
    assert (stored.outcome, stored.happened_at, stored.received_at) == (Outcome.SEEN, NOW, NOW)
    assert response.status_code == 200
    assert "Set kl. 19.30 · <bdi hx-ignore>Anna</bdi>" in words(response)


def test_a_tap_answers_with_the_card_of_its_goal_and_says_it_is_sent(
    anna: FlaskClient, world: World
) -> None:
    response = tap(anna, world.takes_brush)

    card = f'<section class="card goal" id="goal-{world.teeth.id}"'
    assert words(response).startswith(card)
    assert "Sendt kl. 19.30" in response.text
    assert "<html" not in response.text
    assert "HX-Request" in response.headers["Vary"]


def test_sending_the_same_tap_twice_stores_it_once(
    anna: FlaskClient, world: World, session: Session
) -> None:
    id = uuid4()

    answers = [tap(anna, world.takes_brush, id=id) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert count(session, Observation) == 1
    assert actions(session) == ["observation.create", "goal.read"]


def test_the_same_id_with_another_content_is_refused_and_the_first_stays(
    anna: FlaskClient, bo: FlaskClient, world: World, session: Session
) -> None:
    id = uuid4()
    tap(anna, world.takes_brush, id=id)

    for other in (
        tap(anna, world.says_done, id=id),
        tap(anna, world.takes_brush, id=id, outcome="partly"),
        tap(bo, world.takes_brush, id=id),
    ):
        assert other.status_code == 409
        assert "Den første er bevaret" in other.text
    assert only(session).author_id == world.anna.id


def test_without_javascript_the_form_is_sent_back_to_the_day(
    anna: FlaskClient, world: World, session: Session
) -> None:
    response = tap(anna, world.takes_brush, htmx=False)

    assert response.status_code == 303
    place = f"/citizens/{world.sofie.id}?opened={only(session).id}#goal-{world.teeth.id}"
    assert response.headers["Location"] == place


def test_not_seen_and_no_opportunity_speak_of_the_whole_goal(
    anna: FlaskClient, world: World, session: Session
) -> None:
    tap_goal(anna, world.teeth, outcome="no_opportunity")

    stored = only(session)
    assert (stored.goal_id, stored.sign_id) == (world.teeth.id, None)
    assert stored.outcome is Outcome.NO_OPPORTUNITY


def test_seen_needs_a_sign(anna: FlaskClient, world: World, session: Session) -> None:
    response = tap_goal(anna, world.teeth, outcome="seen")

    assert response.status_code == 422
    assert "Vælg det tegn, du så" in response.text
    assert count(session, Observation) == 0


def test_a_sign_of_another_citizens_goal_is_refused_with_all_that_was_typed(
    anna: FlaskClient, world: World, session: Session
) -> None:
    response = tap_goal(
        anna,
        world.teeth,
        htmx=False,
        outcome="seen",
        sign_id=str(world.lays_piece.id),
        note="Hun tog selv børsten.",
    )

    assert response.status_code == 422
    assert "Tegnet hører til et andet mål" in response.text
    assert "Hun tog selv børsten." in response.text
    assert count(session, Observation) == 0


@pytest.mark.parametrize("htmx", [True, False])
def test_an_archived_sign_is_refused_and_says_what_is_kept(
    anna: FlaskClient, world: World, session: Session, htmx: bool
) -> None:
    old = add_sign(session, world.teeth, "Sofie bider sammen om børsten", archived_at=NOW)
    session.commit()

    response = tap(anna, old, htmx=htmx, note="Hun gjorde det igen.")

    assert response.status_code == 409
    assert "Tegnet er arkiveret" in response.text
    assert htmx or "Hun gjorde det igen." in response.text
    assert count(session, Observation) == 0


def test_a_closed_goal_is_refused(anna: FlaskClient, world: World, session: Session) -> None:
    session.merge(world.teeth).closed_at = NOW
    session.commit()

    response = tap(anna, world.takes_brush)

    assert response.status_code == 409
    assert "Målet er afsluttet" in response.text


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2026-11-21T19:33", "ikke kommet endnu"),
        ("2027-11-21T19:30", "ikke kommet endnu"),
        ("2026-11-14T19:29", "mere end 7 dage siden"),
        ("1970-01-01T00:00", "mere end 7 dage siden"),
        ("i går", "kunne ikke læses"),
        ("2026-11-21T10:00+09:00", "kunne ikke læses"),
        ("2026-W47-6", "kunne ikke læses"),
        ("2026-11-21T10:00\x00", "kunne ikke læses"),
        ("9999-12-31T23:59:59", "ikke kommet endnu"),
        ("0001-01-01T00:00", "mere end 7 dage siden"),
    ],
)
def test_a_time_that_cannot_be_is_refused_at_its_field_with_all_that_was_typed(
    anna: FlaskClient, world: World, session: Session, at: str, said: str
) -> None:
    response = tap_goal(
        anna,
        world.teeth,
        htmx=False,
        outcome="seen",
        sign_id=str(world.takes_brush.id),
        at=at,
        note="Efter aftensmaden.",
    )

    assert response.status_code == 422
    assert said in response.text
    assert "Efter aftensmaden." in response.text
    assert f'value="{at}"' in response.text
    assert count(session, Observation) == 0


def test_a_time_earlier_today_is_stored_as_the_homes_local_time(
    anna: FlaskClient, world: World, session: Session
) -> None:
    tap(anna, world.takes_brush, at="2026-11-21T07:15")

    stored = only(session)
    assert stored.happened_at == datetime(2026, 11, 21, 6, 15, tzinfo=UTC)
    assert stored.received_at == NOW


def test_a_tablet_whose_clock_is_a_minute_ahead_still_logs_as_now(
    anna: FlaskClient, world: World, session: Session
) -> None:
    tap(anna, world.takes_brush, at="2026-11-21T19:31")

    assert only(session).happened_at == NOW


def test_help_and_note_may_come_with_the_tap(
    anna: FlaskClient, world: World, session: Session
) -> None:
    tap(anna, world.takes_brush, support_level="verbal", note="Hun smilede.")

    stored = only(session)
    assert (stored.support_level, stored.note) == (SupportLevel.VERBAL, "Hun smilede.")


@pytest.mark.parametrize(
    "field",
    [
        {"new_id": "ikke et id"},
        {"new_id": ""},
        {"outcome": "set"},
        {"outcome": ""},
        {"outcome": "retracted"},
        {"support_level": "meget"},
        {"note": "a\x00b"},
        {"note": "æ" * 100_001},
    ],
)
@pytest.mark.parametrize("htmx", [True, False])
def test_a_tap_that_cannot_be_read_stores_nothing_and_says_so(
    anna: FlaskClient, world: World, session: Session, field: dict[str, str], htmx: bool
) -> None:
    response = tap(anna, world.takes_brush, htmx=htmx, **field)

    assert response.status_code == 422
    assert ('class="problem"' if htmx else "field-error") in response.text
    assert count(session, Observation) == 0


@pytest.mark.parametrize(
    "text",
    [
        "x" * 100_000,
        "🪥" * 1000,
        "Linje 1\r\nlinje 2\n\n  indrykket  ",
        "\u202eomvendt\u202c \u200f מימין",
        "<script>alert(1)</script>",
        '<b hx-get="/logout" hx-trigger="load">x</b>',
        '" autofocus onfocus="alert(1)',
        "{{ 7 * 7 }} ${7*7} %s %(x)s",
        "'; DROP TABLE observations; --",
        "\ufeff \u2028 \x07 \x1b[31m",
    ],
)
def test_whatever_is_typed_comes_back_as_typed_and_inert(
    anna: FlaskClient, world: World, session: Session, text: str
) -> None:
    response = tap(anna, world.takes_brush, note=text)

    stored = only(session)
    page = anna.get(f"/observations/{stored.id}")
    assert stored.note == text
    for shown in (response.text, page.text):
        assert "<script>alert" not in shown
        assert "<b hx-get" not in shown
        assert 'onfocus="' not in shown


def test_other_fields_than_the_forms_change_nothing(
    anna: FlaskClient, world: World, session: Session
) -> None:
    tap(
        anna,
        world.takes_brush,
        author_id=str(world.bo.id),
        received_at="2020-01-01",
        happened_at="2020-01-01",
        goal_id=str(world.puzzle.id),
        supersedes_id=str(uuid4()),
    )

    stored = only(session)
    assert (stored.author_id, stored.goal_id) == (world.anna.id, world.teeth.id)
    assert (stored.received_at, stored.supersedes_id) == (NOW, None)


def test_the_long_form_offers_the_goals_signs_and_remembers_the_choice(
    anna: FlaskClient, world: World
) -> None:
    page = anna.get(f"/goals/{world.teeth.id}/observations/new")

    assert page.status_code == 200
    assert page.text.count('name="sign_id"') == 4
    assert 'value="2026-11-21T19:30"' in page.text


def test_a_tap_just_before_and_just_after_midnight_belong_to_their_own_days(
    anna: FlaskClient,
    world: World,
    stay_until: Callable[[datetime], None],
) -> None:
    midnight = datetime(2026, 11, 21, 23, 0, tzinfo=UTC)
    stay_until(midnight - timedelta(minutes=1))
    tap(anna, world.takes_brush)
    stay_until(midnight + timedelta(minutes=1))

    day = anna.get(f"/citizens/{world.sofie.id}")

    assert "Set kl." not in words(day)
    assert "Set kl. 00.01" in words(tap(anna, world.takes_brush))


@pytest.mark.parametrize(
    ("now", "stored"),
    [
        (datetime(2026, 10, 25, 0, 45, tzinfo=UTC), datetime(2026, 10, 25, 0, 40, tzinfo=UTC)),
        (datetime(2026, 10, 25, 1, 45, tzinfo=UTC), datetime(2026, 10, 25, 1, 40, tzinfo=UTC)),
    ],
)
def test_in_the_hour_that_comes_twice_a_time_is_the_latest_that_has_been(
    world: World,
    session: Session,
    set_clock: Callable[[datetime], None],
    as_staff: Callable[[Staff], FlaskClient],
    now: datetime,
    stored: datetime,
) -> None:
    set_clock(now)

    tap(as_staff(world.anna), world.takes_brush, at="2026-10-25T02:40")

    assert only(session).happened_at == stored


def test_what_is_logged_for_an_earlier_day_is_told_on_the_card_with_a_way_to_correct_it(
    anna: FlaskClient, world: World, session: Session
) -> None:
    sent = tap_goal(anna, world.teeth, htmx=False, at="2026-11-20T19:10")

    page = words(anna.get(sent.location))

    assert "Gemt: Ikke set fredag den 20. november kl. 19.10" in page
    assert f'href="/observations/{only(session).id}"' in page


@pytest.mark.parametrize("opened", ["x", "", str(UUID(int=7))])
def test_a_day_opened_with_an_unknown_id_is_just_the_day(
    anna: FlaskClient, world: World, opened: str
) -> None:
    page = anna.get(f"/citizens/{world.sofie.id}?opened={opened}")

    assert page.status_code == 200
    assert "Gemt:" not in page.text


def test_what_was_logged_of_another_citizen_is_not_told_here(
    anna: FlaskClient, world: World, session: Session
) -> None:
    tap_goal(anna, world.teeth, at="2026-11-20T19:10")

    assert "Gemt:" not in anna.get(f"/citizens/{world.mads.id}?opened={only(session).id}").text


def test_of_many_taps_on_one_sign_the_first_are_folded_away(
    anna: FlaskClient, world: World
) -> None:
    for _ in range(6):
        card = tap(anna, world.takes_brush)

    assert "6 gange i dag" in card.text
    assert "3 tidligere i dag" in words(card)
    assert card.text.count('class="entry"') == 5
    folded = card.text.split("3 tidligere i dag")[1].split("</details>")[0]
    assert folded.count('class="entry"') == 3
