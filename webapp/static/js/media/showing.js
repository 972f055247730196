/**
 * A note's pictures on its form: a small one of each, and a button that takes it away again. Knows
 * no store. The parts are in templates/outbox/_pictures.html and _picture_words.html.
 *
 * @typedef {import("../outbox/kept.js").Draft} Draft
 */

import { drawn, FILES, hasPictures } from "../outbox/pictures.js";

/** Attributes, because a field named "id" hides the property. @param {Element} form */
export const placeOf = (form) => form.getAttribute("id") ?? "";

/** Pictures in one note. */
const MOST = 5;

/** @param {Element} form */
const listOf = (form) => form.querySelector("[data-picture-list]");

/** @param {Element} form */
export const countOf = (form) => listOf(form)?.childElementCount ?? 0;

/** Tell how many more a note may have. @param {Element} form */
export const freeOf = (form) => (listOf(form) ? Math.max(0, MOST - countOf(form)) : 0);

/** Draw the place of a picture that is being made ready. @param {Element} form @returns {HTMLElement} */
export function addPlace(form) {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById("picture-item"));
  const place = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
  listOf(form)?.append(place);
  ask(form);
  return place;
}

/**
 * Find the place of a picture whose button to take it away was touched.
 *
 * @param {EventTarget | null} target
 * @returns {HTMLElement | null | undefined}
 */
export const placeToRemove = (target) =>
  target instanceof Element
    ? target.closest("[data-remove-picture]")?.closest("[data-sha256]")
    : undefined;

/** @param {Element} form @param {Element} place */
export function removePlace(form, place) {
  const hadFocus = place.contains(document.activeElement);
  place.remove();
  ask(form);
  /** @type {HTMLElement | null} */
  const chooses = form.querySelector(FILES);
  if (hadFocus) chooses?.focus();
}

/** Ask whom they show, once there is one; a note alone has to answer nothing. @param {Element} form */
function ask(form) {
  const question = form.querySelector("[data-shows]");
  if (!(question instanceof HTMLFieldSetElement)) return;
  question.hidden = question.disabled = !hasPictures(form);
  if (!question.disabled) return;
  for (const answer of question.querySelectorAll("input")) answer.checked = false;
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
    fillPlace(addPlace(form), sha256, thumb);
  }
  for (let fold = form.closest("details"); fold; ) {
    fold.open = true;
    fold = fold.parentElement?.closest("details") ?? null;
  }
}

/** Close a note that was saved; its words are what the note says now. @param {HTMLFormElement} form */
export function putAway(form) {
  listOf(form)?.replaceChildren();
  ask(form);
  const field = form.querySelector("textarea");
  if (field) field.defaultValue = field.value;
  if (!form.hasAttribute("hx-post")) form.reset();
  form.closest("details")?.removeAttribute("open");
}
