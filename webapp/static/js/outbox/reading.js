/**
 * What stands in a form when it is sent, and whether it still stands there. Knows no store.
 */

import { nameOf } from "../exchanges.js";

/** @param {HTMLFormElement} form @param {HTMLElement | null} button @returns {[string, string][]} */
export function fieldsOf(form, button) {
  const isMine = button instanceof HTMLButtonElement && button.form === form;
  /** @type {[string, string][]} */
  const fields = [];
  for (const [name, value] of new FormData(form, isMine ? button : undefined)) {
    if (name !== "csrf_token" && typeof value === "string") fields.push([name, value]);
  }
  return fields;
}

/** Attributes, because a field named "id" hides the property. @param {HTMLFormElement} form */
export const placeOf = (form) => form.dataset.place ?? form.getAttribute("id") ?? "";

/** What the button says, in a few words. @param {HTMLElement | null} button */
export function wordsOn(button) {
  if (!button) return "";
  const time = button.querySelector("[data-time]")?.textContent;
  return (button.dataset.said ?? time ?? button.ariaLabel ?? button.textContent ?? "").trim();
}

/**
 * Tell whether the author has the form with all they typed before them, so that a refusal loses nothing.
 *
 * @param {string} name
 * @param {{ fields: [string, string][] }} sent
 */
export function isStillThere(name, { fields }) {
  const form = [...document.forms].find((each) => nameOf(each) === name);
  return (
    Boolean(form) &&
    fields.every(([field, value]) => {
      const shown = form?.elements.namedItem(field);
      return !(shown instanceof HTMLTextAreaElement) || shown.value === value;
    })
  );
}
