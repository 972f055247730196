"""What a file is, found by opening it: whole, harmless, and what it says."""

import io
import zipfile
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from tests.papers import a_docx, a_heic, a_pdf, a_picture, a_turned, written
from webapp.adapters import papers
from webapp.adapters.paper_reader import PARTS, UNPACKED, Unfit, read
from webapp.adapters.papers import PaperKind, PaperUnfit, PaperUnread, look_into, show_picture

HTML = b"<html><script>alert(1)</script></html>"
NOISE = Image.effect_noise((400, 300), 90).convert("RGB")


def unfit(data: bytes) -> str:
    """Return why a file is refused."""
    with pytest.raises(PaperUnfit) as refused:
        look_into(data)
    return str(refused.value)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (a_pdf(), PaperKind.PDF),
        (a_pdf() + b"\r\n\r\n", PaperKind.PDF),
        (a_pdf(password="hemmelig"), PaperKind.PDF),
        (a_docx(), PaperKind.DOCX),
        (a_picture("JPEG"), PaperKind.JPEG),
        (a_picture("JPEG", mode="CMYK"), PaperKind.JPEG),
        (a_picture("PNG"), PaperKind.PNG),
        (a_picture("PNG", mode="RGBA"), PaperKind.PNG),
        (a_picture("PNG", mode="1"), PaperKind.PNG),
        (a_picture("WEBP"), PaperKind.WEBP),
    ],
    ids=lambda value: value if isinstance(value, PaperKind) else "",
)
def test_the_papers_of_a_municipality_are_known_by_what_is_in_them(
    data: bytes, kind: PaperKind
) -> None:
    assert look_into(data).kind is kind


