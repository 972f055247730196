"""An intervention as it is written."""

from wtforms.validators import DataRequired

from webapp.editing import NewPlanForm
from webapp.fields import CarriedIdField, EnumField, Form, LinesField, PlanTextField
from webapp.i18n import lazy as _l
from webapp.models import InterventionStatus


class InterventionForm(NewPlanForm):
    """What we do, how it is done with this person, who, when and where, and its steps."""

    title = PlanTextField(_l("Tiltaget"), [DataRequired(_l("Skriv, hvad I vil gøre."))])
    approach = PlanTextField(_l("Metode"))
    practice = PlanTextField(_l("Sådan gør vi her"))
    who = PlanTextField(_l("Hvem?"))
    when_and_where = PlanTextField(_l("Hvornår og hvor?"))
    materials = PlanTextField(_l("Det skal vi bruge"))
    steps = LinesField(_l("Trinene, ét på hver linje"))
    status = EnumField(InterventionStatus, _l("Hvor er vi?"))


class DoneForm(Form):
    """One tap on "Udført". `new_id` is made where the button is drawn."""

    new_id = CarriedIdField()
