"""Clips written anew: upright, small, and nothing but what they show; or refused and why."""

import io
import os
import signal
import tempfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.clips import AARHUS, a_clip, said_to_last, turned, without_index
from webapp.adapters import video
from webapp.adapters.apart import Limits, ProgramEnded
from webapp.adapters.clip_maker import BITS
from webapp.adapters.video import ClipUnfit, MadeClip, make_clip

HTML = b"<html><script>alert(1)</script></html>"
PLAIN = a_clip()
WEBM = a_clip("webm", "libvpx")

pytestmark = pytest.mark.one_database


def made(
    data: bytes,
    *,
    seconds: int = 60,
    keeps_sound: bool = False,
    tell: Callable[[int], object] = lambda _percent: None,
) -> MadeClip:
    """Write a clip anew."""
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        return make_clip(file, seconds=seconds, keeps_sound=keeps_sound, tell=tell)


def unfit(data: bytes, *, seconds: int = 60) -> str:
    """Return why a clip is refused."""
    with pytest.raises(ClipUnfit) as refused:
        made(data, seconds=seconds)
    return str(refused.value)


def frames(clip: bytes) -> list[Any]:
    """Return the pictures of a clip."""
    with av.open(io.BytesIO(clip), "r") as opened:
        return list(opened.decode(video=0))


def colours(image: Image.Image, *places: tuple[float, float]) -> list[str]:
    """Tell which of red and blue is stronger at places, given as shares of width and height."""
    plain = image.convert("RGB")
    found = [plain.getpixel((int(x * plain.width), int(y * plain.height))) for x, y in places]
    return ["red" if each[0] > each[2] else "blue" for each in found]  # type: ignore[index]


@pytest.mark.parametrize(
    ("format", "codec", "size", "sound"),
    [
        ("mp4", "libx264", (320, 180), "aac"),
        ("mov", "libx264", (320, 180), "pcm_s16le"),
        ("webm", "libvpx-vp9", (320, 180), "libopus"),
        ("webm", "libvpx", (320, 180), "libopus"),
        ("3gp", "h263", (352, 288), "libopencore_amrnb"),
        ("3gp", "mpeg4", (352, 288), None),
        ("mp4", "libsvtav1", (320, 180), None),
    ],
)
def test_what_telephones_and_cameras_film_becomes_one_kind_of_mp4(
    format: str, codec: str, size: tuple[int, int], sound: str | None
) -> None:
    result = made(a_clip(format, codec, size=size, sound=sound), keeps_sound=True)

    with av.open(io.BytesIO(result.clip)) as opened:
        kinds = [(each.type, each.codec_context.codec.canonical_name) for each in opened.streams]
        film = opened.streams.video[0]
        assert film.codec_context.pix_fmt == "yuv420p"
        assert str(film.codec_context.profile) in {"High", "Main"}
    assert kinds == [("video", "h264")] + ([("audio", "aac")] if sound else [])
    assert result.has_sound is (sound is not None)
    assert 900 <= result.milliseconds <= 1100
    assert result.width % 2 == result.height % 2 == 0
    assert colours(frames(result.clip)[0].to_image(), (0.1, 0.1), (0.9, 0.1)) == ["red", "blue"]


