"""Every measure has its own one tap: stored once, shown again; what does not fit is refused."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.bench.queries import recorded
from tests.blueprints.tapping import HTMX, correct, count, only, tap, tap_goal, undo, words
from tests.blueprints.test_corrections import newest
from tests.factories import NOW, World, add_measured_signs, add_observation, add_sign
from webapp.db import db
from webapp.models import Measure, Observation, Outcome, Sign, SupportLevel

Signs = dict[Measure, Sign]

FITTING: dict[Measure, dict[str, object]] = {
    Measure.SUPPORT: {"support_level": "gesture"},
    Measure.COUNT: {"value": "1"},
    Measure.DURATION: {"value": "754"},
    Measure.SCALE: {"value": "4"},
    Measure.SMILEY: {"value": "5"},
    Measure.STEPS: {"steps_alone": ["", "1", "2", "4"]},
    Measure.GAS: {"value": "-1"},
}
"""What the control of each measure sends."""

SAID = {
    Measure.SUPPORT: "Pegede kl. 19.30",
    Measure.COUNT: "<strong>1</strong>",
    Measure.DURATION: "12 min. 34 sek. kl. 19.30",
    Measure.SCALE: "4 af 5 kl. 19.30",
    Measure.SMILEY: "Meget godt kl. 19.30",
    Measure.STEPS: "3 af 5 trin selv kl. 19.30",
    Measure.GAS: "−1 kl. 19.30",
}


@pytest.fixture
def signs(session: Session, world: World) -> Signs:
    """A sign of every measure on Sofie's goal."""
    added = add_measured_signs(session, session.merge(world.teeth))
    session.commit()
    return added


