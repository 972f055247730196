"""Writes one clip that somebody sent anew, in a process of its own.

The file is standard input, the words say how many seconds it may last and whether to keep its
sound. Lines of JSON go out: `{"percent": …}` while it lasts, and at the end `{"unfit": …}` or
`{"width": …, "height": …, "milliseconds": …, "has_sound": …, "sizes": […]}`, before an MP4 and two
JPEGs: its poster, to look at and for a list. Nothing else of the file is left. Run by path and with
limits, so that nothing of the app is loaded.
"""

import io
import json
import struct
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any, BinaryIO, Final, cast

if TYPE_CHECKING:
    from PIL import Image

LONGER, SHORTER = 1280, 720
"""Pixels of the sides of the box that a clip is made to fit; none is made larger."""

MOST_PIXELS: Final = 4096 * 2304
"""Of one picture of a clip: what telephones and cameras film."""

RATE: Final = 30
"""Pictures in a second, at the most."""

BITS: Final = 3_000_000
"""Of a second, at the most: a minute is 23 MB."""

TICKS: Final = 90_000
"""Of a second, as the clip tells its time."""

POSTER, THUMBNAIL = 1600, 320
"""Pixels of the longer side, at the most."""

THREADS: Final = 2

FRAME: Final = 1024
"""Samples of sound that are written together."""

HEARD_OF: Final = 5.0
"""Seconds after which it is said again how far it is: whoever waits knows that it goes on."""

_GOOD_POSTER_WITHIN: Final = 2.0
"""Seconds in which to look for a picture that shows something."""

_PICTURES: Final = {"h264", "hevc", "vp8", "vp9", "av1", "mpeg4", "h263", "mjpeg"}
_SOUNDS: Final = {"aac", "mp3", "opus", "vorbis", "alac", "ac3", "eac3", "amr_nb", "amr_wb"}
_CAMERAS: Final = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip")
"""What an MP4, a MOV or a 3GP begins with, after four bytes."""


class Unfit(Exception):
    """The clip cannot be taken. The message is why: unknown, broken, still, long or large."""


@dataclass(slots=True)
class Made:
    """A clip as it is kept, its poster large and small; the clip's own width and height."""

    width: int
    height: int
    milliseconds: int
    has_sound: bool
    files: list[bytes] = field(default_factory=list)


def make(
    source: BinaryIO, *, seconds: int, keeps_sound: bool, tell: Callable[[int], object]
) -> Made:
    """Return a clip written anew.

    Args:
        source: The file; it can be read from any place.
        seconds: It may last.
        keeps_sound: If there is any.
        tell: How many per cent are done, now and then.

    Raises:
        Unfit.
    """
    import av

    try:
        kind = kind_of(source.read(12))
        source.seek(0)
        with av.open(source, format=kind, metadata_errors="replace") as opened:
            return _Writing(opened, seconds, tell).write(keeps_sound=keeps_sound)
    except (av.FFmpegError, ValueError, OverflowError, ZeroDivisionError, struct.error):
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
    if begins[4:8] in _CAMERAS and begins[8:12] not in {b"heic", b"heix", b"mif1", b"avif"}:
        return "mov"
    if begins.startswith(b"\x1a\x45\xdf\xa3"):
        return "matroska"
    raise Unfit("unknown")


def _is_known_sound(codec: str) -> bool:
    return codec in _SOUNDS or codec.startswith("pcm_")


