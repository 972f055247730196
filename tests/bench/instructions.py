"""An instruction of eight photographs: how soon each is there, what it weighs, how steps change."""

import io
import time
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Browser, Page

from tests.bench.chromium import FAST, SLOW, Profile, chromium, new_tablet, slowed_page
from tests.bench.homes import demo_home
from tests.bench.serving import served
from tests.bench.tables import Broken, judged, percentile, show
from tests.browser import hands
from webapp.demo.people import ANNA

STEPS: Final = 8
ROUNDS: Final = 4

DOUBLE_TAP_MS: Final = 700
READY_MS: Final = 1500
CHANGE_MS: Final = 100
WIRE_BYTES: Final = 1_500_000


def run(folder: Path) -> None:
    """Make an instruction on SQLite and follow it; print one table."""
    with demo_home("sqlite", folder) as home, served(home) as server, chromium() as browser:
        address = f"http://127.0.0.1:{server.port}"
        screen, ready = _make(browser, address)
        rows = [
            (
                *("photo of 12 megapixels, sent to shown on its step, ms", FAST.title),
                *(f"{percentile(ready, share):.0f}" for share in (0.5, 0.95)),
                *(f"≤ {READY_MS}", judged(percentile(ready, 0.95), READY_MS)),
            )
        ]
        for profile in (FAST, SLOW):
            changes, weight = _follow(browser, address, screen, profile)
            rows.append(
                (
                    *("from the finger on Færdig to the next step, ms", profile.title),
                    *(f"{percentile(changes, share):.0f}" for share in (0.5, 0.95)),
                    *(f"≤ {CHANGE_MS}", judged(percentile(changes, 0.95), CHANGE_MS)),
                )
            )
        rows.append(
            (
                *(f"{STEPS} pictures on the wire, KB", "", f"{weight / 1000:.0f}", ""),
                *(f"≤ {WIRE_BYTES / 1000:.0f}", judged(weight, WIRE_BYTES)),
            )
        )
    show(
        f"Instructions: {STEPS} photographs, followed {ROUNDS} times",
        ("what", "profile", "p50", "p95", "target", ""),
        rows,
    )


def _make(browser: Browser, address: str) -> tuple[str, list[float]]:
    """Give Sofie's first intervention eight steps with photographs.

    Returns:
        The path of the citizen's screen, and for each photograph ms until its page was there.
    """
    times = []
    with new_tablet(browser, address) as tablet:
        page = tablet.new_page()
        page.goto("/login")
        hands.sign_in(page, ANNA)
        page.locator("a.person", has_text="Sofie").click()
        screen = str(page.locator(".show-citizen").first.get_attribute("href"))
        page.goto(screen.replace("/show", "/edit"))
        page.locator("#steps").fill("\n".join(f"Trin nummer {each}" for each in range(STEPS)))
        page.locator("main form button.btn").first.click()
        page.wait_for_url("**/plan**")
        page.goto(screen.replace("/show", "/instruction"))
        for number in range(STEPS):
            times.append(_give(page, number))
    return screen, times


def _give(page: Page, number: int) -> float:
    step = page.locator(".instruction > li").nth(number)
    step.locator("summary").first.click()
    form = step.locator("form[data-picture-form]")
    file = {"name": "trin.jpg", "mimeType": "image/jpeg", "buffer": _photo()}
    form.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    form.locator("input[value=no]").check()
    begun = time.perf_counter()
    form.get_by_role("button", name="Gem billedet").click()
    step.locator("img").wait_for()
    return (time.perf_counter() - begun) * 1000


def _follow(
    browser: Browser, address: str, screen: str, profile: Profile
) -> tuple[list[float], int]:
    """Press Færdig through all steps; return the ms of each, and what the pictures weighed."""
    times: list[float] = []
    with new_tablet(browser, address) as tablet:
        page = slowed_page(tablet, profile)
        page.goto("/login")
        hands.sign_in(page, ANNA)
        page.locator("a.person", has_text="Sofie").wait_for()
        for _ in range(ROUNDS):
            page.goto(screen)
            page.wait_for_load_state("load")
            ids = page.locator(".citizen-step").evaluate_all("each => each.map(({ id }) => id)")
            for id in ids[1:]:
                times.append(_change(page, id))
        sizes = page.evaluate(
            "performance.getEntriesByType('resource').filter(({ name }) =>"
            " name.includes('/step-pictures/')).map(({ encodedBodySize }) => encodedBodySize)"
        )
    if len(sizes) != STEPS:
        raise Broken(f"{len(sizes)} pictures of {STEPS} were shown")
    return times, sum(sizes)


def _change(page: Page, id: str) -> float:
    """Press Færdig with a finger; return the ms until the next step is on the screen."""
    # Sooner it would be the second tap of wet hands, which passes no step over.
    page.wait_for_timeout(DOUBLE_TAP_MS)
    page.evaluate("(id) => { window.__ms = window.__painted(id, 'now'); }", id)
    page.locator("[data-done]").tap()
    return float(page.evaluate("window.__ms"))


def _photo() -> bytes:
    """Return a photo of twelve megapixels with much in it, another each time."""
    written = io.BytesIO()
    noise = Image.effect_noise((400, 300), 60).resize((4000, 3000))
    Image.merge("RGB", [noise] * 3).save(written, "JPEG", quality=90)
    return written.getvalue()
