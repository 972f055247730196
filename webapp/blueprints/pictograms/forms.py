"""The pictogram that was tapped, and those that a home brings itself."""

from typing import Any

from flask_wtf.file import FileField
from wtforms import MultipleFileField, StringField
from wtforms.validators import DataRequired, ValidationError
from wtforms.widgets import TextInput

from webapp.domain.pictogram_list import LONGEST_NAME, MOST_ROWS, Row, synonyms_in
from webapp.fields import CarriedIdField, Form, ShortTextField
from webapp.i18n import lazy as _l


class ChosenForm(Form):
    """One pictogram, by its key. Choosing the same twice is choosing it once, so it has no id."""

    pictogram = StringField()


class OwnForm(Form):
    """One pictogram of the home itself. `new_id` is drawn with it."""

    new_id = CarriedIdField()
    name = ShortTextField(
        _l("Navn"), [DataRequired(_l("Skriv, hvad piktogrammet hedder."))], widget=TextInput()
    )
    synonyms = ShortTextField(_l("Andre ord, med komma imellem"), widget=TextInput())
    source = ShortTextField(
        _l("Hvem har lavet det, og hvad er licensen?"),
        [DataRequired(_l("Skriv, hvor piktogrammet kommer fra, og hvordan I må bruge det."))],
        widget=TextInput(),
    )
    picture = FileField(_l("Billedet: PNG, JPEG eller WebP"))

    def validate_name(self, field: Any) -> None:
        """Refuse a name that does not fit under a small picture."""
        if len(field.data.strip()) > LONGEST_NAME:
            raise ValidationError(str(_l("Navnet er for langt. Skriv højst 40 tegn.")))

    def validate_picture(self, field: Any) -> None:
        """Refuse a form in which no file was chosen."""
        if not field.data or not field.data.filename:
            raise ValidationError(str(_l("Vælg et billede.")))

    @property
    def row(self) -> Row:
        """What was written, once the form is valid."""
        words = synonyms_in(self.synonyms.data or "")
        return Row(1, "", self.name.data.strip(), words, self.source.data.strip())


class FolderForm(Form):
    """A folder of files and the list of what they are. `new_id` is drawn with it."""

    new_id = CarriedIdField()
    pictures = MultipleFileField(_l("Billederne, højst 40 ad gangen og 25 MB i alt"))
    list = FileField(_l("Listen, gemt som CSV"))

    def validate_pictures(self, field: Any) -> None:
        """Refuse a form without files, or with more than are drawn anew in one go."""
        sent = [each for each in field.data or () if each and each.filename]
        if not sent:
            raise ValidationError(str(_l("Vælg billederne.")))
        if len(sent) > MOST_ROWS:
            raise ValidationError(str(_l("Vælg højst 40 billeder ad gangen.")))

    def validate_list(self, field: Any) -> None:
        """Refuse a form without a list."""
        if not field.data or not field.data.filename:
            raise ValidationError(str(_l("Vælg listen.")))
