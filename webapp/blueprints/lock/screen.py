"""What the lock screen shows: faces, the pad, and why a PIN opened nothing."""

from typing import Final
from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue

from webapp import login, tablets
from webapp.adapters import clock
from webapp.db import db
from webapp.domain.names import is_called
from webapp.htmx import wants_fragment
from webapp.i18n import lazy as _l
from webapp.messages import words_for
from webapp.models import Device, Staff
from webapp.pages import own_page
from webapp.services.devices import people_of
from webapp.services.pins import Shut
from webapp.services.sign_in import find_sleeping

MANY: Final = 16
"""More faces than this get a field to search in."""

FEW: Final = 12
"""So many faces are shown at once; the others are folded away."""

WORDS: Final[dict[str, str]] = {
    Shut.WRONG: _l("Den PIN passer ikke. Prøv igen, eller brug din adgangskode."),
    Shut.WAIT: _l("Der er prøvet mange gange. Vent lidt, eller brug din adgangskode."),
    Shut.LOCKED_OUT: _l(
        "Din PIN virker ikke på denne tablet lige nu. Brug din adgangskode, så virker den igen."
    ),
    Shut.TABLET_LOCKED: _l(
        "Der er prøvet for mange PIN-koder på tabletten. Din leder kan åbne den igen. Du kan "
        "stadig bruge din adgangskode."
    ),
    "busy": words_for("busy"),
}


def draw(
    device: Device, *, chosen: UUID | None = None, shut: str | None = None, status: int = 200
) -> ResponseReturnValue:
    """Return the lock screen of a tablet: the whole page, or what covers the page one is on.

    Args:
        device: The tablet.
        chosen: Whose face was tapped; else whoever put the tablet down.
        shut: A key of `WORDS`, when a PIN opened nothing.
        status: The HTTP status.
    """
    left, people = _left(), people_of(db.session(), device)
    if left and left not in people:
        people.insert(0, left)
    if device.locked_at:
        shut = Shut.TABLET_LOCKED
    asked = request.args.get("name", "")
    return render_template(
        "lock/_panel.html" if wants_fragment() else "lock/show.html",
        device=device,
        people=[one for one in people if is_called(one.first_name, one.last_name, asked)],
        few=FEW,
        searches=len(people) > MANY,
        asked=asked,
        chosen=next((one for one in people if one.id == chosen), left),
        words=WORDS[shut] if shut else None,
        next=own_page(request.values.get("next")) or "",
    ), status


def _left() -> Staff | None:
    """Return whose session sleeps in this browser."""
    secret = login.cookie_secret()
    if secret is None:
        return None
    sleeping = find_sleeping(db.session(), secret, now=clock.now(), tablet=tablets.tablet_secret())
    return sleeping.staff if sleeping else None
