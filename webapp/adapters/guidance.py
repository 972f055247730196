"""Help in place: for every field of the plan a few words, an example to follow and one not to.

The words are a colleague's, in Danish only, as the plans are; the people in them are invented.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter, with_config

from webapp.adapters.data_files import NOTHING_ELSE, DataFileUnfit, Line, read_data_file

FOLDER: Final = Path(__file__).parents[1] / "help"

FIELDS: Final = {
    "sammenhaeng": (
        "resources",
        "challenge",
        "needs",
        "frame",
        "earlier_experience",
        "context",
        "theme",
    ),
    "maal": (
        "text",
        "goal_type",
        "starts_on",
        "ends_on",
        "revise_on",
        "responsible",
        "participation",
        "participation_words",
        "others_took_part",
        "partner",
        "order_goal",
        "no_order_goal_reason",
        "second_goal_reason",
        "short_text",
    ),
    "tegn": (
        "sense",
        "text",
        "measure",
        "direction",
        "baseline",
        "target",
        "rank",
        "gas_levels",
        "steps",
    ),
    "tiltag": (
        "title",
        "approach",
        "practice",
        "who",
        "when_and_where",
        "materials",
        "steps",
        "status",
    ),
    "evaluering": ("interval", "next_on", "evaluator"),
    "bestilling": ("purpose", "goals", "dates", "caseworker", "file"),
    "stamdata": ("what_helps", "what_to_avoid", "contacts"),
}
"""Every card and its fields. Templates ask by these keys, so a file may lack none of them."""


@with_config(NOTHING_ELSE)
@dataclass(frozen=True, slots=True)
class Guidance:
    """Help for one field.

    Attributes:
        guidance: What to write, in one or two short sentences.
        good: An example to follow.
        poor: An example of what helps nobody.
    """

    guidance: Line
    good: Line
    poor: Line


_SHAPE: Final = TypeAdapter(dict[str, Guidance])


def load_guidance(folder: Path = FOLDER) -> dict[str, dict[str, Guidance]]:
    """Return the help of every field, by card and field key.

    Everything is read anew at each call; whoever asks keeps the answer.

    Raises:
        DataFileUnfit: A card's file is missing or has another shape, or a field is missing or
            unknown.
    """
    return {card: _card(folder / f"{card}.json", fields) for card, fields in FIELDS.items()}


def _card(file: Path, fields: tuple[str, ...]) -> dict[str, Guidance]:
    found = read_data_file(file, _SHAPE)
    for unknown in found.keys() - set(fields):
        raise DataFileUnfit(file, unknown, "is not known here")
    for field in fields:
        if field not in found:
            raise DataFileUnfit(file, field, "is missing")
    return found
