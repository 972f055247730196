"""A PIN is six digits that a colleague would not guess, and wrong ones shut person and tablet."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.domain.errors import PinTooEasy, PinUnfit
from webapp.domain.pins import (
    TABLET_TRIES,
    TABLET_WINDOW,
    TRIES,
    check_pin,
    is_locked_out,
    is_too_easy,
    still_counted,
    wait_after,
)
from webapp.services.pins import DEMO_PIN

NOW = datetime(2026, 11, 21, 20, 40, tzinfo=UTC)

digits = st.integers(0, 9)
pins = st.integers(0, 999_999).map("{:06}".format)


@pytest.mark.parametrize(
    "typed",
    ["", "123", "4837", "48371", "4837162", "4" * 40, "48371a", "48 371", "４８３７１６", "-48371"],
)
def test_a_pin_is_six_digits_and_nothing_else(typed: str) -> None:
    with pytest.raises(PinUnfit):
        check_pin(typed)


@pytest.mark.parametrize("pin", ["483716", "907251", "640298", DEMO_PIN])
def test_six_digits_without_a_pattern_are_fit(pin: str) -> None:
    check_pin(pin)


@pytest.mark.parametrize(
    "pin",
    [
        *("000000", "123456", "654321", "890123", "024680", "112112", "121212", "123123"),
        *("123321", "112233", "159753", "147258", "696969", "420420"),
    ],
)
def test_a_pattern_is_too_easy(pin: str) -> None:
    with pytest.raises(PinTooEasy):
        check_pin(pin)


@given(digits, digits)
def test_the_same_step_all_the_way_is_too_easy(first: int, step: int) -> None:
    assert is_too_easy("".join(str((first + step * place) % 10) for place in range(6)))


@given(pins)
def test_what_is_repeated_or_mirrored_is_too_easy(pin: str) -> None:
    assert is_too_easy(pin[:2] * 3)
    assert is_too_easy(pin[:3] * 2)
    assert is_too_easy(pin[:3] + pin[2::-1])
    assert is_too_easy(pin[0] * 2 + pin[1] * 2 + pin[2] * 2)


@given(st.dates(date(1930, 1, 1), date(2026, 12, 31)))
def test_no_birthday_is_fit_however_it_is_written(born: date) -> None:
    for form in ("%d%m%y", "%y%m%d", "%m%d%y"):
        assert is_too_easy(born.strftime(form))


def test_most_pins_are_fit_all_the_same() -> None:
    fit = sum(not is_too_easy(f"{number:06}") for number in range(0, 1_000_000, 7))

    assert fit / (1_000_000 / 7) > 0.85


def test_five_wrong_ones_bring_30_seconds_doubling_and_ten_lock() -> None:
    waits = [wait_after(failures).total_seconds() for failures in range(TRIES)]

    assert waits == [0, 0, 0, 0, 0, 30, 60, 120, 240, 480]
    assert [is_locked_out(failures) for failures in (9, 10, 11)] == [False, True, True]


@given(st.lists(st.integers(0, 7200), max_size=TABLET_TRIES))
def test_a_tablet_remembers_the_wrong_pins_of_just_the_last_hour(ago: list[int]) -> None:
    times = [int(NOW.timestamp()) - seconds for seconds in ago]

    counted = still_counted(times, NOW)

    assert len(counted) == sum(seconds < TABLET_WINDOW.total_seconds() for seconds in ago)


def test_a_wrong_pin_of_an_hour_ago_is_forgotten() -> None:
    tried = int(NOW.timestamp())

    assert still_counted([tried], NOW + TABLET_WINDOW - timedelta(seconds=1)) == [tried]
    assert still_counted([tried], NOW + TABLET_WINDOW) == []