def test_the_index_comes_first_so_that_it_plays_before_all_of_it_is_there() -> None:
    clip = made(a_clip(seconds=3, sound="aac"), keeps_sound=True).clip

    assert clip.index(b"ftyp") < clip.index(b"moov") < clip.index(b"mdat")
    begins = clip.index(b"mdat")
    half = clip[: begins + (len(clip) - begins) // 2]
    with av.open(io.BytesIO(half), "r") as opened:
        assert next(opened.decode(video=0)).width == 320


@pytest.mark.parametrize(
    ("degrees", "size", "places"),
    [
        (90, (180, 320), [(0.1, 0.1), (0.9, 0.9)]),
        (180, (320, 180), [(0.9, 0.1), (0.1, 0.1)]),
        (270, (180, 320), [(0.1, 0.9), (0.9, 0.1)]),
    ],
)
@pytest.mark.parametrize("format", ["mp4", "mov"])
def test_it_stands_upright_however_the_telephone_was_held(
    format: str, degrees: int, size: tuple[int, int], places: list[tuple[float, float]]
) -> None:
    result = made(turned(a_clip(format), degrees))

    first = frames(result.clip)[0]
    assert (result.width, result.height) == (first.width, first.height) == size
    assert first.rotation == 0
    assert colours(first.to_image(), *places) == ["red", "blue"]
    poster = Image.open(io.BytesIO(result.poster))
    assert poster.size == size
    assert colours(poster, *places) == ["red", "blue"]


def test_where_and_when_and_by_what_it_was_filmed_is_gone() -> None:
    said = {
        "location": AARHUS,
        "com.apple.quicktime.location.ISO6709": AARHUS,
        "com.apple.quicktime.model": "iPhone 14",
        "creation_time": "2026-11-20T10:00:00Z",
        "title": "Sofie på badeværelset",
    }
    filmed = a_clip("mov", said=said, options={"movflags": "use_metadata_tags"})
    assert AARHUS.encode() in filmed

    clip = made(filmed).clip

    for trace in (AARHUS, "iPhone", "Sofie", "badev", "location", "Lavf"):
        assert trace.encode() not in clip
    with av.open(io.BytesIO(clip)) as opened:
        assert not {"creation_time", "location", "title", "encoder"} & opened.metadata.keys()


@pytest.mark.parametrize(
    ("size", "kept"),
    [((1920, 1080), (1280, 720)), ((1080, 1920), (720, 1280)), ((160, 90), (160, 90)),
     ((1440, 1440), (720, 720)), ((322, 182), (322, 182))],
)  # fmt: skip
def test_it_fits_a_box_and_is_never_made_larger(
    size: tuple[int, int], kept: tuple[int, int]
) -> None:
    result = made(a_clip(size=size, seconds=0.2))

    assert (result.width, result.height) == kept


def test_there_are_at_most_thirty_pictures_in_a_second() -> None:
    times = [frame.time for frame in frames(made(a_clip(rate=60)).clip)]

    assert 28 <= len(times) <= 31
    assert min(after - before for before, after in pairwise(times)) >= 0.9 / 30


def test_ten_bits_a_colour_become_eight() -> None:
    filmed = a_clip("mp4", "libx265", pixels="yuv420p10le", options={})

    assert frames(made(filmed).clip)[0].format.name == "yuv420p"


def test_sound_is_kept_only_if_it_is_wished() -> None:
    filmed = a_clip(sound="aac")

    assert not made(filmed, keeps_sound=False).has_sound
    assert len(av.open(io.BytesIO(made(filmed, keeps_sound=False).clip)).streams) == 1
    assert made(filmed, keeps_sound=True).has_sound
    assert not made(PLAIN, keeps_sound=True).has_sound


def test_the_poster_is_the_first_picture_that_shows_something() -> None:
    result = made(a_clip(dark=12))

    poster, small = (Image.open(io.BytesIO(each)) for each in (result.poster, result.thumbnail))
    assert (poster.format, poster.size, small.size) == ("JPEG", (320, 180), (320, 180))
    assert colours(poster, (0.1, 0.1), (0.9, 0.1)) == ["red", "blue"]
    assert sum(poster.convert("RGB").getpixel((20, 20))) > 150  # type: ignore[arg-type]
    assert not poster.getexif()


def test_a_clip_that_is_dark_all_along_has_a_dark_poster() -> None:
    assert Image.open(io.BytesIO(made(a_clip(dark=99)).poster)).size == (320, 180)


def test_it_tells_how_far_it_is() -> None:
    told: list[int] = []
    made(a_clip(seconds=2), tell=told.append)

    assert told == sorted(set(told))
    assert len(told) > 20
    assert told[-1] > 80


def test_what_hangs_behind_or_hides_in_a_clip_is_gone() -> None:
    free = (len(HTML) + 8).to_bytes(4, "big") + b"free" + HTML
    assert b"script" not in made(PLAIN + free).clip


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "broken"),
        (HTML, "unknown"),
        (b"#EXTM3U\nfile:///etc/passwd", "unknown"),
        (b"ffconcat version 1.0\nfile /etc/passwd", "unknown"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "unknown"),
        (b"\0\0\0\x18ftypheic" + bytes(100), "unknown"),
        (b"\0\0\0\x18ftypisom" + HTML * 20, "broken"),
        (PLAIN[: len(PLAIN) // 2], "broken"),
        (without_index(PLAIN), "broken"),
        (a_clip("mp4", "", sound="aac"), "still"),
        (a_clip(seconds=0.04), "still"),
        (a_clip("mov", "prores_ks", pixels="yuv422p10le"), "unknown"),
        (a_clip("matroska", "ffv1"), "unknown"),
        (a_clip("mp4", "mjpeg", size=(8000, 4000), seconds=0.08, pixels="yuvj420p"), "large"),
        (said_to_last(WEBM, 4 * 3600), "long"),
        (said_to_last(WEBM, 30), "broken"),
    ],
    ids=["empty", "HTML", "playlist", "list of files", "JPEG", "HEIC", "HTML in MP4", "cut",
         "no index", "sound alone", "one picture", "ProRes", "FFV1", "32 megapixels",
         "says four hours", "says thirty seconds"],
)  # fmt: skip
def test_what_cannot_be_taken_is_refused_with_a_reason(data: bytes, why: str) -> None:
    assert unfit(data) == why


