"""Form fields of this house: ids made on the tablet, choices that are enums, text kept as typed."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, Self
from uuid import UUID
from zoneinfo import ZoneInfo

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import (
    DateField,
    DateTimeLocalField,
    Field,
    HiddenField,
    IntegerField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, ValidationError

from webapp.domain.typed_text import LONGEST_TEXT, has_nul
from webapp.i18n import lazy as _l


class Form(FlaskForm):
    """A form with its CSRF check. Every message is ours: the library speaks no Danish."""

    def __init__(self, **values: Any) -> None:
        """Fill the fields from the request, else from the values given by name."""
        super().__init__(**values)  # type: ignore[no-untyped-call]

    @classmethod
    def of_entries(cls) -> Self:
        """Return the form that `read_entry` fills; an entry's signature stands in for the token."""
        return cls(formdata=None, meta={"csrf": False})

    def read_entry(self, fields: Sequence[tuple[str, str]]) -> bool:
        """Fill in what a tablet kept, in place of all before; tell whether it is valid."""
        self.process(MultiDict(fields))
        return self.validate()

    def was_sent(self, name: str) -> bool:
        """Tell whether a field was sent at all, filled or not."""
        return bool(self[name].raw_data)


HALF_A_PAGE: Final = _l("Siden blev ikke hentet helt. Hent den igen.")
"""What is said when something is missing that no person fills in."""


class UuidField(HiddenField):
    """An id made where the form was drawn. `data` is a UUID, or None when none was sent."""

    data: Any

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read the id; anything but a UUID is an error."""
        self.data = None
        if valuelist and valuelist[0]:
            try:
                self.data = UUID(str(valuelist[0]))
            except ValueError:
                raise ValueError(str(HALF_A_PAGE)) from None


class CarriedIdField(UuidField):
    """An id that the page itself carries, such as `new_id`: without it the page came half."""

    def __init__(self, **kwargs: Any) -> None:
        """Ask for it."""
        super().__init__(validators=[InputRequired(HALF_A_PAGE)], **kwargs)


class UuidsField(Field):
    """Some of the rows that the page offers. `data` is their ids, each once; may be empty."""

    data: list[UUID]

    def process_data(self, value: Any) -> None:
        """Take the ids given; none is an empty list."""
        self.data = list(value or [])

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read the ids; anything but UUIDs is an error."""
        self.data = []
        try:
            self.data = list(dict.fromkeys(UUID(str(value)) for value in valuelist))
        except ValueError:
            raise ValueError(str(HALF_A_PAGE)) from None


class EnumField(Field):
    """One of an enum's values. `data` is the member, or None when nothing was sent."""

    def __init__(self, enum: type[StrEnum], *args: Any, **kwargs: Any) -> None:
        """Take the enum whose values may be sent."""
        super().__init__(*args, **kwargs)
        self.enum = enum

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read the value; anything but one of the enum's is an error."""
        self.data = None
        if valuelist and valuelist[0]:
            try:
                self.data = self.enum(str(valuelist[0]))
            except ValueError:
                raise ValueError(str(_l("Vælg en af mulighederne."))) from None

    def _value(self) -> str:
        return self.data.value if self.data else ""


