"""The picture of a step as it is sent."""

from typing import Any

from flask_wtf.file import FileField
from wtforms.validators import ValidationError

from webapp.fields import (
    CarriedIdField,
    Form,
    ShortTextField,
    UuidField,
    WholeNumberField,
    YesNoField,
)
from webapp.i18n import lazy as _l


class StepPictureForm(Form):
    """One picture, and whether the citizen can be recognised on it. `new_id` is drawn with it."""

    new_id = CarriedIdField()
    picture = FileField(_l("Eller vælg et billede"))
    shows_citizen = YesNoField(_l("Kan man se borgeren?"))

    def validate_picture(self, field: Any) -> None:
        """Refuse a form in which no file was chosen."""
        if not field.data or not field.data.filename:
            raise ValidationError(str(_l("Vælg eller tag det billede, trinet skal have.")))

    def validate_shows_citizen(self, field: YesNoField) -> None:
        """Refuse a form in which nobody has answered: consent is asked about each time."""
        if field.data is None:
            raise ValidationError(str(_l("Svar på, om man kan se borgeren på billedet.")))


class MeasureForm(Form):
    """Which sign the steps measure, and which the citizen is asked about; empty for none."""

    sign_id = UuidField(_l("Hvilket tegn måler trinene?"))
    asked_sign_id = UuidField(_l("Hvad skal skærmen spørge om til sidst?"))


class TimeForm(Form):
    """How long a step takes, in seconds; empty for no time."""

    seconds = WholeNumberField(_l("Hvor længe varer trinet?"))


class DescriptionForm(Form):
    """What is seen at a step, for those who do not see it; empty for nothing."""

    description = ShortTextField(_l("Hvad ser man?"))


class StepClipForm(Form):
    """One clip, whether the citizen can be recognised on it, and whether its sound is kept."""

    new_id = CarriedIdField()
    clip = FileField(_l("Eller vælg et klip"))
    shows_citizen = YesNoField(_l("Kan man se borgeren?"))
    keeps_sound = YesNoField(_l("Skal lyden med?"))

    def validate_clip(self, field: Any) -> None:
        """Refuse a form in which no file was chosen."""
        if not field.data or not field.data.filename:
            raise ValidationError(str(_l("Film trinet, eller vælg et klip.")))

    def validate_shows_citizen(self, field: YesNoField) -> None:
        """Refuse a form in which nobody has answered: consent is asked about each time."""
        if field.data is None:
            raise ValidationError(str(_l("Svar på, om man kan se borgeren på klippet.")))


class StepVoiceForm(Form):
    """A step's sentence as somebody said it. `new_id` is drawn with it."""

    new_id = CarriedIdField()
    voice = FileField(_l("Eller vælg en optagelse"))

    def validate_voice(self, field: Any) -> None:
        """Refuse a form without a recording."""
        if not field.data or not field.data.filename:
            raise ValidationError(str(_l("Tal sætningen ind, eller vælg en optagelse.")))
