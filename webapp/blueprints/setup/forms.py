"""All that the first run asks for. What earlier steps asked is sent along, out of sight."""

from typing import Final
from zoneinfo import available_timezones

from wtforms import StringField
from wtforms.validators import DataRequired, ValidationError
from wtforms.widgets import EmailInput, TextInput

from webapp.fields import CodeField, Form, LinesField, ShortTextField
from webapp.home_fields import NewPasswordField, ShiftLine, ShiftsField
from webapp.i18n import lazy as _l
from webapp.services.homes import FirstAdmin

STEPS: Final = (
    ("code",),
    ("name", "timezone"),
    ("departments", "shift"),
    ("first_name", "last_name", "email", "password"),
)
"""The fields of each step; the fifth asks for nothing."""

FIELDS_OF: Final = {
    "setup_code_wrong": "code",
    "shift_missing": "shift",
    "shifts_begin_together": "shift",
    "email_unfit": "email",
    "password_too_easy": "password",
    "password_unfit": "password",
}
"""Codes of what is refused, and the field where the words stand."""

DANISH_ZONES: Final = {
    "Europe/Copenhagen": _l("Danmark"),
    "Atlantic/Faroe": _l("Færøerne"),
    "America/Nuuk": _l("Grønland"),
}

USUAL_SHIFTS: Final = (
    ShiftLine("Dagvagt", "07:00"),
    ShiftLine("Aftenvagt", "15:00"),
    ShiftLine("Nattevagt", "23:00"),
)


class SetupForm(Form):
    """The whole of it."""

    code = StringField(_l("Koden"))
    name = ShortTextField(
        _l("Hvad hedder tilbuddet?"),
        [DataRequired(_l("Skriv tilbuddets navn."))],
        widget=TextInput(),
    )
    timezone = CodeField(_l("Hvor ligger det?"))
    departments = LinesField(
        _l("Afdelinger, én på hver linje"), [DataRequired(_l("Skriv mindst én afdeling."))]
    )
    shift = ShiftsField(_l("Vagter"))
    first_name = ShortTextField(
        _l("Dit fornavn"), [DataRequired(_l("Skriv dit fornavn."))], widget=TextInput()
    )
    last_name = ShortTextField(
        _l("Dit efternavn"), [DataRequired(_l("Skriv dit efternavn."))], widget=TextInput()
    )
    email = ShortTextField(
        _l("Din e-mail"), [DataRequired(_l("Skriv din e-mail."))], widget=EmailInput()
    )
    password = NewPasswordField(_l("Din adgangskode"))

    def validate_timezone(self, field: CodeField) -> None:
        """Refuse what is no time zone."""
        if field.data not in available_timezones():
            raise ValidationError(str(_l("Vælg en af mulighederne.")))

    def validate_departments(self, field: LinesField) -> None:
        """Refuse names that no page has room for."""
        if len(field.lines) > 40 or any(len(line) > ShortTextField.longest for line in field.lines):
            raise ValidationError(str(_l("Skriv højst 40 afdelinger med korte navne.")))

    def wrong_step(self, last: int) -> int | None:
        """Return the first step, up to `last`, in which something is wrong; None when all fits."""
        self.validate()
        wrong = (number for number in range(1, last + 1) if self.errors_of(number))
        return next(wrong, None)

    def errors_of(self, step: int) -> bool:
        """Tell whether a field of this step has words about something wrong."""
        return any(self[name].errors for name in STEPS[step - 1])

    def open_step(self, step: int) -> None:
        """Make a step ready to be filled in: nothing is wrong with it yet, and the usual stands."""
        for name in STEPS[step - 1]:
            self[name].errors = []
        if not self.timezone.data:
            self.timezone.data = next(iter(DANISH_ZONES))
        if not self.shift.written:
            self.shift.data = list(USUAL_SHIFTS)

    @property
    def admin(self) -> FirstAdmin:
        """Who sets it up, once the form is valid."""
        return FirstAdmin(
            self.first_name.data.strip(),
            self.last_name.data.strip(),
            self.email.data,
            str(self.password.data),
        )