class _Writing:
    """One clip on its way from one file to another."""

    def __init__(self, opened: Any, seconds: int, tell: Callable[[int], object]) -> None:
        from av.stream import Disposition

        self.opened, self.seconds, self.tell = opened, seconds, tell
        films = [
            each
            for each in opened.streams.video
            if Disposition.attached_pic not in each.disposition
        ]
        if not films:
            raise Unfit("still")
        self.film = films[0]
        self.sound = next(iter(opened.streams.audio), None)
        said = [
            float(each.duration * each.time_base)
            for each in (self.film, self.sound)
            if each is not None and each.duration
        ]
        if opened.duration:
            said.append(opened.duration / 1_000_000)
        self.said = max(said, default=0.0)
        self.start = 0.0
        self.last, self.step = -1.0, 1 / RATE
        self.mistakes = self.frames = 0
        self.poster: Image.Image | None = None
        self.has_good_poster = False

    def write(self, *, keeps_sound: bool) -> Made:
        """Decode everything once, and encode it as it comes."""
        import av

        self._check_film()
        self.film.thread_type = "AUTO"
        self.film.codec_context.thread_count = THREADS
        written = io.BytesIO()
        sound = self.sound if keeps_sound else None
        if sound and not _is_known_sound(sound.codec_context.codec.canonical_name):
            raise Unfit("unknown")
        with av.open(written, "w", format="mp4", options={"fflags": "+bitexact"}) as out:
            first, frames = self._first_frame(sound)
            # What sounds before the first picture is decoded may sound while it is shown.
            self.start = first.time if first.pts is not None else 0.0
            self.last = self.start - 1
            scaling = _Scaling(first, self.film.sample_aspect_ratio)
            film = self._new_film(out, scaling)
            voice = _Voice(out, sound, self.seconds) if sound else None
            for frame in frames:
                if isinstance(frame, av.AudioFrame):
                    if voice:
                        voice.add(frame, self.start)
                elif (ticks := self._ticks(frame)) is not None:
                    shown = scaling.scale(frame)
                    self._look_for_poster(shown)
                    shown.pts, shown.time_base = ticks, Fraction(1, TICKS)
                    shown.pict_type = av.video.frame.PictureType.NONE
                    out.mux(film.encode(shown))
            self._check_end()
            out.mux(film.encode(None))
            has_sound = voice.end() if voice else False
        files = [_index_first(written.getvalue()), *_posters(cast("Image.Image", self.poster))]
        lasts = round((self.last - self.start + self.step) * 1000)
        return Made(scaling.width, scaling.height, lasts, has_sound, files)

    def _check_film(self) -> None:
        context = self.film.codec_context
        if context is None or context.codec.canonical_name not in _PICTURES:
            raise Unfit("unknown")
        if not 16 <= context.width <= 8192 or not 16 <= context.height <= 8192:
            raise Unfit("large" if max(context.width, context.height) > 16 else "broken")
        if context.width * context.height > MOST_PIXELS:
            raise Unfit("large")
        if self.said > self.seconds + 1:
            raise Unfit("long")

    def _first_frame(self, sound: Any) -> tuple[Any, Iterator[Any]]:
        """Return the first picture, and all pictures and sounds, that one too."""
        import av

        frames = self._decoded(sound)
        before = []
        for frame in frames:
            before.append(frame)
            if isinstance(frame, av.VideoFrame):
                return frame, (each for part in (before, frames) for each in part)
            if len(before) > 500:
                break
        raise Unfit("still" if self.mistakes == 0 else "broken")

    def _decoded(self, sound: Any) -> Iterator[Any]:
        import av

        wanted = [self.film, sound] if sound else [self.film]
        for packet in self.opened.demux(wanted):
            try:
                yield from packet.decode()
            except av.InvalidDataError:
                self.mistakes += 1

    def _new_film(self, out: Any, scaling: "_Scaling") -> Any:
        film = out.add_stream("libx264", rate=RATE)
        context = film.codec_context
        context.width, context.height, context.pix_fmt = scaling.width, scaling.height, "yuv420p"
        context.time_base = Fraction(1, TICKS)
        context.thread_count = THREADS
        # How colours are meant: without a word of it a browser guesses by the size.
        context.colorspace = context.color_primaries = context.color_trc = 1
        context.color_range = 1
        context.options = {
            "preset": "veryfast",
            "profile": "high",
            "crf": "23",
            "maxrate": str(BITS),
            "bufsize": str(2 * BITS),
            # Every two seconds a picture that stands alone, so that one can go to any place.
            "g": str(2 * RATE),
        }
        return film

    def _ticks(self, frame: Any) -> int | None:
        """Return when a picture is shown; None for one that is left out. It tells what is done.

        Raises:
            Unfit: More has come than a clip may last, whatever its beginning said.
        """
        unsaid = self.last + 1 / RATE if self.frames else self.start
        at = frame.time if frame.pts is not None else unsaid
        if frame.width * frame.height > MOST_PIXELS:
            raise Unfit("large")
        if at - self.start > self.seconds + 1:
            raise Unfit("long")
        self.frames += 1
        # A little less than the time between two pictures, because cameras are not that exact.
        if at < self.last + 0.9 / RATE:
            return None
        self.last, self.step = at, at - self.last if self.frames > 1 else self.step
        part = (at - self.start) / (min(self.said, self.seconds) or self.seconds)
        self.tell(min(99, int(part * 100)))
        return round((at - self.start) * TICKS)

    def _check_end(self) -> None:
        """Refuse what was no film, or not all of it."""
        if self.frames < 2:
            raise Unfit("broken" if self.mistakes else "still")
        came = self.last - self.start
        if self.mistakes * 10 > self.frames or came + 1 < self.said * 0.9:
            raise Unfit("broken")

    def _look_for_poster(self, shown: Any) -> None:
        """Keep the first picture, until one comes soon that is neither dark nor empty."""
        from av.video.reformatter import Colorspace
        from PIL import ImageStat

        is_late = self.last - self.start > _GOOD_POSTER_WITHIN
        if self.has_good_poster or (self.poster and (is_late or self.frames % 5)):
            return
        picture = shown.reformat(format="rgb24", src_colorspace=Colorspace.ITU709).to_image()
        grey = ImageStat.Stat(picture.convert("L").resize((64, 64)))
        self.has_good_poster = grey.mean[0] > 24 and grey.stddev[0] > 6
        if self.poster is None or self.has_good_poster:
            self.poster = picture


