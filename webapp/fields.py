"""Form fields of this house: ids made on the tablet, choices that are enums, text kept as typed."""

import re
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from flask_wtf import FlaskForm
from wtforms import DateTimeLocalField, Field, HiddenField, TextAreaField
from wtforms.validators import ValidationError

from webapp.adapters import clock
from webapp.domain.typed_text import LONGEST_TEXT, has_nul
from webapp.i18n import lazy as _l
from webapp.login import home_zone


class Form(FlaskForm):
    """A form with its CSRF check. Every message is ours: the library speaks no Danish."""

    def __init__(self, **values: Any) -> None:
        """Fill the fields from the request, else from the values given by name."""
        super().__init__(**values)  # type: ignore[no-untyped-call]


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
                raise ValueError(str(_l("Siden blev ikke hentet helt. Hent den igen."))) from None


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
    """Text kept exactly as typed, up to 100,000 characters. NUL is refused."""

    data: str

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
        if len(self.data or "") > LONGEST_TEXT:
            raise ValidationError(str(_l("Teksten er for lang. Del den i flere noter.")))


_LOCAL_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?", re.ASCII)


class HomeTimeField(DateTimeLocalField):
    """A time typed in the home's local time. `data` is naive; `aware` carries the zone."""

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

    @property
    def aware(self) -> datetime | None:
        """The time in the home's zone; None when none was given.

        In the hour that comes twice in October it is the later one, unless that is yet to come.
        """
        if not self.data:
            return None
        earlier = self.data.replace(tzinfo=home_zone())
        later = earlier.replace(fold=1)
        return later if later.timestamp() <= clock.now().timestamp() else earlier
