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
    document.querySelectorAll(".instruction li:not([data-has-picture]) form[data-picture-form]")
  );
  /** @param {string | undefined} words @param {number} number @param {string} why */
  const say = (words, number, why = "") => {
    const count = String(places.length);
    const told = (words ?? "").replace("{number}", String(number)).replace("{count}", count);
    status.textContent = `${told} ${why}`.trim();
  };
  if (files.length > places.length) {
    say(status.dataset.tooMany, 0);
    return;
  }
  for (const [place, file] of files.entries()) {
    const step = /** @type {HTMLFormElement} */ (places[place]);
    say(status.dataset.going, place + 1);
    const { how, why } = await sendOne(step, file, answer);
    if (how !== "stored") {
      say(status.dataset[how], place + 1, why);
      return;
    }
    // Should a later one fail, the rest begins after this.
    step.closest("li")?.setAttribute("data-has-picture", "");
  }
  location.reload();
}

/**
 * @param {HTMLFormElement} step
 * @param {File} file
 * @param {string} answer
 * @returns {Promise<{ how: "stored" | "refused" | "away" | "noNet", why?: string }>}  A reason only
 *   where the server gave one.
 */
async function sendOne(step, file, answer) {
  const fields = new FormData(step);
  fields.set("picture", await small(file), "trin.jpg");
  fields.set("shows_citizen", answer);
  try {
    const answer = await fetch(step.action, { method: "POST", body: fields });
    if (!answer.headers.has("Smaategn-Answer")) return { how: "noNet" };
    // What is stored leads back to this page. Another page is a login or a lock.
    const isHere = new URL(answer.url).pathname === location.pathname;
    if (answer.redirected) return { how: answer.ok && isHere ? "stored" : "away" };
    return { how: "refused", why: reasonIn(await answer.text()) };
  } catch {
    return { how: "noNet" };
  }
}

/** @param {string} page */
function reasonIn(page) {
  const drawn = new DOMParser().parseFromString(page, "text/html");
  return drawn.querySelector("main .field-error:not([hidden])")?.textContent?.trim() ?? "";
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
