"""The list of who has seen what, as a spreadsheet opens it, with or without names."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

_BYTE_ORDER_MARK: Final = "\ufeff"
_STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_AT_ONCE: Final = 500


def as_csv(rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """Yield a spreadsheet in pieces: marked UTF-8 and semicolons, as Danish Excel expects."""
    written = io.StringIO(newline="")
    written.write(_BYTE_ORDER_MARK)
    table = csv.writer(written, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    for number, row in enumerate(rows, start=1):
        table.writerow([inert(cell) for cell in row])
        if number % _AT_ONCE == 0:
            yield written.getvalue().encode()
            written.seek(0)
            written.truncate()
    yield written.getvalue().encode()


def inert(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: an apostrophe before what looks so."""
    looks_so = cell.startswith(_STARTS_A_FORMULA) or cell.lstrip().startswith(_STARTS_A_FORMULA)
    return f"'{cell}" if looks_so else cell


class Numbers:
    """Stands in for names: the first person met is 1, and stays 1."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._met: dict[object, int] = {}

    def of(self, person: object) -> int:
        """Return the number of a person, from 1."""
        return self._met.setdefault(person, len(self._met) + 1)
