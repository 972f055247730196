"""Live through a long evening: `python -m tests.chaos SEED ENTRIES`. 1 if anything is lost."""

import secrets
import sys
import tempfile
from pathlib import Path

from tests.chaos.walk import walk


def main(words: list[str]) -> int:
    """Print the seed, so that an evening can be lived through again, and what it came to."""
    seed = int(words[0]) if words else secrets.randbelow(1_000_000)
    entries = int(words[1]) if len(words) > 1 else 10_000
    print(f"seed {seed}, {entries} entries", flush=True)
    with tempfile.TemporaryDirectory(prefix="smaategn-chaos-") as folder:
        report = walk(Path(folder), seed, entries)
    for what, times in sorted(report.met.items()):
        print(f"  {times:>6}  {what}")
    for name in ("lost", "duplicated", "misattributed"):
        for id in sorted(getattr(report, name))[:10]:
            print(f"  {name}: {id}")
    for each in report.stuck[:10]:
        print(f"  left: {each}")
    print(report)
    return 0 if report.holds else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
