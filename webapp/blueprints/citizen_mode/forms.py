"""What the citizen's own screen sends."""

from webapp.fields import CarriedIdField, Form


class ShowingForm(Form):
    """The first step was passed. `new_id` is made where the instruction is drawn."""

    new_id = CarriedIdField()
