"""A sign as it is written."""

from wtforms.validators import DataRequired, InputRequired

from webapp.editing import NewPlanForm
from webapp.fields import EnumField, LinesField, PlanTextField, WholeNumberField
from webapp.i18n import lazy as _l
from webapp.models import Direction, Measure, Sense


class SignForm(NewPlanForm):
    """One sign: how it reaches us, what it is, and what a tap on it says."""

    sense = EnumField(Sense, _l("Hvordan mærker vi det?"), [InputRequired(_l("Vælg en af dem."))])
    text = PlanTextField(
        _l("… hvad?"), [DataRequired(_l("Skriv, hvad I vil se, høre eller mærke."))]
    )
    measure = EnumField(Measure, _l("Hvad siger et tryk?"), [InputRequired(_l("Vælg en af dem."))])
    direction = EnumField(Direction, _l("Vil vi se mere eller mindre af det?"))
    baseline = WholeNumberField(_l("I dag"))
    target = WholeNumberField(_l("Det vil vi nå"))
    gas_levels = LinesField(_l("De fem niveauer, ét på hver linje, fra −2 til +2"))
    steps = LinesField(_l("Trinene, ét på hver linje"))
