"""Live through a long evening: `python -m tests.chaos [SEED] [ENTRIES]`. 1 if anything is lost.

SIGTERM ends it early, and it still says what it came to.
`python -m tests.chaos kills [SEED] [TIMES]` kills the server so many times while it stores.
"""

import secrets
import signal
import sys
import tempfile
import threading
from pathlib import Path

from tests.chaos.kills import Deaths, kill_often
from tests.chaos.walk import Report, walk


def main(words: list[str]) -> int:
    """Print the seed, so that an evening can be lived through again, and what it came to."""
    is_killing = words[:1] == ["kills"]
    numbers = [int(word) for word in words[is_killing:]]
    seed = numbers[0] if numbers else secrets.randbelow(1_000_000)
    count = numbers[1] if len(numbers) > 1 else (100 if is_killing else 10_000)
    print(f"seed {seed}, {count} {'deaths' if is_killing else 'entries'}", flush=True)
    with tempfile.TemporaryDirectory(prefix="smaategn-chaos-") as folder:
        report = _live(is_killing, Path(folder), seed, count)
    _tell(report)
    print(report)
    return 0 if report.holds else 1


def _live(is_killing: bool, folder: Path, seed: int, count: int) -> Report | Deaths:
    if is_killing:
        return kill_often(folder, seed, count)
    ends = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ends.set())
    return walk(folder, seed, count, ends)


def _tell(report: Report | Deaths) -> None:
    """Print what was met, and the first of everything that went wrong."""
    if isinstance(report, Report):
        for what, times in sorted(report.met.items()):
            print(f"  {times:>6}  {what}")
        for each in report.stuck[:10]:
            print(f"  left: {each}")
    for name in ("lost", "duplicated", "misattributed", "half_stored"):
        for id in sorted(getattr(report, name, ()))[:10]:
            print(f"  {name}: {id}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
