"""One comment."""

from wtforms.validators import DataRequired

from webapp.fields import CarriedIdField, Form, PlanTextField
from webapp.i18n import lazy as _l


class CommentForm(Form):
    """What somebody asks or answers. `new_id` is made where the form is drawn."""

    new_id = CarriedIdField()
    text = PlanTextField(
        _l("Din kommentar"), [DataRequired(_l("Skriv, hvad du vil spørge om eller svare."))]
    )
