/**
 * Shows what was stored for a step: its row as the server drew it, and nothing else of the page, so that
 * what is chosen or being recorded for another step, or in another form of this one, stays.
 */

/**
 * Tell whether a page shows the instruction that a form stands on.
 *
 * @param {Document} page
 * @param {string} action  Of the form.
 */
export const shows = (page, action) => page.querySelector(formOf(action)) !== null;

/** @param {HTMLFormElement} form  What was sent. @param {Document} page  What the server answered. */
export function showStored(form, page) {
  document.dispatchEvent(new CustomEvent("step-stored", { detail: { form } }));
  const row = form.closest("[data-place]");
  const drawn = row && page.getElementById(row.id);
  if (!row || !drawn) return location.reload();
  for (const other of row.querySelectorAll("form"))
    if (other !== form && isInUse(other))
      drawn
        .querySelector(formOf(other.action))
        ?.closest("details")
        ?.replaceWith(/** @type {Element} */ (other.closest("details")));
  const hadFocus = row.contains(document.activeElement);
  row.replaceWith(drawn);
  const htmx = /** @type {{ htmx?: typeof import("htmx.org").default }} */ (globalThis).htmx;
  htmx?.process(drawn);
  document.dispatchEvent(new Event("step-drawn"));
  showWhatIsLeft(page);
  if (!hadFocus) return;
  drawn.tabIndex = -1;
  drawn.focus({ preventScroll: true });
}

/** The form for several pictures goes with the last step that has none. @param {Document} page */
function showWhatIsLeft(page) {
  const burst = document.querySelector("form[data-burst]");
  const isNeeded = page.querySelector("form[data-burst]");
  if (burst instanceof HTMLFormElement && !isNeeded && !isInUse(burst)) burst.remove();
}

/** @param {HTMLFormElement} form */
function isInUse(form) {
  const field = form.querySelector("input[type=file]");
  const isChosen = field instanceof HTMLInputElement && Boolean(field.files?.length);
  return isChosen || "recording" in form.dataset;
}

/** @param {string} action */
export const formOf = (action) =>
  `form[action="${CSS.escape(new URL(action, location.href).pathname)}"]`;
