"""Photographs as a tablet's camera writes them, and what is still in them afterwards."""

import io

from PIL import Image


def photo(width: int = 2400, height: int = 1800) -> bytes:
    """Return a JPEG that was held upright: lying on its side, the top at the left, taken in Aarhus.

    Shown upright, its upper half is red and its lower half is blue.
    """
    image = Image.new("RGB", (width, height), (20, 60, 200))
    # Turned a quarter to the right by its orientation, the left half comes up.
    image.paste((200, 40, 30), (0, 0, width // 2, height))
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Kamera i Aarhus"
    exif.get_ifd(0x8825).update({1: "N", 2: (56.0, 9.0, 26.0), 3: "E", 4: (10.0, 12.0, 14.0)})
    written = io.BytesIO()
    image.save(written, "JPEG", exif=exif, quality=90)
    return written.getvalue()


def opened(file: bytes) -> Image.Image:
    """Return a picture as it lies in a file, turned by nobody."""
    return Image.open(io.BytesIO(file))
