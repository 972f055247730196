"""What is set for the home, and its shifts."""

from typing import Final

from wtforms.validators import DataRequired, InputRequired, NumberRange
from wtforms.widgets import TextInput

from webapp.fields import Form, ShortTextField, WholeNumberField, YesNoField
from webapp.home_fields import ShiftsField
from webapp.i18n import lazy as _l
from webapp.services.homes import HomeContent

_MINUTES: Final = _l("Skriv et antal minutter fra 1 til 15.")
_MONTHS: Final = _l("Skriv et antal måneder fra 1 til 12.")


class HomeForm(Form):
    """What an admin sets for the whole home."""

    name = ShortTextField(
        _l("Tilbuddets navn"), [DataRequired(_l("Skriv tilbuddets navn."))], widget=TextInput()
    )
    idle_lock_minutes = WholeNumberField(
        _l("En tablet låser efter så mange minutter uden tryk"),
        [InputRequired(_MINUTES), NumberRange(1, 15, _MINUTES)],
    )
    unlocks_offline = YesNoField(
        _l("Kan en tablet låses op uden net?"), [InputRequired(_l("Vælg et af dem."))]
    )
    second_factor_for_all = YesNoField(
        _l("Hvem skal logge ind i to trin?"), [InputRequired(_l("Vælg et af dem."))]
    )
    log_check_months = WholeNumberField(
        _l("Måneder mellem to kontroller af loggen"),
        [InputRequired(_MONTHS), NumberRange(1, 12, _MONTHS)],
    )

    @property
    def content(self) -> HomeContent:
        """All of it, once the form is valid."""
        return HomeContent(
            name=self.name.data.strip(),
            idle_lock_minutes=self.idle_lock_minutes.data or 0,
            unlocks_offline=bool(self.unlocks_offline.data),
            second_factor_for_all=bool(self.second_factor_for_all.data),
            log_check_months=self.log_check_months.data or 0,
        )


class ShiftsForm(Form):
    """The shifts of a day."""

    shift = ShiftsField(_l("Vagter"))
