"""Fields that are asked for both when a home is set up and when it is changed later."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any, Final

from wtforms import Field, PasswordField
from wtforms.validators import InputRequired, ValidationError

from webapp.domain.typed_text import has_nul
from webapp.i18n import lazy as _l
from webapp.messages import words_for
from webapp.services.staff import LONGEST_PASSWORD, SHORTEST_PASSWORD

MOST_SHIFTS: Final = 6
_CLOCK: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class ShiftLine:
    """A line as it was typed: a shift's name, and when it begins as a browser sends it."""

    name: str = ""
    starts_at: str = ""


class ShiftsField(Field):
    """The shifts of a day. The page sends, for each, first its name and then when it begins."""

    data: list[ShiftLine]

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read the lines in the order of the page."""
        words = [str(value).strip() for value in valuelist]
        self.data = [ShiftLine(*pair) for pair in zip(words[::2], words[1::2], strict=False)]

    def pre_validate(self, form: Any) -> None:
        """Refuse a line that is half written, and more shifts than a day has."""
        if any(has_nul(line.name) or len(line.name) > 40 for line in self.written):
            raise ValidationError(str(_l("Skriv et kort navn til vagten, højst 40 tegn.")))
        if not all(line.name and _CLOCK.fullmatch(line.starts_at) for line in self.written):
            raise ValidationError(str(_l("Skriv både navn og klokkeslæt for hver vagt.")))
        if len(self.written) > MOST_SHIFTS:
            raise ValidationError(str(_l("Et døgn har højst seks vagter.")))

    @property
    def written(self) -> list[ShiftLine]:
        """The lines that say something; one that was left empty is no shift."""
        return [line for line in self.data or [] if line.name or line.starts_at]

    @property
    def shifts(self) -> list[tuple[str, time]]:
        """Names and when they begin, to the minute, once the field is valid."""
        return [(line.name, time.fromisoformat(line.starts_at[:5])) for line in self.written]


class NewPasswordField(PasswordField):
    """A password somebody chooses. Never shown again, so a refused form asks for it once more."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        """Ask for it."""
        super().__init__(label, [InputRequired(_l("Skriv en adgangskode."))], **kwargs)

    def pre_validate(self, form: Any) -> None:
        """Refuse what is too short to be safe, before any slow work."""
        if self.data and not SHORTEST_PASSWORD <= len(self.data) <= LONGEST_PASSWORD:
            raise ValidationError(words_for("password_unfit"))
