"""Measure the figures of docs/figures.md and print them: `python -m tests.bench [NAMES…]`.

Figures are printed, never asserted; only a broken promise (a tap lost or stored twice, a request
that failed) ends with 1.
"""

import importlib
import sys
import tempfile
import time
import traceback
from pathlib import Path

from tests.bench.machine import show_machine
from tests.bench.tables import Broken, say

NAMES = {
    "start": "from the program's start to the first ready answer; memory at rest",
    "bytes": "what the first visit costs, compressed",
    "pages": "server time and queries at 10 thousand and 2 million observations",
    "plan": "a large plan, its history, and the coach while somebody writes",
    "taps": "one-tap posts from 16 tablets; 200 tablets that come back at once; slow uploads",
    "sync": "entries of tablets, delivered in batches of 25 with everything on",
    "media": "a sealed picture of 10 MB in parts of 1 MB, and what opening it costs",
    "instructions": "eight photographs for an instruction, and the citizen's screen",
    "clips": "a minute of 1080p made ready, and the pages meanwhile",
    "trust": "the lock, the door, the seal on the log and its check",
    "browser": "tap to confirmed and the largest paint in Chromium, slowed and shaped",
}
MODULES = {"bytes": "first_visit"}


def main(words: list[str]) -> int:
    """Run the named figures, all of them when none is named."""
    if unknown := [word for word in words if word not in NAMES]:
        print(f"unknown: {', '.join(unknown)}\n\nusage: python -m tests.bench [NAMES…]\n")
        for name, what in NAMES.items():
            print(f"  {name:<13}{what}")
        return 2
    show_machine()
    broken = False
    for name in [name for name in NAMES if not words or name in words]:
        begun = time.monotonic()
        module = importlib.import_module(f"tests.bench.{MODULES.get(name, name)}")
        with tempfile.TemporaryDirectory(prefix="smaategn-bench-") as folder:
            try:
                module.run(Path(folder))
            except Broken as error:
                broken = True
                say(f"\nBROKEN, {name}: {error}")
            except Exception:
                broken = True
                say(f"\nBROKEN, {name}:")
                traceback.print_exc(file=sys.stdout)
        say(f"({name} took {time.monotonic() - begun:.0f} s)")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
