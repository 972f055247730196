"""What a form was drawn from, so that nobody writes over a colleague's words unseen."""

import hashlib
from collections.abc import Mapping
from typing import Any


def version_of(values: Mapping[str, Any]) -> str:
    """Return sixteen hex digits that stand for these values; the order of the names is no matter.

    Two sets of values have the same digits when they say the same; an enum says its value.
    """
    said = [(name, str(value)) for name, value in sorted(values.items())]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]
