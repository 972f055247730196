/**
 * Sends a form with its file from where it stands: how far it is can be seen, and whatever happens,
 * what was chosen is still in the form. What the net did not take goes by itself when it is back, for
 * as long as nobody chooses anew. What the form tells is in its [data-sending].
 *
 * @typedef {{ how: "stored" | "refused" | "away" | "noNet", page: Document, why: string }} Sent
 *   Stored: the server has it, and its page shows it. Refused: why, where the server gave a reason.
 *   Away: somebody was logged out.
 */

import { formOf, showStored, shows } from "./stored.js";

/** Milliseconds in which nothing moves, and the network is none; and in which a server has answered. */
const PATIENCE = 30_000;
const PATIENCE_ANSWER = 120_000;

/** Milliseconds after which a net that took nothing is tried again, should nothing tell that it is back. */
const SOON = 30_000;

/** What waits for the net, and was not asked for again by hand. @type {Set<HTMLFormElement>} */
const waiting = new Set();

/** @type {ReturnType<typeof setTimeout> | undefined} */
let retry;

/** @type {Promise<void>} */
let line = Promise.resolve();

export function startSending() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !(form instanceof HTMLFormElement)) return;
    const status = form.querySelector("[data-sending]");
    if (!(status instanceof HTMLElement)) return;
    event.preventDefault();
    waiting.delete(form);
    begin(form, status, true);
  });
  // What is chosen anew is not sent before somebody says so.
  document.addEventListener("change", ({ target }) => {
    if (target instanceof HTMLInputElement && target.form) waiting.delete(target.form);
  });
  addEventListener("online", tryAgain);
}

function tryAgain() {
  clearTimeout(retry);
  for (const form of waiting) {
    waiting.delete(form);
    const status = form.querySelector("[data-sending]");
    if (form.isConnected && status instanceof HTMLElement) begin(form, status, false);
  }
}

/** @param {HTMLFormElement} form @param {HTMLElement} status @param {boolean} isAsked  By somebody. */
function begin(form, status, isAsked) {
  if (form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  const done = () => {
    form.ariaBusy = null;
  };
  line = line.then(() => deliver(form, status, isAsked)).then(done, done);
}

/** @param {HTMLFormElement} form @param {HTMLElement} status @param {boolean} isAsked */
async function deliver(form, status, isAsked) {
  // A minute of film is not sent to be told that a question was forgotten.
  if (!form.checkValidity()) return tell(status, status.dataset.unanswered ?? "");
  status.classList.remove("field-error");
  const { how, page, why } = await send(form.action, new FormData(form), (percent) => {
    status.textContent = (status.dataset.sending ?? "").replace("{percent}", String(percent));
  });
  if (how === "stored") return showStored(form, page);
  tell(status, why || (status.dataset[how] ?? ""), isAsked);
  if (how !== "noNet") return;
  waiting.add(form);
  retry = setTimeout(tryAgain, SOON);
}

/** @param {HTMLElement} status @param {string} words @param {boolean} isAsked  Whoever asked looks there. */
function tell(status, words, isAsked = true) {
  status.classList.add("field-error");
  status.textContent = words;
  status.tabIndex = -1;
  if (isAsked) status.focus();
}

/**
 * @param {string} action
 * @param {FormData} fields
 * @param {(percent: number) => void} [tell]
 * @returns {Promise<Sent>}
 */
export function send(action, fields, tell) {
  const asked = new XMLHttpRequest();
  /** @type {ReturnType<typeof setTimeout>} */
  let timer;
  const wait = (patience = PATIENCE) => {
    clearTimeout(timer);
    timer = setTimeout(() => asked.abort(), patience);
  };
  return new Promise((done) => {
    asked.upload.addEventListener("progress", ({ loaded, total }) => {
      wait();
      tell?.(Math.round((100 * loaded) / Math.max(1, total)));
    });
    // What has arrived is written anew there, which takes a while.
    asked.upload.addEventListener("load", () => wait(PATIENCE_ANSWER));
    asked.addEventListener("loadend", () => {
      clearTimeout(timer);
      done(meaningOf(asked, action));
    });
    asked.open("POST", action);
    asked.send(fields);
    wait();
  });
}

/** @param {XMLHttpRequest} asked @param {string} action @returns {Sent} */
function meaningOf(asked, action) {
  const page = new DOMParser().parseFromString(asked.responseText, "text/html");
  if (!asked.getResponseHeader("Smaategn-Answer")) return { how: "noNet", page, why: "" };
  // What is stored leads back to the instruction. Another page is a login or a lock.
  if (asked.status < 400) return { how: shows(page, action) ? "stored" : "away", page, why: "" };
  if (asked.status === 401) return { how: "away", page, why: "" };
  return { how: "refused", page, why: reasonIn(page, action) };
}

/** Return what the form, drawn again, or else the page says. @param {Document} page @param {string} action */
function reasonIn(page, action) {
  const said = page.querySelectorAll(`${formOf(action)} .field-error:not([hidden])`);
  const reasons = said.length ? said : page.querySelectorAll("main h1 + p");
  return [...reasons].map((each) => each.textContent?.trim()).join(" ");
}
