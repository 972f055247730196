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
    // A form that was just opened is where somebody goes on.
    const opened = document.querySelector(".editor:not(:has(:focus))");
    if (opened instanceof HTMLElement) return opened.focus();
    const { activeElement } = document;
    if (activeElement && activeElement !== document.body && isShown(activeElement)) return;
    const control = path.map(controlAt).find((found) => found && isShown(found));
    if (control instanceof HTMLElement) control.focus({ preventScroll: true });
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
    // The attribute, because a form's field named "id" hides the form's property.
    const id = place.getAttribute("id");
    if (id) ids.push(id);
  }
  return ids;
}

/** @param {string} id */
function controlAt(id) {
  const place = document.getElementById(id);
  return place?.matches(FOCUSABLE) ? place : place?.querySelector(FOCUSABLE);
}

/**
 * Tell whether an element can be seen. What was folded away keeps its focus until the next frame.
 *
 * @param {Element} element
 */
function isShown(element) {
  // Safari before 17.4 cannot tell; it then only misses the folded ones.
  return element.checkVisibility?.() ?? true;
}
