"""The one place that asks what time it is."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the current aware UTC time."""
    return datetime.now(UTC)
