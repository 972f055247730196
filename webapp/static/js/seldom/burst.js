/**
 * Several pictures at once for the steps of an instruction that have none: each is made small on the
 * tablet and sent by its step's own form, one after the other, so that what is sent stays sent when the
 * network goes. Owns the form[data-burst].
 */

import { develop } from "../media/developing.js";
import { choose } from "../studio/choosing.js";
import { send as sendFields } from "../studio/sending.js";
import { showStored } from "../studio/stored.js";

export function startBurst() {
  const form = /** @type {HTMLFormElement} */ (document.querySelector("form[data-burst]"));
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    if (!button || button.disabled) return;
    button.disabled = true;
    void send(form).finally(() => {
      button.disabled = false;
    });
  });
}

/** @param {HTMLFormElement} form */
async function send(form) {
  const status = /** @type {HTMLElement} */ (form.querySelector("[data-burst-status]"));
  const chosen = /** @type {HTMLInputElement} */ (form.querySelector("input[type=file]"));
  const answer = String(new FormData(form).get("shows_citizen"));
  const files = inOrder(chosen.files ?? []);
  const places = /** @type {NodeListOf<HTMLFormElement>} */ (
    document.querySelectorAll(".instruction li:not([data-has-picture]) form[data-picture-form]")
  );
  /** @param {string | undefined} words @param {number} number @param {number} count @param {string} why */
  const say = (words, number, count, why = "") => {
    const told = (words ?? "").replace("{number}", String(number)).replace("{count}", `${count}`);
    status.textContent = `${told} ${why}`.trim();
  };
  if (files.length > places.length) {
    say(status.dataset.tooMany, 0, places.length);
    return;
  }
  for (const [place, file] of files.entries()) {
    const step = /** @type {HTMLFormElement} */ (places[place]);
    say(status.dataset.going, place + 1, files.length);
    const picture = await small(file);
    const { how, page, why } = await sendOne(step, picture, answer);
    if (how !== "stored") {
      say(status.dataset[how], place + 1, files.length, why);
      return;
    }
    // Should a later one fail, the rest begins after this.
    choose(chosen, files.slice(place + 1));
    showStored(step, page);
  }
  status.textContent = "";
}

/** @param {HTMLFormElement} step @param {Blob} picture @param {string} answer */
function sendOne(step, picture, answer) {
  const fields = new FormData(step);
  fields.set("picture", picture, "trin.jpg");
  fields.set("shows_citizen", answer);
  return sendFields(step.action, fields);
}

/** @param {File} file  What this browser cannot read, the server may. */
async function small(file) {
  try {
    return new Blob([(await develop(await file.arrayBuffer())).picture]);
  } catch {
    return file;
  }
}

/** @param {Iterable<File>} files  In the order they were taken; those of one time as they were chosen. */
function inOrder(files) {
  return [...files].sort((one, other) => one.lastModified - other.lastModified);
}
