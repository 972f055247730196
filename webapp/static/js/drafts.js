/**
 * A note someone is writing, or a checklist someone is ticking, stays open when its card is drawn
 * again because of another tap. htmx keeps words and ticks themselves; but folded away they would
 * look lost, and might be.
 */

import { nameOf } from "./exchanges.js";

export function startDrafts() {
  document.addEventListener("htmx:before:swap", ({ detail: { ctx, tasks } }) => {
    const sent = ctx.sourceElement.closest("form");
    for (const { target, fragment } of tasks) {
      if (target instanceof Element) keepOpen(target, fragment, sent ? nameOf(sent) : "");
    }
  });
}

/**
 * @param {Element} shown
 * @param {DocumentFragment} incoming
 * @param {string} sent  The form that is being answered: its words are no draft any more.
 */
function keepOpen(shown, incoming, sent) {
  /** @type {NodeListOf<HTMLInputElement | HTMLTextAreaElement>} */
  const fields = shown.querySelectorAll("textarea, input[type=checkbox]");
  for (const field of fields) {
    if (!isTouched(field) || (field.form && nameOf(field.form) === sent)) continue;
    for (const id of foldsAround(field)) {
      incoming.querySelector(`details#${CSS.escape(id)}`)?.setAttribute("open", "");
    }
  }
}

/**
 * Return whether somebody has changed a field since it was drawn.
 *
 * @param {HTMLInputElement | HTMLTextAreaElement} field
 */
export function isTouched(field) {
  if (field.value !== field.defaultValue) return true;
  return field instanceof HTMLInputElement && field.checked !== field.defaultChecked;
}

/**
 * Return the ids of the folds that stand open around an element.
 *
 * @param {Element} element
 */
function foldsAround(element) {
  /** @type {string[]} */
  const ids = [];
  let fold = element.closest("details");
  while (fold) {
    if (fold.open && fold.id) ids.push(fold.id);
    fold = fold.parentElement?.closest("details") ?? null;
  }
  return ids;
}
