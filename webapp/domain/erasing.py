"""What is thrown away by itself, and when.

Source: docs/decisions/0037-what-is-thrown-away.md
"""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from webapp.domain.consenting import last_day, may_be_shown
from webapp.domain.days import local_day
from webapp.models import Consent, Picture, StepClip, StepPicture

KEPT_HIDDEN: Final = timedelta(days=7)
"""How long a picture is kept that nobody says yes to any more. A yes may be taken back by mistake,
or run out while its renewal lies on a desk."""


def is_to_be_erased(
    picture: StepPicture | StepClip | Picture,
    consents: Collection[Consent],
    today: date,
    zone: ZoneInfo,
) -> bool:
    """Tell whether a picture has been hidden for so long that it is thrown away.

    Args:
        picture: Of a step or a note, or a clip.
        consents: To what it is for, the citizen beside each. Without any it stays hidden: what
            never ended has not ended long ago.
        today: In the home.
        zone: The home's.
    """
    if may_be_shown(picture, consents, today):
        return False
    ends = [each for each in (_ended_on(consent, zone) for consent in consents) if each]
    return bool(ends) and max(ends) + KEPT_HIDDEN < today


def _ended_on(consent: Consent, zone: ZoneInfo) -> date | None:
    """Return the last day a consent counted on; None for one whose time is to come."""
    if consent.withdrawn_at:
        return local_day(consent.withdrawn_at, zone)
    return last_day(consent)
