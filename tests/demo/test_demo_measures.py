"""What was counted, timed and chosen at Solsikken, and what was carried out."""

from datetime import timedelta

from sqlalchemy.orm import Session

from tests.demo.reading import NOW, TEETH, counting, every, goal_of
from webapp.demo.days import local_day
from webapp.domain.measuring import check_measure, check_value
from webapp.models import InterventionDone, Measure, Observation, Outcome, Sign, SupportLevel


def of_measure(session: Session, measure: Measure) -> tuple[Sign, list[Observation]]:
    [sign] = [sign for sign in every(session, Sign) if sign.measure is measure]
    taps = [row for row in counting(session, sign.goal) if row.sign_id == sign.id]
    return sign, [row for row in taps if row.outcome is not Outcome.RETRACTED]


def test_signs_are_measured_in_the_way_that_fits_them_and_sofies_are_simply_seen(
    home: Session,
) -> None:
    measures = {sign.measure for sign in every(home, Sign)}

    assert measures >= {
        Measure.SEEN, Measure.SUPPORT, Measure.COUNT, Measure.DURATION, Measure.SMILEY,
        Measure.STEPS, Measure.GAS,
    }  # fmt: skip
    assert {sign.measure for sign in goal_of(home, TEETH).signs} == {Measure.SEEN}


def test_every_sign_could_have_been_written_like_this(home: Session) -> None:
    for sign in every(home, Sign):
        check_measure(
            sign.measure,
            sign.direction,
            baseline=sign.baseline,
            target=sign.target,
            gas_levels=sign.gas_levels,
            steps=sign.steps,
        )


def test_every_tap_could_have_been_made_like_this(home: Session) -> None:
    for row in every(home, Observation):
        check_value(row.sign, row.outcome, row.value, row.steps_alone, row.support_level)


def test_villads_plays_longer_and_longer(home: Session) -> None:
    _, taps = of_measure(home, Measure.DURATION)
    third = len(taps) // 3

    def minutes(rows: list[Observation]) -> float:
        return sum(row.value or 0 for row in rows) / len(rows) / 60

    assert 4 < minutes(taps[:third]) < minutes(taps[-third:]) - 4 < 40


def test_what_is_measured_grows_and_swings(home: Session) -> None:
    for measure in (Measure.COUNT, Measure.SMILEY, Measure.STEPS, Measure.GAS):
        _, taps = of_measure(home, measure)
        values = [row.value for row in taps if row.value is not None]
        half = len(values) // 2

        assert len(values) > 12, measure
        assert len(set(values)) >= 3, measure
        assert sum(values[:half]) / half < sum(values[half:]) / (len(values) - half), measure


def test_steps_are_the_signs_own_and_as_many_as_the_value(home: Session) -> None:
    sign, taps = of_measure(home, Measure.STEPS)

    for row in taps:
        assert row.steps_alone is not None
        assert len(row.steps_alone) == row.value
        assert set(row.steps_alone) <= set(range(1, len(sign.steps) + 1))


def test_poul_is_always_said_to_be_helped_in_some_way_also_where_someone_wrote_a_note(
    home: Session,
) -> None:
    _, taps = of_measure(home, Measure.SUPPORT)

    assert {row.support_level for row in taps} <= set(SupportLevel)
    assert len({row.support_level for row in taps}) >= 3
    assert any(row.note for row in taps)


def test_interventions_were_carried_out_often_never_today_and_by_someone_who_logged(
    home: Session,
) -> None:
    done = every(home, InterventionDone)
    authors = {(row.goal_id, local_day(row.happened_at), row.author_id) for row in counting(home)}

    assert len(done) > 1000
    for row in done:
        assert NOW - timedelta(weeks=26, days=1) < row.happened_at <= row.received_at <= NOW
        assert local_day(row.happened_at) < local_day(NOW)
        assert (row.intervention.goal_id, local_day(row.happened_at), row.author_id) in authors
