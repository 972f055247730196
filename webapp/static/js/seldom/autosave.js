/**
 * What somebody writes in a form of the plan is kept while they write, so that a locked tablet or a
 * lost network costs no word; and the coach is asked to read along. Neither needs an answer.
 */

import { isTouched } from "../drafts.js";

const KEPT_AFTER = 1500;
const READ_AFTER = 600;

export function startAutosave() {
  // Whoever began to write before this was loaded is not asked to write once more.
  for (const form of autosaved()) if (isWrittenIn(form)) soon(form, keep, KEPT_AFTER);
  document.addEventListener("input", ({ target }) => {
    if (!(target instanceof HTMLElement)) return;
    const form = target.closest("form[data-autosave]");
    if (form instanceof HTMLFormElement) soon(form, keep, KEPT_AFTER);
    if (form instanceof HTMLFormElement && form.querySelector("[data-coach]"))
      soon(form, ask, READ_AFTER);
  });
  // A tablet that is locked or put away keeps what was written a moment ago.
  addEventListener("pagehide", keepNow);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keepNow();
  });
  document.addEventListener("submit", ({ target }) => {
    // What is being saved needs no draft; one sent after it would come back as one.
    if (target instanceof HTMLFormElement) for (const each of [keep, ask]) stop(target, each);
  });
}

/** @typedef {(form: HTMLFormElement) => unknown} Act */

/** @type {WeakMap<HTMLFormElement, Map<Act, number>>} */
const waiting = new WeakMap();

/**
 * Do something when nobody has written for so many milliseconds.
 *
 * @param {HTMLFormElement} form
 * @param {Act} act
 * @param {number} after
 */
function soon(form, act, after) {
  stop(form, act);
  const acts = waiting.get(form) ?? new Map();
  acts.set(
    act,
    setTimeout(() => {
      stop(form, act);
      act(form);
    }, after),
  );
  waiting.set(form, acts);
}

/** @param {HTMLFormElement} form @param {Act} act */
function stop(form, act) {
  clearTimeout(waiting.get(form)?.get(act));
  waiting.get(form)?.delete(act);
}

/** Keep at once what would have been kept at the next pause. */
function keepNow() {
  for (const form of autosaved()) {
    if (!waiting.get(form)?.has(keep)) continue;
    stop(form, keep);
    keep(form);
  }
}

/** @returns {NodeListOf<HTMLFormElement>} */
function autosaved() {
  return document.querySelectorAll("form[data-autosave]");
}

/** @param {HTMLFormElement} form */
function isWrittenIn(form) {
  /** @type {NodeListOf<HTMLInputElement | HTMLTextAreaElement>} */
  const fields = form.querySelectorAll("input:not([type=hidden]), textarea");
  return [...fields].some((field) => isTouched(field));
}

/**
 * Return what a form holds, ready to send.
 *
 * @param {HTMLFormElement} form
 */
function fieldsOf(form) {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string") fields.append(name, value);
  }
  return fields;
}

/** @param {HTMLFormElement} form */
async function keep(form) {
  const fields = fieldsOf(form);
  fields.set("draft_of", new URL(form.action).pathname);
  const status = form.querySelector("[data-autosave-status]");
  const words = document.getElementById("words-draft-kept");
  try {
    const answer = await fetch(String(form.dataset.autosave), {
      method: "POST",
      body: fields,
      headers: { "HX-Request": "true" },
      keepalive: true,
    });
    const kept = answer.status === 204;
    if (status && words instanceof HTMLTemplateElement)
      status.textContent = kept ? words.content.textContent : "";
  } catch {
    // The words are still in the form; the next pause tries again.
    if (status) status.textContent = "";
  }
}

/** @param {HTMLFormElement} form */
async function ask(form) {
  const url = form.querySelector("[data-coach]")?.getAttribute("data-coach");
  const lights = document.getElementById("smorte");
  if (!url || !lights) return;
  try {
    const answer = await fetch(url, {
      method: "POST",
      body: fieldsOf(form),
      headers: { "HX-Request": "true" },
    });
    const text = await answer.text();
    // Somebody else's page is no advice.
    if (!answer.ok || !text.includes('id="smorte"')) return;
    const template = document.createElement("template");
    template.innerHTML = text;
    const drawn = template.content.getElementById("smorte");
    const shown = document.getElementById("smorte");
    if (!drawn || !shown) return;
    // An example somebody is reading stays open.
    const open = [...shown.querySelectorAll("details")].map((each) => each.open);
    for (const [place, each] of drawn.querySelectorAll("details").entries())
      each.open = open[place] ?? false;
    shown.replaceWith(drawn);
  } catch {
    // The coach only advises.
  }
}
