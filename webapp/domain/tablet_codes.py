"""The code that lets a tablet in: read off one screen, typed or scanned on another, used once."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

CODE_LENGTH: Final = 8
CODE_LIFE: Final = timedelta(minutes=10)

LETTERS: Final = "ACDEFGHJKMNPQRTUVWXY34679"
"""Without those that are read as another: B and 8, I, L and 1, O and 0, S and 5, Z and 2."""


def draw_code(choose: Callable[[Sequence[str]], str]) -> str:
    """Return a new code; `choose` draws one letter in secret."""
    return "".join(choose(LETTERS) for _ in range(CODE_LENGTH))


def read_code(typed: str) -> str:
    """Return a code as it was made, however it was typed: small letters, spaces, hyphens."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())


def is_open(made_at: datetime, used_at: datetime | None, now: datetime) -> bool:
    """Tell whether a code still lets a tablet in."""
    return used_at is None and now < made_at + CODE_LIFE