@pytest.mark.parametrize("data", [a_pdf(), a_docx()], ids=["pdf", "docx"])
def test_a_document_is_kept_to_the_byte(data: bytes) -> None:
    assert look_into(data).data == data


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "unknown"),
        (HTML, "unknown"),
        (b"\n" + a_pdf(), "unknown"),
        (HTML + a_pdf(), "unknown"),
        (b"MZ\x90\0", "unknown"),
        (b"{\\rtf1 Hej}", "unknown"),
        (a_picture("GIF"), "unknown"),
        (a_picture("TIFF"), "unknown"),
        (b"%PDF-1.7\n" + HTML, "broken"),
        (b"%PDF-1.7\n" + HTML + b"\n%%EOF", "broken"),
        (b"%PDF-1.7\nstartxref\n0\n%%EOF", "broken"),
        (a_pdf()[: len(a_pdf()) // 2], "broken"),
        (a_pdf() + HTML, "broken"),
        (a_pdf() + a_docx(), "broken"),
        (a_picture("PNG")[:60], "broken"),
        (a_picture("JPEG")[:-200], "broken"),
        (b"\xff\xd8\xff" + HTML, "broken"),
        (b"RIFF\0\0\0\0WEBP" + HTML, "broken"),
        (a_docx()[:-30], "broken"),
        (a_docx(tail=HTML), "broken"),
        (HTML + a_docx(), "unknown"),
        (b"PK\x03\x04" + HTML, "broken"),
        (a_docx({"word/vbaProject.bin": b"Sub AutoOpen()"}), "macros"),
        (a_docx({"word/VBAPROJECT.BIN": b"Sub AutoOpen()"}), "macros"),
        (a_docx(types="application/vnd.ms-word.document.macroEnabled.main+xml"), "macros"),
        (a_docx(types="application/vnd.oasis.opendocument.text"), "unknown"),
    ],
    # Bytes make no name that every process of a test run agrees on.
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_everything_else_is_refused_with_a_reason(data: bytes, why: str) -> None:
    assert unfit(data) == why


def test_any_other_archive_is_no_text_document() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("META-INF/MANIFEST.MF", "Main-Class: Virus")

    assert unfit(written.getvalue()) == "unknown"


def test_a_text_document_that_unpacks_to_more_than_anyone_writes_is_refused() -> None:
    bomb = a_docx({"word/media/image1.png": bytes(UNPACKED)})

    assert len(bomb) < 1024 * 1024
    assert unfit(bomb) == "broken"


def test_a_text_document_of_thousands_of_parts_is_refused() -> None:
    assert unfit(a_docx({f"word/{number}.xml": b"" for number in range(PARTS)})) == "broken"


def test_a_text_document_that_lies_about_its_size_is_refused() -> None:
    honest = a_docx({"word/big.xml": bytes(5_000_000)})
    lying = honest.replace((5_000_000).to_bytes(4, "little"), (500).to_bytes(4, "little"))

    assert lying != honest
    assert unfit(lying) == "broken"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_text_document_with_two_parts_of_one_name_is_refused() -> None:
    assert unfit(a_docx({"WORD/document.xml": b"<w:document/>"})) == "broken"


def test_a_text_document_behind_a_password_is_refused() -> None:
    locked = bytearray(a_docx())
    for place in (locked.index(b"PK\x03\x04") + 6, locked.index(b"PK\x01\x02") + 8):
        locked[place] |= 1

    assert unfit(bytes(locked)) == "broken"


def test_a_small_file_with_a_huge_picture_in_it_is_refused() -> None:
    huge = a_picture("PNG", (9000, 6000), mode="1")

    assert len(huge) < 20_000
    assert unfit(huge) == "broken"


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_kept_without_place_comment_and_profile(format: str) -> None:
    place = Image.Exif()
    place[ExifTags.Base.ImageDescription] = "Sofies seng"
    place.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    text = PngInfo()
    text.add_text("Comment", "<script>alert(1)</script>")
    more: dict[str, Any] = {"comment": b"<script>alert(1)</script>"} if format == "JPEG" else {}
    more |= {"pnginfo": text} if format == "PNG" else {}
    sent = a_picture(format, exif=place, icc_profile=b"profil" * 30, **more)
    assert b"Sofies seng" in sent

    kept = look_into(sent).data

    for secret in (b"Sofies seng", b"<script>", b"profil", b"GPS", b"Exif"):
        assert secret not in kept
    with Image.open(io.BytesIO(kept)) as picture:
        assert not picture.getexif()
        assert picture.size == (60, 40)


def test_what_hangs_behind_a_picture_is_gone() -> None:
    for format in ("JPEG", "PNG", "WEBP"):
        assert HTML not in look_into(a_picture(format) + HTML).data


def test_a_picture_taken_sideways_is_kept_upright() -> None:
    sideways = Image.Exif()
    sideways[ExifTags.Base.Orientation] = 6

    kept = look_into(a_picture("JPEG", exif=sideways)).data

    with Image.open(io.BytesIO(kept)) as picture:
        assert picture.size == (40, 60)


def test_a_transparent_picture_stays_so() -> None:
    with Image.open(io.BytesIO(look_into(a_picture("PNG", mode="RGBA")).data)) as picture:
        assert picture.mode == "RGBA"


def test_the_same_picture_is_kept_as_the_same_bytes() -> None:
    assert look_into(a_picture()).data == look_into(a_picture()).data


@given(st.binary(max_size=300), st.sampled_from([b"", b"%PDF-1.4", b"PK\x03\x04", b"\xff\xd8\xff"]))
@example(b"\x00" * 8, b"RIFF")
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_bytes_at_all_make_the_reader_stumble(noise: bytes, start: bytes) -> None:
    with pytest.raises(Unfit, match=r"unknown|broken"):
        read(start + noise)


def test_a_reader_that_breaks_down_means_a_broken_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for program in ("import os; os.abort()", "", "raise MemoryError"):
        _be_read_by(program, monkeypatch, tmp_path)

        assert unfit(a_pdf()) == "broken"


@pytest.mark.parametrize(
    "program", ["import os; os.kill(os.getpid(), 15)", "import time; time.sleep(60)"]
)
def test_a_reader_that_is_ended_from_outside_says_nothing_of_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, program: str
) -> None:
    _be_read_by(program, monkeypatch, tmp_path)
    monkeypatch.setattr(papers, "PATIENCE", 2)

    with pytest.raises(PaperUnread):
        look_into(a_pdf())