def test_a_clip_whose_file_says_less_than_it_lasts_is_stopped_where_it_is_too_long() -> None:
    long = said_to_last(a_clip("webm", "libvpx", seconds=8, rate=10), 1)
    told: list[int] = []

    with pytest.raises(ClipUnfit, match="long"):
        made(long, seconds=3, tell=told.append)


def test_sound_that_goes_on_long_after_the_pictures_is_too_long() -> None:
    long = said_to_last(a_clip("webm", "libvpx", sound="libopus", sounds=12), 1)

    with pytest.raises(ClipUnfit, match="long"):
        made(long, seconds=3, keeps_sound=True)
    assert not made(long, seconds=3).has_sound


def test_what_sounds_from_the_beginning_is_heard_from_the_beginning() -> None:
    clip = made(a_clip("webm", "libvpx", sound="libopus", seconds=2), keeps_sound=True).clip

    with av.open(io.BytesIO(clip), "r") as opened:
        heard = [each for each in opened.decode(audio=0) if any(bytes(each.planes[0]))]
    assert heard[0].time == 0


def test_a_webm_that_was_cut_is_broken() -> None:
    whole = a_clip("webm", "libvpx-vp9", seconds=4)

    assert unfit(whole[: len(whole) // 3]) == "broken"


def test_whoever_takes_too_much_memory_or_time_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(video, "LIMITS", Limits(seconds=20, addresses=150_000_000))
    assert unfit(PLAIN) == "broken"
    monkeypatch.setattr(video, "LIMITS", Limits(seconds=20))
    monkeypatch.setattr(video, "PATIENCE", 0.01)
    assert unfit(PLAIN) == "broken"


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_whoever_is_ended_from_outside_in_the_middle_says_nothing_of_the_clip(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, how: signal.Signals
) -> None:
    maker = tmp_path / "maker.py"
    says_who = "import json, os, time\nprint(json.dumps({'percent': os.getpid()}), flush=True)\n"
    maker.write_text(f"{says_who}time.sleep(60)", encoding="utf-8")
    monkeypatch.setattr(video, "_MAKER", maker)

    with pytest.raises(ProgramEnded):
        made(PLAIN, tell=lambda maker: os.kill(maker, how))


def test_nothing_is_left_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    made(PLAIN)
    unfit(PLAIN[:900])

    assert list(tmp_path.iterdir()) == []


def test_however_much_moves_a_second_takes_no_more_than_it_may() -> None:
    noise = a_clip(size=(1280, 720), seconds=3, options={})

    assert len(made(noise).clip) * 8 < 3 * BITS


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(at=st.integers(0, len(PLAIN) - 1), value=st.binary(min_size=1, max_size=8))
def test_whatever_is_broken_in_a_clip_it_is_written_anew_or_refused(at: int, value: bytes) -> None:
    try:
        result = made(PLAIN[:at] + value + PLAIN[at + len(value) :])
    except ClipUnfit:
        return
    assert result.clip[4:8] == b"ftyp"
