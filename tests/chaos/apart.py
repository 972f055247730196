"""A thread of one's own: in one that has a browser already, Playwright opens no second."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")


def apart(work: Callable[[], Result]) -> Result:
    """Do it in a thread of its own; return what it returns, raise what it raises."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(work).result()
