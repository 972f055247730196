"""Opens one file that somebody sent, in a process of its own, and says what it is.

The bytes come in on standard input. A line of JSON goes out: `{"kind": …}` or `{"unfit": …}`; after
a picture's line its pixels follow, written anew. With the word `show` only pictures are taken, and
`{"width": …, "height": …, "sizes": […]}` goes out before three WebPs, to look at closely, on a
screen and in a list. Run by path and with limits, so that nothing of the app is loaded: what breaks
here, by memory or time, breaks nothing else.
"""

import io
import json
import sys
import warnings
import zipfile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL import Image

PIXELS: Final = 50_000_000

UNPACKED: Final = 200 * 1024 * 1024
"""Bytes a text document may hold when it is unpacked."""

PARTS: Final = 2000
"""Files a text document may be made of."""

SHOWN: Final = ((1600, 80), (800, 75), (320, 75))
"""Pixels of the longer side of a picture to look at closely, on a screen and in a list; and how
well each is kept, of 100. The second is what an instruction weighs: eight of them are ≤ 1.5 MB."""

_PICTURES: Final = {"JPEG": "jpeg", "PNG": "png", "WEBP": "webp"}
_OPENED: Final = (*_PICTURES, "GIF", "AVIF", "HEIF")
"""What is shown may be of more kinds: telephones write HEIF. A GIF is its first picture."""
_MAIN_PART: Final = b"wordprocessingml.document.main+xml"
_END_OF_ZIP: Final = b"PK\x05\x06"


class Unfit(Exception):
    """The file cannot be taken. The message is the reason: unknown, broken or macros."""


def read(data: bytes) -> tuple[str, bytes]:
    """Return the kind of a file and the bytes to keep.

    Raises:
        Unfit: It is of no kind we take, or not whole, or carries programs.
    """
    if data.startswith(b"%PDF-"):
        return _pdf(data)
    if data.startswith(b"PK\x03\x04"):
        return _docx(data)
    if data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or _is_webp(data):
        return _picture(data)
    raise Unfit("unknown")


def _is_webp(data: bytes) -> bool:
    return data.startswith(b"RIFF") and data[8:12] == b"WEBP"


def _pdf(data: bytes) -> tuple[str, bytes]:
    """Check that a PDF has an end, a table of its objects and pages. Its bytes stay as they are."""
    from pypdf import PdfReader

    # Some programs leave a few empty lines after the end; anything else there is another file.
    if not data.rstrip(b"\0\r\n\t ").endswith(b"%%EOF"):
        raise Unfit("broken")
    try:
        reader = PdfReader(io.BytesIO(data))
        # Behind a password only the table of the objects can be read, and it has been.
        is_whole = reader.is_encrypted or len(reader.pages) > 0
        if "/Root" not in reader.trailer or not is_whole:
            raise Unfit("broken")
    except Unfit:
        raise
    except Exception:
        # Whatever a parser stumbles over in a broken file: the file is broken.
        raise Unfit("broken") from None
    return "pdf", data


