"""What people may type. Everything is kept as typed; only what no database holds is refused."""

LONGEST_TEXT = 100_000
"""Characters in one field."""


def has_nul(text: str) -> bool:
    """Tell whether the text holds NUL, which PostgreSQL cannot store."""
    return "\x00" in text
