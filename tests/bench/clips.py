"""A minute of film in 1080p: how soon it is ready, what that takes, and the pages meanwhile."""

import time
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import av
from PIL import Image
from playwright.sync_api import Page

from tests.bench.chromium import chromium, new_tablet
from tests.bench.homes import demo_home
from tests.bench.serving import served
from tests.bench.tables import Broken, judged, percentile, show
from tests.browser import hands
from webapp.demo.people import ANNA

SECONDS: Final = 60
RATE: Final = 30
SIZE: Final = (1920, 1080)

READY_S: Final = 60
MEMORY_MB: Final = 600
PAGE_MS: Final = 50
PATIENCE: Final = 300


def run(folder: Path) -> None:
    """Send one clip on SQLite and ask for pages until it is ready; print one table."""
    film = folder / "trin.mp4"
    _write(film)
    with demo_home("sqlite", folder) as home, served(home) as server, chromium() as browser:
        address = f"http://127.0.0.1:{server.port}"
        with new_tablet(browser, address) as tablet:
            page = tablet.new_page()
            page.goto("/login")
            hands.sign_in(page, ANNA)
            page.locator("a.person", has_text="Sofie").click()
            page.locator(".show-citizen").first.wait_for()
            day = page.url
            before = [_ask(page, day) for _ in range(30)]
            ready, most, pages = _send(page, film, day, server.pid)
    size = film.stat().st_size / 1_000_000
    show(
        f"A clip of {SECONDS} s, {SIZE[0]} by {SIZE[1]}, {size:.0f} MB",
        ("what", "p50", "p95", "target", ""),
        [
            ("from sent to ready, s", f"{ready:.0f}", "", f"≤ {READY_S}", judged(ready, READY_S)),
            (
                *("most memory of whoever makes it, MB", f"{most:.0f}", ""),
                *(f"≤ {MEMORY_MB}", judged(most, MEMORY_MB)),
            ),
            ("the citizen's day before, ms", *_shares(before), "", ""),
            (
                *("the citizen's day meanwhile, ms", *_shares(pages)),
                *(f"≤ {PAGE_MS}", judged(percentile(pages, 0.95), PAGE_MS)),
            ),
        ],
    )


def _shares(times: list[float]) -> tuple[str, str]:
    return f"{percentile(times, 0.5):.0f}", f"{percentile(times, 0.95):.0f}"


def _send(page: Page, film: Path, day: str, server: int) -> tuple[float, float, list[float]]:
    """Send a clip; return seconds until it is ready, MB at the most, and ms of pages meanwhile."""
    screen = str(page.locator(".show-citizen").first.get_attribute("href"))
    page.goto(screen.replace("/show", "/instruction"))
    step = page.locator(".instruction > li").first
    step.locator("summary").last.click()
    form = step.locator("form[action$='/clip']")
    form.locator("input[type=file]").set_input_files(film)
    form.locator("input[name=shows_citizen][value=no]").check()
    form.get_by_role("button", name="Gem klippet").click()
    tile = page.locator(".clip-tile").first
    tile.wait_for()
    begun, most, pages = time.perf_counter(), 0.0, []
    while time.perf_counter() < begun + PATIENCE:
        pages.append(_ask(page, day))
        most = max(most, _memory_of_children(server))
        page.wait_for_timeout(100)
        if page.locator("figure.clip-tile").count():
            return time.perf_counter() - begun, most, pages
    raise Broken("The clip was not ready")


def _ask(page: Page, address: str) -> float:
    begun = time.perf_counter()
    if not page.request.get(address).ok:
        raise Broken("A page was not answered")
    return (time.perf_counter() - begun) * 1000


def _memory_of_children(process: int) -> float:
    """Return the most MB that any process has held which another one started; 0 without one."""
    most = 0.0
    for each in Path(f"/proc/{process}/task").glob("*/children"):
        for child in each.read_text("utf-8").split():
            status = Path(f"/proc/{child}/status")
            if status.exists() and "VmHWM:" in (said := status.read_text("utf-8")):
                most = max(most, int(said.partition("VmHWM:")[2].split()[0]) / 1024)
    return most


def _write(file: Path) -> None:
    """Write a clip with much in it that moves, as large as a telephone's."""
    wide = tuple(side + 400 for side in SIZE)
    scene = Image.effect_noise((wide[0] // 4, wide[1] // 4), 80).resize(wide).convert("RGB")
    with av.open(str(file), "w", format="mp4") as out:
        film: Any = out.add_stream("libx264", rate=RATE)
        film.width, film.height = SIZE
        film.pix_fmt, film.bit_rate = "yuv420p", 12_000_000
        film.options = {"preset": "ultrafast"}
        for number in range(SECONDS * RATE):
            at = number * 3 % 400
            picture = scene.crop((at, at // 2, at + SIZE[0], at // 2 + SIZE[1]))
            frame: Any = av.VideoFrame.from_image(picture)  # type: ignore[no-untyped-call]
            frame.pts, frame.time_base = number, Fraction(1, RATE)
            out.mux(film.encode(frame.reformat(format="yuv420p")))
        out.mux(film.encode(None))
