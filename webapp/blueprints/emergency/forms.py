"""Who is looked for, and why."""

from typing import Final

from wtforms.validators import InputRequired, Length
from wtforms.widgets import TextInput

from webapp.domain.emergency import SHORTEST_NAME
from webapp.fields import CarriedIdField, Form, PlanTextField, ShortTextField
from webapp.i18n import lazy as _l

_MORE: Final = _l("Skriv mindst to bogstaver.")


class SearchForm(Form):
    """A name, or its beginning."""

    first_name = ShortTextField(
        _l("Fornavn"), [InputRequired(_MORE), Length(SHORTEST_NAME, -1, _MORE)], widget=TextInput()
    )
    last_name = ShortTextField(
        _l("Efternavn"),
        [InputRequired(_MORE), Length(SHORTEST_NAME, -1, _MORE)],
        widget=TextInput(),
    )


class ReasonForm(Form):
    """Why somebody goes in. `new_id` is what the access gets."""

    new_id = CarriedIdField()
    citizen_id = CarriedIdField()
    reason = PlanTextField(_l("Hvad er der sket, og hvorfor skal du ind?"))
