"""Whom a goal is copied to, and what a template is called."""

from wtforms.validators import DataRequired, InputRequired

from webapp.fields import CarriedIdField, Form, ShortTextField, UuidField
from webapp.i18n import lazy as _l


class UseForm(Form):
    """One tap on "Begynd med den". `new_id` is made where the button is drawn."""

    new_id = CarriedIdField()


class CopyForm(Form):
    """Who the goal is copied to."""

    new_id = CarriedIdField()
    citizen_id = UuidField(_l("Hvem skal målet kopieres til?"), [InputRequired(_l("Vælg hvem."))])


class TemplateForm(Form):
    """What the template is called."""

    new_id = CarriedIdField()
    name = ShortTextField(
        _l("Hvad skal skabelonen hedde?"),
        [DataRequired(_l("Giv skabelonen et navn, så kolleger kan finde den."))],
    )
