"""Write clips that people send anew: what they show, and nothing else that is in them.

Source: docs/decisions/0035-clips.md
"""

import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore, Event, Timer
from typing import IO, Any, BinaryIO, Final, cast

from webapp.adapters.apart import Limits, check_end, command, surroundings

MB: Final = 1024 * 1024

LIMITS: Final = Limits(seconds=300, addresses=2048 * MB, memory=600 * MB, files=0, goes_last=True)

PATIENCE: Final = 600
"""Seconds one clip may take."""

LARGEST_ANSWER: Final = 200 * MB
"""Bytes read from whoever makes a clip, before it is taken for broken."""

_MAKER: Final = Path(__file__).with_name("clip_maker.py")

_turn = BoundedSemaphore(1)
"""Each takes much memory, and both processors."""


class ClipUnfit(Exception):
    """The clip cannot be taken. The message is the reason: unknown, broken, still, long, large."""


@dataclass(frozen=True, slots=True)
class MadeClip:
    """A clip as it is kept: an MP4, its poster as JPEG large and small, how it looks and lasts."""

    clip: bytes
    poster: bytes
    thumbnail: bytes
    width: int
    height: int
    milliseconds: int
    has_sound: bool


def make_clip(
    source: BinaryIO, *, seconds: int, keeps_sound: bool, tell: Callable[[int], object]
) -> MadeClip:
    """Return a clip written anew, in a process with limits of its own; one at a time.

    Nothing is written on the disk.

    Args:
        source: A file of the system, at its beginning. It stays open.
        seconds: The clip may last.
        keeps_sound: If there is any.
        tell: How many per cent are done; called about a hundred times.

    Raises:
        ClipUnfit, ProgramEnded.
    """
    words = [str(seconds), *(["sound"] if keeps_sound else [])]
    with (
        _turn,
        subprocess.Popen(  # noqa: S603  # Our own program, without a word from outside.
            command(_MAKER, LIMITS, *words),
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=surroundings(),
            start_new_session=True,
        ) as process,
    ):
        is_late = Event()

        def end() -> None:
            is_late.set()
            process.kill()

        watch = Timer(PATIENCE, end)
        watch.start()
        try:
            if made := _answer(cast(IO[bytes], process.stdout), tell):
                return made
            status = process.wait()
        finally:
            watch.cancel()
            process.kill()
    if not is_late.is_set():
        check_end(status)
    # It ran out of the memory or the time it may take.
    raise ClipUnfit("broken")


def _answer(said: IO[bytes], tell: Callable[[int], object]) -> MadeClip | None:
    """Read what is said until the clip is there; None when it does not come.

    Raises:
        ClipUnfit.
    """
    while (line := said.readline(1024)).endswith(b"\n"):
        answer: dict[str, Any] = json.loads(line)
        if "unfit" in answer:
            raise ClipUnfit(answer["unfit"])
        if "percent" in answer:
            tell(int(answer["percent"]))
            continue
        sizes = answer.pop("sizes")
        if sum(sizes) > LARGEST_ANSWER:
            raise ClipUnfit("broken")
        files = [said.read(size) for size in sizes]
        if [len(each) for each in files] == sizes:
            clip, poster, thumbnail = files
            return MadeClip(clip, poster, thumbnail, **answer)
    return None
