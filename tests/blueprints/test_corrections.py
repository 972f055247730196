"""Undo within seconds; afterwards correct, with the first text kept beside the new one."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.bench.queries import recorded
from tests.blueprints.tapping import HTMX, actions, correct, count, only, tap, undo, words
from tests.factories import NOW, World
from webapp.db import db
from webapp.models import Observation, Outcome, SupportLevel, Withdrawal

Clock = Callable[[datetime], None]


@pytest.fixture
def tapped(anna: FlaskClient, world: World) -> UUID:
    """Anna's tap on Sofie's toothbrush, just now."""
    id = uuid4()
    tap(anna, world.takes_brush, id=id)
    return id


def newest(session: Session) -> Observation:
    superseded = select(Observation.supersedes_id).where(Observation.supersedes_id.is_not(None))
    return session.scalars(select(Observation).where(Observation.id.not_in(superseded))).one()


def test_undo_within_ten_seconds_leaves_no_trace_in_the_record(
    anna: FlaskClient, tapped: UUID, session: Session, stay_until: Clock
) -> None:
    stay_until(NOW + timedelta(seconds=9))

    response = undo(anna, tapped)

    assert response.status_code == 200
    assert "Set kl." not in words(response)
    assert count(session, Observation) == 0
    assert actions(session) == ["observation.create", "observation.withdraw"]


def test_a_tap_that_was_undone_does_not_come_back_when_it_is_sent_again(
    anna: FlaskClient, world: World, tapped: UUID, session: Session
) -> None:
    undo(anna, tapped)

    response = tap(anna, world.takes_brush, id=tapped)

    assert response.status_code == 200
    assert count(session, Observation) == 0
    assert count(session, Withdrawal) == 1


def test_undo_takes_the_details_added_in_the_meantime_with_it(
    anna: FlaskClient, tapped: UUID, session: Session
) -> None:
    correct(anna, tapped, support_level="verbal")

    undo(anna, newest(session).id)

    assert count(session, Observation) == 0


def test_undo_after_the_seconds_asks_for_a_reason_instead(
    anna: FlaskClient, tapped: UUID, session: Session, stay_until: Clock
) -> None:
    stay_until(NOW + timedelta(seconds=16))

    by_htmx = undo(anna, tapped)
    by_form = undo(anna, tapped, htmx=False)

    place = f"/observations/{tapped}?outcome=retracted"
    assert (by_htmx.status_code, by_htmx.headers["HX-Redirect"]) == (204, place)
    assert (by_form.status_code, by_form.headers["Location"]) == (303, place)
    assert "Skriv kort hvorfor" in anna.get(place).text
    assert count(session, Observation) == 1


@pytest.mark.parametrize("act", [undo, correct])
def test_only_the_author_may_undo_or_correct(
    bo: FlaskClient,
    tapped: UUID,
    session: Session,
    act: Callable[..., object],
) -> None:
    fields = {"outcome": "partly", "reason": "Det var delvist."} if act is correct else {}

    response = act(bo, tapped, **fields)

    assert getattr(response, "status_code", None) == 403
    assert only(session).outcome is Outcome.SEEN


def test_help_is_filled_in_with_one_more_tap_and_without_a_reason(
    anna: FlaskClient, tapped: UUID, session: Session
) -> None:
    response = correct(anna, tapped, support_level="gesture")

    now = newest(session)
    assert response.status_code == 200
    assert (now.support_level, now.outcome) == (SupportLevel.GESTURE, Outcome.SEEN)
    assert now.supersedes_id == tapped
    assert session.get_one(Observation, tapped).support_level is None


def test_what_is_not_sent_is_left_as_it_was(
    anna: FlaskClient, tapped: UUID, session: Session
) -> None:
    correct(anna, tapped, note="Hun gik selv efter den.")
    correct(anna, newest(session).id, support_level="verbal")
    correct(anna, newest(session).id, outcome="partly")

    now = newest(session)
    assert now.note == "Hun gik selv efter den."
    assert (now.support_level, now.outcome) == (SupportLevel.VERBAL, Outcome.PARTLY)


def test_tapping_the_chosen_help_again_takes_it_away(
    anna: FlaskClient, tapped: UUID, session: Session
) -> None:
    correct(anna, tapped, support_level="verbal")
    correct(anna, newest(session).id, support_level="")

    assert newest(session).support_level is None


def test_a_correction_counts_at_the_time_of_the_tap(
    anna: FlaskClient, tapped: UUID, session: Session, stay_until: Clock
) -> None:
    stay_until(NOW + timedelta(hours=2))
    correct(anna, tapped, outcome="partly", reason="Hun tog den først med hjælp.")

    now = newest(session)
    assert (now.happened_at, now.received_at) == (NOW, NOW + timedelta(hours=2))


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_later_correction_needs_a_reason_and_keeps_what_was_typed(
    anna: FlaskClient, tapped: UUID, session: Session, stay_until: Clock, reason: str
) -> None:
    stay_until(NOW + timedelta(minutes=11))

    response = correct(anna, tapped, htmx=False, outcome="partly", note="Kun halvt.", reason=reason)

    assert response.status_code == 422
    assert "Skriv kort, hvorfor du retter" in response.text
    assert "Kun halvt." in response.text
    assert count(session, Observation) == 1


def test_the_first_text_its_author_time_and_the_reason_stay_readable(
    anna: FlaskClient, bo: FlaskClient, tapped: UUID, stay_until: Clock
) -> None:
    correct(anna, tapped, note="Hun tog den med venstre hånd.")
    stay_until(NOW + timedelta(hours=1))
    page = anna.get(f"/observations/{tapped}", follow_redirects=True)
    correct(anna, UUID(page.request.path.rsplit("/", 1)[1]), note="Højre hånd.", reason="Fejl")

    seen_by_bo = bo.get(f"/observations/{tapped}", follow_redirects=True).text

    for text in ("Hun tog den med venstre hånd.", "Højre hånd.", "Fejl", "Anna", "21. november"):
        assert text in seen_by_bo
    assert "Gem rettelsen" not in seen_by_bo


def test_a_tap_made_by_mistake_no_longer_counts_but_is_kept(
    anna: FlaskClient, world: World, tapped: UUID, session: Session, stay_until: Clock
) -> None:
    stay_until(NOW + timedelta(minutes=30))

    response = correct(anna, tapped, outcome="retracted", reason="Det var Karen, jeg så.")

    assert "Set kl." not in words(response)
    assert count(session, Observation) == 2
    assert "Ikke registreret endnu" in anna.get("/").text


def test_a_correction_on_a_later_day_is_refused(
    anna: FlaskClient, tapped: UUID, session: Session, stay_until: Clock
) -> None:
    stay_until(NOW + timedelta(hours=5))

    response = correct(anna, tapped, outcome="partly", reason="Kom i tanke om det.")

    as_page = correct(anna, tapped, htmx=False, outcome="partly", reason="Kom i tanke om det.")
    for answer in (response, as_page):
        assert answer.status_code == 409
        assert "tidligere dag" in answer.text
    assert "Gem rettelsen" not in anna.get(f"/observations/{tapped}").text
    retracting = anna.get(f"/observations/{tapped}?outcome=retracted")
    assert "fra en tidligere dag og kan ikke rettes her" in retracting.text


def test_two_details_tapped_quickly_after_each_other_both_count(
    anna: FlaskClient, tapped: UUID, session: Session
) -> None:
    correct(anna, tapped, support_level="verbal")

    response = correct(anna, tapped, outcome="partly")

    now = newest(session)
    assert response.status_code == 200
    assert (now.support_level, now.outcome) == (SupportLevel.VERBAL, Outcome.PARTLY)


def test_two_later_corrections_of_the_same_row_do_not_overwrite_each_other(
    anna: FlaskClient, tapped: UUID, session: Session, stay_until: Clock
) -> None:
    stay_until(NOW + timedelta(hours=1))
    correct(anna, tapped, support_level="verbal", reason="Jeg sagde det.")

    response = correct(anna, tapped, support_level="physical", reason="Jeg førte hånden.")

    assert response.status_code == 409
    assert newest(session).support_level is SupportLevel.VERBAL


def test_undoing_twice_says_twice_that_it_is_taken_back(
    anna: FlaskClient, bo: FlaskClient, tapped: UUID, session: Session
) -> None:
    answers = [undo(anna, tapped), undo(anna, tapped), undo(anna, tapped, htmx=False)]

    assert [answer.status_code for answer in answers] == [200, 200, 303]
    assert "Trykket er taget tilbage" in answers[1].text
    assert undo(bo, tapped).status_code == 404
    assert count(session, Observation) == 0


def test_words_for_a_bad_note_say_what_is_wrong_with_it(anna: FlaskClient, tapped: UUID) -> None:
    response = correct(anna, tapped, note="a\x00b")

    assert response.status_code == 422
    assert "usynligt skrifttegn" in response.text


def test_sending_the_same_correction_twice_stores_it_once(
    anna: FlaskClient, tapped: UUID, session: Session
) -> None:
    data = {"new_id": str(uuid4()), "note": "Hun nynnede."}

    answers = [
        anna.post(f"/observations/{tapped}/corrections", data=data, headers=HTMX) for _ in range(2)
    ]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert count(session, Observation) == 2


def test_what_is_said_of_the_whole_goal_cannot_become_seen(
    anna: FlaskClient, world: World, session: Session
) -> None:
    anna.post(
        f"/goals/{world.teeth.id}/observations",
        data={"new_id": str(uuid4()), "outcome": "not_seen"},
        headers=HTMX,
    )

    response = correct(anna, only(session).id, outcome="seen")

    assert response.status_code == 422
    assert count(session, Observation) == 1


def test_a_correction_on_a_sign_that_was_archived_meanwhile_is_still_possible(
    anna: FlaskClient, world: World, tapped: UUID, session: Session
) -> None:
    session.merge(world.takes_brush).archived_at = NOW
    session.commit()

    response = correct(anna, tapped, outcome="partly", reason="Kun halvt.")

    assert response.status_code == 200
    assert newest(session).outcome is Outcome.PARTLY


def test_a_refused_form_shows_the_record_again_and_that_look_is_logged(
    anna: FlaskClient, tapped: UUID, session: Session, stay_until: Clock
) -> None:
    stay_until(NOW + timedelta(hours=1))

    correct(anna, tapped, htmx=False, outcome="partly")

    assert actions(session) == ["observation.create", "observation.read"]


def test_a_chain_of_twenty_corrections_is_read_in_as_few_queries_as_one(
    anna: FlaskClient, tapped: UUID, session: Session
) -> None:
    def look() -> int:
        address = f"/observations/{newest(session).id}"
        with recorded(db.engine) as asked:
            page = anna.get(address)
        assert page.status_code == 200
        return len(asked)

    correct(anna, tapped, note="Note 1")
    once = look()
    for number in range(2, 21):
        correct(anna, tapped, note=f"Note {number}")

    assert look() == once
