"""The municipality's order: when it runs, and the lines its goals are written in."""

from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.domain.errors import EndsBeforeStart
from webapp.domain.ordering import GoalLine, Standing, check_period, moved, standing, without
from webapp.domain.versions import version_of
from webapp.models import Order, OrderKind

LINES = [GoalLine(uuid4(), text) for text in ("Selv børste tænder", "Ringe hjem", "Gå i byen")]


def an_order(starts_on: date, ends_on: date | None) -> Order:
    return Order(
        kind=OrderKind.ACTION_PLAN, purpose="Mere selv", starts_on=starts_on, ends_on=ends_on
    )


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "where"),
    [
        (date(2026, 11, 22), None, Standing.COMING),
        (date(2026, 11, 21), None, Standing.RUNNING),
        (date(2026, 1, 1), date(2026, 11, 21), Standing.RUNNING),
        (date(2026, 1, 1), date(2026, 11, 20), Standing.OVER),
    ],
)
def test_an_order_runs_from_its_first_day_to_its_last(
    starts_on: date, ends_on: date | None, where: Standing
) -> None:
    assert standing(an_order(starts_on, ends_on), date(2026, 11, 21)) is where


def test_an_order_ends_after_it_begins_or_never() -> None:
    check_period(date(2026, 1, 1), None)
    check_period(date(2026, 1, 1), date(2026, 1, 2))
    for ends_on in (date(2026, 1, 1), date(2025, 12, 31)):
        with pytest.raises(EndsBeforeStart):
            check_period(date(2026, 1, 1), ends_on)


def test_a_line_goes_up_down_and_out() -> None:
    first, second, third = LINES

    assert moved(LINES, 1, -1) == [second, first, third]
    assert moved(LINES, 1, 1) == [first, third, second]
    assert without(LINES, 1) == [first, third]


@given(st.integers(-5, 9), st.sampled_from([-1, 1]))
def test_moving_loses_no_line_wherever_it_points(place: int, by: int) -> None:
    assert sorted(moved(LINES, place, by), key=repr) == sorted(LINES, key=repr)


@given(st.integers().filter(lambda place: not 0 <= place < len(LINES)))
def test_a_place_that_is_not_there_takes_no_line(place: int) -> None:
    assert without(LINES, place) == LINES


@given(
    st.dictionaries(st.text(), st.text() | st.dates() | st.none()),
    st.dictionaries(st.text(), st.text() | st.dates() | st.none()),
)
def test_two_contents_have_one_version_only_when_they_say_the_same(
    one: dict[str, object], other: dict[str, object]
) -> None:
    def said(values: dict[str, object]) -> dict[str, str]:
        return {name: str(value) for name, value in values.items()}

    assert (version_of(one) == version_of(other)) == (said(one) == said(other))
    assert version_of(one) == version_of(dict(reversed(one.items())))
