"""Files as the municipality sends them, and files as nobody should take them."""

import io
import zipfile
from typing import Any

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
