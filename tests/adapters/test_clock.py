"""The one place that asks what time it is."""

from datetime import UTC, datetime

from webapp.adapters import clock


def test_now_is_aware_and_in_utc() -> None:
    before = datetime.now(UTC)

    now = clock.now()

    assert before <= now <= datetime.now(UTC)
    assert now.tzinfo is UTC
