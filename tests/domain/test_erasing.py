"""A picture nobody says yes to is hidden at once, and thrown away a week later."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from webapp.domain.erasing import KEPT_HIDDEN, is_to_be_erased
from webapp.models import Citizen, CitizenKind, Consent, ConsentGiver, ConsentPurpose, StepPicture

ZONE = ZoneInfo("Europe/Copenhagen")
TODAY = date(2026, 11, 21)
SOFIE = Citizen(kind=CitizenKind.ADULT, first_name="Sofie", last_name="Holm")
OF_SOFIE = StepPicture(shows_citizen=True)


def a_yes(*, until: date | None = None, withdrawn_at: datetime | None = None) -> Consent:
    return Consent(
        citizen=SOFIE,
        purpose=ConsentPurpose.INSTRUCTION,
        given_by=ConsentGiver.CITIZEN,
        given_on=date(2026, 1, 1),
        until=until,
        withdrawn_at=withdrawn_at,
    )


def withdrawn(on: date) -> Consent:
    return a_yes(withdrawn_at=datetime(on.year, on.month, on.day, 12, tzinfo=UTC))


LONG_AGO = TODAY - KEPT_HIDDEN - timedelta(days=1)
JUST = TODAY - KEPT_HIDDEN


@pytest.mark.parametrize(
    ("said", "erased"),
    [
        ([withdrawn(LONG_AGO)], True),
        ([withdrawn(JUST)], False),
        ([a_yes(until=LONG_AGO)], True),
        ([a_yes(until=JUST)], False),
        ([withdrawn(LONG_AGO), withdrawn(JUST)], False),
        ([withdrawn(LONG_AGO), a_yes()], False),
        ([withdrawn(LONG_AGO), a_yes(until=LONG_AGO)], True),
        ([], False),
    ],
    ids=[
        *("withdrawn long ago", "withdrawn last week", "run out long ago", "run out last week"),
        *("two, one last week", "said yes again", "two long ago", "never asked"),
    ],
)
def test_a_picture_is_thrown_away_once_the_last_yes_ended_more_than_a_week_ago(
    said: list[Consent], erased: bool
) -> None:
    assert is_to_be_erased(OF_SOFIE, said, TODAY, ZONE) is erased


def test_hands_and_things_stay_whatever_is_taken_back() -> None:
    assert not is_to_be_erased(StepPicture(shows_citizen=False), [withdrawn(LONG_AGO)], TODAY, ZONE)


def test_the_day_of_a_withdrawal_is_the_one_in_the_home() -> None:
    late = datetime(2026, 11, 13, 23, 30, tzinfo=UTC)

    assert not is_to_be_erased(OF_SOFIE, [a_yes(withdrawn_at=late)], TODAY, ZONE)
