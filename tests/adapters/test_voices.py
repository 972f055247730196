"""Recordings written anew: what is heard, and nothing else; or refused and why."""

import io
import struct
import wave

import av
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.clips import AARHUS, a_clip
from tests.papers import a_picture
from webapp.adapters.voices import VoiceUnfit, make_voice

SPOKEN = a_clip("webm", "", sound="libopus", seconds=2)

pytestmark = pytest.mark.one_database


def a_wave(seconds: float, *, hertz: int = 16_000) -> bytes:
    """Return a tone as a recorder of the simplest kind keeps it."""
    written = io.BytesIO()
    with wave.open(written, "wb") as out:
        out.setparams((1, 2, hertz, 0, "NONE", ""))
        samples = ((each % 40 - 20) * 500 for each in range(round(seconds * hertz)))
        out.writeframes(b"".join(struct.pack("<h", each) for each in samples))
    return written.getvalue()


def unfit(data: bytes, *, seconds: int = 60) -> str:
    """Return why a recording is refused."""
    with pytest.raises(VoiceUnfit) as refused:
        make_voice(data, seconds=seconds)
    return str(refused.value)


@pytest.mark.parametrize(
    "recording",
    [
        SPOKEN,
        a_clip("mp4", "", sound="aac", seconds=2),
        a_clip("ogg", "", sound="libopus", seconds=2),
        a_clip("mp3", "", sound="libmp3lame", seconds=2),
        a_wave(2),
        a_clip("mp4", sound="aac", seconds=2),
    ],
    ids=["WebM", "M4A", "Ogg", "MP3", "WAV", "a film's sound"],
)
def test_what_browsers_and_recorders_write_becomes_one_channel_of_aac(recording: bytes) -> None:
    made = make_voice(recording, seconds=60)

    with av.open(io.BytesIO(made.sound), "r") as opened:
        assert len(opened.streams) == 1
        context = opened.streams.audio[0].codec_context
        assert (context.name, context.layout.name) == ("aac", "mono")
        # What a player goes by is not how many samples there are, but when each is to be heard.
        assert opened.duration is not None
        assert abs(opened.duration / av.time_base - 2) < 0.2
        heard = sum(frame.samples for frame in opened.decode(audio=0)) / 48_000
    assert abs(heard - 2) < 0.2
    assert abs(made.milliseconds - 2000) < 200
    assert len(made.sound) < 40_000


def test_what_a_recording_says_of_itself_is_gone() -> None:
    said = {"title": "Sofies bad", "location": AARHUS, "comment": "Anna Holm"}
    recording = a_clip("mp4", "", sound="aac", said=said, options={"movflags": "use_metadata_tags"})
    assert b"Sofies bad" in recording

    made = make_voice(recording, seconds=60)

    for words in (*said.values(), "56.16"):
        assert words.encode() not in made.sound


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "broken"),
        (b"<html>Goddag</html>", "unknown"),
        (a_picture(), "unknown"),
        (a_clip(), "silent"),
        (a_wave(0.1), "silent"),
        (SPOKEN[:60], "broken"),
        (b"OggS" + b"\0" * 400, "broken"),
        (b"RIFF\xff\xff\xff\xffWAVEfmt ", "broken"),
    ],
    ids=["empty", "a page", "a picture", "no sound", "a click", "cut", "only a name", "a lie"],
)
def test_what_cannot_be_heard_is_refused(data: bytes, why: str) -> None:
    assert unfit(data) == why


def test_a_recording_that_is_too_long_is_refused_however_long_it_says_it_is() -> None:
    assert unfit(a_wave(4), seconds=2) == "long"
    lying = bytearray(a_wave(4))
    # Its beginning says that almost nothing follows.
    lying[40:44] = struct.pack("<I", 0xFFFFFFFF)
    assert unfit(bytes(lying), seconds=2) == "long"


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data())
def test_broken_bytes_break_nothing_but_themselves(data: st.DataObject) -> None:
    broken = bytearray(SPOKEN)
    for _ in range(data.draw(st.integers(1, 20))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    try:
        made = make_voice(bytes(broken), seconds=60)
    except VoiceUnfit:
        return
    assert made.sound