class TypedTextField(TextAreaField):
    """Text kept exactly as typed, up to `longest` characters. NUL is refused."""

    data: str
    longest = LONGEST_TEXT

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Take the text as it came; an absent field is the empty text."""
        self.data = str(valuelist[0]) if valuelist else ""

    def pre_validate(self, form: Any) -> None:
        """Refuse what no database keeps, and what is longer than anyone reads."""
        if has_nul(self.data or ""):
            raise ValidationError(
                str(
                    _l(
                        "Der er et usynligt skrifttegn i teksten, som ikke kan gemmes. "
                        "Skriv teksten igen."
                    )
                )
            )
        if len(self.data or "") > self.longest:
            raise ValidationError(str(self._too_long()))

    def _too_long(self) -> str:
        return _l("Teksten er for lang. Del den i flere noter.")


class PlanTextField(TypedTextField):
    """Text of a plan: as long as colleagues read. Differences between versions are worked out."""

    longest = 5_000

    def _too_long(self) -> str:
        return _l("Teksten er for lang. Skriv det vigtigste, højst 5.000 tegn.")


class ShortTextField(TypedTextField):
    """A few words that have to fit where they are shown."""

    longest = 200

    def _too_long(self) -> str:
        return _l("Det er for langt. Skriv det vigtigste, højst 200 tegn.")


class LinesField(PlanTextField):
    """Several short sentences, one a line. `lines` leaves out empty ones."""

    @property
    def lines(self) -> list[str]:
        """The sentences, trimmed, in their order; may be empty."""
        return [line.strip() for line in (self.data or "").splitlines() if line.strip()]


_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class DayField(DateField):
    """A day as browsers send it. `data` is a date, or None when none was given."""

    data: date | None

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read the day; an empty field is None."""
        self.data = None
        if valuelist and valuelist[0]:
            try:
                if not _DAY.fullmatch(str(valuelist[0])):
                    raise ValueError
                self.data = date.fromisoformat(str(valuelist[0]))
            except ValueError:
                raise ValueError(
                    str(_l("Datoen kunne ikke læses. Skriv dag, måned og år."))
                ) from None


_WHOLE_NUMBER: Final = re.compile(r"-?\d{1,9}", re.ASCII)


class WholeNumberField(IntegerField):
    """A whole number of up to nine digits. `data` is None when none was given."""

    data: int | None

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read the number; an empty field is None."""
        self.data = None
        if valuelist and str(valuelist[0]).strip():
            if not _WHOLE_NUMBER.fullmatch(str(valuelist[0]).strip()):
                raise ValueError(str(_l("Skriv et helt tal, for eksempel 5.")))
            self.data = int(valuelist[0])


_PLACE: Final = re.compile(r"\d{1,3}", re.ASCII)


class PlacesField(Field):
    """Places on a list, counted from 1, as its ticked boxes send them; `data` is rising.

    An empty value says that there is a list, for a browser sends nothing of boxes that are not
    ticked; without any value `data` is None.
    """

    data: list[int] | None

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read the places; anything but a small whole number is an error."""
        self.data = None
        if not valuelist:
            return
        ticked = [str(value) for value in valuelist if value]
        if not all(_PLACE.fullmatch(place) for place in ticked):
            raise ValueError(str(_l("Sæt flueben ved trin på listen.")))
        self.data = sorted(int(place) for place in ticked)


_LOCAL_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?", re.ASCII)


class HomeTimeField(DateTimeLocalField):
    """A time typed in the home's local time. `data` is naive; `in_zone` makes it aware."""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read the time; an empty field is None."""
        self.data = None
        if valuelist and valuelist[0]:
            try:
                if not _LOCAL_TIME.fullmatch(str(valuelist[0])):
                    raise ValueError
                self.data = datetime.fromisoformat(str(valuelist[0]))
            except ValueError:
                raise ValueError(
                    str(_l("Tidspunktet kunne ikke læses. Skriv dag og klokkeslæt."))
                ) from None

    def in_zone(self, zone: ZoneInfo, now: datetime) -> datetime | None:
        """Return the time in the home's zone; None when none was given.

        In the hour that comes twice in October it is the later one, unless that is yet to come.
        """
        if not self.data:
            return None
        earlier = self.data.replace(tzinfo=zone)
        later = earlier.replace(fold=1)
        return later if later.timestamp() <= now.timestamp() else earlier


class CodeField(StringField):
    """A code of a list that the route knows. `data` is the empty text when none was chosen."""

    data: str

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Take the code as it came; an absent field is the empty text."""
        self.data = str(valuelist[0]) if valuelist else ""


class YesNoField(Field):
    """Yes or no. `data` is None until somebody has answered."""

    data: bool | None

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read the answer; anything but yes, no or nothing is an error."""
        self.data = None
        if valuelist and valuelist[0]:
            if valuelist[0] not in {"yes", "no"}:
                raise ValueError(str(_l("Vælg en af mulighederne.")))
            self.data = valuelist[0] == "yes"

    def _value(self) -> str:
        return "" if self.data is None else "yes" if self.data else "no"
