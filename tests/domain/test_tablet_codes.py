"""A code is read off one screen and typed on another."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.domain.tablet_codes import (
    CODE_LENGTH,
    CODE_LIFE,
    LETTERS,
    draw_code,
    is_open,
    read_code,
)

NOW = datetime(2026, 11, 21, 20, 40, tzinfo=UTC)


@given(st.randoms())
def test_a_code_has_no_letter_that_is_read_as_another(chance: random.Random) -> None:
    code = draw_code(chance.choice)

    assert len(code) == CODE_LENGTH
    assert not set(code) & set("0O1IL5S2Z8B")


def test_there_are_far_more_codes_than_anyone_can_try_in_ten_minutes() -> None:
    assert len(set(LETTERS)) ** CODE_LENGTH > 10**11


@pytest.mark.parametrize(
    "typed", ["ACDEFGHJ", "acdefghj", " ACDE FGHJ ", "acde-fghj", "A C D E F G H J"]
)
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert read_code(typed) == "ACDEFGHJ"


def test_a_code_is_good_for_ten_minutes_and_once() -> None:
    assert is_open(NOW, None, NOW + CODE_LIFE - timedelta(seconds=1))
    assert not is_open(NOW, None, NOW + CODE_LIFE)
    assert not is_open(NOW, NOW, NOW)
