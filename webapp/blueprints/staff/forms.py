"""What is written of someone who works here, and the search for one."""

from collections.abc import Iterable
from typing import Final

from wtforms.validators import DataRequired, InputRequired
from wtforms.widgets import EmailInput, TextInput

from webapp.fields import CarriedIdField, EnumField, Form, ShortTextField, UuidsField
from webapp.i18n import lazy as _l
from webapp.models import Department, Role
from webapp.services.staff import StaffContent

FIELDS_OF: Final = {
    "email_unfit": "email",
    "email_taken": "email",
    "department_missing": "departments",
    "role_not_yours": "role",
    "not_on_yourself": "role",
    "last_admin": "role",
}
"""Codes of what is refused, and the field where the words stand."""


class StaffForm(Form):
    """Someone who works here. `new_id` is what a new one gets."""

    new_id = CarriedIdField()
    first_name = ShortTextField(
        _l("Fornavn"), [DataRequired(_l("Skriv fornavnet."))], widget=TextInput()
    )
    last_name = ShortTextField(
        _l("Efternavn"), [DataRequired(_l("Skriv efternavnet."))], widget=TextInput()
    )
    email = ShortTextField(_l("E-mail"), [DataRequired(_l("Skriv e-mailen."))], widget=EmailInput())
    role = EnumField(Role, _l("Rolle"), [InputRequired(_l("Vælg en rolle."))])
    departments = UuidsField(_l("Afdelinger"))

    def content(self, offered: Iterable[Department]) -> StaffContent:
        """Return all of it, once the form is valid; a department that is not offered is left out.

        Args:
            offered: The departments the acting person may give.
        """
        return StaffContent(
            first_name=self.first_name.data.strip(),
            last_name=self.last_name.data.strip(),
            email=self.email.data,
            role=self.role.data,
            departments=[each for each in offered if each.id in self.departments.data],
        )


class SearchForm(Form):
    """Part of a name. It is sent, so that no name stands in an address."""

    name = ShortTextField(_l("Søg efter navn"), widget=TextInput())
