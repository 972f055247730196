"""Photographs as a camera writes them, taken for a note, and what is in them afterwards."""

import io

from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page

from webapp.models import Sign


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


def field(page: Page, sign: Sign) -> Locator:
    """Open the note of the tap and return its form."""
    fold = page.locator(f"#after-{sign.id}-note")
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()
    return fold.locator("form")


def picture(name: str = "foto.jpg", content: bytes | None = None) -> FilePayload:
    """Return a file as a camera gives it."""
    return {"name": name, "mimeType": "image/jpeg", "buffer": content or photo()}


def take(form: Locator, *files: FilePayload) -> None:
    """Tap Billede and take pictures."""
    with form.page.expect_file_chooser() as chooser:
        form.locator(".picture-field label.btn").click()
    chooser.value.set_files(list(files))


def thumbs(form: Locator) -> Locator:
    """Return the small pictures on a form."""
    return form.locator("[data-picture-list] img")


def answer(form: Locator, *, shows_citizen: bool) -> None:
    """Answer whether one can see who the citizen is."""
    words = "Ja" if shows_citizen else "Nej, kun hænder og ting"
    form.get_by_label(words, exact=True).check()


def save(form: Locator) -> None:
    """Save the note. Where somebody asks, its pictures show hands and things."""
    if form.locator("[data-shows]").is_visible():
        answer(form, shows_citizen=False)
    form.get_by_role("button", name="Gem note").click()
