"""Look into files that people send: what they are, not what they are called.

Source: docs/decisions/0018-papers.md
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, Final

from webapp.adapters.apart import Limits, ProgramEnded, run

AT_ONCE: Final = 2
"""Files looked into at the same time; each may take much memory."""

PATIENCE: Final = 30
"""Seconds one file may take, and seconds one waits for its turn."""

LIMITS: Final = Limits(seconds=20, addresses=1024 * 1024 * 1024, files=0)
"""A picture of 50 megapixels, twice, and some."""

_READER: Final = Path(__file__).with_name("paper_reader.py")

_turns = BoundedSemaphore(AT_ONCE)


class PaperKind(StrEnum):
    """What a paper is, whatever its name says."""

    PDF = "pdf"
    DOCX = "docx"
    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"


MEDIA_TYPES: Final = {
    PaperKind.PDF: "application/pdf",
    PaperKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    PaperKind.JPEG: "image/jpeg",
    PaperKind.PNG: "image/png",
    PaperKind.WEBP: "image/webp",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that was looked into. `data` is what to keep: a picture's is written anew."""

    kind: PaperKind
    data: bytes


class PaperUnfit(Exception):
    """The file cannot be taken. The message is the reason: unknown, broken or macros."""


class PaperUnread(Exception):
    """The file was not looked into: others were, or the machine had no time for it. Try again."""


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """A picture as it is shown, in three sizes, each WebP; the largest one's width and height."""

    large: bytes
    medium: bytes
    small: bytes
    width: int
    height: int


def look_into(data: bytes) -> Paper:
    """Return what a file is, found by opening it in a process with limits of its own.

    Raises:
        PaperUnfit, PaperUnread.
    """
    answer, kept = _read(data)
    return Paper(PaperKind(answer["kind"]), kept)


def show_picture(data: bytes) -> ShownPicture:
    """Return a picture written anew, upright and without all it says beside its pixels.

    Raises:
        PaperUnfit, PaperUnread.
    """
    answer, kept = _read(data, "show")
    large, medium, _small = answer["sizes"]
    both = large + medium
    return ShownPicture(
        kept[:large], kept[large:both], kept[both:], answer["width"], answer["height"]
    )


def _read(data: bytes, *how: str) -> tuple[dict[str, Any], bytes]:
    """Return what the reader says of a file, and the bytes that follow.

    Raises:
        PaperUnfit, PaperUnread.
    """
    with _turn():
        try:
            said = run(_READER, LIMITS, *how, patience=PATIENCE, data=data)
        except ProgramEnded:
            raise PaperUnread from None
    line, _, kept = said.partition(b"\n")
    if not line:
        # It ran out of the memory or the time it may take.
        raise PaperUnfit("broken")
    answer: dict[str, Any] = json.loads(line)
    if "unfit" in answer:
        raise PaperUnfit(answer["unfit"])
    return answer, kept


@contextmanager
def _turn() -> Iterator[None]:
    if not _turns.acquire(timeout=PATIENCE):
        raise PaperUnread
    try:
        yield
    finally:
        _turns.release()
