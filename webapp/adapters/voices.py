"""Write recordings that people send anew: what is heard, and nothing else that is in them.

Source: docs/decisions/0036-voices.md
"""

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, Final

from webapp.adapters.apart import Limits, ProgramEnded, run

MB: Final = 1024 * 1024

LIMITS: Final = Limits(seconds=20, addresses=1024 * MB, memory=300 * MB, files=0)

PATIENCE: Final = 30
"""Seconds one recording may take, and seconds one waits for its turn."""

_MAKER: Final = Path(__file__).with_name("voice_maker.py")

_turns = BoundedSemaphore(2)


class VoiceUnfit(Exception):
    """The recording cannot be taken. The message is why: unknown, broken, silent or long."""


class VoiceUnread(Exception):
    """The recording was not read: others were, or the machine had no time for it. Try again."""


@dataclass(frozen=True, slots=True)
class MadeVoice:
    """A recording as it is kept: an MP4 with sound alone, and how long it lasts."""

    sound: bytes
    milliseconds: int


def make_voice(data: bytes, *, seconds: int) -> MadeVoice:
    """Return a recording written anew, in a process with limits of its own.

    On the disk lies only a file without a name while it is read.

    Args:
        data: As sent.
        seconds: It may last.

    Raises:
        VoiceUnfit, VoiceUnread.
    """
    if not _turns.acquire(timeout=PATIENCE):
        raise VoiceUnread
    try:
        with tempfile.TemporaryFile() as source:
            source.write(data)
            source.seek(0)
            answer = run(_MAKER, LIMITS, str(seconds), patience=PATIENCE, stdin=source)
    except ProgramEnded:
        raise VoiceUnread from None
    finally:
        _turns.release()
    line, _, sound = answer.partition(b"\n")
    said: dict[str, Any] = json.loads(line) if line else {"unfit": "broken"}
    if "unfit" in said or len(sound) != said["size"]:
        # Without a word it ran out of the memory or the time it may take.
        raise VoiceUnfit(said.get("unfit", "broken"))
    return MadeVoice(sound, said["milliseconds"])
