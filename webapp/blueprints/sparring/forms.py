"""One comment."""

from wtforms.validators import DataRequired, InputRequired

from webapp.fields import Form, PlanTextField, UuidField
from webapp.i18n import lazy as _l


class CommentForm(Form):
    """What somebody asks or answers. `new_id` is made where the form is drawn."""

    new_id = UuidField(
        validators=[InputRequired(_l("Siden blev ikke hentet helt. Hent den igen."))]
    )
    text = PlanTextField(
        _l("Din kommentar"), [DataRequired(_l("Skriv, hvad du vil spørge om eller svare."))]
    )
