"""What is typed to open a tablet."""

from wtforms import HiddenField, StringField
from wtforms.validators import Length

from webapp.fields import Form, UuidField


class PinForm(Form):
    """Whose face was tapped, and the PIN. `next` is the page somebody was on the way to."""

    person = UuidField()
    pin = StringField(validators=[Length(max=200)])
    next = HiddenField()
