"""The pictograms that come with the program: which of OpenMoji's, and what they are called here.

The names are ours and in Danish only, as the plans are; the drawings are installed by set-up.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

from pydantic import AfterValidator, Field, TypeAdapter, with_config

from webapp.adapters.data_files import NOTHING_ELSE, DataFileUnfit, Line, place_of, read_data_file

FILE: Final = Path(__file__).parents[1] / "pictograms" / "openmoji.json"


def _hexcode(value: str) -> str:
    if not re.fullmatch(r"[0-9A-F]{4,5}(-[0-9A-F]{4,5})*", value):
        raise ValueError("expected OpenMoji's code, such as 1FAA5 or 0031-FE0F-20E3")
    return value


Hexcode = Annotated[str, AfterValidator(_hexcode)]


@with_config(NOTHING_ELSE)
@dataclass(frozen=True, slots=True)
class Pictogram:
    """One drawing, its name and other words for it. The hexcode is what is kept with a step."""

    hexcode: Hexcode
    name: Line
    synonyms: tuple[Line, ...]


@with_config(NOTHING_ELSE)
@dataclass(frozen=True, slots=True)
class PictogramGroup:
    """Pictograms that belong together, in the order to show them."""

    code: Line
    title: Line
    pictograms: Annotated[tuple[Pictogram, ...], Field(min_length=1)]


@with_config(NOTHING_ELSE)
@dataclass(frozen=True, slots=True)
class PictogramSet:
    """All of them."""

    groups: Annotated[tuple[PictogramGroup, ...], Field(min_length=1)]


_SHAPE: Final = TypeAdapter(PictogramSet)


def load_pictograms(file: Path = FILE) -> tuple[PictogramGroup, ...]:
    """Return the pictograms by group. Read anew at each call; whoever asks keeps the answer.

    Raises:
        DataFileUnfit: The file has another shape, or says a group, hexcode or name twice.
    """
    groups = read_data_file(file, _SHAPE).groups
    seen: set[tuple[str, str]] = set()
    for place, kind, value in _once(groups):
        if (kind, value.casefold()) in seen:
            raise DataFileUnfit(file, place, f"{value} is there already")
        seen.add((kind, value.casefold()))
    return groups


def _once(groups: tuple[PictogramGroup, ...]) -> Iterator[tuple[str, str, str]]:
    """Give what may stand there only once: where, what it is, and what it says."""
    for number, group in enumerate(groups):
        yield place_of(("groups", number, "code")), "code", group.code
        for at, each in enumerate(group.pictograms):
            place = ("groups", number, "pictograms", at)
            yield place_of((*place, "hexcode")), "hexcode", each.hexcode
            yield place_of((*place, "name")), "name", each.name
