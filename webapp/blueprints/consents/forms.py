"""What is sent of a yes, and of a no."""

from typing import cast

from wtforms.validators import DataRequired, InputRequired
from wtforms.widgets import TextInput

from webapp.fields import (
    CarriedIdField,
    DayField,
    EnumField,
    Form,
    PlanTextField,
    ShortTextField,
)
from webapp.i18n import lazy as _l
from webapp.models import ConsentGiver, ConsentPurpose
from webapp.services.consents import ConsentContent


class ConsentForm(Form):
    """A yes. `new_id` is what it gets."""

    new_id = CarriedIdField()
    purpose = EnumField(
        ConsentPurpose, _l("Hvad siges der ja til?"), [InputRequired(_l("Vælg et af dem."))]
    )
    given_by = EnumField(
        ConsentGiver, _l("Hvem sagde ja?"), [InputRequired(_l("Vælg, hvem der sagde ja."))]
    )
    giver_name = ShortTextField(
        _l("Navn på forældremyndighedsindehaver eller værge"), widget=TextInput()
    )
    how = PlanTextField(
        _l("Hvordan blev der sagt ja?"),
        [DataRequired(_l("Skriv, hvordan der blev sagt ja. Tavshed er ikke et ja."))],
    )
    given_on = DayField(_l("Hvilken dag?"), [InputRequired(_l("Vælg dagen."))])
    until = DayField(_l("Gælder til og med"))

    @property
    def content(self) -> ConsentContent:
        """All of it, once the form is valid."""
        return cast(
            ConsentContent, {name: self[name].data for name in ConsentContent.__annotations__}
        )


class WithdrawalForm(Form):
    """A no to what there was a yes to."""

    said_by = ShortTextField(
        _l("Hvem siger nej?"),
        [DataRequired(_l("Skriv navnet på den, der siger nej."))],
        widget=TextInput(),
    )
    words = PlanTextField(
        _l("Hvordan blev det sagt?"), [DataRequired(_l("Skriv, hvad der blev sagt eller vist."))]
    )
