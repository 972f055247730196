"""How a program of ours is run on what somebody sent: apart, and with limits.

Source: docs/decisions/0018-papers.md
"""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from signal import SIGHUP, SIGINT, SIGKILL, SIGTERM
from typing import IO, Final

_STARTER: Final = Path(__file__).with_name("apart_starter.py")


_FROM_OUTSIDE: Final = frozenset({SIGHUP, SIGINT, SIGKILL, SIGTERM})
"""What ends a program that has done nothing wrong: the server stops, or the machine has no memory.
One that takes more than it may is ended by SIGXCPU, or ends by itself."""

_SAID: Final = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "TMPDIR")
"""What a program hears of the server's surroundings: no key and no address of a database."""


class ProgramEnded(Exception):
    """Ended from outside, or a machine let it wait too long: of the file nothing is known."""


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


def surroundings() -> dict[str, str]:
    """Return the environment that such a program gets."""
    return {name: os.environ[name] for name in _SAID if name in os.environ}


def run(
    program: Path,
    limits: Limits,
    *words: str,
    patience: float,
    stdin: IO[bytes] | None = None,
    data: bytes | None = None,
) -> bytes:
    """Run a program to its end and return what it said; nothing when it broke down.

    Args:
        program: As `command` takes it, and its limits and words.
        limits: Set before its first line.
        words: None comes from outside.
        patience: Seconds it may take.
        stdin: What it reads, or:
        data: The bytes that it reads.

    Raises:
        ProgramEnded.
    """
    try:
        done = subprocess.run(  # noqa: S603  # Our own program, without a word from outside.
            command(program, limits, *words),
            stdin=stdin,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=patience,
            check=False,
            env=surroundings(),
            start_new_session=True,
        )
    except subprocess.TimeoutExpired:
        raise ProgramEnded from None
    check_end(done.returncode)
    return b"" if done.returncode else done.stdout


def check_end(status: int) -> None:
    """Refuse to make anything of a program that was ended from outside.

    Raises:
        ProgramEnded.
    """
    if -status in _FROM_OUTSIDE:
        raise ProgramEnded
