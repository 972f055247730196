/**
 * A note's pictures on its form: a small one of each, and a button that takes it away again. Knows
 * no store. The parts are in templates/outbox/_pictures.html and _picture_words.html.
 *
 * @typedef {import("../outbox/kept.js").Draft} Draft
 */

import { drawn } from "../outbox/pictures.js";

/** Attributes, because a field named "id" hides the property. @param {Element} form */
export const placeOf = (form) => form.getAttribute("id") ?? "";

/** @param {Element} form */
export const listOf = (form) => form.querySelector("[data-picture-list]");

/** Draw the place of a picture that is being made ready. @returns {HTMLElement} */
export function makePlace() {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById("picture-item"));
  return /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
}

/** @param {HTMLElement} place @param {string} sha256 @param {ArrayBuffer} thumb */
export function fillPlace(place, sha256, thumb) {
  place.dataset.sha256 = sha256;
  place.querySelector("[data-wait]")?.replaceWith(drawn(thumb));
  place.querySelector("button")?.removeAttribute("hidden");
}

/**
 * Find the form of a note that was being written: the same, or after the day was drawn anew another
 * one for the same thing.
 *
 * @param {Draft} draft
 * @returns {HTMLFormElement | undefined}
 */
export function formOf({ place, kind, target }) {
  const forms = [...document.forms].filter((form) => form.querySelector("[data-pictures]"));
  return (
    forms.find((form) => placeOf(form) === place) ??
    forms.find(({ dataset }) => dataset.outbox === kind && dataset.target === target)
  );
}

/** @param {HTMLFormElement} form @param {Draft} draft */
export function putBack(form, { words, chosen }) {
  const field = form.querySelector("textarea");
  if (field) field.value ||= words;
  for (const { sha256, thumb } of chosen) {
    const place = makePlace();
    fillPlace(place, sha256, thumb);
    listOf(form)?.append(place);
  }
  for (let fold = form.closest("details"); fold; ) {
    fold.open = true;
    fold = fold.parentElement?.closest("details") ?? null;
  }
}

/** Close a note that was saved; its words are what the note says now. @param {HTMLFormElement} form */
export function putAway(form) {
  listOf(form)?.replaceChildren();
  const field = form.querySelector("textarea");
  if (field) field.defaultValue = field.value;
  if (!form.hasAttribute("hx-post")) form.reset();
  form.closest("details")?.removeAttribute("open");
}
