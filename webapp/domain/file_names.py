"""What people call their files: kept as far as a name can be kept, and never a path."""

import unicodedata
from collections.abc import Collection
from typing import Final

LONGEST_NAME: Final = 120
"""Characters, with the ending."""

_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Control signs, marks that turn the direction of writing, halves of letters, line breaks."""


def ending_of(name: str) -> str:
    """Return the ending that tells a kind, in small letters: pdf. Empty in "Referat 3. maj"."""
    stem, _, ending = clean_name(name).rpartition(".")
    return ending.lower() if stem and ending.isalnum() else ""


def clean_name(name: str) -> str:
    """Return the name without folders, unseen signs and space at its ends; may be empty."""
    last = name.replace("\\", "/").rpartition("/")[2]
    seen = "".join(sign for sign in last if unicodedata.category(sign) not in _UNSEEN)
    return " ".join(seen.split()).strip(". ")


def kept_name(name: str, endings: Collection[str], *, otherwise: str) -> str:
    """Return the name a file is kept and sent under; it ends as its kind does.

    Args:
        name: As it was sent.
        endings: Those of the kind the file is, the usual one first.
        otherwise: What to call it when nothing of its name is left.
    """
    clean = clean_name(name)
    usual = next(iter(endings))
    if ending_of(clean) in endings:
        stem, _, usual = clean.rpartition(".")
    else:
        stem = clean
    stem = (stem.strip(". ") or otherwise)[: LONGEST_NAME - len(usual) - 1]
    return f"{stem.strip('. ')}.{usual}"
