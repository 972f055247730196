"""The sets of themes that goals are sorted by: ICS, VUM 2.0 and the home's own.

They are headings and codes and nothing else: the handbook behind ICS is licensed. A code is what
is kept with a goal, so in a file that is in use titles may change and codes may not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field, TypeAdapter, with_config

from webapp.adapters.data_files import NOTHING_ELSE, DataFileUnfit, Line, place_of, read_data_file

FOLDER: Final = Path(__file__).parents[1] / "taxonomies"

BUILT_IN: Final = ("ics", "ics-2007", "ffb")
"""The files that come with the program, in the order to offer them."""

LONGEST_CODE: Final = 60
"""Characters."""


def _small_ascii(value: str) -> str:
    if len(value) > LONGEST_CODE or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
        raise ValueError(
            f"expected at most {LONGEST_CODE} small letters a-z, digits and hyphens, "
            "such as egen-omsorg"
        )
    return value


def _each_once(value: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(value)) < len(value):
        raise ValueError("says the same twice")
    return value


Code = Annotated[str, AfterValidator(_small_ascii)]
Kinds = Annotated[
    tuple[Literal["adult", "child"], ...], Field(min_length=1), AfterValidator(_each_once)
]


@with_config(NOTHING_ELSE)
@dataclass(frozen=True, slots=True)
class Theme:
    """One heading that goals can stand under. Its code is its own in the whole taxonomy."""

    code: Code
    title: Line


@with_config(NOTHING_ELSE)
@dataclass(frozen=True, slots=True)
class ThemeGroup:
    """Themes that belong together, in the order to show them."""

    code: Code
    title: Line
    themes: Annotated[tuple[Theme, ...], Field(min_length=1)]


@with_config(NOTHING_ELSE)
@dataclass(frozen=True, slots=True)
class Taxonomy:
    """A set of themes. `kinds` are the kinds of citizens it is meant for, one at least."""

    code: Code
    title: Line
    kinds: Kinds
    groups: Annotated[tuple[ThemeGroup, ...], Field(min_length=1)]

    def theme(self, code: str) -> Theme | None:
        """Return the theme with this code; None when there is none."""
        themes = (theme for group in self.groups for theme in group.themes)
        return next((theme for theme in themes if theme.code == code), None)


_SHAPE: Final = TypeAdapter(Taxonomy)


def load_taxonomies(own_folder: Path | None) -> dict[str, Taxonomy]:
    """Return every taxonomy by its code: the built-in ones, then the home's own by file name.

    Everything is read anew at each call; whoever asks keeps the answer.

    Args:
        own_folder: Where the home's own `*.json` files lie. None, a folder that is not there and
            an empty one all mean that it has none.

    Raises:
        DataFileUnfit: A file has another shape, or uses a code that is taken.
    """
    found: dict[str, Taxonomy] = {}
    for file in [*(FOLDER / f"{code}.json" for code in BUILT_IN), *_own_files(own_folder)]:
        taxonomy = read_data_file(file, _SHAPE)
        _check_codes(file, taxonomy)
        if taxonomy.code in found:
            why = "comes with the program" if taxonomy.code in BUILT_IN else "has another file"
            raise DataFileUnfit(file, "code", f"{taxonomy.code} {why}; choose another code")
        found[taxonomy.code] = taxonomy
    return found


def _own_files(folder: Path | None) -> list[Path]:
    if folder is None or not folder.exists():
        return []
    try:
        files = sorted(folder.iterdir())
    except OSError as error:
        raise DataFileUnfit(folder, "", f"cannot be listed: {error.strerror}") from None
    # A Mac leaves a shadow of every file it copies, "._egne.json", which is no JSON.
    return [
        file for file in files if file.suffix.lower() == ".json" and not file.name.startswith(".")
    ]


def _check_codes(file: Path, taxonomy: Taxonomy) -> None:
    """Raise when two groups, or two themes anywhere in the file, have the same code."""
    for codes in (_group_codes(taxonomy), _theme_codes(taxonomy)):
        seen: dict[str, str] = {}
        for place, code in codes:
            if code in seen:
                raise DataFileUnfit(file, place, f"{code} is already the code of {seen[code]}")
            seen[code] = place.removesuffix(".code")


def _group_codes(taxonomy: Taxonomy) -> Iterator[tuple[str, str]]:
    for number, group in enumerate(taxonomy.groups):
        yield place_of(("groups", number, "code")), group.code


def _theme_codes(taxonomy: Taxonomy) -> Iterator[tuple[str, str]]:
    for number, group in enumerate(taxonomy.groups):
        for place, theme in enumerate(group.themes):
            yield place_of(("groups", number, "themes", place, "code")), theme.code
