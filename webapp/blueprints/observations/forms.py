"""What a tap sends, and what a correction sends. The outbox sends the same fields."""

from wtforms.validators import InputRequired

from webapp.fields import EnumField, Form, HomeTimeField, TypedTextField, UuidField
from webapp.i18n import lazy as _l
from webapp.models import Outcome, SupportLevel

_NO_ID = _l("Siden blev ikke hentet helt. Hent den igen.")
_NO_OUTCOME = _l("Vælg, hvad du så.")


class ObservationForm(Form):
    """One tap. `new_id` is made where the button is drawn, and without `at` it happened now.

    `sign_id` is only read where the address names no sign.
    """

    new_id = UuidField(validators=[InputRequired(_NO_ID)])
    outcome = EnumField(Outcome, _l("Hvad så du?"), [InputRequired(_NO_OUTCOME)])
    sign_id = UuidField(_l("Tegn"))
    at = HomeTimeField(_l("Hvornår?"))
    support_level = EnumField(SupportLevel, _l("Hvordan hjalp du?"))
    note = TypedTextField(_l("Note"))


class CorrectionForm(Form):
    """What an observation should have said. A field that is not sent is left as it was."""

    new_id = UuidField(validators=[InputRequired(_NO_ID)])
    outcome = EnumField(Outcome, _l("Hvad så du?"))
    support_level = EnumField(SupportLevel, _l("Hvordan hjalp du?"))
    note = TypedTextField(_l("Note"))
    reason = TypedTextField(_l("Hvorfor retter du?"))
