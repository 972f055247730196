"""When a consent counts. Everything but a yes that somebody gave, in words, is no consent."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from webapp.domain.consenting import (
    ConsentState,
    check,
    givers_for,
    is_asked_too,
    is_given,
    last_day,
    state_of,
    states_of,
)
from webapp.domain.errors import Refused
from webapp.models import Citizen, CitizenKind, Consent, ConsentGiver, ConsentPurpose

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Copenhagen")
PICTURES = ConsentPurpose.INSTRUCTION
REPORT = ConsentPurpose.REPORT
SOFIE = Citizen(kind=CitizenKind.ADULT, first_name="Sofie", last_name="Holm")


def child(born_on: date | None) -> Citizen:
    return Citizen(kind=CitizenKind.CHILD, first_name="Malik", last_name="Yusuf", born_on=born_on)


def a_yes(
    purpose: ConsentPurpose = PICTURES,
    *,
    citizen: Citizen = SOFIE,
    given_by: ConsentGiver = ConsentGiver.CITIZEN,
    giver_name: str = "Birgit Bruun",
    given_on: date = date(2026, 11, 1),
    until: date | None = None,
    withdrawn_at: datetime | None = None,
    recorded_at: datetime = NOW - timedelta(days=20),
) -> Consent:
    return Consent(
        id=uuid4(),
        citizen=citizen,
        purpose=purpose,
        given_by=given_by,
        giver_name=giver_name,
        how="Sofie pegede på ja-kortet, og Anna var med",
        given_on=given_on,
        until=until,
        withdrawn_at=withdrawn_at,
        recorded_at=recorded_at,
    )


# What counts


def test_silence_is_no_consent() -> None:
    assert not any(is_given([], purpose, TODAY) for purpose in ConsentPurpose)
    assert {each.state for each in states_of([], TODAY)} == {ConsentState.NONE}


def test_a_yes_counts_for_its_own_purpose_and_no_other() -> None:
    said = [a_yes(PICTURES)]

    assert [purpose for purpose in ConsentPurpose if is_given(said, purpose, TODAY)] == [PICTURES]


@pytest.mark.parametrize(
    ("today", "counts"),
    [
        (date(2026, 10, 31), False),
        (date(2026, 11, 1), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
    ],
)
def test_a_yes_counts_from_its_first_day_to_its_last(today: date, counts: bool) -> None:
    said = [a_yes(until=date(2026, 12, 31))]

    assert is_given(said, PICTURES, today) is counts


def test_a_no_counts_at_once_also_on_the_same_day() -> None:
    assert not is_given([a_yes(withdrawn_at=NOW)], PICTURES, TODAY)


def test_one_that_ran_out_is_not_renewed_by_nobody_saying_anything() -> None:
    said = [a_yes(until=TODAY - timedelta(days=1))]

    assert state_of(said, PICTURES, TODAY).state is ConsentState.EXPIRED
    assert not state_of(said, PICTURES, TODAY).is_given


@pytest.mark.parametrize(
    ("days", "state"),
    [(31, ConsentState.GIVEN), (30, ConsentState.EXPIRES_SOON), (0, ConsentState.EXPIRES_SOON)],
)
def test_a_month_before_its_last_day_it_is_said_to_run_out(days: int, state: ConsentState) -> None:
    said = state_of([a_yes(until=TODAY + timedelta(days=days))], PICTURES, TODAY)

    assert said.state is state
    assert said.is_given


def test_the_yes_that_lasts_longest_decides() -> None:
    short, long = a_yes(until=TODAY), a_yes(until=TODAY + timedelta(days=200))

    assert state_of([long, short], PICTURES, TODAY).consent is long


def test_a_new_yes_after_a_no_counts() -> None:
    said = [a_yes(withdrawn_at=NOW - timedelta(days=3)), a_yes(given_on=TODAY)]

    assert state_of(said, PICTURES, TODAY).state is ConsentState.GIVEN


def test_of_a_no_and_one_that_ran_out_the_newer_is_told() -> None:
    ran_out = a_yes(until=date(2026, 11, 10), recorded_at=NOW - timedelta(days=19))
    no = a_yes(withdrawn_at=NOW - timedelta(days=1))

    assert state_of([ran_out, no], PICTURES, TODAY).state is ConsentState.WITHDRAWN


# Who may say yes


def test_for_somebody_under_age_a_custody_holder_says_yes() -> None:
    assert givers_for(child(date(2015, 5, 1)), TODAY) == (ConsentGiver.CUSTODY_HOLDER,)
    assert givers_for(child(None), TODAY) == (ConsentGiver.CUSTODY_HOLDER,)
    assert ConsentGiver.CUSTODY_HOLDER not in givers_for(child(date(2008, 11, 21)), TODAY)
    assert ConsentGiver.CUSTODY_HOLDER not in givers_for(SOFIE, TODAY)


@pytest.mark.parametrize(
    ("born_on", "asked"),
    [
        (date(2011, 11, 22), False),
        (date(2011, 11, 21), True),
        (date(2008, 11, 22), True),
        (date(2008, 11, 21), False),
        (None, False),
    ],
)
def test_from_fifteen_to_eighteen_the_young_person_is_asked_too(
    born_on: date | None, asked: bool
) -> None:
    assert is_asked_too(child(born_on), TODAY) is asked


def test_what_a_custody_holder_said_ends_with_the_eighteenth_birthday() -> None:
    malik = child(date(2008, 12, 1))
    said = a_yes(citizen=malik, given_by=ConsentGiver.CUSTODY_HOLDER, until=date(2028, 1, 1))

    assert last_day(said) == date(2026, 11, 30)
    assert state_of([said], PICTURES, TODAY).state is ConsentState.EXPIRES_SOON
    assert not is_given([said], PICTURES, date(2026, 12, 1))


def test_who_was_born_on_the_leap_day_is_of_age_on_the_first_of_march() -> None:
    said = a_yes(citizen=child(date(2012, 2, 29)), given_by=ConsentGiver.CUSTODY_HOLDER)

    assert last_day(said) == date(2030, 2, 28)


# What is refused


def refusal(consent: Consent, citizen: Citizen = SOFIE, *earlier: Consent) -> str:
    with pytest.raises(Refused) as caught:
        check(consent, citizen, earlier, today=TODAY, zone=ZONE)
    return caught.value.code


def test_a_yes_of_someone_who_may_not_say_it_is_refused() -> None:
    parent = a_yes(given_by=ConsentGiver.CUSTODY_HOLDER)
    malik = child(date(2015, 5, 1))

    assert refusal(parent) == "adult_consents"
    assert refusal(a_yes(citizen=malik), malik) == "custody_holder_must_consent"
    assert (
        refusal(a_yes(citizen=malik, given_by=ConsentGiver.GUARDIAN), malik)
        == "custody_holder_must_consent"
    )


def test_who_says_yes_for_another_is_named() -> None:
    nameless = a_yes(given_by=ConsentGiver.GUARDIAN, giver_name="  ")

    assert refusal(nameless) == "giver_name_missing"
    check(a_yes(giver_name=""), SOFIE, [], today=TODAY, zone=ZONE)


def test_a_yes_that_is_yet_to_come_or_over_already_is_refused() -> None:
    assert refusal(a_yes(given_on=TODAY + timedelta(days=1))) == "consent_not_yet_given"
    assert refusal(a_yes(until=TODAY - timedelta(days=1))) == "consent_ends_too_soon"


def test_an_old_yes_does_not_undo_a_later_no() -> None:
    no = a_yes(withdrawn_at=datetime(2026, 11, 20, 23, 30, tzinfo=UTC))

    assert refusal(a_yes(given_on=date(2026, 11, 20)), SOFIE, no) == "consent_before_withdrawal"
    # In the home it was past midnight when they said no.
    check(a_yes(given_on=TODAY), SOFIE, [no], today=TODAY, zone=ZONE)
    check(a_yes(REPORT, given_on=date(2026, 11, 20)), SOFIE, [no], today=TODAY, zone=ZONE)