def _be_read_by(program: str, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    reader = folder / "reader.py"
    reader.write_text(program, encoding="utf-8")
    monkeypatch.setattr(papers, "_READER", reader)


def test_only_so_many_are_looked_into_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(papers, "PATIENCE", 0.01)
    busy = BoundedSemaphore(1)
    busy.acquire()
    monkeypatch.setattr(papers, "_turns", busy)

    with pytest.raises(PaperUnread):
        look_into(a_pdf())


# To be shown


@pytest.mark.parametrize(
    "data",
    [
        a_picture(size=(2400, 1800)),
        a_picture("MPO", (2400, 1800)),
        a_picture("WEBP", (2400, 1800)),
        a_picture("PNG", (2400, 1800), "RGBA"),
        a_picture("PNG", (2400, 1800), "P", transparency=0),
        a_picture("JPEG", (2400, 1800), "CMYK"),
        a_picture("JPEG", (2400, 1800), "L"),
        a_picture("PNG", (2400, 1800), "I;16"),
        a_picture("GIF", (2400, 1800)),
        a_picture("AVIF", (2400, 1800)),
        a_heic(Image.new("RGB", (2400, 1800), "orange")),
    ],
    ids=[
        *("jpeg", "several in one", "webp", "png", "palette", "cmyk", "grey"),
        *("16 bits", "gif", "avif", "heic"),
    ],
)
def test_every_kind_of_picture_is_shown_in_three_sizes(data: bytes) -> None:
    shown = show_picture(data)

    sizes = [Image.open(io.BytesIO(each)) for each in (shown.large, shown.medium, shown.small)]
    assert [each.size for each in sizes] == [(1600, 1200), (800, 600), (320, 240)]
    assert {each.format for each in sizes} == {"WEBP"}
    assert (shown.width, shown.height) == (1600, 1200)


def test_a_small_picture_is_not_made_larger_and_stands_upright() -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6

    shown = show_picture(a_picture(size=(60, 40), exif=exif))

    assert (shown.width, shown.height) == (40, 60)


@pytest.mark.parametrize("format", ["JPEG", "WEBP", "AVIF", "HEIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_stands_upright_however_it_was_held(format: str, orientation: int) -> None:
    shown = Image.open(io.BytesIO(show_picture(a_turned(format, orientation)).large))

    assert shown.size == (80, 40)
    assert isinstance(corner := shown.getpixel((8, 8)), tuple)
    assert corner[0] > 200
    assert corner[1] < 80
    assert not shown.getexif()


def test_colours_of_another_profile_are_shown_as_every_screen_knows_them() -> None:
    usual = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # One in which red means blue, and blue red.
    swapped = usual.replace(b"rXYZ", b"????").replace(b"bXYZ", b"rXYZ").replace(b"????", b"bXYZ")

    red = Image.new("RGB", (8, 8), "red")
    shown = Image.open(io.BytesIO(show_picture(written(red, "PNG", icc_profile=swapped)).large))

    assert isinstance(pixel := shown.getpixel((4, 4)), tuple)
    assert pixel[2] > 200 > 80 > pixel[0]
    assert "icc_profile" not in shown.info


def test_greys_of_sixteen_bits_stay_as_dark_as_they_are() -> None:
    grey = written(Image.new("I;16", (8, 8), 20_000), "PNG")

    shown = Image.open(io.BytesIO(show_picture(grey).large)).convert("L")

    assert abs(int(str(shown.getpixel((4, 4)))) - 20_000 // 256) <= 2


def test_a_profile_that_cannot_be_read_changes_nothing() -> None:
    broken = show_picture(a_picture("PNG", icc_profile=b"no profile"))

    assert broken == show_picture(a_picture("PNG"))


def test_of_a_gif_of_ten_thousand_pictures_the_first_is_shown() -> None:
    moving = io.BytesIO()
    frames = (Image.new("P", (8, 8), number % 200) for number in range(1, 10_000))
    Image.new("P", (8, 8), 0).save(moving, "GIF", save_all=True, append_images=frames)

    assert (show_picture(moving.getvalue()).width, show_picture(moving.getvalue()).height) == (8, 8)


@pytest.mark.parametrize("format", ["GIF", "AVIF", "HEIF"])
def test_a_picture_that_is_cut_is_refused(format: str) -> None:
    whole = a_heic(NOISE) if format == "HEIF" else written(NOISE, format)

    with pytest.raises(PaperUnfit):
        show_picture(whole[: len(whole) // 3])


@pytest.mark.parametrize("data", [a_pdf(), a_docx(), HTML, b""], ids=["pdf", "docx", "html", ""])
def test_what_is_no_picture_is_not_shown(data: bytes) -> None:
    with pytest.raises(PaperUnfit):
        show_picture(data)
