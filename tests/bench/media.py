"""A sealed picture of 10 MB to the real server, in parts of 1 MB, and what opening it costs."""

import base64
import hashlib
import io
import json
import time
from http import HTTPStatus
from itertools import pairwise
from pathlib import Path
from uuid import UUID, uuid4

from PIL import Image

from tests import databases
from tests.bench.homes import demo_home
from tests.bench.serving import served
from tests.bench.sync import JSON, ask_for_grant
from tests.bench.tables import Broken, percentile, show
from tests.bench.tablets import HttpLine, Tablet
from tests.sync.tablet import Pen, SealedFile, batch, seal_file
from webapp.adapters import clock
from webapp.demo.people import ANNA

SIZE, PART, RUNS = 10_000_000, 1_000_000, 10
TUS = {"Tus-Resumable": "1.0.0"}


def run(folder: Path) -> None:
    """Upload on both databases; print one table."""
    rows = []
    for name in databases.NAMES:
        with demo_home(name, folder) as home, served(home) as server, HttpLine(server.port) as line:
            tablet = Tablet(line).sign_in(ANNA.email)
            [sofie] = [path for path, name in tablet.citizens_on().items() if name == "Sofie"]
            sign = UUID(next(iter(tablet.signs_on(sofie))).split("/")[2])
            pen = ask_for_grant(tablet)
            parts: list[float] = []
            opened: list[float] = []
            for _ in range(RUNS):
                file = seal_file(_picture())
                _name(line, pen, sign, file)
                times = _send(line, file)
                parts.append(sum(times[:-1]))
                opened.append(times[-1])
            rows.append(
                (
                    home.title,
                    *(f"{percentile(parts, share):.0f}" for share in (0.5, 0.95)),
                    *(f"{percentile(opened, share):.0f}" for share in (0.5, 0.95)),
                )
            )
    show(
        f"Media: {RUNS} pictures of {SIZE / 1e6:.0f} MB in parts of {PART / 1e6:.0f} MB, each with "
        "its checksum, over one connection; ms of all parts but the last few bytes, and of those "
        "with opening, decoding and writing anew",
        ("database", "parts p50", "parts p95", "opened p50", "opened p95"),
        rows,
    )


def _picture() -> bytes:
    """Return a photo of twelve megapixels whose file has the size asked for, another each time."""
    written = io.BytesIO()
    noise = Image.effect_noise((400, 300), 60).resize((4000, 3000))
    Image.merge("RGB", [noise] * 3).save(written, "JPEG", quality=95)
    # What follows a picture is not read, and thrown away when it is written anew.
    return written.getvalue() + bytes(SIZE - len(written.getvalue()))


def _name(line: HttpLine, pen: Pen, sign: UUID, file: SealedFile) -> None:
    entry = pen.tap(sign, id=uuid4(), at=clock.now(), files=[file])
    told = json.dumps(batch(entry, pens=[pen])).encode()
    if '"status":"stored"' not in line.ask("POST", "/sync/batch", told, JSON).text:
        raise Broken("The entry of a picture was not stored")


def _send(line: HttpLine, file: SealedFile) -> list[float]:
    """Send a file; return the ms of each part. What is opened with is a part of its own."""
    named = base64.b64encode(file.sha256.encode()).decode()
    told = {"Upload-Length": str(len(file.data)), "Upload-Metadata": f"sha256 {named}"}
    line.ask("POST", "/sync/media", b"", TUS | told)
    times = []
    cuts = [*range(0, SIZE, PART), SIZE, len(file.data)]
    for start, end in pairwise(cuts):
        part = file.data[start:end]
        checksum = base64.b64encode(hashlib.sha1(part, usedforsecurity=False).digest()).decode()
        headers = TUS | {
            "Content-Type": "application/offset+octet-stream",
            "Upload-Offset": str(start),
            "Upload-Checksum": f"sha1 {checksum}",
        }
        begun = time.perf_counter()
        answer = line.ask("PATCH", f"/sync/media/{file.sha256}", part, headers)
        times.append((time.perf_counter() - begun) * 1000)
        if answer.status != HTTPStatus.NO_CONTENT:
            raise Broken(f"A part was answered {answer.status} {answer.text}")
    return times
