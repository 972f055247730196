"""What a tap sends, and what a correction sends. The outbox sends the same fields."""

from wtforms.validators import InputRequired

from webapp.fields import (
    CarriedIdField,
    EnumField,
    Form,
    HomeTimeField,
    PlacesField,
    TypedTextField,
    UuidField,
    WholeNumberField,
)
from webapp.i18n import lazy as _l
from webapp.models import Outcome, SupportLevel

_NO_OUTCOME = _l("Vælg, hvad du så.")


class MeasuredForm(Form):
    """The value of a tap, as the control of its measure sends it."""

    value = WholeNumberField(_l("Hvor mange gange?"))
    minutes = WholeNumberField(_l("Minutter"))
    seconds = WholeNumberField(_l("Sekunder"))
    steps_alone = PlacesField(_l("Hvilke trin uden hjælp?"))

    @property
    def amount(self) -> int | None:
        """What was counted, timed or chosen: minutes and seconds come to seconds."""
        minutes, seconds = self.minutes.data, self.seconds.data
        if self.value.data is not None or (minutes is None and seconds is None):
            return self.value.data
        return (minutes or 0) * 60 + (seconds or 0)

    @property
    def has_amount(self) -> bool:
        """Whether a field for it was sent at all, filled or not."""
        return any(self.was_sent(name) for name in ("value", "minutes", "seconds"))


class ObservationForm(MeasuredForm):
    """One tap. `new_id` is made where the button is drawn, and without `at` it happened now.

    `sign_id` is only read where the address names no sign.
    """

    new_id = CarriedIdField()
    outcome = EnumField(Outcome, _l("Hvad så du?"), [InputRequired(_NO_OUTCOME)])
    sign_id = UuidField(_l("Tegn"))
    at = HomeTimeField(_l("Hvornår?"))
    support_level = EnumField(SupportLevel, _l("Hvordan hjalp du?"))
    note = TypedTextField(_l("Note"))


class CorrectionForm(MeasuredForm):
    """What an observation should have said. A field that is not sent is left as it was."""

    new_id = CarriedIdField()
    outcome = EnumField(Outcome, _l("Hvad så du?"))
    support_level = EnumField(SupportLevel, _l("Hvordan hjalp du?"))
    note = TypedTextField(_l("Note"))
    reason = TypedTextField(_l("Hvorfor retter du?"))
