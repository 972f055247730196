"""How figures are printed: one plain table each, the target beside what was measured."""

from collections.abc import Sequence


class Broken(Exception):
    """A promise that has to hold whatever the speed did not hold; the run ends with 1."""


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that a share (0.0 to 1.0) of the values do not exceed, nearest rank."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(share * len(ranked)))]


def judged(value: float, at_most: float) -> str:
    """Return the word beside a figure that should not exceed its target."""
    return "reached" if value <= at_most else "MISSED"


def show(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table at once. Numbers come as text, already rounded for reading."""
    lines = [[str(cell) for cell in row] for row in (columns, *rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(columns))]
    lines.insert(1, ["-" * width for width in widths])
    print(f"\n{title}\n")
    for line in lines:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        print("  ".join(cells).rstrip())
    print(flush=True)


def say(text: str) -> None:
    """Print one line at once, so that long runs show what they are at."""
    print(text, flush=True)
