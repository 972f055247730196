/**
 * Sends a form with its file from where it stands: how far it is can be seen, and whatever happens,
 * what was chosen is still in the form. What the form tells is in its [data-sending].
 *
 * @typedef {{ how: "stored" | "refused" | "away" | "noNet", page: Document, why: string }} Sent
 *   Stored: the server has it, and its page shows it. Refused: why, where the server gave a reason.
 *   Away: somebody was logged out.
 */

import { formOf, showStored, shows } from "./stored.js";

/** Milliseconds in which nothing moves, and the network is none; and in which a server has answered. */
const PATIENCE = 30_000;
const PATIENCE_ANSWER = 120_000;

/** @type {Promise<void>} */
let line = Promise.resolve();

export function startSending() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !(form instanceof HTMLFormElement)) return;
    const status = form.querySelector("[data-sending]");
    if (!(status instanceof HTMLElement)) return;
    event.preventDefault();
    if (form.ariaBusy === "true") return;
    form.ariaBusy = "true";
    const done = () => {
      form.ariaBusy = null;
    };
    line = line.then(() => deliver(form, status)).then(done, done);
  });
}

/** @param {HTMLFormElement} form @param {HTMLElement} status */
async function deliver(form, status) {
  // A minute of film is not sent to be told that a question was forgotten.
  if (!form.checkValidity()) return tell(status, status.dataset.unanswered ?? "");
  status.classList.remove("field-error");
  const { how, page, why } = await send(form.action, new FormData(form), (percent) => {
    status.textContent = (status.dataset.sending ?? "").replace("{percent}", String(percent));
  });
  if (how === "stored") showStored(form, page);
  else tell(status, why || (status.dataset[how] ?? ""));
}

/** @param {HTMLElement} status @param {string} words */
function tell(status, words) {
  status.classList.add("field-error");
  status.textContent = words;
  status.tabIndex = -1;
  status.focus();
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
