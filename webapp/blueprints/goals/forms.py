"""A goal as it is written, and how it is closed."""

from typing import Any

from wtforms import StringField
from wtforms.validators import DataRequired, InputRequired, ValidationError

from webapp.domain.planning import LONGEST_SHORT_TEXT
from webapp.domain.smorte import Letter
from webapp.domain.typed_text import has_nul
from webapp.editing import NewPlanForm
from webapp.fields import (
    CarriedIdField,
    CodeField,
    DayField,
    EnumField,
    Form,
    PlanTextField,
    TypedTextField,
    UuidField,
    YesNoField,
)
from webapp.i18n import lazy as _l
from webapp.models import ClosureVerdict, GoalType, Participation

LONGEST_REASON = 300


class ShortTextField(StringField):
    """One line of the few words that fit on a card."""

    def pre_validate(self, form: Any) -> None:
        """Refuse NUL and what does not fit."""
        if has_nul(self.data or "") or len(self.data or "") > LONGEST_SHORT_TEXT:
            raise ValidationError(str(_l("Skriv det kort: højst 60 tegn.")))


class ReasonField(StringField):
    """One line of why a light does not count here."""

    def pre_validate(self, form: Any) -> None:
        """Refuse NUL and what is no short reason."""
        if has_nul(self.data or "") or len(self.data or "") > LONGEST_REASON:
            raise ValidationError(str(_l("Skriv det kort: højst 300 tegn.")))


class GoalForm(NewPlanForm):
    """Every field of a goal. `short_text` is made from the text when it is left empty."""

    text = PlanTextField(_l("Målet"), [DataRequired(_l("Skriv, hvad målet er."))])
    short_text = ShortTextField(_l("Målet i få ord, til Vagten"))
    type = EnumField(GoalType, _l("Hvad vil vi med målet?"))
    parent_id = UuidField(_l("Er det et delmål?"))
    theme = CodeField(_l("Tema"))
    starts_on = DayField(_l("Starter"), [InputRequired(_l("Skriv, hvornår målet starter."))])
    ends_on = DayField(_l("Slutter"), [InputRequired(_l("Et mål skal have en slutdato."))])
    revise_on = DayField(_l("Revideres"))
    responsible_id = UuidField(_l("Hvem har ansvaret?"))
    participation = EnumField(Participation, _l("Hvordan har borgeren været med?"))
    participation_words = PlanTextField(_l("Fortæl hvordan"))
    others_took_part = PlanTextField(_l("Hvem var ellers med?"))
    partner_involved = YesNoField(_l("Skal en ekstern samarbejdspartner med?"))
    partner_words = PlanTextField(_l("Hvem, og hvorfor?"))
    order_goal_id = UuidField(_l("Hvilket mål i bestillingen kommer det fra?"))
    no_order_goal_reason = PlanTextField(_l("Hvorfor er der ikke et mål i bestillingen?"))
    second_goal_reason = PlanTextField(_l("Hvorfor to mål på samme tid?"))

    smorte_s = ReasonField("S")
    smorte_m = ReasonField("M")
    smorte_o = ReasonField("O")
    smorte_r = ReasonField("R")
    smorte_t = ReasonField("T")
    smorte_e = ReasonField("E")

    @property
    def smorte_reasons(self) -> dict[str, str]:
        """Why a light was set aside, by its letter; lights without a reason are missing."""
        said = {
            letter.value: (self[f"smorte_{letter.lower()}"].data or "").strip() for letter in Letter
        }
        return {letter: why for letter, why in said.items() if why}


class ClosureForm(Form):
    """How a goal ended. Closing says why."""

    verdict = EnumField(
        ClosureVerdict, _l("Hvordan gik det?"), [InputRequired(_l("Vælg, hvordan det gik."))]
    )
    why = TypedTextField(_l("Hvorfor afsluttes målet?"), [DataRequired(_l("Skriv kort hvorfor."))])


class ReopeningForm(Form):
    """Why a closed goal is opened again."""

    why = TypedTextField(_l("Hvorfor åbnes målet igen?"), [DataRequired(_l("Skriv kort hvorfor."))])


class AcknowledgementForm(Form):
    """Somebody has seen what changed."""

    new_id = CarriedIdField()
