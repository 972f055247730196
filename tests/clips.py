"""Clips as telephones and cameras write them, and as nobody should."""

import io
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from typing import Any, Final

import av
from PIL import Image, ImageDraw

RED, BLUE = (200, 40, 30), (20, 60, 200)

AARHUS: Final = "+56.1629+010.2039/"


def a_clip(
    format: str = "mp4",
    codec: str = "libx264",
    *,
    seconds: float = 1.0,
    rate: int = 25,
    size: tuple[int, int] = (320, 180),
    pixels: str = "yuv420p",
    sound: str | None = None,
    sounds: float | None = None,
    said: dict[str, str] | None = None,
    options: dict[str, str] | None = None,
    dark: int = 0,
) -> bytes:
    """Return a clip in which a white square wanders; left it is red, right it is blue.

    Args:
        format: The muxer's name: mp4, mov, webm, 3gp, matroska.
        codec: Of the pictures; empty for sound alone.
        seconds: It lasts.
        rate: Pictures in a second.
        size: Width and height.
        pixels: How a picture is stored.
        sound: The codec of a tone; None for none.
        sounds: Seconds of it; as long as the pictures unless it says so.
        said: What the file says beside its pictures.
        options: Of the muxer.
        dark: So many pictures at the beginning are black.
    """
    written = io.BytesIO()
    with _put_back_in_line(), av.open(written, "w", format=format, options=options or {}) as out:
        out.metadata.update(said or {})
        film: Any = out.add_stream(codec, rate=rate) if codec else None
        tone: Any = None
        if film:
            film.width, film.height = size
            film.pix_fmt = pixels
            if codec == "libx264":
                film.options = {"preset": "ultrafast"}
            if codec == "libvpx-vp9":
                film.options = {"deadline": "realtime", "cpu-used": "8"}
        if sound:
            hertz = 8000 if "amr" in sound else 48000
            tone = out.add_stream(sound, rate=hertz, layout="mono")
        for number in range(round(seconds * rate) if film else 0):
            picture = _picture(size, number, is_dark=number < dark)
            frame: Any = av.VideoFrame.from_image(picture)  # type: ignore[no-untyped-call]
            frame.pts, frame.time_base = number, Fraction(1, rate)
            out.mux(film.encode(frame.reformat(format=pixels)))
        if film:
            out.mux(film.encode(None))
        if tone:
            _add_tone(out, tone, sounds or seconds)
    return written.getvalue()


@contextmanager
def _put_back_in_line() -> Iterator[None]:
    """Undo what SVT-AV1 does to whoever calls it as root: it makes the process a real-time one."""
    yield
    if hasattr(os, "sched_setscheduler"):
        os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))


def _picture(size: tuple[int, int], number: int, *, is_dark: bool) -> Image.Image:
    if is_dark:
        return Image.new("RGB", size, "black")
    picture = Image.new("RGB", size, BLUE)
    picture.paste(RED, (0, 0, size[0] // 2, size[1]))
    at = number * 4 % max(1, size[0] - 20)
    ImageDraw.Draw(picture).rectangle((at, size[1] // 2, at + 16, size[1] // 2 + 16), fill="white")
    return picture


def _add_tone(out: Any, tone: Any, seconds: float) -> None:
    rate = tone.rate
    resampler = av.AudioResampler(tone.format, tone.layout, rate, tone.frame_size or 1024)
    for start in range(0, round(seconds * rate), 1000):
        wave = struct.pack("<1000h", *((each % 100 - 50) * 200 for each in range(1000)))
        frame = av.AudioFrame("s16", "mono", 1000)
        frame.planes[0].update(wave)
        frame.rate, frame.pts, frame.time_base = rate, start, Fraction(1, rate)
        for part in resampler.resample(frame):
            out.mux(tone.encode(part))
    for part in resampler.resample(None):
        out.mux(tone.encode(part))
    out.mux(tone.encode(None))


def turned(clip: bytes, degrees: int) -> bytes:
    """Return an MP4 or MOV that says of its pictures to turn them by the clock when shown."""
    one = 0x10000
    matrix = {
        90: (0, one, 0, -one, 0, 0, 0, 0, 0x40000000),
        180: (-one, 0, 0, 0, -one, 0, 0, 0, 0x40000000),
        270: (0, -one, 0, one, 0, 0, 0, 0, 0x40000000),
    }[degrees]
    at = clip.index(b"tkhd") + 4 + 40
    return clip[:at] + struct.pack(">9i", *matrix) + clip[at + 36 :]


def said_to_last(clip: bytes, seconds: int) -> bytes:
    """Return a WebM whose beginning says another duration than it has."""
    at = clip.index(b"\x44\x89\x88") + 3
    return clip[:at] + struct.pack(">d", seconds * 1000) + clip[at + 8 :]


def without_index(clip: bytes) -> bytes:
    """Return an MP4 whose recording was broken off: pictures without their index."""
    return clip[: clip.index(b"moov") - 4]