def _docx(data: bytes) -> tuple[str, bytes]:
    """Check that a text document is one, whole, without programs, and no larger than it says."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            names = [part.filename.lower() for part in parts]
            if "[content_types].xml" not in names or "word/document.xml" not in names:
                raise Unfit("unknown")
            # Nothing may follow the archive, or the file would be two files in one.
            if archive.comment or data.rfind(_END_OF_ZIP) != len(data) - 22:
                raise Unfit("broken")
            if any(name.rpartition("/")[2] in ("vbaproject.bin", "vbadata.xml") for name in names):
                raise Unfit("macros")
            if (
                len(parts) > PARTS
                or len(set(names)) < len(names)
                or any(part.flag_bits & 1 for part in parts)
                or sum(part.file_size for part in parts) > UNPACKED
            ):
                raise Unfit("broken")
            types = archive.read(parts[names.index("[content_types].xml")]).lower()
            if b"macroenabled" in types or b"vbaproject" in types:
                raise Unfit("macros")
            if _MAIN_PART not in types:
                raise Unfit("unknown")
            for part in parts:
                with archive.open(part) as opened:
                    # Read to the end, where its checksum is compared; no more than it says comes.
                    while opened.read(1024 * 1024):
                        pass
    except Unfit:
        raise
    except Exception:
        raise Unfit("broken") from None
    return "docx", data


def _picture(data: bytes) -> tuple[str, bytes]:
    """Return a picture's pixels written anew, upright: place, time and comments are gone."""
    from PIL import Image, ImageOps

    _expect_bombs()
    try:
        with Image.open(io.BytesIO(data), formats=list(_PICTURES)) as checked:
            checked.verify()
        with Image.open(io.BytesIO(data), formats=list(_PICTURES)) as opened:
            format = str(opened.format)
            ImageOps.exif_transpose(opened, in_place=True)
            has_holes = opened.mode in ("RGBA", "LA", "PA") or "transparency" in opened.info
            plain = "1" if opened.mode == "1" else "L" if opened.mode == "L" else "RGB"
            fresh = opened.convert("RGBA" if has_holes and format != "JPEG" else plain)
        # All that a picture says beside its pixels is kept here, and some of it would be written.
        fresh.info.clear()
        written = io.BytesIO()
        fresh.save(written, format, **({} if format == "PNG" else {"quality": 90}))
    except Exception:
        raise Unfit("broken") from None
    return _PICTURES[format], written.getvalue()


def show(data: bytes) -> tuple[tuple[int, int], list[bytes]]:
    """Return the width and height of the largest picture, and all that are shown, see `SHOWN`.

    They are WebP, upright and nothing but pixels.

    Raises:
        Unfit: It is no picture of a kind we take, or not whole.
    """
    import pi_heif
    from PIL import Image, ImageOps

    pi_heif.register_heif_opener(thumbnails=False)
    _expect_bombs()
    largest, _ = SHOWN[0]
    try:
        with Image.open(io.BytesIO(data), formats=_OPENED) as opened:
            # Before the pixels are read, so that a large JPEG is never opened in full.
            opened.draft("RGB", (largest, largest))
            # Of a palette no pixels in between could be made.
            whole = opened.convert("RGBA") if opened.mode == "P" else opened
            if opened.mode.startswith("I"):
                # Of 16 bits; converted as it is, all that is not very dark would be white.
                whole = opened.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
            whole.thumbnail((largest, largest))
            ImageOps.exif_transpose(whole, in_place=True)
            pixels = _in_srgb(whole).convert("RGBA")
        # On paper, where the picture has holes; and without all that it says beside its pixels.
        fresh = Image.new("RGB", pixels.size, "white")
        fresh.paste(pixels, mask=pixels)
        size, written = fresh.size, []
        for longer, quality in SHOWN:
            fresh.thumbnail((longer, longer))
            written.append(_as_webp(fresh, quality))
        return size, written
    except Exception:
        raise Unfit("broken") from None


def _in_srgb(picture: "Image.Image") -> "Image.Image":
    """Return a picture in the colours every screen knows; telephones write wider ones."""
    from PIL import ImageCms

    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("RGB", "CMYK"):
        return picture
    try:
        said = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        known = ImageCms.createProfile("sRGB")
        changed = ImageCms.profileToProfile(picture, said, known, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        # What says nothing that can be read is shown as it is.
        return picture
    return changed or picture


def _as_webp(picture: "Image.Image", quality: int) -> bytes:
    written = io.BytesIO()
    picture.save(written, "WEBP", quality=quality)
    return written.getvalue()


def _expect_bombs() -> None:
    """Refuse pictures that are small as a file and huge when they are opened."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)


def main() -> None:
    """Read one file from standard input and answer on standard output."""
    answer: dict[str, object]
    kept = b""
    try:
        data = sys.stdin.buffer.read()
        if sys.argv[1:] == ["show"]:
            (width, height), pictures = show(data)
            answer = {"width": width, "height": height, "sizes": [len(each) for each in pictures]}
            kept = b"".join(pictures)
        else:
            kind, kept = read(data)
            answer = {"kind": kind}
    except Unfit as unfit:
        answer = {"unfit": str(unfit)}
    except MemoryError:
        answer = {"unfit": "broken"}
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + kept)


if __name__ == "__main__":
    main()
