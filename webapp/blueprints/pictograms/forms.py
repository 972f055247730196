"""The pictogram that was tapped."""

from wtforms import StringField

from webapp.fields import Form


class ChosenForm(Form):
    """One pictogram, by its key. Choosing the same twice is choosing it once, so it has no id."""

    pictogram = StringField()
