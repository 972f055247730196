"""The words of consent on screen: what each purpose means, who says yes, what it stands at."""

from collections.abc import Iterable
from typing import Final

from flask import Flask

from webapp.domain.consenting import ConsentState, last_day
from webapp.domain.erasing import KEPT_HIDDEN
from webapp.i18n import lazy as _l
from webapp.models import ConsentGiver, ConsentPurpose
from webapp.presentation import Choices

PURPOSES: Final[dict[ConsentPurpose, str]] = {
    ConsentPurpose.INSTRUCTION: _l("Instruktion"),
    ConsentPurpose.DOCUMENTATION: _l("Dokumentation"),
    ConsentPurpose.REPORT: _l("Rapport"),
    ConsentPurpose.RELATIVES: _l("Pårørende"),
}

MEANINGS: Final[dict[ConsentPurpose, str]] = {
    ConsentPurpose.INSTRUCTION: _l(
        "Billeder og film, der viser kolleger, hvordan vi gør. Kun de, der arbejder her, ser dem."
    ),
    ConsentPurpose.DOCUMENTATION: _l(
        "Billeder og film, der viser, hvordan det gik. De bliver her sammen med registreringerne."
    ),
    ConsentPurpose.REPORT: _l("Billeder og ord, der kommer med i rapporter til kommunen."),
    ConsentPurpose.RELATIVES: _l(
        "Billeder og ord, som vi viser eller sender til pårørende, borgeren gerne vil dele med."
    ),
}

GIVERS: Final[dict[ConsentGiver, str]] = {
    ConsentGiver.CITIZEN: _l("Borgeren selv"),
    ConsentGiver.CUSTODY_HOLDER: _l("Forældremyndighedsindehaver"),
    ConsentGiver.GUARDIAN: _l("Værge"),
}

STATES: Final[dict[ConsentState, str]] = {
    ConsentState.GIVEN: _l("Ja"),
    ConsentState.EXPIRES_SOON: _l("Ja, udløber snart"),
    ConsentState.NONE: _l("Ingen har sagt ja"),
    ConsentState.WITHDRAWN: _l("Trukket tilbage"),
    ConsentState.EXPIRED: _l("Udløbet"),
}


def init_app(app: Flask) -> None:
    """Give templates these words."""
    app.jinja_env.filters["last_day"] = last_day
    app.jinja_env.globals.update(
        consent_purpose_words=PURPOSES.__getitem__,
        consent_meaning=MEANINGS.__getitem__,
        consent_giver_words=GIVERS.__getitem__,
        consent_state_words=STATES.__getitem__,
        consent_purpose_choices=list(PURPOSES.items()),
        giver_choices=giver_choices,
        kept_hidden=KEPT_HIDDEN,
    )


def giver_choices(givers: Iterable[ConsentGiver]) -> Choices:
    """Return who may say yes, as choices."""
    return [(str(giver), GIVERS[giver]) for giver in givers]
