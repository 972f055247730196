"""What a finger meets: from the tap to the tick on the screen, and how soon a page is there."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.bench.chromium import (
    FAST,
    SLOW,
    TABLET,
    Profile,
    chromium,
    largest_paint,
    longest_interactions,
    new_tablet,
    slowed_page,
    tap_until_painted,
    wait_for_worker,
    wait_until_kept,
)
from tests.bench.homes import demo_home
from tests.bench.serving import served
from tests.bench.tables import judged, percentile, show
from tests.browser import hands
from webapp.demo.people import ANNA

TAPS = 30
VISITS = 5

TAP_FAST_MS, TAP_SLOW_MS = 10, 100
FIRST_PAINT_MS, REPEAT_PAINT_MS = 2000, 500
INTERACTION_MS = 150


def run(folder: Path) -> None:
    """Serve the demo home on SQLite, tap in it and visit it; print one table for each."""
    with demo_home("sqlite", folder) as home, served(home) as server, chromium() as browser:
        address = f"http://127.0.0.1:{server.port}"
        show(
            f"Browser: {TAPS} taps on Sofie's signs, from the finger to the tick on the screen",
            ("what", "profile", "p50 ms", "p95 ms", "target p95", ""),
            [row for each in (FAST, SLOW, TABLET) for row in _taps(browser, address, each)],
        )
        show(
            f"Browser: largest paint, {VISITS} tablets each",
            ("visit", "profile", "median ms (lowest-highest)", "target", ""),
            [row for each in (FAST, TABLET) for row in _visits(browser, address, each)],
        )


def _sign_in(page: Page) -> str:
    """Sign Anna in and return the address of Sofie's day."""
    page.goto("/login")
    hands.sign_in(page, ANNA)
    card = page.locator("a.person", has_text="Sofie")
    card.wait_for()
    return str(card.get_attribute("href"))


def _taps(browser: Browser, address: str, profile: Profile) -> Iterator[Sequence[object]]:
    with new_tablet(browser, address) as tablet:
        page = slowed_page(tablet, profile)
        sofie = _sign_in(page)
        wait_for_worker(page)
        page.goto(sofie)
        signs = page.locator("button.sign:not(.seen):not(.partly)")
        ids = [str(sign.get_attribute("id")) for sign in signs.all()]
        times = []
        for number in range(TAPS):
            id = ids[number % len(ids)]
            hands.let_the_finger_rest(page)
            times.append(tap_until_painted(page, id, "seen"))
            _undo(page, id)
        moves = longest_interactions(page)
    # Until the tablet keeps taps itself, a tap is confirmed when the server has answered.
    if profile.shaped:
        target: tuple[str, str] = (f"≤ {TAP_SLOW_MS}", "later: needs the outbox")
    else:
        limit = TAP_FAST_MS if profile is FAST else TAP_SLOW_MS
        target = (f"≤ {limit}", judged(percentile(times, 0.95), limit))
    shares = [f"{percentile(times, share):.0f}" for share in (0.5, 0.95)]
    yield ("tap to tick", profile.title, *shares, *target)
    shares = [f"{percentile(moves, share):.0f}" for share in (0.5, 0.95)]
    reached = judged(percentile(moves, 0.95), INTERACTION_MS)
    yield (
        *(f"interaction to next paint (longest {max(moves):.0f})", profile.title, *shares),
        *(f"≤ {INTERACTION_MS}", reached),
    )


def _undo(page: Page, id: str) -> None:
    """Take the tap back, so that the next one finds the sign as it was."""
    page.locator(f"#{id.replace('sign-', 'after-').replace('-button', '-undo-button')}").tap()
    page.locator(f"#{id}:not(.seen)").wait_for()


def _visits(browser: Browser, address: str, profile: Profile) -> Iterator[Sequence[object]]:
    found: dict[str, list[float]] = {}
    for _ in range(VISITS):
        with new_tablet(browser, address) as tablet:
            page = slowed_page(tablet, profile)
            page.goto("/login")
            found.setdefault("first visit: /login, nothing kept", []).append(largest_paint(page))
            wait_for_worker(page)
            sofie = _sign_in(page)
            for how in ("", ", without network"):
                tablet.set_offline(bool(how))
                for title, path in (("Vagten", "/"), ("Borgeren i dag", sofie)):
                    page.goto(path)
                    name = f"repeat visit{how}: {title}"
                    found.setdefault(name, []).append(largest_paint(page))
                    if not how:
                        wait_until_kept(page, path)
    for title, times in found.items():
        limit = FIRST_PAINT_MS if title.startswith("first") else REPEAT_PAINT_MS
        median = percentile(times, 0.5)
        extremes = f"{median:.0f} ({min(times):.0f}-{max(times):.0f})"
        target = (f"≤ {limit}", judged(median, limit))
        yield (title, profile.title, extremes, *(target if profile is TABLET else ("", "")))
