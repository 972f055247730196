"""What is written about a tablet, and the code that lets one in."""

from wtforms import SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.widgets import TextInput

from webapp.fields import Form, ShortTextField
from webapp.i18n import lazy as _l


class NameForm(Form):
    """What colleagues call a tablet."""

    name = ShortTextField(
        _l("Hvad kalder I tabletten?"),
        [
            DataRequired(_l("Skriv et navn, for eksempel Køkkenet.")),
            Length(max=40, message=_l("Navnet er for langt. Højst 40 tegn.")),
        ],
        widget=TextInput(),
    )


class TabletForm(NameForm):
    """A tablet to let in. The route knows the departments that may be chosen."""

    department = SelectField(
        _l("Hvor ligger den?"),
        [InputRequired(_l("Vælg en afdeling."))],
        validate_choice=False,
    )


class CodeForm(Form):
    """The code, as typed on the tablet itself."""

    code = StringField(
        _l("Koden"),
        [
            InputRequired(_l("Skriv koden fra lederens skærm.")),
            Length(max=40, message=_l("Koden er otte tegn. Se, om du har tastet rigtigt.")),
        ],
    )
