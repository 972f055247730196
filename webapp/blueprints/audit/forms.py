"""What the log is searched for, what a check concludes, and what is handed out."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from flask import request
from wtforms.validators import DataRequired, InputRequired, NumberRange, ValidationError
from wtforms.widgets import NumberInput, TextInput

from webapp.domain.audit_checks import LARGEST_SAMPLE, USUAL_SAMPLE
from webapp.domain.days import day_starts
from webapp.domain.typed_text import has_nul
from webapp.fields import (
    CarriedIdField,
    DayField,
    EnumField,
    Form,
    PlanTextField,
    ShortTextField,
    UuidField,
    WholeNumberField,
    YesNoField,
)
from webapp.i18n import lazy as _l
from webapp.login import home_zone
from webapp.models import LogCheckItem, LogCheckOutcome
from webapp.services.audit_checks import Verdict

_HOW_MANY: Final = _l("Skriv et tal fra 1 til 50.")
_MOST_WORDS: Final = 1_000


_FIRST_DAY: Final = date(1900, 1, 1)
_LAST_DAY: Final = date(2199, 12, 31)


def _is_a_day_of_the_log(_form: Form, field: DayField) -> None:
    """Refuse a day whose hours do not exist in every zone."""
    if field.data and not _FIRST_DAY <= field.data <= _LAST_DAY:
        raise ValidationError(str(_l("Den dag står der intet om i loggen.")))


class SpanForm(Form):
    """From one day to another, both included; either may be left out."""

    from_day = DayField(_l("Fra"), [_is_a_day_of_the_log])
    to_day = DayField(_l("Til"), [_is_a_day_of_the_log])

    def validate_to_day(self, field: DayField) -> None:
        """Refuse an end before the beginning."""
        if field.data and self.from_day.data and field.data < self.from_day.data:
            raise ValidationError(str(_l("Den dag ligger før den første. Byt om på dem.")))

    @property
    def since(self) -> datetime | None:
        """When the first day begins; None without one."""
        return day_starts(self.from_day.data, home_zone()) if self.from_day.data else None

    @property
    def until(self) -> datetime | None:
        """When the day after the last one begins; None without one."""
        return (
            day_starts(self.to_day.data + timedelta(days=1), home_zone())
            if self.to_day.data
            else None
        )


class SearchForm(SpanForm):
    """What stands in the address of a search."""

    citizen_id = UuidField(_l("Borger"))
    staff_id = UuidField(_l("Medarbejder"))
    flagged = YesNoField(_l("Kun det, der er mærket"))

    def __init__(self) -> None:
        """Read the address; looking changes nothing, so no token is asked for."""
        super().__init__(formdata=request.args, meta={"csrf": False})


class Format(StrEnum):
    """What is handed out."""

    SHEET = "csv"
    PAPER = "pdf"


class ExportForm(SpanForm):
    """What is handed out about one citizen, and why."""

    format = EnumField(Format, _l("Som hvad?"), [InputRequired(_l("Vælg et af dem."))])
    names = YesNoField(_l("Med navne?"), [InputRequired(_l("Vælg et af dem."))])
    reason = ShortTextField(
        _l("Hvad skal listen bruges til?"),
        [DataRequired(_l("Skriv kort, hvad listen skal bruges til."))],
        widget=TextInput(),
    )


class DrawForm(Form):
    """How many looks to draw."""

    new_id = CarriedIdField()
    count = WholeNumberField(
        _l("Hvor mange opslag?"),
        [InputRequired(_HOW_MANY), NumberRange(1, LARGEST_SAMPLE, _HOW_MANY)],
        default=USUAL_SAMPLE,
        widget=NumberInput(min=1, max=LARGEST_SAMPLE),
    )


class CheckForm(Form):
    """What was concluded. Each look sends `outcome-<id>` and `words-<id>`."""

    words = PlanTextField(_l("Hvad viste kontrollen?"))

    def verdicts(self, items: list[LogCheckItem]) -> dict[UUID, Verdict]:
        """Return what was said of each look; what is unknown or too long says nothing."""
        return {item.event_id: _verdict(request.form, item.event_id) for item in items}

    @property
    def finishes(self) -> bool:
        """Whether the button that finishes the check was pressed."""
        return bool(request.form.get("finish"))


def _verdict(sent: Any, id: UUID) -> Verdict:
    outcome, words = sent.get(f"outcome-{id}", ""), sent.get(f"words-{id}", "")
    return Verdict(
        LogCheckOutcome(outcome) if outcome in set(LogCheckOutcome) else None,
        "" if has_nul(words) else words[:_MOST_WORDS],
    )
