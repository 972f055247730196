"""Looks at a page the way axe, a thumb and weak eyes do."""

from pathlib import Path
from typing import Any, Final, cast

from playwright.sync_api import Page

AXE: Final = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"

_TAGS: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


def axe_violations(page: Page) -> list[str]:
    """Return what axe objects to, one line for each element."""
    if not page.evaluate("'axe' in window"):
        # Evaluated by the debugger: as a script tag the page's own policy would refuse it.
        page.evaluate(AXE.read_text("utf-8"))
    script = """async (tags) => {
      const { violations } = await axe.run(document, {
        runOnly: tags, resultTypes: ["violations"], elementRef: false,
      });
      return violations.flatMap(({ id, help, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id}: ${target} ${help} ${failureSummary}`));
    }"""
    return cast(list[str], page.evaluate(script, list(_TAGS)))


_TARGETS: Final = """() => {
  // What scrolls comes past the bar on top at every distance.
  scrollTo(0, 0);
  const boxes = [];
  for (const element of document.querySelectorAll("a[href], button, summary, input, textarea")) {
    if (!element.checkVisibility() || element.type === "hidden") continue;
    // A link inside a sentence is as high as its line; a radio button is hit through its label.
    const isInline = element.matches("p a") && getComputedStyle(element).display === "inline";
    const isAlone = element.parentElement.textContent.trim() === element.textContent.trim();
    if (isInline && !isAlone) continue;
    const target = element.closest("label") ?? element;
    const { left, top, right, bottom } = target.getBoundingClientRect();
    // The way past the menu is drawn only while it has the focus.
    if (element.matches(".skip")) continue;
    const name = (element.id || element.className || element.tagName)
      + " " + target.textContent.trim().replace(/\\s+/g, " ").slice(0, 40);
    const layer = element.closest("[popover], dialog")?.id ?? "";
    boxes.push({ name, layer, left, top, right, bottom, isSign: element.matches(".sign") });
  }
  return boxes;
}"""

SMALLEST: Final = 48
SMALLEST_SIGN: Final = 72
APART: Final = 8
"""CSS pixels."""


def unfit_targets(page: Page) -> list[str]:
    """Return each target that a thumb would miss, or take for its neighbour."""
    boxes = cast(list[dict[str, Any]], page.evaluate(_TARGETS))
    unfit = []
    for place, box in enumerate(boxes):
        width, height = box["right"] - box["left"], box["bottom"] - box["top"]
        least = SMALLEST_SIGN if box["isSign"] else SMALLEST
        if round(width) < SMALLEST or round(height) < least:
            unfit.append(f"{box['name']}: {width:.0f} x {height:.0f}")
        unfit += [
            f"{box['name']} and {other['name']}: {gap:.0f} apart"
            for other in boxes[place + 1 :]
            if other["layer"] == box["layer"] and 0 <= (gap := _gap(box, other)) < APART - 0.5
        ]
    return unfit


def _gap(one: dict[str, Any], other: dict[str, Any]) -> float:
    """Return the distance between two boxes; -1 when they overlap."""
    across = max(one["left"], other["left"]) - min(one["right"], other["right"])
    down = max(one["top"], other["top"]) - min(one["bottom"], other["bottom"])
    if across < 0 and down < 0:
        return -1
    return float((max(across, 0) ** 2 + max(down, 0) ** 2) ** 0.5)


_CUT: Final = """() => {
  const wide = document.documentElement.clientWidth;
  const cut = [];
  const scrolls = document.documentElement.scrollWidth;
  if (scrolls > wide) cut.push(`the page is ${scrolls} wide`);
  for (const element of document.querySelectorAll("body *")) {
    // A field scrolls inside itself.
    if (!element.checkVisibility() || element.closest(".unseen, .skip, svg, input")) continue;
    const name = element.id || element.className || element.tagName;
    const { left, right } = element.getBoundingClientRect();
    if (right > wide + 1 || left < -1) cut.push(`${name} reaches from ${left} to ${right}`);
    const { overflowX, overflowY } = getComputedStyle(element);
    const hides = (overflow) => overflow === "hidden" || overflow === "clip";
    const isWider = element.scrollWidth > element.clientWidth + 1;
    const isHigher = element.scrollHeight > element.clientHeight + 1;
    if ((hides(overflowX) && isWider) || (hides(overflowY) && isHigher)) cut.push(`${name} is cut`);
  }
  return cut;
}"""


def cut_off(page: Page) -> list[str]:
    """Return what does not fit the width of the screen or its own box."""
    return cast(list[str], page.evaluate(_CUT))


def enlarge_text(page: Page, size: str) -> None:
    """Let the page's text be as large as someone has set it in the browser."""
    page.evaluate("size => { document.documentElement.style.fontSize = size; }", size)


_FOCUS: Final = """() => {
  const { activeElement } = document;
  if (activeElement === document.body) return null;
  const name = activeElement.id || activeElement.className || activeElement.tagName;
  const { left, top, right, bottom } = activeElement.getBoundingClientRect();
  // Where a radio button is drawn in a large label, the label carries the ring.
  const ringed = [activeElement, activeElement.closest("label")].filter(Boolean)
    .map((element) => getComputedStyle(element))
    .some(({ outlineStyle: style, outlineWidth: width }) => style !== "none" && width !== "0px");
  const inside = document.elementsFromPoint((left + right) / 2, (top + bottom) / 2)[0];
  const covered = !(activeElement.contains(inside) || inside?.contains(activeElement));
  const away = bottom > innerHeight + 1 || top < -1 || left < -1 || right > innerWidth + 1;
  return { name, ringed, covered, away };
}"""


def focus_problems(page: Page) -> list[str]:
    """Walk through the page with Tab, and return each stop that cannot be seen well."""
    problems: list[str] = []
    stops: set[str] = set()
    while True:
        page.keyboard.press("Tab")
        stop = page.evaluate(_FOCUS)
        if stop is None or stop["name"] in stops:
            return problems
        # Names of radio buttons repeat, but then the next Tab is past them.
        stops.add(stop["name"])
        problems += [
            f"{stop['name']}: {what}"
            for what, is_so in (
                ("has no ring", not stop["ringed"]),
                ("lies under something", stop["covered"]),
                ("is outside the screen", stop["away"]),
            )
            if is_so
        ]
