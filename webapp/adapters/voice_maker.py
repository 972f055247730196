"""Writes one recording that somebody sent anew, in a process of its own.

The file is standard input, the word says how many seconds it may last. A line of JSON goes out:
`{"unfit": …}`, or `{"milliseconds": …, "size": …}` before an MP4 with its sound alone: one channel,
AAC. Nothing else of the file is left. Run by path and with limits, so that nothing of the app is
loaded.
"""

import io
import json
import sys
from fractions import Fraction
from typing import TYPE_CHECKING, Any, BinaryIO, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

RATE: Final = 48_000
"""Samples in a second."""

BITS: Final = 64_000
"""Of a second: speech, and a telephone's loudspeaker."""

_SOUNDS: Final = {"aac", "mp3", "opus", "vorbis", "flac", "alac", "amr_nb", "amr_wb"}


class Unfit(Exception):
    """The recording cannot be taken. The message is why: unknown, broken, silent or long."""


def make(source: BinaryIO, *, seconds: int) -> tuple[int, bytes]:
    """Return how many milliseconds a recording lasts, and the recording written anew.

    Args:
        source: The file; it can be read from any place.
        seconds: It may last.

    Raises:
        Unfit.
    """
    import av

    try:
        kind = kind_of(source.read(12))
        source.seek(0)
        with av.open(source, format=kind, metadata_errors="replace") as opened:
            return _write(opened, seconds)
    except (av.FFmpegError, ValueError, OverflowError, ZeroDivisionError):
        # Whatever a decoder stumbles over in a broken file: the file is broken.
        raise Unfit("broken") from None


def kind_of(begins: bytes) -> str:
    """Return how a file is opened. Said, never guessed: some kinds open other files in turn.

    Args:
        begins: Its first twelve bytes.

    Raises:
        Unfit: It is empty, or of no kind that we take.
    """
    if not begins:
        raise Unfit("broken")
    if begins[4:8] == b"ftyp":
        return "mov"
    for first, kind in (
        (b"\x1a\x45\xdf\xa3", "matroska"),
        (b"OggS", "ogg"),
        (b"ID3", "mp3"),
        (b"\xff\xfb", "mp3"),
    ):
        if begins.startswith(first):
            return kind
    if begins.startswith(b"RIFF") and begins[8:12] == b"WAVE":
        return "wav"
    raise Unfit("unknown")


def _write(opened: Any, seconds: int) -> tuple[int, bytes]:
    import av

    sound = next(iter(opened.streams.audio), None)
    if sound is None:
        raise Unfit("silent")
    codec = sound.codec_context.codec.canonical_name
    if codec not in _SOUNDS and not codec.startswith("pcm_"):
        raise Unfit("unknown")
    written, samples = io.BytesIO(), 0
    with av.open(written, "w", format="mp4", options={"fflags": "+bitexact"}) as out:
        voice = out.add_stream("aac", rate=RATE, layout="mono")
        voice.codec_context.bit_rate = BITS
        for frame in _frames(opened, sound):
            # In samples, whatever the file counted in.
            frame.pts, frame.time_base = samples, Fraction(1, RATE)
            samples += frame.samples
            # Counted, for what a file says of itself may be a lie.
            if samples > (seconds + 1) * RATE:
                raise Unfit("long")
            out.mux(voice.encode(frame))
        out.mux(voice.encode(None))
    if samples < RATE // 5:
        raise Unfit("silent")
    return round(samples * 1000 / RATE), written.getvalue()


def _frames(opened: Any, sound: Any) -> "Iterator[Any]":
    """Return the sound in pieces of one channel, as it is encoded."""
    from av import AudioResampler, InvalidDataError

    resampler = AudioResampler("fltp", "mono", RATE, frame_size=1024)
    for packet in opened.demux(sound):
        try:
            frames = packet.decode()
        except InvalidDataError:
            # A little that is lost is not heard.
            continue
        for frame in frames:
            frame.pts = None
            yield from resampler.resample(frame)
    yield from resampler.resample(None)


def main() -> None:
    """Write what comes in anew, and say how that went."""
    try:
        milliseconds, sound = make(sys.stdin.buffer, seconds=int(sys.argv[1]))
    except Unfit as unfit:
        print(json.dumps({"unfit": str(unfit)}), flush=True)
        return
    print(json.dumps({"milliseconds": milliseconds, "size": len(sound)}), flush=True)
    sys.stdout.buffer.write(sound)


if __name__ == "__main__":
    main()