def send(client: FlaskClient, sign: Sign, **fields: object) -> TestResponse:
    return tap(client, sign, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize("measure", FITTING)
def test_one_tap_stores_the_value_and_shows_it_with_time_and_name(
    anna: FlaskClient, signs: Signs, session: Session, measure: Measure
) -> None:
    response = send(anna, signs[measure], **FITTING[measure])

    stored = only(session)
    assert response.status_code == 200
    assert (stored.sign_id, stored.outcome) == (signs[measure].id, Outcome.SEEN)
    assert SAID[measure] in words(response)
    assert "<bdi hx-ignore>Anna</bdi>" in response.text
    told = {
        Measure.DURATION: (754, None),
        Measure.STEPS: (3, [1, 2, 4]),
        Measure.GAS: (-1, None),
    }
    if measure in told:
        assert (stored.value, stored.steps_alone) == told[measure]


@pytest.mark.parametrize("measure", FITTING)
def test_the_same_tap_sent_twice_is_stored_once_and_another_value_is_refused(
    anna: FlaskClient, signs: Signs, session: Session, measure: Measure
) -> None:
    id = uuid4()
    other: dict[str, object] = {"value": "2"}
    if measure is Measure.SUPPORT:
        other = {"support_level": "verbal"}
    if measure is Measure.STEPS:
        other = {"steps_alone": ["1", "2", "3"]}

    answers = [send(anna, signs[measure], id=id, **FITTING[measure]) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert send(anna, signs[measure], id=id, **other).status_code == 409
    assert count(session, Observation) == 1


@pytest.mark.parametrize("measure", FITTING)
def test_without_javascript_the_same_form_is_sent_back_to_the_day(
    anna: FlaskClient, signs: Signs, session: Session, measure: Measure
) -> None:
    response = send(anna, signs[measure], htmx=False, **FITTING[measure])

    assert response.status_code == 303
    assert SAID[measure] in words(anna.get(response.location.partition("#")[0]))
    assert count(session, Observation) == 1


def test_every_control_is_on_the_day(anna: FlaskClient, world: World, signs: Signs) -> None:
    page = words(anna.get(f"/citizens/{world.sofie.id}"))

    for said in (
        "Førte hånden", "Én gang mere", "Start stopuret", "5 er mest", "Midt imellem",
        "3. <bdi hx-ignore>Børster</bdi>", "<bdi hx-ignore>Går selv ud</bdi>",
    ):  # fmt: skip
        assert said in page


UNFIT: list[tuple[Measure, Mapping[str, object]]] = [
    *((Measure.COUNT, {"value": value}) for value in ("0", "100", "-1", "9999999999999", "1e3")),
    *((Measure.COUNT, {"value": value}) for value in ("", "to", "1,5", "1\x00", "१", " ")),
    (Measure.COUNT, {"steps_alone": ["1"]}),
    *((Measure.DURATION, {"value": value}) for value in ("0", "86401", "999999999")),
    *((Measure.DURATION, {"minutes": value}) for value in ("-5", "1441", "et kvarter", "9" * 400)),
    *((Measure.SCALE, {"value": value}) for value in ("0", "6", "tre")),
    *((Measure.SMILEY, {"value": value}) for value in ("0", "6", ":-)")),
    *((Measure.GAS, {"value": value}) for value in ("-3", "3", "+1")),
    *((Measure.STEPS, {"steps_alone": steps}) for steps in (["6"], ["0"], ["1", "1"], ["x"])),
    *((Measure.STEPS, {"steps_alone": steps}) for steps in (["-1"], ["9999"], ["1\x00"])),
    (Measure.STEPS, {}),
    (Measure.STEPS, {"value": "3"}),
    (Measure.STEPS, {"value": "3", "steps_alone": ["1", "2"]}),
    (Measure.SUPPORT, {}),
    (Measure.SUPPORT, {"support_level": ""}),
    (Measure.SUPPORT, {"support_level": "meget"}),
    (Measure.SUPPORT, {"support_level": "verbal", "value": "1"}),
    (Measure.SEEN, {"value": "1"}),
    (Measure.SEEN, {"steps_alone": [""]}),
]


@pytest.mark.one_database
@pytest.mark.parametrize("htmx", [True, False])
@pytest.mark.parametrize(("measure", "fields"), UNFIT, ids=str)
def test_what_does_not_fit_the_measure_is_refused_in_words_and_nothing_typed_is_lost(
    anna: FlaskClient,
    signs: Signs,
    session: Session,
    measure: Measure,
    fields: Mapping[str, object],
    htmx: bool,
) -> None:
    response = send(anna, signs[measure], htmx=htmx, note="Hun nynnede.", **fields)

    assert response.status_code == 422
    assert ('class="problem"' if htmx else "field-error") in response.text
    assert count(session, Observation) == 0
    if not htmx:
        assert "Hun nynnede." in response.text
        assert f'value="{signs[measure].id}" checked' in words(response)
        typed = fields.get("minutes") or (measure is Measure.COUNT and fields.get("value"))
        assert not typed or f'value="{typed}"' in response.text


@pytest.mark.parametrize("outcome", ["not_seen", "no_opportunity"])
def test_what_was_not_seen_takes_no_value(
    anna: FlaskClient, signs: Signs, session: Session, outcome: str
) -> None:
    refused = send(anna, signs[Measure.COUNT], outcome=outcome, value="3")
    taken = send(anna, signs[Measure.COUNT], outcome=outcome)

    assert (refused.status_code, taken.status_code) == (422, 200)
    assert only(session).value is None


def test_the_goal_as_a_whole_takes_no_value(
    anna: FlaskClient, world: World, session: Session, signs: Signs
) -> None:
    assert tap_goal(anna, world.teeth, value="3").status_code == 422
    assert count(session, Observation) == 0


def test_a_count_is_the_sum_of_the_day_and_less_takes_the_last_own_tap_back(
    anna: FlaskClient, bo: FlaskClient, signs: Signs, session: Session
) -> None:
    own = uuid4()
    send(anna, signs[Measure.COUNT], id=own, value="1")
    card = send(bo, signs[Measure.COUNT], value="2")
    assert "<strong>3</strong>" in card.text
    assert f"/observations/{own}/withdrawal" not in card.text

    less = undo(anna, own)

    assert "<strong>2</strong>" in less.text
    assert "disabled" in less.text.split("-less")[1].split(">")[0]
    assert count(session, Observation) == 1


def test_minutes_are_typed_and_kept_as_seconds_and_a_day_is_their_sum(
    anna: FlaskClient, signs: Signs, session: Session
) -> None:
    send(anna, signs[Measure.DURATION], minutes="25")
    assert only(session).value == 1500

    card = send(anna, signs[Measure.DURATION], value="3600")

    assert "1 t. kl. 19.30" in words(card)
    assert "i dag i alt 1 t. 25 min." in words(card)


def test_no_step_alone_is_a_value_and_says_not_seen_in_the_strip(
    anna: FlaskClient, signs: Signs, session: Session
) -> None:
    card = send(anna, signs[Measure.STEPS], steps_alone="")

    stored = only(session)
    assert (stored.value, stored.steps_alone) == (0, [])
    assert "0 af 5 trin selv" in words(card)
    assert '<i class="not_seen"></i>' in card.text


def test_of_help_the_least_of_the_day_is_told(anna: FlaskClient, signs: Signs) -> None:
    send(anna, signs[Measure.SUPPORT], support_level="verbal")

    card = send(anna, signs[Measure.SUPPORT], support_level="physical")

    assert "Førte hånden kl. 19.30" in words(card)
    assert "mindst hjælp i dag: Sagde det" in words(card)


def test_the_optional_row_asks_for_help_once_and_for_partly_where_it_says_something(
    anna: FlaskClient, signs: Signs
) -> None:
    by_help = send(anna, signs[Measure.SUPPORT], support_level="verbal").text
    counted = send(anna, signs[Measure.COUNT], value="1").text

    after = f'id="after-{signs[Measure.SUPPORT].id}'
    assert f'{after}-partly-button"' in by_help
    assert f'{after}-verbal"' not in by_help
    after = f'id="after-{signs[Measure.COUNT].id}'
    assert f'{after}-verbal"' in counted
    assert f'{after}-partly-button"' not in counted
    assert f'{after}-undo-button"' in counted


# Corrections


@pytest.fixture
def counted(anna: FlaskClient, signs: Signs) -> UUID:
    """Anna's tap on what is counted, just now."""
    id = uuid4()
    send(anna, signs[Measure.COUNT], id=id, value="3")
    return id


def test_what_a_correction_leaves_out_stays_as_it_was(
    anna: FlaskClient, counted: UUID, session: Session
) -> None:
    correct(anna, counted, note="Hun talte selv.")
    correct(anna, counted, support_level="verbal")

    now = newest(session)
    assert (now.value, now.note) == (3, "Hun talte selv.")
    assert now.support_level is SupportLevel.VERBAL


def test_a_value_is_corrected_and_the_first_stays_beside_it(
    anna: FlaskClient, counted: UUID, session: Session
) -> None:
    page = words(anna.get(f"/observations/{counted}"))
    assert 'name="value" type="text" value="3"' in page

    assert correct(anna, counted, value="4").status_code == 200

    assert newest(session).value == 4
    history = words(anna.get(f"/observations/{newest(session).id}"))
    assert "<strong>4 gange</strong>" in history
    assert "<strong>3 gange</strong>" in history


@pytest.mark.parametrize("value", ["0", "100", "", "mange", "4\x00"])
def test_an_unfit_correction_is_refused_and_keeps_what_was_typed(
    anna: FlaskClient, counted: UUID, session: Session, value: str
) -> None:
    response = correct(anna, counted, htmx=False, value=value, note="Hun talte højt.")

    assert response.status_code == 422
    assert "field-error" in response.text
    assert "Hun talte højt." in response.text
    assert f'value="{value}"' in response.text
    assert count(session, Observation) == 1


@pytest.mark.parametrize("sent", [{}, {"value": "3"}], ids=str)
def test_what_turns_out_not_to_be_seen_loses_its_value(
    anna: FlaskClient, counted: UUID, session: Session, sent: dict[str, str]
) -> None:
    response = correct(anna, counted, outcome="not_seen", **sent)  # type: ignore[arg-type]

    assert response.status_code == 200
    assert (newest(session).outcome, newest(session).value) == (Outcome.NOT_SEEN, None)


def test_a_new_value_beside_not_seen_is_refused(
    anna: FlaskClient, counted: UUID, session: Session
) -> None:
    assert correct(anna, counted, outcome="not_seen", value="5").status_code == 422
    assert count(session, Observation) == 1


def test_a_correction_of_a_value_sent_twice_is_stored_once(
    anna: FlaskClient, counted: UUID, session: Session
) -> None:
    for data in ({"value": "5"}, {"outcome": "not_seen", "value": "5"}):
        same = data | {"new_id": str(uuid4())}
        url = f"/observations/{newest(session).id}/corrections"
        answers = [anna.post(url, data=same, headers=HTMX) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [200, 200]

    assert count(session, Observation) == 3
    other = same | {"outcome": "partly"}
    assert anna.post(url, data=other, headers=HTMX).status_code == 409


def test_steps_are_corrected_and_the_value_follows(
    anna: FlaskClient, signs: Signs, session: Session
) -> None:
    id = uuid4()
    send(anna, signs[Measure.STEPS], id=id, steps_alone=["", "1", "2"])
    page = words(anna.get(f"/observations/{id}"))
    assert page.count('name="steps_alone"') == 6
    assert page.count("checked") == 2 + 2, "two steps, the outcome and no help noted"

    data = {"new_id": str(uuid4()), "steps_alone": ["", "2", "5", "1"]}
    anna.post(f"/observations/{id}/corrections", data=data, headers=HTMX)

    assert (newest(session).value, newest(session).steps_alone) == (3, [1, 2, 5])
    history = words(anna.get(f"/observations/{newest(session).id}"))
    assert "<li>5. <bdi hx-ignore>Hænger op</bdi></li>" in history


def test_a_duration_is_corrected_in_minutes_and_seconds_and_stays_the_same_unless_changed(
    anna: FlaskClient, signs: Signs, session: Session
) -> None:
    id = uuid4()
    send(anna, signs[Measure.DURATION], id=id, value="754")
    page = words(anna.get(f"/observations/{id}"))
    assert 'name="minutes" type="text" value="12"' in page
    assert 'name="seconds" type="text" value="34"' in page

    correct(anna, id, minutes="12", seconds="34", note="Ved vasken.")
    assert newest(session).value == 754
    correct(anna, newest(session).id, minutes="20", seconds="")
    assert newest(session).value == 1200


def test_a_note_is_added_to_a_tap_from_before_the_sign_was_counted(
    anna: FlaskClient, world: World, session: Session
) -> None:
    id = uuid4()
    tap(anna, world.takes_brush, id=id)
    session.merge(world.takes_brush).measure = Measure.COUNT

    assert correct(anna, id, note="Med venstre hånd.").status_code == 200
    assert "<strong>Set</strong>" in words(anna.get(f"/observations/{newest(session).id}"))
    assert newest(session).value is None


def test_a_mistaken_tap_with_a_value_counts_for_nothing(
    anna: FlaskClient, counted: UUID, session: Session, set_clock: Callable[[datetime], None]
) -> None:
    set_clock(NOW + timedelta(minutes=30))

    card = correct(anna, counted, outcome="retracted", reason="Det var Karen, jeg så.")

    assert card.status_code == 200
    assert "<strong>0</strong>" in card.text


# The long form, and pages


def test_the_long_form_asks_for_the_chosen_signs_value_and_switches_the_others_off(
    anna: FlaskClient, world: World, signs: Signs, session: Session
) -> None:
    chosen = {"outcome": "seen", "sign_id": str(signs[Measure.COUNT].id)}

    refused = tap_goal(anna, world.teeth, htmx=False, note="Ved vasken.", **chosen)

    fields = refused.text.split("data-of-sign=")[1:]
    assert len(fields) == 6
    for part in fields:
        is_chosen = part.startswith(f'"{signs[Measure.COUNT].id}"')
        assert ("hidden disabled" in part.split(">")[0]) is not is_chosen
    stored = tap_goal(anna, world.teeth, htmx=False, value="7", **chosen)
    assert (stored.status_code, only(session).value) == (303, 7)


def test_a_value_of_an_earlier_day_is_told_with_a_way_to_correct_it(
    anna: FlaskClient, signs: Signs
) -> None:
    sent = send(anna, signs[Measure.DURATION], htmx=False, minutes="12", at="2026-11-20T19:10")

    page = words(anna.get(sent.location.partition("#")[0]))

    assert "Gemt: 12 min. fredag den 20. november kl. 19.10" in page


def test_the_day_asks_as_many_queries_for_many_values_as_for_one(
    anna: FlaskClient, world: World, signs: Signs, session: Session
) -> None:
    def look() -> int:
        with recorded(db.engine) as asked:
            assert anna.get(f"/citizens/{world.sofie.id}").status_code == 200
        return len(asked)

    goal = session.merge(world.teeth)
    add_observation(session, goal, session.merge(world.takes_brush), world.anna)
    session.commit()
    look()  # The first entry of a log asks once more than every other.
    once = look()
    for number in range(4):
        for measure, sign in signs.items():
            seen = add_observation(session, goal, session.merge(sign), world.anna)
            seen.value = 1 if "value" in FITTING.get(measure, {}) else None
            seen.steps_alone = [1] if measure is Measure.STEPS else None
        add_sign(session, goal, f"Sofie {number}", measure=Measure.SCALE)
    session.commit()

    assert look() == once
