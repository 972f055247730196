"""What an order sends, its goals as lines, and a paper that comes with it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from flask import request
from flask_wtf.file import FileField
from wtforms import Field, HiddenField
from wtforms.validators import DataRequired, InputRequired, ValidationError
from wtforms.widgets import TextInput

from webapp.domain.ordering import MOST_GOALS, GoalLine, moved, without
from webapp.domain.typed_text import has_nul
from webapp.fields import (
    HALF_A_PAGE,
    CarriedIdField,
    DayField,
    EnumField,
    Form,
    PlanTextField,
    ShortTextField,
)
from webapp.i18n import lazy as _l
from webapp.models import OrderKind
from webapp.services.orders import OrderContent


def empty_line() -> GoalLine:
    """Return a line to write a goal in, with the id the goal will have."""
    return GoalLine(uuid4(), "")


class GoalLinesField(Field):
    """The goals of an order. The page sends, for each, first its id and then its text."""

    data: list[GoalLine]

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read the lines in the order of the page."""
        self.data = []
        try:
            for id, text in zip(valuelist[::2], valuelist[1::2], strict=True):
                self.data.append(GoalLine(UUID(str(id)), str(text)))
        except ValueError:
            raise ValueError(str(HALF_A_PAGE)) from None

    def pre_validate(self, form: Any) -> None:
        """Refuse what no database keeps, and more than anyone reads."""
        if any(has_nul(line.text) or len(line.text) > PlanTextField.longest for line in self.data):
            raise ValidationError(
                str(_l("Et af målene kan ikke gemmes, som det står. Skriv det igen, kortere."))
            )
        if len(self.data) > MOST_GOALS or len({line.id for line in self.data}) < len(self.data):
            raise ValidationError(str(_l("Der er for mange mål. Saml dem, der hører sammen.")))

    @property
    def written(self) -> list[GoalLine]:
        """The lines that say something; one that was left empty is no goal."""
        return [line for line in self.data if line.text.strip()]


class OrderForm(Form):
    """One order. `drawn_from` is the version it was drawn from, `new_id` what a new one gets."""

    new_id = CarriedIdField()
    drawn_from = HiddenField()
    kind = EnumField(OrderKind, _l("Hvad er det for et papir?"), [InputRequired(_l("Vælg et."))])
    purpose = PlanTextField(
        _l("Hvad er formålet?"), [DataRequired(_l("Skriv formålet, som kommunen har skrevet det."))]
    )
    goal = GoalLinesField(_l("Mål i bestillingen"))
    starts_on = DayField(
        _l("Gælder fra"), [InputRequired(_l("Skriv, hvornår bestillingen gælder fra."))]
    )
    ends_on = DayField(_l("Gælder til"))
    caseworker = ShortTextField(_l("Rådgiver i kommunen"), widget=TextInput())

    @property
    def content(self) -> OrderContent:
        """What the order says beside its goals, once the form is valid."""
        assert self.starts_on.data  # noqa: S101  # Asked for above.
        return OrderContent(
            kind=self.kind.data,
            purpose=self.purpose.data,
            caseworker=self.caseworker.data,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
        )

    @property
    def only_arranges(self) -> bool:
        """Whether a button at a line was pressed: the page is drawn again and nothing is saved."""
        return bool(request.form.get("arrange"))

    def arranged(self) -> list[GoalLine]:
        """Return the lines as the pressed button asks: `up-2`, `down-0`, `remove-1` or `add`."""
        wish, _, number = request.form.get("arrange", "").partition("-")
        place = int(number) if number.isascii() and number.isdecimal() else -1
        match wish:
            case "up" | "down":
                return moved(self.goal.data, place, -1 if wish == "up" else 1)
            case "remove":
                return without(self.goal.data, place)
            case _:
                return [*self.goal.data, empty_line()]


class PaperForm(Form):
    """One paper. What is in it is looked into elsewhere."""

    new_id = CarriedIdField()
    paper = FileField(_l("Vælg filen"))

    def validate_paper(self, field: Any) -> None:
        """Refuse a form in which no file was chosen."""
        if not field.data or not field.data.filename:
            raise ValidationError(str(_l("Vælg den fil, du vil lægge ved.")))
