"""Files as the municipality sends them, and files as nobody should take them."""

import io
import zipfile
from typing import Any

import pillow_heif
from PIL import Image
from pypdf import PdfWriter

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def a_pdf(*, password: str = "") -> bytes:
    """Return a PDF of one empty page."""
    writer, written = PdfWriter(), io.BytesIO()
    writer.add_blank_page(595, 842)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    writer.write(written)
    return written.getvalue()


def a_picture(
    format: str = "JPEG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **more: Any
) -> bytes:
    """Return a picture; what else is given goes beside its pixels."""
    written = io.BytesIO()
    Image.new(mode, size, "orange" if mode == "RGB" else 0).save(written, format, **more)
    return written.getvalue()


def written(picture: Image.Image, format: str, **more: Any) -> bytes:
    """Return a picture as a file of a format; what else is given goes beside its pixels."""
    file = io.BytesIO()
    picture.save(file, format, **more)
    return file.getvalue()


def a_heic(picture: Image.Image, orientation: int = 1) -> bytes:
    """Return a picture as telephones write it: its turn stands in the container, not beside it."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    heif = pillow_heif.from_pillow(picture)
    file = io.BytesIO()
    heif.save(file, quality=90, exif=exif.tobytes())
    return file.getvalue()


_STORED_AS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def a_turned(format: str, orientation: int) -> bytes:
    """Return a picture of 80 × 40, red at the top left when it is shown as its orientation says.

    Beside its pixels it says that it was taken in Aarhus.
    """
    upright = Image.new("RGB", (80, 40), "white")
    upright.paste("red", (0, 0, 20, 20))
    turned = upright.transpose(_STORED_AS[orientation]) if orientation > 1 else upright
    if format == "HEIF":
        return a_heic(turned, orientation)
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif.get_ifd(0x8825).update({1: "N", 2: (56.0, 9.0, 26.0)})
    return written(turned, format, exif=exif, quality=95)


def a_docx(parts: dict[str, bytes] | None = None, *, types: str = WORD, tail: bytes = b"") -> bytes:
    """Return a text document, further parts in it and bytes after it."""
    content = f'<Types><Override PartName="/word/document.xml" ContentType="{types}"/></Types>'
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        text = b"<w:document><w:t>Handleplan</w:t></w:document>"
        all_parts = {"[Content_Types].xml": content.encode(), "word/document.xml": text}
        for name, data in (all_parts | (parts or {})).items():
            # Without a time of day, so that it is the same document every time.
            part = zipfile.ZipInfo(name)
            part.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(part, data)
    return written.getvalue() + tail
