"""What nobody waits for is done by a worker beside the pages, when it is asked and by itself."""

from collections.abc import Iterator
from threading import Event, get_ident

import pytest

from webapp.adapters.jobs import Jobs

pytestmark = pytest.mark.one_database

PATIENCE = 20
"""Seconds a worker may take to begin."""


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    """A worker, stopped when the test is over."""
    jobs = Jobs()
    yield jobs
    jobs.stop()


def test_a_worker_looks_when_it_starts_for_what_was_left_and_whenever_it_is_asked(
    jobs: Jobs,
) -> None:
    looked, threads = Event(), set()

    def look() -> None:
        threads.add(get_ident())
        looked.set()

    jobs.start(look, nightly=look)
    assert looked.wait(PATIENCE)

    looked.clear()
    jobs.wake()
    assert looked.wait(PATIENCE)

    assert len(threads) == 1
    assert get_ident() not in threads


def test_without_a_worker_asking_does_nothing(jobs: Jobs) -> None:
    jobs.wake()
    jobs.stop()
