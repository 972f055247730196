"""The two cards of a plan there is one of."""

from wtforms.validators import ValidationError

from webapp.domain.planning import MONTHS_BETWEEN_EVALUATIONS
from webapp.editing import PlanForm
from webapp.fields import CodeField, DayField, PlanTextField, UuidField, WholeNumberField
from webapp.i18n import lazy as _l


class ContextForm(PlanForm):
    """Why this, why now. Begins with what the citizen can."""

    resources = PlanTextField(_l("Ressourcer"))
    challenge = PlanTextField(_l("Udfordring"))
    needs = PlanTextField(_l("Behov"))
    frame = PlanTextField(_l("Rammer"))
    earlier_experience = PlanTextField(_l("Det har vi prøvet før"))
    context = PlanTextField(_l("Baggrund"))
    theme = CodeField(_l("Tema"))


class EvaluationForm(PlanForm):
    """When the plan is evaluated, and by whom."""

    evaluation_months = WholeNumberField(_l("Hvor mange måneder mellem hver evaluering?"))
    next_evaluation_on = DayField(_l("Næste evaluering"))
    evaluator_id = UuidField(_l("Hvem sørger for det?"))

    def validate_evaluation_months(self, field: WholeNumberField) -> None:
        """Refuse what evaluates more seldom than twice a year."""
        if field.data is None or not 1 <= field.data <= MONTHS_BETWEEN_EVALUATIONS:
            raise ValidationError(
                str(_l("Vælg 1 til 6 måneder. Der skal evalueres mindst to gange om året."))
            )
