/**
 * Several pictures at once for the steps of an instruction that have none: each is made small on the
 * tablet and sent by its step's own form, one after the other, so that what is sent stays sent when the
 * network goes. Owns the form[data-burst]; the page is read anew when all are there.
 */

import { develop } from "../media/developing.js";

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
  const chosen = form.querySelector("input[type=file]");
  const answer = String(new FormData(form).get("shows_citizen"));
  const files = chosen instanceof HTMLInputElement ? inOrder(chosen.files ?? []) : [];
  const places = /** @type {NodeListOf<HTMLFormElement>} */ (
    document.querySelectorAll(".instruction li:not(:has(img)) form[data-picture-form]")
  );
  const count = Math.min(files.length, places.length);
  for (const [place, step] of [...places].slice(0, count).entries()) {
    const say = (/** @type {string | undefined} */ words) => {
      status.textContent = (words ?? "")
        .replace("{number}", String(place + 1))
        .replace("{count}", String(count));
    };
    say(status.dataset.going);
    const sent = await sendOne(step, /** @type {File} */ (files[place]), answer);
    if (sent === "stored") continue;
    say(sent === "no net" ? status.dataset.noNet : status.dataset.refused);
    return;
  }
  location.reload();
}

/**
 * @param {HTMLFormElement} step
 * @param {File} file
 * @param {string} answer
 * @returns {Promise<"stored" | "refused" | "no net">}
 */
async function sendOne(step, file, answer) {
  const fields = new FormData(step);
  fields.set("picture", await small(file), "trin.jpg");
  fields.set("shows_citizen", answer);
  try {
    const { ok, redirected, headers } = await fetch(step.action, { method: "POST", body: fields });
    if (!headers.has("Smaategn-Answer")) return "no net";
    // What is stored is shown on the page it leads to.
    return ok && redirected ? "stored" : "refused";
  } catch {
    return "no net";
  }
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
