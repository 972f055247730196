"""A department's name and description."""

from wtforms.validators import DataRequired
from wtforms.widgets import TextInput

from webapp.fields import CarriedIdField, Form, ShortTextField
from webapp.i18n import lazy as _l


class DepartmentForm(Form):
    """A department. `new_id` is what a new one gets."""

    new_id = CarriedIdField()
    name = ShortTextField(_l("Navn"), [DataRequired(_l("Skriv et navn."))], widget=TextInput())
    description = ShortTextField(_l("Hvad er det for en afdeling?"))
