"""The paragraphs by which someone lives here: a list in a file, and the home's own beside it.

A code is what is kept with a citizen, so in a file that is in use titles may change and codes may
not.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

from pydantic import AfterValidator, Field, TypeAdapter, with_config

from webapp.adapters.data_files import NOTHING_ELSE, DataFileUnfit, Line, read_data_file

BUILT_IN: Final = Path(__file__).parents[1] / "legal_grounds.json"

OWN_FILE: Final = "legal_grounds.json"
"""What the home's own list is called, in its instance folder."""


def _small_ascii(value: str) -> str:
    if len(value) > 40 or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
        raise ValueError("expected at most 40 small letters a-z, digits and hyphens, as in sel-108")
    return value


@with_config(NOTHING_ELSE)
@dataclass(frozen=True, slots=True)
class LegalGround:
    """One paragraph: the code that is kept, and what it says on screen."""

    code: Annotated[str, AfterValidator(_small_ascii)]
    title: Line


@with_config(NOTHING_ELSE)
@dataclass(frozen=True, slots=True)
class Law:
    """The paragraphs of one law, in the order to offer them."""

    law: Line
    grounds: Annotated[tuple[LegalGround, ...], Field(min_length=1)]


_SHAPE: Final = TypeAdapter(tuple[Law, ...])


def load_legal_grounds(own_folder: Path | None) -> tuple[Law, ...]:
    """Return the laws with their paragraphs: those that come with the program, then the home's own.

    Args:
        own_folder: Where the home's own file may lie; None, and a folder without it, mean none.

    Raises:
        DataFileUnfit: A file has another shape, or a code is said twice.
    """
    laws = read_data_file(BUILT_IN, _SHAPE)
    own = own_folder / OWN_FILE if own_folder else None
    if own is None or not own.exists():
        return laws
    laws += read_data_file(own, _SHAPE)
    codes = [ground.code for law in laws for ground in law.grounds]
    if twice := next((code for code in codes if codes.count(code) > 1), None):
        raise DataFileUnfit(own, "", f"the code {twice} is taken; choose another")
    return laws


def words_of(laws: tuple[Law, ...], code: str) -> str:
    """Return a paragraph with its law: "Serviceloven § 108, …". An unknown code speaks for itself.

    A code that was taken out of the file still stands with those who had it. Empty for none.
    """
    for law in laws:
        for ground in law.grounds:
            if ground.code == code:
                return f"{law.law} {ground.title}"
    return code
