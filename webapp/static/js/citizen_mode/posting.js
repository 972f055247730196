/**
 * Lays what was marked into the forms beside the rail, and sends them by the outbox alone: it needs
 * neither network nor a session that is awake. Owns #rail-observation, #rail-shown and
 * #rail-done.
 *
 * @typedef {import("./marks.js").Mark} Mark
 */

import { noteOf, summary } from "./marks.js";

/** Milliseconds a slow disk may take. */
const PATIENCE = 8000;

/**
 * @param {Mark[]} marks  One of them says something.
 * @param {string} words  What they come to, as the tablet tells it while it waits.
 * @returns {Promise<boolean>}  Whether it lies on the tablet's disk; so with the next.
 */
export const postMarks = (marks, words) => post(observation(marks, words));

/** Say that the intervention was carried out to its end. */
export const postDone = () => post(form("rail-done"));

/** Say that the citizen was shown the instruction. */
export const postShown = () => post(form("rail-shown"));

/** @param {Mark[]} marks @param {string} words */
function observation(marks, words) {
  const sent = form("rail-observation");
  const place = /** @type {HTMLElement} */ (sent.querySelector("[data-marks]"));
  const { alone, level } = summary(marks);
  const fields = [
    ["steps_alone", ""],
    ...alone.map((number) => ["steps_alone", String(number)]),
    ["support_level", level],
    ["note", noteOf(marks, place.dataset)],
  ];
  place.replaceChildren(...fields.map(([name = "", value = ""]) => field(name, value)));
  const button = sent.querySelector("button");
  if (button) button.dataset.said = words;
  return sent;
}

/** @param {string} name @param {string} value */
const field = (name, value) =>
  Object.assign(document.createElement("input"), { type: "hidden", name, value });

/** @param {string} id */
const form = (id) => /** @type {HTMLFormElement} */ (document.getElementById(id));

/**
 * Send a form by the outbox. Resolves whether it lies on the disk.
 *
 * @param {HTMLFormElement} sent
 * @returns {Promise<boolean>}
 */
function post(sent) {
  return new Promise((resolve) => {
    const over = new AbortController();
    const end = (/** @type {boolean} */ isKept) => {
      over.abort();
      resolve(isKept);
    };
    for (const name of ["outbox:kept", "outbox:lost"])
      addEventListener(
        name,
        (event) => {
          if (event instanceof CustomEvent && event.detail.form === sent)
            end(name === "outbox:kept");
        },
        { signal: over.signal },
      );
    setTimeout(() => end(false), PATIENCE);
    sent.requestSubmit(sent.querySelector("button"));
  });
}
