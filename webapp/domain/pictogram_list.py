"""The list that comes with a folder of a home's own pictograms: read, and every row of it checked.

Source: docs/decisions/0034-pictograms.md
"""

import csv
import io
import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

LONGEST_NAME: Final = 40
"""Characters; it stands under a small picture."""

LONGEST_WORDS: Final = 200
"""Characters of the synonyms, and of the source."""

LARGEST_LIST: Final = 100_000
"""Bytes; a spreadsheet of so many rows takes far less."""

MOST_ROWS: Final = 40
"""Pictograms at one go; each is drawn anew, one after the other."""

_HEADINGS: Final = frozenset({"fil", "filnavn", "file", "file name", "filename"})


class RowProblem(StrEnum):
    """Why a row cannot be taken."""

    NO_FILE = "no_file"
    FILE_MISSING = "file_missing"
    NO_NAME = "no_name"
    NAME_TOO_LONG = "name_too_long"
    NAME_TWICE = "name_twice"
    NAME_TAKEN = "name_taken"
    WORDS_TOO_LONG = "words_too_long"
    NO_SOURCE = "no_source"
    FILE_IS_SVG = "file_is_svg"
    FILE_UNFIT = "file_unfit"


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it stands in the list.

    Attributes:
        line: Counted from 1, as a spreadsheet counts.
        file: The name of a file, without its folder; may be empty, as all texts here.
        name: What the pictogram is called.
        synonyms: Other words, with commas between in the list.
        source: Whose it is, and its licence.
    """

    line: int
    file: str
    name: str
    synonyms: tuple[str, ...]
    source: str


def read_list(data: bytes) -> list[Row]:
    """Return the rows of a list as a spreadsheet saves it: UTF-8 or Windows, semicolon or tab.

    A first row of headings and empty rows are left out; a row that is too short has empty texts.

    Args:
        data: At most LARGEST_LIST bytes.
    """
    text = _text(data)
    separator = max(";\t,", key=text.partition("\n")[0].count)
    rows: list[Row] = []
    for line, cells in enumerate(
        csv.reader(io.StringIO(text, newline=None), delimiter=separator), start=1
    ):
        file, name, words, source, *_ = [*(cell.strip() for cell in cells), "", "", "", ""]
        if not (file or name or words or source):
            continue
        if not rows and file.casefold() in _HEADINGS:
            continue
        rows.append(Row(line, base_name(file), name, synonyms_in(words), source))
    return rows


def synonyms_in(words: str) -> tuple[str, ...]:
    """Return what stands between commas, each once; may be none."""
    found = (each.strip() for each in words.replace("|", ",").split(","))
    return tuple(dict.fromkeys(each for each in found if each))


def base_name(file: str) -> str:
    """Return the name of a file as files are compared: without folders, composed, small."""
    name = file.replace("\\", "/").rpartition("/")[2]
    return unicodedata.normalize("NFC", name).casefold().strip()


def check_rows(
    rows: Sequence[Row], files: Collection[str], taken: Collection[str]
) -> list[tuple[int, RowProblem]]:
    """Return what is wrong, by line; empty when all can be taken.

    Args:
        rows: As `read_list` gives them.
        files: Names of what was sent along, as `base_name` gives them.
        taken: Names that the home's pictograms have already, whatever their capitals.
    """
    names = Counter(row.name.casefold() for row in rows)
    has = {name.casefold() for name in taken}
    found = []
    for row in rows:
        problems = {
            RowProblem.NO_FILE: not row.file,
            RowProblem.FILE_MISSING: bool(row.file) and row.file not in files,
            RowProblem.NO_NAME: not row.name,
            RowProblem.NAME_TOO_LONG: len(row.name) > LONGEST_NAME,
            RowProblem.NAME_TWICE: bool(row.name) and names[row.name.casefold()] > 1,
            RowProblem.NAME_TAKEN: row.name.casefold() in has,
            RowProblem.WORDS_TOO_LONG: len(", ".join(row.synonyms)) > LONGEST_WORDS
            or len(row.source) > LONGEST_WORDS,
            RowProblem.NO_SOURCE: not row.source,
        }
        found += [(row.line, problem) for problem, is_so in problems.items() if is_so]
    return found


def is_svg(data: bytes) -> bool:
    """Tell whether a file is a drawing in SVG, packed or not, whatever it is called."""
    return b"<svg" in data[:4096].lower() or data.startswith(b"\x1f\x8b")


def _text(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # As Excel saves a list in Danish; it has a letter for every byte but five.
        text = data.decode("cp1252", errors="replace")
    return text.replace("\x00", "")
