/**
 * Keyboard focus stays where it was when a card is drawn again; and when its control is gone, as
 * after an undo, it goes to the nearest thing around it that is left. What a swap did is told by
 * the server through #status, so nothing is announced here.
 */

const FOCUSABLE = "button, a[href], summary, select, textarea, input:not([type=hidden])";

export function startFocus() {
  /** @type {string[]} */
  let path = [];
  document.addEventListener("htmx:before:swap", () => {
    path = idsAround(document.activeElement);
  });
  document.addEventListener("htmx:after:swap", () => {
    const { activeElement } = document;
    if (activeElement && activeElement !== document.body) return;
    for (const id of path) {
      const place = document.getElementById(id);
      const control = place?.matches(FOCUSABLE) ? place : place?.querySelector(FOCUSABLE);
      if (!(control instanceof HTMLElement)) continue;
      control.focus({ preventScroll: true });
      return;
    }
  });
}

/**
 * Return the ids of an element and of what it stands in, innermost first.
 *
 * @param {Element | null} element
 */
function idsAround(element) {
  /** @type {string[]} */
  const ids = [];
  for (let place = element; place; place = place.parentElement) {
    if (place.id) ids.push(place.id);
  }
  return ids;
}