class _Scaling:
    """Turns pictures upright and makes them fit, of one size and with eight bits a colour."""

    def __init__(self, first: Any, shape: Fraction | None) -> None:
        width, height = first.width, first.height
        if shape:
            # Pixels that are no squares.
            width = max(1, round(width * float(shape)))
        if _turns(first) in (90, 270):
            width, height = height, width
        box = (LONGER, SHORTER) if width >= height else (SHORTER, LONGER)
        share = min(1.0, box[0] / width, box[1] / height)
        self.width, self.height = (max(2, round(each * share / 2) * 2) for each in (width, height))
        if self.width * self.height < 64 or min(self.width, self.height) < 16:
            raise Unfit("broken")
        self.graphs: dict[tuple[object, ...], Any] = {}

    def scale(self, frame: Any) -> Any:
        """Return a picture as it is kept."""
        turns = _turns(frame)
        key = (frame.width, frame.height, frame.format.name, turns)
        if key not in self.graphs:
            # Whoever turns the telephone meanwhile sends another size from then on.
            self.graphs = {key: self._graph(frame, turns)}
        graph = self.graphs[key]
        graph.push(frame)
        return graph.pull()

    def _graph(self, frame: Any, turns: int) -> Any:
        from av.filter import Graph

        graph = Graph()
        ways = {90: ["transpose=cclock"], 180: ["hflip", "vflip"], 270: ["transpose=clock"]}
        is_unsaid = int(frame.colorspace) == 2
        meant = ":in_color_matrix=bt709" if is_unsaid and frame.height >= 720 else ""
        size = f"scale={self.width}:{self.height}:flags=bicubic{meant}"
        chain = [*ways.get(turns, []), f"{size}:out_color_matrix=bt709:out_range=tv"]
        before = graph.add_buffer(
            width=frame.width,
            height=frame.height,
            format=frame.format,
            time_base=frame.time_base or Fraction(1, TICKS),
        )
        for each in (*chain, "format=yuv420p", "setsar=1", "buffersink"):
            name, _, words = each.partition("=")
            after = graph.add(name, words or None)
            before.link_to(after)
            before = after
        graph.configure()
        return graph


def _turns(frame: Any) -> int:
    """Return by how many degrees a picture has to be turned, against the clock: 0 to 270."""
    return int(round(frame.rotation / 90) % 4 * 90)


