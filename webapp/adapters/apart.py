"""How a program of ours is run on what somebody sent: apart, and with limits.

Source: docs/decisions/0018-papers.md
"""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_STARTER: Final = Path(__file__).with_name("apart_starter.py")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a process may take; None for no limit.

    Attributes:
        seconds: Of computing.
        addresses: Bytes of memory it may ask for, also what it never touches.
        memory: Bytes of memory it may write in. Not every system knows this limit.
        files: Bytes of a file it writes.
        goes_last: Whether it lets everything else on the machine go first.
    """

    seconds: int
    addresses: int | None = None
    memory: int | None = None
    files: int | None = None
    goes_last: bool = False


def command(program: Path, limits: Limits, *words: str) -> list[str]:
    """Return what to run for a program in a process of its own.

    Args:
        program: Run by its path, so that nothing of the app is loaded.
        limits: Set before its first line.
        words: Its arguments; none comes from outside.
    """
    wanted = {
        "CPU": limits.seconds,
        "AS": limits.addresses,
        "DATA": limits.memory,
        "FSIZE": limits.files,
    }
    said = [f"{name}={most}" for name, most in wanted.items() if most is not None]
    nice = ["nice"] if limits.goes_last else []
    return [sys.executable, "-I", "-B", str(_STARTER), *said, *nice, str(program), *words]
