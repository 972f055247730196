"""When a consent counts: somebody said yes, in words, for this purpose, and has not taken it back.

Nothing else is a consent: not silence, not an old one that has run out, not one for something else.
Source: docs/decisions/0025-consent-and-emergencies.md
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from webapp.domain.days import local_day
from webapp.domain.errors import (
    AdultConsents,
    ConsentBeforeWithdrawal,
    ConsentEndsTooSoon,
    ConsentNotYetGiven,
    CustodyHolderMustConsent,
    GiverNameMissing,
)
from webapp.models import (
    Citizen,
    CitizenKind,
    Consent,
    ConsentGiver,
    ConsentPurpose,
    Picture,
    StepClip,
    StepPicture,
)

SOON: Final = timedelta(days=30)
"""So long before its last day a consent is said to run out."""

OF_AGE: Final = 18
ASKED_TOO_FROM: Final = 15
"""Years. From here on to 18 the young person is asked beside whoever holds custody."""


class ConsentState(StrEnum):
    """What a purpose stands at on a day."""

    GIVEN = "given"
    EXPIRES_SOON = "expires_soon"
    NONE = "none"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class PurposeState:
    """One purpose on a day. `consent` is the one that decides it; None when there never was one."""

    purpose: ConsentPurpose
    state: ConsentState
    consent: Consent | None

    @property
    def is_given(self) -> bool:
        """Whether the purpose is allowed."""
        return self.state in {ConsentState.GIVEN, ConsentState.EXPIRES_SOON}


def last_day(consent: Consent) -> date | None:
    """Return the last day a consent can count; None while nobody named one.

    What a custody holder said ends with the day before the 18th birthday.
    """
    born_on = consent.citizen.born_on
    if consent.given_by is not ConsentGiver.CUSTODY_HOLDER or born_on is None:
        return consent.until
    last_as_child = _birthday(born_on, OF_AGE) - timedelta(days=1)
    return min(consent.until or last_as_child, last_as_child)


def counts(consent: Consent, today: date) -> bool:
    """Tell whether a consent counts on a day, its first and last included."""
    until = last_day(consent)
    is_over = until is not None and until < today
    return consent.given_on <= today and not is_over and consent.withdrawn_at is None


def is_given(consents: Iterable[Consent], purpose: ConsentPurpose, today: date) -> bool:
    """Tell whether somebody said yes to a purpose and it counts today; no consents is no."""
    return any(each.purpose is purpose and counts(each, today) for each in consents)


def may_be_shown(
    picture: StepPicture | StepClip | Picture, consents: Iterable[Consent], today: date
) -> bool:
    """Tell whether one may be shown today: nobody is on it, or a yes to what it is for counts.

    Where nobody was asked whether somebody is on it, nobody is taken to be.
    """
    return not picture.shows_citizen or is_given(consents, picture.purpose, today)


def state_of(consents: Iterable[Consent], purpose: ConsentPurpose, today: date) -> PurposeState:
    """Return what a purpose stands at, and why."""
    of_purpose = [each for each in consents if each.purpose is purpose]
    if lasting := [each for each in of_purpose if counts(each, today)]:
        longest = max(lasting, key=lambda each: (last_day(each) or date.max, each.recorded_at))
        ends_soon = (last_day(longest) or date.max) - today <= SOON
        state = ConsentState.EXPIRES_SOON if ends_soon else ConsentState.GIVEN
        return PurposeState(purpose, state, longest)
    if not of_purpose:
        return PurposeState(purpose, ConsentState.NONE, None)
    newest = max(of_purpose, key=lambda each: each.withdrawn_at or each.recorded_at)
    state = ConsentState.WITHDRAWN if newest.withdrawn_at else ConsentState.EXPIRED
    return PurposeState(purpose, state, newest)


def states_of(consents: Iterable[Consent], today: date) -> list[PurposeState]:
    """Return what every purpose stands at, in the order they are shown."""
    known = list(consents)
    return [state_of(known, purpose, today) for purpose in ConsentPurpose]


def givers_for(citizen: Citizen, today: date) -> Sequence[ConsentGiver]:
    """Return who may say yes for a citizen."""
    if _is_minor(citizen, today):
        return (ConsentGiver.CUSTODY_HOLDER,)
    return (ConsentGiver.CITIZEN, ConsentGiver.GUARDIAN)


def is_asked_too(citizen: Citizen, today: date) -> bool:
    """Tell whether a citizen under age is old enough to be asked beside the custody holder."""
    if citizen.born_on is None:
        return False
    return _birthday(citizen.born_on, ASKED_TOO_FROM) <= today < _birthday(citizen.born_on, OF_AGE)


def check(
    consent: Consent,
    citizen: Citizen,
    earlier: Iterable[Consent],
    *,
    today: date,
    zone: ZoneInfo,
) -> None:
    """Refuse what is no consent.

    Args:
        consent: Not stored yet.
        citizen: Whose it is.
        earlier: The citizen's other consents.
        today: In the home.
        zone: The home's.

    Raises:
        CustodyHolderMustConsent, AdultConsents, GiverNameMissing, ConsentNotYetGiven,
        ConsentEndsTooSoon, ConsentBeforeWithdrawal.
    """
    if consent.given_by not in givers_for(citizen, today):
        raise CustodyHolderMustConsent if _is_minor(citizen, today) else AdultConsents
    if consent.given_by is not ConsentGiver.CITIZEN and not consent.giver_name.strip():
        raise GiverNameMissing
    if consent.given_on > today:
        raise ConsentNotYetGiven
    if consent.until is not None and consent.until < today:
        raise ConsentEndsTooSoon
    for other in earlier:
        if other.purpose is not consent.purpose or other.withdrawn_at is None:
            continue
        if consent.given_on < local_day(other.withdrawn_at, zone):
            raise ConsentBeforeWithdrawal


def _is_minor(citizen: Citizen, today: date) -> bool:
    """Tell whether somebody is under 18; where the birthday is unknown, a child is."""
    if citizen.born_on is None:
        return citizen.kind is CitizenKind.CHILD
    return today < _birthday(citizen.born_on, OF_AGE)


def _birthday(born_on: date, years: int) -> date:
    """Return the day somebody turns so many years; who was born on 29 February, 1 March."""
    try:
        return born_on.replace(year=born_on.year + years)
    except ValueError:
        return date(born_on.year + years, 3, 1)
