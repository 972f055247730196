"""Content that comes as JSON files: read, held to its shape, explained when wrong."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, Final, TypeVar

from pydantic import AfterValidator, ConfigDict, TypeAdapter, ValidationError

Shape = TypeVar("Shape")

NOTHING_ELSE: Final = ConfigDict(extra="forbid")
"""A misspelt key would otherwise be content that silently never shows."""

_SAID: Final = {
    "missing": "is missing",
    "unexpected_keyword_argument": "is not known here",
    "extra_forbidden": "is not known here",
    "dataclass_type": "expected an object",
    "dict_type": "expected an object",
    "tuple_type": "expected a list",
    "string_type": "expected text",
    "too_short": "is empty",
}


class DataFileUnfit(Exception):
    """A file cannot be taken. The message says in one line which file, where in it, and why."""

    def __init__(self, file: Path, place: str, why: str) -> None:
        """Say it; the place is empty when it is about the whole file."""
        # A place is made of what stands in the file, which may be anything.
        super().__init__(f"{file}: {' '.join([*place.split(), why])}")


def _one_line(value: str) -> str:
    if not value.strip():
        raise ValueError("is empty")
    # A hard space is printed too, though Python says no; people write it in "VUM 2.0".
    if value != value.strip() or not value.replace("\u00a0", " ").isprintable():
        raise ValueError("expected one line of text without space at its ends")
    return value


Line = Annotated[str, AfterValidator(_one_line)]
"""Text on one line, never empty."""


def read_data_file(file: Path, shape: TypeAdapter[Shape]) -> Shape:
    """Return what stands in a JSON file, in UTF-8, in the shape asked for.

    Raises:
        DataFileUnfit: It cannot be read, is no JSON, says a key twice or has another shape.
    """
    try:
        # Some editors begin a file with a mark that is no part of its text.
        content = json.loads(file.read_text("utf-8-sig"), object_pairs_hook=_once)
    except OSError as error:
        raise DataFileUnfit(file, "", f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise DataFileUnfit(file, "", "expected text in UTF-8") from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise DataFileUnfit(file, place, f"is no JSON: {error.msg}") from None
    except _SaidTwice as error:
        raise DataFileUnfit(file, str(error), "is said twice in one object") from None
    except (RecursionError, ValueError):
        raise DataFileUnfit(file, "", "is no JSON that can be read") from None
    try:
        return shape.validate_python(content)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        why = _SAID.get(first["type"], first["msg"].removeprefix("Value error, "))
        raise DataFileUnfit(file, place_of(first["loc"]), why) from None


def place_of(steps: Iterable[int | str]) -> str:
    """Write the way to a value: groups[0].themes[2].title; empty for the whole file."""
    way = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return way.removeprefix(".")


class _SaidTwice(Exception):
    """An object has a key twice; only the last would have counted."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _SaidTwice(next(key for key in keys if keys.count(key) > 1))
    return found
