"""Access in an emergency: the reason, the time, and who is found by a name."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.domain.emergency import (
    LENGTH,
    MOST_FOUND,
    can_be_ended,
    check_reason,
    found_by,
    minutes_left,
)
from webapp.domain.errors import EmergencyReasonTooShort
from webapp.models import Citizen

NOW = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)


def living_here(*names: str) -> list[Citizen]:
    return [
        Citizen(first_name=first, last_name=last)
        for first, last in (name.rsplit(" ", 1) for name in names)
    ]


HERE = living_here(
    "Sofie Holm", "Sofus Holmgaard", "Jens Ole Ærø", "Karen Holm", "Øystein Berg", "Sofie Holm"
)


def names(first: str, last: str) -> list[str]:
    return [f"{each.first_name} {each.last_name}" for each in found_by(HERE, first, last)]


@pytest.mark.parametrize(
    "reason", ["", "akut", " " * 40, "Hun er faldet igen.", "\u200b" * 25, "a" * 40, "akut " * 9]
)
def test_a_reason_that_says_too_little_is_refused(reason: str) -> None:
    with pytest.raises(EmergencyReasonTooShort):
        check_reason(reason)


def test_twenty_characters_are_enough() -> None:
    check_reason("Sofie er faldet nu ..")


def test_a_name_in_any_case_finds_who_is_called_so() -> None:
    assert names("øystein", "BERG") == ["Øystein Berg"]
    assert names(" jens  ole ", "ærø") == ["Jens Ole Ærø"]


def test_those_called_exactly_so_come_alone() -> None:
    assert names("Sofie", "Holm") == ["Sofie Holm", "Sofie Holm"]
    assert names("So", "Ho") == ["Sofie Holm", "Sofus Holmgaard", "Sofie Holm"]


@pytest.mark.parametrize(
    ("first", "last"),
    [("", ""), ("S", "H"), ("S", "Holm"), ("Sofie", "H"), ("Sofie", ""), ("  ", "  "), ("%", "%_")],
)
def test_less_than_two_letters_of_each_name_find_nobody(first: str, last: str) -> None:
    assert names(first, last) == []


def test_a_beginning_that_fits_many_says_only_that_it_fits_many() -> None:
    many = living_here(*(f"Sofie{letter} Holm" for letter in "abcdef"))

    assert len(found_by(many, "so", "ho")) > MOST_FOUND


@given(st.text(max_size=8), st.text(max_size=8))
def test_whatever_is_typed_finds_nobody_whose_names_begin_otherwise(first: str, last: str) -> None:
    for found in found_by(HERE, first, last):
        assert found.first_name.casefold().startswith(" ".join(first.split()).casefold())
        assert found.last_name.casefold().startswith(" ".join(last.split()).casefold())


@pytest.mark.parametrize(
    ("left", "minutes"), [(3600, 60), (3599, 60), (61, 2), (60, 1), (1, 1), (0, 0), (-90, 0)]
)
def test_a_begun_minute_is_still_there(left: int, minutes: int) -> None:
    assert minutes_left(NOW + timedelta(seconds=left), NOW) == minutes


@pytest.mark.parametrize(
    ("ends_at", "now", "expected"),
    [
        (NOW + LENGTH, NOW, True),
        (NOW + LENGTH, NOW + LENGTH - timedelta(microseconds=1), True),
        (NOW + LENGTH, NOW + LENGTH, False),
        # Ended, also where whoever asks again read the clock before that.
        (NOW + timedelta(minutes=5), NOW + timedelta(minutes=4), False),
        (NOW + timedelta(minutes=5), NOW + timedelta(minutes=6), False),
    ],
)
def test_an_access_is_ended_once_and_only_before_its_time(
    ends_at: datetime, now: datetime, expected: bool
) -> None:
    assert can_be_ended(NOW, ends_at, now) is expected