class _Voice:
    """The sound of a clip, on its way into another file."""

    def __init__(self, out: Any, sound: Any, seconds: int) -> None:
        from av import AudioResampler

        layout = "mono" if sound.codec_context.channels == 1 else "stereo"
        self.out, self.rate, self.seconds = out, 48_000, seconds
        self.stream = out.add_stream("aac", rate=self.rate, layout=layout)
        self.stream.codec_context.bit_rate = 96_000
        self.resampler = AudioResampler("fltp", layout, self.rate, frame_size=FRAME)
        self.packets = 0

    def add(self, frame: Any, start: float) -> None:
        """Add what sounds at and after a time.

        Raises:
            Unfit: More has come than a clip may last: its time, or as much as is heard.
        """
        if frame.pts is None or frame.time < start - 0.05:
            return
        if max(frame.time - start, self.packets * FRAME / self.rate) > self.seconds + 1:
            raise Unfit("long")
        frame.pts = max(0, round((frame.time - start) / frame.time_base))
        self._write(self.resampler.resample(frame))

    def end(self) -> bool:
        """Write what is left, and tell whether there was any sound."""
        if self.packets:
            self._write(self.resampler.resample(None))
            self.out.mux(self.stream.encode(None))
        return self.packets > 0

    def _write(self, frames: Any) -> None:
        for frame in frames:
            self.packets += 1
            self.out.mux(self.stream.encode(frame))


def _posters(picture: "Image.Image") -> list[bytes]:
    picture.thumbnail((POSTER, POSTER))
    small = picture.copy()
    small.thumbnail((THUMBNAIL, THUMBNAIL))
    files = []
    for each in (picture, small):
        written = io.BytesIO()
        each.save(written, "JPEG", quality=82, optimize=True)
        files.append(written.getvalue())
    return files


def _index_first(clip: bytes) -> bytes:
    """Return an MP4 with its index before its pictures, so that it plays before all of it came."""
    boxes = {name: (start, end) for name, start, end in _boxes(clip, 0, len(clip))}
    index, media = boxes[b"moov"], boxes[b"mdat"]
    if index[0] < media[0]:
        return clip
    moved = bytearray(clip[slice(*index)])
    before = clip[slice(*boxes[b"ftyp"])]
    _move(moved, 8, len(moved), len(before) + len(moved) - media[0])
    return before + bytes(moved) + clip[slice(*media)]


def _move(index: bytearray, start: int, end: int, by: int) -> None:
    """Say in an index that everything lies so many bytes further on."""
    for name, begins, ends in _boxes(index, start, end):
        if name in (b"trak", b"mdia", b"minf", b"stbl"):
            _move(index, begins + 8, ends, by)
        elif name in (b"stco", b"co64"):
            (count,) = struct.unpack_from(">I", index, begins + 12)
            form = f">{count}{'I' if name == b'stco' else 'Q'}"
            places = struct.unpack_from(form, index, begins + 16)
            struct.pack_into(form, index, begins + 16, *(place + by for place in places))


def _boxes(data: bytes | bytearray, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    while start < end:
        size, name = struct.unpack_from(">I4s", data, start)
        if size == 1:
            (size,) = struct.unpack_from(">Q", data, start + 8)
        yield name, start, start + size
        start += size


def main() -> None:
    """Write the file on standard input anew, onto standard output."""
    told, told_at = -1, 0.0

    def tell(percent: int) -> None:
        nonlocal told, told_at
        now = time.monotonic()
        if percent > told or now > told_at + HEARD_OF:
            told, told_at = max(told, percent), now
            print(json.dumps({"percent": told}), flush=True)

    answer: dict[str, object]
    made = None
    try:
        with open(0, "rb", closefd=False) as source:
            seconds, sound = int(sys.argv[1]), sys.argv[2:] == ["sound"]
            made = make(source, seconds=seconds, keeps_sound=sound, tell=tell)
        answer = {
            "width": made.width,
            "height": made.height,
            "milliseconds": made.milliseconds,
            "has_sound": made.has_sound,
            "sizes": [len(each) for each in made.files],
        }
    except Unfit as unfit:
        answer = {"unfit": str(unfit)}
    except MemoryError:
        answer = {"unfit": "broken"}
    print(json.dumps(answer), flush=True)
    for each in made.files if made else ():
        sys.stdout.buffer.write(each)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
