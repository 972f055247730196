"""Starts another program of ours, in this process, with limits: see `apart.py`.

Its words are `CPU=20` and the like, then maybe `nice`, then the program's path and its own words.
"""

import os
import resource
import runpy
import sys
from contextlib import suppress

GRACE = 1
"""Between what is said to a program and what is done to it: one that computes too long is ended by
the signal that says so, and not as if somebody had ended it from outside."""


def main() -> None:
    """Set the limits and become the program."""
    words = sys.argv[1:]
    # What it had in its memory is nobody's.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while "=" in words[0]:
        name, _, most = words.pop(0).partition("=")
        # Not every system knows every limit; time is also watched from outside.
        with suppress(AttributeError, ValueError, OSError):
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (int(most), int(most) + GRACE))
    if words[0] == "nice":
        words.pop(0)
        os.nice(15)
    sys.argv = words
    runpy.run_path(words[0], run_name="__main__")


if __name__ == "__main__":
    main()
