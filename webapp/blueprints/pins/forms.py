"""What is typed to choose a PIN."""

from wtforms import PasswordField
from wtforms.validators import EqualTo, InputRequired, Length

from webapp.fields import Form
from webapp.i18n import lazy as _l
from webapp.messages import words_for


class NewPinForm(Form):
    """The PIN twice: nobody sees what they type."""

    pin = PasswordField(
        _l("Ny PIN, seks tal"),
        [InputRequired(_l("Skriv seks tal.")), Length(max=200, message=words_for("pin_unfit"))],
    )
    again = PasswordField(
        _l("Den samme igen"),
        [EqualTo("pin", _l("De to er ikke ens. Skriv den samme PIN begge steder."))],
    )
