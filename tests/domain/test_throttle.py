"""Wrong passwords shut doors: soon for guessing, never for ever, and they are forgotten."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.domain.throttle import (
    FIRST_WAIT,
    FORGOTTEN_AFTER,
    HERE,
    PERSON,
    PERSON_FROM_HERE,
    Door,
    failures_that_count,
    network_of,
    wait_after,
)

NOW = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)
EVERY_DOOR = (PERSON_FROM_HERE, HERE, PERSON)

doors = st.sampled_from(EVERY_DOOR)
counts = st.integers(0, 10_000)
whiles = st.timedeltas(timedelta(0), timedelta(days=3))


def minutes(*values: float) -> list[timedelta]:
    return [timedelta(minutes=value) for value in values]


def test_five_wrong_tries_then_30_seconds_doubling_to_a_quarter_of_an_hour() -> None:
    waits = [wait_after(PERSON_FROM_HERE, failures) for failures in range(12)]

    assert waits == minutes(0, 0, 0, 0, 0, 0.5, 1, 2, 4, 8, 15, 15)


@pytest.mark.parametrize(("door", "free"), [(HERE, 50), (PERSON, 100)])
def test_a_door_that_strangers_can_shut_opens_within_a_minute(door: Door, free: int) -> None:
    assert wait_after(door, free - 1) == timedelta(0)
    assert wait_after(door, free) == FIRST_WAIT
    assert wait_after(door, 1_000_000) == timedelta(minutes=1)


@given(doors, counts)
def test_one_more_wrong_try_never_shortens_the_wait_and_never_goes_beyond_the_longest(
    door: Door, failures: int
) -> None:
    assert wait_after(door, failures) <= wait_after(door, failures + 1) <= door.longest_wait


@given(doors, counts, whiles)
def test_waiting_never_adds_wrong_tries(door: Door, failures: int, quiet: timedelta) -> None:
    left = failures_that_count(door, failures, NOW, NOW + quiet)

    assert 0 <= left <= failures


@given(doors, counts, whiles, whiles)
def test_the_longer_it_is_quiet_the_more_is_forgotten(
    door: Door, failures: int, quiet: timedelta, longer: timedelta
) -> None:
    sooner = failures_that_count(door, failures, NOW, NOW + quiet)
    later = failures_that_count(door, failures, NOW, NOW + quiet + longer)

    assert later <= sooner


@given(doors, counts)
def test_after_a_quiet_day_everything_is_forgotten(door: Door, failures: int) -> None:
    assert failures_that_count(door, failures, NOW, NOW + FORGOTTEN_AFTER) == 0


@given(doors, counts, whiles)
def test_a_clock_that_went_back_forgets_and_adds_nothing(
    door: Door, failures: int, back: timedelta
) -> None:
    assert failures_that_count(door, failures, NOW, NOW - back) == failures


def tries_checked(door: Door, *, every: timedelta, within: timedelta) -> int:
    """Return how many passwords someone finds out about who tries again and again."""
    checked = failures = 0
    now = last = shut_until = NOW
    while now < NOW + within:
        if now >= shut_until:
            checked += 1
            failures = failures_that_count(door, failures, last, now) + 1
            last, shut_until = now, now + wait_after(door, failures)
        now += every
    return checked


def test_whoever_keeps_guessing_from_one_network_gets_a_hundred_tries_a_day() -> None:
    tried = tries_checked(PERSON_FROM_HERE, every=timedelta(seconds=5), within=timedelta(days=1))

    assert tried <= 110


def test_one_patient_guesser_never_shuts_the_door_for_other_networks() -> None:
    """Else whoever knows Anna's e-mail address could keep her out of her tablets."""
    now, failures, shut_until = NOW, 0, NOW
    person = 0
    last = NOW
    for _ in range(24 * 60 * 14):
        if now >= shut_until:
            failures = failures_that_count(PERSON_FROM_HERE, failures, last, now) + 1
            person = failures_that_count(PERSON, person, last, now) + 1
            last, shut_until = now, now + wait_after(PERSON_FROM_HERE, failures)
            assert wait_after(PERSON, person) == timedelta(0)
        now += timedelta(minutes=1)


def test_a_home_that_mistypes_ten_times_an_hour_is_never_shut_out() -> None:
    tried = tries_checked(HERE, every=timedelta(minutes=6), within=timedelta(days=30))

    assert tried == 30 * 24 * 10


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.168.1.20", "192.168.1.20"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("::ffff:192.168.1.20", "192.168.1.20"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("en sokkel", "en sokkel"),
    ],
)
def test_a_line_counts_as_one_network_however_many_addresses_it_has(
    address: str, network: str
) -> None:
    assert network_of(address) == network


@given(st.ip_addresses(v=6))
def test_an_ipv6_address_counts_with_its_neighbours(address: object) -> None:
    network = network_of(str(address))

    assert ip_address(str(address)) in ip_network(network) or "." in network
